"""What the fault test of the master key does in processes of its own: ``python -m tests.faults.keys <act> …``.

``make FILE NUMBER``: seal something about so many people. ``rotate NUMBER``: die by SIGKILL while wrapping the key of
that number. ``read FILE``: how many can be read, and what the ledger says.
"""

import json
import os
import signal
import sys
import uuid
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongkai.config.settings")
django.setup()

from gongkai.ledger import blind_index, master_keys, persons, rewrapping  # noqa: E402 - needs setup
from gongkai.ledger.blind_index import Kind  # noqa: E402
from gongkai.ledger.entries import Entry  # noqa: E402


def make(file: str, number: str) -> None:
    """People, what is sealed of them, and a hash to find one by."""
    people = [persons.new_person() for _ in range(int(number))]
    sealed = {str(person): persons.seal(person, {"id": str(person)}).hex() for person in people}
    digest = blind_index.digest(Kind.NAME, "某申请人")
    Path(file).write_text(json.dumps({"sealed": sealed, "digest": digest}), encoding="utf-8")


def rotate(number: str) -> None:
    """Until the key of that number; then kill -9, in the middle of a transaction."""
    wrap, left = master_keys.wrap, [int(number)]

    def dying(key: bytes, bound_to: bytes) -> tuple[bytes, str]:
        left[0] -= 1
        if not left[0]:
            os.kill(os.getpid(), signal.SIGKILL)
        return wrap(key, bound_to)

    master_keys.wrap = dying
    rewrapping.rotate()


def read(file: str) -> None:
    """Everything that was sealed, with the keys this process knows."""
    made = json.loads(Path(file).read_text(encoding="utf-8"))
    values = [(uuid.UUID(person), bytes.fromhex(sealed)) for person, sealed in made["sealed"].items()]
    right = [
        facts == {"id": str(person)} for (person, _), facts in zip(values, persons.unseal_many(values), strict=True)
    ]
    print(
        json.dumps(
            {
                "read": sum(right),
                "found": blind_index.digest(Kind.NAME, "某 申请人") == made["digest"],
                "pending": rewrapping.standing().pending,
                "rotations": Entry.objects.filter(kind="ledger.keys_rotated").count(),
            }
        )
    )


if __name__ == "__main__":
    {"make": make, "rotate": rotate, "read": read}[sys.argv[1]](*sys.argv[2:])
