"""The database's own refusal to change what happened, for both databases; installed by a migration."""

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

_REFUSAL = "ledger entries are append-only"

_POSTGRESQL = f"""
CREATE FUNCTION ledger_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '{_REFUSAL}' USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER ledger_entry_no_change BEFORE UPDATE OR DELETE ON ledger_entry
    FOR EACH ROW EXECUTE FUNCTION ledger_refuse_change();
CREATE TRIGGER ledger_entry_no_truncate BEFORE TRUNCATE ON ledger_entry
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse_change();
CREATE FUNCTION ledger_stamp_transaction() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.xid := pg_current_xact_id()::text::bigint + COALESCE((SELECT xid_offset FROM ledger_epoch WHERE id = 1), 0);
    RETURN NEW;
END $$;
CREATE TRIGGER ledger_entry_stamp BEFORE INSERT ON ledger_entry
    FOR EACH ROW EXECUTE FUNCTION ledger_stamp_transaction();
"""  # noqa: S608 - constant text

_POSTGRESQL_REVERSE = """
DROP TRIGGER ledger_entry_stamp ON ledger_entry;
DROP FUNCTION ledger_stamp_transaction();
DROP TRIGGER ledger_entry_no_truncate ON ledger_entry;
DROP TRIGGER ledger_entry_no_change ON ledger_entry;
DROP FUNCTION ledger_refuse_change();
"""

_SQLITE = (
    f"CREATE TRIGGER ledger_entry_no_update BEFORE UPDATE ON ledger_entry BEGIN SELECT RAISE(ABORT, '{_REFUSAL}'); END",
    f"CREATE TRIGGER ledger_entry_no_delete BEFORE DELETE ON ledger_entry BEGIN SELECT RAISE(ABORT, '{_REFUSAL}'); END",
)
_SQLITE_REVERSE = ("DROP TRIGGER ledger_entry_no_update", "DROP TRIGGER ledger_entry_no_delete")


def install(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    """Create the triggers and the one row of the epoch."""
    editor.execute("INSERT INTO ledger_epoch (id, xid_offset) VALUES (1, 0)")
    if editor.connection.vendor == "postgresql":
        editor.execute(_POSTGRESQL)
    else:
        for statement in _SQLITE:
            editor.execute(statement)


def remove(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    """Drop them again."""
    if editor.connection.vendor == "postgresql":
        editor.execute(_POSTGRESQL_REVERSE)
    else:
        for statement in _SQLITE_REVERSE:
            editor.execute(statement)
    editor.execute("DELETE FROM ledger_epoch")
