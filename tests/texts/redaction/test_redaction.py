"""What a box covers is nowhere in the new file; everything else can still be read in it."""

import io
import string

import pikepdf
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pikepdf import Array
from PIL import Image, ImageDraw
from tests.texts import packages
from tests.texts.redaction import papers
from tests.texts.redaction.papers import GROUND, Word

from gongkai.texts.pdf import read_pdf
from gongkai.texts.reading import UnreadableFile
from gongkai.texts.redaction import Box, find, leftovers, pages, redact, redact_image, redact_pdf, render

_NAMES = st.text(string.ascii_lowercase + string.digits, min_size=6, max_size=9)


@st.composite
def _papers(draw: st.DrawFn) -> tuple[list[list[Word]], list[tuple[int, Word]], list[Box]]:
    """Pages of distinct words in a grid, those of them that are covered, and boxes: over words, and anywhere."""
    names = draw(st.lists(_NAMES, min_size=4, max_size=16, unique_by=lambda name: name[:5]))
    count = draw(st.integers(1, 3))
    size = draw(st.sampled_from([8.0, 12.0, 20.0]))
    sheets: list[list[Word]] = [[] for _ in range(count)]
    for at, name in enumerate(names):
        sheets[at % count].append(Word(name, 60 + 240 * (at % 2), 760 - 40 * at, size))
    everywhere = [(number, word) for number, words in enumerate(sheets, start=1) for word in words]
    covered = [one for one in everywhere if draw(st.booleans())]
    boxes = [papers.over(word, number) for number, word in covered]
    for _ in range(draw(st.integers(0, 2))):
        left, top = draw(st.floats(0, 0.9)), draw(st.floats(0, 0.9))
        boxes.append(Box(draw(st.integers(1, count)), left, top, left + 0.1, top + 0.1, ""))
    return sheets, covered, boxes


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(_papers())
def test_no_covered_word_survives_anywhere_and_all_others_do(
    drawn: tuple[list[list[Word]], list[tuple[int, Word]], list[Box]],
) -> None:
    sheets, covered, boxes = drawn
    original = papers.paper(*sheets)
    made = redact_pdf(original, boxes)
    everything = papers.everything(made.data)
    read = read_pdf(made.data)
    for _, word in covered:
        assert not any(form in everything for form in papers.forms(word.text))
        assert word.text not in read.text
    for number, words in enumerate(sheets, start=1):
        for word in words:
            own = papers.over(word, number)
            if not any(box.page == number and _touch(box, own) for box in boxes):
                # On a nearly empty page PDFium takes lines for columns, and breaks them after each character.
                assert word.text in "".join(read.pages[number - 1].split())
    assert leftovers(made.data, boxes, original) == []
    assert len(made.report.removed) == len(boxes)
    if covered:
        assert leftovers(original, boxes, original)


def _touch(one: Box, other: Box) -> bool:
    apart = one.right < other.left or other.right < one.left or one.bottom < other.top or other.bottom < one.top
    return not apart


def test_what_a_file_carries_beside_its_pages_is_not_in_the_new_one() -> None:
    secret = Word("zhangsanfeng", 72, 700)
    original = papers.laden(secret)
    assert sum(form in papers.everything(original) for form in papers.forms(secret.text))
    made = redact_pdf(original, [papers.over(secret)])
    everything = papers.everything(made.data)
    assert not any(form in everything for form in papers.forms(secret.text))
    assert read_pdf(made.data).metadata == {}
    with pikepdf.open(io.BytesIO(made.data)) as pdf:
        assert set(pdf.Root.keys()) == {"/Type", "/Pages", "/Lang"}
        assert "/Info" not in pdf.trailer
        assert not pdf.attachments
        assert "/Annots" not in pdf.pages[0].obj
    assert leftovers(made.data, [papers.over(secret)], original) == []
    assert "remains" in read_pdf(made.data).text


