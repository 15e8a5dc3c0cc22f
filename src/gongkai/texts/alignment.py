"""Which unit of the new text continues which unit of the old one: for articles (identity) and for lines (comparison).

Close to linear in the length of the texts: candidates come from an index of rare character pairs, the heaviest chain of
candidates that keeps the order is found with a Fenwick tree, and only short gaps are compared pair by pair. The result
depends on nothing but the arguments.
"""

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

# A character pair found in more units than this says nothing about which unit is meant.
_COMMON = 24
_CANDIDATES = 4
_IDENTICAL_CANDIDATES = 8
_SMALL_GAP = 2_500
# What is found out of order must resemble more, and be longer, than what is found in its place.
_MOVED_LIKENESS, _MOVED_LENGTH = 0.75, 8
# The same number speaks for a pair, the same words speak louder: identity follows the text.
_SAME_KEY_BONUS, _SAME_TEXT_BONUS = 0.1, 0.25


@dataclass(frozen=True, slots=True)
class Unit:
    """text: what is compared. key: what the unit calls itself (an article's number), evidence but no proof."""

    text: str
    key: Hashable = None


@dataclass(frozen=True, slots=True)
class Alignment:
    """new index → old index: `kept` in the same order in both texts, `moved` out of that order."""

    kept: Mapping[int, int]
    moved: Mapping[int, int]

    def source(self, new: int) -> int | None:
        """The old index that the new unit continues, if any."""
        return self.kept.get(new, self.moved.get(new))


def likeness(a: str, b: str) -> float:
    """0 (nothing in common) to 1 (equal): Dice coefficient over character pairs."""
    return 1.0 if a == b else _dice(_pairs(a), _pairs(b))


def _pairs(text: str) -> Counter[str]:
    if len(text) < 2:
        return Counter([text] if text else [])
    return Counter(map("".join, pairwise(text)))


def _dice(a: Counter[str], b: Counter[str]) -> float:
    total = a.total() + b.total()
    return 2 * (a & b).total() / total if total else 0.0


def align(old: Sequence[Unit], new: Sequence[Unit], *, floor: float = 0.35, trust_keys: bool = False) -> Alignment:
    """Pair the units of two texts.

    floor: likeness from which two units are taken for the same one, 0–1. trust_keys: units with the same key that
    remain between the same neighbours are the same unit even when every word differs (an article rewritten as a whole).
    """
    return _Aligner(old, new, floor, trust_keys).result()


def in_order(pairs: Mapping[int, int]) -> dict[int, int]:
    """The most of the given pairs (new → old) that keep the order; the others have moved."""
    return _heaviest_chain((new, old, 1.0) for new, old in pairs.items())


