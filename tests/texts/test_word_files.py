"""What a department leaves in its Word file reaches neither the page nor the download; what it wrote reaches both."""

import io

import docx
import pytest
from PIL import Image
from tests.texts.packages import (
    comments,
    everything,
    field_runs,
    level,
    numbered,
    numbering,
    packed,
    paragraph,
    relationship,
    run,
    unpacked,
    word,
)

from gongkai.texts.reading import PENDING_IMAGES, HiddenKind, UnreadableFile
from gongkai.texts.richtext import plain_text
from gongkai.texts.word import clean_docx, guess_title, read_docx


def both_ways(data: bytes) -> tuple[str, str]:
    """The text of the page, and all bytes of the download."""
    return plain_text(read_docx(data).html), everything(clean_docx(data)[0])


def test_a_tracked_deletion_reaches_neither_page_nor_download() -> None:
    old = "<w:r><w:delText>原拟三百万元</w:delText></w:r>"
    deleted = f'<w:del w:id="1" w:author="王某某" w:date="2024-01-01T00:00:00Z">{old}</w:del>'
    inserted = f'<w:ins w:id="2" w:author="王某某">{run("二百万元")}</w:ins>'
    data = word(paragraph(run("安排资金") + deleted + inserted + run("。")))
    page, download = both_ways(data)
    assert page == "安排资金二百万元。"
    assert "二百万元" in download
    assert "三百万元" not in download
    assert "王某某" not in download
    report = read_docx(data).hidden
    assert report.needs_decision
    assert report.of(HiddenKind.DELETION).excerpt == "原拟三百万元"  # type: ignore[union-attr]
    assert report.count(HiddenKind.INSERTION) == 1
    assert report.of(HiddenKind.AUTHOR).excerpt == "王某某"  # type: ignore[union-attr]


def test_moved_text_stands_only_where_it_went() -> None:
    moved_from = f'<w:moveFrom w:id="1" w:author="a">{run("第二条")}</w:moveFrom>'
    moved_to = f'<w:moveTo w:id="2" w:author="a">{run("第二条")}</w:moveTo>'
    page, download = both_ways(word(paragraph(moved_from + run("甲")) + paragraph(moved_to + run("乙"))))
    assert page == "甲\n第二条乙"
    assert "moveFrom" not in download


def test_a_deleted_paragraph_mark_joins_its_paragraph_with_the_next() -> None:
    mark = '<w:rPr><w:del w:id="1" w:author="a"/></w:rPr>'
    page, download = both_ways(word(paragraph("前半", mark) + paragraph("后半", '<w:jc w:val="center"/>')))
    assert page == "前半后半"
    assert download.count("<w:p>") == 1


def test_deleted_rows_and_cells_leave_their_table() -> None:
    kept = f"<w:tr><w:tc>{paragraph('留')}</w:tc></w:tr>"
    row = f'<w:tr><w:trPr><w:del w:id="1" w:author="a"/></w:trPr><w:tc>{paragraph("删行")}</w:tc></w:tr>'
    gone = '<w:tcPr><w:cellDel w:id="2" w:author="a"/></w:tcPr>'
    cell = f"<w:tr><w:tc>{paragraph('同')}</w:tc><w:tc>{gone}{paragraph('删格')}</w:tc></w:tr>"
    page, download = both_ways(word(f"<w:tbl>{kept}{row}{cell}</w:tbl>"))
    assert page == "留\n同"
    assert "删行" not in download
    assert "删格" not in download


def test_comments_go_with_their_authors() -> None:
    body = paragraph(
        '<w:commentRangeStart w:id="0"/>'
        + run("正文")
        + '<w:commentRangeEnd w:id="0"/><w:r><w:commentReference w:id="0"/></w:r>'
    )
    data = word(
        body,
        relationships=relationship("c1", "comments", "comments.xml"),
        extra={"word/comments.xml": comments("这句请领导再定")},
    )
    page, download = both_ways(data)
    assert page == "正文"
    for trace in ("领导再定", "comments.xml", "commentReference", "周某某"):
        assert trace not in download
    assert read_docx(data).hidden.of(HiddenKind.COMMENT).excerpt == "这句请领导再定"  # type: ignore[union-attr]


