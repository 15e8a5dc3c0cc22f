"""An installation begins on the command line: the city, its site, and the columns the law demands."""

import pytest

from gongkai.agencies import queries
from gongkai.catalog.columns import Column
from gongkai.config import command

pytestmark = pytest.mark.django_db


def create(code: str, slug: str, name: str, short_name: str, host: str, *more: str) -> int:
    given = ["--code", code, "--slug", slug, "--name", name, "--short-name", short_name, "--host", host]
    return command.main(["agencies", "create", *given, *more])


def test_a_city_and_a_body_below_it(capsys: pytest.CaptureFixture[str]) -> None:
    assert create("LC", "city", "澜川市人民政府", "市政府", "localhost", "--city") == 0
    assert "gongkai users create-admin --agency LC" in capsys.readouterr().out
    assert create("CG", "csgw", "澜川市城市管理委员会", "市城管委", "csgw.localhost", "--parent", "LC") == 0

    bodies = {agency.code: agency for agency in queries.agencies_on()}
    assert queries.city() == bodies["LC"]
    assert bodies["CG"].parent == bodies["LC"]
    assert Column.objects.filter(agency=bodies["CG"]).exists(), "the statutory columns are there from the start"

    capsys.readouterr()
    assert command.main(["agencies", "list"]) == 0
    listed = [line.split("\t") for line in capsys.readouterr().out.splitlines()]
    assert sorted(listed) == [["CG", "澜川市城市管理委员会", "csgw.localhost"], ["LC", "澜川市人民政府", "localhost"]]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("--code", "CG"), "机构代码"),
        (("--host", "csgw.localhost"), "域名csgw.localhost已由"),
        (("--parent", "XX"), "没有机构代码为“XX”的上级机关"),
    ],
)
def test_what_cannot_be_leaves_nothing_behind(
    change: tuple[str, str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert create("CG", "csgw", "澜川市城市管理委员会", "市城管委", "csgw.localhost") == 0
    assert create("ZQ", "zq", "澜川市重点站区管理委员会", "市站区管委会", "zq.localhost", *change) == 1
    assert said in capsys.readouterr().err
    assert [agency.code for agency in queries.agencies_on()] == ["CG"]
