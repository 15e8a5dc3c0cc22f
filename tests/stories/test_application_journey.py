"""An application as an applicant and an office live through it in 2026, in a browser, every date counted by hand.

The year as the State Council arranged it, as far as the story goes:

    春节   15 to 23 February off; Saturday 14 and Saturday 28 February worked
    清明节 4 to 6 April off
    劳动节 1 to 5 May off; Saturday 9 May worked
    端午节 19 to 21 June off
"""

import re
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from tests.browser import LiveSite
from tests.factories import people
from tests.factories.people import Staffed
from tests.stories import contract
from tests.stories.counter import Days, Office, Telephone, days

from gongkai.applications import case_files, figures
from gongkai.applications.applications import Application, ApplicationState
from gongkai.applications.clock_facts import Clocks
from gongkai.applications.files import FileRole
from gongkai.applications.steps import Consultation
from gongkai.oversight.annual_report.collecting import tables
from gongkai.texts.pdf import read_pdf

pytestmark = [pytest.mark.long, pytest.mark.browser, pytest.mark.django_db(transaction=True)]
WISH = "北湖里小区投放设施改造项目中标合同"
FIRM = "澜川市北湖物业有限公司"


@pytest.fixture
def at(live_site: LiveSite, settings: Any, now: Days) -> Staffed:
    settings.SESSION_COOKIE_AGE = 366 * 24 * 3600  # who signed in in February may go on in July
    return people.staffed("澜川市城市管理委员会", host="csgw.localhost", document_prefix="澜城管")


@pytest.fixture
def now() -> Iterator[Days]:
    with days() as one:
        one.begin("2026-01-05 09:00")  # everybody is in office by the time of the story
        yield one


@pytest.fixture
def office(at: Staffed, live_site: LiveSite, page: Page) -> Office:
    return Office(at, live_site, page)


@pytest.fixture
def citizen(at: Staffed, live_site: LiveSite, page_of: Callable[..., Page]) -> Telephone:
    screen = page_of(375, 812, has_touch=True, is_mobile=True)
    return Telephone(screen, lambda path: live_site.url(path, host="csgw.localhost"))


def test_from_the_form_to_the_reconsideration(office: Office, citizen: Telephone, now: Days) -> None:
    sent_and_confirmed(office, citizen, now)
    clarified(office, citizen, now)
    given_to_the_department(office, now)
    third_party_asked(office, citizen, now)
    extended(office, citizen, now)
    decided(office, now)
    redacted(office)
    reviewed_and_signed(office, now)
    replied(office, citizen, now)
    reconsidered(office, now)
    counted(office)


def case_of(office: Office) -> Application:
    return Application.objects.get(pk=int(office.path.rstrip("/").rsplit("/", 1)[-1]))


def off(words: str, holiday: str) -> bool:
    """Whether the day is said not to count for that holiday."""
    return words.startswith(holiday) and words.endswith("放假，不计")


def sent_and_confirmed(office: Office, citizen: Telephone, now: Days) -> None:
    """On Sunday evening, from a telephone; what counts is the day both sides confirmed (art. 31 item 3)."""
    now.begin("2026-02-01 20:10")
    path = citizen.applies(WISH, "李明", "110101199003070038", "13800138000")
    # Were it confirmed on this Sunday: 2 to 6 February are days 1 to 5, 9 to 13 are 6 to 10, 14 (worked) 11, 24 to 27
    # are 12 to 15, 28 (worked) 16, 2 to 5 March 17 to 20.
    citizen.says("如果今天双方确认，最迟 2026年3月5日 答复")
    citizen.goes(path)
    citizen.says("等待双方确认")
    citizen.page.locator("#do-confirm").get_by_role("button").click()
    citizen.says("已经记下您的确认")

    now.begin("2026-02-02 09:20")
    office.path = path.replace("/apply/status/", "/desk/applications/")
    office.sits_down("disclosure_officer")
    office.does("确认收到", confirmed_how="电话，上午9时10分，本人接听")
    # Monday 2 February is not counted. 3 to 6 are days 1 to 4, 9 to 13 are 5 to 9, 14 (worked) 10; 15 to 23 are off;
    # 24 to 27 are 11 to 14, 28 (worked) 15, 2 to 6 March 16 to 20. To tell of 补正: day 7, 11 February.
    office.says("3月6日到期", within="#clock")
    office.says("02-11", within=".stepslist")
    citizen.looks()
    citizen.says("最迟 2026年3月6日 答复，还有 20 个工作日")
    said = citizen.days_said()
    assert said["02-02"] == "收到申请之日，始日不计"
    assert said["02-03"] == "第1个工作日"
    assert said["02-14"] == "第10个工作日（调休上班）"
    assert all(off(said[f"02-{day}"], "春节") for day in range(15, 24))
    assert said["02-28"] == "第15个工作日（调休上班）"
    assert said["03-06"] == "第20个工作日，期满日"
    # Of the 32 days from 3 February to 6 March 20 are counted; 9 are of the holiday (two of them moved there for the
    # Saturdays worked), 3 of weekends (7, 8 February, 1 March).
    citizen.says("其间不计周末3天、春节放假7天、春节调休放假2天", "调休上班的2026年2月14日、2026年2月28日计入")


