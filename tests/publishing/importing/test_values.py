"""Header values are found where agencies write them, and each says where it came from."""

import json
from datetime import date
from pathlib import Path

import pytest
from tests.factories import imports, people
from tests.factories.people import Staffed

from gongkai.catalog.editions import Disclosure, Edition
from gongkai.publishing.importing import promulgation
from gongkai.publishing.imports import ImportStatus
from gongkai.texts.reading import UnreadableFile

pytestmark = pytest.mark.django_db

HEAD = (
    "公文名称", "发文文号", "发文时间", "公开日期", "发布机构", "主题分类", "体裁", "时效性", "施行日期", "关键词",
    "摘要", "url", "正文",
)  # fmt: skip


@pytest.fixture
def at() -> Staffed:
    return people.staffed("澜川市城市管理委员会")


def only(result: object) -> Edition:
    [outcome] = result.outcomes  # type: ignore[attr-defined]
    return Edition.objects.select_related("document").get(document__code=outcome.code)


def test_a_list_with_its_texts_in_it(at: Staffed, tmp_path: Path) -> None:
    row = (
        "关于加强燃气安全管理的通知", "澜城管发[2021]9号", "2021年3月2日", "2021/3/5", "澜川市城市管理委员会",
        "城乡建设",
        "通知", "有效", "2021.4.1", "燃气 安全", "部署燃气安全管理。", "http://old.example.cn/zwgk/t9.html?id=3",
        f"各区城管局：\n{imports.SENTENCE}\n澜川市城市管理委员会\n2021年3月2日",
    )  # fmt: skip
    (tmp_path / "存量.xlsx").write_bytes(imports.sheet([("存量信息登记表",), HEAD, row]))
    result = imports.bring(at, tmp_path / "存量.xlsx")
    edition = only(result)
    assert (edition.title, edition.document_number) == (row[0], "澜城管发〔2021〕9号")
    assert (edition.date_of_issue, edition.effective_on) == (date(2021, 3, 2), date(2021, 4, 1))
    assert (edition.subject, edition.genre, edition.keywords) == ("城乡建设、环境保护", "通知", "燃气 安全")
    assert edition.text.split("\n")[0] == "各区城管局："
    assert edition.document.listed_at is not None
    assert edition.document.listed_at.isoformat() == "2021-03-04T16:00:00+00:00"
    assert list(edition.document.old_addresses.values_list("path", flat=True)) == ["/zwgk/t9.html?id=3"]
    [outcome] = result.outcomes
    assert outcome.type == "other_document"
    assert outcome.header["document_number"]["origin"] == "存量.xlsx第3行"
    assert edition.document.imported_from == row[11]


def test_page_labels_in_any_case_and_encoding(at: Staffed, tmp_path: Path) -> None:
    data = imports.page(labels={"PubDate": "", "pubdate": "2020-11-03 16:20", "KEYWORDS": "供热"}, charset="gb18030")
    imports.folder(tmp_path, {"xxgk/t1.htm": data})
    result = imports.bring(at, tmp_path)
    edition = only(result)
    assert edition.title == "关于供热主管网检修的公告"
    assert (edition.source, edition.keywords) == ("市城管委", "供热")
    assert edition.document.listed_at is not None
    assert edition.document.listed_at.isoformat() == "2020-11-03T08:20:00+00:00"
    assert result.outcomes[0].header["published_on"]["origin"] == "页面标签 PubDate"
    assert result.outcomes[0].old_addresses == ["/xxgk/t1.htm"]
    assert edition.text == f"{imports.SENTENCE}\n特此公告。"


def test_the_list_counts_more_than_the_page_and_the_page_more_than_the_file(at: Staffed, tmp_path: Path) -> None:
    listed = "文件,标题,处室,类型\n通知(2019-05-06).html,甲通知,供热管理处,通知公告\n"
    imports.folder(tmp_path, {"manifest.csv": listed.encode("gbk"), "通知(2019-05-06).html": imports.page("乙通知")})
    result = imports.bring(at, tmp_path)
    edition = only(result)
    assert edition.title == "甲通知"
    assert edition.document.department == at.other_department
    assert edition.document.type == "notice"
    header = result.outcomes[0].header
    assert header["title"]["origin"] == "manifest.csv第2行"
    assert header["published_on"] == {"label": "发布日期", "value": "2021-03-05 09:30", "origin": "页面标签 PubDate"}


@pytest.mark.parametrize("name", ["manifest.json", "manifest.toml"])
def test_lists_as_programs_write_them(at: Staffed, tmp_path: Path, name: str) -> None:
    row = {"file": "a.md", "title": "关于停气的公告", "published_on": "2022-01-05", "keywords": ["燃气", "停气"]}
    as_toml = (
        '[[files]]\nfile = "a.md"\ntitle = "关于停气的公告"\npublished_on = 2022-01-05\nkeywords = ["燃气", "停气"]\n'
    )
    imports.folder(
        tmp_path, {name: imports.json_list([row]) if name.endswith("json") else as_toml, "a.md": imports.SENTENCE}
    )
    edition = only(imports.bring(at, tmp_path))
    assert (edition.title, edition.keywords) == ("关于停气的公告", "燃气 停气")
    assert edition.date_of_issue == date(2022, 1, 5)