def test_the_second_look_tells_of_each_way_a_word_stays_in_a_file() -> None:
    secret = Word("zhangsanfeng", 72, 700)
    original = papers.paper([secret, Word("remains", 72, 500)])
    boxes = [papers.over(secret)]
    made = redact_pdf(original, boxes).data

    def spoilt(change: str) -> bytes:
        with pikepdf.open(io.BytesIO(made)) as pdf:
            page = pdf.pages[0].obj
            if change == "property":
                pdf.docinfo["/Title"] = secret.text
            elif change == "attachment":
                pdf.attachments["a.txt"] = pikepdf.AttachedFileSpec(pdf, secret.text.encode(), filename="a.txt")
            elif change == "visible":
                content = page.Contents.read_bytes() + b"\nBT 3 Tr /F0 9 Tf 100 Tz 1 0 0 1 80 702 Tm <21> Tj ET"
                page.Contents = pdf.make_stream(content)
            elif change == "picture":
                white = Image.new("L", (int(page.Resources.XObject.P.Width), int(page.Resources.XObject.P.Height)), 255)
                page.Resources.XObject.P.write(white.tobytes())
                page.Resources.XObject.P.ColorSpace = pikepdf.Name.DeviceGray
            elif change == "loose":
                page.Extra = pdf.make_stream(secret.text.encode("utf-16-be"))
            return papers.saved(pdf)

    assert leftovers(made, boxes, original) == []
    for change, says in {
        "property": f"仍可从文件中取出被遮盖的文字“{secret.text}”",
        "attachment": "附件",
        "visible": "遮盖框下仍有文字",
        "picture": "没有完全遮住图像",
        "loose": f"仍可从文件中取出被遮盖的文字“{secret.text}”",
    }.items():
        assert says in "".join(leftovers(spoilt(change), boxes, original)), change
    assert "此前的版本" in "".join(leftovers(made + made[made.rindex(b"startxref") :], boxes, original))
    assert "无法核验" in "".join(leftovers(made[:200], boxes, original))
    assert "页数不符" in "".join(leftovers(made, boxes, papers.paper([secret], [secret])))


def test_text_that_no_reader_sees_does_not_come_back() -> None:
    shown = Word("visible", 72, 700)
    white = Word("whiteonwhite", 72, 650, operators="1 g")
    outside = Word("besidethepage", 72, 900)
    blackened = Word("blackened", 72, 600)
    pdf = papers.new()
    page = papers.add_page(pdf, [shown, white, outside, blackened])
    # The famous mistake: a black rectangle drawn over a text that stays in the file.
    page.contents_add(pdf.make_stream(b"0 g 60 590 200 30 re f"))
    text = read_pdf(redact_pdf(papers.saved(pdf), []).data).text
    assert "visible" in text
    assert not {"whiteonwhite", "besidethepage", "blackened"} & set(text.split())


@pytest.mark.parametrize("turned", [0, 90, 180, 270])
def test_turned_and_cropped_pages_are_covered_where_they_are_seen(turned: int) -> None:
    secret, other = Word("secretword", 200, 400), Word("otherword", 200, 300)
    pdf = papers.new()
    papers.add_page(pdf, [secret, other], Rotate=turned, CropBox=Array([100, 200, 500, 600]))
    original = papers.saved(pdf)
    (size,) = pages(original)
    assert (size.width, size.height) == (400, 400)
    boxes = [_box(found) for found in find(original, "SECRETWORD")]
    assert len(boxes) >= 1
    made = redact_pdf(original, boxes)
    assert leftovers(made.data, boxes, original) == []
    letters = "".join(read_pdf(made.data).text.split())
    assert "secretword" not in letters
    assert sorted("otherword") == sorted(letters.replace(GROUND.replace(" ", ""), "").replace("1", ""))


def test_the_ground_is_read_in_the_place_of_what_was_removed() -> None:
    words = [Word("before", 72, 700), Word("zhangsanfengzhangsanfeng", 130, 700), Word("after", 340, 700)]
    made = redact_pdf(papers.paper(words), [papers.over(words[1])])
    assert "".join(read_pdf(made.data).text.split()) == "before条例第十五条个人隐私after"
    (removed,) = made.report.removed
    assert (removed.page, removed.place, removed.ground, removed.chars) == (1, "上部居中", GROUND, 24)
    assert made.report.grounds == {GROUND: 1}


def test_a_box_without_room_for_its_ground_shows_its_number_and_is_still_read_aloud() -> None:
    word = Word("zs", 72, 700, 9)
    made = redact_pdf(papers.paper([word]), [papers.over(word)])
    text = "".join(read_pdf(made.data).text.split())
    assert text in ("1条例第十五条个人隐私", "条例第十五条个人隐私1")


