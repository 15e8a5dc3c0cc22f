"""A draft with nothing to find in it, and what the tests change about it."""

from datetime import date
from typing import Any

from gongkai.publishing.checks import AttachmentFacts, DraftFacts, Finding, run_checks
from gongkai.publishing.checks.words import starter_words

TODAY = date(2024, 5, 20)
IDENTITY = "110101199003077758"  # the check digit is right; nobody's, made for the tests
OLD_IDENTITY = "110101900307775"
BANK_CARD = "6217001234567890122"
MOBILE = "13800138000"

HEADER: dict[str, Any] = {
    "document_number": "澜政办发〔2024〕17号",
    "date_of_issue": date(2024, 5, 6),
    "published_on": None,
    "effective_on": date(2024, 6, 1),
    "expires_on": date(2029, 5, 31),
    "subject": "市场监管",
    "genre": "通知",
    "keywords": ["市场", "检查"],
    "summary": "部署年度检查。",
    "issuer": "澜川市人民政府办公室",
    "disclosure": "proactive",
    "ground": "",
    "source": "澜川市人民政府办公室",
    "title": "",
}
TITLE = "澜川市人民政府办公室关于开展市场检查的通知"
BODY = (
    "<p>各县（市、区）人民政府：</p><p>根据《政府信息公开条例》，现将有关事项通知如下。</p>"
    "<p>一、按时完成检查。</p><p>二、及时公开结果，接受监督。咨询电话：0551-62345678、12345。</p>"
    "<p>澜川市人民政府办公室</p><p>2024年5月6日</p>"
)


def draft(*, header: dict[str, Any] | None = None, body: str | None = None, **changes: Any) -> DraftFacts:
    """The clean draft with some header fields, the body or other facts changed; ``body`` is HTML."""
    return DraftFacts(
        **{
            "type_key": "notice",
            "title": TITLE,
            "body_html": BODY if body is None else body,
            "today": TODAY,
            "header": HEADER | (header or {}),
            "required_fields": (("title", "标题"), ("date_of_issue", "成文日期"), ("issuer", "发文机关")),
            "words": starter_words(),
            **changes,
        }
    )


def attachment(name: str = "2024年度检查计划表.docx", **changes: Any) -> AttachmentFacts:
    return AttachmentFacts(**{"id": "1", "name": name, "kind": "docx", "size": 2048, "text": "检查计划", **changes})


def findings(check: str, facts: DraftFacts) -> list[Finding]:
    """What one check finds in ``facts``."""
    return [finding for finding in run_checks(facts).findings if finding.check == check]
