"""Nobody sees or touches another agency's drafts: every address of the desk, as everybody, with everything.

The addresses come from Django's resolver and the objects from ``sending.KNOWN``; an address that is added later and
for whose arguments no object is known fails here until somebody says what to try it with.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import transaction
from django.http import HttpResponseBase
from django.test import Client
from django.urls import reverse
from tests.addresses import Address, desk_addresses
from tests.isolation import rows, sending
from tests.isolation.world import SECRET, World

from gongkai.catalog.documents import PUBLIC_STATES
from gongkai.catalog.editions import SAID

pytestmark = pytest.mark.django_db
ADDRESSES = desk_addresses()
BATCH = 12
"""Addresses of one test: each person comes to all of them, and what their rail says is counted once."""
together = pytest.mark.parametrize(
    "addresses",
    [ADDRESSES[first : first + BATCH] for first in range(0, len(ADDRESSES), BATCH)],
    ids=lambda some: some[0].name,
)
SHUT = {302, 403, 404, 405}
OPEN_TO_ALL = {"staff:sign_in", "staff:sign_out"}


def text_of(response: HttpResponseBase) -> str:
    """All of the answer, headers included: a name in a redirect is told as well."""
    content = b"".join(response.streaming_content) if response.streaming else response.content  # type: ignore[attr-defined]
    return content.decode("utf-8", "replace") + str(response.headers)


def told(response: HttpResponseBase, what: str) -> list[str]:
    """What the answer gives away. A page may repeat the word that somebody searched for, and nothing around it."""
    secrets = [f"关于{SECRET}", f"{SECRET}工程", f"{SECRET}清单"] if SECRET in what else [SECRET]
    return [one for one in secrets if one in text_of(response)]


@contextmanager
def undone() -> Iterator[None]:
    """What happens inside is taken back, so that the next request finds everything as it was."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@contextmanager
def nothing_of(world: World) -> Iterator[None]:
    """No row of the first agency may change meanwhile, nor one that belongs to nobody."""
    with rows.written() as written:
        yield
    if written:
        assert rows.changes(world.rows, rows.rows_of(world.at.agency)) == []


def chosen(items: list[Any], turn: int) -> list[Any]:
    """One of them, another one at every turn: the officer with every role walks them all."""
    return items[turn % len(items) :][:1]


def acts(address: Address, who: str, turn: int) -> bool:
    """Whether this person also sends forms there. Who may not act is stopped before anything can go wrong, and what
    a single role may do is enumerated elsewhere: of single roles every sixth does, another one at every address."""
    return "every role" in who or who in ("anonymous", "nobody here") or (turn + ADDRESSES.index(address)) % 6 == 0


@together
def test_strangers_see_nothing_and_change_nothing(
    world: World, addresses: list[Address], subtests: pytest.Subtests
) -> None:
    for address in addresses:
        every = list(sending.urls(address, world))
        with subtests.test(address.name), undone(), nothing_of(world):
            for turn, (who, officer) in enumerate(world.strangers.items()):
                urls = every if "every role" in who else chosen(every, turn)
                _knock(world, address, urls, who, world.client(officer), acting=acts(address, who, turn))


def _knock(world: World, address: Address, urls: list[str], who: str, client: Client, *, acting: bool = True) -> None:
    for url in urls:
        _refused(world, client.get(url), f"{who} GET {url}", address)
        for data in sending.posts(address, world) if acting else ():
            _refused(world, client.post(url, data, sending.FORM), f"{who} POST {url}", address)


def _refused(world: World, response: HttpResponseBase, what: str, address: Address) -> None:
    assert not told(response, what), what
    assert response.status_code < 500, what
    if address.arguments and not _everybodys(address):
        assert response.status_code in SHUT, f"{what}: {response.status_code}"
    if what.startswith("anonymous") and address.name not in OPEN_TO_ALL:
        assert response.status_code in {302, 405}, f"{what}: {response.status_code}"
        assert response.status_code == 405 or "/desk/sign-in/" in response.headers["Location"], what


def _everybodys(address: Address) -> bool:
    """Addresses whose argument is no thing of an agency."""
    return address.name in {"desk:follower_replay", "telling:wording", "oversight:begin"} or address.name.startswith(
        "letters:"
    )


@together
def test_looking_changes_nothing_and_never_fails(
    world: World, addresses: list[Address], subtests: pytest.Subtests
) -> None:
    """As every role of the agency itself: no GET writes a row or fails, whatever state the thing is in."""
    for address in addresses:
        every = list(sending.urls(address, world))
        with subtests.test(address.name), undone(), nothing_of(world):
            for turn, (who, officer) in enumerate(world.people.items()):
                client = world.client(officer)
                for url in every if who == "every role" else chosen(every, turn):
                    assert client.get(url).status_code in {200, *SHUT}, f"{who} GET {url}"


@together
def test_no_act_of_anybody_ends_in_an_error(world: World, addresses: list[Address], subtests: pytest.Subtests) -> None:
    for address in addresses:
        with subtests.test(address.name):
            _act(world, address)


def _act(world: World, address: Address) -> None:
    every = list(sending.urls(address, world))
    for turn, (who, officer) in enumerate(world.people.items()):
        if not acts(address, who, turn):
            continue
        for url in every if who == "every role" else chosen(every, turn):
            for data in sending.posts(address, world):
                with undone():
                    status = world.client(officer).post(url, data, sending.FORM).status_code
                assert status < 500, f"{who} POST {url}: {status}"


