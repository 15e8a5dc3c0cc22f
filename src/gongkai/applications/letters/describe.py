"""The documentation of the letters, written from the catalogue: ``docs/letters.md`` is this text."""

from gongkai.applications.letters.catalogue import ADDRESSEES, GROUPS, SERIES_LABELS, SERIES_MARKS, Letter, all_letters

_INTRODUCTION = """\
# 依申请公开文书

<!-- Written by gongkai.applications.letters.describe.markdown() through `gongkai docs`; edit letters/kinds. -->

每一种文书：何时出具，依据哪一条，缺了什么就不能出具（缺的一次列全）。各机关在工作台“文书设置”中可以逐段改成自己的说法，
设置红头、文号、印章。机制见 [mechanisms/letters.md](mechanisms/letters.md)。

"""
_HEADINGS = {
    "process": "办理中的告知",
    "replies": "答复",
    "consultations": "征求意见、协办、移送",
    "records": "案卷表单",
}


def markdown() -> str:
    """The whole of ``docs/letters.md``, with a line break at the end."""
    sections = [_group(group) for group in GROUPS]
    return _INTRODUCTION + "\n".join(sections)


def _group(group: str) -> str:
    letters = [one for one in all_letters().values() if one.group == group]
    return "\n".join([f"## {_HEADINGS[group]}", "", *(line for one in letters for line in _letter(one))])


def _letter(one: Letter) -> list[str]:
    number = f"{SERIES_LABELS[one.series]}（{SERIES_MARKS[one.series]}）" if one.series else "不编号"
    return [
        f"### {one.label}",
        "",
        f"标识 `{one.key}`，标题“{one.title}”，发给{ADDRESSEES[one.addressee]}，文号：{number}。",
        "",
        f"- 何时出具：{one.offered}",
        *([f"- 依据：{one.citation}"] if one.articles else []),
        f"- 必备：{'、'.join(one.required)}",
        *([f"- 随附：{'、'.join(one.enclosures)}"] if one.enclosures else []),
        "",
    ]
