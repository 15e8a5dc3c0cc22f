"""Text becomes pairs, borders are all alike, and a question is proved by no more tokens than it needs."""

import pytest

from gongkai.search import analysis, numbers


def tokens(text: str) -> list[str]:
    return analysis.tokens(analysis.runs(text))


def test_a_run_becomes_its_pairs_with_the_single_characters_at_its_ends() -> None:
    assert tokens("信息公开") == ["信", "信息", "息公", "公开", "开"]
    assert tokens("第26条的") == ["第", "26", "条", "条的", "的"]


@pytest.mark.parametrize(
    "written", ["国办发〔2019〕54号", "国办发[2019]54号", "国办发【2019】 54 号", "國辦發（２０１９）５４號"]
)
def test_brackets_blanks_width_and_script_make_no_difference(written: str) -> None:
    assert tokens(written) == ["国", "国办", "办发", "发", "2019", "54", "号"]


def test_blanks_within_a_word_do_not_count_but_lines_do() -> None:
    assert tokens("总　则") == tokens("总则")
    assert tokens("总\n则") != tokens("总则")
    assert tokens(analysis.unbroken("政府信\n息公开\n\n第二段")) == tokens("政府信息公开\n\n第二段")


def test_normal_form_is_made_character_by_character() -> None:
    """A part of a text is a part of its normal form, whatever stands around it."""
    text = "乾隆年間頒佈的條例，幹部應當…㎡ Ａ1"
    assert analysis.normal(text) == "".join(map(analysis.normal, text))


def test_a_long_phrase_is_proved_by_every_second_pair() -> None:
    asked = analysis.phrase("政府信息公开条例")
    assert asked is not None
    assert analysis.placed(asked) == [(0, "政府"), (2, "信息"), (4, "公开"), (6, "条例")]
    odd = analysis.phrase("政府信息公")
    assert odd is not None
    assert analysis.placed(odd) == [(0, "政府"), (2, "信息"), (3, "息公")]


@pytest.mark.parametrize(
    "typed",
    [
        "国办发〔2019〕54号", "国办发[2019]54号", "国办发【2019】54号", "国办发（2019）54 号", "国办发2019年第54号",
        "國辦發〔2019〕54號", "国办发〔２０１９〕５４号", " 国办发 ﹝2019﹞ 54号 ", "国办发〔二〇一九〕五十四号",
    ],
)  # fmt: skip
def test_a_document_number_is_one_however_it_is_typed(typed: str) -> None:
    known = set(numbers.keys_of("国办发〔2019〕54号", ""))
    assert known & set(numbers.document_number(typed))


@pytest.mark.parametrize("typed", ["2020年第3号", "〔2020〕3号", "2020年3号", "（2020）第 3 号", "２０２０年第３号"])
def test_year_and_serial_alone_are_enough(typed: str) -> None:
    assert set(numbers.document_number(typed)) & set(numbers.keys_of("财政部公告2020年第3号", ""))


@pytest.mark.parametrize(
    "typed", ["A02-2024-000183", "a02-2024-183", "Ａ02－2024－000183", "A02 2024 000183", "a02/2024/183"]
)
def test_an_index_number_is_one_however_it_is_typed(typed: str) -> None:
    assert set(numbers.index_number(typed)) & set(numbers.keys_of("", "A02-2024-000183"))


@pytest.mark.parametrize("typed", ["公租房", "第3号", "政府信息公开", "2024", "covid-19", "54号"])
def test_words_are_no_numbers(typed: str) -> None:
    assert numbers.index_number(typed) == ()
    assert numbers.document_number(typed) == ()
