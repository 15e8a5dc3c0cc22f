"""Whether the index says what the database says: every item made anew and compared by its fingerprint."""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field

from gongkai.search import following, keeping, waiting
from gongkai.search.engines.contract import fingerprint
from gongkai.search.projections import registry


@dataclass
class Difference:
    """Keys of items: in the database alone, in the index alone, in both but not the same."""

    compared: int = 0
    missing: list[str] = field(default_factory=list)
    surplus: list[str] = field(default_factory=list)
    different: list[str] = field(default_factory=list)

    @property
    def wrong(self) -> int:
        return len(self.missing) + len(self.surplus) + len(self.different)


def compare(*, sample: int = 0) -> Difference:
    """All subjects, or about so many chosen at random (what is surplus is then not looked for). Raises Unusable."""
    indexed = dict(keeping.engine().keys())
    found = Difference()
    for subject, ids in _chosen(sample):
        for item in registry.get(subject).items(ids):
            found.compared += 1
            known = indexed.pop(item.key, None)
            if known is None:
                found.missing.append(item.key)
            elif known != fingerprint(item):
                found.different.append(item.key)
    if not sample:
        found.surplus = sorted(indexed)
    return found


def _chosen(sample: int) -> Iterator[tuple[str, list[int]]]:
    total = sum(one.total() for one in registry.all_projections())
    share = min(1.0, sample / total) if sample and total else 1.0
    for projection in registry.all_projections():
        job: waiting.Job | None = waiting.Job(projection.subject, scope=registry.ALL)
        while job is not None:
            ids, job = following.piece(job)
            chosen = [one for one in ids if share == 1.0 or random.random() < share]  # noqa: S311 - a sample, no secret
            if chosen:
                yield projection.subject, chosen
