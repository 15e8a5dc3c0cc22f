"""712 real regulations and the two annual reports from which the project began are imported without loss."""

import re
from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from django.db import connection
from tests.factories import imports, people
from tests.factories.people import Staffed

from gongkai.catalog.documents import Document
from gongkai.catalog.editions import Edition
from gongkai.publishing.imports import ImportStatus

pytestmark = [pytest.mark.django_db, pytest.mark.shared]

NO_WORD = re.compile(r"[\s\u200b\ufeff]")
# A source says of itself when it was issued, under which order and by whom.
NOTE = re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})日 ([^\d《》、]{2,40})令第(\d+)号(?:公布|发布)\s*")


@pytest.fixture
def at() -> Staffed:
    return people.staffed("澜川市人民政府")


def words(text: str) -> str:
    return NO_WORD.sub("", text)


def chosen(folder: Path, one_in: int, tmp_path: Path) -> Path:
    """One of so many of the folder's texts, in the same places."""
    for path in sorted(folder.rglob("*.md"))[::one_in]:
        link = tmp_path / path.relative_to(folder)
        link.parent.mkdir(parents=True, exist_ok=True)
        link.write_bytes(path.read_bytes())
    return tmp_path


@pytest.mark.long
def test_712_regulations_without_loss(at: Staffed, shared_data: Path, tmp_path: Path) -> None:
    """All on SQLite. Whether a text is read whole is no matter of the database: PostgreSQL takes one in eight."""
    one_in = 1 if connection.vendor == "sqlite" else 8
    folder = chosen(shared_data / "regulations", one_in, tmp_path)
    count = 712 // one_in
    result = imports.bring(at, folder, adopt=True, defaults={"subject": "其他"})
    lines = {one.path: one for one in result.outcomes}
    assert Counter(one.status for one in result.outcomes if one.status in ("skipped", "refused")) == {}
    assert len(lines) == count
    assert result.count(ImportStatus.TAKEN) > 520 // one_in, "the others wait for a number"
    stored = {one.document.code: one for one in Edition.objects.select_related("document").defer("body", "provisions")}
    lost, wrong, noted = [], [], 0
    for path in sorted(folder.rglob("*.md")):
        source = path.read_text(encoding="utf-8")
        head, body = source.split("<!-- INFO END -->", 1)
        outcome = lines[path.relative_to(folder).as_posix()]
        edition = stored[outcome.code]
        if not words(edition.text).endswith(words(re.sub(r"(?m)^\s*#{1,6} ", "", body))):
            lost.append(path.name)
        assert words(edition.title) == words(head.split("\n")[0].lstrip("# "))
        note = next(filter(None, (NOTE.fullmatch(line) for line in head.split("\n"))), None)
        if note:
            noted += 1
            said = date(int(note[1]), int(note[2]), int(note[3]))
            found = (edition.date_of_issue, edition.document_number, edition.issuer)
            if found != (said, f"{note[4]}令第{note[5]}号", note[4]):
                wrong.append((path.name, found))
    assert (lost, wrong) == ([], [])
    assert noted > 450 // one_in
    again = imports.bring(at, folder, adopt=True)
    assert again.count(ImportStatus.SKIPPED) == count
    assert Document.objects.count() == count


def test_the_two_reports_from_which_it_began(at: Staffed, shared_data: Path, tmp_path: Path) -> None:
    [first, second] = sorted((shared_data / "seeds").glob("*.txt"))
    title = "2020年政府信息公开工作年度报告"
    listed = imports.json_list([{"file": second.name, "title": title, "date": "2021-01-28"}])
    manifest = imports.folder(tmp_path, {"list.json": listed}) / "list.json"
    defaults = {"subject": "综合政务"}
    result = imports.bring(at, shared_data / "seeds", manifest=manifest, adopt=True, defaults=defaults)
    assert {one.type for one in result.outcomes} == {"annual_report"}
    by_path = {
        one.path: Edition.objects.select_related("document").get(document__code=one.code) for one in result.outcomes
    }
    traditional, plain = by_path[first.name], by_path[second.name]
    text = first.read_text(encoding="utf-8")
    assert traditional.title == text.split("\n")[0].strip()
    assert traditional.date_of_issue == date(2021, 1, 29)
    assert traditional.document.listed_at is not None
    assert traditional.document.listed_at.isoformat() == "2021-01-29T02:00:00+00:00"
    assert traditional.title.startswith(traditional.source)
    assert traditional.source.endswith("城市管理委員會")
    assert words(traditional.text) in words(text)
    assert len(words(text)) - len(words(traditional.text)) < 200, "title, labels and buttons of the page"
    assert (plain.title, plain.date_of_issue) == (title, date(2021, 1, 28))
    assert words(plain.text) == words(second.read_text(encoding="utf-8"))
    assert sum(line.startswith(tuple("一二三四五六")) for line in plain.text.split("\n")) >= 6
