"""What still says something of a person who is to be forgotten goes; the package that forgets calls this."""

import uuid

from django.db import transaction

from gongkai.telling.messages import Envelope, EnvelopeState, Message


@transaction.atomic
def erase(person: uuid.UUID) -> None:
    """Take back what waits for the person, and blank the masked addresses. Whoever forgets the person writes the entry.

    What the person was told of stays: number and day, which the case has as well.
    """
    recipient = f"person:{person}"
    Message.objects.filter(recipient=recipient, envelope=None).delete()
    Message.objects.filter(recipient=recipient, envelope__state=EnvelopeState.WAITING).delete()
    Envelope.objects.filter(recipient=recipient, state=EnvelopeState.WAITING).delete()
    Envelope.objects.filter(recipient=recipient).update(masked="", ask_at=None)
