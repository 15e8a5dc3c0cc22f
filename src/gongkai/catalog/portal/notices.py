"""What a reader must know before relying on a document: computed from the facts of today, never stored."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils import timezone

from gongkai.agencies.bodies import Agency, AgencyName, Succession
from gongkai.catalog.documents import Document, DocumentState, NoticeKind
from gongkai.catalog.editions import ChangeKind, Edition
from gongkai.catalog.links import Link, LinkKind
from gongkai.catalog.portal.frame import Frame
from gongkai.catalog.presenting import quoted
from gongkai.catalog.rules import Validity
from gongkai.texts.dates import official


@dataclass(frozen=True)
class Reference:
    """A document named in a notice."""

    title: str
    url: str
    number: str = ""

    @property
    def quoted(self) -> str:
        """The title as a sentence names it."""
        return quoted(self.title)


@dataclass(frozen=True)
class Notice:
    """One notice: ``tone`` of the component, sentence, the documents it speaks of, a further step."""

    tone: str
    text: str
    references: tuple[Reference, ...] = ()
    after: str = ""
    more: Reference | None = None


@dataclass(frozen=True)
class Relations:
    """What the notices rest on besides the document itself."""

    to: Sequence[Link]
    said: Sequence[Edition]
    former_names: Sequence[AgencyName]
    ending: Succession | None


def notices(
    frame: Frame, document: Document, edition: Edition, validity: Validity, relations: Relations
) -> list[Notice]:
    """All of them, the gravest first; no query."""
    return [
        *_end(frame, document, edition, validity),
        *_not_yet(document, edition, validity),
        *_over(frame, document, edition),
        *_changed_by_others(frame, document, edition, relations.to),
        *_changed_here(frame, document, edition, relations.to, relations.said),
        *_body(document.agency, edition, relations),
    ]


def _end(frame: Frame, document: Document, edition: Edition, validity: Validity) -> Iterator[Notice]:
    if document.state == DocumentState.WITHDRAWN and document.notice_on is not None:
        kind = str(NoticeKind(document.notice_kind).label)
        when = official(document.notice_on)
        ground = document.notice_ground.rstrip("。")
        if document.notice_on > frame.today:
            text, tone = f"本文件自{when}起{kind}，在此之前仍然有效。依据：{ground}。", "soon"
        else:
            text, tone = f"本文件已{kind}，自{when}起不再适用。依据：{ground}。", "late"
        successor = document.successor
        if successor is not None and successor.is_public and successor.live is not None:
            found = _reference(frame, successor, successor.live)
            yield Notice(tone, f"{text}现行的是", (found,), "。")
        else:
            yield Notice(tone, text)
    elif validity is Validity.EXPIRED and edition.expires_on is not None:
        yield Notice("late", f"本文件有效期已满，自{official(edition.expires_on)}起失效。")


def _not_yet(document: Document, edition: Edition, validity: Validity) -> Iterator[Notice]:
    if validity is Validity.PENDING and edition.effective_on is not None:
        yield Notice("soon", f"本文件尚未施行，自{official(edition.effective_on)}起施行。")


def _over(frame: Frame, document: Document, edition: Edition) -> Iterator[Notice]:
    """What a notice told is past; a text that can lapse says 失效 instead."""
    day = edition.expires_on
    if not document.type_info.validity and document.state == DocumentState.LIVE and day and day <= frame.today:
        yield Notice("info", f"本信息所告知的事项截至{official(day)}已经结束，保留在这里供查考。")


def _changed_by_others(frame: Frame, document: Document, edition: Edition, to: Sequence[Link]) -> Iterator[Notice]:
    amending = _references(frame, [one for one in _of_kind(to, LinkKind.AMENDS) if not _worked_in(edition, one)])
    if amending:
        yield Notice("soon", "本文件已被", amending, "修改，请与修改的文件一并查阅。")
    repealing = _references(frame, _of_kind(to, LinkKind.REPEALS))
    if repealing and document.state == DocumentState.LIVE:
        yield Notice("soon", "", repealing, "规定废止本文件。")


def _changed_here(
    frame: Frame, document: Document, edition: Edition, to: Sequence[Link], said: Sequence[Edition]
) -> Iterator[Notice]:
    if edition.change_kind == ChangeKind.FIRST or edition.released_at is None:
        return
    when, note = official(edition.released_at), edition.change_note.rstrip("。")
    before = [one for one in said if one.number < edition.number]
    more = None
    if before:
        url = reverse("portal:compare", args=[document.code, before[0].number, edition.number])
        more = Reference("查看前后对照", url)
    amending = _references(frame, [one for one in _of_kind(to, LinkKind.AMENDS) if _worked_in(edition, one)])
    if amending:
        yield Notice("soon", "本文件经", amending, f"修改，以下为{when}修订后的文本。{note}。", more)
    elif edition.change_kind == ChangeKind.CORRECTION:
        yield Notice("info", f"本文件于{when}更正：{note}。以下为更正后的文本。", more=more)
    else:
        yield Notice("info", f"本文件于{when}修订：{note}。以下为修订后的文本。", more=more)


def _worked_in(edition: Edition, amendment: Link) -> bool:
    """Whether the text shown has the amendment in it already: it was revised when the amendment came, or later."""
    came, revised = amendment.edition.document.listed_at, edition.released_at
    if edition.change_kind != ChangeKind.REVISION or came is None or revised is None:
        return False
    return timezone.localdate(came) <= timezone.localdate(revised)


def _of_kind(links: Sequence[Link], kind: LinkKind) -> list[Link]:
    return [one for one in links if one.kind == kind]


def _references(frame: Frame, links: Sequence[Link]) -> tuple[Reference, ...]:
    return tuple(_reference(frame, one.edition.document, one.edition) for one in links)


def _body(agency: Agency, edition: Edition, relations: Relations) -> Iterator[Notice]:
    if agency.abolished_on is not None:
        ending = relations.ending
        what = ending.get_kind_display() if ending else "撤销"
        text = f"本文件由原{agency.name}（于{official(agency.abolished_on)}{what}）发布"
        successor = ending.successor if ending else None
        yield Notice("info", f"{text}，现由{successor.name}负责。" if successor else f"{text}。")
        return
    issued: date | None = edition.date_of_issue
    for former in relations.former_names:
        borne = issued is None or issued <= former.until
        if former.name in edition.issuer and borne:
            yield Notice("info", f"发文机关{former.name}已更名为{agency.name}。")
            return


def _reference(frame: Frame, document: Document, edition: Edition) -> Reference:
    url = frame.sites.url(document.agency_id, document.get_absolute_url())
    return Reference(edition.title, url, edition.document_number)
