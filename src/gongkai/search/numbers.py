"""Document and index numbers as they are found: one key for all usual ways of typing them. Pure."""

import re

from gongkai.search import analysis
from gongkai.texts import docnumbers
from gongkai.texts.dates import InvalidNumeral, from_chinese_numeral
from gongkai.texts.docnumbers import DocumentNumber, InvalidDocumentNumber, Kind

_NUMERAL = "[0-9〇○零一二三四五六七八九十百千]+"
_YEAR_AND_SERIAL = re.compile(rf"[^\w]*((?:19|20)[0-9]{{2}})\s*年?[^\w]*\s*第?\s*({_NUMERAL})\s*号", re.ASCII)
_SHORT_ORDER = re.compile("[省市县区]?(?:人民)?政府令|令")
_INDEX_NUMBER = re.compile(r"[a-z0-9]*[a-z][a-z0-9]*\W+(?:19|20)[0-9]{2}\W+[0-9]+|[a-z0-9]+(?:[-/_.][a-z0-9]+){2,}")


def keys_of(document_number: str, index_number: str) -> tuple[str, ...]:
    """What a document with these numbers is found by: its whole document number, year and serial alone, 索引号."""
    keys = []
    if document_number:
        keys += [_written(document_number)]
        number = _read(document_number)
        if number is not None:
            keys += [_key(number), *([_part(number.year, number.serial)] if number.year else [])]
            keys += [_order(number.serial)] if number.kind is Kind.ORDER else []
    if index_number:
        keys.append(_index(index_number))
    return tuple(dict.fromkeys(keys))


def document_number(asked: str) -> tuple[str, ...]:
    """The keys of what is typed, when it is a document number or just its year and serial; else none."""
    number = _read(asked)
    if number is not None:
        short = number.kind is Kind.ORDER and _SHORT_ORDER.fullmatch(analysis.squeezed(number.issuer))
        return (_order(number.serial),) if short else (_key(number), _written(asked))
    part = _YEAR_AND_SERIAL.fullmatch(analysis.normal(asked).strip())
    if part is None:
        return ()
    try:
        return (_part(int(part[1]), from_chinese_numeral(part[2])),)
    except InvalidNumeral:
        return ()


def cited_as(asked: str) -> tuple[str, ...]:
    """The usual ways in which other texts cite the number typed; none when it is not a whole one."""
    number = _read(asked)
    return docnumbers.search_forms(number) if number is not None else ()


def index_number(asked: str) -> tuple[str, ...]:
    """The key of what is typed, when it can be an index number; else none."""
    return (_index(asked),) if _INDEX_NUMBER.fullmatch(analysis.normal(asked).strip()) else ()


def _read(text: str) -> DocumentNumber | None:
    try:
        return docnumbers.parse(analysis.normal(text).upper() if text.isascii() else text)
    except InvalidDocumentNumber:
        return None


def _key(number: DocumentNumber) -> str:
    """Whatever the brackets and numerals: 国办发2019/54."""
    return f"number:{analysis.squeezed(number.issuer)}{number.year or ''}/{number.serial}"


def _order(serial: int) -> str:
    """An order by its serial alone, for who says 市政府令 without saying which city's."""
    return f"order:{serial}"


def _part(year: int, serial: int) -> str:
    return f"part:{year}/{serial}"


def _written(text: str) -> str:
    """As it is written, borders aside: for numbers of no known form."""
    return f"written:{analysis.squeezed(text)}"


def _index(text: str) -> str:
    return f"index:{analysis.serial_key(text)}"
