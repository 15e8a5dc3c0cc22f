"""Search alone: ``python -m tests.bench.search [--documents 1000000] [--index DIRECTORY] [--json]``.

Documents are made by seeded recombination of the sentences of the real regulations beside the checkout
(``GONGKAI_SHARED``). Measured are the build, the size, and questions by class, each with exact total, all facets and
the ranking of the product, against the bare engine asked for the same words, total and twenty hits. The quality of the
order is measured on the regulations themselves (``search/judged``).
"""

import argparse
import json
import os
import random
import re
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import Any

import django
import tantivy

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongkai.config.settings")
django.setup()

from tests.bench.figures import Spread, taken  # noqa: E402 - settings come first
from tests.search import corpus  # noqa: E402

from gongkai.search import analysis, quality  # noqa: E402
from gongkai.search.asking import FACETS, Asked  # noqa: E402
from gongkai.search.engines.contract import NEVER, Holding, Item, Wanted  # noqa: E402
from gongkai.search.engines.tantivy_engine import TantivyEngine  # noqa: E402
from gongkai.search.query import search  # noqa: E402
from gongkai.search.weighing import weight  # noqa: E402

_ROOT = Path(__file__).resolve().parents[2]
_SENTENCE = re.compile(r"[^。；\n]{6,120}[。；]")
_BUILT = "bench.json"  # lies in an index that is complete: of how many documents, and how long it took
_AT_ONCE = 2_000
_COMMIT_EVERY = 50_000
_BODY = 600  # characters, about what an announcement has
_EACH = 16  # questions of a class
_TODAY = 20261101
_ENDINGS = ("有关事项的通知", "的公告", "实施情况的通报", "的解读")


def main(arguments: Sequence[str]) -> int:
    """Measures and prints; returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.search")
    parser.add_argument("--documents", type=int, default=20_000)
    parser.add_argument("--index", type=Path, help="where the index stays: made there, or asked again as it is")
    parser.add_argument(
        "--demo", action="store_true", help="the judged questions of the demo in the data directory, only"
    )
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args(arguments)
    if asked.demo:
        print(json.dumps(demo(), ensure_ascii=False))
        return 0
    if asked.index:
        found = measure(asked.documents, asked.index)
    else:
        with tempfile.TemporaryDirectory(prefix="gongkai-bench-search-") as name:
            found = measure(asked.documents, Path(name) / "index")
    print(json.dumps(found, ensure_ascii=False) if asked.json else markdown(found))
    return 0


def measure(documents: int, directory: Path) -> dict[str, Any]:
    """Everything, as values for JSON."""
    shared = Path(os.environ.get("GONGKAI_SHARED", _ROOT.parent / "shared")) / "data"
    regulations = corpus.regulations(shared)
    sentences = list(dict.fromkeys(one for item in regulations for one in _SENTENCE.findall(item.texts[0])))
    titles = [item.title for item in regulations]
    if not directory.exists():
        _build(documents, directory, sentences, titles)
    found: dict[str, Any] = json.loads((directory / _BUILT).read_text()) | {"quality": _quality(regulations)}
    engine = TantivyEngine(directory)
    stats = engine.stats()
    found["index"] = {"items": stats.items, "bytes": stats.bytes, "segments": stats.segments}
    found["replace"] = _replace(engine, sentences, titles)
    found["classes"] = {
        name: _class(engine, questions) for name, questions in _questions(sentences, random.Random(4)).items()
    }
    engine.close()
    return found


def demo() -> dict[str, Any]:
    """How well the demo city's questions are answered, by the index of the data directory (``gongkai demo`` first)."""
    found = {}
    for one in quality.judged("demo"):
        hits = search(Asked(one.text, size=50, facets=())).hits
        ranked, grades = [one.grades.get(hit.title, 0) for hit in hits], list(one.grades.values())
        found[one.text] = (quality.ndcg(ranked, grades), quality.recall(ranked, grades))
    mean = quality.quality(found)
    return {"questions": mean.questions, "ndcg": mean.ndcg, "recall": mean.recall, "worst": list(mean.worst)}


