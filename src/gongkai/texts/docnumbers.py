"""发文字号: the number an official document is issued under.

GB/T 9704—2012, 7.2.5: 发文机关代字 + year in full inside 〔 〕 + serial without 第 and without leading zeros + 号.
Orders (令) and announcements (公告, 通告) count differently: 国务院令第711号, 财政部公告2020年第3号.
"""

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum

from gongkai.texts.dates import NUMERAL_CHARACTERS, InvalidNumeral, chinese_numeral, from_chinese_numeral

EARLIEST_YEAR, LATEST_YEAR = 1949, 2099


class InvalidDocumentNumber(ValueError):
    """Not a document number; the message is Chinese and says what is wrong and how to write it."""


_SORTS = ("令", "公告", "通告")


class Kind(StrEnum):
    """How the number counts, and so how it is written."""

    DOCUMENT = "document"  # 澜城管发〔2024〕17号
    ORDER = "order"  # 国务院令第711号
    ANNOUNCEMENT = "announcement"  # 财政部公告2020年第3号


@dataclass(frozen=True, slots=True)
class DocumentNumber:
    """issuer: 发文机关代字 (国办发), or with orders and announcements the name including 令/公告/通告 (国务院令).

    `str()` is the official way of writing it. `year` is None only with orders and announcements counted through.
    """

    issuer: str
    year: int | None
    serial: int
    kind: Kind

    def __str__(self) -> str:
        if self.kind is Kind.DOCUMENT:
            return f"{self.issuer}〔{self.year}〕{self.serial}号"
        counted = f"{f'{self.year}年' if self.year else ''}第{self.serial}号"
        # Cited without its issuer (第711号令), the sort of document follows the number.
        return f"{counted}{self.issuer}" if self.issuer in _SORTS else f"{self.issuer}{counted}"


# After NFKC has made ［ and （ narrow, brackets of every shape are folded to the statutory pair.
_BRACKETS = str.maketrans(
    dict(zip("[(【〖{〈《<", "〔" * 8, strict=True)) | dict(zip("])】〗}〉》>", "〕" * 8, strict=True))
)
_NUMERAL = rf"[0-9{NUMERAL_CHARACTERS}]+"
_WRAPPED_ORDER = re.compile(r"(.*令)〔(第[^〔〕]+号)〕")
_PLAIN = re.compile(rf"(?P<issuer>.*?)(?:(?P<year>{_NUMERAL}) ?年 ?)?第? ?(?P<serial>{_NUMERAL}) ?号(?P<after>.*)")
_ISSUER = re.compile(r"[\u3400-\u9fffA-Za-z0-9·、 （）—-]+")
_EXAMPLE = "请写成“国办发〔2019〕54号”的形式"


def parse(text: str) -> DocumentNumber:
    """Read a document number in any of the usual ways of typing it.

    Brackets of any shape, full-width digits, spaces, 国办发2019年第54号, 第711号令, 2020年第3号公告 are accepted and
    normalised. Refused, because somebody must decide what is meant: no year, half a bracket, 第 or leading zeros in the
    serial of the bracketed form, two numbers at once. Raises InvalidDocumentNumber.
    """
    typed = " ".join(text.split())
    folded = " ".join(unicodedata.normalize("NFKC", text).replace("號", "号").translate(_BRACKETS).split())
    if not folded:
        raise InvalidDocumentNumber(f"请填写发文字号。{_EXAMPLE}")
    folded = _without_wrapping(folded)
    if wrapped := _WRAPPED_ORDER.fullmatch(folded):
        folded = wrapped[1] + wrapped[2]
    if folded.count("〔") != folded.count("〕"):
        raise InvalidDocumentNumber(f"发文字号“{typed}”的括号不成对。{_EXAMPLE}")
    if len(re.findall(r"〕[^〔〕]*号", folded)) > 1:
        raise InvalidDocumentNumber(f"“{typed}”含有不止一个发文字号，联合行文只写主办机关的发文字号")
    before, bracket, after = folded.rpartition("〔")
    if bracket and not folded.endswith("〕"):
        year, _, serial = after.partition("〕")
        return _bracketed(before, year.strip(), serial.strip(), typed)
    return _plain(folded, typed)


def _without_wrapping(folded: str) -> str:
    """（国办发〔2019〕54号）: under a title the whole number stands in brackets."""
    if folded.startswith("〔") and folded.endswith("〕") and folded.count("〔") == folded.count("〕"):
        inner = folded[1:-1].strip()
        if inner.endswith(("号", *_SORTS)):
            return inner
    return folded


def _bracketed(issuer: str, year: str, serial: str, typed: str) -> DocumentNumber:
    if not year:
        raise InvalidDocumentNumber(f"发文字号“{typed}”缺少年份。{_EXAMPLE}")
    if year.endswith("年"):
        raise InvalidDocumentNumber(f"发文字号“{typed}”的括号内只写年份数字，请删去“年”字")
    if serial.startswith("第"):
        raise InvalidDocumentNumber(f"发文字号“{typed}”的序号前不加“第”字。{_EXAMPLE}")
    if not serial.endswith("号"):
        problem = "“号”字后面有多余的内容" if "号" in serial else "缺少“号”字"
        raise InvalidDocumentNumber(f"发文字号“{typed}”{problem}。{_EXAMPLE}")
    return DocumentNumber(
        _compact_issuer(issuer, typed), _year(year, typed), _serial(serial[:-1].strip(), typed), Kind.DOCUMENT
    )


