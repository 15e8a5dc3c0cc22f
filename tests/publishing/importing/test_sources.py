"""Folders and archives as they come: what goes along is taken along, what is hostile is refused with its reason."""

import io
import os
import struct
import zipfile
from pathlib import Path

import pytest
from docx import Document as Word
from tests.factories import imports, people
from tests.factories.people import Staffed

from gongkai.catalog import storage
from gongkai.catalog.editions import Edition
from gongkai.catalog.files import FileRole
from gongkai.publishing.importing.run import Result
from gongkai.publishing.importing.sources import open_source, split_names
from gongkai.publishing.imports import ImportStatus
from gongkai.texts.reading import UnreadableFile

pytestmark = pytest.mark.django_db


@pytest.fixture
def at() -> Staffed:
    return people.staffed("澜川市城市管理委员会")


def edition_of(result: Result, title: str) -> Edition:
    code = next(one.code for one in result.outcomes if one.title == title)
    return Edition.objects.select_related("document").get(document__code=code)


def reasons(result: Result) -> dict[str, str]:
    return {one.path: one.reason for one in result.outcomes if one.status == ImportStatus.REFUSED}


BODY = (
    f'<p>{imports.SENTENCE}</p><p><img src="images/p1.png" alt="检修路段图"></p>'
    '<p>附件：<a href="./files/P0201.csv">检修路段一览表</a>、<a href="files/lost.pdf">丢失的附件</a></p>'
    '<p><a href="t2.html">上一号公告</a><a href="https://www.example.cn/x.pdf">外部文件</a></p>'
)


def a_site(tmp_path: Path) -> Path:
    files = {
        "zwgk/t1.html": imports.page("第一号公告", body=BODY),
        "zwgk/t2.html": imports.page("第二号公告", labels={"PubDate": "2021-03-04"}),
        "zwgk/images/p1.png": imports.picture(),
        "zwgk/images/unused.png": imports.picture(),
        "zwgk/files/P0201.csv": "路段,日期\n中心路,三月五日\n".encode(),
        "zwgk/.DS_Store": b"x",
        "zwgk/old.doc": b"x",
        "zwgk/inner.zip": b"PK",
    }
    return imports.folder(tmp_path / "site", files)


def test_pictures_attachments_and_links_go_along(at: Staffed, tmp_path: Path) -> None:
    path = a_site(tmp_path)
    result = imports.bring(at, path)
    edition = edition_of(result, "第一号公告")
    files = {one.file.role: one.file for one in edition.edition_files.select_related("file")}
    assert files[FileRole.IMAGE].alt == "检修路段图"
    assert files[FileRole.IMAGE].get_absolute_url() in edition.body
    assert files[FileRole.ATTACHMENT].name == "检修路段一览表.csv"
    assert files[FileRole.ATTACHMENT].get_absolute_url() in edition.body
    assert '<a href="/zwgk/t2.html"' in edition.body
    assert "https://www.example.cn/x.pdf" in edition.body
    other = edition_of(result, "第二号公告").document
    assert list(other.old_addresses.values_list("path", flat=True)) == ["/zwgk/t2.html"]
    outcome = next(one for one in result.outcomes if one.title == "第一号公告")
    assert outcome.missing == ["files/lost.pdf"]
    assert "缺少文件：files/lost.pdf" in outcome.reason
    assert "另存为 .docx" in reasons(result)["zwgk/old.doc"]
    assert "压缩包里的压缩包" in reasons(result)["zwgk/inner.zip"]
    assert open_source(path).unreferenced == ["zwgk/images/unused.png"]


def test_the_original_is_kept_to_the_byte_and_never_offered(at: Staffed, tmp_path: Path) -> None:
    data = imports.page(charset="gb18030")
    edition = edition_of(imports.bring(at, imports.folder(tmp_path, {"a.html": data})), "关于供热主管网检修的公告")
    [use] = edition.edition_files.select_related("file")
    assert use.file.role == FileRole.SOURCE
    assert storage.read(use.file.original) == data
    assert use.file.content_type == "application/octet-stream"
    assert not use.file.inline_safe


