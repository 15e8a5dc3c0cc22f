"""The real texts beside the checkout are read without losing a character of what they say."""

import os
import re
from pathlib import Path

import pytest

from gongkai.texts import richtext
from gongkai.texts.markup import read_labels_from_text, read_markdown, read_plain
from gongkai.texts.pdf import read_pdf
from gongkai.texts.richtext import clean, outline, plain_text

SHARED = Path(os.environ.get("GONGKAI_SHARED", Path(__file__).parents[2].parent / "shared"))
REGULATIONS = SHARED / "data" / "regulations"
SEEDS = SHARED / "data" / "seeds"

pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not SHARED.is_dir(), reason="the shared data is not beside the checkout"),
]

# What is not a word: white space, Markdown's heading marks, characters that show nothing.
NO_WORD = re.compile(r"[\s\u200b\ufeff]")


def words(text: str) -> str:
    return NO_WORD.sub("", text)


def test_no_regulation_loses_a_character() -> None:
    """One in eight; the import takes them all (``tests/publishing/importing/test_real_texts.py``)."""
    files = sorted(REGULATIONS.rglob("*.md"))
    assert len(files) == 712
    lost = []
    for file in files[::8]:
        data = file.read_bytes()
        source = read_markdown(data)
        body = data.decode().split("<!-- INFO END -->", 1)[1]
        expected = words(re.sub(r"(?m)^\s*#{1,6} ", "", body))
        if not source.title or not words(plain_text(source.html)).endswith(expected):
            lost.append(file.name)
    assert lost == []


def test_regulations_are_at_rest_after_one_cleaning() -> None:
    for file in sorted(REGULATIONS.rglob("*.md"))[::25]:
        html = read_markdown(file.read_bytes()).html
        richtext._clean.forget()
        assert clean(html) == html


def test_the_seed_in_traditional_chinese_is_freed_of_its_page() -> None:
    text = (SEEDS / "000_bcbb4007aefd19c9.txt").read_text("utf-8")
    labelled = read_labels_from_text(text)
    assert labelled.labels["PubDate"] == "2021-01-29 10:00"
    assert labelled.labels["ContentSource"] == labelled.title[: len(labelled.labels["ContentSource"])]
    assert len(labelled.furniture) == 5
    assert sorted(words(labelled.title + labelled.body + "".join(labelled.furniture))) == sorted(words(text))
    assert labelled.body.strip().startswith("依據")
    assert labelled.body.strip().endswith("請登錄查詢。")
    source = read_plain(text.encode())
    assert [heading.text[:2] for heading in outline(source.html) if heading.level == 2] == [
        "一、",
        "二、",
        "三、",
        "四、",
        "五、",
        "六、",
    ]
    assert words(plain_text(source.html)) == words(labelled.body)


def test_the_seed_that_begins_at_once_is_all_text() -> None:
    data = (SEEDS / "003_e51b966ab83fbc2a.txt").read_bytes()
    source = read_plain(data)
    assert (source.title, source.labels, source.warnings) == ("", {}, ())
    assert words(plain_text(source.html)) == words(data.decode())
    assert sum(heading.level == 2 for heading in outline(source.html)) == 6


def test_a_published_report_in_pdf_is_read() -> None:
    read = read_pdf((SHARED / "data" / "reports" / "full-02-hongze-2023.pdf").read_bytes())
    assert read.has_text
    assert len(read.pages) == read.page_count
    assert "政府信息公开" in words(read.text)
