"""A published report is a document of the type 年度报告: it stands in its column, in search, feeds and outlets.

Its body is the report as a page of words and tables, drawn from the frozen figures, and so never differs from them. The
document went through the report's own review, hence through no other.
"""

from datetime import date, datetime, time

from django.utils import timezone
from django.utils.html import format_html

from gongkai.agencies.officers import Officer
from gongkai.catalog.actions.documents import create_document, draft_next_edition, save_draft
from gongkai.catalog.documents import Document
from gongkai.catalog.editions import ChangeKind, Edition
from gongkai.oversight.annual_report.editions import ReportEdition
from gongkai.oversight.annual_report.rendering.forms import DOWNLOADS
from gongkai.oversight.annual_report.rendering.page import fragment
from gongkai.oversight.annual_report.standing import Standing
from gongkai.procedures.engine import fire
from gongkai.publishing.powers import CLOCK
from gongkai.publishing.procedures import EDITION

TYPE = "annual_report"
_SUBJECT = "综合政务"


def bring_out(edition: ReportEdition, *, by: Officer, on: date, now: datetime) -> Document:
    """Make the document of a report, or its next edition, and release it; inside the transaction of the publishing.

    ``on``: the day it counts as published; for a report of a former site that day lies before. Raises Refused when the
    checks of publishing block the text.
    """
    standing, report = Standing(edition), edition.report
    facts = {
        "title": str(report),
        "date_of_issue": on,
        "subject": _SUBJECT,
        "genre": "年度报告",
        "keywords": "年度报告 政府信息公开",
        "summary": _summary(standing),
        "body": body(standing),
    }
    draft = _draft(edition, facts, by, on)
    fire(EDITION, draft, "bring_out", by=CLOCK, now=now)
    return Document.objects.get(pk=draft.document_id)


def _draft(edition: ReportEdition, facts: dict[str, object], by: Officer, on: date) -> Edition:
    report = edition.report
    if report.document is None:
        return create_document(
            agency=report.agency,
            type_key=TYPE,
            by=by,
            facts=facts,
            imported_from=edition.file_name,
            listed_at=timezone.make_aware(datetime.combine(on, time(9))) if edition.file_name else None,
        )
    note = edition.explanation.strip()[:500]
    draft = draft_next_edition(report.document, by=by, kind=ChangeKind.CORRECTION, note=note)
    return save_draft(draft, by=by, version=None, facts=facts)


def body(standing: Standing) -> str:
    """The report's words and tables, and at its end where to download it and to compare the years."""
    drawn = str(fragment(standing.value)).split("</h1>", 1)[-1]
    explained = standing.edition.explanation.strip() if standing.edition.number > 1 else ""
    note = format_html("<p><strong>更正说明：</strong>{}</p>", explained) if explained else ""
    place = f"/reports/of/{standing.report.agency.slug}/"
    links = "　".join(
        str(format_html('<a href="{}">{}</a>', f"{place}{standing.report.year}.{ending}", form.label))
        for ending, form in DOWNLOADS.items()
    )
    return f'{note}{drawn}<p>下载本报告：{links}　<a href="{place}">历年数据比较</a></p>'


def _summary(standing: Standing) -> str:
    figures = standing.figures
    came, done = (figures.applications(row, "total").counted for row in ("new_received", "total"))
    return (
        f"{figures.year}年政府信息公开工作的总体情况，主动公开、依申请公开、行政复议和行政诉讼的统计表："
        f"本年新收申请{came:f}件，办结{done:f}件。"
    )
