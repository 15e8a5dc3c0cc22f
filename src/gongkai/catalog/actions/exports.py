"""That a site was exported, and what went out: so that a hand-over can be found again in the ledger."""

from dataclasses import dataclass

from django.db import transaction

from gongkai.agencies.bodies import Agency
from gongkai.catalog import ledger_kinds as kinds
from gongkai.ledger.recording import record
from gongkai.ledger.refs import Named, Ref


@dataclass(frozen=True)
class Exported:
    """One site's share of an export, and the SHA-256 of the manifest of the whole of it."""

    host: str
    documents: int
    files: int
    size: int
    manifest_sha256: str


@transaction.atomic
def record_export(agency: Agency, exported: Exported, *, by: Ref | Named) -> None:
    """Enter it into the ledger under the agency whose site it is."""
    record(
        kinds.EXPORTED,
        by=by,
        subject=Ref("export", exported.manifest_sha256[:16], exported.host),
        agency=agency,
        host=exported.host,
        documents=exported.documents,
        files=exported.files,
        size=exported.size,
        manifest_sha256=exported.manifest_sha256,
    )
