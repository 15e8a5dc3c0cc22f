"""`gongkai check` tells the operator what to do before real use."""

from pathlib import Path
from typing import Any

import pytest

from gongkai.agencies.actions import bodies
from gongkai.config import command, deployment
from gongkai.ledger.refs import SYSTEM

pytestmark = pytest.mark.django_db


def problems() -> str:
    return "\n".join(f"{finding.level} {finding.problem} {finding.remedy}" for finding in deployment.findings())


def test_a_missing_data_directory_must_be_dealt_with(
    settings: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    settings.DATA_DIR = tmp_path / "absent"
    assert command.main(["check"]) == 1
    assert "【必须处理】数据目录" in capsys.readouterr().out


def test_a_key_others_can_read_must_be_dealt_with(settings: Any, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path
    key = tmp_path / "secret.key"
    key.write_text("x")
    key.chmod(0o644)
    assert f"error 密钥文件 {key} 可被其他用户读取" in problems()
    key.chmod(0o600)
    assert "可被其他用户读取" not in problems()


def test_an_agency_without_administrator_is_named_with_the_command_to_give(settings: Any) -> None:
    bodies.create_agency(by=SYSTEM, code="LC", slug="city", name="澜川市人民政府", short_name="市政府", is_city=True)
    assert "澜川市人民政府没有系统管理员" in problems()
    assert "gongkai users create-admin --agency LC" in problems()


def test_demo_settings_are_one_remark_and_not_a_list_of_complaints(settings: Any) -> None:
    settings.PRODUCTION = False
    assert "note 现在是演示用的设置" in problems()
    assert "HSTS，" not in problems()


def test_debug_in_production_is_said_in_chinese(settings: Any) -> None:
    settings.PRODUCTION = settings.DEBUG = True
    assert "warning 调试模式开着" in problems()


def test_a_provider_without_key_and_mail_that_reaches_nobody_are_said(settings: Any) -> None:
    settings.PRODUCTION, settings.GONGKAI_SMS_PROVIDER = True, "aliyun"
    assert "error 接通了短信服务，却没有密钥" in problems()
    assert "warning 没有接通邮件服务器" in problems()
    settings.GONGKAI_MAIL_HOST, settings.GONGKAI_SMS_PROVIDER = "mail.test", ""
    assert "note 没有设置退信邮箱" in problems()
    assert "短信" not in problems()


def test_strictness_decides_the_exit_code(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(deployment, "findings", lambda: iter([deployment.Finding("warning", "甲", "乙")]))
    assert command.main(["check"]) == 0
    assert command.main(["check", "--strict"]) == 1


def test_nothing_found_is_said(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(deployment, "findings", lambda: iter(()))
    assert command.main(["check"]) == 0
    assert "检查通过" in capsys.readouterr().out
