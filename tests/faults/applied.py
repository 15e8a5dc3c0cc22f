"""What lies there of applications, read from the database: ``python -m tests.faults.applied``."""

import json
import os
from collections import Counter
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongkai.config.settings")
django.setup()

from gongkai.applications.applications import Application  # noqa: E402 - models exist only after setup
from gongkai.ledger import persons  # noqa: E402
from gongkai.ledger.entries import Entry  # noqa: E402


def applied() -> dict[str, Any]:
    """Applications by what they ask for, and what of them is not whole."""
    every = list(Application.objects.select_related("applicant").prefetch_related("items").order_by("pk"))
    told = Counter(Entry.objects.filter(kind="applications.received").values_list("subject_id", flat=True))
    numbers = sorted(int(one.number[-4:]) for one in every)
    return {
        "names": Counter(one.subject for one in every),
        "unrecorded": [one.number for one in every if told[str(one.pk)] != 1],
        "without_item": [one.number for one in every if len(one.items.all()) != 1],
        "unreadable": [
            one.number
            for one in every
            if not persons.unseal(one.applicant.person, bytes(one.applicant.sealed)).get("name")
        ],
        "gapless": numbers == list(range(1, len(numbers) + 1)),
    }


if __name__ == "__main__":
    print(json.dumps(applied(), ensure_ascii=False))
