"""``/reports/check/``: is an annual report right? For anyone and any agency's report: nothing kept, no login."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.http import require_http_methods

from gongkai.catalog.portal.frame import Frame
from gongkai.law.annual_report.findings import Severity
from gongkai.law.numerals import to_chinese
from gongkai.oversight import limits
from gongkai.oversight.annual_report import apart
from gongkai.oversight.annual_report.apart_work import Asked, Given
from gongkai.oversight.annual_report.checking import Checked
from gongkai.oversight.annual_report.rendering import layout, marking
from gongkai.oversight.annual_report.rendering.page import table_html
from gongkai.oversight.portal.check_form import CheckForm

_TONES = {Severity.ERROR: "late", Severity.WARNING: "soon", Severity.HINT: "info"}


@require_http_methods(["GET", "HEAD", "POST"])
@csrf_protect
def check(request: HttpRequest) -> HttpResponse:
    """The form; with a report, its tables with what is wrong marked, and the findings beside them."""
    frame, status, headers = Frame(request), 200, {"Cache-Control": "private, no-store"}
    address = frame.sites.absolute(frame.agency.pk, request.path)
    context: dict[str, Any] = {"crumbs": frame.crumbs((), "年度报告检查"), "canonical": address}
    form = CheckForm(request.POST, request.FILES) if request.method == "POST" else CheckForm()
    if form.is_bound:
        if seconds := limits.wait(request):
            form.add_error(None, f"检查得太频繁，请{-(-seconds // 60)}分钟后再试。粘贴的内容还在下面。")
            status, headers["Retry-After"] = 429, str(seconds)
        elif (checked := _checked(form)) is not None:
            context |= _result(checked)
        else:
            status = 422
    context["form"] = form
    response = frame.page("oversight/portal/check.html", context, labels=_labels(frame), status=status)
    for name, value in headers.items():
        response.headers[name] = value
    return response


def _checked(form: CheckForm) -> Checked | None:
    """What was found; None with the reason at its field."""
    if not form.is_valid():
        return None
    values = form.cleaned_data
    field = "file" if values["file"] else "text"
    try:
        with limits.room():
            return apart.check(
                Asked(
                    report=_given(values[field]),
                    before=_given(values["before"]) if values["before"] else None,
                    year=values["year"],
                    makes_rules=False if values["no_power"] else None,
                )
            )
    except limits.Busy:
        form.add_error(None, "现在有多份报告正在检查，请稍后再试。")
    except apart.Unusable as error:
        form.add_error("before" if error.file == "before" else field, str(error))
    return None


def _given(value: Any) -> Given:
    """An uploaded file, or what was pasted."""
    return Given("pasted.txt", value.encode()) if isinstance(value, str) else Given(value.name or "", value.read())


def _result(checked: Checked) -> dict[str, Any]:
    marked = marking.marks(checked.findings)
    report = checked.report
    tables = layout.tables(report.figures)
    return {
        "report": report,
        "findings": [{"number": number, "finding": one} for number, one in enumerate(checked.findings, start=1)],
        "counts": [
            {"label": weight.label, "value": count, "tone": _TONES[weight] if count else ""}
            for weight, count in checked.counts.items()
        ],
        "facts": [
            {"label": "机关", "value": report.agency or "没有读出"},
            {"label": "统计年度", "value": f"{report.year}年"},
            {"label": "表式", "value": report.figures.format.source},
            {"label": "读出", "value": _read_words(checked)},
        ],
        "tables": [
            {"name": f"表{to_chinese(one.number)}　{one.caption}", "html": table_html(one, marked)} for one in tables
        ],
    }


def _read_words(checked: Checked) -> str:
    words = [f"表{to_chinese(table)}{count}格" for table, count in checked.read_cells.items() if count]
    return "、".join([*words, f"{len(checked.report.narrative.headings)}章正文"])


def _labels(frame: Frame) -> dict[str, str]:
    return {
        "ColumnName": "年度报告检查",
        "ColumnDescription": "检查任何机关的政府信息公开工作年度报告：表内勾稽、跨年度、正文与表、格式。",
        "ColumnKeywords": f"政府信息公开工作年度报告,检查,勾稽关系,{frame.agency.name}",
        "ColumnType": "政府信息公开年报",
    }