class _Aligner:
    def __init__(self, old: Sequence[Unit], new: Sequence[Unit], floor: float, trust_keys: bool) -> None:
        self.old, self.new, self.floor, self.trust_keys = old, new, floor, trust_keys
        self._old_pairs: dict[int, Counter[str]] = {}
        self._new_pairs: dict[int, Counter[str]] = {}

    def result(self) -> Alignment:
        start = 0
        while start < min(len(self.old), len(self.new)) and self.old[start] == self.new[start]:
            start += 1
        end = 0
        while end < min(len(self.old), len(self.new)) - start and self.old[-1 - end] == self.new[-1 - end]:
            end += 1
        kept = {i: i for i in range(start)}
        kept |= {len(self.new) - 1 - i: len(self.old) - 1 - i for i in range(end)}
        inner_old, inner_new = range(start, len(self.old) - end), range(start, len(self.new) - end)
        chain = _heaviest_chain(self._candidates(inner_old, inner_new))
        kept |= chain
        kept |= self._fill_gaps(inner_old, inner_new, chain)
        taken = set(kept.values())
        left_old = [i for i in inner_old if i not in taken]
        left_new = [j for j in inner_new if j not in kept]
        return Alignment(dict(sorted(kept.items())), self._moves(left_old, left_new))

    def likeness(self, i: int, j: int) -> float:
        if self.old[i].text == self.new[j].text:
            return 1.0
        if i not in self._old_pairs:
            self._old_pairs[i] = _pairs(self.old[i].text)
        if j not in self._new_pairs:
            self._new_pairs[j] = _pairs(self.new[j].text)
        return _dice(self._old_pairs[i], self._new_pairs[j])

    def _same_key(self, i: int, j: int) -> bool:
        return self.old[i].key is not None and self.old[i].key == self.new[j].key

    def _candidates(self, old: Iterable[int], new: Iterable[int]) -> list[tuple[int, int, float]]:
        """(new, old, weight): identical units, else those sharing rare character pairs, and those with the same key."""
        old, new = list(old), list(new)
        identical: dict[str, list[int]] = defaultdict(list)
        by_key: dict[Hashable, list[int]] = defaultdict(list)
        for i in old:
            identical[self.old[i].text].append(i)
            if self.old[i].key is not None:
                by_key[self.old[i].key].append(i)
        index = self._index_of_rare_pairs(old)
        found = []
        for j in new:
            near = _nearest(identical.get(self.new[j].text, []), j)
            near = near or self._resembling(j, index)
            for i in sorted({*near, *by_key.get(self.new[j].key, [])[:_CANDIDATES]}):
                alike = self.likeness(i, j)
                if alike >= self.floor:
                    found.append((j, i, self._weight(alike, i, j)))
        return found

    def _weight(self, alike: float, i: int, j: int) -> float:
        """A long unit found again weighs more than a short one, which may be there by chance."""
        length = min(len(self.old[i].text), len(self.new[j].text), 60)
        bonus = _SAME_KEY_BONUS * self._same_key(i, j) + _SAME_TEXT_BONUS * (alike == 1.0)
        return (alike + bonus) * (0.3 + length / 60)

    def _index_of_rare_pairs(self, old: list[int]) -> dict[str, list[int]]:
        index: dict[str, list[int]] = defaultdict(list)
        for i in old:
            for pair in self._old_pairs.setdefault(i, _pairs(self.old[i].text)):
                index[pair].append(i)
        return {pair: where for pair, where in index.items() if len(where) <= _COMMON}

    def _resembling(self, j: int, index: Mapping[str, list[int]]) -> list[int]:
        shared: Counter[int] = Counter()
        for pair in self._new_pairs.setdefault(j, _pairs(self.new[j].text)):
            shared.update(index.get(pair, ()))
        return [i for i, _ in sorted(shared.items(), key=lambda hit: (-hit[1], hit[0]))[:_CANDIDATES]]

    def _fill_gaps(self, old: range, new: range, chain: Mapping[int, int]) -> dict[int, int]:
        """Pair what the index could not tell apart, between the same two neighbours."""
        filled: dict[int, int] = {}
        last_new, last_old = new.start - 1, old.start - 1
        for j, i in [*sorted(chain.items()), (new.stop, old.stop)]:
            filled |= self._fill_gap(range(last_old + 1, i), range(last_new + 1, j))
            last_new, last_old = j, i
        return filled

    def _fill_gap(self, old: range, new: range) -> dict[int, int]:
        if not old or not new:
            return {}
        if len(old) * len(new) <= _SMALL_GAP:
            pairs = [(j, i) for j in new for i in old]
        else:
            pairs = list(zip(new, old, strict=False))
            if self.trust_keys:
                where = {self.old[i].key: i for i in old if self.old[i].key is not None}
                pairs = sorted({*pairs, *((j, where[self.new[j].key]) for j in new if self.new[j].key in where)})
        candidates = []
        for j, i in pairs:
            alike = self.likeness(i, j)
            if alike >= self.floor:
                candidates.append((j, i, self._weight(alike, i, j)))
            elif self.trust_keys and self._same_key(i, j):
                candidates.append((j, i, self._weight(self.floor / 2, i, j)))
        return _heaviest_chain(candidates)

    def _moves(self, old: list[int], new: list[int]) -> dict[int, int]:
        old = [i for i in old if len(self.old[i].text) >= _MOVED_LENGTH]
        new = [j for j in new if len(self.new[j].text) >= _MOVED_LENGTH]
        candidates = [(self.likeness(i, j), j, i) for j, i, _ in self._candidates(old, new)]
        moved: dict[int, int] = {}
        taken: set[int] = set()
        for alike, j, i in sorted(candidates, key=lambda c: (-c[0], c[1], c[2])):
            if alike >= _MOVED_LIKENESS and j not in moved and i not in taken:
                moved[j] = i
                taken.add(i)
        return dict(sorted(moved.items()))


def _nearest(positions: list[int], to: int) -> list[int]:
    """The few of many identical units that stand nearest; positions are ascending."""
    if len(positions) <= _IDENTICAL_CANDIDATES:
        return positions
    middle = bisect_left(positions, to)
    start = min(max(0, middle - _IDENTICAL_CANDIDATES // 2), len(positions) - _IDENTICAL_CANDIDATES)
    return positions[start : start + _IDENTICAL_CANDIDATES]


def _heaviest_chain(candidates: Iterable[tuple[int, int, float]]) -> dict[int, int]:
    """Of (new, old, weight), the pairs with the greatest sum that rise strictly in both; new → old."""
    ordered = sorted(candidates, key=lambda c: (c[0], -c[1]))
    olds = sorted({old for _, old, _ in ordered})
    # tree[k]: heaviest chain among those ending in the old indices that slot k covers, as (sum, position in ordered).
    tree: list[tuple[float, int]] = [(0.0, -1)] * (len(olds) + 1)
    before: list[int] = []
    for position, (_, old, weight) in enumerate(ordered):
        rank = bisect_left(olds, old)
        best = (0.0, -1)
        slot = rank
        while slot > 0:
            best = max(best, tree[slot], key=lambda entry: entry[0])
            slot -= slot & -slot
        before.append(best[1])
        total, slot = best[0] + weight, rank + 1
        while slot < len(tree):
            if total > tree[slot][0]:
                tree[slot] = (total, position)
            slot += slot & -slot
    best = (0.0, -1)
    slot = len(olds)
    while slot > 0:
        best = max(best, tree[slot], key=lambda entry: entry[0])
        slot -= slot & -slot
    chain, position = {}, best[1]
    while position >= 0:
        new, old, _ = ordered[position]
        chain[new] = old
        position = before[position]
    return chain