def clarified(office: Office, citizen: Telephone, now: Days) -> None:
    """Told on day 6; opened online, which proves delivery; the supplement begins the count anew (art. 30)."""
    now.begin("2026-02-10 15:00")
    office.sits_down("disclosure_officer")
    office.does("告知补正", unclear="没有写明哪一个标段", wanted="请写明标段", until="2026-02-27")
    letter = office.letter("补正", method="网上送达")
    assert not letter.deliveries.get().received_on

    now.begin("2026-02-11 12:30")
    citizen.looks()
    citizen.says("等待您补正", "没有写明哪一个标段", "最迟 2026年2月27日")
    sheet = read_pdf(citizen.opens_letter("补正")).text.replace("\n", "")
    assert "请写明标段" in sheet
    assert "李明" in sheet
    delivery = letter.deliveries.get()
    assert (str(delivery.received_on), delivery.received_by) == ("2026-02-11", "申请人（网上打开）")

    now.begin("2026-02-25 21:40")
    citizen.looks()
    citizen.types("补正内容", "第一标段，2025年签订的那一份")
    citizen.page.get_by_role("button", name="提交补正").click()
    # Wednesday 25 February is not counted. 26, 27 are days 1, 2, 28 (worked) 3; 2 to 6 March 4 to 8, 9 to 13 are 9 to
    # 13, 16 to 20 are 14 to 18, 23, 24 are 19, 20.
    citizen.says("最迟 2026年3月24日 答复，还有 20 个工作日")
    said = citizen.days_said()
    assert said["02-02"].endswith("始日不计")
    assert said["02-10"] == "第6个工作日"
    assert {said[day] for day in ("02-11", "02-14", "02-17", "02-24")} == {"等待申请人"}
    assert said["02-28"] == "第3个工作日（调休上班）"
    assert said["03-01"] == "周日，不计"
    assert said["03-24"] == "第20个工作日，期满日"


def given_to_the_department(office: Office, now: Days) -> None:
    """The office takes it up; the department accepts, brings the contract, answers."""
    now.begin("2026-02-26 09:00")
    office.sits_down("disclosure_officer")
    office.presses("审查通过，转入办理")
    office.does("转办处室", department="环境建设处", due_on="2026-03-06")
    now.begin("2026-03-03 14:00")
    office.sits_down("handler")
    office.presses("签收", within="#assignments")
    form = office.form("存入材料")
    office.enters(form, "role", FileRole.RECORD.label)
    form.locator("input[type=file]").set_input_files(
        {"name": "第一标段合同.pdf", "mimeType": "application/pdf", "buffer": contract.pdf()}
    )
    office.sends(form.get_by_role("button", name="存入"))
    office.says("第一标段合同.pdf", within="#papers")
    office.does("反馈承办意见", within="#assignments", answer="合同在我处，单价涉及中标单位，建议征求意见。")
    office.says("已反馈", within="#assignments")
    kept = case_of(office).files.get(role=FileRole.RECORD)
    assert read_pdf(case_files.content(kept)).text.count(contract.SECRET) == 1