STYLES = (
    '<w:style w:type="character" w:styleId="Secret"><w:name w:val="secret"/><w:rPr><w:vanish/></w:rPr></w:style>'
    '<w:style w:type="character" w:styleId="Child"><w:name w:val="child"/><w:basedOn w:val="Secret"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Draft"><w:name w:val="draft"/><w:rPr><w:vanish/></w:rPr></w:style>'
)


@pytest.mark.parametrize(
    "hidden",
    [
        paragraph(run("机密", "<w:vanish/>")),
        paragraph(run("机密", '<w:rStyle w:val="Secret"/>')),
        paragraph(run("机密", '<w:rStyle w:val="Child"/>')),
        paragraph("机密", '<w:pStyle w:val="Draft"/>'),
        f"<w:tbl><w:tr><w:trPr><w:hidden/></w:trPr><w:tc>{paragraph('机密')}</w:tc></w:tr></w:tbl>",
    ],
)
def test_hidden_text_is_found_wherever_the_hiding_is_said(hidden: str) -> None:
    data = word(paragraph("公开") + hidden, styles=STYLES)
    page, download = both_ways(data)
    assert page == "公开"
    assert "机密" not in download
    assert read_docx(data).hidden.of(HiddenKind.HIDDEN_TEXT).excerpt == "机密"  # type: ignore[union-attr]
    assert plain_text(read_docx(data, keep_hidden=True).html) == "公开\n机密"


def test_text_that_says_it_is_not_hidden_stays() -> None:
    data = word(paragraph(run("显示", '<w:rStyle w:val="Secret"/><w:vanish w:val="0"/>')), styles=STYLES)
    assert both_ways(data)[0] == "显示"
    assert not read_docx(data).hidden.of(HiddenKind.HIDDEN_TEXT)


def test_white_letters_are_reported_but_not_decided() -> None:
    white = '<w:color w:val="FFFFFF"/>'
    dark = '<w:tcPr><w:shd w:val="clear" w:fill="1F3864"/></w:tcPr>'
    header = f"<w:tbl><w:tr><w:tc>{dark}{paragraph(run('表头', white))}</w:tc></w:tr></w:tbl>"
    report = read_docx(word(paragraph(run("白字", white) + run("小字", '<w:sz w:val="2"/>')) + header)).hidden
    assert report.of(HiddenKind.FAINT_TEXT).excerpt == "白字；小字"  # type: ignore[union-attr]


def test_field_codes_go_and_what_they_show_stays() -> None:
    data = word(
        paragraph(run("文件：") + field_runs(r" FILENAME \p ", "通知.docx"))
        + paragraph(field_runs(" PAGE ", "1"))
        + paragraph(f'<w:fldSimple w:instr=" AUTHOR ">{run("某处")}</w:fldSimple>')
    )
    page, download = both_ways(data)
    assert page == "文件：通知.docx\n1\n某处"
    assert "FILENAME" not in download
    assert "AUTHOR" not in download
    assert " PAGE " in download
    assert read_docx(data).hidden.count(HiddenKind.FIELD_CODE) == 2


def test_text_inside_a_field_code_is_not_shown_when_the_code_goes() -> None:
    nested = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> IF </w:instrText></w:r>'
        + field_runs(" MERGEFIELD 身份证 ", "暗藏")
        + '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        + run("明示")
        + '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    page, download = both_ways(word(paragraph(nested)))
    assert page == "明示"
    assert "暗藏" not in download


def test_links_that_act_and_links_to_machines_go() -> None:
    relationships = (
        relationship("l1", "hyperlink", "javascript:alert(1)", external=True)
        + relationship("l2", "hyperlink", "https://www.example.gov.cn/a", external=True)
        + relationship("l3", "hyperlink", "file:///C:/Users/wang/a.docx", external=True)
    )
    body = "".join(paragraph(f'<w:hyperlink r:id="l{n}">{run(f"链接{n}")}</w:hyperlink>') for n in (1, 2, 3))
    data = word(body, relationships=relationships)
    html = read_docx(data).html
    assert html.count("<a ") == 1
    assert 'href="https://www.example.gov.cn/a"' in html
    assert plain_text(html) == "链接1\n链接2\n链接3"
    download = everything(clean_docx(data)[0])
    assert "javascript" not in download
    assert "C:/Users" not in download


