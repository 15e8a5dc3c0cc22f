"""What is public already and may answer an application before it is made (条例第三十六条第一项: 已经主动公开的).

Who can find documents registers it (``register``): this package is below the search and does not know it. Replies
that were turned into published documents (art. 44) are found here.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from django.http import HttpRequest

from gongkai.agencies.bodies import Agency
from gongkai.applications.aftermath import Proposal, ProposalState
from gongkai.applications.likeness import overlap
from gongkai.catalog.documents import Document
from gongkai.catalog.queries import public_documents

MOST = 5
_REPLIES_LOOKED_AT = 300
_ALIKE = 0.5
SHORTEST = 4  # characters of a question that says something


@dataclass(frozen=True)
class Answer:
    """A published document that may answer."""

    title: str
    url: str
    agency: str = ""
    date: str = ""
    number: str = ""
    replied: bool = False  # it was published after somebody had applied for it


Finder = Callable[[HttpRequest, str], Sequence[Answer]]
_FINDERS: list[Finder] = []


def register(finder: Finder) -> None:
    """Declare who finds published documents for a text (in an AppConfig.ready)."""
    _FINDERS.append(finder)


def answers(request: HttpRequest, agency: Agency, wanted: Iterable[str]) -> list[Answer]:
    """What may answer these descriptions; earlier replies first, each document once, ``MOST`` in all."""
    texts = [text for one in wanted if len(text := " ".join(one.split())) >= SHORTEST]
    found: dict[str, Answer] = {}
    for text in texts:
        for answer in [*_replies(agency, text), *(one for finder in _FINDERS for one in finder(request, text))]:
            found.setdefault(answer.url, answer)
    return list(found.values())[:MOST]


def _replies(agency: Agency, text: str) -> list[Answer]:
    """Documents published because people applied for them, whose subject is much the same; two queries."""
    adopted = Proposal.objects.filter(agency=agency, state=ProposalState.ADOPTED, document__isnull=False)
    looked_at = adopted.order_by("-pk")[:_REPLIES_LOOKED_AT]
    alike = [
        (share, one.document_id)
        for one in looked_at
        if one.document_id is not None and (share := overlap(text, one.what)) >= _ALIKE
    ]
    best = [pk for _, pk in sorted(alike, reverse=True)[:MOST]]
    documents = public_documents().filter(pk__in=best).in_bulk()
    return [_answer(agency, documents[pk]) for pk in best if pk in documents]


def _answer(agency: Agency, document: Document) -> Answer:
    return Answer(
        title=document.ref().label,
        url=document.get_absolute_url(),
        agency=agency.name,
        date=f"{document.listed_at:%Y-%m-%d}" if document.listed_at else "",
        number=document.live.document_number if document.live else "",
        replied=True,
    )
