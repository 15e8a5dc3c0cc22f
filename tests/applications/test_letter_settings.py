"""How an agency writes its letters: numbers without gaps, own words, a seal that lets the text show, nobody else's."""

from io import BytesIO
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from django.test import Client
from django.urls import reverse
from PIL import Image
from tests.applications.letters.specimens import seal as drawn_seal
from tests.factories import people
from tests.factories.people import Staffed

from gongkai.agencies.officers import Officer
from gongkai.applications import letter_settings as kept
from gongkai.applications.actions import letter_settings as actions
from gongkai.applications.letters.catalogue import Series, get
from gongkai.applications.letters.composing import compose
from gongkai.applications.letters.sample import SAMPLE
from gongkai.ledger import timeline

REPLY, NOTICE = get("reply-granted"), get("extension")
FRAME = {
    "red_head": "澜川市城市管理委员会",
    "number_prefix": "澜城管公开",
    "number_pattern": kept.NUMBER_PATTERN,
    "reconsideration_body": "澜川市人民政府",
    "court": "澜川市中心区人民法院",
    "cite_interpretation": False,
}


@pytest.fixture
def at(db: None) -> Staffed:
    return people.staffed("澜川市城市管理委员会")


@pytest.fixture
def other(db: None) -> Staffed:
    return people.staffed("澜川市水务局")


def take(at: Staffed, key: str = "reply-granted", year: int = 2026) -> str:
    with transaction.atomic():
        return kept.take_number(get(key), at.agency, year)


def signed_in(officer: Officer) -> Client:
    client = Client()
    client.force_login(officer)
    session = client.session
    session["second_factor_due"] = False
    session.save()
    return client


def picture(size: tuple[int, int] = (400, 400), kind: str = "PNG") -> bytes:
    """A red disc on white."""
    made = Image.new("RGB", size, "white")
    made.paste((200, 0, 0), (50, 50, size[0] - 50, size[1] - 50))
    target = BytesIO()
    made.save(target, kind)
    return target.getvalue()


def test_each_series_counts_by_itself_in_every_agency_and_year(at: Staffed, other: Staffed) -> None:
    actions.save_settings(at.agency, by=at.admin, **FRAME)
    assert [take(at), take(at)] == ["澜城管公开〔2026〕第1号-答", "澜城管公开〔2026〕第2号-答"]
    assert take(at, "extension") == "澜城管公开〔2026〕第1号-告"
    assert take(at, "clarification") == "澜城管公开〔2026〕第2号-告"
    assert take(at, year=2027) == "澜城管公开〔2027〕第1号-答"
    assert take(other) == "〔2026〕第1号-答"
    assert take(at, "registration") == ""


def test_a_number_of_a_transaction_that_is_undone_is_given_again(at: Staffed) -> None:
    take(at)
    with pytest.raises(RuntimeError, match="undone"), transaction.atomic():
        assert kept.take_number(REPLY, at.agency, 2026) == "〔2026〕第2号-答"
        raise RuntimeError("undone")
    assert take(at) == "〔2026〕第2号-答"


@pytest.mark.django_db(transaction=True)
def test_a_number_is_taken_with_what_it_is_for() -> None:
    at = people.staffed()
    with pytest.raises(RuntimeError, match="transaction"):
        kept.take_number(REPLY, at.agency, 2026)


def test_an_office_goes_on_after_its_old_register_and_never_back(at: Staffed) -> None:
    actions.continue_series(at.agency, Series.REPLY, 2026, 14, by=at.disclosure_officer)
    assert take(at) == "〔2026〕第15号-答"
    with pytest.raises(ValidationError) as refused:
        actions.continue_series(at.agency, Series.REPLY, 2026, 14, by=at.disclosure_officer)
    assert "第15号" in refused.value.message_dict["last"][0]


