"""The full list on the desk: kept by the disclosure office, looked at first, read by the supervising office."""

import io
from collections.abc import Callable
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from tests.catalog.portal.reading import text
from tests.catalog.test_matter_import import PLAIN, ROW, sheet
from tests.catalog.test_matters import given
from tests.factories import editions, people
from tests.factories.people import Staffed

from gongkai.agencies.officers import Officer
from gongkai.catalog.actions import matters
from gongkai.catalog.matters import Matter, MatterImport

pytestmark = pytest.mark.django_db
Desk = Callable[[Officer], Client]


def made(at: Staffed, **facts: Any) -> Matter:
    return matters.create_matter(at.agency, by=at.disclosure_officer, **given(**facts))


def posted(**facts: Any) -> dict[str, Any]:
    values = given(**facts) | {"audience": "everybody", "way": "proactive", "act": "change"}
    return {key: value for key, value in values.items() if value is not None}


def upload(client: Client, data: bytes, name: str = "清单.xlsx") -> Any:
    return client.post(reverse("matters:import"), {"file": SimpleUploadedFile(name, data)})


def test_the_list_is_the_disclosure_offices(at: Staffed, desk: Desk) -> None:
    made(at)
    for role in ("drafter", "leader", "office_reviewer", "admin"):
        assert desk(at.officers[role]).get(reverse("matters:list")).status_code == 403
    for role in ("disclosure_officer", "disclosure_head"):
        assert "供热质量监督检查" in text(desk(at.officers[role]).get(reverse("matters:list")))


def test_an_empty_list_teaches(at: Staffed, desk: Desk) -> None:
    page = text(desk(at.disclosure_officer).get(reverse("matters:list")))
    assert "清单里还没有事项" in page
    assert "导入清单" in page


def test_what_is_late_stands_first_and_filters_narrow(at: Staffed, desk: Desk) -> None:
    editions.released(at)
    made(at)
    made(at, first="收费", second="收费标准", types=["fee"], department=at.department)
    client = desk(at.disclosure_officer)
    page = text(client.get(reverse("matters:list")))
    assert page.index("需要办理") < page.index("收费标准") < page.index("供热质量监督检查")
    for query in ("?state=missing", "?q=收费", f"?department={at.department.pk}"):
        narrowed = text(client.get(reverse("matters:list") + query))
        assert "收费标准" in narrowed
        assert "供热质量监督检查" not in narrowed
    assert "没有符合条件的事项" in text(client.get(reverse("matters:list") + "?q=没有这样的"))


def test_a_form_with_a_fault_loses_nothing(at: Staffed, desk: Desk) -> None:
    client = desk(at.disclosure_officer)
    page = client.post(reverse("matters:new"), posted(limit_text="过几天", content="写了很久的内容"))
    words = text(page)
    assert "看不懂公开时限“过几天”" in words
    assert "写了很久的内容" in page.content.decode()
    assert not Matter.objects.exists()
    made_at = client.post(reverse("matters:new"), posted())
    matter = Matter.objects.get()
    assert made_at.headers["Location"] == reverse("matters:matter", args=[matter.pk])
    again = text(client.post(reverse("matters:new"), posted()))
    assert "请合并，或者改写其中一个" in again


def test_a_matter_is_changed_moved_abolished_and_restored(at: Staffed, desk: Desk) -> None:
    one, two = made(at), made(at, second="名录")
    client = desk(at.disclosure_head)
    path = reverse("matters:matter", args=[one.pk])
    client.post(path, posted(second="改过的名字", topics=[], item="20-13"))
    assert Matter.objects.get(pk=one.pk).second == "改过的名字"
    client.post(path, {"act": "move", "after": two.pk})
    assert [row.pk for row in Matter.objects.all()] == [two.pk, one.pk]
    assert "请" in text(client.post(path, {"act": "abolish", "reason": ""})) or "必填" in text(client.get(path))
    client.post(path, {"act": "abolish", "reason": "职责已划出"})
    assert "已取消的事项" in text(client.get(reverse("matters:list")))
    client.post(path, {"act": "restore"})
    assert Matter.objects.get(pk=one.pk).abolished_on is None
    words = text(client.get(path))
    for told in ("修改公开事项", "调整公开事项顺序", "取消公开事项", "恢复公开事项"):
        assert told in words


