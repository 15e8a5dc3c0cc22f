"""All models of the package, for Django."""

from gongkai.telling.arrangements import Arrangement, Preference, WarnedDay, Way, Wording
from gongkai.telling.messages import Channel, Envelope, EnvelopeState, Message

__all__ = [
    "Arrangement",
    "Channel",
    "Envelope",
    "EnvelopeState",
    "Message",
    "Preference",
    "WarnedDay",
    "Way",
    "Wording",
]
