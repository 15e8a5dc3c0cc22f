"""What the ledger itself has to say: people were forgotten, keys were changed."""

from collections.abc import Mapping
from typing import Any

from gongkai.ledger.kinds import Privacy, register


def _forgotten(data: Mapping[str, Any]) -> str:
    erased = "、".join(f"{label}{count}项" for label, count in data.get("erased", []))
    return f"{data.get('reason', '')}{f'（{erased}）' if erased else ''}"


PERSON_FORGOTTEN = register(
    "ledger.person_forgotten", "删除个人信息", privacy=Privacy.BY_REFERENCE, describe=_forgotten, tone="warn"
).name
KEYS_ROTATED = register(
    "ledger.keys_rotated",
    "更换主密钥",
    describe=lambda data: (
        f"改由主密钥 {data['master']} 包裹 {data['persons']} 个个人密钥、{data['data_keys']} 个数据密钥。"
    ),
).name
