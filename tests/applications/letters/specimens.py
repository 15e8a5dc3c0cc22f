"""Every letter on paper, with invented facts: ``python -m tests.applications.letters.specimens DIR`` writes them to look at.

Short ones under the plain title, long ones (two pages and more) under a red head with a seal.
"""

import sys
from dataclasses import replace
from datetime import date
from io import BytesIO
from math import cos, pi, sin
from pathlib import Path

from PIL import Image, ImageDraw

from gongkai.applications.letters.catalogue import Letter, all_letters
from gongkai.applications.letters.composing import House, compose
from gongkai.applications.letters.facts import FeeLine, ItemReply, LetterFacts, Opinion

AGENCY = "澜川市城市管理委员会"
REMEDIES = (
    f"如不服本答复，可以自收到本答复之日起60日内向澜川市人民政府申请行政复议，或者自收到本答复之日起6个月内"
    f"向澜川市中心区人民法院提起行政诉讼。",
)
REMEDIES_AFTER_REFUSAL = (
    "如不服本机关不予公开的决定，应当先自收到本告知书之日起60日内向澜川市人民政府申请行政复议；对行政复议决定不服的，"
    "可以自收到行政复议决定书之日起15日内向人民法院提起行政诉讼。",
)
SHORT = LetterFacts(
    agency=AGENCY,
    office="澜川市城市管理委员会办公室",
    contact_address="澜川市中心路1号（邮政编码：000100）",
    contact_phone="0000-5550100",
    number="澜城管公开〔2026〕第15号-答",
    signed_on=date(2026, 3, 27),
    application="澜城管依申请2026-0015",
    applicant="林晚舟",
    applicant_kind="公民",
    identity="居民身份证 **************0021",
    applicant_contact="0000-5550188；澜川市南湖路66号3单元502室",
    channel="于2026年2月27日通过互联网渠道",
    submitted_on=date(2026, 2, 27),
    received_on=date(2026, 3, 2),
    receipt_basis="通过互联网渠道提交，以双方确认之日为收到之日，2026年3月2日经电话与申请人确认",
    items=("2025年度南湖片区集中供热管网改造工程的中标合同",),
    wanted_form="电子文本，通过电子邮件提供",
    officer="周澄",
    query_code="7K3M-92QX",
    due_on=date(2026, 3, 30),
    new_due_on=date(2026, 4, 28),
    working_days=15,
    answer_by=date(2026, 3, 20),
    delay_reason="需要向多家建设单位核实合同履行情况",
    approved_by="本机关政府信息公开工作机构负责人",
    unclear="没有写明工程的具体名称、实施年度，也没有提供文号或者其他特征性描述",
    to_supplement=("明确所申请信息的名称、文号或者便于查询的其他特征性描述。", "补充提供本人身份证明的复印件。"),
    guidance="南湖片区2023年至2025年共实施供热管网改造工程3项，可以写明其中一项或者几项的名称",
    frequency="您于2026年1月至2月共向本机关提出政府信息公开申请46件，其中内容相同或者相近的31件",
    third_party="澜川市恒源热力有限公司",
    other_agency="澜川市住房和城乡建设局",
    other_contact="澜川市建设路8号，0000-5550200",
    information=("南湖片区集中供热管网改造工程施工合同（2025年6月18日签订）",),
    concern="商业秘密",
    opinion="不同意公开合同第五条的单价分析，其余内容同意公开",
    public_interest="该工程由财政资金全额投资，工程造价涉及全体供热用户的利益，公众对价款的构成有知情的必要。",
    request=("检索是否制作或者保存上述合同。", "就合同是否含有商业秘密提出意见。"),
    made_jointly="上述信息由本机关牵头，与你单位于2025年4月联合制作。",
    grounds=("该信息属于《中华人民共和国政府信息公开条例》第十六条第二款规定的过程性信息。",),
    reasons=("所申请的会议记录形成于方案讨论阶段，记录的是各方的讨论意见，尚未形成最终决定。",),
    withheld="合同第五条中的单价分析表，涉及澜川市恒源热力有限公司的商业秘密",
    providing="电子邮件",
    way_to_get="澜川市人民政府网站“政府信息公开”栏目，索引号 A02-2025-000183",
    provided_on=date(2026, 3, 27),
    search="本机关于2026年3月9日至10日检索了综合档案室2020年至2025年全部工程档案和办公自动化系统，检索词为“南湖”"
    "“供热管网”“改造合同”。",
    found="没有找到上述合同。",
    special_law="《不动产登记暂行条例》",
    right_channel="澜川市不动产登记中心查询窗口（澜川市建设路8号一楼）",
    publication="《澜川市人民政府公报》2025年第3期",
    earlier_number="澜城管公开〔2025〕第87号-答",
    earlier_on=date(2025, 11, 12),
    remedies=REMEDIES,
    fee_basis="《政府信息公开信息处理费管理办法》",
    fee_standard="按件计收，超额累进，一个自然月内10件以下（含10件）的不收费",
    fee_lines=(
        FeeLine("第1至10件", "10件", "不收费", "0元"),
        FeeLine("第11至30件", "20件", "100元/件", "2000元"),
        FeeLine("第31至35件", "5件", "200元/件", "1000元"),
    ),
    fee_total="3000元",
    pay_way="持本通知书到澜川银行任一网点缴入市级国库，缴款码 0000 2026 0315",
    notice_number="澜城管公开〔2026〕第3号-告",
    noticed_on=date(2026, 3, 6),
    lapsed_on=date(2026, 3, 20),
    withdrawn_on=date(2026, 3, 16),
    own_record="供热用户登记信息中本人的房屋建筑面积",
    evidence="不动产权证书复印件",
    result="所反映的记录不准确的情况属实，本机关已于2026年3月25日将房屋建筑面积更正为89.6平方米",
    suggestion="城市集中供热管网年度改造计划",
    proposal="该合同可以公开，合同第五条单价分析经第三方确认为商业秘密，拟作区分处理后予以部分公开，是否妥当，请审核。",
    opinions=(
        Opinion("承办处室意见", "情况属实，同意拟办意见。", "沈知远", date(2026, 3, 24)),
        Opinion("法制审核意见", "适用法律正确，程序合法。", "韩予宁", date(2026, 3, 25)),
        Opinion("公开工作机构负责人意见"),
        Opinion("分管领导签发"),
    ),
    served=("《政府信息公开申请答复书》（澜城管公开〔2026〕第15号-答）1份",),
    serving="邮寄（特快专递，单号 0000000000001）",
    serving_place="澜川市南湖路66号3单元502室",
    served_on=date(2026, 3, 28),
)
SHORT = replace(
    SHORT,
    parts=(
        ItemReply("reply-granted", replace(SHORT, items=("南湖片区集中供热管网改造工程中标通知书",), reasons=())),
        ItemReply("reply-not-held", replace(SHORT, items=("上述工程2024年度的变更签证单",), reasons=())),
        ItemReply("reply-other-agency", replace(SHORT, items=("上述工程的施工许可证",))),
        ItemReply("reply-unclear", replace(SHORT, items=("有关的全部材料",))),
    ),
)
_LONG_REASON = (
    "经向承办处室了解，南湖片区集中供热管网改造工程自2024年9月启动前期工作，至2025年12月完成竣工验收，其间形成可行性研究报告、"
    "初步设计批复、招标文件、中标通知书、施工合同、监理合同、设计变更、工程签证、竣工验收报告等材料共126份，"
    "分别由本机关、澜川市住房和城乡建设局和建设单位制作或者保存。"
)
LONG = replace(
    SHORT,
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
    points = [
        (size / 2 + radii[i % 2] * sin(i * pi / 5), size / 2 - radii[i % 2] * cos(i * pi / 5)) for i in range(10)
    ]
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
    facts = LONG if long else SHORT
    if letter.key == "partner":
        return replace(facts, other_agency="澜川市住房和城乡建设局")
    if letter.key == "assistance":
        return replace(facts, other_agency="供热管理处")
    if letter.key == "consulting":
        return replace(facts, concern="申请公开的信息涉及第三方的商业秘密")
    return facts if letter.key in ("reply-partial", "reply-granted", "third-party") else replace(facts, enclosures=())


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
