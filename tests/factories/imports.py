"""Things to import: folders, archives and lists as agencies really have them, made for the tests."""

import io
import json
import zipfile
import zlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import openpyxl
from PIL import Image
from tests.factories.people import Staffed

from gongkai.publishing.importing.run import Result, carry_out
from gongkai.publishing.importing.sources import open_source
from gongkai.publishing.importing.taking import Order

SENTENCE = "为做好冬季供热设施检修工作，保障市民温暖过冬，现就有关事项通知如下，请各单位遵照执行。"
PAGE = """<!DOCTYPE html><html><head><meta charset="{charset}">{labels}
<title>{title}_澜川市城市管理委员会</title></head>
<body><div class="nav"><a href="/">首页</a></div><div class="TRS_Editor">{body}</div></body></html>"""


def page(
    title: str = "关于供热主管网检修的公告",
    *,
    body: str = f"<p>{SENTENCE}</p><p>特此公告。</p>",
    labels: Mapping[str, str] | None = None,
    charset: str = "utf-8",
) -> bytes:
    """A saved page of a portal with its page labels 页面标签."""
    given = {"ArticleTitle": title, "PubDate": "2021-03-05 09:30", "ContentSource": "市城管委"} | dict(labels or {})
    tags = "".join(f'<meta name="{name}" content="{value}">' for name, value in given.items() if value)
    return PAGE.format(charset=charset, labels=tags, title=title, body=body).encode(charset)


def picture() -> bytes:
    """A small PNG."""
    buffer = io.BytesIO()
    Image.new("RGB", (8, 6), "navy").save(buffer, "PNG")
    return buffer.getvalue()


def sheet(rows: Sequence[Sequence[Any]], *, hidden_rows: Sequence[int] = ()) -> bytes:
    """A workbook of one sheet."""
    workbook = openpyxl.Workbook()
    worksheet = workbook.active
    assert worksheet is not None
    for row in rows:
        worksheet.append(list(row))
    for number in hidden_rows:
        worksheet.row_dimensions[number].hidden = True
    buffer = io.BytesIO()
    workbook.save(buffer)
    return buffer.getvalue()


def folder(at: Path, files: Mapping[str, bytes | str]) -> Path:
    """A folder with these files."""
    for name, content in files.items():
        path = at / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    return at


def packed(path: Path, files: Mapping[str, bytes], *, names: str = "utf-8") -> Path:
    """A ZIP of these files. ``names`` "gbk" writes them as Chinese Windows does: without saying so."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name if names == "utf-8" else _ascii_of(name), content)
    if names != "utf-8":
        data = path.read_bytes()
        for name in files:
            data = data.replace(_ascii_of(name).encode(), name.encode(names))
        path.write_bytes(data)
    return path


def bring(at: Staffed, path: Path, **asked: Any) -> Result:
    """Import a source with the real code, as ``gongkai import`` does."""
    running = {key: asked.pop(key) for key in ("fresh", "resume", "limit", "watch") if key in asked}
    source = open_source(path, asked.pop("manifest", None))
    return carry_out(Order(agency=at.agency, by=at.disclosure_officer, source=source, **asked), **running)


def json_list(rows: Sequence[Mapping[str, Any]]) -> str:
    """A list in JSON."""
    return json.dumps(list(rows), ensure_ascii=False)


def toml_list(rows: Sequence[Mapping[str, Any]]) -> str:
    """A list in TOML, which writes texts and lists as JSON does."""
    tables = [
        "\n".join(f"{key} = {json.dumps(value, ensure_ascii=False)}" for key, value in row.items()) for row in rows
    ]
    return "\n".join(f"[[files]]\n{table}\n" for table in tables)


def _ascii_of(name: str) -> str:
    """A name of as many bytes as GBK needs, to be replaced by them, so that all offsets stay right."""
    return format(zlib.crc32(name.encode()), "x").ljust(len(name.encode("gbk")), "x")[: len(name.encode("gbk"))]
