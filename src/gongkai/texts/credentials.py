"""证件号码 of applicants and agents: as typed in, as kept out; each refusal says in Chinese what to do.

Resident identity numbers and 统一社会信用代码 have check digits (GB 11643, GB 32100; `stdnum`). Passports and travel
permits have none that all of them share: they are read loosely, so that nobody is turned away over a form we did not
know. Full-width letters and digits, spaces and hyphens are what people type: they are folded, never complained about.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from datetime import date
from enum import StrEnum

from stdnum.cn import ric, uscc
from stdnum.exceptions import InvalidChecksum, InvalidComponent, InvalidFormat, InvalidLength, ValidationError

# First two digits (GB/T 2260): the provinces, 81-83 the residence permits of 港澳台居民.
PROVINCES = frozenset(
    f"{code}"
    for codes in (
        range(11, 16),
        range(21, 24),
        range(31, 38),
        range(41, 47),
        range(50, 55),
        range(61, 66),
        (71, 81, 82, 83),
    )
    for code in codes
)
_EARLIEST_BIRTH = 1900
_RESIDENCE_PERMIT = ("810000", "820000", "830000")


class InvalidCredential(ValueError):
    """Not a number of this kind; the message is Chinese and says what to do."""


class CredentialKind(StrEnum):
    """The kinds of proof of identity (身份证明, 条例第二十九条) a person or an organisation may show."""

    RESIDENT_ID = "resident_id"
    RESIDENCE_PERMIT = "residence_permit"
    HK_MACAO_PERMIT = "hk_macao_permit"
    TAIWAN_PERMIT = "taiwan_permit"
    PASSPORT = "passport"
    FOREIGN_RESIDENT = "foreign_resident"
    OTHER = "other"
    SOCIAL_CREDIT = "social_credit"

    @property
    def label(self) -> str:
        """The document's official name."""
        return _LABELS[self]

    @property
    def of_organisation(self) -> bool:
        """Whether an organisation shows it, not a person."""
        return self is CredentialKind.SOCIAL_CREDIT


_LABELS = {
    CredentialKind.RESIDENT_ID: "居民身份证",
    CredentialKind.RESIDENCE_PERMIT: "港澳台居民居住证",
    CredentialKind.HK_MACAO_PERMIT: "港澳居民来往内地通行证",
    CredentialKind.TAIWAN_PERMIT: "台湾居民来往大陆通行证",
    CredentialKind.PASSPORT: "护照",
    CredentialKind.FOREIGN_RESIDENT: "外国人永久居留身份证",
    CredentialKind.OTHER: "其他证件",
    CredentialKind.SOCIAL_CREDIT: "统一社会信用代码",
}


def folded(text: str) -> str:
    """`text` half-width, upper case, without white space, hyphens and invisible characters."""
    plain = unicodedata.normalize("NFKC", text)
    return "".join(
        letter for letter in plain if not letter.isspace() and unicodedata.category(letter) not in ("Cf", "Pd")
    ).upper()


def read(kind: CredentialKind, text: str, *, today: date | None = None) -> str:
    """The number as it is kept. Raises InvalidCredential.

    `today`: a birthday after it is refused.
    """
    number = folded(text)
    if not number:
        raise InvalidCredential(f"请填写{kind.label}{'' if kind.of_organisation else '号码'}")
    if kind in (CredentialKind.RESIDENT_ID, CredentialKind.RESIDENCE_PERMIT):
        _check_resident(number, kind, today)
    else:
        _CHECKS[kind](number)
    return number


def resident_id(text: str, *, today: date | None = None) -> str:
    """A resident identity number (公民身份号码) as it is kept. Raises InvalidCredential."""
    return read(CredentialKind.RESIDENT_ID, text, today=today)


def social_credit(text: str) -> str:
    """A 统一社会信用代码 as it is kept. Raises InvalidCredential."""
    return read(CredentialKind.SOCIAL_CREDIT, text)


