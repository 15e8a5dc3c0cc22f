"""What the clock starts: releases at a set second, going offline at a set time. Registered with the worker."""

import logging
from datetime import datetime

from django.db.models import Min

from gongkai.catalog.documents import Document, DocumentState
from gongkai.catalog.editions import Edition, EditionState
from gongkai.ledger import clockwork
from gongkai.procedures.engine import Refused, fire
from gongkai.publishing.procedures import CLOCK, DOCUMENT, EDITION

logger = logging.getLogger(__name__)

_AT_ONCE = 100  # acts per round, so that followers get their turn between


def next_release() -> datetime | None:
    """When the next scheduled edition is due; one indexed query."""
    due = Edition.objects.filter(state=EditionState.SCHEDULED).aggregate(at=Min("release_at"))["at"]
    return due if isinstance(due, datetime) else None


def release_due(now: datetime) -> int:
    """Release every edition whose time has come, each in its own transaction; a second worker finds nothing left to do.

    One that may not be released any more (a blocking finding appeared since) goes back to 待发布 with the reason.
    """
    due = Edition.objects.filter(state=EditionState.SCHEDULED, release_at__lte=now).order_by("release_at")[:_AT_ONCE]
    for edition in due:
        try:
            fire(EDITION, edition, "release", by=CLOCK, version=edition.version, now=now)
        except Refused as refusal:
            _hand_back(edition, refusal, now)
    return len(due)


def next_offline() -> datetime | None:
    """When the next document is to go offline; one query."""
    due = Document.objects.filter(state=DocumentState.LIVE, offline_at__isnull=False).aggregate(at=Min("offline_at"))[
        "at"
    ]
    return due if isinstance(due, datetime) else None


def offline_due(now: datetime) -> int:
    """Take down every document whose time has come."""
    due = Document.objects.filter(state=DocumentState.LIVE, offline_at__lte=now).order_by("offline_at")[:_AT_ONCE]
    for document in due:
        try:
            fire(
                DOCUMENT,
                document,
                "take_offline",
                by=CLOCK,
                given={"reason": "到达设定的下线时间"},
                version=document.version,
            )
        except Refused as refusal:
            logger.warning("document %s was not taken offline: %s", document.pk, refusal)
    return len(due)


def _hand_back(edition: Edition, refusal: Refused, now: datetime) -> None:
    """Back to the people, unless somebody (another worker, an officer) acted in between."""
    logger.warning("edition %s was not released on time: %s", edition.pk, refusal)
    try:
        fire(EDITION, edition, "unschedule", by=CLOCK, given={"reason": str(refusal)}, version=edition.version, now=now)
    except Refused:
        logger.info("edition %s was dealt with meanwhile", edition.pk)


clockwork.register(clockwork.Timed("scheduled releases", next_release, release_due))
clockwork.register(clockwork.Timed("planned offline", next_offline, offline_due))