def test_a_page_that_knows_its_address_but_was_saved_elsewhere(at: Staffed, tmp_path: Path) -> None:
    body = (
        f'<p>{imports.SENTENCE}</p><p><img src="./p1.png" alt="图"><a href="/files/P1.csv">附表</a>'
        '<a href="./lost.pdf">附件</a></p>'
    )
    labels = {"Url": "http://www.example.gov.cn/zwgk/2021/t1.html"}
    files = {"save/甲.html": imports.page("甲公告", body=body, labels=labels), "save/p1.png": imports.picture()}
    files["files/P1.csv"] = "项目,数\n甲,一\n".encode()
    [outcome] = imports.bring(at, imports.folder(tmp_path, files)).outcomes
    assert sorted(outcome.taken_files) == ["files/P1.csv", "save/p1.png"]
    assert outcome.missing == ["http://www.example.gov.cn/zwgk/2021/lost.pdf"]
    assert outcome.old_addresses == ["/zwgk/2021/t1.html"]


def test_a_word_file_with_its_pictures(at: Staffed, tmp_path: Path) -> None:
    word = Word()
    word.add_heading("关于规范占道施工的通知", 0)
    word.add_paragraph(imports.SENTENCE)
    word.add_picture(io.BytesIO(imports.picture()))
    word.add_paragraph("2022年6月1日")
    word.save(str(tmp_path / "通知.docx"))
    edition = edition_of(imports.bring(at, tmp_path), "关于规范占道施工的通知")
    assert edition.text.split("\n")[0] == imports.SENTENCE
    assert str(edition.date_of_issue) == "2022-06-01"
    roles = [one.file.role for one in edition.edition_files.select_related("file")]
    assert roles == [FileRole.IMAGE, FileRole.SOURCE]
    assert "/files/pending/" not in edition.body


def test_attachments_lie_beside_their_list(at: Staffed, tmp_path: Path) -> None:
    rows = "标题,正文,附件,发布日期\n甲公告," + imports.SENTENCE + ",附表.csv,2023-01-04\n"
    folder = imports.folder(tmp_path, {"2023/清单.csv": rows, "2023/附表.csv": "项目,数\n甲,一\n"})
    [outcome] = imports.bring(at, folder).outcomes
    assert (outcome.files, outcome.taken_files, outcome.missing) == (["附表.csv"], ["2023/附表.csv"], [])


def test_a_document_that_is_a_table(at: Staffed, tmp_path: Path) -> None:
    rows = [("标题", "附件", "发布日期"), ("收费目录清单", "清单表.csv；缺.pdf", "2023-01-04")]
    imports.folder(tmp_path, {"清单表.csv": "项目,标准\n甲,一元\n", "目录.xlsx": imports.sheet(rows)})
    result = imports.bring(at, tmp_path / "目录.xlsx")
    edition = edition_of(result, "收费目录清单")
    assert [one.file.name for one in edition.edition_files.select_related("file")] == [
        "清单表.csv",
        "目录.xlsx第2行.json",
    ]
    assert result.outcomes[0].missing == ["缺.pdf"]


def test_a_list_reaches_only_what_lies_beside_it(at: Staffed, tmp_path: Path) -> None:
    (tmp_path / "secret.md").write_text("外面的文件")
    rows = [
        ("标题", "文件"),
        ("甲公告", "../secret.md"),
        ("乙公告", "link.md"),
        ("丙公告", "in/A.md"),
        ("丁公告", "/etc/hosts"),
    ]
    folder = imports.folder(tmp_path / "list", {"目录.xlsx": imports.sheet(rows), "in/A.md": imports.SENTENCE})
    (folder / "link.md").symlink_to(tmp_path / "secret.md")
    result = imports.bring(at, folder / "目录.xlsx")
    assert [one.title for one in result.outcomes if one.status == ImportStatus.TAKEN] == ["丙公告"]
    assert list(reasons(result)) == ["目录.xlsx第2行", "目录.xlsx第3行", "目录.xlsx第5行"]


