"""Looking at personal data: unsealed by a deliberate act that enters the ledger, in one transaction.

The kind of the look is the caller's (``applications.looked``, say): registered without personal data of its own,
because an entry that says what was seen would be another copy of it."""

import uuid
from collections.abc import Iterator
from typing import Any

from django.db import transaction

from gongkai.ledger import persons
from gongkai.ledger.person_files import PersonFile
from gongkai.ledger.recording import record
from gongkai.ledger.refs import Named, Ref


def reveal(
    *,
    person: uuid.UUID,
    sealed: bytes,
    kind: str,
    by: "Ref | Named",
    subject: "Ref | Named",
    agency: "Ref | Named | None" = None,
    **data: Any,
) -> dict[str, Any]:
    """What was sealed, once the look is in the ledger. ``data`` goes into the entry: why, which fields; never values.

    Raises Forgotten: then there was nothing to see, and no entry.
    """
    with transaction.atomic():
        facts = persons.unseal(person, sealed)
        record(kind, by=by, subject=subject, agency=agency, **data)
    return facts


def reveal_file(
    file: PersonFile,
    *,
    kind: str,
    by: "Ref | Named",
    subject: "Ref | Named",
    agency: "Ref | Named | None" = None,
    **data: Any,
) -> tuple[dict[str, Any], Iterator[bytes]]:
    """Name and kind of a file, and its bytes as a stream, once the look is in the ledger. Raises Forgotten."""
    with transaction.atomic():
        facts = file.facts()
        record(kind, by=by, subject=subject, agency=agency, file=str(file.pk), **data)
    return facts, file.chunks()
