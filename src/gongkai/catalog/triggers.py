"""The database's own refusal to change what was said: content of a released edition, for both databases."""

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

_REFUSAL = "a released edition never changes"
_CONTENT = (
    "document_id", "number", "change_kind", "change_note", "title", "issuer", "document_number", "date_of_issue",
    "subject", "genre", "effective_on", "expires_on", "keywords", "summary", "source", "disclosure", "ground",
    "ground_note", "body", "text", "provisions", "emergency", "emergency_reason", "released_at",
)  # fmt: skip
_SAID = "OLD.state IN ('released', 'superseded')"


def install(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    """Create the triggers."""
    columns = ", ".join(_CONTENT)
    if editor.connection.vendor == "postgresql":
        editor.execute(
            f"""
            CREATE FUNCTION catalog_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                RAISE EXCEPTION '{_REFUSAL}' USING ERRCODE = 'restrict_violation';
            END $$;
            CREATE TRIGGER catalog_edition_no_change BEFORE UPDATE OF {columns} ON catalog_edition
                FOR EACH ROW WHEN ({_SAID}) EXECUTE FUNCTION catalog_refuse_change();
            CREATE TRIGGER catalog_edition_no_delete BEFORE DELETE ON catalog_edition
                FOR EACH ROW WHEN ({_SAID}) EXECUTE FUNCTION catalog_refuse_change();
            """
        )
        return
    for name, event in (("no_change", f"UPDATE OF {columns}"), ("no_delete", "DELETE")):
        editor.execute(
            f"CREATE TRIGGER catalog_edition_{name} BEFORE {event} ON catalog_edition WHEN {_SAID} "
            f"BEGIN SELECT RAISE(ABORT, '{_REFUSAL}'); END"
        )


def remove(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    """Drop them again."""
    if editor.connection.vendor == "postgresql":
        editor.execute(
            "DROP TRIGGER catalog_edition_no_delete ON catalog_edition; "
            "DROP TRIGGER catalog_edition_no_change ON catalog_edition; DROP FUNCTION catalog_refuse_change();"
        )
        return
    for name in ("no_change", "no_delete"):
        editor.execute(f"DROP TRIGGER catalog_edition_{name}")
