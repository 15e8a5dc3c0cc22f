"""Which forms of letters are replies 答复书: what closes an application."""

from gongkai.law import replies

REPLIES = frozenset(one.letter for one in replies.all_outcomes())
"""The forms that suit an outcome: reply-granted, reply-refused …, notice-petition …"""
MIXED = "reply-mixed"
"""One letter for several items decided differently."""


def is_reply(key: str) -> bool:
    """Whether the letter of that form answers the application."""
    return key in REPLIES or key == MIXED
