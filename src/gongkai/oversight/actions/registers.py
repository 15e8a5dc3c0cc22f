"""Departments' monthly figures and the trainings of the agency are written down."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from gongkai.agencies.bodies import Agency, Department
from gongkai.agencies.officers import Officer
from gongkai.ledger import changes, moment
from gongkai.ledger.recording import record
from gongkai.ledger.refs import Named, Ref
from gongkai.oversight import ledger_kinds as kinds
from gongkai.oversight.annual_report.editions import Reminder
from gongkai.oversight.annual_report.registers import FigureAssignment, MonthlyFigure, Training
from gongkai.oversight.annual_report.sources import SOURCES, source

By = Officer | Ref | Named


@dataclass(frozen=True)
class Entered:
    """What somebody wrote for a month."""

    source: str
    year: int
    month: int
    value: Decimal
    note: str = ""


@transaction.atomic
def assign(department: Department, source_key: str, *, since: date, by: By) -> FigureAssignment:
    """The department answers for the source from that day on. Raises ValidationError."""
    if source_key not in SOURCES:
        raise ValidationError({"source": "没有这项数据。"})
    made, new = FigureAssignment.objects.get_or_create(
        department=department, source=source_key, defaults={"agency": department.agency, "since": since}
    )
    if not new and made.until is None:
        raise ValidationError({"source": f"{department.name}已经填报“{source(source_key).label}”。"})
    if not new:
        made.until = None
        made.save(update_fields=["until"])
    what = f"{department.name}：{source(source_key).label}"
    record(kinds.FIGURE_ASSIGNED, by=by, subject=made, agency=department.agency, what=what)
    return made


@transaction.atomic
def relieve(one: FigureAssignment, *, on: date, by: By) -> None:
    """From that day on the department does not answer for it any more; what it entered stays."""
    one.until = on
    one.save(update_fields=["until"])
    what = f"{one.department.name}：{source(one.source).label}"
    record(kinds.FIGURE_RELIEVED, by=by, subject=one, agency=one.agency, what=what)


@transaction.atomic
def enter(
    department: Department, figures: Sequence[Entered], *, by: By, imported_from: str = ""
) -> list[MonthlyFigure]:
    """Write down what a department counted. What is there and the same stays as it is; what differs is changed, and the
    ledger says from what. Raises ValidationError by ``source-month``; then nothing was written."""
    _check(figures)
    known = {
        (one.source, one.year, one.month): one
        for one in MonthlyFigure.objects.select_for_update().filter(
            department=department, year__in={one.year for one in figures}
        )
    }
    written = []
    for one in figures:
        row = known.get((one.source, one.year, one.month))
        if row is None:
            written.append(_new(department, one, by, imported_from))
        elif (row.value, row.note) != (one.value, one.note):
            written.append(_changed(row, one, by, imported_from))
    return written


def _check(figures: Sequence[Entered]) -> None:
    wrong: dict[str, list[str]] = {}
    today = moment.today()
    for one in figures:
        kind = source(one.source)
        key = f"{one.source}-{one.month}"
        if not 1 <= one.month <= 12 or date(one.year, one.month, 1) > today:
            wrong[key] = [f"{one.year}年{one.month}月还没有到，不能填报。"]
        elif one.value < 0:
            wrong[key] = [f"“{kind.label}”不能小于0。"]
        elif kind.whole and one.value != one.value.to_integral_value():
            wrong[key] = [f"“{kind.label}”以{kind.unit}为单位，应当是整数。"]
        elif one.value >= Decimal(10) ** 12:
            wrong[key] = [f"“{kind.label}”以{kind.unit}为单位，请核对单位。"]
    if wrong:
        raise ValidationError(wrong)


def _new(department: Department, one: Entered, by: By, imported_from: str) -> MonthlyFigure:
    made = MonthlyFigure.objects.create(
        agency=department.agency,
        department=department,
        source=one.source,
        year=one.year,
        month=one.month,
        value=one.value,
        note=one.note[:200],
        imported_from=imported_from[:200],
        by=by if isinstance(by, Officer) else None,
        at=moment.now(),
    )
    what = f"{one.value.normalize():f}{source(one.source).unit}"
    record(kinds.FIGURE_ENTERED, by=by, subject=made, agency=department.agency, what=what, year=one.year)
    return made


def _changed(row: MonthlyFigure, one: Entered, by: By, imported_from: str) -> MonthlyFigure:
    before, after = changes.set_fields(row, {"value": one.value, "note": one.note[:200]})
    row.by, row.at, row.imported_from = by if isinstance(by, Officer) else None, moment.now(), imported_from[:200]
    row.save()
    record(kinds.FIGURE_CHANGED, by=by, subject=row, agency=row.agency, before=before, after=after, year=row.year)
    return row


@transaction.atomic
def remind(department: Department, year: int, *, text: str, by: Officer) -> Reminder:
    """Ask a department for the months it owes."""
    if not text.strip():
        raise ValidationError({"text": "请写明催报意见。"})
    made = Reminder.objects.create(
        agency=department.agency, department=department, year=year, text=text.strip()[:300], by=by, at=moment.now()
    )
    what = f"{department.name}：{made.text}"
    record(kinds.FIGURES_REMINDED, by=by, subject=made, agency=department.agency, what=what, year=year)
    return made


@transaction.atomic
def save_training(agency: Agency, *, by: By, training: Training | None = None, **facts: Any) -> Training:
    """Write down a training, or mend what was written. Raises ValidationError by field."""
    one = training or Training(agency=agency, at=moment.now(), by=by if isinstance(by, Officer) else None)
    for key, value in facts.items():
        setattr(one, key, value)
    one.full_clean(exclude=["agency", "by", "at"])
    if one.held_on > moment.today():
        raise ValidationError({"held_on": "培训日期还没有到，办完以后再登记。"})
    one.save()
    record(kinds.TRAINING_SAVED, by=by, subject=one, agency=agency, what=f"{one.subject}，{one.people}人")
    return one


@transaction.atomic
def remove_training(one: Training, *, by: By) -> None:
    """It was written down by mistake."""
    ref, agency = one.ref(), one.agency
    one.delete()
    record(kinds.TRAINING_REMOVED, by=by, subject=ref, agency=agency, what=ref.label)
