"""Files that travel with a mail 附件: a package above hands them over in the moment of sending, and hears what became
of the mail. A message of such a source is alone in its envelope."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from gongkai.telling.messages import Addressee, Channel, EnvelopeState
from gongkai.telling.outlets.contract import Enclosed


@dataclass(frozen=True)
class News:
    """What is known of the mail since when. ``receipt``: under which number the other side has it."""

    state: EnvelopeState
    at: datetime
    receipt: str = ""
    reason: str = ""


Files = Callable[[str], Sequence[Enclosed]]
"""From the id that was given with the recipient to the files. Raises WillNotBeSent when they are not there."""
Became = Callable[[str, News], None]
"""Is called in the transaction that notes it, with the same id."""

_SOURCES: dict[str, tuple[Files, Became]] = {}


def register(source: str, *, files: Files, became: Became) -> None:
    """Declare that mails of an address source (``addresses.register``) have files (in an AppConfig.ready)."""
    if source in _SOURCES:
        raise ValueError(f"files of {source!r} are registered twice")
    _SOURCES[source] = files, became


def files_of(envelope: Addressee) -> tuple[Enclosed, ...]:
    """What travels with the envelope; nothing with most."""
    return tuple(_SOURCES[envelope.source][0](envelope.source_id)) if _has_files(envelope) else ()


def tell(envelope: Addressee, news: News) -> None:
    """Tell the package whose files they are."""
    if _has_files(envelope):
        _SOURCES[envelope.source][1](envelope.source_id, news)


def _has_files(envelope: Addressee) -> bool:
    return envelope.channel == Channel.MAIL and envelope.source in _SOURCES