def test_nobody_opens_another_agencys_matter(at: Staffed, desk: Desk) -> None:
    other = people.staffed("澜川市水务局")
    theirs = made(other)
    kept = upload(desk(other.disclosure_officer), sheet(PLAIN, ROW)).headers["Location"]
    client = desk(at.disclosure_officer)
    path = reverse("matters:matter", args=[theirs.pk])
    assert client.get(path).status_code == 404
    assert client.post(path, {"act": "abolish", "reason": "试试"}).status_code == 404
    assert client.get(kept).status_code == 404
    assert client.get(reverse("matters:of_agency", args=[other.agency.pk])).status_code == 404
    assert "供热质量监督检查" not in text(client.get(reverse("matters:list")))


def test_a_list_is_looked_at_before_it_moves_in(at: Staffed, desk: Desk) -> None:
    made(at, first="燃气", second="原有的")
    client = desk(at.disclosure_officer)
    answer = upload(client, sheet(PLAIN, ROW, [2, "供热", "坏的", "内容", "", "过几天", "市城管委", "政府网站"]))
    page = client.get(answer.headers["Location"])
    words = text(page)
    for told in ("增加1", "有误1", "看不懂公开时限“过几天”", "清单中没有", "原有的"):
        assert told in words
    assert Matter.objects.count() == 1
    seen = page.context["plan"].digest
    done = client.post(answer.headers["Location"], {"seen": seen, "remove_missing": "on"}, follow=True)
    assert "已导入：增加1项，修改0项，取消1项，1行有误、没有导入。" in text(done)
    assert [one.second for one in Matter.objects.filter(abolished_on=None)] == ["检查"]
    assert "已于" in text(client.get(answer.headers["Location"]))


def test_a_list_that_changed_meanwhile_is_shown_anew(at: Staffed, desk: Desk) -> None:
    client = desk(at.disclosure_officer)
    answer = upload(client, sheet(PLAIN, ROW))
    seen = client.get(answer.headers["Location"]).context["plan"].digest
    made(at, second="别人刚加的")
    page = client.post(answer.headers["Location"], {"seen": seen})
    assert "什么都还没有写入" in text(page)
    assert "别人刚加的" in text(page)
    assert Matter.objects.count() == 1


@pytest.mark.parametrize(
    ("name", "data", "told"),
    [
        ("清单.xls", b"x", "请上传 .xlsx 文件"),
        ("清单.xlsx", b"not a workbook", "损坏"),
        ("清单.xlsx", sheet(["甲"], ["乙"]), "没有找到表头"),
    ],
)
def test_a_file_that_is_no_list_is_refused_at_its_field(
    at: Staffed, desk: Desk, name: str, data: bytes, told: str
) -> None:
    page = upload(desk(at.disclosure_officer), data, name)
    assert page.status_code == 200
    assert told in text(page)
    assert not MatterImport.objects.exists()


def test_what_is_exported_moves_in_again_without_a_change(at: Staffed, desk: Desk) -> None:
    made(at, department=at.department, column=at.agency.columns.get(key="zhidu"))
    client = desk(at.disclosure_officer)
    data = client.get(reverse("matters:export")).content
    assert openpyxl.load_workbook(io.BytesIO(data)).active.max_row == 3
    page = text(client.get(upload(client, data).headers["Location"]))
    assert "与现有清单完全一致" in page


def test_the_supervising_office_reads_every_list_and_changes_none(at: Staffed, desk: Desk) -> None:
    office = people.staffed("澜川市政务公开办公室", is_supervising=True)
    theirs = made(at)
    client = desk(office.disclosure_head)
    page = text(client.get(reverse("matters:city")))
    assert at.agency.name in page
    listed = client.get(reverse("matters:of_agency", args=[at.agency.pk]))
    assert "供热质量监督检查" in text(listed)
    assert reverse("matters:matter", args=[theirs.pk]) not in listed.content.decode()
    assert client.get(reverse("matters:matter", args=[theirs.pk])).status_code == 404


def test_the_page_costs_the_same_however_long_the_list(at: Staffed, desk: Desk, django_assert_num_queries: Any) -> None:
    client = desk(at.disclosure_officer)
    for number in range(60):
        made(at, second=f"事项{number}")
    client.get(reverse("matters:list"))
    with django_assert_num_queries(17):
        client.get(reverse("matters:list"))