def _plain(folded: str, typed: str) -> DocumentNumber:
    match = _PLAIN.fullmatch(folded.replace("〔", "（").replace("〕", "）"))
    if match is None:
        problem = "缺少序号" if "号" in folded else "缺少序号和“号”字"
        raise InvalidDocumentNumber(f"“{typed}”不是发文字号，{problem}。{_EXAMPLE}")
    issuer = _joined_names(f"{match['issuer']} {match['after']}")
    if not issuer.endswith(_SORTS):
        return _unbracketed(match, typed)
    _checked_issuer(issuer, typed)
    year = _year(match["year"], typed) if match["year"] else None
    kind = Kind.ORDER if issuer.endswith("令") else Kind.ANNOUNCEMENT
    return DocumentNumber(issuer, year, _serial(match["serial"], typed), kind)


def _unbracketed(match: re.Match[str], typed: str) -> DocumentNumber:
    """国办发2019年第54号: the newspaper's way of writing 国办发〔2019〕54号."""
    if match["year"] is None:
        looks_dated = re.search(r"(?:19|20)\d\d", typed)
        problem = "的年份应放在六角括号〔〕内" if looks_dated else "缺少年份"
        raise InvalidDocumentNumber(f"发文字号“{typed}”{problem}。{_EXAMPLE}")
    if match["after"].strip():
        raise InvalidDocumentNumber(f"发文字号“{typed}”的“号”字后面有多余的内容。{_EXAMPLE}")
    issuer = _compact_issuer(match["issuer"], typed)
    return DocumentNumber(issuer, _year(match["year"], typed), _serial(match["serial"], typed), Kind.DOCUMENT)


def _compact_issuer(written: str, typed: str) -> str:
    issuer = "".join(written.split()).replace("〔", "（").replace("〕", "）").replace("•", "·")
    if not issuer:
        raise InvalidDocumentNumber(f"发文字号“{typed}”缺少发文机关代字。{_EXAMPLE}")
    return _checked_issuer(issuer, typed)


def _checked_issuer(issuer: str, typed: str) -> str:
    if not _ISSUER.fullmatch(issuer):
        raise InvalidDocumentNumber(f"发文字号“{typed}”的发文机关代字含有不应出现的符号。{_EXAMPLE}")
    return issuer


def _joined_names(written: str) -> str:
    """Several issuers of one announcement stay apart (财政部 税务总局公告); a lone 令 belongs to the name before."""
    joined = ""
    for name in written.split():
        joined += name if not joined or name in _SORTS else f" {name}"
    return joined


def _year(written: str, typed: str) -> int:
    try:
        year = from_chinese_numeral(written)
    except InvalidNumeral as problem:
        raise InvalidDocumentNumber(f"发文字号“{typed}”的年份“{written}”不是数字。{_EXAMPLE}") from problem
    if year < 1000:
        raise InvalidDocumentNumber(f"发文字号“{typed}”的年份应写全四位数，如〔2019〕")
    if not EARLIEST_YEAR <= year <= LATEST_YEAR:
        raise InvalidDocumentNumber(f"发文字号“{typed}”的年份{year}超出范围（{EARLIEST_YEAR}年至{LATEST_YEAR}年）")
    return year


def _serial(written: str, typed: str) -> int:
    try:
        serial = from_chinese_numeral(written)
    except InvalidNumeral as problem:
        raise InvalidDocumentNumber(f"发文字号“{typed}”的序号有误：{problem}。{_EXAMPLE}") from problem
    if serial == 0:
        raise InvalidDocumentNumber(f"发文字号“{typed}”的序号应从1开始")
    if written.startswith("0"):
        raise InvalidDocumentNumber(f"发文字号“{typed}”的序号不编虚位，请将“{written}”写成“{serial}”")
    return serial


def search_forms(number: DocumentNumber) -> tuple[str, ...]:
    """All usual ways of typing the number, the official one first, each once; for finding it in texts and queries."""
    issuer, year, serial = number.issuer, number.year, number.serial
    if number.kind is Kind.DOCUMENT:
        pairs = ("〔〕", "[]", "［］", "()", "（）", "【】")
        forms = [f"{issuer}{pair[0]}{year}{pair[1]}{serial}号" for pair in pairs]
        forms += [f"{issuer}{pair[0]}{year}{pair[1]}第{serial}号" for pair in pairs]
        forms += [f"{issuer}{year}年第{serial}号", f"{issuer}{year}年{serial}号", f"{issuer}{year}{serial}号"]
        return tuple(dict.fromkeys(forms))
    sort = next(sort for sort in _SORTS if issuer.endswith(sort))
    name, dated = issuer.removesuffix(sort), f"{year}年" if year else ""
    forms = [str(number)]
    for who in _names_of_the_state(name):
        for written in (str(serial), chinese_numeral(serial)):
            forms += [f"{who}{sort}{dated}第{written}号", f"{who}{sort}（{dated}第{written}号）"]
            forms += [f"{who}{dated}第{written}号{sort}", f"{dated}第{written}号{who}{sort}"]
        forms += [
            f"{who}{sort}{dated}{serial}号",
            f"{who}{sort}〔{year}〕{serial}号" if year else f"{who}{serial}号{sort}",
        ]
    forms.append(f"{dated}第{serial}号{sort}")
    return tuple(dict.fromkeys(forms))


def _names_of_the_state(name: str) -> tuple[str, ...]:
    """国务院令 and 中华人民共和国国务院令 are the same orders."""
    full = "中华人民共和国"
    if name.startswith(full):
        return name, name.removeprefix(full)
    return (name, full + name) if name in ("国务院", "主席") else (name,)
