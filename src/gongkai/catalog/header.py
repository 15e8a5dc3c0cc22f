"""The statutory header 文件信息 of a document: which fields there are, their names, their order."""

from dataclasses import dataclass


@dataclass(frozen=True)
class HeaderField:
    """One field: ``key`` is the attribute of ``Edition``; ``kind`` is text, date, choice, words or long."""

    key: str
    label: str
    kind: str
    help: str = ""


FIELDS: tuple[HeaderField, ...] = (
    HeaderField("title", "标题", "text"),
    HeaderField("issuer", "发文机关", "text", "联合发文的，牵头机关在前，用顿号隔开。"),
    HeaderField("document_number", "发文字号", "text", "如：澜城管发〔2025〕6号。年份用六角括号，序号不编虚位。"),
    HeaderField("date_of_issue", "成文日期", "date", "领导签发的日期；联合发文的，最后签发机关签发的日期。"),
    HeaderField("subject", "主题分类", "choice"),
    HeaderField("genre", "体裁", "choice"),
    HeaderField("effective_on", "施行日期", "date"),
    HeaderField("expires_on", "失效日期", "date", "规定了有效期的，填有效期届满后的第一天。"),
    HeaderField("keywords", "主题词", "words", "用空格隔开，三至五个。"),
    HeaderField("summary", "内容概述", "long", "一两句话，说清这是什么、与谁有关。"),
    HeaderField("source", "来源", "text"),
)
BY_KEY: dict[str, HeaderField] = {field.key: field for field in FIELDS}
LABELS: dict[str, str] = {
    "index_number": "索引号",
    **{field.key: field.label for field in FIELDS},
    "published_on": "发布日期",
    "validity": "有效性",
    "disclosure": "公开属性",
    "ground": "不予公开依据",
    "ground_note": "不予公开说明",
    "change_note": "修改说明",
    "body": "正文",
}

SUBJECTS: tuple[str, ...] = (
    "国务院组织机构",
    "综合政务",
    "国民经济管理、国有资产监管",
    "财政、金融、审计",
    "国土资源、能源",
    "农业、林业、水利",
    "工业、交通",
    "商贸、海关、旅游",
    "市场监管、安全生产监管",
    "城乡建设、环境保护",
    "科技、教育",
    "文化、广电、新闻出版",
    "卫生、体育",
    "人口与计划生育、妇女儿童工作",
    "劳动、人事、监察",
    "公安、安全、司法",
    "民政、扶贫、救灾",
    "民族、宗教",
    "对外事务",
    "港澳台侨工作",
    "国防",
    "其他",
)
"""主题分类 as the State Council's information catalogue names its 22 classes."""
