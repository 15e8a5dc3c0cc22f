"""A drafter at the desk, and files as people send them."""

from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image
from tests.factories import people
from tests.factories.people import Staffed

from gongkai.agencies.access import SECOND_FACTOR_DUE
from gongkai.agencies.officers import Officer
from gongkai.catalog.editions import Edition
from gongkai.publishing.actions import drafting
from gongkai.publishing.desk.forms import values_of


@dataclass
class Writer:
    """An officer with the editor open: ``open`` looks at the page, ``type`` sends what the page would."""

    officer: Officer
    client: Client

    def open(self, edition: Edition) -> str:
        return self.client.get(reverse("desk:edit", args=[edition.pk])).content.decode()

    def sheet(self, edition: Edition) -> dict[str, str]:
        """The form as it stands on a page opened now."""
        current = Edition.objects.get(pk=edition.pk)
        return values_of(current) | {"version": drafting.stamp(current)}

    def save(self, edition: Edition, sheet: dict[str, str], **typed: str) -> Any:
        """Press 保存 (or what ``then`` says)."""
        return self.client.post(reverse("desk:save", args=[edition.pk]), sheet | typed)

    def autosave(self, edition: Edition, sheet: dict[str, str], **typed: str) -> Any:
        """The page saves by itself; its stamp moves on with the answer."""
        answer = self.client.post(
            reverse("desk:save", args=[edition.pk]), sheet | typed, headers={"Accept": "application/json"}
        )
        if answer.status_code == 200:
            sheet |= typed | {"version": answer.json()["version"]}
        return answer

    def upload(self, edition: Edition, name: str, data: bytes, **fields: str) -> Any:
        sent = {"file": SimpleUploadedFile(name, data), **fields}
        address = reverse("desk:upload", args=[edition.pk])
        return self.client.post(address, sent, headers={"Accept": "application/json"})


@pytest.fixture
def at(db: None) -> Staffed:
    """An agency where every role is filled."""
    return people.staffed("澜川市城市管理委员会", code="A02")


@pytest.fixture
def writes(db: None) -> Callable[[Officer], Writer]:
    """``writes(officer)``: that officer, signed in."""

    def sign_in(officer: Officer) -> Writer:
        client = Client()
        client.force_login(officer)
        session = client.session
        session[SECOND_FACTOR_DUE] = False
        session.save()
        return Writer(officer, client)

    return sign_in


def png(width: int = 4, height: int = 3) -> bytes:
    """A small picture."""
    buffer = BytesIO()
    Image.new("RGB", (width, height), "white").save(buffer, "PNG")
    return buffer.getvalue()