def test_the_same_boxes_give_the_same_bytes() -> None:
    original = papers.paper([Word("alpha", 72, 700)])
    assert redact_pdf(original, []).data == redact_pdf(original, []).data


def _photo(mode: str = "RGB") -> bytes:
    picture = Image.effect_noise((400, 300), 60).convert("RGB")
    ImageDraw.Draw(picture).rectangle((100, 100, 200, 140), fill=(250, 10, 10))
    exif = Image.Exif()
    exif[0x013B] = "zhangsanfeng"
    made = io.BytesIO()
    picture.convert(mode).save(made, "JPEG" if mode == "RGB" else "PNG", exif=exif)
    return made.getvalue()


@pytest.mark.parametrize("mode", ["RGB", "L"])
def test_a_picture_becomes_a_page_without_what_was_under_the_box(mode: str) -> None:
    photo = _photo(mode)
    box = Box(1, 0.2, 0.3, 0.6, 0.5, GROUND)
    made = redact_image(photo, [box])
    assert leftovers(made.data, [box], photo) == []
    assert b"zhangsanfeng" not in papers.everything(made.data)
    assert (made.report.pages, made.report.without_text) == (1, 1)
    with Image.open(io.BytesIO(render(made.data, 1, 400))) as shown:
        reds = [pixel for pixel in shown.convert("RGB").get_flattened_data() if pixel[0] > 200 > 100 > pixel[1]]
    assert not reds
    (size,) = pages(photo)
    assert (round(size.width), size.height) == (793, 595)


def test_finding_goes_over_line_ends_and_finds_every_occurrence() -> None:
    original = papers.paper(
        [Word("call 138-0000", 72, 700), Word("0000 now", 72, 680)], [Word("Call 138-0000 0000", 72, 700)]
    )
    found = find(original, "138-00000000")
    assert [(one.occurrence, one.page) for one in found] == [(1, 1), (1, 1), (2, 2)]
    assert found[0].top < found[1].top
    boxes = [_box(one) for one in found]
    assert "0000" not in read_pdf(redact_pdf(original, boxes).data).text
    assert find(original, "  ") == find(original, "absent") == find(_photo(), "x") == []


def _box(found: object) -> Box:
    sides = (getattr(found, side) for side in ("page", "left", "top", "right", "bottom"))
    return Box(*sides, GROUND)


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "图片无法识别"),
        (b"%PDF-1.7\n", "损坏"),
        (packages.pdf("x")[:60], "损坏"),
        (packages.word("<w:p/>"), "图片无法识别"),
    ],
)
def test_what_cannot_be_opened_is_refused_in_words(data: bytes, says: str) -> None:
    for reading in (pages, lambda data: redact(data, [])):
        with pytest.raises(UnreadableFile, match=says):
            reading(data)


def test_a_file_with_a_password_is_refused() -> None:
    pdf = papers.new()
    papers.add_page(pdf, [Word("x", 72, 700)])
    locked = io.BytesIO()
    pdf.save(locked, encryption=pikepdf.Encryption(owner="a", user="b"))
    with pytest.raises(UnreadableFile, match="打开密码"):
        redact_pdf(locked.getvalue(), [])
    # A file that only forbids to print or copy opens for everybody, and comes out without that lock.
    restricted = io.BytesIO()
    pdf.save(restricted, encryption=pikepdf.Encryption(owner="a", user=""))
    assert not read_pdf(redact_pdf(restricted.getvalue(), []).data).encrypted


def test_each_kind_of_file_has_its_own_door() -> None:
    with pytest.raises(UnreadableFile, match="不是 PDF"):
        redact_pdf(_photo(), [])
    with pytest.raises(UnreadableFile, match="不是图片"):
        redact_image(packages.pdf("x"), [])
    with pytest.raises(ValueError, match="没有第 2 页"):
        redact_pdf(packages.pdf("x"), [Box(2, 0, 0, 1, 1, GROUND)])


@pytest.mark.parametrize(
    "sides", [(0, 0, 0, 1), (0, 0, 1, 0), (-0.1, 0, 1, 1), (0, 0, 1, 1.1), (0.5, 0, 0.4, 1), (0, 0, float("nan"), 1)]
)
def test_a_box_lies_on_its_page(sides: tuple[float, float, float, float]) -> None:
    with pytest.raises(ValueError, match="页面之内"):
        Box(1, *sides, GROUND)
