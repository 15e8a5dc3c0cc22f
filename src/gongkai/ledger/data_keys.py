"""Keys of the installation itself, one for each purpose: random, wrapped under the master key, made when first wanted.

What is computed with them (blind indexes, signatures of messages) outlives a change of the master key: only the
wrapping is renewed. They are in the database, so that every process of an installation has the same."""

import os

from django.db import models, transaction

from gongkai.ledger import master_keys, sealing
from gongkai.ledger.sealing import SUITES, Suite


class DataKey(models.Model):
    """``suite``: the algorithms in force when it was made; what is computed with the key keeps to them."""

    name = models.CharField(max_length=60, primary_key=True)
    wrapped = models.BinaryField()
    wrapped_by = models.CharField(max_length=master_keys.ID_LENGTH, db_index=True)
    suite = models.CharField(max_length=10)
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.name

    def key(self) -> bytes:
        """The key itself; raises WrongMasterKey."""
        return master_keys.unwrap(bytes(self.wrapped), self.wrapped_by, binding(self.name))


def of(name: str) -> tuple[bytes, Suite]:
    """The key of that purpose and the suite it belongs to; one query."""
    row = DataKey.objects.filter(pk=name).first() or _make(name)
    return row.key(), SUITES[row.suite]


def binding(name: str) -> bytes:
    """What its wrapping is bound to: no purpose's key passes for another's."""
    return b"data key " + name.encode()


def _make(name: str) -> DataKey:
    wrapped, by = master_keys.wrap(os.urandom(sealing.KEY_BYTES), binding(name))
    made = {"wrapped": wrapped, "wrapped_by": by, "suite": master_keys.suite().name}
    with transaction.atomic():  # two at once: the row of the first counts
        return DataKey.objects.get_or_create(pk=name, defaults=made)[0]