@pytest.mark.parametrize("names", ["utf-8", "gbk"])
def test_archives_with_chinese_names(at: Staffed, tmp_path: Path, names: str) -> None:
    files = {"政务公开/通知公告/关于停水的公告.txt": f"关于停水的公告\n{imports.SENTENCE}".encode("gbk")}
    result = imports.bring(at, imports.packed(tmp_path / "a.zip", files, names=names))
    [outcome] = result.outcomes
    assert outcome.path == "政务公开/通知公告/关于停水的公告.txt"
    assert (outcome.title, outcome.type, outcome.type_origin) == ("关于停水的公告", "notice", "文件夹")
    assert edition_of(result, "关于停水的公告").text == imports.SENTENCE


def test_a_mirror_under_its_host(at: Staffed, tmp_path: Path) -> None:
    imports.folder(tmp_path, {"www.example.gov.cn/zwgk/index.html": imports.page()})
    [outcome] = imports.bring(at, tmp_path).outcomes
    assert outcome.old_addresses == ["/zwgk/index.html", "/zwgk/"]


@pytest.mark.parametrize("name", ["../../etc/passwd.md", "/etc/x.md", "C:\\x.md", "a/../../b.md"])
def test_archives_that_reach_out_are_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(UnreadableFile, match="不安全"):
        open_source(imports.packed(tmp_path / "a.zip", {name: b"x"}))


def test_bombs_crowds_and_locked_archives_are_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="压缩炸弹"):
        open_source(imports.packed(tmp_path / "bomb.zip", {"a.txt": b"\0" * 5_000_000}))
    with pytest.raises(UnreadableFile, match="上限"):
        open_source(imports.packed(tmp_path / "crowd.zip", {f"{number}.txt": b"" for number in range(15_001)}))
    locked = imports.packed(tmp_path / "locked.zip", {"a.txt": b"x"})
    locked.write_bytes(_with_flag(locked.read_bytes(), 0x1))
    with pytest.raises(UnreadableFile, match="已加密"):
        open_source(locked)
    (tmp_path / "broken.zip").write_bytes(b"PK\x03\x04 and then nothing")
    with pytest.raises(UnreadableFile, match="已损坏"):
        open_source(tmp_path / "broken.zip")


def test_a_damaged_member_is_refused_alone(at: Staffed, tmp_path: Path) -> None:
    path = imports.packed(
        tmp_path / "a.zip", {"a.txt": imports.SENTENCE.encode(), "关于停气的公告.md": imports.SENTENCE.encode()}
    )
    with zipfile.ZipFile(path) as archive:
        start = archive.getinfo("a.txt").header_offset + 30 + len("a.txt")
    data = bytearray(path.read_bytes())
    data[start + 3] ^= 0xFF
    path.write_bytes(bytes(data))
    result = imports.bring(at, path)
    assert "损坏" in reasons(result)["a.txt"]
    assert result.count(ImportStatus.TAKEN) == 1


