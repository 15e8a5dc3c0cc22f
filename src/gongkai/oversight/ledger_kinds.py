"""What this package writes into the ledger."""

from collections.abc import Mapping
from typing import Any

from gongkai.ledger import changes
from gongkai.ledger.kinds import register


def _what(data: Mapping[str, Any]) -> str:
    return str(data.get("what") or data.get("reason") or "")


def _kind(name: str, label: str, *, describe: Any = _what, tone: str = "plain", public: bool = False) -> str:
    return register(f"oversight.{name}", label, describe=describe, tone=tone, public=public).name


REPORT_BEGUN = _kind("report_begun", "开始编写年度报告")
REPORT_COMPOSED = _kind("report_composed", "拟写正文初稿")
REPORT_SAVED = _kind("report_saved", "修改年度报告")
REPORT_READ = _kind("report_read", "读入报告文件")
REPORT_COMPLETED = _kind("report_completed", "确认数据已齐", tone="go")
REPORT_REOPENED = _kind("report_reopened", "重新收集数据")
REPORT_SUBMITTED = _kind("report_submitted", "年度报告送审")
REPORT_PASSED = _kind("report_passed", "年度报告审核通过", tone="go")
REPORT_RETURNED = _kind("report_returned", "年度报告退回修改", tone="warn")
REPORT_PUBLISHED = _kind("report_published", "公布年度报告", tone="go")
REPORT_SUPERSEDED = _kind("report_superseded", "年度报告由更正版取代")
REPORT_DISCARDED = _kind("report_discarded", "年度报告草稿作废", tone="warn")
REPORT_CORRECTION = _kind("report_correction", "开始更正年度报告")
REPORT_ADOPTED = _kind("report_adopted", "导入已公布的年度报告")
FINDING_ANSWERED = _kind("finding_answered", "说明检查结果")
FINDING_REOPENED = _kind("finding_reopened", "收回对检查结果的说明")
SUBMISSION_MADE = _kind("submission_made", "报送年度报告", tone="go")
SUBMISSION_AGAIN = _kind("submission_again", "重新报送年度报告", tone="go")
SUBMISSION_RETURNED = _kind("submission_returned", "年度报告退回报送机关", tone="warn")
SUBMISSION_ACCEPTED = _kind("submission_accepted", "接收年度报告", tone="go")
REPORT_REMINDED = _kind("report_reminded", "催报年度报告", tone="warn")
FIGURES_REMINDED = _kind("figures_reminded", "催报处室数据", tone="warn")
FIGURE_ASSIGNED = _kind("figure_assigned", "指定数据填报处室")
FIGURE_RELIEVED = _kind("figure_relieved", "不再填报")
FIGURE_ENTERED = _kind("figure_entered", "填报数据")
FIGURE_CHANGED = _kind("figure_changed", "修改填报数据", describe=changes.sentence)
TRAINING_SAVED = _kind("training_saved", "登记培训")
TRAINING_REMOVED = _kind("training_removed", "删除培训登记")
