# ruff: noqa: E501
"""Every registered check has its story: a draft in which it speaks, and one like it in which it is silent."""

from dataclasses import dataclass
from datetime import date

import pytest
from tests.publishing.checks.drafts import BANK_CARD, IDENTITY, MOBILE, attachment, draft, findings

from gongkai.publishing.checks import (
    CitedFacts,
    DraftFacts,
    HiddenFact,
    LinkFacts,
    Severity,
    all_checks,
    run_checks,
)


@dataclass(frozen=True)
class Story:
    """``bad`` brings a finding of ``severity`` whose message has ``says``; ``good`` brings none from this check."""

    check: str
    bad: DraftFacts
    severity: Severity
    says: str
    good: DraftFacts

    def __str__(self) -> str:
        return f"{self.check}-{self.says}"


BLOCK, WARN, INFO = Severity.BLOCK, Severity.WARN, Severity.INFO
IMAGE = '<p>正文。</p><p><img src="/files/a/map.png" alt="{}" width="900" height="300"></p>'
SCAN = '<p>{}</p><p><img src="/files/a/one.png" alt="批复的全文" width="1240" height="1754"></p>'
ROWS = "<tr><{0}>县区</{0}><{0}>户数</{0}></tr><tr><td>东湖区</td><td>12</td></tr>"
LONG = "本次检查覆盖全市范围内的市场主体，" * 8


def p(text: str) -> str:
    return f"<p>{text}</p>"


def with_link(href: str, text: str, state: str) -> DraftFacts:
    return draft(links=(LinkFacts(href, text, state),))  # type: ignore[arg-type]


