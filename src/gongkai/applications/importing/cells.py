"""What stands in the cells of a former ledger, in the words offices use; what is not understood is told."""

import re
import tomllib
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import TypeVar

from gongkai.applications.applications import Channel, Form, Way
from gongkai.applications.decisions import BY_ITSELF
from gongkai.applications.parties import PartyKind
from gongkai.applications.remedies import RemedyResult
from gongkai.applications.steps import Answer, ConsultationKind
from gongkai.law import replies
from gongkai.law.grounds import GROUNDS
from gongkai.texts.credentials import CredentialKind
from gongkai.texts.dates import parse_date

V = TypeVar("V")


class Unreadable(ValueError):
    """A cell that means nothing here; the message says in Chinese what to write."""


_EXCEL_EPOCH = date(1899, 12, 30)
_EXCEL_DAYS = range(36_526, 73_051)  # 2000 to 2099 as Excel counts days
_MARKS = re.compile(r"[\s、，,。．.；;:：“”\"'《》（）()\[\]【】\-—_/]+")
_SEPARATORS = re.compile(r"[、，,；;\n]+")
_BLANK = frozenset({"", "-", "--", "—", "——", "/", "\\", "无", "否", "没有", "不详", "空"})


def plain(text: str) -> str:
    """A text as it is kept: full-width digits and letters made half-width, no blanks around; "" for what says none."""
    kept = unicodedata.normalize("NFKC", text).strip() if text else ""
    return "" if kept in _BLANK else kept


def text(written: str) -> str:
    """Free text: only blanks around it and unprintable characters go."""
    kept = re.sub("[\x00-\x08\x0b-\x1f\x7f\ufffe\uffff]", "", written.replace("\r\n", "\n")).strip()
    return "" if kept in _BLANK else kept


def day(written: str) -> date | None:
    """A date in any of the writings of ``texts.dates``, or as the number Excel keeps. Raises InvalidDate."""
    kept = plain(written)
    if not kept:
        return None
    if kept.isascii() and kept.isdigit() and int(kept) in _EXCEL_DAYS:
        return _EXCEL_EPOCH + timedelta(days=int(kept))
    return parse_date(kept)


def count(written: str) -> int | None:
    """A number of days (20, ２０个工作日). Raises Unreadable."""
    kept = plain(written)
    if not kept:
        return None
    found = re.fullmatch(r"(\d{1,3})(?:\.0)?\s*(?:个)?(?:工作日|天|日)?", kept)
    if found is None:
        raise Unreadable(f"看不懂“{kept[:20]}”，请只写数字，如20")
    return int(found[1])


def _reduced(written: str) -> str:
    return _MARKS.sub("", unicodedata.normalize("NFKC", written)).casefold()


def _table(pairs: Iterable[tuple[V, Iterable[str]]]) -> dict[str, V]:
    return {_reduced(name): value for value, names in pairs for name in names}


_WORDS: Mapping[str, Mapping[str, list[str]]] = tomllib.loads(
    Path(__file__).with_name("words.toml").read_text(encoding="utf-8")
)


def _labels(choices: Iterable[tuple[str, object]], words: str, of: Callable[[str], V]) -> dict[str, V]:
    """By every word for it; the label always among them."""
    known = {_reduced(str(label)): of(value) for value, label in choices}
    return _table((of(value), names) for value, names in _WORDS[words].items()) | known


