"""A file is what its content is; a name that says otherwise is an error the officer can act on."""

import io

import pytest
from PIL import Image
from tests.texts import packages

from gongkai.texts import filetypes, images
from gongkai.texts.filetypes import ALLOWED, sniff, strip_image
from gongkai.texts.reading import UnreadableFile

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600


def ole(stream: str) -> bytes:
    return OLE + stream.encode("utf-16-le") + b"\0\0"


def picture(kind: str, size: tuple[int, int] = (4, 2), **options: object) -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", size, "red").save(buffer, kind, **options)  # type: ignore[arg-type]
    return buffer.getvalue()


def office(folder: str, **more: str) -> bytes:
    return packages.packed({"[Content_Types].xml": "<Types/>", f"{folder}/a.xml": "<a/>", **more})


SAMPLES = {
    "公报.pdf": packages.pdf("x"),
    "公报.ofd": packages.ofd("x"),
    "通知.docx": packages.word(packages.paragraph("x")),
    "表.xlsx": office("xl"),
    "解读.pptx": office("ppt"),
    "旧.doc": ole("WordDocument"),
    "旧.xls": ole("Workbook"),
    "旧.wps": ole("WordDocument"),
    "旧.et": ole("Workbook"),
    "图.JPG": picture("JPEG"),
    "图.jpeg": picture("JPEG"),
    "图.png": picture("PNG"),
    "图.gif": picture("GIF"),
    "图.webp": picture("WEBP"),
    "会.mp4": b"\0\0\0\x18ftypisom\0\0\0\0isommp42" + b"\0" * 50,
    "会.mp3": b"ID3\x04\0\0" + b"\0" * 100,
    "附件.zip": packages.packed({"a.txt": "x"}),
    "数据.csv": "项目,数\n甲,1".encode("gbk"),
    "说明.txt": "BM 说明".encode(),
}


@pytest.mark.parametrize("name", SAMPLES)
def test_every_accepted_kind_is_recognised_by_its_content(name: str) -> None:
    kind = sniff(name, SAMPLES[name])
    extension = name.rsplit(".", 1)[1].lower().replace("jpeg", "jpg")
    assert (kind.key, kind.extension) == (extension, f".{extension}")


def test_every_accepted_kind_has_a_sample() -> None:
    assert {sniff(name, data).key for name, data in SAMPLES.items()} == ALLOWED.keys()


@pytest.mark.parametrize("name", ["公报.pdf", "图.png", "通知.docx", "附件.zip", "旧.doc", "说明.txt"])
def test_a_name_that_says_otherwise_is_an_error(name: str) -> None:
    for other in ("pdf", "png", "docx", "mp4", "zip"):
        if not name.endswith(other):
            with pytest.raises(UnreadableFile, match="扩展名是"):
                sniff(f"x.{other}", SAMPLES[name])


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("a.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "SVG"),
        ("a.png", b"<?xml version='1.0'?><!-- x --><svg onload='x()'/>", "SVG"),
        ("a.html", b"<p>", "网页"),
        ("a.txt", b"\xef\xbb\xbf <!DOCTYPE html><script>x()</script>", "网页"),
        ("a.csv", "<html><body>".encode("utf-16"), "网页"),
        ("a.exe", b"MZ\x90\0", "不接受"),
        ("a.pdf", b"MZ\x90\0" + b"\0" * 100, "程序"),
        ("a.docm", office("word"), "宏"),
        ("a.docx", office("word", **{"word/vbaProject.bin": "x"}), "宏"),
        ("a.doc", ole("EncryptedPackage"), "密码"),
        ("a.ppt", ole("PowerPoint Document"), "pptx"),
        ("a.rar", b"Rar!\x1a\x07\x00", "ZIP"),
        ("a.zip", packages.packed({"b.zip": "x"}), "又含压缩包"),
        ("a.zip", packages.packed({"启动.bat": "x"}), "程序"),
        ("a.zip", packages.packed({"../b.txt": "x"}), "不安全"),
        ("a.pdf", b"", "空的"),
        ("无扩展名", b"x", "没有扩展名"),
        ("../a.pdf", packages.pdf("x"), "文件名"),
        ("a.pdf", b"\x01\x02\x03\x04", "无法识别"),
    ],
)
def test_what_is_refused_is_refused_with_a_reason(name: str, data: bytes, says: str) -> None:
    with pytest.raises(UnreadableFile, match=says):
        sniff(name, data)