def test_two_members_of_one_name(at: Staffed, tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("关于停气的公告.md", imports.SENTENCE)
        with pytest.warns(UserWarning, match="Duplicate name"):
            archive.writestr("关于停气的公告.md", imports.SENTENCE * 2)
    result = imports.bring(at, path)
    assert "同名" in reasons(result)["关于停气的公告.md"]


def test_what_a_folder_may_hide(at: Staffed, tmp_path: Path) -> None:
    secret = tmp_path / "outside.md"
    secret.write_text("外面的文件")
    root = imports.folder(
        tmp_path / "in", {"empty.md": b"", "bytes.txt": bytes(range(128, 256)) * 20, "ok.md": imports.SENTENCE}
    )
    (root / "link.md").symlink_to(secret)
    (root / "folder").symlink_to(tmp_path)
    (root / "named.md").write_text(imports.SENTENCE + "另。")
    (Path(os.fsdecode(os.fsencode(root) + b"/\xb9\xab\xb8\xe6.md"))).write_text("x")
    result = imports.bring(at, root)
    told = reasons(result)
    assert "链接" in told["link.md"]
    assert "链接" in told["folder"]
    assert "空的" in told["empty.md"]
    assert "编码有误" in told["bytes.txt"]
    assert "不是 UTF-8" in told["公告.md"]
    assert "没有找到标题" in told["ok.md"]
    assert not Edition.objects.filter(text__contains="外面的文件").exists()


def test_hostile_pages_are_harmless(at: Staffed, tmp_path: Path) -> None:
    body = (
        f'<p onclick="x()">{imports.SENTENCE}</p><script>alert(1)</script><iframe src="file:///etc/passwd"></iframe>'
        '<p><img src="../../../outside.png" onerror="x()"><img src="data:image/png;base64,AAAA"></p>'
        '<p><a href="javascript:alert(1)">点击</a><a href="file:///c:/x.pdf">本机</a></p>'
    )
    (tmp_path / "outside.png").write_bytes(imports.picture())
    deep = "<div>" * 30_000 + "<p>深处的正文，写得足够长，像一句完整的话。</p>"
    files = {"a.html": imports.page("甲公告", body=body), "deep.html": imports.page("乙公告", body=deep)}
    result = imports.bring(at, imports.folder(tmp_path / "a" / "b" / "c", files))
    edition = edition_of(result, "甲公告")
    for bad in ("script", "onclick", "onerror", "iframe", "javascript", "file:", "data:", "<img"):
        assert bad not in edition.body
    [outcome] = [one for one in result.outcomes if one.path == "a.html"]
    assert outcome.missing == ["../../../outside.png"]
    assert "嵌在代码中的图片" in outcome.reason
    [deep_outcome] = [one for one in result.outcomes if one.path == "deep.html"]
    assert deep_outcome.status == ImportStatus.REFUSED or "深处的正文" in edition_of(result, "乙公告").text


def test_attachments_that_may_not_be_offered_are_said(at: Staffed, tmp_path: Path) -> None:
    body = f'<p>{imports.SENTENCE}</p><p><a href="run.exe">程序</a><a href="fake.pdf">假的文件</a></p>'
    files = {
        "a.html": imports.page("甲公告", body=body),
        "run.exe": b"MZ\0\0" + b"\0" * 600,
        "fake.pdf": b"not a pdf at all",
    }
    [outcome] = imports.bring(at, imports.folder(tmp_path, files)).outcomes
    assert "“程序.exe”：这是可以运行的程序" in outcome.reason
    assert "“假的文件.pdf”：文件扩展名是 .pdf，实际是文本文件" in outcome.reason
    assert outcome.files == []


def test_sources_that_are_none(tmp_path: Path) -> None:
    (tmp_path / "a.rar").write_bytes(b"Rar!")
    for path, why in ((tmp_path / "none", "找不到"), (tmp_path / "a.rar", "不能导入")):
        with pytest.raises(UnreadableFile, match=why):
            open_source(path)


def test_names_in_one_cell() -> None:
    assert split_names("a.pdf；b.pdf\nc, 表.xls") == ["a.pdf", "b.pdf", "c, 表.xls"]
    assert split_names("附件1.pdf，附件2.doc") == ["附件1.pdf", "附件2.doc"]
    assert split_names("") == []


def _with_flag(data: bytes, flag: int) -> bytes:
    """The archive with a flag set in its directory, where readers look."""
    at = data.index(b"PK\x01\x02") + 8
    [flags] = struct.unpack_from("<H", data, at)
    return data[:at] + struct.pack("<H", flags | flag) + data[at + 2 :]
