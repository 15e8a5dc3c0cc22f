"""The demo's search is steered and asked: every page about it has something to show, nothing of it personal."""

from datetime import date, timedelta

import pytest
from django.core.cache import cache
from tests.factories import people

from gongkai.demo import searching
from gongkai.search import counting, suggesting
from gongkai.search.best_bets import BestBet
from gongkai.search.frequent import SearchCount
from gongkai.search.synonyms import equal_words


@pytest.mark.django_db
def test_what_the_content_tells_is_there() -> None:
    counting._buffer.take()
    cache.clear()
    bodies = {code: people.agency(is_city=code == "A00") for code in ("A00", "A02", "A03")}
    searching.steer(bodies)
    searching.ask(bodies, date.today())
    assert equal_words(None)["公租房"] == ("公共租赁住房",)
    assert BestBet.objects.filter(agency=None).count() == 1
    asked = {one["query"] for one in searching._told()["asked"]}
    assert set(SearchCount.objects.values_list("query", flat=True)) == asked
    assert not SearchCount.objects.filter(day__lte=date.today() - timedelta(days=30)).exists()
    # Nothing is found in a city without documents: then nothing is frequent.
    assert suggesting.frequent(bodies["A02"].pk, bodies["A02"].pk) == []