def test_names_properties_macros_and_custom_data_leave_the_download() -> None:
    document = docx.Document()
    document.add_paragraph("正文")
    document.core_properties.author = "李某某"
    document.core_properties.last_modified_by = "赵某某"
    buffer = io.BytesIO()
    document.save(buffer)
    members: dict[str, bytes | str] = dict(unpacked(buffer.getvalue()))
    members["word/vbaProject.bin"] = b"macro code"
    members["customXml/item9.xml"] = "<x>内部编号</x>"
    members["word/embeddings/oleObject1.bin"] = b"embedded ledger"
    members["forgotten.xml"] = "<x>无人引用</x>"
    cleaned, report = clean_docx(packed(members))
    text = everything(cleaned)
    for trace in (
        "李某某",
        "赵某某",
        "macro code",
        "内部编号",
        "embedded ledger",
        "无人引用",
        "docProps",
        "rsidR",
        "thumbnail",
    ):
        assert trace not in text
    for kind in (HiddenKind.AUTHOR, HiddenKind.MACRO, HiddenKind.CUSTOM_XML, HiddenKind.EMBEDDED, HiddenKind.PROPERTY):
        assert report.count(kind), kind
    assert [part.text for part in docx.Document(io.BytesIO(cleaned)).paragraphs] == ["正文"]


def test_cleaning_a_clean_copy_finds_nothing_more() -> None:
    deleted = '<w:del w:id="1" w:author="a"><w:r><w:delText>旧</w:delText></w:r></w:del>'
    cleaned, report = clean_docx(word(paragraph(run("新") + deleted + run("隐", "<w:vanish/>"))))
    assert report
    again, nothing = clean_docx(cleaned)
    assert not nothing
    assert again == cleaned


def test_the_form_of_an_official_document_is_kept() -> None:
    document = docx.Document()
    document.add_paragraph("澜川市人民政府办公室").alignment = 1
    document.add_paragraph("关于印发管理办法的通知").alignment = 1
    document.add_heading("一、总体要求", 1)
    document.add_heading("（一）目标", 2)
    body = document.add_paragraph("各区人民政府：")
    body.add_run("重点").bold = True
    table = document.add_table(3, 3)
    for cell in table.rows[0].cells:
        cell.paragraphs[0].add_run("表头").bold = True
    table.cell(1, 0).merge(table.cell(2, 0)).text = "合"
    table.cell(1, 1).merge(table.cell(1, 2)).text = "并"
    document.add_paragraph("一点", style="List Bullet")
    document.add_paragraph("2024年3月1日").alignment = 2
    buffer = io.BytesIO()
    document.save(buffer)
    read = read_docx(buffer.getvalue())
    assert read.title_guess == "澜川市人民政府办公室关于印发管理办法的通知"
    assert '<p class="align-center">澜川市人民政府办公室</p>' in read.html
    assert "<h2>一、总体要求</h2><h3>（一）目标</h3><p>各区人民政府：<strong>重点</strong></p>" in read.html
    assert "<thead><tr><th><strong>表头</strong></th>" in read.html
    assert '<td rowspan="2">合</td><td colspan="2">并</td>' in read.html
    assert "<ul><li>一点</li></ul>" in read.html
    assert read.html.endswith('<p class="align-right">2024年3月1日</p>')


def test_headings_are_known_by_chinese_style_names_and_outline_levels() -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="1"><w:name w:val="标题 1"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="a"><w:name w:val="公文二级"/>'
        '<w:pPr><w:outlineLvl w:val="1"/><w:jc w:val="center"/></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="b"><w:name w:val="子"/><w:basedOn w:val="a"/></w:style>'
    )
    data = word(
        paragraph("总则", '<w:pStyle w:val="1"/>')
        + paragraph("目的", '<w:pStyle w:val="b"/>')
        + paragraph("细目", '<w:outlineLvl w:val="2"/>'),
        styles=styles,
    )
    assert read_docx(data).html == '<h2>总则</h2><h3 class="align-center">目的</h3><h4>细目</h4>'


def test_automatic_article_numbers_become_words() -> None:
    data = word(
        paragraph("为了规范管理。", numbered())
        + paragraph("适用下列情形：", numbered())
        + paragraph("甲；", numbered(1))
        + paragraph("乙。", numbered(1))
        + paragraph("本办法自印发之日起施行。", numbered()),
        numbering=numbering(level(0, "chineseCounting", "第%1条"), level(1, "chineseCounting", "（%2）")),
    )
    assert plain_text(read_docx(data).html).split("\n") == [
        "第一条\u3000为了规范管理。",
        "第二条\u3000适用下列情形：",
        "（一）甲；",
        "（二）乙。",
        "第三条\u3000本办法自印发之日起施行。",
    ]


