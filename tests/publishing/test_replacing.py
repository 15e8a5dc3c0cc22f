"""A finding's replacement is put into the text, and nothing else of it changes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.publishing.replacing import PlaceGone, replace_in_body, replace_in_value
from gongkai.texts import richtext

_WORDS = st.text("供热检修通知甲乙丙丁一二三，。123", min_size=1, max_size=12)


@given(st.lists(_WORDS, min_size=1, max_size=6), st.data())
def test_the_very_words_are_replaced_wherever_they_stand(lines: list[str], data: st.DataObject) -> None:
    body = richtext.clean("".join(f"<p>{line[:2]}<strong>{line[2:]}</strong></p>" for line in lines))
    text = richtext.plain_text(body)
    line = data.draw(st.integers(0, len(lines) - 1))
    offset = sum(len(one) + 1 for one in lines[:line])
    start = data.draw(st.integers(0, len(lines[line]) - 1))
    end = data.draw(st.integers(start + 1, len(lines[line])))
    changed = replace_in_body(body, offset + start, offset + end, "【替】")
    assert richtext.plain_text(changed) == text[: offset + start] + "【替】" + text[offset + end :]


def test_markup_and_other_places_stay() -> None:
    body = "<ol><li>电话<strong>1380</strong>0001234</li><li>电话13800001234</li></ol>"
    text = richtext.plain_text(body)
    second = text.rindex("13800001234")
    assert (
        replace_in_body(body, second, second + 11, "138****1234")
        == "<ol><li>电话<strong>1380</strong>0001234</li><li>电话138****1234</li></ol>"
    )


def test_a_replacement_is_text_and_never_markup() -> None:
    assert replace_in_body("<p>甲乙丙</p>", 1, 2, "<script>x</script>") == "<p>甲&lt;script&gt;x&lt;/script&gt;丙</p>"


def test_a_place_that_is_gone_is_said() -> None:
    with pytest.raises(PlaceGone, match="改动"):
        replace_in_body("<p>甲</p>", 5, 9, "乙")
    with pytest.raises(PlaceGone, match="改动"):
        replace_in_value("甲", 0, 9, "乙")
