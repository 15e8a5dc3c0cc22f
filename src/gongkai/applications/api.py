"""``/api/v1/clock``: the statutory clock as a service, the same JSON as ``gongkai clock``. Nothing is kept."""

from typing import Any, Literal

from django.http import HttpRequest
from ninja import Field, Router, Schema

from gongkai.applications.calculating import compute
from gongkai.interfaces.problems import invalid
from gongkai.law.clock import DocumentError, dump

router = Router(tags=["期限计算"])


class ClockIn(Schema):
    """办理经过"""

    format: Literal["gongkai-clock-1"] = Field("gongkai-clock-1", description="格式，可以不写")
    today: str | None = Field(None, description="计算之日，不写则为今天（北京时间）", examples=["2024-02-22"])
    readings: dict[str, bool | int] = Field({}, description="与默认不同的读法；参数见 docs/clock.md")
    acts: list[dict[str, Any]] = Field(
        description="按日期的行为，至少有一项 received；字段见 docs/clock.md",
        examples=[[{"act": "received", "channel": "counter", "arrived": "2024-01-15"}]],
        max_length=500,
    )


class ReceiptOut(Schema):
    """收到之日"""

    day: str | None = Field(description="还不能确定时为 null")
    reason: str
    article: str
    warnings: list[str]
    needs: list[str] = Field(description="还缺什么才能确定")


class StepOut(Schema):
    """一个环节"""

    key: str
    label: str
    due: str | None = Field(description="最后一日")
    done_on: str | None
    state: str
    actor: str = Field(description="轮到谁：agency、applicant、consulted")
    required: bool
    article: str


class SegmentOut(Schema):
    """一段时间"""

    kind: str
    first: str
    last: str
    working_days: int
    article: str
    sentence: str


class DayOut(Schema):
    """一天"""

    date: str
    state: str
    ordinal: int | None = Field(description="计入的，是第几个工作日")
    reason: str
    provisional: bool = Field(description="放假安排尚未公布，暂按推算")


class FindingOut(Schema):
    """一项发现"""

    key: str
    gravity: str
    message: str
    article: str


class ClockOut(Schema):
    """时间轴"""

    format: str
    today: str
    receipt: ReceiptOut
    status: str
    status_label: str
    due_date: str | None = Field(description="期满日；等待申请人、视为放弃时为 null")
    original_due: str | None
    days_left: int | None = Field(description="还有几个工作日；逾期为负")
    light: str
    provisional: bool
    abandoned_from: str | None
    consultation_outcomes: dict[str, str]
    agency_decides: list[str]
    deemed_consent: list[str]
    next_step: str | None
    steps: list[StepOut]
    segments: list[SegmentOut]
    days: list[DayOut]
    findings: list[FindingOut]
    readings: dict[str, bool | int]
    readings_that_mattered: list[str]
    explanation: list[str] = Field(description="逐句说明，给申请人看")


@router.post("/clock", response=ClockOut, summary="计算一件依申请公开的答复期限", operation_id="clock")
def clock(request: HttpRequest, history: ClockIn) -> dict[str, Any]:
    """送来按日期的办理经过，答复收到之日、期满日、各环节最迟日期、逐日的算法和说明。不存储送来的内容。

    与 `gongkai clock --json` 的输入、输出相同。
    """
    document = history.dict()
    try:
        return dump(compute({key: value for key, value in document.items() if value is not None}))
    except DocumentError as error:
        path = f"body.{error.path}" if error.path else "body"
        raise invalid([(path, str(error).removeprefix(f"{error.path}："))]) from None
