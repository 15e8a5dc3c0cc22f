"""How pages may be kept: the same for everybody, asked for anew, and knowing what they show."""

import pytest
from django.test import Client
from tests.catalog.portal.reading import get
from tests.factories.sites import City

from gongkai.pages.keys import releases, shown

pytestmark = pytest.mark.django_db


def test_no_public_page_sets_a_cookie_or_depends_on_one(
    city: City, paths: dict[str, str], gone: dict[str, tuple[str, int]]
) -> None:
    for path in [*paths.values(), *(path for path, _ in gone.values()), city.picture.get_absolute_url()]:
        response = get(city.at.agency, path)
        assert not response.cookies, path
        assert "Cookie" not in response.get("Vary", ""), path


def test_a_signed_in_officer_gets_the_page_everybody_gets(city: City) -> None:
    host = city.at.agency.hosts.get(primary=True).host
    officer = Client()
    officer.force_login(city.at.admin, backend="django.contrib.auth.backends.ModelBackend")
    path = city.policy.get_absolute_url()
    assert officer.get(path, headers={"host": host}).content == get(city.at.agency, path).content


def test_a_page_that_did_not_change_is_not_sent_again(city: City, paths: dict[str, str]) -> None:
    for path in paths.values():
        first = get(city.at.agency, path)
        assert "no-cache" in first["Cache-Control"]
        again = get(city.at.agency, path, **{"if-none-match": first["ETag"]})
        assert again.status_code == 304, path


def test_a_page_is_read_and_nothing_else(city: City, paths: dict[str, str]) -> None:
    host = city.at.agency.hosts.get(primary=True).host
    for path in paths.values():
        assert Client().post(path, headers={"host": host}).status_code == 405


def test_a_page_knows_what_it_shows(city: City) -> None:
    document = get(city.at.agency, city.policy.get_absolute_url())
    assert {f"document:{city.policy.pk}", f"agency:{city.at.agency.pk}"} <= shown(document)
    assert len([key for key in shown(document) if key.startswith("document:")]) == 3
    column = get(city.at.agency, "/lm/policy/")
    assert f"{releases(city.at.agency.pk).key}/type/normative" in shown(column)
    assert any(key.startswith("column:") for key in shown(column))
    assert releases(None).key in shown(get(city.portal.agency, "/"))


def test_the_keys_do_not_leave_the_house(city: City) -> None:
    response = get(city.at.agency, city.policy.get_absolute_url())
    assert not [name for name in response.headers if "Key" in name or "gongkai" in name.lower()]
