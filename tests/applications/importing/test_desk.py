"""The desk page: upload, look at what would be made, have it carried out; and the command that does the same."""

import io
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from tests.applications.importing import ledgers
from tests.factories.people import Staffed

from gongkai.agencies.officers import Officer
from gongkai.applications.actions import taking_over
from gongkai.applications.applications import Application
from gongkai.applications.importing import reading, template
from gongkai.applications.taking_over import LedgerImport
from gongkai.config import command
from gongkai.ledger import moment

Desk = Callable[[Officer], Client]
UPLOAD = "applications:import"


def _sent(client: Client, rows: list[list[object]], name: str = "台账.xlsx") -> str:
    file = SimpleUploadedFile(name, ledgers.workbook(rows))
    return client.post(reverse(UPLOAD), {"file": file}).headers["Location"]


def test_looked_at_first_then_carried_out_by_the_worker(at: Staffed, desk: Desk) -> None:
    client = desk(at.disclosure_officer)
    rows = ledgers.messy()
    rows[4][ledgers.NAMED["办理结果"]] = "按程序处理"
    preview = _sent(client, rows)
    page = client.get(preview).content.decode()
    assert "确认迁入 4 件" in page
    assert "第7行“办理结果”：看不懂“按程序处理”" in page, "as the office calls its column"
    assert "周**" in page
    assert "周予安" not in page
    assert f'href="{reverse(UPLOAD)}" aria-current="true"' in page, "the rail says where one is"
    assert f'href="{reverse("applications:list")}" aria-current' not in page
    assert not Application.objects.exists()
    client.post(preview)
    taking_over.advance_started(moment.now())
    done = client.get(preview).content.decode()
    assert "办理完毕" in done
    assert Application.objects.get(source_number="2025-001").number in done


def test_what_is_no_ledger_is_told(at: Staffed, desk: Desk) -> None:
    client = desk(at.disclosure_officer)
    for name, data, told in (
        ("台账.xls", b"x", "请上传 .xlsx 文件"),
        ("台账.xlsx", b"x", "field-error"),
        ("台账.xlsx", ledgers.workbook([], head=["一", "二"]), "没有找到表头"),
        ("台账.xlsx", ledgers.workbook([], head=["编号", "渠道", "姓名", "电话"]), "缺少这些列：到达日期、申请内容"),
    ):
        answer = client.post(reverse(UPLOAD), {"file": SimpleUploadedFile(name, data)})
        assert answer.status_code == 422
        assert told in answer.content.decode()


def test_nobody_looks_at_what_another_uploaded(at: Staffed, desk: Desk) -> None:
    from tests.factories import people

    preview = _sent(desk(at.disclosure_officer), ledgers.messy())
    colleague = people.officer(at.agency, "disclosure_officer")
    elsewhere = people.staffed("澜川市水务局").disclosure_officer
    for officer in (colleague, elsewhere):
        assert desk(officer).get(preview).status_code == 404
        assert desk(officer).post(preview).status_code == 404
    assert desk(at.disclosure_head).get(preview).status_code == 403


def test_the_template_can_be_filled_in(at: Staffed, desk: Desk) -> None:
    data = desk(at.disclosure_officer).get(reverse("applications:import_template")).content
    assert data == template.workbook()
    book = openpyxl.load_workbook(io.BytesIO(data))
    sheet = book["台账"]
    head = [cell.value for cell in sheet[1]]
    filled = {"登记号": "1", "渠道": "当面提交", "到达日期": "2026-03-02", "姓名或名称": "周予安", "申请内容": "清单"}
    sheet.append([filled.get(str(name), "") for name in head])
    out = io.BytesIO()
    book.save(out)
    (case,) = reading.read(out.getvalue()).cases
    assert case.problems == []


def test_the_command_does_the_same(
    at: Staffed,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    path = tmp_path / "台账.xlsx"
    path.write_bytes(ledgers.workbook(ledgers.messy()))
    asked = (str(path), "--agency", at.agency.code, "--by", at.disclosure_officer.username)
    assert command.call("applications", "import", *asked, "--dry-run") == 0
    assert "迁入并办结5件" in capsys.readouterr().out
    assert not Application.objects.exists()
    assert command.call("applications", "import", *asked) == 0
    assert "已迁入5件" in capsys.readouterr().out
    assert command.call("applications", "import", *asked) == 0
    assert "已跳过5件" in capsys.readouterr().out
    assert LedgerImport.objects.exclude(done_at=None).count() == 2
