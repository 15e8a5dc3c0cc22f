"""Every letter on paper, to look at: ``python -m tests.applications.letters.specimens DIR`` writes them.

Short ones under the plain title, long ones (two pages and more) under a red head with a seal.
"""

import sys
from dataclasses import replace
from io import BytesIO
from math import cos, pi, sin
from pathlib import Path

from PIL import Image, ImageDraw

from gongkai.applications.letters.catalogue import Letter, all_letters
from gongkai.applications.letters.composing import House, compose
from gongkai.applications.letters.facts import LetterFacts
from gongkai.applications.letters.sample import SAMPLE, sample_for

AGENCY = "澜川市城市管理委员会"
REMEDIES_AFTER_REFUSAL = (
    "如不服本机关不予公开的决定，应当先自收到本告知书之日起60日内向澜川市人民政府申请行政复议；对行政复议决定不服的，"
    "可以自收到行政复议决定书之日起15日内向人民法院提起行政诉讼。",
)
_LONG_REASON = (
    "经向承办处室了解，南湖片区集中供热管网改造工程自2024年9月启动前期工作，至2025年12月完成竣工验收，其间形成可行性研究报告、"
    "初步设计批复、招标文件、中标通知书、施工合同、监理合同、设计变更、工程签证、竣工验收报告等材料共126份，"
    "分别由本机关、澜川市住房和城乡建设局和建设单位制作或者保存。"
)
LONG = replace(
    SAMPLE,
    applicant="澜川市南湖花园第二届业主委员会",
    applicant_kind="法人或者其他组织（其他）",
    form_of_address="你单位",
    identity="统一社会信用代码 9100000000000000XX",
    items=(
        "2024年1月1日至2025年12月31日期间南湖片区集中供热管网改造工程的立项批复、初步设计批复及其全部附件",
        "上述工程的招标文件、中标通知书、施工合同、监理合同以及履行过程中签订的全部补充协议",
        "上述工程的竣工验收报告、质量监督报告和结算审核报告",
    ),
    reasons=(_LONG_REASON, _LONG_REASON.replace("126", "38"), _LONG_REASON),
    grounds=(
        "《中华人民共和国政府信息公开条例》第十五条规定，涉及商业秘密、个人隐私等公开会对第三方合法权益造成损害的政府信息，"
        "行政机关不得公开。经征求第三方意见，澜川市恒源热力有限公司不同意公开，理由成立。",
        "上述内容中另有自然人的姓名、居民身份证号码和住址，属于个人隐私。",
    ),
    information=(
        "澜川市发展和改革委员会关于南湖片区集中供热管网改造工程可行性研究报告的批复",
        "南湖片区集中供热管网改造工程施工合同及补充协议（一）、补充协议（二）",
        "南湖片区集中供热管网改造工程竣工验收报告",
    ),
    enclosures=("南湖片区集中供热管网改造工程施工合同（区分处理后）", "收费票据领取说明"),
    remedies=REMEDIES_AFTER_REFUSAL,
)


def seal() -> bytes:
    """A drawn seal: a ring, a star, no words; on transparent ground."""
    size, ink = 800, (200, 20, 30, 220)
    picture = Image.new("RGBA", (size, size), (0, 0, 0, 0))
    drawing = ImageDraw.Draw(picture)
    drawing.ellipse((12, 12, size - 12, size - 12), outline=ink, width=24)
    radii = (150, 60)
    points = [(size / 2 + radii[i % 2] * sin(i * pi / 5), size / 2 - radii[i % 2] * cos(i * pi / 5)) for i in range(10)]
    drawing.polygon(points, fill=ink)
    for position in range(-5, 6):
        angle = position * pi / 8
        x, y = size / 2 + 300 * sin(angle), size / 2 - 300 * cos(angle)
        drawing.rectangle((x - 26, y - 36, x + 26, y + 36), outline=ink, width=10)
    target = BytesIO()
    picture.save(target, "PNG")
    return target.getvalue()


def official() -> House:
    """An agency with a red head and a seal."""
    return House(red_head=AGENCY, seal=seal())


def facts_for(letter: Letter, *, long: bool) -> LetterFacts:
    """The facts, as the letter's addressee wants them."""
    short = sample_for(letter)
    if not long:
        return short
    facts = replace(LONG, other_agency=short.other_agency, concern=short.concern)
    return facts if letter.key in ("reply-partial", "reply-granted") else replace(facts, enclosures=())


def main(folder: Path) -> None:
    """Write every letter, short and long, as PDF, Word file and pictures of its pages."""
    import pypdfium2

    from gongkai.applications.letters import printing, word

    folder.mkdir(parents=True, exist_ok=True)
    for letter in all_letters().values():
        for long in (False, True):
            house = official() if long else House(seal=seal())
            made = compose(letter, facts_for(letter, long=long), house)
            name = f"{letter.key}-{'long' if long else 'short'}"
            (folder / f"{name}.docx").write_bytes(word.docx(made))
            paper = printing.pdf(made)
            (folder / f"{name}.pdf").write_bytes(paper)
            for number, page in enumerate(pypdfium2.PdfDocument(paper), 1):
                page.render(scale=1).to_pil().save(folder / f"{name}-{number}.png")


if __name__ == "__main__":
    import django

    django.setup()
    main(Path(sys.argv[1]))
