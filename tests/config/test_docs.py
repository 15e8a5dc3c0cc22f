"""Documents made from the code are up to date, and the command says which are not."""

from pathlib import Path

import pytest

from gongkai.agencies.roles import Role
from gongkai.catalog import doctypes
from gongkai.config import command, documentation
from gongkai.config.commands import docs
from gongkai.ledger import clockwork, followers, kinds
from gongkai.procedures.registry import all_procedures
from gongkai.publishing.outlets.contract import all_outlets

DOCS = Path(__file__).resolve().parents[2] / "docs"


def test_the_documents_in_the_tree_are_up_to_date() -> None:
    assert documentation.stale(DOCS) == [], "请运行 make docs 后一并提交"


def test_everything_registered_is_described() -> None:
    written = documentation.written()
    names = {
        "ledger.md": [f"`{kind.name}`" for kind in kinds.all_kinds()]
        + [f"`{one.name}`" for one in followers.all_followers()]
        + [f"| {one.name} |" for one in clockwork.all_timed()],
        "doctypes.md": [f'<a id="{key}">' for key in doctypes.all_types()],
        "outlets.md": [f"`{outlet.key}`" for outlet in all_outlets()],
        "roles.md": [f"`{role.value}`" for role in Role],
        "commands.md": [f"`gongkai {name}" for name in command.discover()],
    }
    missing = [(path, name) for path, wanted in names.items() for name in wanted if name not in written[path]]
    assert missing == []
    assert {f"procedures/{one.key}.md" for one in all_procedures()} <= set(written)


def test_options_of_commands_below_commands_are_described() -> None:
    text = documentation.commands()
    assert "## `gongkai ledger show`" in text
    assert "| `--limit 条数` |" in text
    assert "（必需）" in text


def test_what_is_missing_changed_or_left_over_is_told_and_mended(tmp_path: Path) -> None:
    assert documentation.stale(tmp_path) == sorted(documentation.written())
    documentation.bring_up_to_date(tmp_path)
    assert documentation.stale(tmp_path) == []

    (tmp_path / "roles.md").write_text("# 岗位\n", encoding="utf-8")
    (tmp_path / "procedures" / "abandoned.md").write_text("# 已经没有的程序\n", encoding="utf-8")
    assert documentation.stale(tmp_path) == ["procedures/abandoned.md", "roles.md"]
    assert documentation.bring_up_to_date(tmp_path) == ["procedures/abandoned.md", "roles.md"]
    assert not (tmp_path / "procedures" / "abandoned.md").exists()
    assert documentation.stale(tmp_path) == []


def test_the_check_names_what_is_behind_and_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "pyproject.toml").touch()
    monkeypatch.setattr(docs, "_ROOT", tmp_path)
    assert command.call("docs", "--check") == 1
    assert "docs/roles.md 与代码不一致" in capsys.readouterr().out
    assert command.call("docs") == 0
    assert "已更新 docs/roles.md" in capsys.readouterr().out
    assert command.call("docs", "--check") == 0
