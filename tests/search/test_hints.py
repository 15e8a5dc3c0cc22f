"""What is typed before it is typed whole: by its sound, its initials, the beginning of a number."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.search import hints
from gongkai.search.pinyin import sounds, splits

TITLE = "关于印发2025年政务公开工作要点的通知"
NUMBER = "澜城管发〔2025〕17号"
_HAN = st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5)


def read(text: str) -> str:
    return " ".join(one.syllable for one in sounds(text))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("政务公开", "zheng wu gong kai"),
        ("重庆的银行", "chong qing de yin hang"),
        ("行政长官会计调查", "xing zheng zhang guan kuai ji diao cha"),
        ("绿色2025GB", "lv se"),
        ("政務公開", "zheng wu gong kai"),
    ],
)
def test_how_a_text_is_read(text: str, said: str) -> None:
    assert read(text) == said


@pytest.mark.parametrize(
    ("letters", "way"),
    [
        ("zhengwugongkai", ("zheng", "wu", "gong", "kai")),
        ("zhengwug", ("zheng", "wu", "g")),
        ("xian", ("xi", "an")),
        ("fangan", ("fang", "an")),
        ("lvse", ("lv", "se")),
    ],
)
def test_letters_are_taken_as_syllables(letters: str, way: tuple[str, ...]) -> None:
    assert way in splits(letters)


def test_initials_alone_are_no_syllables() -> None:
    assert splits("zwgk") == []


@pytest.mark.parametrize(
    ("typed", "heard"),
    [
        ("zwgk", "政务公开"),
        ("ZWGK", "政务公开"),
        ("zhengwugongkai", "政务公开"),
        ("zheng wu", "政务"),
        ("zhengwugongk", "政务公开"),
        ("zenwu", "政务"),
        ("gongkai", "公开"),
        ("gzyd", "工作要点"),
    ],
)
def test_a_title_is_heard_where_its_terms_say(typed: str, heard: str) -> None:
    terms = set(hints.terms(TITLE, [NUMBER]))
    found = [
        TITLE[start:end]
        for way, wanted in hints.asked_by_sound(typed)
        if set(wanted) <= terms
        for start, end in hints.heard(TITLE, way)
    ]
    assert heard in found


@pytest.mark.parametrize("typed", ["", "z", "政务", "zw公开", "2025", "x" * 41])
def test_what_is_no_sound_asks_for_nothing(typed: str) -> None:
    assert hints.asked_by_sound(typed) == []


def test_a_sound_does_not_go_over_what_stands_between() -> None:
    assert list(hints.heard("公开、政务", tuple("kz"))) == []
    assert "i:kz" not in hints.terms("公开、政务")


def test_other_characters_of_the_same_sound_have_the_same_terms() -> None:
    assert set(hints.sound_terms("政务工开")) <= set(hints.terms(TITLE))
    assert not set(hints.sound_terms("政务关开")) <= set(hints.terms(TITLE))


@pytest.mark.parametrize("typed", ["澜城管发", "澜城管发[2025", "澜城管发2025 1", "澜城管发（2025）17号"])
def test_a_number_is_found_by_its_beginning(typed: str) -> None:
    assert hints.number_term(typed) in hints.terms(TITLE, [NUMBER])
    assert hints.number_term(typed.replace("澜", "岚")) not in hints.terms(TITLE, [NUMBER])


@given(title=st.text(_HAN, min_size=2, max_size=12), data=st.data())
def test_whatever_part_of_a_title_is_typed_by_initials_or_whole_finds_it(title: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(title) - 2))
    end = data.draw(st.integers(start + 2, len(title)))
    part = [one.syllable for one in sounds(title[start:end])]
    if len(part) != end - start or not all(one.isascii() for one in part):
        return
    typed = "".join(one[0] for one in part)
    terms = set(hints.terms(title))
    assert any(
        set(wanted) <= terms and (start, end) in hints.heard(title, way)
        for way, wanted in hints.asked_by_sound(typed[:12] if len(typed) > 12 else typed)
    )
    assert set(hints.sound_terms(title[start:end])) <= terms
