"""The documentation of the ledger, written from its registries: ``docs/ledger.md`` is this text."""

from gongkai.ledger import clockwork, followers, kinds
from gongkai.ledger.followers import Follower
from gongkai.ledger.kinds import Kind, Privacy

_INTRODUCTION = """\
# 台账：事项、后续工作、定时事项

<!-- Written by gongkai.ledger.describe.markdown() through `gongkai docs`; edit the registrations, not this file. -->

发生的每件事在台账中是一条记录，只增不改。怎样记、怎样跟、怎样恢复，见 [mechanisms/ledger.md](mechanisms/ledger.md)。

## 事项

“对外”是指读者在文件页的历史中能看到；其余只有工作人员能看到。“个人信息”是指记录中如何处理公众的个人信息。

| 标识 | 名称 | 对外 | 个人信息 |
|---|---|---|---|
"""

_FOLLOWERS = """\

## 后续工作

每项后续工作有自己的名称和进度，按台账的先后读下去，可以从头再来（`gongkai ledger replay 名称`）。

| 名称 | 说明 | 跟随的事项 | 登记在 |
|---|---|---|---|
"""

_TIMED = """\

## 定时事项

到点由后台任务去做的事。

| 名称 | 登记在 |
|---|---|
"""

_PRIVACY = {
    Privacy.NONE: "不含",
    Privacy.BY_REFERENCE: "只记编号，记录可另行清除",
    Privacy.SEALED: "加密，密钥可销毁",
}


def markdown() -> str:
    """The whole of ``docs/ledger.md``, with a line break at the end."""
    return "".join(
        [
            _INTRODUCTION,
            *(_kind(kind) for kind in kinds.all_kinds()),
            _FOLLOWERS,
            *(_follower(one) for one in followers.all_followers()),
            _TIMED,
            *(f"| {one.name} | `{one.run.__module__}` |\n" for one in clockwork.all_timed()),
        ]
    )


def _kind(kind: Kind) -> str:
    return f"| `{kind.name}` | {kind.label} | {'是' if kind.public else ''} | {_PRIVACY[kind.privacy]} |\n"


def _follower(follower: Follower) -> str:
    wanted = "、".join(f"`{name}`" for name in sorted(follower.kinds)) if follower.kinds is not None else "全部"
    return f"| `{follower.name}` | {follower.label} | {wanted} | `{follower.handle.__module__}` |\n"
