"""``/api/v1/report-checks``: annual reports checked as a service, the same JSON as ``gongkai check --json``. Nothing is
kept."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja import Field, File, Form, Router, Schema
from ninja.files import UploadedFile

from gongkai.interfaces.problems import Problem, invalid
from gongkai.oversight import limits
from gongkai.oversight.annual_report import apart, checking
from gongkai.oversight.annual_report.apart_work import Asked, Given
from gongkai.oversight.annual_report.checking import Checked

router = Router(tags=["年度报告检查"])


class AskedCheck(Schema):
    """What is not in the file."""

    text: str | None = Field(
        None,
        max_length=limits.LONGEST_TEXT,
        description="代替文件：报告的文本（表格各格之间用制表符）、网页、JSON 或者 XML",
    )
    year: int | None = Field(None, ge=2000, le=2100, description="统计年度，报告中没有写明时用")
    makes_rules: bool | None = Field(None, description="该机关有没有规章制定权；不写的，由名称判断")


class CellOut(Schema):
    """读出的一格"""

    key: str = Field(description="格的编号，如 table3.granted.natural_person")
    table: int
    row: str
    column: str
    label: str
    number: int | float | None = Field(description="读出的数；空白或者读不出的为 null")
    raw: str = Field(description="原文")
    remark: str = Field(description="数字以外的文字；读不出数字的，就是原文")


class ReportFindingOut(Schema):
    """一项发现"""

    rule: str = Field(description="代码，见 docs/checks-of-reports.md")
    name: str
    severity: str = Field(description="error 错误、warning 警告、hint 提示")
    place: str
    message: str
    values: list[str] = Field(description="两边的值")
    suggestion: str
    source: str
    cells: list[str] = Field(description="有关的格")


class ReportCheckOut(Schema):
    """检查结果"""

    kind: str = Field(description="文件的种类")
    agency: str = Field(description="机关名称，没有读出的为空")
    title: str
    format: str = Field(description="表式的文号")
    year: int
    format_version: str = Field(description="2019 或 2021")
    table2: dict[str, Any] | None = Field(description="没有这张表的为 null")
    table3: dict[str, Any] | None
    table4: dict[str, Any] | None
    cells: list[CellOut]
    headings: dict[str, str] = Field(description="读出的各章标题")
    missing: list[str] = Field(description="没有找到的部分")
    counts: dict[str, int]
    findings: list[ReportFindingOut]


@router.post(
    "/report-checks",
    response=ReportCheckOut,
    url_name="report_checks",
    summary="检查一份政府信息公开工作年度报告",
    operation_id="check_report",
)
def check_report(
    request: HttpRequest,
    asked: Form[AskedCheck],
    file: File[UploadedFile | None] = None,
    before: File[UploadedFile | None] = None,
) -> Any:
    """以表单送来报告文件（file：网页、PDF、docx、doc、xlsx、json、xml，不超过 20 MB）或者文本（text），
    答复读出的各格和各项发现。

    before 是上一年度的报告，用来核对结转、现行有效件数和雷同。不存储送来的内容。十分钟内最多20次，与网页合计。
    """
    if seconds := limits.wait(request):
        raise Problem(429, f"检查得太频繁，请{seconds}秒后再试。", headers={"Retry-After": str(seconds)})
    return checking.told(_checked(asked, file, before))


def _checked(asked: AskedCheck, file: UploadedFile | None, before: UploadedFile | None) -> Checked:
    if file is None and not (asked.text or "").strip():
        raise invalid([("form.file", "请送来报告文件，或者在 text 中写报告的文本。")])
    given = _file(file) if file else Given("pasted.txt", (asked.text or "").encode("utf-8", "replace"))
    last = _file(before) if before else None
    try:
        with limits.room():
            return apart.check(Asked(given, last, asked.year, asked.makes_rules))
    except limits.Busy:
        raise Problem(429, "现在有多份报告正在检查，请稍后再试。", headers={"Retry-After": "30"}) from None
    except apart.Unusable as error:
        field = "before" if error.file == "before" else "file" if file else "text"
        raise invalid([(f"form.{field}", str(error))]) from None


def _file(file: UploadedFile) -> Given:
    if (file.size or 0) > limits.LARGEST_BYTES:
        raise Problem(413, f"文件超过 {limits.LARGEST_BYTES // 1024 // 1024} MB。")
    return Given(file.name or "", file.read())
