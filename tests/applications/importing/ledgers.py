"""Former ledgers as offices keep them, made for the tests."""

import io
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

import openpyxl

HEAD = (
    "编号", "申请渠道", "收到日期", "确认时间", "申请人/单位", "申请人类别", "身份证号", "联系电话", "申请公开内容",
    "补正通知日期", "补正期限", "收到补正日期", "征求对象", "征求意见发出日期", "收到意见日期", "第三方意见",
    "批准延期日期", "延期告知", "延期天数", "办理结果", "不予公开理由", "答复日期", "送达方式", "复议日期", "复议机关",
    "复议结果", "复议审结日期", "承办科室", "备注",
)  # fmt: skip
NAMED = dict(zip(HEAD, range(len(HEAD)), strict=True))


def row(number: str, channel: str, arrived: Any, name: str, wanted: str, **more: Any) -> list[Any]:
    """A row; ``more`` by the heading."""
    cells: list[Any] = [""] * len(HEAD)
    first = {"编号": number, "申请渠道": channel, "收到日期": arrived, "申请人/单位": name, "申请公开内容": wanted}
    for heading, value in (first | more).items():
        cells[NAMED[heading]] = value
    return cells


def workbook(rows: Sequence[Sequence[Any]], head: Sequence[str] = HEAD) -> bytes:
    """The ledger as .xlsx, below a title as they have it."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["2025年度依申请公开台账"])
    sheet.append(list(head))
    for one in rows:
        sheet.append(list(one))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def messy() -> list[list[Any]]:
    """Five cases of every sort, their days in five writings, some digits full-width."""
    return [*_answered(), *_others()]


def _answered() -> list[list[Any]]:
    return [
        row(
            "2025-001",
            "网上申请",
            datetime(2025, 3, 3),
            "周予安",
            "道路清扫保洁中标合同",
            确认时间="2025.3.4",
            申请人类别="公民",
            身份证号="110101199003071233",
            联系电话="１３８００１３８０００",
            办理结果="予以公开",
            答复日期="2025年3月20日",
            送达方式="邮寄",
        ),
        row(
            "2025-002",
            "邮寄",
            "2025/4/7",
            "澜川市青石物业有限公司",
            "停车泊位批复",
            补正通知日期="2025-04-10",
            补正期限="2025年4月24日",
            收到补正日期="20250418",
            办理结果="不予公开",
            不予公开理由="涉及商业秘密",
            答复日期="2025-05-15",
            复议日期="2025-06-03",
            复议机关="澜川市人民政府",
            复议结果="维持",
            复议审结日期="2025-07-28",
        ),
    ]


def _others() -> list[list[Any]]:
    return [
        row(
            "2025-003",
            "现场",
            45817,
            "钱小满",
            "公厕改造清单",
            办理结果="部分公开",
            不予公开理由="个人隐私",
            答复日期="2025.06.27",
            征求对象="北湖街道办事处某住户",
            征求意见发出日期="2025-06-11",
            收到意见日期="2025-06-18",
            第三方意见="不同意",
        ),
        row("2025-003", "", "", "", "公厕改造资金", 办理结果="信息不存在", 不予公开理由="经查无此件"),
        row("2025-004", "当面", "2025-07-01", "孙以宁", "垃圾中转站选址", 办理结果="申请人撤回", 答复日期="2025-07-04"),
        row(
            "2025-005",
            "当面",
            "2025-08-04",
            "李沐",
            "夜间施工许可",
            批准延期日期="2025-08-28",
            延期告知="2025-08-29",
            延期天数="20个工作日",
            办理结果="公开",
            答复日期="2025-09-25",
        ),
    ]


def in_hand(arrived: date) -> list[list[Any]]:
    """A case that is still open."""
    return [row("2026-099", "当面", arrived, "吴一禾", "供热管网检修记录", 承办科室="业务处")]
