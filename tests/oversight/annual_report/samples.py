"""Published reports as reports with words: the numbers are theirs, the sentences are invented around them."""

from __future__ import annotations

import json
import os
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from gongkai.law.annual_report.figures import Figures
from gongkai.oversight.annual_report.reports import Report, load

DATA = Path(os.environ.get("GONGKAI_SHARED", Path(__file__).parents[3].parent / "shared")) / "data"
REPORTS = DATA / "reports"
FULL = ("full-01-sh-bgt-2019", "full-02-hongze-2023", "full-04-suqian-2023", "full-07-shuyang-fgj-2023")
PARTIAL = ("part-02-jinhu-2023", "part-17-nilka-town-2023")

CHAPTERS = {
    "1": "\n".join(
        [
            "（一）主动公开情况",
            "通过门户网站主动公开政府信息，其中政策文件、通知公告、规划计划等各类信息均按时更新；围绕重点领域集中公开，"
            "方便群众查阅，并在政务公开专区设置自助查询设备。",
            "（二）依申请公开情况",
            "依法办理申请。",
            "（三）政府信息管理情况",
            "规范管理。",
            "（四）政府信息公开平台建设情况",
            "改版网站。",
            "（五）监督保障情况",
            "开展培训。",
        ]
    ),
    "2": "",
    "3": "",
    "4": "",
    "5": "一是解读形式不多。二是培训不够。下一步将增加图解，每季度培训一次，并请第三方评估公开的效果，"
    "按照评估的结果逐项改进。",
    "6": "本年度未收取政府信息公开信息处理费。",
}


def document(name: str) -> dict[str, Any]:
    """The sample's JSON; without it beside the checkout the test is skipped."""
    path = REPORTS / f"{name}.json"
    if not path.exists():
        pytest.skip(f"真实数据不在 {REPORTS}（可用 GONGKAI_SHARED 指定），未运行")
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return found


def report(name: str) -> Report:
    """The sample with a narrative."""
    given = document(name)
    year = given["year"]
    preface = f"本报告所列数据的统计期限自{year}年1月1日起至{year}年12月31日止。"
    title = f"{given['agency']}{year}年政府信息公开工作年度报告"
    return load({**given, "preface": preface, "chapters": CHAPTERS, "title": title})


def numbers(figures: Figures) -> dict[str, Decimal]:
    """Every cell that has a number: a blank cell and one that was never drawn are the same."""
    return {key: value.number for key, value in figures.values.items() if value.number is not None}
