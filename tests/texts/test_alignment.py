"""Which unit of the new text continues which unit of the old one."""

from hypothesis import given
from hypothesis import strategies as st

from gongkai.texts.alignment import Unit, align, in_order, likeness

units = st.lists(
    st.builds(
        Unit,
        st.sampled_from(["甲机关负责受理申请并审查", "甲机关负责受理申请并答复", "乙机关负责保存档案", "略", ""]),
        st.none() | st.integers(1, 4),
    ),
    max_size=10,
)


@given(units, units, st.booleans())
def test_an_alignment_pairs_each_unit_once_and_keeps_the_order(old: list[Unit], new: list[Unit], trust: bool) -> None:
    alignment = align(old, new, trust_keys=trust)
    sources = [*alignment.kept.values(), *alignment.moved.values()]
    assert len(set(sources)) == len(sources)
    assert set(alignment.kept).isdisjoint(alignment.moved)
    assert list(alignment.kept) == sorted(alignment.kept)
    assert list(alignment.kept.values()) == sorted(alignment.kept.values())
    assert all(0 <= j < len(new) and 0 <= i < len(old) for j, i in (*alignment.kept.items(), *alignment.moved.items()))
    for new_index, old_index in alignment.moved.items():
        assert alignment.source(new_index) == old_index


@given(units)
def test_a_text_is_its_own_continuation(text: list[Unit]) -> None:
    assert align(text, text).kept == {index: index for index in range(len(text))}


def test_the_same_words_weigh_more_than_the_same_number() -> None:
    old = [Unit("甲级机关应当公开第一号目录所列事项", 1), Unit("甲级机关应当公开第二号目录所列事项", 2)]
    new = [Unit("甲级机关应当公开第二号目录所列事项", 1)]
    assert align(old, new, trust_keys=True).kept == {0: 1}


def test_a_number_between_the_same_neighbours_is_trusted_only_on_request() -> None:
    old = [Unit("前面的一条规定", 1), Unit("原来的内容", 2), Unit("后面的一条规定", 3)]
    new = [Unit("前面的一条规定", 1), Unit("换了别样说法", 2), Unit("后面的一条规定", 3)]
    assert align(old, new).kept == {0: 0, 2: 2}
    assert align(old, new, trust_keys=True).kept == {0: 0, 1: 1, 2: 2}


def test_a_whole_book_of_rewritten_articles_is_paired_by_number() -> None:
    old = [Unit("甲" * (n % 7 + 3), n) for n in range(300)]
    new = [Unit("乙" * (n % 5 + 3), n) for n in range(300)]
    assert align(old, new, trust_keys=True).kept == {n: n for n in range(300)}


def test_what_moved_must_be_long_enough_to_be_recognised() -> None:
    filler = [Unit(f"第{n}段说明各区县的工作安排和要求") for n in range(3)]
    assert align([Unit("另行通知"), *filler], [*filler, Unit("另行通知")]).moved == {}
    moving = Unit("请各单位于月底前报送总结")
    assert align([moving, *filler], [*filler, moving]).moved == {3: 0}


def test_likeness_runs_from_nothing_to_equal() -> None:
    assert likeness("公开", "公开") == 1
    assert likeness("公开政府信息", "天气晴朗") == 0
    assert 0.5 < likeness("公开政府信息", "公开政府信息目录") < 1
    assert likeness("", "公开") == 0


def test_the_most_pairs_that_keep_their_order() -> None:
    assert in_order({0: 2, 1: 0, 2: 1, 3: 3}) == {1: 0, 2: 1, 3: 3}