@pytest.mark.parametrize(
    ("pattern", "told"),
    [
        ("〔{{ 年份 }}〕号", "序号"),
        ("第{{ 序号 }}号", "年份"),
        ("〔{{ 年份 }}〕{{ 序号 }}{{ 申请人 }}", "{{ 申请人 }}"),
        ("字" * 60 + "{{ 年份 }}{{ 序号 }}", "60"),
    ],
)
def test_a_pattern_that_would_give_numbers_twice_is_refused(at: Staffed, pattern: str, told: str) -> None:
    with pytest.raises(ValidationError) as refused:
        actions.save_settings(at.agency, by=at.admin, **{**FRAME, "number_pattern": pattern})
    assert told in refused.value.message_dict["number_pattern"][0]


def test_own_words_stand_in_the_letter_and_the_rest_stays(at: Staffed, other: Staffed) -> None:
    texts = {one.key: one.text for one in NOTICE.paragraphs}
    mine = {**texts, "told": "特此函告，{{ 申请人 }}。"}
    assert actions.save_wording(at.agency, NOTICE, mine, by=at.disclosure_officer) == 1
    house = kept.house_of(at.agency)
    assert dict(house.wordings) == {"extension": {"told": "特此函告，{{ 申请人 }}。"}}
    assert "<p>特此函告，林晚舟。</p>" in compose(NOTICE, SAMPLE, house).body
    assert "特此函告" not in compose(NOTICE, SAMPLE, kept.house_of(other.agency)).body
    actions.save_wording(at.agency, NOTICE, texts, by=at.disclosure_officer)
    assert kept.house_of(at.agency).wordings == {}
    said = [one.sentence for one in timeline.of(kept.settings_of(at.agency).ref())]
    assert said == ["政府信息公开申请延期答复告知书：1段用本机关的文字", "政府信息公开申请延期答复告知书：恢复原文"]


def test_every_wrong_paragraph_is_told_at_its_place_and_nothing_is_saved(at: Staffed) -> None:
    texts = {"extension": "{{ 不存在 }}", "told": "", "contact": "好。"}
    with pytest.raises(ValidationError) as refused:
        actions.save_wording(at.agency, NOTICE, texts, by=at.disclosure_officer)
    assert set(refused.value.message_dict) == {"extension", "told"}
    assert not kept.LetterTemplate.objects.exists()


def test_a_seal_lets_the_text_show_and_carries_no_metadata(at: Staffed) -> None:
    first = actions.save_seal(at.agency, drawn_seal(), width_mm=42, by=at.disclosure_head)
    second = actions.save_seal(at.agency, picture(kind="JPEG"), width_mm=45, by=at.disclosure_head)
    first.refresh_from_db()
    assert first.retired_at is not None
    house = kept.house_of(at.agency)
    assert house.seal_mm == second.width_mm == 45
    with Image.open(BytesIO(house.seal)) as shown:
        assert shown.mode == "RGBA"
        assert shown.getpixel((5, 5))[3] < 20, "white is see-through"  # type: ignore[index]
        assert shown.getpixel((200, 200))[3] > 200, "ink is not"  # type: ignore[index]
    actions.retire_seal(at.agency, by=at.disclosure_head)
    assert kept.house_of(at.agency).seal == b""


@pytest.mark.parametrize(
    ("data", "width", "field"),
    [
        (picture((150, 150)), 42, "seal"),
        (picture((600, 300)), 42, "seal"),
        (b"%PDF-1.7", 42, "seal"),
        (picture(), 5, "width_mm"),
    ],
)
def test_what_is_no_seal_is_refused_at_its_field(at: Staffed, data: bytes, width: int, field: str) -> None:
    with pytest.raises(ValidationError) as refused:
        actions.save_seal(at.agency, data, width_mm=width, by=at.disclosure_head)
    assert set(refused.value.message_dict) == {field}


def test_reading_the_house_takes_the_same_queries_however_much_there_is(
    at: Staffed, django_assert_num_queries: Any
) -> None:
    actions.save_seal(at.agency, picture(), width_mm=42, by=at.disclosure_head)
    for letter in (NOTICE, REPLY):
        texts = {one.key: f"{one.text}（改）" for one in letter.paragraphs}
        actions.save_wording(at.agency, letter, texts, by=at.disclosure_officer)
    with django_assert_num_queries(3):
        kept.house_of(at.agency)


