"""The JSON in which a document is handed to another system; the same for every outlet that speaks JSON."""

from typing import Any

from gongkai.catalog import header, queries
from gongkai.publishing.outlets.contract import Parcel

FORMAT = "gongkai.document/1"


def message(parcel: Parcel) -> dict[str, Any]:
    """Everything public of the document as it is now; for a removal only what identifies it."""
    document, edition = parcel.document, parcel.edition
    plain: dict[str, Any] = {
        "format": FORMAT,
        "key": parcel.key,
        "act": parcel.act,
        "code": document.code,
        "index_number": document.index_number,
        "agency": {"code": document.agency.code, "name": document.agency.name},
        "type": document.type,
        "state": document.state,
    }
    if parcel.act == "remove" or edition is None:
        return plain
    plain["edition"] = {
        "number": edition.number,
        "header": {key: _plain(getattr(edition, key)) for key in header.BY_KEY},
        "body": edition.body,
        "change": {"kind": edition.change_kind, "note": edition.change_note},
        "released_at": _plain(edition.released_at),
    }
    plain["files"] = [
        {"name": file.name, "size": file.size, "sha256": file.sha256, "path": file.get_absolute_url()}
        for file in queries.attachments_of(edition)
    ]
    if document.notice_kind:
        plain["notice"] = {
            "kind": document.notice_kind,
            "on": _plain(document.notice_on),
            "ground": document.notice_ground,
            "successor": document.successor.code if document.successor else None,
        }
    return plain


def _plain(value: Any) -> Any:
    return value.isoformat() if hasattr(value, "isoformat") else value
