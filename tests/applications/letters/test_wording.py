"""Wordings are replacement and nothing else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.applications.letters import wording
from gongkai.applications.letters.sample import SAMPLE


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "请填写"),
        (" \n ", "请填写"),
        ("您好，{{ 收到曰 }}。", "{{ 收到曰 }}"),
        ("{% include 'x' %}", "只能用"),
        ("{# 注 #}{{ 申请人 }}", "只能用"),
        ("{{ 申请人 ", "花括号"),
        ("{{ 申请人|safe }}", "{{ 申请人|safe }}"),
        ("{{ 申请人.delete }}", "{{ 申请人.delete }}"),
        ("字" * 2001, "2000"),
    ],
)
def test_what_cannot_be_used_is_refused_with_what_to_do(text: str, told: str) -> None:
    with pytest.raises(wording.BadWording, match=told.replace("{", r"\{").replace("|", r"\|")):
        wording.check(text)


def test_lines_are_tidied() -> None:
    assert wording.check("  甲 \r\n\r\n{{申请人}}\n") == "甲\n{{申请人}}"


def test_a_name_alone_brings_paragraphs_and_within_a_sentence_a_list() -> None:
    alone = wording.paragraphs("{{ 补正事项 }}", SAMPLE, "")
    assert [one[:2] for one in alone] == ["1．", "2．"]
    (within,) = wording.paragraphs("请补正：{{ 补正事项 }}。", SAMPLE, "")
    assert within.startswith("请补正：明确")
    assert "描述；补充" in within
    assert within.endswith("复印件。")


def test_days_are_written_as_officials_write_them() -> None:
    assert wording.fill("{{ 收到日 }}", SAMPLE, "") == "2026年3月2日"
    assert wording.fill("{{ 条款 }}", SAMPLE, "第三十条") == "第三十条"


@given(st.text(alphabet="{}%#| 申请人.\n", max_size=60))
def test_whatever_passes_the_check_leaves_no_brace(text: str) -> None:
    try:
        tidy = wording.check(text)
    except wording.BadWording:
        return
    written = "\n".join(wording.paragraphs(tidy, SAMPLE, "条"))
    assert "{{" not in written
    assert "{%" not in written