@together
def test_the_department_next_door_sees_no_draft(
    world: World, addresses: list[Address], subtests: pytest.Subtests
) -> None:
    """Who holds department roles only works on that department's documents."""
    for address in addresses:
        every = list(sending.urls(address, world))
        with subtests.test(address.name), undone(), nothing_of(world):
            for who, officer in world.next_door.items():
                _knock(world, address, every, who, world.client(officer))


def test_every_table_is_looked_at() -> None:
    """A new model says whose its rows are, or that they are nobody's."""
    assert rows.OWNERS.keys() | rows.NOBODYS == rows.models_of_ours().keys()
    assert not rows.OWNERS.keys() & rows.NOBODYS


def test_an_address_nobody_thought_of_is_not_passed_over(world: World) -> None:
    strange = Address("desk:strange", "desk/strange/<int:number>/", ("number",), lambda request: None)
    with pytest.raises(sending.NoObject, match="strange"):
        list(sending.urls(strange, world))


def test_a_change_would_be_noticed(world: World) -> None:
    document = world.documents["live"]
    document.item = "20-01"
    with pytest.raises(AssertionError, match=f"catalog.Document {document.pk} changed in item"), nothing_of(world):
        document.save(update_fields=["item"])


def test_the_secret_can_be_read_by_those_it_concerns(world: World) -> None:
    """Else the walk would look for something that no page ever says."""
    client = world.client(world.at.drafter)
    for name, pk in (
        ("desk:edition", world.editions["drafting"].pk),
        ("desk:document", world.documents["unreleased"].pk),
    ):
        assert SECRET in text_of(client.get(reverse(name, args=[pk])))
    assert SECRET in text_of(world.client(world.at.admin).get(reverse("desk:words")))
    assert SECRET in text_of(world.client(world.at.leader).get(reverse("desk:tasks")))


@together
def test_ids_of_another_agency_in_ones_own_forms_lead_nowhere(
    world: World, addresses: list[Address], subtests: pytest.Subtests
) -> None:
    """One's own draft with a link to their draft, one's own column below theirs, one's own officer in their office …"""
    for address in addresses:
        with subtests.test(address.name), undone(), nothing_of(world):
            _send_theirs(world, address, world.client(world.strangers["there: every role"]))


def _send_theirs(world: World, address: Address, client: Client) -> None:
    assert world.theirs is not None
    for url in sending.urls(address, world.theirs):
        for data in sending.posts(address, world):
            with undone(), rows.written() as written:
                answer = client.post(url, data, sending.FORM)
                assert answer.status_code < 500, url
                assert not told(answer, url), url
                assert not written or rows.pointing(world.other.agency, world.at.agency, written) == [], url


def test_acts_on_many_at_once_pass_over_what_is_not_ones_own(world: World) -> None:
    values = [f"{one.pk}.{one.version}" for one in world.editions.values()]
    client = world.client(world.strangers["there: every role"])
    with nothing_of(world):
        for event in ("pass", "release", "schedule"):
            data = {"event": event, "edition": values, "confirmed": "1", f"{event}-release_at": "2036-01-05T09:00:00"}
            answer = client.post(reverse("desk:bulk"), data, follow=True)
            assert "请先在列表左侧勾选" in text_of(answer)


@pytest.fixture(params=["own host", "another agency's host", "the city's portal"])
def host(request: pytest.FixtureRequest, world: World) -> str:
    """Where somebody of the public asks."""
    names = {"own host": world.at, "another agency's host": world.other}
    at = names.get(request.param)
    return "localhost" if at is None else at.agency.hosts.get(primary=True).host


def test_a_files_code_opens_nothing_before_its_document_is_public(world: World, host: str) -> None:
    for officer in (None, world.at.drafter, world.strangers["there: every role"]):
        for one in world.files:
            answer = world.client(officer).get(one.get_absolute_url(), headers={"host": host})
            assert answer.status_code == 404
            assert SECRET not in text_of(answer)


def test_no_public_address_tells_of_a_draft(world: World, host: str) -> None:
    client = world.client(None)
    for document in world.documents.values():
        whole = [document.get_absolute_url(), reverse("portal:compare", args=[document.code])]
        editions = {one.get_absolute_url(): one.state in SAID for one in document.editions.all()}
        for path, said in {**dict.fromkeys(whole, True), **editions}.items():
            answer = client.get(path, headers={"host": host})
            assert SECRET not in text_of(answer), path
            shown = answer.status_code == 200
            assert not shown or (said and document.state in PUBLIC_STATES), path


def test_no_public_list_tells_of_a_draft(world: World, host: str) -> None:
    client = world.client(None)
    columns = [reverse("portal:column", args=[one.key]) for one in world.at.agency.columns.all()]
    for path in ["/", "/jg/", reverse("portal:agency", args=[world.at.agency.slug]), *columns]:
        assert SECRET not in text_of(client.get(path, headers={"host": host}, follow=True)), path


@pytest.mark.parametrize("scope", ["", "city"])
def test_the_index_finds_drafts_for_their_own_people_only(world: World, scope: str) -> None:
    """By words, by facets, by total: nothing tells a stranger that there is a draft."""
    query = {"q": SECRET, "scope": scope}
    url = reverse("searchdesk:search")
    own = world.client(world.people["every role"]).get(url, query)
    assert (b"data-row" in own.content) == (scope == ""), "the whole city is what is public"
    for who, officer in world.strangers.items():
        response = world.client(officer).get(url, query)
        assert b"data-row" not in response.content, who
        assert not told(response, f"{who} {SECRET}"), who
    for who, officer in world.next_door.items():
        assert b"data-row" not in world.client(officer).get(url, query).content, who
