"""Invented facts, so that a letter can be looked at before there is a case: for previews and specimens."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from gongkai.applications.letters.catalogue import SERIES_MARKS, Letter
from gongkai.applications.letters.facts import FeeLine, ItemReply, LetterFacts, Opinion
from gongkai.law.answering import EXTENSION_WORKING_DAYS, PAYMENT_WORKING_DAYS

_REMEDIES = (
    "如不服本答复，可以自收到本答复之日起60日内向澜川市人民政府申请行政复议，或者自收到本答复之日起6个月内"
    "向澜川市中心区人民法院提起行政诉讼。",
)
_BASE = LetterFacts(
    agency="澜川市城市管理委员会",
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
    remedies=_REMEDIES,
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
_DETAILED = {
    "reply-needs-processing": "所申请的按小区分列的投诉统计没有现成的记录，需要从三万余份工单中逐份摘录、汇总。",
    "transfer": "上述合同由你单位负责备案管理，经征求申请人意见，申请人同意移送。",
    "reply-not-held": "经向承办处室核实，该工程没有办理过变更签证，本机关没有制作、获取过该信息。",
    "reply-other-agency": "上述合同由项目建设单位签订，报澜川市住房和城乡建设局备案，本机关没有参与签订，也没有保存。",
    "notice-excessive": "所作说明没有针对申请的数量和频次，其中31件所申请的内容已经答复。",
    "notice-not-government-information": "所申请的信函是工作人员个人之间的往来，不是履行行政管理职能过程中形成的。",
    "notice-other": "申请书所附身份证明与申请人不一致，经联系，申请人表示该申请不是其本人提出。",
}
"""Why it was decided so, for the letters that say something else than a refusal."""
SAMPLE = replace(
    _BASE,
    parts=(
        ItemReply("reply-granted", replace(_BASE, items=("南湖片区集中供热管网改造工程中标通知书",), reasons=())),
        ItemReply("reply-not-held", replace(_BASE, items=("上述工程2024年度的变更签证单",), reasons=())),
        ItemReply(
            "reply-other-agency",
            replace(_BASE, items=("上述工程的施工许可证",), reasons=(_DETAILED["reply-other-agency"],)),
        ),
        ItemReply("reply-unclear", replace(_BASE, items=("有关的全部材料",))),
    ),
)


_REASONED = frozenset({"reply-refused", "reply-partial"})
_SPECIAL: dict[str, dict[str, Any]] = {
    "assistance": {"other_agency": "供热管理处"},
    "consulting": {"concern": "申请公开的信息涉及第三方的商业秘密"},
    "correction": {"other_agency": "", "other_contact": ""},
    "extension": {"working_days": EXTENSION_WORKING_DAYS},
    "fee": {"working_days": PAYMENT_WORKING_DAYS},
    "notice-other": {"result": "该申请不能确认是申请人的真实意思，本机关不再办理"},
    "suggestion-reply": {"result": "所建议的内容属于应当主动公开的政府信息，已于2026年3月25日在本机关网站公开"},
    "third-party-decision": {"remedies": (_REMEDIES[0].replace("本答复", "本决定"),)},
}


def sample_for(letter: Letter) -> LetterFacts:
    """The sample as the letter and its addressee want it."""
    reasons = SAMPLE.reasons if letter.key in _REASONED else tuple(filter(None, [_DETAILED.get(letter.key)]))
    mark = SERIES_MARKS[letter.series] if letter.series else ""
    asked = "征" if letter.group == "consultations" else "费" if letter.key == "notice-fee-lapsed" else "告"
    facts = replace(
        SAMPLE,
        reasons=reasons,
        number=f"澜城管公开〔2026〕第15号-{mark}",
        notice_number=f"澜城管公开〔2026〕第3号-{asked}",
    )
    return replace(facts, **_SPECIAL.get(letter.key, {}))