STORIES = [
    Story("identity-numbers", draft(body=p(f"张某，{IDENTITY}")), BLOCK, "公民身份号码", draft(body=p("张某，110***********7758"))),
    Story("identity-numbers", draft(body=p("旧证号110101900307775。")), WARN, "15位", draft(body=p("注册号110101900307775。"))),
    Story("identity-numbers", draft(body=p("身份证号110101199003077757")), WARN, "校验码不符", draft(body=p("项目代码110101199003077757"))),
    Story("mobile-numbers", draft(body=p(f"联系人电话{MOBILE}")), BLOCK, "手机号码", draft(body=p("电话0551-62345678、12345、4008001234"))),
    Story("mobile-numbers", draft(body=p(f"监督电话：{MOBILE}")), WARN, "工作电话", draft(body=p("投资13800138000元"))),
    Story("bank-cards", draft(body=p(f"开户行账号{BANK_CARD}")), BLOCK, "银行卡号", draft(body=p("统一社会信用代码91110108551385082Q"))),
    Story("bank-cards", draft(body=p(f"编号{BANK_CARD}")), WARN, "可能是", draft(body=p(f"编号{BANK_CARD}00"))),
    Story("travel-documents", draft(body=p("护照号码：E12345678")), BLOCK, "护照", draft(body=p("设备型号：E12345678"))),
    Story("private-email", draft(body=p("联系 zhangsan@qq.com")), INFO, "社会邮箱", draft(body=p("联系 bgs@lanchuan.gov.cn"))),
    Story("home-addresses", draft(body=p("家庭住址：澜川市东湖区人民路12号3单元402室")), WARN, "住址", draft(body=p("办公地址：澜川市东湖区人民路12号"))),
    Story("words", draft(body=p("自觉接收监督。")), WARN, "接受监督", draft(body=p("自觉接受监督。"))),
    Story("header-complete", draft(header={"issuer": " "}), BLOCK, "发文机关", draft()),
    Story("header-dates", draft(header={"date_of_issue": date(2024, 5, 21)}), BLOCK, "在今天", draft()),
    Story("header-dates", draft(header={"published_on": date(2024, 5, 5)}), BLOCK, "晚于发布日期", draft(header={"published_on": date(2024, 5, 6)})),
    Story("header-dates", draft(header={"effective_on": date(2024, 5, 1)}), WARN, "施行日期", draft()),
    Story("header-dates", draft(header={"expires_on": date(2024, 5, 31)}), BLOCK, "失效日期", draft()),
    Story("header-dates", draft(header={"effective_on": None, "expires_on": date(2024, 5, 20)}), WARN, "已经到了", draft()),
    Story("header-dates", draft(header={"document_number": "澜政办发〔2023〕17号"}), WARN, "年份是2023", draft()),
    Story("header-disclosure", draft(header={"disclosure": "withheld"}), BLOCK, "没有写明依据", draft(header={"disclosure": "withheld", "ground": "第十六条"})),
    Story("header-disclosure", draft(body=p("（此件依申请公开）")), BLOCK, "此件依申请公开", draft(body=p("（此件公开发布）"))),
    Story("header-keywords", draft(header={"keywords": "市场、检查、市场"}), WARN, "重复", draft()),
    Story("header-keywords", draft(header={"keywords": [f"词{n}" for n in range(11)]}), INFO, "11个", draft()),
    Story("title-form", draft(title=" "), BLOCK, "没有标题", draft()),
    Story("title-form", draft(title="关于开展检查的通知。"), WARN, "标点", draft(title="关于开展检查的通知")),
    Story("title-form", draft(title="关于检查的通知.docx"), WARN, "扩展名", draft()),
    Story("title-form", draft(title="关于  检查的通知"), WARN, "连续的空格", draft(title="关于 检查的通知")),
    Story("title-form", draft(title="关于关于检查的通知"), WARN, "重复", draft()),
    Story("title-form", draft(title="关于" + "检查" * 60 + "的通知"), INFO, "100", draft()),
    Story(
        "title-genre",
        draft(type_key="normative", title="澜川市停车管理办法（征求意见稿）"),
        BLOCK,
        "意见征集",
        draft(type_key="consultation", title="澜川市停车管理办法（征求意见稿）"),
    ),
    Story("title-genre", draft(header={"genre": "意见"}), WARN, "文种", draft()),
    Story("title-genre", draft(header={"title": "另一个标题"}), WARN, "不一致", draft(header={"title": draft().title})),
    Story("document-number", draft(header={"document_number": "澜政办发(2024)17号"}), WARN, "澜政办发〔2024〕17号", draft()),
    Story("document-number", draft(header={"document_number": "十七号文"}), WARN, "发文字号", draft(header={"document_number": "无"})),
    Story("broken-links", with_link("/zwgk/1.html", "原文件", "broken"), BLOCK, "打不开", with_link("/zwgk/1.html", "原文件", "ok")),
    Story("broken-links", with_link("http://192.168.1.8/a", "内网", "external"), BLOCK, "内部网络", with_link("https://www.gov.cn/", "中国政府网", "external")),
    Story("broken-links", with_link("https://example.cn/", "示例", "unknown"), INFO, "没有核实", with_link("mailto:bgs@lanchuan.gov.cn", "写信", "unknown")),
    Story("link-text", with_link("/a", "点击这里", "ok"), WARN, "通向哪里", with_link("/a", "政策原文《停车管理办法》", "ok")),
    Story("link-text", with_link("/a", "", "ok"), WARN, "没有文字", draft()),
    Story("link-text", with_link("/a", "https://www.gov.cn/x", "ok"), WARN, "网址", draft()),
    Story("attachment-readable", draft(attachments=(attachment(readable=False),)), BLOCK, "打不开", draft(attachments=(attachment(),))),
    Story("attachment-readable", draft(attachments=(attachment(size=0),)), BLOCK, "空文件", draft()),
    Story("attachment-text", draft(attachments=(attachment(has_text=False),)), WARN, "只是图像", draft(attachments=(attachment(),))),
    Story("attachment-hidden", draft(attachments=(attachment(hidden=(HiddenFact("comment", 2, "再压一压"),)),)), BLOCK, "批注2处", draft(attachments=(attachment(),))),
    Story("attachment-hidden", draft(attachments=(attachment(hidden=(HiddenFact("作者、修改者姓名", 1),)),)), WARN, "姓名", draft()),
    Story("attachment-names", draft(attachments=(attachment("新建文档(1).docx"),)), WARN, "新建文档", draft(attachments=(attachment("附件1：部门预算表.xlsx"),))),
    Story("attachment-mentioned", draft(body=p("附件：检查计划表")), WARN, "没有上传", draft(body=p("附件：检查计划表"), attachments=(attachment(),))),
    Story("attachment-mentioned", draft(body=p("详见附件三"), attachments=(attachment(),)), WARN, "漏传", draft(body=p("详见附件一"), attachments=(attachment(),))),
    Story("attachment-mentioned", draft(body=p("填写附件2")), WARN, "没有上传", draft(body=p("特种设备安全附件、以附件形式"))),
    Story("attachment-mentioned", draft(attachments=(attachment(),)), INFO, "没有提到", draft()),
    Story("image-alt", draft(body=IMAGE.format("")), BLOCK, "没有替代文字", draft(body=IMAGE.format("东湖区规划范围图"))),
    Story("image-alt", draft(body=IMAGE.format("图片1")), WARN, "没有说明内容", draft(body=IMAGE.format("东湖区规划范围图"))),
    Story("image-of-text", draft(body=SCAN.format(LONG)), INFO, "扫描件", draft(body=p(LONG) + IMAGE.format("规划图"))),
    Story("table-header", draft(body=f"<table>{ROWS.format('td')}</table>"), WARN, "没有表头", draft(body=f"<table>{ROWS.format('th')}</table>")),
    Story("table-layout", draft(body="<table><tr><td>全文如下</td></tr><tr><td>第一段</td></tr></table>"), WARN, "排版", draft(body=f"<table>{ROWS.format('td')}</table>")),
    Story("heading-levels", draft(body="<h2>总体要求</h2><h4>目标</h4>"), WARN, "跳级", draft(body="<h2>总体要求</h2><h3>目标</h3>")),
    Story("brackets", draft(body=p("根据《条例的规定")), WARN, "“《”没有成对", draft(body=p("根据《条例》的规定：1）公开；（2）答复"))),
    Story("brackets", draft(body=p("（甲") + p("《乙")), WARN, "“（”没有成对", draft(body=p("（2007年公布") + p("2020年修订）"))),
    Story("brackets", draft(body=p("所谓“公开")), WARN, "““”没有成对", draft(body=p("改为：“第一段。") + p("“第二段。”"))),
    Story("drafting-marks", draft(body=p("完成时间【待定】。")), BLOCK, "待定", draft(body=p("待遇【另行通知】。"))),
    Story("drafting-marks", draft(body=p("由××局负责")), WARN, "没有填写", draft(body=p("型号XXL，王×"))),
    Story("impossible-dates", draft(body=p("自2024年2月30日起")), WARN, "不存在", draft(body=p("自2024年2月29日起"))),
    Story("impossible-dates", draft(body=p("2024年5月6日（星期五）")), WARN, "星期一", draft(body=p("2024年5月6日（星期一）"))),
    Story("signature-date", draft(body=p("特此通知。") + p("二〇二四年五月七日")), WARN, "落款", draft(body=p("特此通知。") + p("二〇二四年五月六日"))),
    Story("amounts", draft(body=p("罚款12,300元（大写：壹万贰仟肆佰元整）")), WARN, "12,400", draft(body=p("罚款12,300元（大写：壹万贰仟叁佰元整）"))),
    Story("amounts", draft(body=p("人民币叁拾万元整（￥310000.00元）")), WARN, "300,000", draft(body=p("人民币叁拾万元整（￥300000.00元）"))),
    Story("numbering", draft(body=p("一、甲") + p("二、乙") + p("四、丁")), WARN, "中间缺号", draft(body=p("一、甲") + p("（一）子") + p("二、乙") + p("（一）丑"))),
    Story("numbering", draft(body=p("一、甲") + p("三、丙")), WARN, "“三、”中间缺号", draft(body=p("一、甲") + p("二、乙") + p("附件") + p("一、子"))),
    Story("numbering", draft(body=p("第一部分 总则") + p("二、乙")), WARN, "没有从一开始", draft(body=p("第一部分") + p("一、甲") + p("二、乙") + p("第二部分") + p("一、甲"))),
    Story("numbering", draft(body=p("第一条　甲") + p("第二条　乙") + p("第二条　丙")), WARN, "重复", draft(body=p("第一条　甲") + p("第一条之一　乙") + p("第二条　丙"))),
    Story("cited-documents", draft(body=p("按照《旧办法》"), cited=(CitedFacts("旧办法", "repealed", "新办法", "/2"),)), WARN, "《新办法》", draft(cited=(CitedFacts("办法", "valid"),))),
    Story("cited-documents", draft(cited=(CitedFacts("旧办法", "amended"),)), INFO, "已经修改", draft()),
    Story("figure-width", draft(body=p("共１２个")), INFO, "全角", draft(body=p("共12个"))),
    Story("figure-width", draft(body=p("检查,整改")), INFO, "半角标点", draft(body=p("检查，整改"))),
    Story("body-length", draft(body="<p> </p>"), BLOCK, "空的", draft(body="", attachments=(attachment(),))),
    Story("body-length", draft(body=p("见附件。")), WARN, "只有4个字", draft()),
]  # fmt: skip


@pytest.mark.parametrize("story", STORIES, ids=str)
def test_a_check_speaks_where_it_should_and_only_there(story: Story) -> None:
    spoken = [finding for finding in findings(story.check, story.bad) if story.says in finding.message]
    assert [finding.severity for finding in spoken] == [story.severity]
    assert not [finding for finding in findings(story.check, story.good) if story.says in finding.message]
    if story.severity is not INFO:
        assert not [f for f in findings(story.check, story.good) if f.severity is story.severity]


def test_every_registered_check_has_a_story() -> None:
    assert {story.check for story in STORIES} == {check.key for check in all_checks()}


def test_every_declared_severity_is_told_of() -> None:
    told = {(story.check, story.severity) for story in STORIES} | {("words", BLOCK), ("words", INFO)}  # test_words.py
    assert told == {(check.key, severity) for check in all_checks() for severity in check.severities}


def test_a_good_draft_has_nothing_to_find() -> None:
    report = run_checks(draft())
    assert report.findings == ()
    assert not report.blocked
