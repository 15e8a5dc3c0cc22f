"""Nobody is recognised in a public table by being the only one."""

import pytest

from gongkai.applications.figures import Line
from gongkai.applications.small_numbers import FEWEST, safe


def lines(*numbers: int) -> list[Line]:
    return [Line(f"理由{place}", number) for place, number in enumerate(numbers)]


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ((20, 9, 7), [20, 9, 7]),
        ((20, 3, 2), [20, 5]),
        ((20, 9, 1), [20, 10]),
        ((20, 9, 2, 1), [20, 12]),
        ((20, 4), [24]),
        ((2, 1), []),
        ((3, 2), [5]),
        ((), []),
    ],
)
def test_small_lines_are_put_together(given: tuple[int, ...], told: list[int]) -> None:
    assert [one.number for one in safe(lines(*given))] == told


def test_no_line_is_ever_small_and_none_is_lost() -> None:
    for first in range(12):
        for second in range(12):
            for third in range(12):
                found = safe(lines(*(one for one in (first, second, third) if one)))
                assert all(one.number >= FEWEST for one in found)
                assert not found or sum(one.number for one in found) == first + second + third
