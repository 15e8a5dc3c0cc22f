"""How people in charge steer the search: synonyms, best bets, words that are not suggested. One ledger entry each.

``agency`` None is the whole city: the caller has made sure that the officer is of the supervising office.
"""

import re
from collections.abc import Sequence
from datetime import date

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import transaction

from gongkai.agencies.bodies import Agency
from gongkai.catalog.documents import Document
from gongkai.ledger.recording import record
from gongkai.ledger.refs import Named, Ref
from gongkai.search import ledger_kinds as kinds
from gongkai.search.best_bets import BestBet
from gongkai.search.frequent import DeniedSuggestion
from gongkai.search.synonyms import SynonymGroup
from gongkai.search.wording import fold

LONGEST_WORD = 20
MOST_WORDS = 12
_OWN_PATH = re.compile(r"/(?!/)[^\s\\]*")
_https = URLValidator(schemes=["https", "http"])


@transaction.atomic
def save_synonyms(
    *, agency: Agency | None, words: Sequence[str], by: Ref | Named, note: str = "", group: SynonymGroup | None = None
) -> SynonymGroup:
    """Make or change a group of equal words. Raises ValidationError by field."""
    folded = list(dict.fromkeys(one for one in map(fold, words) if one))
    _check_words(agency, folded, group)
    before = str(group) if group else ""
    group = group or SynonymGroup(agency=agency)
    group.words, group.note = folded, note.strip()
    group.full_clean()
    group.save()
    what = f"{before} 改为 {group}" if before else str(group)
    record(kinds.SYNONYMS_CHANGED, by=by, subject=group, agency=agency, what=what)
    return group


@transaction.atomic
def remove_synonyms(group: SynonymGroup, *, by: Ref | Named) -> None:
    """Take a group out."""
    subject, agency = group.ref(), group.agency
    group.delete()
    record(kinds.SYNONYMS_CHANGED, by=by, subject=subject, agency=agency, what=f"删除 {subject.label}")


def _check_words(agency: Agency | None, words: Sequence[str], group: SynonymGroup | None) -> None:
    if len(words) < 2:
        raise ValidationError({"words": "至少写两个不同的词，如：公租房、公共租赁住房。"})
    if len(words) > MOST_WORDS:
        raise ValidationError({"words": f"一组最多{MOST_WORDS}个词，意思不完全相同的请分开。"})
    wrong = [one for one in words if not 2 <= len(one) <= LONGEST_WORD]
    if wrong:
        raise ValidationError({"words": f"每个词2到{LONGEST_WORD}个字，请改：{'、'.join(wrong)}。"})
    others = SynonymGroup.objects.filter(agency=agency).exclude(pk=(group.pk if group else None) or 0)
    for other in others:
        if both := [one for one in words if one in other.words]:
            told = f"“{'、'.join(both)}”已经在另一组“{other}”里，一个词只能在一组；请并到那一组，或者先从那里去掉。"
            raise ValidationError({"words": told})


@transaction.atomic
def save_best_bet(
    *,
    agency: Agency | None,
    query: str,
    by: Ref | Named,
    document: Document | None = None,
    address: str = "",
    title: str = "",
    note: str = "",
    until: date | None = None,
    position: int = 0,
    bet: BestBet | None = None,
) -> BestBet:
    """Make or change what is shown on top for a query. Raises ValidationError by field.

    A document must be public; an address is a path of this site or an http(s) address, and needs a title.
    """
    bet = bet or BestBet(agency=agency)
    bet.query, bet.key = " ".join(query.split()), fold(query)
    bet.document, bet.address, bet.title = document, address.strip(), title.strip()
    bet.note, bet.until, bet.position = note.strip(), until, position
    _check_bet(bet)
    bet.full_clean()
    bet.save()
    until_day = f"，至{until}" if until else ""
    record(kinds.BEST_BET_CHANGED, by=by, subject=bet, agency=agency, what=f"{bet}{until_day}")
    return bet


@transaction.atomic
def remove_best_bet(bet: BestBet, *, by: Ref | Named) -> None:
    """Recommend it no longer."""
    subject, agency, what = bet.ref(), bet.agency, f"删除 {bet}"
    bet.delete()
    record(kinds.BEST_BET_CHANGED, by=by, subject=subject, agency=agency, what=what)


def _check_bet(bet: BestBet) -> None:
    if len(bet.key) < 2:
        raise ValidationError({"query": "请填写搜索词，至少两个字。"})
    if bool(bet.document) == bool(bet.address):
        raise ValidationError({"address": "请填写一份文件的索引号，或者一个网址，两者只填一个。"})
    if bet.document is not None and not bet.document.is_public:
        raise ValidationError({"document": "这份文件没有公开，不能推荐。请先发布，或者换一份。"})
    if not bet.address:
        return
    if not bet.title:
        raise ValidationError({"title": "推荐网址时，请写明显示给公众的标题。"})
    if not _OWN_PATH.fullmatch(bet.address):
        try:
            _https(bet.address)
        except ValidationError:
            told = "请填写本站路径（如 /lm/zhinan/）或者以 https:// 开头的完整网址。"
            raise ValidationError({"address": told}) from None


@transaction.atomic
def deny_suggestion(*, agency: Agency | None, word: str, by: Ref | Named, note: str = "") -> DeniedSuggestion:
    """Suggest nothing any more that contains this word. Raises ValidationError by field."""
    folded = fold(word)
    if len(folded) < 2:
        raise ValidationError({"word": "请填写要屏蔽的词，至少两个字。"})
    denied = DeniedSuggestion.objects.filter(agency=agency, word=folded).first() or DeniedSuggestion(
        agency=agency, word=folded
    )
    denied.note = note.strip()
    denied.full_clean()
    denied.save()
    record(kinds.SUGGESTION_DENIED, by=by, subject=denied, agency=agency, what=f"屏蔽“{folded}”")
    return denied


@transaction.atomic
def allow_suggestion(denied: DeniedSuggestion, *, by: Ref | Named) -> None:
    """Let the word be suggested again."""
    subject, agency = denied.ref(), denied.agency
    denied.delete()
    record(kinds.SUGGESTION_DENIED, by=by, subject=subject, agency=agency, what=f"不再屏蔽“{subject.label}”")
