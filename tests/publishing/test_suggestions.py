"""What a text says of its own header, and what it does not say."""

import pytest

from gongkai.publishing.suggestions import opening, suggest, without_opening

FIELDS = ("title", "issuer", "document_number", "date_of_issue", "effective_on", "expires_on")
TITLE = "关于印发《供热管理办法》的通知"
LETTER = (
    '<p class="align-center">澜川市城市管理委员会文件</p><p class="align-center">澜城管发〔2026〕18号</p>'
    f'<p class="align-center">{TITLE}</p><p>各单位：</p>'
    "<p>参照澜城管发〔2019〕3号。本办法自2026年12月1日起施行，有效期至2031年11月30日。</p>"
    '<p class="align-right">澜川市城市管理委员会</p><p class="align-right">2026年11月20日</p><p>附件：标准</p>'
)


def read(body: str, **header: str) -> dict[str, str]:
    return {one.key: one.value for one in suggest(body, header, FIELDS)}


def test_number_signature_and_days_are_read() -> None:
    assert read(LETTER) == {
        "document_number": "澜城管发〔2026〕18号",
        "issuer": "澜川市城市管理委员会",
        "date_of_issue": "2026-11-20",
        "effective_on": "2026-12-01",
        "expires_on": "2031-12-01",
    }


def test_what_the_header_has_already_is_not_offered_again() -> None:
    assert "document_number" not in read(LETTER, document_number="澜城管发〔2026〕18号")


@pytest.mark.parametrize(
    "body",
    [
        "",
        "<p>根据澜政发〔2025〕6号文件的要求，为了进一步做好今年冬季的供热服务工作，现就有关事项公告如下。</p>",
        "<p>会议于2026年11月20日召开，讨论了有关事项。</p>",
        "<p>供热期自2026年11月15日起至2027年3月15日止。</p>",
    ],
)
def test_what_is_only_mentioned_is_no_header(body: str) -> None:
    assert read(body) == {}


def test_the_repeated_head_can_be_taken_off() -> None:
    assert opening(LETTER, TITLE)[-1] == TITLE
    assert without_opening(LETTER, TITLE).startswith("<p>各单位：</p>")


def test_a_title_in_two_lines_is_one() -> None:
    body = "<p>关于印发《供热管理</p><p>办法》的通知</p><p>各单位：</p>"
    assert without_opening(body, TITLE) == "<p>各单位：</p>"


def test_a_text_that_does_not_repeat_its_title_stays() -> None:
    assert without_opening("<p>各单位：</p><p>正文。</p>", TITLE) == "<p>各单位：</p><p>正文。</p>"
    assert opening("<p>短行</p>", "") == []
