"""The course of a project as a drawing: geometry for a small picture beside its table."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from gongkai.catalog.project_queries import Course

WIDTH, HEIGHT = 480, 150
_LEFT, _RIGHT, _TOP, _BASE = 34, 470, 14, 112


@dataclass(frozen=True)
class Point:
    """One month's percentage in the drawing's own units."""

    x: float
    y: float
    percent: int
    label: str


@dataclass(frozen=True)
class Mark:
    """A step on the line of the year: when it is planned, whether it is done."""

    x: float
    done: bool
    label: str


@dataclass(frozen=True)
class Drawing:
    """Everything to draw; ``told`` says it in words."""

    points: Sequence[Point]
    marks: Sequence[Mark]
    months: Sequence[tuple[float, str]]
    levels: Sequence[tuple[float, int]]
    told: str

    @property
    def line(self) -> str:
        """The points as a polyline takes them."""
        return " ".join(f"{one.x},{one.y}" for one in self.points)


def draw(course: Course) -> Drawing | None:
    """The year of a project; None before anything was told."""
    if not course.months:
        return None
    year = course.project.year
    points = [
        Point(
            _middle(one.update.month.month),
            _height(one.update.percent),
            one.update.percent,
            f"{one.update.month.month}月",
        )
        for one in reversed(course.months)
    ]
    marks = [
        Mark(_place(one.planned_on, year), one.finished_on is not None, one.name)
        for one in course.milestones
        if one.planned_on.year == year
    ]
    last = points[-1]
    done = sum(one.finished_on is not None for one in course.milestones)
    told = f"{year}年各月完成比例，最近一个月（{last.label}）{last.percent}%"
    told += f"；{len(course.milestones)}个节点已完成{done}个" if course.milestones else ""
    return Drawing(
        points=points,
        marks=marks,
        months=[(_middle(number), str(number)) for number in range(1, 13)],
        levels=[(_height(level), level) for level in (0, 50, 100)],
        told=f"{told}；各月数字见下表",
    )


def _middle(month: int) -> float:
    return round(_LEFT + (_RIGHT - _LEFT) * (month - 0.5) / 12, 1)


def _place(day: date, year: int) -> float:
    share = (day - date(year, 1, 1)).days / (date(year + 1, 1, 1) - date(year, 1, 1)).days
    return round(_LEFT + (_RIGHT - _LEFT) * share, 1)


def _height(percent: int) -> float:
    return round(_BASE - (_BASE - _TOP) * percent / 100, 1)
