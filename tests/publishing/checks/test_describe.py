"""docs/checks.md is written from the registry, and is up to date."""

from pathlib import Path

from gongkai.publishing.checks import all_checks
from gongkai.publishing.checks.describe import markdown

DOCUMENT = Path(__file__).parents[3] / "docs" / "checks.md"


def test_every_check_is_described() -> None:
    text = markdown()
    for check in all_checks():
        assert f"`{check.key}`" in text
        assert check.description
        assert check.law_or_source


def test_the_document_is_up_to_date() -> None:
    assert DOCUMENT.read_text(encoding="utf-8") == markdown(), (
        "docs/checks.md 已过时，请运行：python -m gongkai.publishing.checks.describe > docs/checks.md"
    )
