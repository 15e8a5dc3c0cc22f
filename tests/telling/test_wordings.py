"""Templates: only names are filled in, nothing else is understood, and the public is told nothing personal."""

import pytest
from django.core.exceptions import ValidationError

from gongkai.telling import wordings
from gongkai.telling.wordings import Audience, Template

NAMES = (("number", "编号"),)


def made(text: str, audience: Audience = Audience.STAFF, names: tuple[tuple[str, str], ...] = NAMES) -> Template:
    return Template("tests.made", "测试", audience, "标题", text, "短信{{ number }}", names)


def test_values_are_put_in_as_they_are() -> None:
    filled = wordings.fill(made("甲{{ number }}乙{{number}}"), {"number": "{{ number }}<b>\n换行"})
    assert filled.text == "甲{{ number }}<b> 换行乙{{ number }}<b> 换行"
    assert filled.sms == "短信{{ number }}<b> 换行"


def test_who_reads_a_text_sees_what_its_places_mean() -> None:
    assert wordings.readable(made("收到"), "申请{{ number }}已登记") == "申请〔编号〕已登记"


def test_a_value_that_is_missing_leaves_nothing_behind() -> None:
    assert wordings.fill(made("编号{{ number }}。"), {}).text == "编号。"


@pytest.mark.parametrize(
    "text", ["{{ name }}", "{% now 'Y' %}", "{{ number|safe }}", "{{ number.x }}", "{{ number", "{# #}", "}}"]
)
def test_nothing_but_known_names_is_accepted(text: str) -> None:
    assert wordings.faults(text, {"number"})
    with pytest.raises(ValidationError) as refused:
        wordings.checked(made("好"), title="", text=text, sms="")
    assert "可以用：{{ number }}" in str(refused.value.message_dict["text"])


def test_a_title_is_one_line_and_a_short_message_short() -> None:
    with pytest.raises(ValidationError) as refused:
        wordings.checked(made("好"), title="一\n二", text="", sms="长" * 301)
    assert set(refused.value.message_dict) == {"title", "sms"}


def test_the_public_cannot_be_told_who_asked_for_what() -> None:
    """A template that would name the applicant or the content is refused when the program starts."""
    with pytest.raises(ValueError, match="applicant"):
        wordings.declare(made("{{ applicant }}", Audience.PUBLIC, (("applicant", "申请人"),)))
    assert "tests.made" not in [one.key for one in wordings.all_templates()]


def test_every_template_of_the_product_is_sound() -> None:
    for one in wordings.all_templates():
        for part in (one.title, one.text, one.sms):
            assert wordings.faults(part, one.known) == []
        if one.audience is Audience.PUBLIC:
            assert one.known <= wordings.FOR_THE_PUBLIC.keys()