def test_the_page_lists_every_letter_and_saves_what_is_typed(at: Staffed) -> None:
    client = signed_in(at.disclosure_officer)
    page = client.get(reverse("letters:settings")).content.decode()
    assert "政府信息不予公开告知书" in page
    posted = {f"frame-{key}": value for key, value in FRAME.items() if value}
    assert client.post(reverse("letters:settings"), {**posted, "act": "frame"}).status_code == 302
    assert kept.settings_of(at.agency).red_head == FRAME["red_head"]
    wrong = client.post(reverse("letters:settings"), {**posted, "act": "frame", "frame-number_pattern": "{{ x }}"})
    assert wrong.status_code == 422
    assert "本文书没有" in wrong.content.decode()
    assert "澜城管公开" in wrong.content.decode(), "nothing typed is lost"


def test_a_wording_is_shown_before_it_is_saved(at: Staffed) -> None:
    client = signed_in(at.disclosure_officer)
    typed = {"text-told": "就此告知。"}
    shown = client.post(reverse("letters:preview", args=["extension"]), typed).content.decode()
    assert "就此告知。" in shown
    faulty = client.post(reverse("letters:preview", args=["extension"]), {"text-told": "{{ 无 }}"}).content.decode()
    assert "1 段写法有误" in faulty
    assert "特此告知。" in faulty
    assert not kept.LetterTemplate.objects.exists()
    refused = client.post(reverse("letters:wording", args=["extension"]), {"text-told": "就此{{ 无 }}"})
    assert refused.status_code == 422
    assert "就此{{ 无 }}" in refused.content.decode()
    saved = client.post(reverse("letters:wording", args=["extension"]), typed, follow=True).content.decode()
    assert "其中1段用本机关的文字" in saved
    assert "就此告知。" in saved


def test_every_letter_has_its_page(at: Staffed) -> None:
    client = signed_in(at.disclosure_officer)
    for key in ("reply-mixed", "fee", "registration", "third-party"):
        assert client.get(reverse("letters:wording", args=[key])).status_code == 200
    assert client.get(reverse("letters:wording", args=["nothing"])).status_code == 404


def test_a_specimen_bears_no_seal(at: Staffed, monkeypatch: pytest.MonkeyPatch) -> None:
    from gongkai.applications.letters import printing

    actions.save_seal(at.agency, picture(), width_mm=42, by=at.disclosure_head)
    printed: list[Any] = []
    monkeypatch.setattr(printing, "pdf", lambda letter: printed.append(letter) or b"%PDF")
    answer = signed_in(at.disclosure_officer).get(reverse("letters:specimen", args=["extension"]))
    assert answer["Content-Type"] == "application/pdf"
    assert printed[0].seal == b""


def test_a_machine_that_cannot_print_says_what_to_do(at: Staffed, monkeypatch: pytest.MonkeyPatch) -> None:
    from gongkai.applications.letters import printing

    def cannot(letter: Any) -> bytes:
        raise printing.CannotPrint("请由系统管理员执行：apt-get install")

    monkeypatch.setattr(printing, "pdf", cannot)
    client = signed_in(at.disclosure_officer)
    page = client.get(reverse("letters:specimen", args=["extension"]), follow=True).content.decode()
    assert "请由系统管理员执行" in page


def test_only_head_and_administrator_change_the_seal(at: Staffed) -> None:
    assert signed_in(at.disclosure_officer).post(reverse("letters:seal"), {"act": "retire"}).status_code == 403
    upload = {"seal-seal": BytesIO(picture()), "seal-width_mm": "42"}
    upload["seal-seal"].name = "seal.png"  # type: ignore[union-attr]
    assert signed_in(at.disclosure_head).post(reverse("letters:seal"), upload).status_code == 302
    assert kept.seal_of(at.agency) is not None
    empty = signed_in(at.disclosure_head).post(reverse("letters:seal"), {"seal-width_mm": "42"})
    assert empty.status_code == 422
    assert "请选择印章图片" in empty.content.decode()
