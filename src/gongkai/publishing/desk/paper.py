"""An edition as the public will see it: header table, body, files; and how far it is on its way."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.text import get_valid_filename

from gongkai.catalog import header, presenting, queries
from gongkai.catalog.editions import Disclosure, Edition, EditionState
from gongkai.catalog.files import StoredFile
from gongkai.catalog.presenting import HeaderFact
from gongkai.law import articles
from gongkai.publishing.edition_effects import chain_of
from gongkai.publishing.procedures import EDITION
from gongkai.publishing.reviews import Review, Verdict

_OUT = (EditionState.RELEASED, EditionState.SUPERSEDED, EditionState.FILED)


@dataclass(frozen=True)
class Attachment:
    """A file offered with the edition, as the desk shows it."""

    file: StoredFile
    url: str

    @property
    def size(self) -> str:
        return presenting.size_label(self.file.size)

    @property
    def notes(self) -> list[str]:
        """What a reviewer should know of it."""
        notes = [] if self.file.readable else ["打不开"]
        if self.file.hidden:
            notes.append("原样公开" if self.file.keep_original else "已清除隐藏内容")
        return notes


def header_rows(edition: Edition, today: date | None = None) -> list[HeaderFact]:
    """The header table as the public page has it; for what is not to be published, with the ground. One query."""
    document = edition.document
    validity = queries.validity_of(document, edition, today or timezone.localdate())
    rows = presenting.header_facts(document, edition, validity)
    if edition.ground:
        rows.append(HeaderFact(header.LABELS["ground"], _ground(edition), wide=True))
    return rows


def body(edition: Edition) -> str:
    """The clean body with its images and files under the desk's address: the public one does not know a draft's."""
    return desk_addresses(presenting.with_addresses(edition.body, edition.provisions))


def desk_addresses(html: str) -> str:
    """Clean HTML whose ``/files/…`` addresses lead to the desk's copy."""
    there = reverse("desk:file", args=["code", "name"]).removesuffix("code/name")
    return html.replace('src="/files/', f'src="{there}').replace('href="/files/', f'href="{there}')


def attachments(edition: Edition) -> list[Attachment]:
    """The files offered with it, in order; one query."""
    return [
        Attachment(file, reverse("desk:file", args=[file.code, get_valid_filename(file.name)]))
        for file in queries.attachments_of(edition)
    ]


def steps(edition: Edition) -> list[dict[str, str]]:
    """The bar of steps: drafter, the chain, release; who passed each and when. Two queries."""
    chain = chain_of(edition)
    reviews = [one for one in _reviews(edition) if edition.submitted_at and one.at >= edition.submitted_at]
    passed = {one.step: one for one in reviews if one.verdict == Verdict.PASSED}
    returned = next((one for one in reversed(reviews) if one.verdict == Verdict.RETURNED), None)
    here = chain.index(edition.state) if edition.state in chain else (-1 if _drafting(edition) else len(chain))
    drafter = edition.drafted_by.name if edition.drafted_by else ""
    line = [_step("撰稿", "now" if here < 0 else "done", drafter, edition.submitted_at)]
    for place, step in enumerate(chain):
        label, review = EDITION.state(step).label, passed.get(step)
        if place < here and review:
            line.append(_step(label, "done", review.reviewer.name, review.at))
        elif place < here:
            line.append(_step(label, "next", "未经此环节"))
        elif place == here:
            line.append(_step(label, "now"))
        else:
            came_back = returned is not None and returned.step == step
            line.append(_step(label, "returned" if came_back else "next", "退回" if came_back else ""))
    return [*line, _release_step(edition)]


def _drafting(edition: Edition) -> bool:
    return edition.state in {EditionState.DRAFTING, EditionState.DISCARDED}


def _reviews(edition: Edition) -> list[Review]:
    return list(Review.objects.filter(edition=edition).select_related("reviewer").order_by("id"))


def _release_step(edition: Edition) -> dict[str, str]:
    if edition.state == EditionState.FILED:
        return _step("存档", "done")
    if edition.state in _OUT:
        return _step("紧急发布" if edition.emergency else "发布", "done", "", edition.released_at)
    if edition.state == EditionState.SCHEDULED:
        return _step("定时发布", "now", "", edition.release_at)
    state = "now" if edition.state == EditionState.APPROVED else "next"
    return _step("发布" if edition.disclosure == Disclosure.PROACTIVE else "存档", state)


def _step(label: str, state: str, who: str = "", at: Any = None) -> dict[str, str]:
    return {
        "label": label,
        "state": state,
        "who": who,
        "when": f"{timezone.localtime(at):%m-%d %H:%M}" if at and state in {"done", "now"} else "",
    }


def _ground(edition: Edition) -> str:
    try:
        label = articles.ground(edition.ground).label
    except KeyError:
        label = edition.ground
    return f"{label}　{edition.ground_note}".strip()