def test_what_cannot_be_read_is_left_to_a_person(at: Staffed, tmp_path: Path) -> None:
    listed = "文件,标题,发文字号,成文日期,公开属性\na.md,关于停气的通知,燃[2021],2021年2月30日,依申请公开\n"
    imports.folder(tmp_path, {"清单.csv": listed, "a.md": imports.SENTENCE})
    result = imports.bring(at, tmp_path, adopt=True)
    [outcome] = result.outcomes
    assert outcome.status == ImportStatus.HELD
    assert "2021年2月没有30日" in outcome.reason
    assert "发文字号没有带入" in outcome.reason
    assert "公开属性为“依申请公开”" in outcome.reason
    edition = only(result)
    assert (edition.document_number, edition.date_of_issue) == ("", None)
    assert edition.disclosure == Disclosure.ON_APPLICATION
    assert edition.document.state == "unreleased"


def test_hidden_rows_columns_nobody_knows_and_files_that_are_not_there_are_said(at: Staffed, tmp_path: Path) -> None:
    rows = [
        ("标题", "文件", "备注"),
        ("甲公告", "a.md", "x"),
        ("乙公告", "b.md", ""),
        ("丙公告", "../../c.md", ""),
        ("丁", "", ""),
    ]
    imports.folder(tmp_path, {"a.md": imports.SENTENCE, "b.md": imports.SENTENCE + "。"})
    (tmp_path / "清单.xlsx").write_bytes(imports.sheet(rows, hidden_rows=[3]))
    result = imports.bring(at, tmp_path / "清单.xlsx")
    reasons = {one.path: one.reason for one in result.outcomes if one.status == ImportStatus.REFUSED}
    assert "被隐藏" in reasons["清单.xlsx第3行"]
    assert "找不到文件“../../c.md”" in reasons["清单.xlsx第4行"]
    assert "既没有正文" in reasons["清单.xlsx第5行"]
    assert [one.title for one in result.outcomes if one.status == ImportStatus.TAKEN] == ["甲公告"]


@pytest.mark.parametrize("content", ["", "没有列名,也没有什么\n甲,乙\n", "{}", "[1, 2]"])
def test_a_list_that_is_none_says_so(at: Staffed, tmp_path: Path, content: str) -> None:
    name = "manifest.json" if content.startswith(("{", "[")) else "manifest.csv"
    imports.folder(tmp_path, {name: content, "a.md": imports.SENTENCE})
    with pytest.raises(UnreadableFile, match="清单"):
        imports.bring(at, tmp_path)


def test_lists_may_hold_anything(at: Staffed, tmp_path: Path) -> None:
    odd = {
        "title": "甲\u0000公告\ud800",
        "url": "http://[not an address",
        "body": "正\u0000文" * 30,
        "department": "\u0007",
    }
    long = {
        "title": "长" * 400,
        "body": imports.SENTENCE,
        "attachments": "http://[x, ../../../etc/passwd; " + "a" * 3000,
    }
    imports.folder(tmp_path, {"manifest.json": json.dumps([odd, long, {"title": {"a": 1}, "body": "x"}, {}])})
    result = imports.bring(at, tmp_path)
    statuses = [(one.status, one.title) for one in result.outcomes]
    assert statuses[0] == (ImportStatus.TAKEN, "甲公告")
    assert statuses[1][0] == ImportStatus.REFUSED
    assert "标题" in result.outcomes[1].reason
    assert "没有找到标题" in result.outcomes[2].reason
    assert len(statuses) == 3


def test_notes_of_promulgation() -> None:
    lines = [
        "（2001年6月15日 中华人民共和国国务院令第306号公布）",
        "2010年1月9日 《国务院关于修改的决定》第二次修订",
        "第一条 为了……",
        "第九条 本条例自2001年7月1日起施行。",
    ]
    said = promulgation.read(lines)
    assert said.document_number == "中华人民共和国国务院令第306号"
    assert (said.date_of_issue, said.issuer) == (date(2001, 6, 15), "中华人民共和国国务院")
    assert said.effective_on == date(2001, 7, 1)
    joint = promulgation.read(
        ["1989年4月1日 国家教育委员会令第4号、国家体育运动委员会令第9号发布", "本规定自发布之日起施行。"]
    )
    assert (joint.document_number, joint.date_of_issue) == ("", None)
    assert joint.effective_when_issued
    approved = promulgation.read(["1987年7月1日 国务院批准", "1987年7月28日 公安部发布"])
    assert (approved.document_number, approved.issuer, approved.date_of_issue) == ("", "公安部", date(1987, 7, 28))


@pytest.mark.parametrize(
    ("name", "title", "day"),
    [
        ("a/不动产登记暂行条例(2019-03-24).md", "不动产登记暂行条例", date(2019, 3, 24)),
        ("20210305_关于停水的通知.docx", "关于停水的通知", date(2021, 3, 5)),
        ("t20210305_123456.html", "", date(2021, 3, 5)),
        ("000_bcbb4007.txt", "", None),
        ("关于2020年工作的报告.md", "关于2020年工作的报告", None),
    ],
)
def test_what_a_file_name_tells(name: str, title: str, day: date | None) -> None:
    assert promulgation.title_and_day(name) == (title, day)
