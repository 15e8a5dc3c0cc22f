"""The provider's protocol: the published example, and a server that checks signatures by its own reading."""

import json
from datetime import UTC, date, datetime
from typing import Any

import pytest
from tests.telling import provider as fake
from tests.telling.provider import Provider

from gongkai.telling.outlets import aliyun
from gongkai.telling.outlets.contract import Fate, Letter, NotSent, Part, WillNotBeSent

LETTER = Letter(
    key="0b1c6e0a-0000-4000-8000-000000000001",
    to="13900001234",
    title="",
    text="",
    sign="澜川城管",
    part=Part("SMS_100", (("number", "2026-17 号"), ("query_url", "a.cn/~q?x=1&y=*"))),
    on=date(2026, 3, 2),
)


def test_the_example_of_the_documentation() -> None:
    """help.aliyun.com, V3 版本请求体&签名机制, 固定参数示例."""
    query = {"RegionId": "cn-shanghai", "ImageId": "win2019_1809_x64_dtc_zh-cn_40G_alibase_20230811.vhd"}
    headers = aliyun.signed_headers(
        "RunInstances",
        "ecs.cn-shanghai.aliyuncs.com",
        query,
        aliyun.Credential("YourAccessKeyId", "YourAccessKeySecret"),
        at=datetime(2023, 10, 26, 10, 22, 32, tzinfo=UTC),
        nonce="3156853299f313e23d1673dc12e1703d",
        version="2014-05-26",
    )
    assert headers["authorization"] == (
        "ACS3-HMAC-SHA256 Credential=YourAccessKeyId,SignedHeaders=host;x-acs-action;x-acs-content-sha256;"
        "x-acs-date;x-acs-signature-nonce;x-acs-version,"
        "Signature=06563a9e1b43f5dfe96b81484da74bceab24a1d853912eee15083a6f0f3283c0"
    )


def test_a_message_is_signed_and_carries_its_key(provider: Provider) -> None:
    receipt = aliyun.Aliyun().send(LETTER)
    assert (receipt.number, receipt.fate) == ("biz-1", Fate.SENT)
    assert provider.refused == []
    sent = provider.sent[0]
    assert sent["OutId"] == LETTER.key
    assert (sent["PhoneNumbers"], sent["SignName"], sent["TemplateCode"]) == ("13900001234", "澜川城管", "SMS_100")
    assert json.loads(sent["TemplateParam"]) == {"number": "2026-17 号", "query_url": "a.cn/~q?x=1&y=*"}


def test_a_wrong_secret_is_noticed_by_the_other_side(provider: Provider, settings: Any) -> None:
    settings.GONGKAI_SMS_KEY_SECRET = f"{fake.SECRET}x"
    with pytest.raises(WillNotBeSent, match="SignatureDoesNotMatch"):
        aliyun.Aliyun().send(LETTER)
    assert provider.sent == []


def test_what_may_have_gone_is_asked_for_before_it_goes_again(provider: Provider) -> None:
    again = Letter(**{**LETTER.__dict__, "again": True})
    assert aliyun.Aliyun().send(again).fate is Fate.SENT
    assert len(provider.sent) == 1, "the provider did not know it: it goes"
    assert aliyun.Aliyun().send(again).fate is Fate.SENT
    assert len(provider.sent) == 1, "the provider has it: it does not go twice"
    assert provider.asked[-1]["SendDate"] == "20260302"


@pytest.mark.parametrize(
    ("code", "raised"),
    [("isv.BUSINESS_LIMIT_CONTROL", NotSent), ("isv.MOBILE_NUMBER_ILLEGAL", WillNotBeSent), ("", NotSent)],
)
def test_refusals_for_now_and_for_good(provider: Provider, code: str, raised: type[Exception]) -> None:
    provider.codes = [code]
    with pytest.raises(raised) as refused:
        aliyun.Aliyun().send(LETTER)
    assert "13900001234" not in str(refused.value)


def test_nobody_there_is_a_bad_moment(provider: Provider, settings: Any) -> None:
    settings.GONGKAI_SMS_ENDPOINT = "http://127.0.0.1:9"
    with pytest.raises(NotSent, match="无法使用"):
        aliyun.Aliyun().send(LETTER)


def test_without_a_number_for_the_template_nothing_is_sent(provider: Provider) -> None:
    with pytest.raises(WillNotBeSent, match="告知设置"):
        aliyun.Aliyun().send(Letter(**{**LETTER.__dict__, "part": Part("", ())}))


@pytest.mark.parametrize(
    ("status", "fate", "reason"),
    [(1, Fate.SENT, ""), (3, Fate.DELIVERED, ""), (2, Fate.RETURNED, "运营商答复 MK:0001")],
)
def test_reports(provider: Provider, status: int, fate: Fate, reason: str) -> None:
    aliyun.Aliyun().send(LETTER)
    provider.fates[LETTER.key] = (status, "MK:0001")
    known = aliyun.Aliyun().status(LETTER.key, LETTER.to, "biz-1", date(2026, 3, 2))
    assert known is not None
    assert (known.fate, known.reason) == (fate, reason)
    assert provider.asked[-1]["BizId"] == "biz-1"
    assert aliyun.Aliyun().status("another", LETTER.to, "", date(2026, 3, 2)) is None
