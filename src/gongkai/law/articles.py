"""What 《中华人民共和国政府信息公开条例》 (国务院令第711号, 2019-05-15 in force) lists, as data 【核】: items,
grounds, contents, citations.

The wording of the items is the Regulation's own. Keys are ours: stable, stored in records, never shown.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from gongkai.law.numerals import to_chinese

REGULATION = "《中华人民共和国政府信息公开条例》"
LAST_ARTICLE = 56


def cite(article: int, paragraph: int | None = None, item: int | None = None) -> str:
    """《中华人民共和国政府信息公开条例》第二十条第（一）项. Numbers from 1; raises ValueError for an article the
    Regulation lacks."""
    if not 1 <= article <= LAST_ARTICLE:
        raise ValueError(f"{REGULATION}没有第{article}条（共{LAST_ARTICLE}条）")
    text = f"{REGULATION}第{to_chinese(article)}条"
    for number, unit in ((paragraph, "第{}款"), (item, "第（{}）项")):
        if number is not None:
            if number < 1:
                raise ValueError(f"款、项从1起：{number}")
            text += unit.format(to_chinese(number))
    return text


@dataclass(frozen=True, slots=True)
class Item:
    """One item of proactive disclosure: of article 20 (`number` 1–15), or a field of article 21 (`number` in its own
    order)."""

    key: str
    article: int
    number: int
    name: str
    wording: str

    @property
    def numeral(self) -> str:
        """（一）…（十五）."""
        return f"（{to_chinese(self.number)}）"

    @property
    def citation(self) -> str:
        """The item cited; a field of article 21 by its article alone (it has no items)."""
        return cite(self.article, item=self.number) if self.article == 20 else cite(self.article)


def _article_20() -> tuple[Item, ...]:
    listed = (
        ("法规规章和规范性文件", "行政法规、规章和规范性文件"),
        ("机关职能和机构设置", "机关职能、机构设置、办公地址、办公时间、联系方式、负责人姓名"),
        ("规划和相关政策", "国民经济和社会发展规划、专项规划、区域规划及相关政策"),
        ("统计信息", "国民经济和社会发展统计信息"),
        ("行政许可和对外管理服务", "办理行政许可和其他对外管理服务事项的依据、条件、程序以及办理结果"),
        (
            "行政处罚和行政强制",
            "实施行政处罚、行政强制的依据、条件、程序以及本行政机关认为具有一定社会影响的行政处罚决定",
        ),
        ("财政预算决算", "财政预算、决算信息"),
        ("行政事业性收费", "行政事业性收费项目及其依据、标准"),
        ("政府集中采购", "政府集中采购项目的目录、标准及实施情况"),
        ("重大建设项目", "重大建设项目的批准和实施情况"),
        ("民生政策措施", "扶贫、教育、医疗、社会保障、促进就业等方面的政策、措施及其实施情况"),
        ("突发公共事件应对", "突发公共事件的应急预案、预警信息及应对情况"),
        ("监督检查", "环境保护、公共卫生、安全生产、食品药品、产品质量的监督检查情况"),
        ("公务员招考", "公务员招考的职位、名额、报考条件等事项以及录用结果"),
        ("其他法定公开信息", "法律、法规、规章和国家有关规定规定应当主动公开的其他政府信息"),
    )
    return tuple(Item(f"20-{number:02d}", 20, number, *item) for number, item in enumerate(listed, start=1))


ARTICLE_20 = _article_20()


class Level(StrEnum):
    """The level of an agency, as article 21 distinguishes it."""

    CITY_OR_COUNTY = "city_or_county"
    TOWNSHIP = "township"
    OTHER = "other"

    @property
    def label(self) -> str:
        """The Chinese name of the level."""
        return {"city_or_county": "设区的市级、县级", "township": "乡（镇）", "other": "其他"}[self.value]


def _article_21(prefix: str, *names: str) -> tuple[Item, ...]:
    return tuple(
        Item(f"21-{prefix}-{number:02d}", 21, number, name, name) for number, name in enumerate(names, start=1)
    )


# 条例第二十一条: "等方面", so these lists are open; each place adds its own.
ARTICLE_21 = {
    Level.CITY_OR_COUNTY: _article_21(
        "a", "市政建设", "公共服务", "公益事业", "土地征收", "房屋征收", "治安管理", "社会救助"
    ),
    Level.TOWNSHIP: _article_21(
        "b",
        "贯彻落实农业农村政策",
        "农田水利工程建设运营",
        "农村土地承包经营权流转",
        "宅基地使用情况审核",
        "土地征收",
        "房屋征收",
        "筹资筹劳",
        "社会救助",
    ),
    Level.OTHER: (),
}


def items(level: Level) -> tuple[Item, ...]:
    """What an agency of `level` must disclose proactively: articles 20 and 21."""
    return ARTICLE_20 + ARTICLE_21[level]


_ITEMS = {item.key: item for level in Level for item in items(level)}


def item(key: str) -> Item:
    """The item with this key (20-01 … 20-15, 21-a-01 …, 21-b-01 …). Raises KeyError with a Chinese message."""
    try:
        return _ITEMS[key]
    except KeyError:
        raise KeyError(f"没有编号为{key}的主动公开事项，应为20-01至20-15或者第二十一条的编号") from None


@dataclass(frozen=True, slots=True)
class Ground:
    """A ground for withholding (不予公开理由): `must` where the Regulation forbids disclosure, else the agency may
    decide.

    `weighs_third_party`: article 15's weighing applies (third party's consent, or weighty public interest).
    """

    key: str
    article: int
    paragraph: int | None
    label: str
    description: str
    must: bool
    weighs_third_party: bool = False

    @property
    def citation(self) -> str:
        """The article, with its paragraph where it has several."""
        return cite(self.article, self.paragraph)


GROUNDS = (
    Ground("state-secret", 14, None, "国家秘密", "依法确定为国家秘密的政府信息，不予公开。", True),
    Ground(
        "forbidden-by-law", 14, None, "法律、行政法规禁止公开", "法律、行政法规禁止公开的政府信息，不予公开。", True
    ),
    Ground(
        "security-and-stability",
        14,
        None,
        "危及“三安全一稳定”",
        "公开后可能危及国家安全、公共安全、经济安全、社会稳定的政府信息，不予公开。",
        True,
    ),
    Ground(
        "trade-secret",
        15,
        None,
        "商业秘密",
        "涉及商业秘密、公开会对第三方合法权益造成损害的，不得公开；第三方同意公开，或者不公开会对公共利益造成重大影响的，予以公开。",
        True,
        weighs_third_party=True,
    ),
    Ground(
        "privacy",
        15,
        None,
        "个人隐私",
        "涉及个人隐私、公开会对第三方合法权益造成损害的，不得公开；第三方同意公开，或者不公开会对公共利益造成重大影响的，予以公开。",
        True,
        weighs_third_party=True,
    ),
    Ground(
        "internal-affairs",
        16,
        1,
        "三类内部事务信息",
        "人事管理、后勤管理、内部工作流程等方面的内部事务信息，可以不予公开。",
        False,
    ),
    Ground(
        "process",
        16,
        2,
        "四类过程性信息",
        "讨论记录、过程稿、磋商信函、请示报告等过程性信息，可以不予公开；法律、法规、规章规定应当公开的，从其规定。",
        False,
    ),
    Ground(
        "enforcement-file",
        16,
        2,
        "行政执法案卷信息",
        "行政执法案卷信息，可以不予公开；法律、法规、规章规定应当公开的，从其规定。",
        False,
    ),
)
_GROUNDS = {ground.key: ground for ground in GROUNDS}


def ground(key: str) -> Ground:
    """The ground with this key. Raises KeyError with a Chinese message."""
    try:
        return _GROUNDS[key]
    except KeyError:
        raise KeyError(f"没有编号为{key}的不予公开理由") from None


class DisclosureAttribute(StrEnum):
    """公开属性, decided when a document is drafted (条例第十三条: 主动公开 and 依申请公开 are the two ways to
    disclose)."""

    PROACTIVE = "proactive"
    ON_APPLICATION = "on_application"
    WITHHELD = "withheld"

    @property
    def label(self) -> str:
        """The Chinese name."""
        return {"proactive": "主动公开", "on_application": "依申请公开", "withheld": "不予公开"}[self.value]

    @property
    def needs_ground(self) -> bool:
        """Whether a ground of articles 14 to 16 must be named: what is not within them is to be disclosed
        (条例第十三条)."""
        return self is DisclosureAttribute.WITHHELD


@dataclass(frozen=True, slots=True)
class Named:
    """A required content or column: our key and the Regulation's word."""

    key: str
    label: str


# 条例第十二条第二款: what the guide (政府信息公开指南) contains.
GUIDE_CONTENTS = (
    Named("classification", "政府信息的分类"),
    Named("arrangement", "编排体系"),
    Named("ways", "获取方式"),
    Named("office", "政府信息公开工作机构的名称"),
    Named("address", "办公地址"),
    Named("hours", "办公时间"),
    Named("telephone", "联系电话"),
    Named("fax", "传真号码"),
    Named("internet", "互联网联系方式"),
)

# 条例第十二条第三款: the columns of the catalogue (政府信息公开目录).
CATALOGUE_COLUMNS = (
    Named("index_number", "索引"),
    Named("title", "名称"),
    Named("summary", "内容概述"),
    Named("formed_on", "生成日期"),
)
