"""A report is begun, drafted, written, read from a file; findings are answered; it is corrected, submitted."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from gongkai.agencies.bodies import Agency
from gongkai.agencies.officers import Officer
from gongkai.law.annual_report import figures as law_figures
from gongkai.law.annual_report.formats import format_of
from gongkai.ledger import moment
from gongkai.ledger.recording import record
from gongkai.oversight import ledger_kinds as kinds
from gongkai.oversight.annual_report import composing, references, yearbook
from gongkai.oversight.annual_report.editions import (
    CLOSED,
    AnnualReport,
    FindingAnswer,
    Origin,
    ReportEdition,
    ReportState,
    Submission,
)
from gongkai.oversight.annual_report.reading import report as reading
from gongkai.oversight.annual_report.standing import Standing

_CHAPTER_LENGTH = 30_000


class ReportConflict(Exception):
    """Somebody else saved this report since it was opened; nothing was overwritten."""

    def __init__(self, edition: ReportEdition) -> None:
        super().__init__(f"这份报告在您打开之后已由他人保存过（第{edition.version}次）。")
        self.edition = edition


@transaction.atomic
def begin(agency: Agency, year: int, *, by: Officer) -> ReportEdition:
    """The report of a year with its first edition and the first draft of its text.

    Raises ValidationError for a year before the formats, in the future, or one whose report there is.
    """
    _in_time(year)
    report = _report(agency, year)
    if report.editions.exclude(state=ReportState.DISCARDED).exists():
        raise ValidationError(f"{year}年度报告已经开始编写。")
    edition = _edition(report, by=by, preface=composing.preface(agency.name, year))
    record(kinds.REPORT_BEGUN, by=by, subject=edition, agency=agency)
    return compose(edition, by=by)


@transaction.atomic
def compose(edition: ReportEdition, *, by: Officer) -> ReportEdition:
    """Draft the chapters anew from the figures and the year's records; chapters somebody has written stay."""
    current = _writable(edition)
    if current.origin == Origin.READ:
        raise ValidationError("这份报告由文件读入，正文以文件为准，不由系统拟稿。")
    standing = Standing(current)
    report = current.report
    book = yearbook.of(report.agency, report.year)
    last_year = dict(standing.before.narrative.chapters) if standing.before and standing.before.narrative else {}
    drafted = composing.compose(standing.figures, book, last_year)
    kept = {number: text for number, text in current.text_of.items() if text and composing.MARK not in text}
    current.chapters = {str(number): text for number, text in (drafted | kept).items()}
    _saved(current, by)
    record(kinds.REPORT_COMPOSED, by=by, subject=current, agency=report.agency)
    return current


@transaction.atomic
def save(
    edition: ReportEdition,
    *,
    by: Officer,
    version: int | None,
    chapters: Mapping[int, str],
    preface: str | None = None,
    explanation: str | None = None,
    makes_rules: bool | None = None,
) -> ReportEdition:
    """Write into the text. Raises ReportConflict when ``version`` is not the present one, ValidationError by field
    (``chapter_1`` …) for references to numbers that there are not."""
    current = _writable(edition)
    if version is not None and current.version != version:
        raise ReportConflict(current)
    standing = Standing(current)
    texts = {number: _clean(text) for number, text in chapters.items()}
    _refuse_unknown(texts | ({0: preface} if preface is not None else {}), standing.names)
    changed = [number for number, text in texts.items() if current.text_of.get(number, "") != text]
    current.chapters = current.chapters | {str(number): text for number, text in texts.items()}
    what = [f"第{number}章" for number in changed]
    for name, label, value in (("preface", "引言", preface), ("explanation", "更正说明", explanation)):
        if value is not None and getattr(current, name) != _clean(value):
            setattr(current, name, _clean(value))
            what.append(label)
    if makes_rules is not None and current.report.makes_rules != makes_rules:
        current.report.makes_rules = makes_rules
        current.report.save(update_fields=["makes_rules"])
        what.append("规章制定权")
    if not what:
        return current
    current.version += 1
    _saved(current, by)
    record(kinds.REPORT_SAVED, by=by, subject=current, agency=current.report.agency, what="、".join(what))
    return current


@transaction.atomic
def read_file(agency: Agency, name: str, data: bytes, *, by: Officer, year: int | None = None) -> ReportEdition:
    """The report in a file, of whatever kind: a past year's as it was published, or one written elsewhere.

    Its tables are what the file says, never computed. Raises UnreadableFile, and ValidationError when the year's report
    is there already or the file is of another year.
    """
    found = reading.read(name, data, year=year)
    if year is not None and found.year != year:
        raise ValidationError(f"文件是{found.year}年度的报告，不是{year}年度的。")
    _in_time(found.year)
    report = _report(agency, found.year)
    if report.editions.exclude(state=ReportState.DISCARDED).exists():
        raise ValidationError(f"{found.year}年度报告已经有了；要重新读入的，请先作废草稿。")
    edition = _edition(
        report,
        by=by,
        origin=Origin.READ,
        figures=law_figures.dump(found.figures),
        file_name=name[:200],
        preface=found.narrative.preface,
        chapters={str(number): text for number, text in found.narrative.chapters.items()},
    )
    record(kinds.REPORT_READ, by=by, subject=edition, agency=agency, what=name)
    return edition