def test_plain_numbers_stay_a_list_until_text_interrupts_them() -> None:
    items = numbering(level(0, "decimal", "%1."))
    listed = word(paragraph("甲", numbered()) + paragraph("乙", numbered()), numbering=items)
    assert read_docx(listed).html == "<ol><li>甲</li><li>乙</li></ol>"
    interrupted = word(paragraph("甲", numbered()) + paragraph("说明") + paragraph("乙", numbered()), numbering=items)
    assert read_docx(interrupted).html == "<ol><li>甲</li></ol><p>说明</p><p>2. 乙</p>"


def test_pictures_arrive_without_their_metadata_and_with_their_description() -> None:
    photo = io.BytesIO()
    exif = Image.Exif()
    exif[0x010E] = "拍摄者某某"
    Image.new("RGB", (8, 6), "red").save(photo, "JPEG", exif=exif)
    assert "拍摄者".encode() in photo.getvalue() or b"Exif" in photo.getvalue()
    document = docx.Document()
    document.add_picture(io.BytesIO(photo.getvalue()))
    drawing = document.inline_shapes[0]._inline.docPr
    drawing.set("descr", "会议现场")
    buffer = io.BytesIO()
    document.save(buffer)
    read = read_docx(buffer.getvalue())
    (image,) = read.images
    assert (image.alt, image.src, image.content_type) == ("会议现场", PENDING_IMAGES + "image1.jpg", "image/jpeg")
    assert b"Exif" not in image.data
    assert f'src="{image.src}"' in read.html
    assert all(b"Exif" not in content for content in unpacked(clean_docx(buffer.getvalue())[0]).values())


def test_a_path_on_the_authors_machine_is_no_description() -> None:
    document = docx.Document()
    photo = io.BytesIO()
    Image.new("RGB", (2, 2)).save(photo, "PNG")
    document.add_picture(io.BytesIO(photo.getvalue()))
    document.inline_shapes[0]._inline.docPr.set("descr", r"C:\Users\liu\Desktop\图.png")
    buffer = io.BytesIO()
    document.save(buffer)
    assert read_docx(buffer.getvalue()).images[0].alt == ""
    assert "Users" not in everything(clean_docx(buffer.getvalue())[0])


def test_formulas_become_a_line_and_a_warning() -> None:
    formula = (
        "<m:oMath><m:f><m:num><m:r><m:t>a</m:t></m:r></m:num><m:den><m:r><m:t>b</m:t></m:r></m:den></m:f></m:oMath>"
    )
    read = read_docx(word(paragraph(run("比例=") + formula)))
    assert plain_text(read.html) == "比例=(a)/(b)"
    assert "公式" in read.warnings[0]


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le"), "另存为"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "密码"),
        (b"{\\rtf1", "不是 .docx"),
        (b"PK\x03\x04broken", "损坏"),
        (packed({"readme.txt": "x"}), "不是有效"),
        (word("x").replace(b"PK\x05\x06", b"PK\x05\x07"), "损坏"),
        (
            word("", extra={"word/document.xml": '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>'}),
            "实体",
        ),
        (word("", extra={"../evil.xml": "x"}), "不安全"),
    ],
)
def test_files_that_cannot_be_read_say_what_to_do(data: bytes, says: str) -> None:
    for act in (read_docx, clean_docx):
        with pytest.raises(UnreadableFile, match=says):
            act(data)


@pytest.mark.parametrize(
    ("html", "title"),
    [
        (
            '<p class="align-center">澜政办发〔2024〕8号</p><p class="align-center">关于开展检查的通知</p>',
            "关于开展检查的通知",
        ),
        ("<p>政府工作报告</p><p>各位代表：</p>", "政府工作报告"),
        ("<p>根据有关规定，现予公布。</p>", ""),
    ],
)
def test_the_title_is_guessed_by_its_looks(html: str, title: str) -> None:
    assert guess_title(html) == title


def test_text_in_a_drawn_box_is_not_lost() -> None:
    boxed = (
        f"<w:r><w:drawing><w:txbxContent>{paragraph('框内一')}{paragraph('框内二')}</w:txbxContent></w:drawing></w:r>"
    )
    assert plain_text(read_docx(word(paragraph(run("前") + boxed) + paragraph("后"))).html) == "前\n框内一\n框内二\n后"
