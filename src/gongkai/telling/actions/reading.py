"""One's own messages are marked as read. No entry: what somebody has looked at in the bell is nobody's business."""

from django.db.models import QuerySet
from django.utils import timezone

from gongkai.agencies.officers import Officer
from gongkai.telling.messages import Channel, Message


def mark_read(message: Message, *, by: Officer) -> None:
    """The officer has seen this message of theirs; any other is left alone."""
    _own(by).filter(pk=message.pk).update(read_at=timezone.now())


def mark_all_read(*, by: Officer, up_to: int) -> int:
    """The officer has seen everything up to this message (what came after the page was opened stays); how many."""
    return _own(by).filter(pk__lte=up_to).update(read_at=timezone.now())


def _own(officer: Officer) -> QuerySet[Message]:
    return Message.objects.filter(officer=officer, channel=Channel.BELL, read_at=None)