@transaction.atomic
def correct(report: AnnualReport, *, explanation: str, by: Officer) -> ReportEdition:
    """Begin a correction 更正 of the published report. Raises ValidationError when none is published, one is under way,
    or nothing explains it."""
    locked = AnnualReport.objects.select_for_update().select_related("agency").get(pk=report.pk)
    live = locked.editions.filter(state=ReportState.PUBLISHED).first()
    if live is None:
        raise ValidationError("报告还没有公布，请直接修改。")
    if locked.editions.exclude(state__in=CLOSED).exists():
        raise ValidationError("已有一个更正版在办理，请在其上继续。")
    if not explanation.strip():
        raise ValidationError({"explanation": "请写明更正说明：更正了什么，为什么。"})
    edition = _edition(
        locked,
        by=by,
        number=locked.editions.order_by("-number").values_list("number", flat=True)[0] + 1,
        origin=live.origin,
        figures=live.figures if live.origin == Origin.READ else None,
        file_name=live.file_name,
        preface=live.preface,
        chapters=live.chapters,
        explanation=explanation.strip(),
    )
    record(kinds.REPORT_CORRECTION, by=by, subject=edition, agency=locked.agency, what=edition.explanation[:200])
    return edition


@transaction.atomic
def answer(edition: ReportEdition, *, key: str, note: str, by: Officer) -> FindingAnswer:
    """A person says why a finding may stay. Raises ValidationError when it is gone or nothing is said."""
    found = next((one.finding for one in Standing(edition).findings if one.finding.key == key), None)
    if found is None:
        raise ValidationError("这项检查结果已经不在了：可能已经改好。")
    if not note.strip():
        raise ValidationError({"note": "请写明说明，如“口径不同：只统计本级”。"})
    made, _ = FindingAnswer.objects.update_or_create(
        report=edition.report,
        key=key[:300],
        defaults={
            "code": found.code,
            "message": found.message[:500],
            "note": note.strip()[:300],
            "by": by,
            "at": moment.now(),
        },
    )
    what = f"{found.code} {found.message[:80]}：{made.note}"
    record(kinds.FINDING_ANSWERED, by=by, subject=edition, agency=edition.report.agency, what=what)
    return made


@transaction.atomic
def take_back(edition: ReportEdition, *, key: str, by: Officer) -> None:
    """The answer was a mistake: the finding is open again."""
    gone = FindingAnswer.objects.filter(report=edition.report, key=key).first()
    if gone is None:
        return
    what = f"{gone.code} {gone.message[:80]}"
    gone.delete()
    record(kinds.FINDING_REOPENED, by=by, subject=edition, agency=edition.report.agency, what=what)


@transaction.atomic
def submit(report: AnnualReport, *, by: Officer) -> Submission:
    """Hand the approved (or published) report in at the supervising office. Raises ValidationError."""
    locked = AnnualReport.objects.select_for_update().select_related("agency").get(pk=report.pk)
    if Submission.objects.filter(report=locked).exists():
        raise ValidationError("报告已经报送。")
    ready = {ReportState.APPROVED, ReportState.PUBLISHED}
    edition = locked.editions.filter(state__in=ready).order_by("-number").first()
    if edition is None:
        raise ValidationError("报告还没有经分管领导审定，审定以后再报送。")
    now = moment.now()
    made = Submission.objects.create(
        report=locked, edition=edition, submitted_at=now, first_submitted_at=now, submitted_by=by
    )
    record(kinds.SUBMISSION_MADE, by=by, subject=made, agency=locked.agency, what=f"第{edition.number}版")
    return made


def _in_time(year: int) -> None:
    try:
        format_of(year)
    except ValueError as error:
        raise ValidationError(str(error)) from None
    if year > moment.today().year:
        raise ValidationError(f"{year}年还没有到，不能编写年度报告。")


def _report(agency: Agency, year: int) -> AnnualReport:
    former = AnnualReport.objects.filter(agency=agency, year__lt=year).order_by("-year").first()
    facts: dict[str, Any] = {
        "created_at": moment.now(),
        "makes_rules": former.makes_rules if former else agency.is_city,
    }
    made, _ = AnnualReport.objects.get_or_create(agency=agency, year=year, defaults=facts)
    return made


def _edition(report: AnnualReport, *, by: Officer, number: int = 0, **facts: Any) -> ReportEdition:
    now = moment.now()
    last = report.editions.order_by("-number").values_list("number", flat=True).first() or 0
    return ReportEdition.objects.create(
        report=report,
        number=number or last + 1,
        drafted_by=by,
        editors=[by.pk],
        created_at=now,
        saved_at=now,
        **facts,
    )


def _writable(edition: ReportEdition) -> ReportEdition:
    current = ReportEdition.objects.select_for_update().select_related("report__agency").get(pk=edition.pk)
    if not current.writable:
        raise ValidationError(current.fixed_because)
    return current


def _saved(edition: ReportEdition, by: Officer) -> None:
    edition.saved_at = moment.now()
    if by.pk not in edition.editors:
        edition.editors = [*edition.editors, by.pk]
    edition.save()


def _clean(text: str) -> str:
    return "\n".join(line.strip() for line in text.replace("\r\n", "\n").strip().split("\n"))[:_CHAPTER_LENGTH]


def _refuse_unknown(texts: Mapping[int, str], known: Mapping[str, str]) -> None:
    wrong = {
        f"chapter_{number}" if number else "preface": [
            f"没有“{name}”这个数据，请从右侧数据表中选用。" for name in references.unknown(text, known)
        ]
        for number, text in texts.items()
        if references.unknown(text, known)
    }
    if wrong:
        raise ValidationError(wrong)
