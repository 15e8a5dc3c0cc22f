"""历年年度报告: an agency's published reports beside each other, drawn and in tables, with each as a file."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_safe

from gongkai.agencies.bodies import Agency
from gongkai.catalog.portal.downloads import limited
from gongkai.catalog.portal.frame import Frame, public_page
from gongkai.law.annual_report import deadlines
from gongkai.ledger import moment
from gongkai.ledger.refs import Named, Ref
from gongkai.oversight.annual_report import series
from gongkai.oversight.annual_report.editions import ReportEdition, ReportState
from gongkai.oversight.annual_report.rendering.forms import DOWNLOADS
from gongkai.oversight.annual_report.standing import Standing
from gongkai.oversight.freshness import years_of
from gongkai.oversight.queries import published
from gongkai.texts.printing import CannotPrint

NAME = "历年年度报告"


@public_page
def here(request: HttpRequest) -> HttpResponse:
    """The years of the site's own agency."""
    frame = Frame(request)
    return _page(frame, frame.agency)


@public_page
def of_body(request: HttpRequest, slug: str) -> HttpResponse:
    """The years of a body, on the site that serves it."""
    frame = Frame(request)
    shown = get_object_or_404(Agency, slug=slug)
    if shown.pk == frame.agency.pk or not frame.sites.served_here(shown.pk):
        return HttpResponsePermanentRedirect(frame.sites.absolute(shown.pk, reverse("report_years:here")))
    return _page(frame, shown)


def _page(frame: Frame, agency: Agency) -> HttpResponse:
    editions = published(agency)
    column = next((one for one in frame.columns if one.key == "nianbao"), None)
    way = frame.way_to(column) if column is not None else []
    context = {
        "agency": agency,
        "editions": editions,
        "due": deadlines.due(moment.today().year, of_government=agency.is_city),
        "charts": series.charts(editions),
        "endings": [(ending, form.label) for ending, form in DOWNLOADS.items()],
        "crumbs": frame.crumbs(way, NAME),
        "canonical": frame.sites.absolute(agency.pk, frame.request.path),
    }
    labels = {
        "ColumnName": NAME,
        "ColumnDescription": f"{agency.name}历年政府信息公开工作年度报告的数据比较和下载。",
        "ColumnKeywords": f"年度报告,政府信息公开,{agency.short_name}",
        "ColumnType": "政府信息公开",
    }
    documents = [one.report.document for one in editions if one.report.document is not None]
    shows: list[Ref | Named] = [agency, years_of(agency.pk), *documents]
    return frame.page("oversight/portal/years.html", context, way=way, labels=labels, shows=shows)


@require_safe
@limited
def download(request: HttpRequest, slug: str, year: int, ending: str) -> HttpResponse:
    """One published report as a file, drawn from what was sealed when it was published."""
    found = ReportEdition.objects.filter(report__agency__slug=slug, report__year=year, state=ReportState.PUBLISHED)
    edition = found.select_related("report__agency", "report__document").first()
    if edition is None or ending not in DOWNLOADS or not _readable(edition):
        raise Http404("没有这份报告。")
    form = DOWNLOADS[ending]
    try:
        made = form.make(Standing(edition).value)
    except CannotPrint:
        raise Http404("本站暂时不能提供 PDF，请下载 Word 文件。") from None
    response = HttpResponse(made, content_type=form.content_type)
    name = f"annual-report-{edition.report.agency.slug}-{year}.{ending}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "no-cache"
    return response


def _readable(edition: ReportEdition) -> bool:
    """A report whose document was taken down is not handed out as a file either."""
    document = edition.report.document
    return document is not None and document.is_public
