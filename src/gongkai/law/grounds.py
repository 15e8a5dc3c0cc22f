"""Why information is not given, or an application not processed (理由): each with its article and row in the report.

Eight grounds are those of articles 14 to 16, kept in `articles.GROUNDS` because documents are withheld under them too;
here they gain the row of table three. The others are the Regulation's remaining reasons to decide otherwise than by
disclosing. What row each counts in is the report's own wording 【摘】, except where `row_verified` says 忆: that what
was not found, and what another agency is responsible for, both count as 本机关不掌握相关政府信息, is common practice,
as is counting what is not government information as 其他.
"""

from __future__ import annotations

from dataclasses import dataclass

from gongkai.law import articles
from gongkai.law.articles import cite
from gongkai.law.report_rows import row as report_row

WITHHOLDING_ARTICLES = (14, 15, 16)


@dataclass(frozen=True, slots=True)
class Ground:
    """A ground. `article` None: the Regulation has no words of its own for it, `basis` says where it is from."""

    key: str
    label: str
    explanation: str
    article: int | None
    paragraph: int | None
    item: int | None
    row: str
    basis: str = ""
    row_verified: str = "摘"
    must: bool = False
    weighs_third_party: bool = False

    @property
    def citation(self) -> str:
        """《中华人民共和国政府信息公开条例》第三十六条第（四）项; `basis` where there is no article."""
        return self.basis if self.article is None else cite(self.article, self.paragraph, self.item)

    @property
    def withholds(self) -> bool:
        """Whether it is one of articles 14 to 16: only these withhold (不予公开), and reconsideration comes first."""
        return self.article in WITHHOLDING_ARTICLES

    @property
    def row_label(self) -> str:
        """Its row in the annual report, in the report's words."""
        return report_row(self.row).label


_ROWS_OF_WITHHOLDING = {
    "state-secret": "deny_state_secret",
    "forbidden-by-law": "deny_law_forbidden",
    "security-and-stability": "deny_safety_stability",
    "trade-secret": "deny_third_party",
    "privacy": "deny_third_party",
    "internal-affairs": "deny_internal_affairs",
    "process": "deny_process_info",
    "enforcement-file": "deny_enforcement_file",
}

WITHHOLDING = tuple(
    Ground(
        ground.key,
        ground.label,
        ground.description,
        ground.article,
        ground.paragraph,
        None,
        _ROWS_OF_WITHHOLDING[ground.key],
        must=ground.must,
        weighs_third_party=ground.weighs_third_party,
    )
    for ground in articles.GROUNDS
)
"""条例第十四条至第十六条 【核】."""

OTHER_REASONS = (
    Ground(
        "not-held",
        "本机关没有所申请公开的政府信息",
        "经检索没有所申请公开信息的，告知申请人该政府信息不存在。",
        36,
        None,
        4,
        "noprov_not_held",
        row_verified="忆",
    ),
    Ground(
        "other-agency",
        "不属于本机关负责公开",
        "所申请公开信息不属于本行政机关负责公开的，告知申请人并说明理由；能够确定负责公开该政府信息的行政机关的，告知申请人该行政机关的名称、联系方式。",
        36,
        None,
        5,
        "noprov_not_held",
        row_verified="忆",
    ),
    Ground(
        "repeated",
        "重复申请",
        "行政机关已就申请人提出的政府信息公开申请作出答复、申请人重复申请公开相同政府信息的，告知申请人不予重复处理。",
        36,
        None,
        6,
        "noproc_repeat",
    ),
    Ground(
        "special-procedure",
        "属于行政查询事项",
        "所申请公开信息属于工商、不动产登记资料等信息，有关法律、行政法规对信息的获取有特别规定的，告知申请人依照有关法律、行政法规的规定办理。",
        36,
        None,
        7,
        "deny_admin_query",
    ),
    Ground(
        "needs-processing",
        "没有现成信息，需要另行制作",
        "提供的是已制作或者获取的政府信息；需要对现有政府信息进行加工、分析的，可以不予提供。",
        38,
        None,
        None,
        "noprov_need_creation",
    ),
    Ground(
        "unclear",
        "补正后申请内容仍不明确",
        "已经一次性告知补正，补正后仍不能明确所申请公开的政府信息。",
        30,
        None,
        None,
        "noprov_unclear",
    ),
    Ground(
        "petition",
        "信访、投诉、举报等活动",
        "以政府信息公开申请的形式进行信访、投诉、举报等活动的，告知申请人不作为政府信息公开申请处理，可以告知通过相应渠道提出。",
        39,
        1,
        None,
        "noproc_petition",
    ),
    Ground(
        "publication",
        "要求提供公开出版物",
        "要求提供政府公报、报刊、书籍等公开出版物的，可以告知获取的途径。",
        39,
        2,
        None,
        "noproc_publication",
    ),
    Ground(
        "excessive",
        "无正当理由大量反复申请",
        "申请的数量、频次明显超过合理范围，经要求说明理由，理由不合理的，告知申请人不予处理。",
        35,
        None,
        None,
        "noproc_massive",
    ),
    Ground(
        "reconfirm",
        "要求确认或者重新出具已获取的信息",
        "申请人已经获取该信息，要求行政机关予以确认或者重新出具。",
        None,
        None,
        None,
        "noproc_reconfirm",
        basis="国办公开办函〔2021〕30号表三（五）5",
    ),
    Ground(
        "clarification-lapsed",
        "逾期不补正",
        "申请人无正当理由逾期不补正的，视为放弃申请，行政机关不再处理该申请。",
        30,
        None,
        None,
        "other_overdue_correction",
    ),
    Ground(
        "fee-lapsed",
        "逾期未缴纳信息处理费",
        "申请人逾期未按照收费通知要求缴纳费用的，视为放弃申请，行政机关不再处理该申请。",
        None,
        None,
        None,
        "other_overdue_fee",
        basis="《政府信息公开信息处理费管理办法》（国办函〔2020〕109号）",
    ),
    Ground(
        "withdrawn",
        "申请人撤回申请",
        "申请人主动撤回申请，行政机关终止办理。",
        None,
        None,
        None,
        "other_other",
        basis="申请人的意思表示",
    ),
    Ground(
        "inquiry",
        "咨询事项",
        "内容是就法律、政策或者办事进行咨询，不是申请公开以一定形式记录、保存的信息。",
        2,
        None,
        None,
        "other_other",
        row_verified="忆",
    ),
    Ground(
        "not-government-information",
        "不属于政府信息",
        "不是行政机关在履行行政管理职能过程中制作或者获取的，以一定形式记录、保存的信息。",
        2,
        None,
        None,
        "other_other",
        row_verified="忆",
    ),
)

GROUNDS = (*WITHHOLDING, *OTHER_REASONS)
_GROUNDS = {ground.key: ground for ground in GROUNDS}
WITHHOLDING_KEYS = tuple(ground.key for ground in WITHHOLDING)


def ground(key: str) -> Ground:
    """The ground with this key. Raises KeyError with a Chinese message."""
    try:
        return _GROUNDS[key]
    except KeyError:
        raise KeyError(f"没有编号为{key}的理由") from None
