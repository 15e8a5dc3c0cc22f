"""Structure and identity over 712 real regulations (行政法规, 部门规章) beside the checkout."""

import os
import re
from collections import defaultdict
from itertools import pairwise
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from gongkai.texts import richtext
from gongkai.texts.diff import RowKind, compare
from gongkai.texts.provisions import identify, parse

SHARED = Path(os.environ.get("GONGKAI_SHARED", Path(__file__).parents[2].parent / "shared"))
REGULATIONS = SHARED / "data" / "regulations"

pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not REGULATIONS.is_dir(), reason="the regulations are not beside the checkout"),
]

NAME = re.compile(r"(?P<name>.+)\((?P<date>\d{4}-\d{2}-\d{2})\)")


def sources() -> list[Path]:
    return sorted(REGULATIONS.rglob("*.md"))


def as_html(path: Path) -> str:
    return MarkdownIt("commonmark").render(path.read_text(encoding="utf-8"))


def editions() -> list[tuple[Path, Path]]:
    """Neighbouring editions of one regulation, older first."""
    dated: dict[str, list[tuple[str, Path]]] = defaultdict(list)
    for path in sources():
        if match := NAME.fullmatch(path.stem):
            dated[match["name"]].append((match["date"], path))
    pairs = []
    for versions in dated.values():
        versions.sort()
        pairs += [(older, newer) for (_, older), (_, newer) in pairwise(versions)]
    return pairs


def test_every_article_is_recognised() -> None:
    total, missed, gaps = 0, [], []
    for path in sources():
        source = path.read_text(encoding="utf-8")
        expected = re.findall(r"^第[^条\s]{1,12}条", source, re.MULTILINE)
        chapters = re.findall(r"^#+ 第\S{1,4}?[编章节]", source, re.MULTILINE)
        structure = parse(as_html(path))
        articles = [article.number_label for article in structure.articles()]
        containers = [each for top in structure.provisions for each in top.walk() if each.kind in tuple("编章节")]
        if articles != expected or len(containers) != len(chapters):
            missed.append(path.stem)
        gaps += [f"{path.stem}：{gap}" for gap in structure.gaps()]
        total += len(articles)
    print(f"{total} articles; {len(gaps)} gaps", *gaps, sep="\n")
    assert not missed
    assert total > 28_000
    # One source runs several articles together in each paragraph: its gaps are the finding, not an error.
    assert {gap.partition("：")[0] for gap in gaps} == {"飞行基本规则(2007-10-18)"}


def test_identity_is_stable_also_through_the_sanitiser() -> None:
    for path in sources()[::12]:
        html, entries = identify(richtext.clean(as_html(path)))
        assert len({entry["id"] for entry in entries}) == len(entries)
        assert identify(html, entries) == (html, entries)
        cleaned = richtext.clean(html)
        assert re.findall(r' id="([^"]+)"', cleaned) == re.findall(r' id="([^"]+)"', html)
        assert identify(cleaned, entries)[1] == entries


def test_most_articles_keep_their_identity_through_real_amendments() -> None:
    pairs = editions()
    assert len(pairs) >= 30
    shares = []
    for older, newer in pairs:
        _, before = identify(as_html(older))
        _, after = identify(as_html(newer), before)
        articles = [entry for entry in after if entry["kind"] == "条"]
        known = {entry["id"] for entry in before if entry["kind"] == "条"}
        kept = [entry for entry in articles if entry["id"] in known and not entry["retired"]]
        shares.append(len(kept) / min(len(known), sum(not entry["retired"] for entry in articles)))
        unchanged = {"".join(e["text"].split()): e["id"] for e in before if e["kind"] == "条" and len(e["text"]) > 30}
        for entry in articles:
            words = "".join(entry["text"].split())
            if not entry["retired"] and words in unchanged:
                assert entry["id"] == unchanged[words], f"{newer.stem} {entry['number_label']}"
    shares.sort()
    print("share of articles that keep their id:", [f"{share:.2f}" for share in shares])
    assert shares[len(shares) // 4] > 0.9
    # The lowest is a regulation rewritten as a whole, from 38 articles to 60.
    assert shares[0] > 0.4


def test_real_amendments_are_compared_without_losing_a_character() -> None:
    for older, newer in editions():
        old_html, before = identify(as_html(older))
        new_html, after = identify(as_html(newer), before)
        comparison = compare(old_html, new_html, before, after)
        old_text, new_text = (richtext.plain_text(richtext.clean(html)) for html in (old_html, new_html))
        shown_new = "".join(row.new_text for row in comparison.rows)
        assert sorted("".join(shown_new.split())) == sorted("".join(new_text.split()))
        shown_old = "".join(row.old_text for row in comparison.rows)
        assert sorted("".join(shown_old.split())) == sorted("".join(old_text.split()))
        assert not comparison.is_same
        labels = comparison.summary.articles
        assert set(labels[RowKind.ADDED]) <= {entry["number_label"] for entry in after}
        print(newer.stem, comparison.summary.sentence, sep="：")