def made_up(number: int, sentences: Sequence[str], titles: Sequence[str]) -> Iterator[Item]:
    """So many documents, the same for the same number: sixty agencies of unequal size, 24 columns, 13 years."""
    chance = random.Random(number)
    weights = [1 / (place + 1) for place in range(60)]
    for one in range(1, number + 1):
        body, length = [], 0
        while length < _BODY:
            body.append(chance.choice(sentences))
            length += len(body[-1])
        day = chance.randrange(2014, 2027) * 10_000 + chance.randrange(1, 13) * 100 + chance.randrange(1, 29)
        lapses = chance.random() < 0.2
        holding = Holding("valid", day, day + 50_000 if chance.random() < 0.3 else NEVER) if lapses else Holding()
        yield Item(
            key=f"document:{one}",
            subject=f"document:{one}",
            labels=("public",) if one % 50 else (f"agency:{one % 60}",),
            title=f"关于{chance.choice(titles)}{chance.choice(_ENDINGS)}",
            texts=("".join(body),),
            numbers=(f"number:澜政发{_year(one)}/{one}",),
            terms={
                "kind": ("document",),
                "agency": (str(chance.choices(range(60), weights)[0]),),
                "type": (f"type{chance.randrange(18)}",),
                "column": tuple(str(chance.randrange(24)) for _ in range(2)),
                "topic": (str(chance.randrange(40)),) if chance.random() < 0.1 else (),
                "year": (str(day // 10_000),),
            },
            order=day << 32 | one,
            day=day,
            holding=holding,
            weight=weight(holding, binding=lapses, day=day, today=_TODAY),
            as_of=_TODAY,
            shown={"title": "", "former": 0},
        )


def _year(number: int) -> int:
    """Of the document number that the document of this number bears."""
    return 2014 + number % 13


def _build(documents: int, directory: Path, sentences: Sequence[str], titles: Sequence[str]) -> None:
    engine = TantivyEngine(directory, create=True, heap=256_000_000)
    seconds = taken(lambda: _fill(engine, made_up(documents, sentences, titles)))
    engine.close()
    told = {"documents": documents, "build": {"seconds": seconds, "per_second": documents / seconds}}
    (directory / _BUILT).write_text(json.dumps(told))


def _fill(engine: TantivyEngine, items: Iterator[Item]) -> None:
    done = 0
    while some := list(islice(items, _AT_ONCE)):
        engine.replace([], some)
        done += len(some)
        if done % _COMMIT_EVERY == 0:
            engine.commit()
            print(f"{done} …", file=sys.stderr, flush=True)
    engine.commit()
    engine.release()


def _replace(engine: TantivyEngine, sentences: Sequence[str], titles: Sequence[str]) -> dict[str, Any]:
    """One document replaced, committed, and seen by a search."""
    items = list(made_up(40, sentences, titles))

    def once(item: Item) -> None:
        engine.replace([item.subject], [item])
        engine.commit()
        engine.count(Wanted(labels=frozenset({"public"}), today=_TODAY))

    spread = Spread.of([taken(lambda item=item: once(item)) for item in items][5:])  # type: ignore[misc]
    engine.release()
    return spread.as_dict()


def _questions(sentences: Sequence[str], chance: random.Random) -> dict[str, list[Wanted]]:
    """By class. Words are cut out of the texts where a character run allows it, so frequent and rare ones occur."""

    def cut(length: int) -> str:
        while True:
            runs = [run for run in analysis.runs(chance.choice(sentences)) if analysis.is_han(run)]
            long = [run for run in runs if len(run) >= length]
            if long:
                run = chance.choice(long)
                at = chance.randrange(len(run) - length + 1)
                return run[at : at + length]

    plain = {
        "两个字": [cut(2) for _ in range(_EACH)],
        "四个字": [cut(4) for _ in range(_EACH)],
        "长词句（6至16字）": [cut(6 + number % 11) for number in range(_EACH)],
        "几个词": [f"{cut(2)} {cut(4)}" if number % 2 else f"{cut(2)} {cut(2)} {cut(3)}" for number in range(_EACH)],
    }
    found = {name: [_wanted(text) for text in texts] for name, texts in plain.items()}
    mixed = [one for questions in found.values() for one in questions]
    filters = {"agency": ("1",), "year": ("2024", "2025")}
    found["带筛选（机关、两年）"] = [replace(one, filters=filters) for one in mixed]
    found["按日期排"] = [replace(one, by_date=True) for one in mixed]
    found["一个字"] = [_wanted(cut(1)) for _ in range(_EACH)]
    numbers = [(_year(one), one) for one in range(1, _EACH + 1)]
    found["发文字号"] = [_wanted(f"澜政发〔{year}〕{one}号", f"number:澜政发{year}/{one}") for year, one in numbers]
    return found


def _wanted(text: str, number: str = "") -> Wanted:
    return Wanted(
        labels=frozenset({"public"}),
        today=_TODAY,
        alternatives=(tuple(analysis.phrases(text)),),
        numbers=(number,) if number else (),
        whole=analysis.squeezed(text),
        facets=tuple(FACETS),
    )


def _class(engine: TantivyEngine, questions: Sequence[Wanted]) -> dict[str, Any]:
    """Warm, one client; beside the time the processor's, which other programs do not lengthen.

    ``hits`` are the middle and the largest total of the class.
    """
    totals = sorted(engine.search(one).total for one in questions)
    return {
        "hits": [totals[len(totals) // 2], totals[-1]],
        "full": _spread(engine.search, questions),
        "no_facets": _spread(lambda one: engine.search(replace(one, facets=())), questions),
        # One character is no pair, and a number is no word: there is nothing to ask the bare engine for.
        "bare": _spread(_bare(engine.directory), questions) if _in_pairs(questions) else None,
    }


def _in_pairs(questions: Sequence[Wanted]) -> bool:
    phrases = [phrase for one in questions for way in one.alternatives for phrase in way]
    return not any(one.numbers for one in questions) and not any(one.is_one_character for one in phrases)


def _bare(directory: Path) -> Callable[[Wanted], Any]:
    """tantivy itself on the same index: all pairs of a word as a phrase, the exact total, twenty hits; no facets, no
    labels, no filters, nothing lifted."""
    index = tantivy.Index.open(str(directory))
    index.reload()
    searcher = index.searcher()

    def search(wanted: Wanted) -> Any:
        words = [one for way in wanted.alternatives for phrase in way for one in [analysis.tokens(phrase.runs)[1:-1]]]
        queries = [_phrase(index.schema, one) for one in words if one]
        must = [(tantivy.Occur.Must, one) for one in queries]
        return searcher.search(tantivy.Query.boolean_query(must), limit=20)

    return search


def _phrase(schema: tantivy.Schema, pairs: list[str]) -> tantivy.Query:
    if len(pairs) == 1:
        return tantivy.Query.term_query(schema, "text", pairs[0])
    return tantivy.Query.phrase_query(schema, "text", list(pairs))


def _spread(act: Callable[[Wanted], Any], questions: Sequence[Wanted]) -> dict[str, Any]:
    for one in questions:
        act(one)
    samples, processor = [], []
    for _ in range(3):
        for one in questions:
            begin, used = time.perf_counter(), time.process_time()
            act(one)
            samples.append(time.perf_counter() - begin)
            processor.append(time.process_time() - used)
    return Spread.of(samples).as_dict() | {"cpu": Spread.of(processor).as_dict()}


def _quality(regulations: Sequence[Item]) -> dict[str, Any]:
    with tempfile.TemporaryDirectory(prefix="gongkai-bench-judged-") as name:
        engine = TantivyEngine(Path(name) / "index", create=True)
        engine.replace([], regulations)
        engine.commit()
        found = corpus.measured(engine, regulations, quality.judged("regulations"))
        engine.close()
    return {"questions": found.questions, "ndcg": found.ndcg, "recall": found.recall}


def markdown(found: dict[str, Any]) -> str:
    """The tables for ``docs/bench.md``."""
    head = ["问题", "命中（中位 / 最多）", "p50", "p95", "处理器 p50", "p95", "不计分面 p95", "裸引擎 p50", "p95"]
    rows = []
    for name, one in found["classes"].items():
        full, bare, cpu = one["full"], one["bare"], one["full"]["cpu"]
        times = [full["p50"], full["p95"], cpu["p50"], cpu["p95"], one["no_facets"]["p95"]]
        hits = " / ".join(f"{hit:,}" for hit in one["hits"])
        against = [f"{bare['p50']:.1f} 毫秒", f"{bare['p95']:.1f} 毫秒"] if bare else ["—", "—"]
        rows.append([name, hits, *(f"{each:.1f} 毫秒" for each in times), *against])
    lines = [f"| {' | '.join(cells)} |" for cells in (head, ["---"] * len(head), *rows)]
    index, build = found["index"], found["build"]
    told = [
        f"## 检索（{found['documents']:,} 份）",
        "",
        f"建索引 {build['per_second']:.0f} 份/秒，共 {build['seconds']:.0f} 秒。",
        f"索引 {index['bytes'] / 1024 / 1024:.0f} MB，{index['segments']} 段。"
        f"替换一份、提交并查到：p50 {found['replace']['p50']:.0f} 毫秒，p95 {found['replace']['p95']:.0f} 毫秒。",
        f"评判过的 {found['quality']['questions']} 个问题（真实法规）：nDCG@10 {found['quality']['ndcg']:.3f}，"
        f"recall@50 {found['quality']['recall']:.3f}。",
        "",
        *lines,
    ]
    return "\n".join(told) + "\n"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
