"""Why something may not happen yet: each guard returns every reason, in Chinese, saying what to do."""

from collections.abc import Iterator
from datetime import datetime
from urllib.parse import urlsplit

from gongkai.catalog.documents import Document, DocumentState
from gongkai.catalog.editions import Disclosure, Edition
from gongkai.procedures.tables import Attempt
from gongkai.publishing import checking
from gongkai.publishing.reviews import Review, Verdict

_ATTESTATIONS = {"political": "政治关", "policy": "政策关", "content": "内容关"}


def fit_for_review(attempt: Attempt) -> Iterator[str]:
    """A draft is submitted complete and without blocking findings."""
    edition: Edition = attempt.subject
    if edition.disclosure != Disclosure.PROACTIVE and not edition.ground:
        yield "公开属性不是“主动公开”的，请选择依据（条例第十四、十五、十六条）。"
    if edition.number > 1 and not edition.change_note:
        yield "请写明修改说明：改了什么，为什么。"
    yield from no_blocking_findings(attempt)


def no_blocking_findings(attempt: Attempt) -> Iterator[str]:
    """Blocking findings on the present text are dealt with first: mended, or answered where that is allowed."""
    blocking = checking.current_report(attempt.subject).blocking
    if blocking:
        yield f"有{len(blocking)}项阻断检查未处理：{'；'.join(one.message for one in blocking[:3])}"


def not_own_work(attempt: Attempt) -> Iterator[str]:
    """Nobody approves what they wrote: whoever saved anything in the edition counts as its writer."""
    actor_id = getattr(attempt.actor, "pk", None)
    if actor_id is not None and actor_id in attempt.subject.editors:
        yield "这一版由您起草或修改过，须由他人审核。"


def demanded_attestations(state: str) -> dict[str, str]:
    """What a reviewer attests in that state: key of the fact and its name."""
    return {"secrecy": "保密审查"} if state == "secrecy_review" else _ATTESTATIONS


def attested(attempt: Attempt) -> Iterator[str]:
    """Each reviewer attests the three gates 三关; the secrecy reviewer attests the secrecy review instead.

    Only judged once the reviewer has pressed the button: before that the boxes cannot have been ticked.
    """
    if attempt.given:
        yield from missing_attestations(attempt)


def missing_attestations(attempt: Attempt) -> Iterator[str]:
    """What the reviewer has still to attest; asked again when the verdict is written, when nothing at all was given."""
    demanded = demanded_attestations(attempt.subject.state)
    missing = [label for key, label in demanded.items() if not attempt.given.get(key)]
    if "secrecy" in demanded and missing:
        yield "请确认已完成保密审查。"
    elif missing:
        yield f"请确认{'、'.join(missing)}。"


def is_proactive(attempt: Attempt) -> Iterator[str]:
    """Only what is to be disclosed proactively goes to the public."""
    if attempt.subject.disclosure != Disclosure.PROACTIVE:
        yield f"公开属性是“{Disclosure(attempt.subject.disclosure).label}”，不能向社会发布。"


def document_takes_release(attempt: Attempt) -> Iterator[str]:
    """A document that was revoked or led elsewhere says nothing any more."""
    document: Document = attempt.subject.document
    if document.state not in {DocumentState.UNRELEASED, DocumentState.LIVE, DocumentState.WITHDRAWN}:
        yield f"文件现在的状态是“{DocumentState(document.state).label}”，不能再发布新版本。"


def in_the_future(attempt: Attempt) -> Iterator[str]:
    """A time of release lies ahead."""
    yield from _ahead(attempt, "release_at", "发布时间")


def offline_in_the_future(attempt: Attempt) -> Iterator[str]:
    """A time of going offline lies ahead."""
    yield from _ahead(attempt, "offline_at", "下线时间")


def was_imported(attempt: Attempt) -> Iterator[str]:
    """Only what came from a former site: it was published there already, under the reviews of its time."""
    if not attempt.subject.document.imported_from:
        yield "只有从原网站迁入的信息可以这样公开，新信息请送审。"


def awaits_review_after(attempt: Attempt) -> Iterator[str]:
    """Only an emergency release that nobody reviewed yet."""
    edition: Edition = attempt.subject
    if not edition.emergency:
        yield "这一版不是紧急发布，不需要事后补审。"
    elif Review.objects.filter(edition=edition, verdict=Verdict.AFTERWARDS).exists():
        yield "这一版已经补审。"


def successor_fits(attempt: Attempt) -> Iterator[str]:
    """What replaces a document is another one that everybody can read."""
    successor = attempt.given.get("successor")
    if successor is None or successor == "":
        return
    if not isinstance(successor, Document) or not successor.is_public:
        yield "取代它的文件须是已发布的文件。"
    elif successor.pk == attempt.subject.pk:
        yield "文件不能由自己取代。"


def target_is_an_address(attempt: Attempt) -> Iterator[str]:
    """A redirect leads to a path here or to a full address; nothing a browser would run."""
    target = str(attempt.given.get("target") or "")
    if not target:
        return
    parts = urlsplit(target)
    here = target.startswith("/") and not target.startswith("//")
    if not here and not (parts.scheme in {"http", "https"} and parts.netloc):
        yield "网址须以“/”开头（本平台），或是完整的 http、https 网址。"


def _ahead(attempt: Attempt, key: str, label: str) -> Iterator[str]:
    at = attempt.given.get(key)
    if at is None:
        return
    if not isinstance(at, datetime):
        yield f"{label}须是日期和时间。"
    elif at <= attempt.now:
        yield f"{label}已经过去，请另选。"
