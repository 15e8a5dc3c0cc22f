"""Beyond a hundred thousand documents the same ones again, copied inside the database: no text is written twice by
Python, and a million take minutes."""

from collections.abc import Mapping

from django.core.management.color import no_style
from django.db import connection, transaction
from django.db.models import Max, Model

from gongkai.catalog.documents import Document
from gongkai.catalog.editions import Edition
from gongkai.ledger.entries import Entry

FROM = 100_000
_AT_ONCE = 50_000


def more(numbered: str, made: int, wanted: int) -> int:
    """Copy at most so many of the ``made`` documents whose 索引号 begin so; returns how many there are more. What their
    ledger entries say of numbers within is that of the first ones: nobody reads them."""
    count = min(made, wanted, _AT_ONCE)
    documents, editions = (model.objects.aggregate(last=Max("pk"))["last"] for model in (Document, Edition))
    chosen = f"index_number >= '{numbered}{0:07d}' AND index_number < '{numbered}{count:07d}'"
    within = f"document_id IN (SELECT id FROM catalog_document WHERE {chosen})"
    with transaction.atomic():
        number = f"{made} + CAST(substr(index_number, {len(numbered) + 1}) AS integer)"
        same = {
            "id": f"id + {documents}",
            "code": f"'b' || (id + {documents})",
            "index_number": f"'{numbered}' || substr('0000000' || ({number}), -7)",
            "live_id": f"live_id + {editions}",
        }
        if connection.vendor == "postgresql":
            same["index_number"] = f"'{numbered}' || lpad(({number})::text, 7, '0')"
        _copy(Document, chosen, same)
        _copy(Edition, within, {"id": f"id + {editions}", "document_id": f"document_id + {documents}"})
        for kind, shift, ids in (
            ("document", documents, f"SELECT CAST(id AS varchar(40)) FROM catalog_document WHERE {chosen}"),
            ("edition", editions, f"SELECT CAST(id AS varchar(40)) FROM catalog_edition WHERE {within}"),
        ):
            there = f"subject_kind = '{kind}' AND subject_id IN ({ids})"
            moved = {"subject_id": f"CAST(CAST(subject_id AS bigint) + {shift} AS varchar(40))"}
            _copy(Entry, there, moved)
        with connection.cursor() as cursor:
            for sql in connection.ops.sequence_reset_sql(no_style(), [Document, Edition]):
                cursor.execute(sql)
    return count


def _copy(model: type[Model], where: str, changed: Mapping[str, str]) -> None:
    """The rows again, with these columns made otherwise; a number nobody gives is the database's."""
    fields = [one.column for one in model._meta.concrete_fields if one.column != "id" or "id" in changed]
    names = ", ".join(f'"{one}"' for one in fields)
    values = ", ".join(changed.get(one, f'"{one}"') for one in fields)
    table = model._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO {table} ({names}) SELECT {values} FROM {table} WHERE {where}")
