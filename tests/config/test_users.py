"""The first administrator of an agency is made on the command line, because nobody can sign in to make one."""

import io

import pytest

from gongkai.agencies import queries
from gongkai.agencies.actions import bodies
from gongkai.agencies.bodies import Agency
from gongkai.agencies.officers import Officer
from gongkai.agencies.roles import Role
from gongkai.config import command
from gongkai.ledger.entries import Entry
from gongkai.ledger.refs import SYSTEM

pytestmark = pytest.mark.django_db
CREATE = ["users", "create-admin", "--agency", "CG", "--username", "admin-cg", "--name", "林知夏"]


@pytest.fixture
def agency() -> Agency:
    return bodies.create_agency(by=SYSTEM, code="CG", slug="csgw", name="澜川市城市管理委员会", short_name="市城管委")


def type_password(monkeypatch: pytest.MonkeyPatch, password: str) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(password + "\n"))


def test_the_administrator_may_sign_in_must_change_the_password_and_is_in_the_ledger(
    agency: Agency, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    type_password(monkeypatch, "长而不易猜的口令-2026")
    assert command.main(CREATE) == 0
    [admin] = queries.holders(agency.pk, Role.ADMIN)
    assert admin.username == "admin-cg"
    assert admin.check_password("长而不易猜的口令-2026")
    assert admin.must_change_password
    assert Entry.objects.about(admin.ref()).exists()

    capsys.readouterr()
    assert command.main(["users", "list", "--agency", "CG"]) == 0
    assert capsys.readouterr().out.split("\t")[:2] == ["admin-cg", "林知夏"]


def test_a_weak_password_leaves_no_account(
    agency: Agency, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    type_password(monkeypatch, "123456")
    assert command.main(CREATE) == 1
    assert "密码" in capsys.readouterr().err
    assert not Officer.objects.exists()


def test_an_unknown_agency_is_answered_with_the_known_ones(agency: Agency, capsys: pytest.CaptureFixture[str]) -> None:
    assert command.main(["users", "list", "--agency", "XX"]) == 1
    assert "CG（市城管委）" in capsys.readouterr().err
