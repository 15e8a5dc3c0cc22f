"""What a page shows."""

from django.http import HttpResponse

from gongkai.ledger.refs import Ref
from gongkai.pages.keys import releases, remember, shown


def test_a_page_remembers_what_it_shows_once() -> None:
    response = HttpResponse("x")
    assert shown(response) == frozenset()
    remember(response, Ref("document", "41", "标题"), Ref("agency", "2"))
    remember(response, Ref("document", "41", "改过的标题"))
    assert shown(response) == {"document:41", "agency:2"}


def test_releases_of_one_agency_and_of_all_are_different_things() -> None:
    assert releases(7).key == "releases:7"
    assert releases(None).key == "releases:"
