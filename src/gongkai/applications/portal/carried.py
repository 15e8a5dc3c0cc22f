"""What was typed into a form of an applicant's page after that had closed: it travels sealed through the door page.

Nothing of it is kept here but files, which lie sealed where uploads lie. The page holds what only this installation
can open, and it is filled in again for nobody but who proves to be the applicant of that very application.
"""

import base64
import binascii
import json
import zlib
from dataclasses import asdict, dataclass, field
from typing import Any

from cryptography.exceptions import InvalidTag
from django import forms
from django.http import HttpRequest

from gongkai.interfaces.uploads.fields import Sent, UploadField
from gongkai.ledger import data_keys, sealing

FIELD = "carried"
_DATA_KEY = "applicant sessions"
_BOUND = b"carried form"


@dataclass(frozen=True)
class Carried:
    """The form ``key`` of the application ``pk``: texts by field, tokens of files by field, and what is said of files
    that could not be kept."""

    pk: int
    key: str
    texts: dict[str, str] = field(default_factory=dict)
    files: dict[str, list[str]] = field(default_factory=dict)
    lost: list[str] = field(default_factory=list)

    def sealed(self) -> str:
        """For a hidden field."""
        key, suite = data_keys.of(_DATA_KEY)
        plain = zlib.compress(json.dumps(asdict(self), ensure_ascii=False).encode("utf-8", "surrogatepass"))
        return base64.b64encode(sealing.encrypt(suite, key, plain, _BOUND)).decode()

    @property
    def count(self) -> int:
        """How many files are kept."""
        return sum(len(tokens) for tokens in self.files.values())

    def initial(self) -> dict[str, Any]:
        """What the form begins with when it is shown again."""
        return self.texts | {name: Sent(tokens) for name, tokens in self.files.items()}

    def said(self, form: forms.Form) -> list[tuple[str, str]]:
        """The texts with the names of their fields, to be copied where the form is not offered any more."""
        return [(str(form.fields[name].label), text) for name, text in self.texts.items() if text]


def taken(request: HttpRequest, pk: int, key: str, form: forms.Form) -> Carried:
    """What the request brought for a form, unchecked. Files are taken in; the limits of uploads hold for them."""
    carried = Carried(pk, key)
    for name, one in form.fields.items():
        if not isinstance(one, UploadField):
            carried.texts[name] = request.POST.get(name, "")
            continue
        one.for_request(request)
        kept, problems = one.keep(request.POST, request.FILES, name)
        carried.files[name] = kept.tokens
        carried.lost.extend(problems)
    return carried


def read(request: HttpRequest) -> Carried | None:
    """What the door page brought back; None when it brought nothing, or nothing of ours."""
    text = request.POST.get(FIELD, "")
    if not text:
        return None
    key, _ = data_keys.of(_DATA_KEY)
    try:
        plain = sealing.decrypt(key, base64.b64decode(text, validate=True), _BOUND)
    except (InvalidTag, binascii.Error, ValueError):
        return None
    return Carried(**json.loads(zlib.decompress(plain).decode("utf-8", "surrogatepass")))