def third_party_asked(office: Office, citizen: Telephone, now: Days) -> None:
    """The time it takes is not counted (arts. 32, 33); the day of sending is, the day of the answer is not."""
    now.begin("2026-03-04 10:00")
    office.sits_down("disclosure_officer")
    office.does("征求意见", within="#consult", kind="征求第三方意见", name=FIRM, question="合同中的单价")
    office.letter("第三方意见征求书", method="邮寄", concern="商业秘密")
    now.begin("2026-03-09 10:00")
    office.sits_down("disclosure_officer")
    office.arrived("第三方意见征求书", on="2026-03-06", received_by="赵经理")
    # Received on Friday 6 March: 9 to 13 are days 1 to 5, 16 to 20 are 6 to 10, 23 to 27 are 11 to 15.
    office.says("应于 03-27 前答复", within="#consultations")
    office.says("下一步：第三方提出意见", "03-27", within="#clock")

    now.begin("2026-03-20 16:00")
    office.sits_down("disclosure_officer")
    reason = "单价是我公司的报价策略，公开后会损害竞争地位。"
    office.does("登记意见", within="#consultations", answer="不同意公开", answer_reason=reason)
    # Counted from 26 February: 26, 27, 28 (worked) are days 1 to 3, 2 to 4 March 4 to 6. Stopped from 5 to 20 March: 5,
    # 6, 9 to 13, 16 to 20, twelve working days. 23 to 27 are 7 to 11, 30, 31 and 1 to 3 April 12 to 16; 4 to 6 are off
    # (清明节); 7 to 10 are 17 to 20.
    office.says("4月10日到期", within="#clock")
    citizen.looks()
    citizen.says("最迟 2026年4月10日 答复")
    said = citizen.days_said()
    assert said["03-04"] == "第6个工作日"
    assert {said[f"03-{day:02}"] for day in range(5, 21)} == {"停止计算"}
    assert said["03-23"] == "第7个工作日"
    assert off(said["04-06"], "清明节")
    assert said["04-10"] == "第20个工作日，期满日"
    key = str(Consultation.objects.get().pk)
    explained = citizen.page.locator(".apply-explained").inner_text()
    assert "2026年3月4日征求第三方意见，2026年3月20日收到意见，2026年3月5日至2026年3月20日停止计算" in explained
    assert f"（{key}）" not in explained
    assert FIRM not in citizen.page.content()


def extended(office: Office, citizen: Telephone, now: Days) -> None:
    """Proposed, approved by the head, told before the day (art. 33): twenty working days more."""
    now.begin("2026-04-02 11:00")
    office.sits_down("disclosure_officer")
    office.does("申请延期", reason="合同附件较多，逐页区分需要时间")
    now.begin("2026-04-03 09:30")
    office.sits_down("disclosure_head")
    office.presses("同意延期", within="#extensions")
    # Approved and not told yet, it has no effect.
    office.says("4月10日到期", within="#clock")
    now.begin("2026-04-07 10:00")
    office.sits_down("disclosure_officer")
    office.letter("延期", method="网上送达")
    # Its notice was sent: told. 10 April was day 20. 13 to 17 are days 21 to 25, 20 to 24 are 26 to 30, 27 to 30 are 31
    # to 34; 1 to 5 May are off (劳动节); 6 to 8 are 35 to 37, 9 (worked) 38, 11, 12 are 39, 40.
    office.says("5月12日到期", within="#clock")
    now.begin("2026-04-08 08:00")
    citizen.looks()
    citizen.says("最迟 2026年5月12日 答复", "原期满日为2026年4月10日")
    sheet = read_pdf(citizen.opens_letter("延期")).text.replace("\n", "")
    assert "2026年4月10日" in sheet
    assert "2026年5月12日" in sheet
    said = citizen.days_said()
    assert all(off(said[f"05-0{day}"], "劳动节") for day in range(1, 6))
    assert said["05-09"] == "第38个工作日（调休上班）"
    assert said["05-12"] == "第40个工作日，期满日"


def decided(office: Office, now: Days) -> None:
    """部分公开 for a trade secret: everything that is missing is said at once."""
    now.begin("2026-04-20 09:00")
    office.sits_down("disclosure_officer")
    page = office.page
    page.get_by_role("link", name="拟定决定").click()
    page.wait_for_url("**decide=**")
    page.locator("[name$='-outcome']").select_option(label="部分公开")
    page.get_by_label("商业秘密").first.check()
    missing = page.locator(".missingbox")
    for one in ("理由", "要提供的文件", "不公开的部分"):
        expect(missing).to_contain_text(one)
    office.sends(page.get_by_role("button", name="保存所拟决定"))
    office.says("补齐后才能送审")
    expect(page.get_by_role("button", name="送审")).to_be_disabled()
    office.does("登记检索", place="处室合同台账", terms="北湖里", found="第一标段合同一份", searcher="人员")


def redacted(office: Office) -> None:
    """A box drawn over the phrase; in what comes out it stands nowhere."""
    page = office.page
    page.get_by_role("button", name="区分处理").click()
    page.wait_for_url("**/redaction/")
    sheet = page.locator(".redact-sheet").first
    expect(sheet.locator("img")).to_have_js_property("complete", True)
    page.get_by_label("遮盖依据").first.select_option("trade-secret")
    area = sheet.bounding_box()
    assert area is not None
    (left, top), (right, bottom) = contract.PLACE
    page.mouse.move(area["x"] + left * area["width"], area["y"] + top * area["height"])
    page.mouse.down()
    page.mouse.move(area["x"] + right * area["width"], area["y"] + bottom * area["height"], steps=4)
    page.mouse.up()
    expect(page.locator(".redact-box")).to_have_count(1)
    expect(page.locator("[data-saving]")).to_have_attribute("data-state", "saved")
    page.get_by_role("button", name="生成提供文本").click()
    expect(page.get_by_text("已生成区分处理后的文件，遮盖1处，已核验")).to_be_visible()
    made = case_of(office).files.get(role=FileRole.PROVIDED)
    contract.nowhere(case_files.content(made))


