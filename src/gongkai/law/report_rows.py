"""The rows and columns of the annual report's tables three and four (年度报告表三、表四), in both formats 【摘】.

国办公开办函〔2019〕60号 (trial, for 2019 and 2020) and 国办公开办函〔2021〕30号 (from 2021 on) differ in one place of
table three: what the later one divides into three under （六）其他处理 is one row in the earlier. Keys are ours and
stable: published reports are kept with them. Both tables' wordings stand here once; what counts where is decided by
`replies.report_row` (table three) and `remedies` (table four).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class ReportFormat(StrEnum):
    """The format of an annual report; the value is the year of its document."""

    TRIAL_2019 = "2019"
    CURRENT_2021 = "2021"

    @property
    def source(self) -> str:
        """The document number."""
        return {"2019": "国办公开办函〔2019〕60号", "2021": "国办公开办函〔2021〕30号"}[self.value]

    @property
    def first_year(self) -> int:
        """The first year a report is of in this format; the value happens to be it."""
        return int(self.value)


def format_of(year: int) -> ReportFormat:
    """The format for the report *of* `year` (统计年度, not the year it is published in).

    Raises ValueError for years before 2019: their tables were other ones.
    """
    if year < ReportFormat.TRIAL_2019.first_year:
        raise ValueError(f"{year}年度的年度报告不用现在的表式：现在的表式自2019年度起使用")
    return ReportFormat.TRIAL_2019 if year < ReportFormat.CURRENT_2021.first_year else ReportFormat.CURRENT_2021


@dataclass(frozen=True, slots=True)
class Row:
    """A row of table three. `groups` are the cells to its left, from the outside in; `label` is its own cell."""

    key: str
    label: str
    groups: tuple[str, ...] = ()


RESULTS = "三、本年度办理结果"
DENIED = "（三）不予公开"
NOT_PROVIDED = "（四）无法提供"
NOT_PROCESSED = "（五）不予处理"
OTHERWISE = "（六）其他处理"


def _numbered(group: str, *rows: tuple[str, str]) -> tuple[Row, ...]:
    return tuple(Row(key, f"{number}.{label}", (RESULTS, group)) for number, (key, label) in enumerate(rows, start=1))


_BEFORE_OTHER = (
    Row("new_received", "一、本年新收政府信息公开申请数量"),
    Row("carried_over", "二、上年结转政府信息公开申请数量"),
    Row("granted", "（一）予以公开", (RESULTS,)),
    Row("partial", "（二）部分公开（区分处理的，只计这一情形，不计其他情形）", (RESULTS,)),
    *_numbered(
        DENIED,
        ("deny_state_secret", "属于国家秘密"),
        ("deny_law_forbidden", "其他法律行政法规禁止公开"),
        ("deny_safety_stability", "危及“三安全一稳定”"),
        ("deny_third_party", "保护第三方合法权益"),
        ("deny_internal_affairs", "属于三类内部事务信息"),
        ("deny_process_info", "属于四类过程性信息"),
        ("deny_enforcement_file", "属于行政执法案卷"),
        ("deny_admin_query", "属于行政查询事项"),
    ),
    *_numbered(
        NOT_PROVIDED,
        ("noprov_not_held", "本机关不掌握相关政府信息"),
        ("noprov_need_creation", "没有现成信息需要另行制作"),
        ("noprov_unclear", "补正后申请内容仍不明确"),
    ),
    *_numbered(
        NOT_PROCESSED,
        ("noproc_petition", "信访举报投诉类申请"),
        ("noproc_repeat", "重复申请"),
        ("noproc_publication", "要求提供公开出版物"),
        ("noproc_massive", "无正当理由大量反复申请"),
        ("noproc_reconfirm", "要求行政机关确认或重新出具已获取信息"),
    ),
)
_OTHER_DIVIDED = _numbered(
    OTHERWISE,
    ("other_overdue_correction", "申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请"),
    ("other_overdue_fee", "申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请"),
    ("other_other", "其他"),
)
_AFTER_OTHER = (
    Row("total", "（七）总计", (RESULTS,)),
    Row("carry_forward", "四、结转下年度继续办理"),
)
_ROWS = {
    ReportFormat.TRIAL_2019: (*_BEFORE_OTHER, Row("other", OTHERWISE, (RESULTS,)), *_AFTER_OTHER),
    ReportFormat.CURRENT_2021: (*_BEFORE_OTHER, *_OTHER_DIVIDED, *_AFTER_OTHER),
}
_DIVIDED_KEYS = frozenset(row.key for row in _OTHER_DIVIDED)

COMPUTED_ROWS = frozenset({"new_received", "carried_over", "total", "carry_forward"})
"""Rows no single decision is counted in."""


def rows(format: ReportFormat) -> tuple[Row, ...]:
    """The rows of table three in order: 23 in the trial format, 25 in the present one."""
    return _ROWS[format]


def row(key: str, format: ReportFormat = ReportFormat.CURRENT_2021) -> Row:
    """The row with this key. Raises KeyError with a Chinese message."""
    for found in _ROWS[format]:
        if found.key == key:
            return found
    raise KeyError(f"{format.source}的表三没有编号为{key}的行")


def row_in(key: str, format: ReportFormat) -> str:
    """The row of `format` that takes what the present format counts in `key`: the three rows of 其他处理 are one
    in the trial format."""
    row(key)
    return "other" if format is ReportFormat.TRIAL_2019 and key in _DIVIDED_KEYS else key


@dataclass(frozen=True, slots=True)
class Column:
    """A column of table three or four: our key and the report's word."""

    key: str
    label: str


NATURAL_PERSON = Column("natural_person", "自然人")
ORGANISATIONS = (
    Column("commercial", "商业企业"),
    Column("research", "科研机构"),
    Column("social_welfare", "社会公益组织"),
    Column("legal_service", "法律服务机构"),
    Column("other_org", "其他"),
)
TOTAL = Column("total", "总计")

APPLICANT_COLUMNS = (NATURAL_PERSON, *ORGANISATIONS, TOTAL)
"""Table three, both formats."""

RESULT_COLUMNS = (
    Column("maintain", "结果维持"),
    Column("correct", "结果纠正"),
    Column("other", "其他结果"),
    Column("pending", "尚未审结"),
    TOTAL,
)
"""Table four: the five columns of each of its three blocks, both formats."""

BLOCKS = (
    Column("review", "行政复议"),
    Column("litigation_direct", "未经复议直接起诉"),
    Column("litigation_after_review", "复议后起诉"),
)
"""Table four: its three blocks; the last two stand under 行政诉讼."""
