"""What this package writes into the ledger. What changes for the public is public: readers see it as history."""

from collections.abc import Mapping
from typing import Any

from gongkai.ledger.kinds import register


def _passed(data: Mapping[str, Any]) -> str:
    attested = "、".join(data.get("attested") or [])
    parts = [data.get("step_label", ""), f"确认{attested}" if attested else "", data.get("note", "")]
    return "；".join(part for part in parts if part)


def _returned(data: Mapping[str, Any]) -> str:
    return f"{data.get('step_label', '')}退回至“{data['to_label']}”：{data['reason']}"


def _released(data: Mapping[str, Any]) -> str:
    parts = [data.get("change_label", ""), data.get("change_note", "")]
    if data.get("emergency_reason"):
        parts.append(f"紧急发布：{data['emergency_reason']}")
    return "；".join(part for part in parts if part)


def _withdrawn(data: Mapping[str, Any]) -> str:
    successor = f"，由《{data['successor_title']}》取代" if data.get("successor_title") else ""
    return f"{data['notice_label']}，自{data['on']}起{successor}。{data['ground']}"


def _reason(data: Mapping[str, Any]) -> str:
    return str(data.get("reason") or "")


SUBMITTED = register("publishing.submitted", "送审", describe=_reason).name
PASSED = register("publishing.passed", "审核通过", describe=_passed, tone="go").name
RETURNED = register("publishing.returned", "退回", describe=_returned, tone="warn").name
RECALLED = register("publishing.recalled", "收回修改", describe=_reason).name
SCHEDULED = register("publishing.scheduled", "设定发布时间", describe=lambda data: data["release_at_label"]).name
UNSCHEDULED = register("publishing.unscheduled", "取消定时发布", describe=_reason).name
RELEASED = register("publishing.released", "发布", describe=_released, public=True, tone="go").name
EMERGENCY = register("publishing.emergency", "紧急发布", describe=_released, public=True, tone="warn").name
ADOPTED = register("publishing.adopted", "存量信息迁入", describe=_released, public=True, tone="go").name
REVIEWED_AFTER = register("publishing.reviewed_after", "事后补审", describe=_passed, tone="go").name
SUPERSEDED = register("publishing.superseded", "由新版本取代").name
DISCARDED = register("publishing.discarded", "草稿作废", describe=_reason).name
OPENED = register("publishing.opened", "向社会公开", describe=lambda data: "", tone="go").name
WITHDRAWN = register("publishing.withdrawn", "失效或废止", describe=_withdrawn, public=True, tone="warn").name
REINSTATED = register("publishing.reinstated", "撤销失效标注", describe=_reason, public=True).name
OFFLINE_PLANNED = register(
    "publishing.offline_planned", "设定下线时间", describe=lambda data: f"{data['offline_at_label']}；{data['reason']}"
).name
OFFLINE = register("publishing.offline", "下线", describe=_reason, tone="warn").name
ONLINE_AGAIN = register("publishing.online_again", "恢复上线", describe=_reason).name
REVOKED = register("publishing.revoked", "撤回（误发）", describe=_reason, tone="danger").name
REDIRECTED = register("publishing.redirected", "转至他处", describe=lambda data: data["target"]).name
PUSHED = register("publishing.pushed", "由其他系统送来", describe=lambda data: f"来自{data['system']}").name
ANSWERED = register("publishing.answered", "对检查结果作出说明", describe=lambda data: data["note"]).name
CHAIN_CHANGED = register("publishing.chain", "调整审核流程", describe=lambda data: " → ".join(data["after"])).name
WORD_CHANGED = register("publishing.word", "调整词库", describe=lambda data: data["what"]).name
OUTLET_CHANGED = register("publishing.outlet", "调整发布渠道", describe=lambda data: data["what"]).name
DELIVERY_RETRIED = register("publishing.delivery_retried", "重新投递", describe=lambda data: data["what"]).name
DELIVERY_SKIPPED = register(
    "publishing.delivery_skipped", "放弃投递", describe=lambda data: data["what"], tone="warn"
).name

TO_THE_PUBLIC = frozenset(
    {RELEASED, EMERGENCY, ADOPTED, WITHDRAWN, REINSTATED, OFFLINE, ONLINE_AGAIN, REVOKED, REDIRECTED}
)
"""Kinds after which something the public sees has changed: what outlets follow."""
