"""How the demo's search is steered, and what its public has searched for in the last weeks."""

import random
import tomllib
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.db.models import Q
from django.utils import timezone

from gongkai.agencies.bodies import Agency
from gongkai.catalog.queries import public_documents
from gongkai.demo.city import CONTENT
from gongkai.ledger.refs import SYSTEM
from gongkai.search import actions, counting, reviewing

_DAYS = 30
_SEED = 20261123


def steer(agencies: Mapping[str, Agency]) -> None:
    """Synonyms, best bets, denied words."""
    told = _told()
    for one in told["synonyms"]:
        actions.save_synonyms(agency=agencies.get(one["agency"]), words=one["words"], note=one["note"], by=SYSTEM)
    for one in told["best_bets"]:
        facts = {key: one[key] for key in ("query", "address", "title", "note")}
        actions.save_best_bet(agency=agencies.get(one["agency"]), by=SYSTEM, **facts)
    for one in told["denied"]:
        actions.deny_suggestion(agency=agencies.get(one["agency"]), word=one["word"], note=one["note"], by=SYSTEM)


def ask(agencies: Mapping[str, Agency], today: date) -> None:
    """Count searches of the last weeks as if people had made them; hits are what is there today."""
    chance = random.Random(_SEED)
    for one in _told()["asked"]:
        agency = agencies[one["agency"]]
        hits = _hits(agency, one["query"])
        for days in range(1, _DAYS):
            for _ in range(chance.randint(0, one["a_day"])):
                counting.note(agency.pk, one["query"], hits, day=today - timedelta(days=days))
    counting.flush()
    reviewing.review_due(timezone.now())


def _hits(agency: Agency, query: str) -> int:
    documents = public_documents() if agency.is_city else public_documents().filter(agency=agency)
    return documents.filter(Q(live__title__contains=query) | Q(live__text__contains=query)).count()


def _told() -> dict[str, list[dict[str, Any]]]:
    return tomllib.loads((CONTENT / "searching.toml").read_text(encoding="utf-8"))
