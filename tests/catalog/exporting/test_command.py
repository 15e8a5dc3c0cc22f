"""``gongkai export`` on the command line: which sites, and what is said when something is wrong."""

from pathlib import Path

import pytest
from tests.factories import people, sites

from gongkai.config import command

pytestmark = pytest.mark.django_db


def test_one_site_needs_no_name_and_progress_and_figures_are_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    at = people.staffed("澜川市城市管理委员会")
    sites.columns_of(at)
    assert command.main(["export", str(tmp_path / "out")]) == 0
    told = capsys.readouterr()
    assert "澜川市城市管理委员会" in told.out
    assert "政府信息 0 件" in told.out
    assert str(tmp_path / "out" / "receipt.html") in told.out
    assert "已导出" in told.err


def test_several_sites_must_be_chosen_from(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert command.main(["export", str(tmp_path / "out")]) == 1
    assert "还没有网站" in capsys.readouterr().err
    portal = people.staffed("澜川市人民政府", is_city=True)
    at = people.staffed("澜川市城市管理委员会")
    without = people.staffed("澜川市园林中心")
    without.agency.hosts.all().delete()
    assert command.main(["export", str(tmp_path / "out")]) == 1
    told = capsys.readouterr().err
    assert portal.agency.code in told
    assert at.agency.code in told
    assert without.agency.code not in told
    for code, why in ((without.agency.code, "没有自己的网站"), ("NOBODY", "不存在")):
        assert command.main(["export", str(tmp_path / "out"), "--agency", code]) == 1
        assert why in capsys.readouterr().err
    assert not (tmp_path / "out").exists()
    assert command.main(["export", str(tmp_path / "out"), "--agency", at.agency.code]) == 0
    assert "澜川市人民政府" not in capsys.readouterr().out


def test_a_directory_that_holds_other_things_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    people.staffed("澜川市城市管理委员会")
    (tmp_path / "letter.txt").write_text("x", encoding="utf-8")
    assert command.main(["export", str(tmp_path)]) == 1
    assert "换一个空目录" in capsys.readouterr().err
    assert [one.name for one in tmp_path.iterdir()] == ["letter.txt"]
    file = tmp_path / "letter.txt" / "below"
    assert command.main(["export", str(file)]) == 1
    assert "写不到" in capsys.readouterr().err