def test_a_file_that_is_too_large_says_by_how_much(monkeypatch: pytest.MonkeyPatch) -> None:
    small = filetypes.FileKind("txt", "文本文件", ".txt", "text/plain", True, 1024 * 1024)
    monkeypatch.setitem(ALLOWED, "txt", small)
    with pytest.raises(UnreadableFile, match=r"最大 1 MB，此文件 2\.0 MB"):
        sniff("a.txt", b"x" * 2 * 1024 * 1024)


def test_only_what_cannot_carry_script_is_shown_inline() -> None:
    shown = {key for key, kind in ALLOWED.items() if kind.inline_safe}
    assert shown == {"pdf", "jpg", "png", "gif", "webp", "mp4", "mp3"}


def test_a_photo_loses_its_place_and_stands_upright() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # turned by 90 degrees
    exif[0x010E] = "place and owner"
    exif.get_ifd(0x8825)[1] = "N"
    data = picture("JPEG", (40, 20), exif=exif, comment=b"owner")
    assert b"owner" in data
    stripped, size = strip_image(data)
    assert size == (20, 40)
    assert b"owner" not in stripped
    assert not Image.open(io.BytesIO(stripped)).getexif()


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "GIF", "WEBP"])
def test_every_picture_keeps_its_form(kind: str) -> None:
    stripped, size = strip_image(picture(kind, (5, 3)))
    opened = Image.open(io.BytesIO(stripped))
    assert (opened.format, opened.size, size) == (kind, (5, 3), (5, 3))
    red, green, blue = opened.convert("RGB").getpixel((2, 1))  # type: ignore[misc]
    assert red > 240
    assert green < 20
    assert blue < 20


def test_a_transparent_png_stays_transparent_and_a_moving_gif_moves() -> None:
    buffer = io.BytesIO()
    Image.new("RGBA", (2, 2), (255, 0, 0, 0)).save(buffer, "PNG")
    assert Image.open(io.BytesIO(strip_image(buffer.getvalue())[0])).getpixel((0, 0))[3] == 0  # type: ignore[index]
    frames = [Image.new("RGB", (3, 3), color) for color in ("red", "blue", "green")]
    buffer = io.BytesIO()
    frames[0].save(buffer, "GIF", save_all=True, append_images=frames[1:], duration=100, comment=b"owner")
    stripped, _ = strip_image(buffer.getvalue())
    assert Image.open(io.BytesIO(stripped)).n_frames == 3  # type: ignore[attr-defined]
    assert b"owner" not in stripped


@pytest.mark.parametrize("data", [b"", b"\x89PNG\r\n\x1a\n", b"GIF89a", picture("JPEG")[:-40], b"BM" + b"\0" * 60])
def test_broken_and_foreign_pictures_are_refused(data: bytes) -> None:
    with pytest.raises(UnreadableFile):
        strip_image(data)


def test_a_decompression_bomb_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    data = picture("PNG", (200, 200))
    monkeypatch.setattr(images, "MAX_PIXELS", 10_000)
    with pytest.raises(UnreadableFile, match="像素"):
        strip_image(data)


def test_pictures_inside_documents_lose_segments_but_no_pixel() -> None:
    exif = Image.Exif()
    exif[0x010E] = "owner"
    data = picture("JPEG", (16, 16), exif=exif)
    bare = images.without_metadata(data)
    assert b"owner" not in bare
    assert Image.open(io.BytesIO(bare)).tobytes() == Image.open(io.BytesIO(data)).tobytes()
    assert images.without_metadata(b"\xff\xd8\xffbroken") == b"\xff\xd8\xffbroken"
