"""What this package writes into the ledger."""

from collections.abc import Mapping
from typing import Any

from gongkai.ledger import changes
from gongkai.ledger.kinds import register


def _fields(data: Mapping[str, Any]) -> str:
    changed = data.get("changed") or []
    return f"改动：{'、'.join(changed)}" if changed else ""


def _file(data: Mapping[str, Any]) -> str:
    return str(data.get("name") or "")


DOCUMENT_CREATED = register(
    "catalog.created", "建立文件", describe=lambda data: f"索引号 {data['index_number']}，{data['type_label']}"
).name
EDITION_DRAFTED = register(
    "catalog.edition_drafted", "起草新版本", describe=lambda data: f"第{data['number']}版：{data['change_label']}"
).name
DRAFT_SAVED = register("catalog.saved", "修改草稿", describe=_fields).name
FILE_ADDED = register("catalog.file_added", "上传文件", describe=_file).name
FILE_REMOVED = register("catalog.file_removed", "移除文件", describe=_file).name
FILE_ORIGINAL_KEPT = register(
    "catalog.file_original", "决定原样公开文件", describe=lambda data: f"{data['name']}：{data['note']}", tone="warn"
).name
IMPORTED = register("catalog.imported", "导入文件", describe=lambda data: f"来自 {data['origin']}").name
COLUMN_CHANGED = register("catalog.column", "调整栏目", describe=changes.sentence).name
COLUMN_CREATED = register("catalog.column_created", "建立栏目").name
COLUMN_REMOVED = register("catalog.column_removed", "撤销栏目").name
COLUMN_PICKS = register("catalog.column_picks", "调整栏目手选内容", describe=lambda data: f"共{data['count']}篇").name
TOPIC_CHANGED = register("catalog.topic", "调整专题", describe=changes.sentence).name
TAGGED = register(
    "catalog.tagged", "调整所属专题", describe=lambda data: "、".join(data.get("topics") or []) or "（无）"
).name
MATTER_CREATED = register("catalog.matter_created", "增加公开事项").name
MATTER_CHANGED = register("catalog.matter_changed", "修改公开事项", describe=changes.sentence).name
MATTER_ABOLISHED = register(
    "catalog.matter_abolished", "取消公开事项", describe=lambda data: str(data["reason"]), tone="warn"
).name
MATTER_RESTORED = register("catalog.matter_restored", "恢复公开事项").name
MATTER_MOVED = register(
    "catalog.matter_moved", "调整公开事项顺序", describe=lambda data: f"序号 {data['before']} → {data['after']}"
).name
MATTERS_IMPORTED = register(
    "catalog.matters_imported",
    "导入全清单",
    describe=lambda data: (
        f"{data['file']}：增加{data['added']}项，修改{data['changed']}项，取消{data['removed']}项，未变{data['same']}项"
    ),
).name
EXPORTED = register(
    "catalog.exported",
    "导出静态网站",
    describe=lambda data: f"{data['host']}：共{data['files']}个文件，清单校验值 {data['manifest_sha256'][:16]}…",
).name
PROJECT_CREATED = register("catalog.project_created", "增加进展公开项目").name
PROJECT_CHANGED = register("catalog.project_changed", "修改进展公开项目", describe=changes.sentence).name
PROJECT_REMOVED = register("catalog.project_removed", "删除进展公开项目", tone="warn").name
MILESTONES_SET = register(
    "catalog.project_milestones",
    "调整项目节点",
    describe=lambda data: f"共{data['count']}个节点，已完成{data['done']}个",
).name
PROGRESS_PUBLISHED = register(
    "catalog.progress_published",
    "公布项目进展",
    describe=lambda data: f"{data['month']}，完成{data['percent']}%",
    public=True,
).name
PROGRESS_CORRECTED = register(
    "catalog.progress_corrected",
    "更正项目进展",
    describe=lambda data: f"{data['month']}：{data['note']}",
    public=True,
    tone="warn",
).name
