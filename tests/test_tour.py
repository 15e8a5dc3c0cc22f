"""What the tour and the other documents for developers name exists, and their links lead somewhere."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src" / "gongkai"
NAMED = re.compile(r"`([\w/]+\.py):(\w+)`")
LINK = re.compile(r"\]\((?!https?:|#)([^)#]+)")
WRITTEN = sorted([*(ROOT / "docs").rglob("*.md"), *ROOT.glob("*.md")])


def test_every_name_in_the_tour_is_defined_where_the_tour_says() -> None:
    named = NAMED.findall((ROOT / "docs" / "tour.md").read_text(encoding="utf-8"))
    assert len(named) > 50
    missing = [f"{path}:{name}" for path, name in named if not defined(SOURCE / path, name)]
    assert missing == []


def test_every_package_is_on_the_tour() -> None:
    tour = (ROOT / "docs" / "tour.md").read_text(encoding="utf-8")
    packages = {path.parent.name for path in SOURCE.glob("*/__init__.py")}
    assert {name for name in packages if name not in tour} == set()


@pytest.mark.parametrize("document", WRITTEN, ids=lambda path: str(path.relative_to(ROOT)))
def test_links_between_documents_lead_somewhere(document: Path) -> None:
    links = LINK.findall(document.read_text(encoding="utf-8"))
    assert [link for link in links if not (document.parent / link).exists()] == []


def defined(path: Path, name: str) -> bool:
    """Whether the file defines the name at its top or in a class."""
    if not path.exists():
        return False
    pattern = rf"^\s*(?:def|class) {name}\b|^{name}\b[^\n]*="
    return re.search(pattern, path.read_text(encoding="utf-8"), re.M) is not None
