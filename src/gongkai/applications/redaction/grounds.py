"""Why a place is covered: articles 14 to 16, as they are chosen by officers and printed in the boxes."""

from gongkai.law import grounds
from gongkai.law.numerals import to_chinese


def choices() -> list[tuple[str, str]]:
    """Key and words of each ground that withholds, in the order of the law."""
    return [(ground.key, printed(ground.key)) for ground in grounds.WITHHOLDING]


def is_known(key: str) -> bool:
    """Whether it is one of them."""
    return any(ground.key == key for ground in grounds.WITHHOLDING)


def printed(key: str) -> str:
    """What stands in the box: 条例第十五条 个人隐私. Raises KeyError."""
    ground = next((one for one in grounds.WITHHOLDING if one.key == key), None)
    if ground is None or ground.article is None:
        raise KeyError(f"没有编号为{key}的不予公开理由")
    return f"条例第{to_chinese(ground.article)}条 {ground.label}"
