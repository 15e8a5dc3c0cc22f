"""Personal data as lists show them (脱敏): enough to recognise one's own case, not enough to use.

《个人信息保护法》第五十一条: de-identification is one of the measures a handler of personal data takes. Each function
takes one field known to be what it says; free text is masked where it is checked for publication. Empty stays empty.
"""

from __future__ import annotations

import re

STAR = "*"
# Those in use with two characters that others would cut in the middle.
_COMPOUND_SURNAMES = re.compile(
    r"(?:欧阳|太史|端木|上官|司马|东方|独孤|南宫|万俟|闻人|夏侯|诸葛|尉迟|公羊|赫连|澹台|皇甫|宗政|濮阳|公冶|太叔|申屠|"
    r"公孙|慕容|仲孙|钟离|长孙|宇文|司徒|鲜于|司空|闾丘|亓官|司寇|令狐|呼延|百里|西门|南门|第五|轩辕|拓跋)"
)
_PROVINCE = r"(?:[^省市区县]{2,3}省|[^省市区县]{2,6}自治区|(?:香港|澳门)特别行政区)?"
_CITY = r"(?:[^省市区县州盟]{1,8}?(?:市|自治州|地区|盟))?"
# 小区, 社区 and the like are where somebody lives, not a district.
_COUNTY = r"(?:[^省市区县旗]{1,8}(?:(?<![小社园厂院片])区|县|旗|市)(?![路街村场镇乡]))?"
_ADMINISTRATIVE = re.compile(f"{_PROVINCE}{_CITY}{_COUNTY}")


def _ends(text: str, head: int, tail: int) -> str:
    """All but `head` characters at the beginning and `tail` at the end; at least half is hidden."""
    if head + tail > len(text) // 2:
        head, tail = min(1, len(text) // 2), max(0, len(text) // 2 - 1)
    hidden = len(text) - head - tail
    return text[:head] + STAR * hidden + (text[-tail:] if tail else "")


def name(text: str) -> str:
    """张三丰 → 张**, 欧阳修 → 欧阳*, John Smith → J*** S****, 阿依古丽·买买提 → 阿***·***."""
    text = text.strip()
    if re.search(r"[ ·•]", text):
        words = re.split(r"([ ·•]+)", text)
        latin = bool(re.search(r"[A-Za-z]", text))
        return "".join(
            word if at % 2 else (word[:1] + STAR * (len(word) - 1) if not at or latin else STAR * len(word))
            for at, word in enumerate(words)
        )
    kept = 2 if len(text) > 2 and _COMPOUND_SURNAMES.match(text) else 1
    return STAR if len(text) == 1 else text[:kept] + STAR * (len(text) - kept)


def credential(text: str) -> str:
    """110101199001011234 → 110101********1234; shorter numbers (passports, permits) E12345678 → E*****678."""
    text = text.strip()
    return f"{text[:6]}{STAR * (len(text) - 10)}{text[-4:]}" if len(text) >= 18 else _ends(text, 1, 3)


def phone(text: str) -> str:
    """13812345678 → 138****5678, 010-12345678 → 010-****5678, +85221234567 → +852****4567."""
    text = text.strip()
    if text.startswith(("400-", "800-")):
        return text  # a firm's number, which everybody may know
    area, dash, local = text.partition("-")
    if dash:
        number, extension_dash, extension = local.partition("-")
        return f"{area}-{_ends(number, 0, len(number) // 2)}{extension_dash}{STAR * len(extension)}"
    return text[:-8] + STAR * 4 + text[-4:] if len(text) >= 11 else _ends(text, 0, 4)


def email(text: str) -> str:
    """zhangsan@example.com → z***@example.com: how long the name is stays hidden too."""
    local, at, domain = text.strip().rpartition("@")
    if not at:
        return _ends(domain, 1, 0)
    return f"{local[:1] if len(local) > 1 else ''}***@{domain}"


def address(text: str) -> str:
    """东江省澜城市江北区幸福路1号2单元301室 → 东江省澜城市江北区****: to the district, no further."""
    text = text.strip()
    found = _ADMINISTRATIVE.match(text)
    kept = found.group() if found else ""
    return f"{kept}{STAR * 4}" if text else ""
