"""What drafts an installation holds, and whether anything of them is half there: ``python -m tests.faults.drafts``."""

import json
import os
from collections import Counter
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongkai.config.settings")
django.setup()

from gongkai.catalog import storage  # noqa: E402 - models exist only after setup
from gongkai.catalog.documents import Document  # noqa: E402
from gongkai.catalog.editions import Edition  # noqa: E402
from gongkai.catalog.files import StoredFile  # noqa: E402
from gongkai.ledger.entries import Entry  # noqa: E402


def found() -> dict[str, Any]:
    """Titles with how often each occurs, summaries that were saved and recorded, and everything that is not whole."""
    editions = list(Edition.objects.select_related("document"))
    created = Counter(Entry.objects.filter(kind="catalog.created").values_list("subject_id", flat=True))
    saved = {
        entry.subject_id
        for entry in Entry.objects.filter(kind="catalog.saved")
        if "内容概述" in entry.data.get("changed", [])
    }
    return {
        "titles": Counter(one.title for one in editions),
        "summaries": [one.summary for one in editions if one.summary and str(one.pk) in saved],
        "unrecorded": [one.title for one in editions if created[str(one.document_id)] != 1]
        + [one.summary for one in editions if one.summary and str(one.pk) not in saved],
        "without_edition": Document.objects.filter(editions=None).count(),
        "without_document": [key for key in created if not Document.objects.filter(pk=key).exists()],
        "without_text": [one.title for one in editions if not one.text],
        "files": StoredFile.objects.count(),
        "broken_files": [one.name for one in StoredFile.objects.all() if not _whole(one)],
        "numbers": len({one.document.index_number for one in editions}) == Document.objects.count(),
    }


def _whole(file: StoredFile) -> bool:
    kept = storage.describe(file.offered)
    return (kept.sha256, kept.size) == (file.sha256, file.size) and bool(storage.read(file.original))


if __name__ == "__main__":
    print(json.dumps(found()))
