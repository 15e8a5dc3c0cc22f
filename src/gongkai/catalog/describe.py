"""The documentation of the document types, written from their files: ``docs/doctypes.md`` is this text."""

from gongkai.catalog import doctypes
from gongkai.catalog.doctypes import REVIEW_STEPS, DocumentType
from gongkai.catalog.header import LABELS

_INTRODUCTION = """\
# 文件类型

<!-- Written by gongkai.catalog.describe.markdown() through `gongkai docs`; edit the types, not this file. -->

类型决定文件有哪些要素、须经哪些审核、属于条例第二十条的哪一项、公开时限多长。每种类型是
`src/gongkai/catalog/types/` 下的一个文件，每项都须写明；增加类型不需要改程序。
审核环节可由各机关按类型调整（至少两级）。

要素加粗的为必填，不填不能送审。

"""


def markdown() -> str:
    """The whole of ``docs/doctypes.md``, with a line break at the end."""
    types = list(doctypes.all_types().values())
    rows = [f"| [{one.label}](#{one.key}) | `{one.key}` | {one.item_label} | {one.limit.label()} |" for one in types]
    table = ["| 类型 | 标识 | 法定主动公开内容 | 公开时限 |", "|---|---|---|---|", *rows]
    return _INTRODUCTION + "\n".join([*table, "", *(_section(one) for one in types)])


def _section(kind: DocumentType) -> str:
    fields = "、".join(f"**{LABELS[key]}**" if key in kind.required else LABELS[key] for key in kind.fields)
    skipped = "、".join(f"`{key}`" for key in sorted(kind.skip_checks)) or "无"
    lines = [
        f'## <a id="{kind.key}"></a>{kind.label}',
        "",
        kind.advice,
        "",
        f"- 事项：{kind.matter}",
        f"- 不用于：{kind.not_for}",
        f"- 要素：{fields}",
        f"- 体裁：{'、'.join(kind.genres) or '不限'}",
        f"- 审核：{' → '.join(REVIEW_STEPS[step] for step in kind.review)}",
        f"- 条文结构（编章节条款项）：{'识别' if kind.legal_text else '不识别'}",
        f"- 有效性：{'标注' if kind.validity else '不标注'}",
        f"- 不作的检查：{skipped}",
        "",
    ]
    return "\n".join(lines)
