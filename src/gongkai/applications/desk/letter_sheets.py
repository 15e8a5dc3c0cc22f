"""A letter on paper and as Word. It says who applied: whoever looks is in the ledger, so one asks by POST."""

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_POST

from gongkai.agencies.access import DeskRequest, desk_view
from gongkai.applications import case_files
from gongkai.applications.actions import letters as actions
from gongkai.applications.desk.letter_page import READERS, address, letter_or_404
from gongkai.applications.dispatch import LetterState
from gongkai.applications.letters import printing, word
from gongkai.applications.letters.composing import IncompleteLetter
from gongkai.interfaces import downloads
from gongkai.ledger.persons import Forgotten
from gongkai.publishing.desk import notices

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@require_POST
@desk_view(*READERS)  # type: ignore[arg-type] # streamed, unlike pages
def sheet(request: DeskRequest, pk: int, letter: int) -> HttpResponseBase:
    """The sheet as PDF, in the browser: frozen as it was sent, else as it would be printed now, without the seal."""
    found = letter_or_404(request, pk, letter)
    if found.pdf is not None:
        found.pdf.application = found.application
        try:
            chunks = case_files.opened(found.pdf, by=request.user, why="查看文书")
        except Forgotten:
            raise Http404("文件已按规定删除。") from None
        answer = downloads.attachment(
            name=found.pdf.name, content_type="application/pdf", chunks=chunks, size=found.pdf.size
        )
        if request.POST.get("as") != "file":
            answer["Content-Disposition"] = content_disposition_header(False, found.pdf.name) or "inline"
        return answer
    if found.state != LetterState.DRAFT:
        raise Http404("这份文书没有定稿文件。")
    try:
        data = printing.pdf(actions.looked_at(found, by=request.user))
    except (IncompleteLetter, printing.CannotPrint) as error:
        notices.failed(request, str(error))
        return HttpResponseRedirect(address(found))
    return _answer(data, "application/pdf", f"{found.title}（草稿）.pdf", download=False)


@require_POST
@desk_view(*READERS)
def docx(request: DeskRequest, pk: int, letter: int) -> HttpResponse:
    """A draft as Word file, to be edited and brought back."""
    found = letter_or_404(request, pk, letter)
    if found.state != LetterState.DRAFT:
        raise Http404("已经定稿或者作废的文书不能再修改。")
    try:
        data = word.docx(actions.looked_at(found, by=request.user))
    except IncompleteLetter as error:
        notices.failed(request, str(error))
        return HttpResponseRedirect(address(found))
    return _answer(data, DOCX, f"{found.title}.docx", download=True)


def _answer(data: bytes, content_type: str, name: str, *, download: bool) -> HttpResponse:
    answer = HttpResponse(data, content_type=content_type)
    answer["Content-Disposition"] = content_disposition_header(download, downloads.file_name(name)) or "attachment"
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "private, no-store"
    return answer
