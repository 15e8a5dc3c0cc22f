"""联系方式 as typed in, as kept out: mainland mobile and landline numbers, numbers abroad, mail, postcode.

Each refusal says in Chinese what to do. What is kept is one way of writing, so that the same person is recognised.
"""

from __future__ import annotations

import re
import unicodedata

_MOBILE = re.compile(r"(?:(?:\+|00)?86)?(1[3-9]\d{9})", re.ASCII)
# 010 and 02x have three digits, other area codes four; local numbers seven or eight.
_AREA = r"(010|02\d|0[3-9]\d{2})"
_LANDLINE = re.compile(rf"(?:(?:\+|00)86)?{_AREA}(\d{{7,8}})", re.ASCII)
_LANDLINE_ABROAD_WRITTEN = re.compile(r"(?:\+|00)86(10|2\d|[3-9]\d{2})(\d{7,8})", re.ASCII)
_SERVICE = re.compile(r"([48]00)(\d{3})(\d{4})", re.ASCII)
_ABROAD = re.compile(r"(?:\+|00)([1-9]\d{6,14})", re.ASCII)
_EXTENSION = re.compile(r"(?<=\d)[-–—](\d{1,6})$|(?:分机号?|转|EXT\.?|X)[:.]?(\d{1,6})$", re.ASCII)
_EMAIL = re.compile(
    r"[a-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
    r"@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,24}",
    re.ASCII | re.IGNORECASE,
)


class InvalidContact(ValueError):
    """Not usable to reach anybody; the message is Chinese and says what to do."""


def _half_width(text: str) -> str:
    plain = unicodedata.normalize("NFKC", text)
    return "".join(letter for letter in plain if not letter.isspace() and unicodedata.category(letter) != "Cf")


def mobile(text: str) -> str:
    """A mainland mobile number as eleven digits. Raises InvalidContact."""
    digits = _bare(text)
    if found := _MOBILE.fullmatch(digits):
        return found.group(1)
    if not digits:
        raise InvalidContact("请填写手机号码")
    raise InvalidContact(f"手机号码应为1开头的11位数字，{_written(digits)}，请核对")


def phone(text: str) -> str:
    """A telephone number as it is kept: 13812345678, 010-12345678, 0515-1234567-801, 400-123-4567, +85221234567.

    Raises InvalidContact.
    """
    plain = _half_width(text)
    if not plain:
        raise InvalidContact("请填写联系电话")
    digits = _bare(plain)
    if found := _MOBILE.fullmatch(digits):
        return found.group(1)
    if found := _SERVICE.fullmatch(digits):
        return "-".join(found.groups())
    if landline := _landline(plain):
        return landline
    if (found := _ABROAD.fullmatch(digits)) and not found.group(1).startswith("86"):
        return f"+{found.group(1)}"
    if re.fullmatch(r"[2-9]\d{6,7}", digits, re.ASCII):
        raise InvalidContact("固定电话请加区号，例如010-12345678")
    if re.fullmatch(r"1\d*", digits, re.ASCII):
        raise InvalidContact(f"手机号码应为1开头的11位数字，{_written(digits)}，请核对")
    raise InvalidContact("请填写11位手机号码，或者区号加固定电话（例如010-12345678）；境外号码以+和国家、地区代码开头")


def _written(digits: str) -> str:
    return f"填写的是{len(digits)}位" if digits.isdigit() and len(digits) != 11 else "填写的不是"


def _bare(text: str) -> str:
    """Without what people divide numbers by."""
    return re.sub(r"[-–—‐−().·]", "", _half_width(text))


def _landline(plain: str) -> str | None:
    """With the extension apart: `010-12345678-801`; None where it is no landline of the mainland."""
    candidates = [(plain, "")]
    if extension := _EXTENSION.search(plain.upper()):
        candidates.append((plain[: extension.start()], extension.group(1) or extension.group(2)))
    for number, inner in candidates:
        digits = _bare(number)
        found = _LANDLINE.fullmatch(digits)
        area, local = (found.group(1), found.group(2)) if found else ("", "")
        if not found and (abroad := _LANDLINE_ABROAD_WRITTEN.fullmatch(digits)):
            area, local = f"0{abroad.group(1)}", abroad.group(2)
        if area:
            return "-".join(filter(None, (area, local, inner)))
    return None


def email(text: str) -> str:
    """A mail address, the domain in lower case. Raises InvalidContact."""
    plain = _half_width(text).replace("。", ".")
    if not plain:
        raise InvalidContact("请填写电子邮箱")
    if plain.count("@") != 1:
        raise InvalidContact("电子邮箱应有且只有一个@，例如name@example.com")
    if len(plain) > 254 or not _EMAIL.fullmatch(plain):
        raise InvalidContact("电子邮箱的写法不对，请核对有无多余的符号、域名是否完整，例如name@example.com")
    local, domain = plain.split("@")
    if len(local) > 64:
        raise InvalidContact("电子邮箱@前面的部分过长，请核对")
    return f"{local}@{domain.lower()}"


def postcode(text: str) -> str:
    """A postcode, six digits. Raises InvalidContact."""
    plain = _half_width(text)
    if not plain:
        raise InvalidContact("请填写邮政编码")
    if not re.fullmatch(r"\d{6}", plain, re.ASCII):
        raise InvalidContact("邮政编码应为6位数字，请核对")
    return plain