def birthday(number: str) -> date:
    """The birthday in a number `read` gave back as resident identity. Raises InvalidCredential for any other."""
    try:
        found = ric.get_birth_date(number)
    except (ValidationError, ValueError):
        raise InvalidCredential("号码第7至14位不是有效的出生日期，请对照证件核对") from None
    if found.year < _EARLIEST_BIRTH:
        raise InvalidCredential(f"号码中的出生年份{found.year}不对，请对照证件核对第7至10位")
    return found


def _check_resident(number: str, kind: CredentialKind, today: date | None) -> None:
    label = kind.label
    if re.fullmatch(r"\d{15}", number):
        raise InvalidCredential("15位的旧号码已经停用，请填写18位公民身份号码")
    if len(number) != 18:
        raise InvalidCredential(f"{label}号码应为18位，填写的是{len(number)}位，请核对")
    if not re.fullmatch(r"\d{17}[\dX]", number, re.ASCII):
        raise InvalidCredential(f"{label}号码应为17位数字加1位数字或者字母X，请核对")
    if number[:2] not in PROVINCES:
        raise InvalidCredential(f"{label}号码的前两位{number[:2]}不是行政区划代码，请对照证件核对")
    if kind is CredentialKind.RESIDENCE_PERMIT and not number.startswith(_RESIDENCE_PERMIT):
        raise InvalidCredential("港澳台居民居住证号码以810000、820000或者830000开头；持居民身份证的，请改选证件类型")
    born = birthday(number)
    if today is not None and born > today:
        raise InvalidCredential("号码中的出生日期在今天以后，请对照证件核对第7至14位")
    if number[-1] != ric.calc_check_digit(number):
        raise InvalidCredential(f"{label}号码的校验位不对，多半有一位填错，请对照证件逐位核对")


def _check_social_credit(number: str) -> None:
    if re.fullmatch(r"[0-9A-Z]{9}", number):
        raise InvalidCredential("这是9位的组织机构代码，请填写营业执照或者登记证书上的18位统一社会信用代码")
    try:
        uscc.validate(number)
    except InvalidLength:
        raise InvalidCredential(f"统一社会信用代码应为18位，填写的是{len(number)}位，请核对") from None
    except InvalidChecksum:
        raise InvalidCredential("统一社会信用代码的校验位不对，多半有一位填错，请对照证照逐位核对") from None
    except (InvalidFormat, InvalidComponent):
        raise InvalidCredential(
            "统一社会信用代码由数字和大写字母组成，前8位为数字，不用字母I、O、S、V、Z，请核对有无误认（如0和O、1和I）"
        ) from None


def _shaped(pattern: str, message: str) -> Callable[[str], None]:
    compiled = re.compile(pattern, re.ASCII)

    def check(number: str) -> None:
        if not compiled.fullmatch(number):
            raise InvalidCredential(message)

    return check


_CHECKS: dict[CredentialKind, Callable[[str], None]] = {
    CredentialKind.SOCIAL_CREDIT: _check_social_credit,
    CredentialKind.HK_MACAO_PERMIT: _shaped(
        r"[HM]\d{8}(?:\d{2})?", "港澳居民来往内地通行证号码为字母H或者M加8位或者10位数字，请对照证件核对"
    ),
    CredentialKind.TAIWAN_PERMIT: _shaped(
        r"\d{8}|\d{10}(?:\(?[A-Z]\)?)?|T\d{8,10}", "台湾居民来往大陆通行证号码一般为8位数字，请对照证件核对"
    ),
    CredentialKind.PASSPORT: _shaped(r"(?=.*\d)[A-Z0-9]{5,20}", "护照号码为5至20位字母和数字，请对照护照资料页核对"),
    CredentialKind.FOREIGN_RESIDENT: _shaped(
        r"[A-Z]{3}\d{12}|9\d{16}[\dX]",
        "外国人永久居留身份证号码为3位字母加12位数字，或者9开头的18位号码，请对照证件核对",
    ),
    CredentialKind.OTHER: _shaped(r"(?s).{2,40}", "证件号码应为2至40个字，请核对"),
}
