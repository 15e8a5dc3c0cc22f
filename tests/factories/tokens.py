"""Systems with their tokens."""

from datetime import timedelta
from typing import Any

from django.test import Client
from django.utils import timezone
from tests.factories.people import Staffed

from gongkai.agencies.actions import tokens
from gongkai.agencies.tokens import ApiToken, TokenAct


def issued(at: Staffed, **facts: Any) -> tuple[ApiToken, str]:
    """A token of the agency for everything, its drafter answering for it."""
    given: dict[str, Any] = {
        "agency": at.agency,
        "name": "办公自动化系统",
        "acts": TokenAct.values,
        "officer": at.drafter,
        "department": at.department,
        "expires_on": timezone.localdate() + timedelta(days=90),
        "by": at.admin,
    }
    return tokens.issue(**(given | facts))


class System:
    """A system that sends and asks with its token."""

    def __init__(self, secret: str) -> None:
        self.client = Client()
        self.headers = {"authorization": f"Bearer {secret}"}

    def push(self, draft: dict[str, Any], key: str = "k-1") -> Any:
        headers = self.headers | {"idempotency-key": key}
        return self.client.post("/api/v1/pushes", draft, content_type="application/json", headers=headers)

    def get(self, path: str, **asked: Any) -> Any:
        return self.client.get(path, asked, headers=self.headers)


def draft(**facts: Any) -> dict[str, Any]:
    """A complete notice as an OA sends it."""
    return {
        "type": "notice",
        "title": "关于供热主管网检修的公告",
        "disclosure": "proactive",
        "date_of_issue": (timezone.localdate() - timedelta(days=1)).isoformat(),
        "subject": "城乡建设、环境保护",
        "genre": "公告",
        "summary": "告知供热主管网检修的时间和范围。",
        "body": "<p>各有关单位：</p><p>定于近期分段检修主管网，请沿线用户提前做好准备。</p>",
        "source_id": "OA-2026-0117",
    } | facts
