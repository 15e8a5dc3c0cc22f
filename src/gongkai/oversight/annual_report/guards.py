"""Why something may not happen to a report yet: every reason, in Chinese, saying what to do."""

from collections.abc import Iterator
from datetime import date

from gongkai.law.annual_report.formats import CHAPTERS
from gongkai.law.numerals import to_chinese
from gongkai.ledger import moment
from gongkai.oversight.annual_report import references
from gongkai.oversight.annual_report.editions import Origin, ReportEdition, ReportState, Submission
from gongkai.oversight.annual_report.standing import Standing
from gongkai.procedures.tables import Attempt

_WRITTEN = (1, 5, 6)  # the other chapters are their tables


def year_is_over(attempt: Attempt) -> Iterator[str]:
    """The figures of a year can be complete only when it is over."""
    year = attempt.subject.report.year
    if moment.today() <= date(year, 12, 31):
        yield f"{year}年还没有结束，数据还会变化。"


def fit_for_review(attempt: Attempt) -> Iterator[str]:
    """Handed in whole: every chapter written, no draft sentences left, no unknown references, errors dealt with."""
    edition: ReportEdition = attempt.subject
    standing = Standing(edition)
    if edition.number > 1 and not edition.explanation.strip():
        yield "请写明更正说明：更正了什么，为什么。"
    texts = edition.text_of
    for chapter in CHAPTERS:
        if chapter.number in _WRITTEN and not texts.get(chapter.number, "").strip():
            yield f"“{to_chinese(chapter.number)}、{chapter.title}”还没有内容。"
    if standing.drafts_left:
        yield f"还有{standing.drafts_left}处拟稿没有核对：逐句核对、改写后删去〔拟〕。"
    lost = [name for text in texts.values() for name in references.unknown(text, standing.names)]
    if lost:
        yield f"正文引用了没有的数据：{'、'.join(lost)}。"
    yield from no_open_errors(attempt)


def no_open_errors(attempt: Attempt) -> Iterator[str]:
    """Errors are mended or answered first."""
    errors = Standing(attempt.subject).errors
    if errors:
        told = "；".join(one.finding.message for one in errors[:3])
        yield f"有{len(errors)}项错误没有改正，也没有说明：{told}"


def not_own_work(attempt: Attempt) -> Iterator[str]:
    """Nobody approves what they wrote."""
    if getattr(attempt.actor, "pk", None) in attempt.subject.editors:
        yield "这份报告由您编写或修改过，须由他人审核。"


def is_a_correction(attempt: Attempt) -> Iterator[str]:
    """The first edition of a report is written on, never thrown away: the law demands it."""
    if attempt.subject.number == 1 and attempt.subject.origin == Origin.COMPUTED:
        yield "年度报告必须编制，第一版不能作废，请继续修改。"


def was_read(attempt: Attempt) -> Iterator[str]:
    """Only a report that was published before, and read from its file."""
    if attempt.subject.origin != Origin.READ:
        yield "只有从文件读入的、以前已经公布的报告可以这样公布，本系统计算的报告请送审。"


def ready_to_submit(attempt: Attempt) -> Iterator[str]:
    """Submitted again is an edition that the leader has approved."""
    submission: Submission = attempt.subject
    ready = {ReportState.APPROVED, ReportState.PUBLISHED}
    if not submission.report.editions.filter(state__in=ready).exists():
        yield "报告还没有经分管领导审定，审定以后再报送。"
