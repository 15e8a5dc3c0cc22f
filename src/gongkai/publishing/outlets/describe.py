"""The documentation of the outlets, written from the registry: ``docs/outlets.md`` is this text."""

from gongkai.publishing.outlets.contract import Outlet, all_outlets

_INTRODUCTION = """\
# 发布渠道

<!-- Written by gongkai.publishing.outlets.describe.markdown() through `gongkai docs`; edit the outlets. -->

文件发布、标注失效、撤下之后，除网站外还送到哪里。各机关在工作台“发布渠道”中启用和设置；至少送达一次，同一文件按先后送达，
失败的自动重试，仍不成功的列在工作台“投递”中等人处理。机制见 [mechanisms/outlets.md](mechanisms/outlets.md)。

"""


def markdown() -> str:
    """The whole of ``docs/outlets.md``, with a line break at the end."""
    return _INTRODUCTION + "\n".join(_section(outlet) for outlet in all_outlets())


def _section(outlet: Outlet) -> str:
    rows = [f"| {label} | `{key}` | {'必填' if required else '可不填'} |" for key, label, required in outlet.options]
    heading = [f"## {outlet.label}", "", f"标识 `{outlet.key}`，程序 `{type(outlet).__module__}`。", ""]
    if not rows:
        return "\n".join([*heading, "不在工作台设置：随接口令牌启用，见 [integrate/oa.md](integrate/oa.md)。", ""])
    return "\n".join([*heading, "| 设置 | 标识 | |", "|---|---|---|", *rows, ""])