def reviewed_and_signed(office: Office, now: Days) -> None:
    """Complete, it goes to the legal office, the head, the leader; the applicant still sees: in hand."""
    office.opens(office.path)
    office.page.get_by_role("link", name="修改决定").click()
    office.page.get_by_label("事实和理由").fill("合同单价属于商业秘密，第三方不同意公开且有合理理由。")
    office.sends(office.page.get_by_role("button", name="保存所拟决定"))
    office.says("要件齐全")
    office.does("送审")
    for day, role, label in (
        ("2026-04-28 10:00", "legal_reviewer", "审核通过"),
        ("2026-04-29 10:00", "disclosure_head", "审核通过，送签发"),
        ("2026-04-30 16:00", "leader", "签发"),
    ):
        now.begin(day)
        office.sits_down(role)
        office.does(label)
    assert case_of(office).state == ApplicationState.SIGNED


def replied(office: Office, citizen: Telephone, now: Days) -> None:
    """Frozen and sent after the holidays, on day 35; opened and downloaded; filed."""
    now.begin("2026-05-06 09:00")
    office.sits_down("disclosure_officer")
    letter = office.letter("答复书（部分公开）", method="网上送达")
    assert case_of(office).state == ApplicationState.DELIVERED
    now.begin("2026-05-07 19:00")
    citizen.looks()
    citizen.says("已经答复", "部分公开", "答复期限到 2026年5月12日")
    sheet = re.sub(r"—\d+—|\s", "", read_pdf(citizen.opens_letter("答复书")).text)
    # It withholds under article 15: reconsideration first (行政复议法 2023 art. 23); a way of its own for the rest.
    first = sheet.index("第十五条不予公开的部分，应当自收到本答复之日起60日内先向")
    rest = sheet.index("如不服本答复的其他部分")
    assert first < sheet.index("申请行政复议；对行政复议决定不服的") < rest
    assert contract.SECRET not in sheet
    contract.nowhere(citizen.downloads("第一标段合同"))
    assert str(letter.deliveries.get().received_on) == "2026-05-07"
    citizen.fits()
    now.begin("2026-05-08 09:00")
    office.sits_down("disclosure_officer")
    # 10 April was day 20, 30 April day 34, 6 May day 35.
    office.says("期限到5月12日", "用了 35 个工作日", within="#clock")
    office.presses("归档")
    assert case_of(office).state == ApplicationState.ARCHIVED


def reconsidered(office: Office, now: Days) -> None:
    """复议, filed on 1 June, its copy received on 10 June: answered within ten working days; upheld."""
    now.begin("2026-06-10 15:00")
    office.sits_down("disclosure_officer")
    office.does(
        "登记复议、诉讼",
        kind="行政复议",
        body="澜川市人民政府",
        case_number="澜政复〔2026〕61号",
        filed_on="2026-06-01",
        served_on="2026-06-10",
        claim="请求撤销部分公开的决定",
    )
    # 11, 12 June are days 1, 2, 15 to 18 are 3 to 6; 19 to 21 are off (端午节); 22 to 25 are 7 to 10.
    office.says("2026年6月25日", within="#remedies")
    now.begin("2026-06-24 10:00")
    office.sits_down("disclosure_officer")
    office.does("登记答复（答辩）", within="#remedies")
    now.begin("2026-07-27 10:00")
    office.sits_down("disclosure_officer")
    office.does("登记结果", within="#remedies", result="结果维持", decision="答复认定事实清楚，予以维持。")
    office.says("维持", "2026-07-27 审结", within="#remedies")


def counted(office: Office) -> None:
    """The annual report of the year: one item, partly disclosed to a natural person; one reconsideration, upheld."""
    computed = tables.compute(office.at.agency, 2026)
    found = {key for key, value in computed.values.items() if value.number}
    rows = ("new_received", "partial", "total")
    assert {key for key in found if key.startswith("table3.")} == {
        f"table3.{row}.{column}" for row in rows for column in ("natural_person", "total")
    }
    assert {key for key in found if key.startswith("table4.")} == {"table4.review.maintain", "table4.review.total"}
    applications = Application.objects.filter(agency=office.at.agency)
    counted = figures.figures(applications, date(2026, 1, 1), date(2026, 12, 31), Clocks())
    assert (counted.received, counted.closed, counted.open, counted.extended) == (1, 1, 0, 1)
    assert (counted.on_time, [one.label for one in counted.by_outcome if one.number]) == (1.0, ["部分公开"])
    # The days before 补正 are of no use any more: day 35 of those after the supplement.
    assert counted.working_days == 35