_CHANNELS = _labels(Channel.choices, "channel", Channel)
_KINDS = _labels(PartyKind.choices, "kind", PartyKind)
_FORMS = _labels(Form.choices, "form", Form)
_WAYS = _labels(Way.choices, "way", Way)
_ASKED = _labels(ConsultationKind.choices, "asked", ConsultationKind)
_ANSWERS = _labels(Answer.choices, "answer", Answer)
_RESULTS = _labels(RemedyResult.choices, "result", RemedyResult)
_PAPERS = {_reduced(one.label): one.value for one in CredentialKind} | {
    _reduced("身份证"): "resident_id",
    _reduced("二代身份证"): "resident_id",
}
_OUTCOMES = _table((key, names) for key, names in _WORDS["outcome"].items()) | {
    _reduced(one.label): one.key for one in replies.all_outcomes()
}
_GROUNDS = _table((key, names) for key, names in _WORDS["ground"].items()) | {
    _reduced(one.label): one.key for one in GROUNDS
}
_UNANSWERED = frozenset(map(_reduced, ("尚未审结", "未审结", "审理中", "办理中", "正在审理")))
_IN_HAND = frozenset(map(_reduced, ("办理中", "在办", "正在办理", "待答复", "未办结")))


def _one_of(table: Mapping[str, V], written: str, offered: Iterable[str]) -> V | None:
    kept = plain(written)
    if not kept:
        return None
    found = table.get(_reduced(kept))
    if found is None:
        raise Unreadable(f"看不懂“{kept[:30]}”，请写：{'、'.join(offered)}")
    return found


def channel(written: str) -> Channel | None:
    return _one_of(_CHANNELS, written, (str(one.label) for one in Channel))


def kind(written: str) -> PartyKind | None:
    return _one_of(_KINDS, written, (str(one.label) for one in PartyKind))


def form(written: str) -> Form | None:
    return _one_of(_FORMS, written, (str(one.label) for one in Form))


def way(written: str) -> Way | None:
    return _one_of(_WAYS, written, (str(one.label) for one in Way))


def asked(written: str) -> ConsultationKind | None:
    return _one_of(_ASKED, written, ("第三方", "共同制作机关", "其他机关"))


def answer(written: str) -> Answer | None:
    return _one_of(_ANSWERS, written, (str(one.label) for one in Answer))


def paper(written: str) -> str | None:
    return _one_of(_PAPERS, written, (one.label for one in CredentialKind))


def result(written: str) -> RemedyResult | None:
    """None too for what says that nothing was decided yet."""
    if _reduced(plain(written)) in _UNANSWERED:
        return None
    return _one_of(_RESULTS, written, (str(one.label) for one in RemedyResult))


def outcome(written: str) -> str | None:
    """The key of an outcome of ``law.replies``; None for an item still in hand."""
    if _reduced(plain(written)) in _IN_HAND:
        return None
    return _one_of(_OUTCOMES, written, (one.label for one in replies.all_outcomes()))


def grounds(written: str) -> list[str]:
    """Keys of grounds, in the order written. Raises Unreadable for the first that is none."""
    found = []
    for part in _SEPARATORS.split(plain(written)):
        key = _GROUNDS.get(_reduced(re.sub(r"^(?:属于|涉及)", "", part))) or _GROUNDS.get(_reduced(part))
        if key is None and plain(part):
            offered = "、".join(one.label for one in GROUNDS if one.withholds)
            raise Unreadable(f"看不懂理由“{part[:30]}”，请写：{offered}")
        if key is not None and key not in found:
            found.append(key)
    return found


def outcomes_offered() -> list[tuple[str, str, str]]:
    """For the template: each outcome, what it means, and how else it may be written."""
    return [
        (one.label, one.explanation, "、".join(_WORDS["outcome"].get(one.key, ()))) for one in replies.all_outcomes()
    ]


def ends_by_itself(outcome_key: str) -> bool:
    """Whether the whole case ended with it: withdrawn, or given up."""
    return outcome_key in BY_ITSELF


_ORGANISATION = re.compile(
    r"公司|集团|事务所|中心|协会|学会|大学|学院|研究|银行|合作社|委员会|厂|店$|有限|基金会|商会|医院"
)
_LAWYERS = re.compile(r"律师事务所|法律服务所")


def kind_of(name: str) -> PartyKind:
    """Who applies, where the ledger does not say: by what its name ends in."""
    if _LAWYERS.search(name):
        return PartyKind.LEGAL_SERVICE
    return PartyKind.ENTERPRISE if _ORGANISATION.search(name) else PartyKind.CITIZEN
