"""Which queries may be counted: never one that could say something of a person. Pure; when in doubt it is not counted.

《个人信息保护法》第六条 (the least that serves the purpose). What is counted is the query itself, folded.
"""

import re

from gongkai.publishing.checks.personal import find_personal
from gongkai.search.wording import fold

LONGEST, SHORTEST = 40, 2

_SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭"
    "廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文欧阳上官司马诸葛"
)
_APART = r"[\s\-－—_.,，:：;；/]*"
_MANY_DIGITS = re.compile(rf"[0-9](?:{_APART}[0-9]){{5,}}")
_NAME = rf"[{_SURNAMES}][一-鿿]{{1,2}}"
_NAME_WITH_NUMBER = re.compile(rf"^{_NAME}{_APART}[0-9]{{3,}}|[0-9]{{3,}}{_APART}{_NAME}$|\s{_NAME}{_APART}[0-9]{{3,}}")
_HOME = re.compile(r"[0-9一二三四五六七八九十]+[ ]?(?:号楼|号院|栋|幢|单元|室)")
_PLATE = re.compile(r"[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][a-z][a-z0-9]{5,6}(?![a-z0-9])")


def countable(text: str) -> str | None:
    """The query as it is counted; None for one that must not be kept.

    Not kept: identity, telephone, card and passport numbers, e-mail and home addresses, number plates, any six digits
    in a row however they are spaced, a name followed or preceded by a number; nor what is too short or too long to be
    a search that others repeat.
    """
    query = fold(text)
    if not SHORTEST <= len(query) <= LONGEST:
        return None
    if find_personal(text) or find_personal(query):
        return None
    if any(pattern.search(query) for pattern in (_MANY_DIGITS, _NAME_WITH_NUMBER, _HOME, _PLATE)):
        return None
    return query
