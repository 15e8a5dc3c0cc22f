"""What a person does on a page of the desk: press a button with what they filled in."""

import re
from typing import Any

from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from gongkai.catalog.documents import Document
from gongkai.catalog.editions import Edition

TICKED = {"pass-political": "on", "pass-policy": "on", "pass-content": "on", "pass-secrecy": "on"}


def press(client: Client, subject: Edition | Document, event: str, **filled: Any) -> HttpResponse:
    """Send the act as the page would: with the version and the last entry the person has seen."""
    kind = "edition" if isinstance(subject, Edition) else "document"
    page = client.get(reverse(f"desk:{kind}", args=[subject.pk])).content.decode()
    seen = re.search(r'name="seen" value="(\d+)"', page)
    sent = {"version": filled.pop("version", subject.version), "seen": seen[1] if seen else 0}
    sent |= {key: value for key, value in filled.items() if key.startswith("pass-")}
    sent |= {f"{event}-{key}": value for key, value in filled.items() if not key.startswith("pass-")}
    return client.post(reverse(f"desk:fire_{kind}", args=[subject.pk, event]), sent)  # type: ignore[return-value]
