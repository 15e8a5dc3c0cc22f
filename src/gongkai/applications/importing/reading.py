"""From a workbook to the cases of a former ledger: rows with the same number are items of one application."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from gongkai.applications.importing import cells
from gongkai.applications.importing.cases import LedgerCase, LedgerItem, Problem
from gongkai.applications.importing.headings import BY_KEY, COLUMNS, Heading, find
from gongkai.law import replies
from gongkai.texts import spreadsheets
from gongkai.texts.reading import UnreadableFile

MAX_BYTES = 20 * 1024 * 1024
MAX_ROWS = 20_000  # the busiest agencies receive some thousand applications a year

_LONGEST = {"number": 60, "wanted": 300, "wanted_number": 100, "name": 100, "consulted": 120, "note": 2000}
_DAYS = frozenset(
    [
        "arrived",
        "signed",
        "confirmed",
        "clarified",
        "clarify_until",
        "supplemented",
        "consulted_on",
        "consulted_received",
        "consulted_answered",
        "extension_approved",
        "extension_notified",
        "replied",
        "reconsidered",
        "reconsider_decided",
        "sued",
        "sue_decided",
    ]
)
_READERS: dict[str, Callable[[str], Any]] = {
    **dict.fromkeys(_DAYS, cells.day),
    "channel": cells.channel,
    "kind": cells.kind,
    "form": cells.form,
    "way": cells.way,
    "consulted_kind": cells.asked,
    "consulted_answer": cells.answer,
    "document_kind": cells.paper,
    "extension_days": cells.count,
    "reconsider_result": cells.result,
    "sue_result": cells.result,
    "outcome": cells.outcome,
    "grounds": cells.grounds,
    "document_number": cells.plain,
    "phone": cells.plain,
    "number": cells.plain,
}


@dataclass(frozen=True)
class ReadLedger:
    """A ledger that was read: its cases in order, headings nobody knows, rows passed over and why."""

    cases: Sequence[LedgerCase]
    unknown_columns: Sequence[str]
    passed_over: Sequence[str]


def read(data: bytes) -> ReadLedger:
    """The ledger in a workbook. Raises UnreadableFile in Chinese for what is none."""
    if len(data) > MAX_BYTES:
        raise UnreadableFile(f"文件超过{MAX_BYTES // 1024 // 1024}MB，不像一份台账。请只保留台账所在的工作表后再上传。")
    rows = spreadsheets.read_rows(data, fill_merged=True)
    heading = find([one.cells for one in rows])
    if heading is None:
        raise UnreadableFile(
            "没有找到表头。表头须写明登记号、渠道、到达日期、姓名或名称、申请内容等，可以先下载模板对照。"
        )
    if heading.missing:
        raise UnreadableFile(f"表头里缺少这些列：{'、'.join(heading.missing)}。请补上，或者改成模板中的名称。")
    found = rows[heading.data_from :]
    if len(found) > MAX_ROWS:
        raise UnreadableFile(f"台账有{len(found)}行，超过{MAX_ROWS}行的上限，请分几次迁入。")
    return _read(found, heading)


def _read(rows: Sequence[spreadsheets.Row], heading: Heading) -> ReadLedger:
    cases: dict[str, LedgerCase] = {}
    passed = []
    for row in rows:
        written = {key: row.cells[at] for at, key in heading.places.items() if at < len(row.cells)}
        number = cells.plain(written.get("number", ""))
        if row.hidden:
            passed.append(f"第{row.number}行是隐藏的行，没有读取。需要迁入的，请取消隐藏后重新上传。")
        elif not number and not cells.text(written.get("wanted", "")):
            passed.append(f"第{row.number}行没有登记号，也没有申请内容，没有读取。")
        else:
            name = number or f"（第{row.number}行）"
            case = cases.setdefault(name, LedgerCase(name, named=heading.named))
            if not number:
                case.problems.append(Problem(row.number, "number", "没有登记号，请填写，以免重复迁入"))
            _add(case, row.number, written)
    if not cases:
        raise UnreadableFile("表头下面没有申请。请确认台账在第一个可见的工作表里。")
    for case in cases.values():
        _complete(case)
    return ReadLedger(list(cases.values()), list(heading.unknown), passed)


def _add(case: LedgerCase, row: int, written: dict[str, str]) -> None:
    given: dict[str, Any] = {}
    told: dict[str, Problem] = {}
    for key, cell in written.items():
        try:
            value = _READERS.get(key, cells.text)(cell)
        except ValueError as problem:
            told[key] = Problem(row, key, f"{problem}。")
            continue
        longest = _LONGEST.get(key, 500 if BY_KEY[key].of_item is False else 4000)
        if isinstance(value, str) and len(value) > longest:
            case.problems.append(Problem(row, key, f"有{len(value)}个字，最多{longest}个，请精简。"))
            continue
        given[key] = value.isoformat() if isinstance(value, date) else value
    if given.get("outcome") and not _counted_by_ground(given["outcome"]):
        # Where the decision says it all, the column of grounds holds what people wrote beside it.
        if told.pop("grounds", None):
            given["reasons"] = "；".join(filter(None, (cells.text(written["grounds"]), given.get("reasons"))))
        if not replies.outcome(given["outcome"]).needs_ground:
            given.pop("grounds", None)
    case.problems += told.values()
    _take_facts(case, row, given)
    case.items.append(
        LedgerItem(
            row,
            given.get("wanted") or "",
            given.get("wanted_number") or "",
            given.get("features") or "",
            given.get("outcome") or "",
            tuple(given.get("grounds") or ()),
            given.get("reasons") or "",
        )
    )


def _counted_by_ground(outcome: str) -> bool:
    return replies.outcome(outcome).row is None and replies.outcome(outcome).needs_ground


def _take_facts(case: LedgerCase, row: int, given: dict[str, Any]) -> None:
    """What a later row of the same case repeats must be the same; what it leaves blank counts from above."""
    for one in COLUMNS:
        value = given.get(one.key)
        if one.of_item or one.key == "number" or value in (None, ""):
            continue
        if one.key not in case.facts:
            case.facts[one.key] = value
        elif case.facts[one.key] != value:
            text = f"与同一登记号的第{case.row}行不同；同一件申请的各行应当相同，或者只在第一行填写。"
            case.problems.append(Problem(row, one.key, text))


def _complete(case: LedgerCase) -> None:
    """What is missing, and what follows from the rest."""
    wrong = {one.column for one in case.problems}
    for key in ("channel", "arrived", "name"):
        if not case.facts.get(key) and key not in wrong:
            case.problems.append(Problem(case.row, key, "没有填写。"))
    if case.facts.get("name"):
        case.facts.setdefault("kind", cells.kind_of(case.facts["name"]))
    for key, needed, why in _TOGETHER:
        if case.facts.get(key) and not case.facts.get(needed) and not {key, needed} & wrong:
            case.problems.append(Problem(case.row, needed, f"填写了“{case.column(key)}”的，{why}。"))
    for item in case.items:
        case.problems += _of_item(case, item, wrong)


_TOGETHER = (
    ("clarified", "clarify_until", "须填写要求补正的最后一日"),
    ("supplemented", "clarified", "须填写何时告知补正"),
    ("consulted_on", "consulted", "须填写征求了谁的意见"),
    ("consulted_answered", "consulted_on", "须填写何时发出"),
    ("consulted_answered", "consulted_answer", "须填写是否同意公开"),
    ("extension_notified", "extension_approved", "须填写何时批准"),
    ("extension_approved", "extension_days", "须填写延长几个工作日"),
    ("reconsidered", "reconsider_body", "须填写向谁申请"),
    ("reconsider_result", "reconsider_decided", "须填写何时审结"),
    ("reconsider_result", "reconsidered", "须填写何时申请"),
    ("sued", "sue_body", "须填写哪个法院"),
    ("sue_result", "sue_decided", "须填写何时审结"),
    ("sue_result", "sued", "须填写何时起诉"),
)
"""A fact that makes another one necessary, and why."""


def _of_item(case: LedgerCase, item: LedgerItem, wrong: set[str]) -> list[Problem]:
    found = []
    if not item.name and "wanted" not in wrong:
        found.append(Problem(item.row, "wanted", "没有填写所需信息的名称。"))
    if case.closed and not item.outcome and "outcome" not in wrong:
        found.append(Problem(item.row, "outcome", "填写了答复日期的，须填写处理决定。"))
    if item.outcome and not case.closed and "replied" not in wrong:
        found.append(Problem(item.row, "replied", "填写了处理决定的，须填写答复日期；还在办理的两项都空着。"))
    if item.outcome:
        decided = replies.outcome(item.outcome)
        if decided.row is None and not item.grounds and "grounds" not in wrong:
            found.append(Problem(item.row, "grounds", f"“{decided.label}”须填写法定理由，年度报告据此计入各行。"))
        strange = [one for one in item.grounds if decided.needs_ground and one not in decided.grounds]
        if strange:
            found.append(Problem(item.row, "grounds", f"这项理由不能作为“{decided.label}”的理由，请核对。"))
        if cells.ends_by_itself(item.outcome) and case.ending == "replied":
            text = f"“{decided.label}”是整件申请的结果，各事项须相同；只有部分事项如此的，请分作两件。"
            found.append(Problem(item.row, "outcome", text))
    return found
