"""Documents that must keep up with the code do."""

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SETTING = re.compile(r'env\.(?:text|flag|words|networks|whole_number|choice|hour|scanner|secret)\(\s*"([A-Z_]+)"')


def table_rows(document: str) -> dict[str, list[str]]:
    """First cell in backticks → the cells after it, of every table row of a document."""
    rows = {}
    for line in (ROOT / document).read_text(encoding="utf-8").splitlines():
        if line.startswith("| `"):
            name, *cells = [cell.strip() for cell in line.strip("|").split("|")]
            rows[name.strip("`")] = cells
    return rows


def direct_dependencies() -> set[str]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    groups = [entry for group in project["dependency-groups"].values() for entry in group if isinstance(entry, str)]
    return {re.split(r"[<>=!~; ]", entry)[0] for entry in [*project["project"]["dependencies"], *groups]}


def test_every_direct_dependency_has_its_line_and_no_line_is_left_over() -> None:
    rows = table_rows("docs/dependencies.md")
    assert set(rows) == direct_dependencies()
    assert [name for name, cells in rows.items() if len(cells[0]) < 10] == []


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-dev.lock"])
def test_lock_files_pin_by_hash_and_name_no_machine(lock: str) -> None:
    text = (ROOT / lock).read_text(encoding="utf-8")
    pinned = re.findall(r"^([a-z0-9.-]+)(?:\[[a-z,]+\])?==", text, re.M)
    assert len(pinned) > 30
    assert len(re.findall(r"==\S+ \\\n    --hash=sha256:", text)) == len(pinned)
    assert not re.search(r"https?://|file:|--index|--find-links|^-e", text, re.M)


def test_one_environment_can_serve_both_locks() -> None:
    def pins(lock: str) -> set[str]:
        return set(re.findall(r"^\S+==\S+", (ROOT / lock).read_text(encoding="utf-8"), re.M))

    assert pins("requirements.lock") <= pins("requirements-dev.lock")


def test_every_setting_is_documented_and_every_documented_one_exists() -> None:
    sources = (ROOT / "src").rglob("*.py")
    used = {name for source in sources for name in SETTING.findall(source.read_text(encoding="utf-8"))}
    documented = set(table_rows("docs/operate/settings.md"))
    assert documented == used | {"DATABASE_URL"}


def test_every_make_target_is_explained() -> None:
    text = (ROOT / "Makefile").read_text(encoding="utf-8")
    wanted = set(re.findall(r"^\.PHONY: (\S+)$", text, re.M)) - {"runtime", "dev"}
    explained = set(re.findall(r"^([a-z-]+):[^#\n]*## .*[一-鿿]", text, re.M))
    assert explained == wanted
    assert {"run", "test", "help", "bench", "lint", "docs", "screenshots"} <= wanted
