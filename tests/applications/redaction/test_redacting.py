"""Boxes are saved without loss, files are made only of complete ones, and nothing leaves that did not pass."""

import json

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from tests.applications.redaction.cases import Case, case, mark, record
from tests.texts import packages
from tests.texts.redaction import papers
from tests.texts.redaction.papers import Word

from gongkai.agencies.access import SECOND_FACTOR_DUE
from gongkai.agencies.officers import Officer
from gongkai.applications import case_files
from gongkai.applications.actions import redacting
from gongkai.applications.actions.redacting import RedactionConflict
from gongkai.applications.files import FileRole, Redaction
from gongkai.applications.redaction import marks
from gongkai.ledger import persons
from gongkai.ledger.entries import Entry
from gongkai.ledger.moment import now
from gongkai.procedures.engine import Refused
from gongkai.texts.pdf import read_pdf
from gongkai.texts.reading import UnreadableFile

pytestmark = pytest.mark.django_db
SECRET, OTHER = Word("zhangsanfeng", 72, 700), Word("remains", 72, 500)


@pytest.fixture
def at() -> Case:
    return case(papers.paper([SECRET, OTHER], [Word("second", 72, 700)]))


def desk(officer: Officer) -> Client:
    client = Client()
    client.force_login(officer)
    session = client.session
    session[SECOND_FACTOR_DUE] = False
    session.save()
    return client


def over_secret(**more: object) -> dict[str, object]:
    box = papers.over(SECRET)
    return mark(left=box.left, top=box.top, right=box.right, bottom=box.bottom) | more


def kinds_of(one: Case) -> list[str]:
    ref = one.application.ref()
    return [
        entry.kind.removeprefix("applications.")
        for entry in Entry.objects.filter(subject_kind=ref.kind, subject_id=ref.id).order_by("id")
    ][1:]


def test_from_boxes_to_a_file_that_is_provided(at: Case) -> None:
    officer = at.at.disclosure_officer
    redaction = redacting.begin(at.file, by=officer)
    assert redacting.begin(at.file, by=officer) == redaction
    redaction = redacting.save(redaction, [over_secret()], seen=1, by=officer)
    made = redacting.produce(redaction, seen=2, by=officer)
    assert (made.role, made.derived_from, made.name) == (FileRole.PROVIDED, at.file, "情况说明（区分处理）.pdf")
    text = read_pdf(case_files.content(made)).text
    assert "zhangsanfeng" not in text
    assert "remains" in text
    assert "条例第十五条 个人隐私" in text
    assert "zhangsanfeng" in read_pdf(case_files.content(at.file)).text
    assert kinds_of(at) == ["file_added", "redaction_marked", "file_added", "redacted"]

    redaction = redacting.save(redaction, [over_secret(), mark(2)], seen=2, by=officer)
    again = redacting.produce(redaction, seen=3, by=officer)
    made.refresh_from_db()
    assert (made.role, again.role) == (FileRole.INTERNAL, FileRole.PROVIDED)
    assert kinds_of(at) == ["file_added"] + ["redaction_marked", "file_added", "redacted"] * 2


def test_an_office_file_is_printed_once_and_boxes_are_drawn_on_that(at: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    printed: list[str] = []

    def to_pdf(name: str, data: bytes) -> bytes:
        printed.append(name)
        return papers.paper([SECRET, OTHER])

    monkeypatch.setattr(redacting.office, "to_pdf", to_pdf)
    officer = at.at.disclosure_officer
    source = record(at.application, packages.word(packages.paragraph("正文")), "情况说明.docx")
    redaction = redacting.begin(source, by=officer)
    assert redacting.begin(source, by=officer) == redacting.begin(redaction.file, by=officer) == redaction
    assert printed == ["情况说明.docx"]
    assert (redaction.file.name, redaction.file.derived_from) == ("情况说明（转换为PDF）.pdf", source)
    redaction = redacting.save(redaction, [over_secret()], seen=1, by=officer)
    made = redacting.produce(redaction, seen=2, by=officer)
    assert (made.name, made.derived_from) == ("情况说明（区分处理）.pdf", source)


def test_a_page_that_saves_itself_makes_one_entry_for_a_sitting(at: Case) -> None:
    officer, head = at.at.disclosure_officer, at.at.disclosure_head
    redaction = redacting.begin(at.file, by=officer)
    for version, right in enumerate((0.5, 0.6, 0.7), start=1):
        redaction = redacting.save(redaction, [mark(right=right)], seen=version, by=officer)
    assert kinds_of(at) == ["file_added", "redaction_marked"]
    redacting.save(redaction, [mark(right=0.8)], seen=4, by=head)
    assert kinds_of(at) == ["file_added", "redaction_marked", "redaction_marked"]


def test_everything_that_a_file_lacks_is_told_at_once(at: Case) -> None:
    officer = at.at.disclosure_officer
    redaction = redacting.begin(at.file, by=officer)
    with pytest.raises(Refused) as none:
        redacting.produce(redaction, seen=1, by=officer)
    assert "还没有遮盖任何内容" in none.value.reasons[0]
    redaction = redacting.save(redaction, [mark(ground=""), mark(2), mark(2, ground="", top=0.15)], seen=1, by=officer)
    with pytest.raises(Refused) as some:
        redacting.produce(redaction, seen=2, by=officer)
    assert some.value.reasons == [
        "第1处（第1页上部左侧）没有选择遮盖依据。",
        "第3处（第2页上部左侧）没有选择遮盖依据。",
    ]


def test_a_file_that_does_not_pass_is_not_kept(at: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(redacting, "leftovers", lambda *given: ["仍有文字"])
    officer = at.at.disclosure_officer
    redaction = redacting.save(redacting.begin(at.file, by=officer), [over_secret()], seen=1, by=officer)
    with pytest.raises(Refused, match="没有通过核验"):
        redacting.produce(redaction, seen=2, by=officer)
    assert not at.application.files.filter(role=FileRole.PROVIDED).exists()


def test_two_writers_lose_nothing(at: Case) -> None:
    officer, head = at.at.disclosure_officer, at.at.disclosure_head
    redaction = redacting.begin(at.file, by=officer)
    redacting.save(redaction, [mark()], seen=1, by=officer)
    with pytest.raises(RedactionConflict):
        redacting.save(redaction, [mark(2)], seen=1, by=head)
    client = desk(head)
    sent = {"version": "1", "boxes": json.dumps([mark(2)])}
    answer = client.post(at.url("save"), sent, headers={"Accept": "application/json"})
    assert answer.status_code == 409
    assert "合并" in answer.json()["error"]
    assert client.post(at.url("save"), sent | {"then": "save"}).status_code == 302
    redaction.refresh_from_db()
    assert [one["page"] for one in redaction.boxes] == [1, 2]


def test_only_those_who_handle_the_case_draw(at: Case) -> None:
    with pytest.raises(PermissionDenied):
        redacting.begin(at.file, by=at.at.legal_reviewer)
    with pytest.raises(PermissionDenied):
        redacting.begin(at.file, by=at.at.handler)  # the department has not got the case
    strange = record(at.application, papers.paper([OTHER]), "身份证.pdf")
    strange.role = FileRole.IDENTITY
    strange.save()
    with pytest.raises(Refused, match="拟提供的信息"):
        redacting.begin(strange, by=at.at.disclosure_officer)


def test_what_cannot_be_drawn_on_is_told(at: Case) -> None:
    officer = at.at.disclosure_officer
    with pytest.raises(Refused, match="只有 PDF"):
        redacting.begin(record(at.application, b"a,b\n1,2\n", "表.csv"), by=officer)
    client = desk(officer)
    broken = record(at.application, papers.paper([OTHER])[:90], "坏.pdf")
    answer = client.post(Case(at.at, at.application, broken).url("begin"))
    assert answer.status_code == 422
    assert "已损坏" in answer.content.decode()
    persons.forget(at.file.person, at=now())
    with pytest.raises(UnreadableFile, match="已按规定删除"):
        redacting.begin(at.file, by=officer)


def test_the_screen_saves_finds_shows_and_makes(at: Case) -> None:
    client = desk(at.at.disclosure_officer)
    assert client.get(at.url("editor")).status_code == 404
    assert client.post(at.url("begin")).headers["Location"] == at.url("editor")
    found = client.get(at.url("find"), {"q": "ZhangSanfeng"}).json()
    assert found["occurrences"] == 1
    boxes = json.dumps([found["found"][0] | {"ground": "privacy", "note": "姓名"}])
    answer = client.post(at.url("save"), {"version": "1", "boxes": boxes}, headers={"Accept": "application/json"})
    assert answer.json()["version"] == 2
    assert client.post(at.url("save"), {"version": "2", "boxes": boxes, "then": "produce"}).status_code == 302
    page = client.get(at.url("editor")).content.decode()
    assert "下载成品" in page
    assert "zhangsanfeng" not in read_pdf(client.get(at.url("made")).content).text
    picture = client.get(at.url("page", 1), {"width": "700"})
    assert (picture.headers["Content-Type"], picture.headers["Cache-Control"]) == ("image/png", "no-store")
    assert client.get(at.url("page", 3)).status_code == 404


def test_without_a_script_boxes_are_typed_and_found(at: Case) -> None:
    client = desk(at.at.disclosure_officer)
    client.post(at.url("begin"))
    typed = {"version": "1", "rows": "2", "page-0": "1", "left-0": "10", "top-0": "10", "right-0": "30"}
    typed |= {"bottom-0": "12.5", "ground-0": "privacy", "note-0": "电话", "page-1": ""}
    assert client.post(at.url("save"), typed).status_code == 302
    (box,) = Redaction.objects.get(file=at.file).boxes
    assert (box["left"], box["bottom"], box["note"]) == (0.1, 0.125, "电话")
    found = typed | {"version": "2", "then": "find", "q": "zhangsanfeng", "q-ground": "trade-secret"}
    assert client.post(at.url("save"), found).status_code == 302
    assert len(Redaction.objects.get(file=at.file).boxes) == 2
    absent = client.post(at.url("save"), found | {"version": "3", "q": "absent"})
    assert "没有找到“absent”" in absent.content.decode()
    wrong = client.post(at.url("save"), typed | {"version": "3", "left-0": "x"})
    assert (wrong.status_code, "0 到 100" in wrong.content.decode()) == (422, True)
    removed = client.post(at.url("save"), typed | {"version": "3", "remove-0": "on"})
    assert removed.status_code == 302
    assert Redaction.objects.get(file=at.file).boxes == []


@pytest.mark.parametrize(
    ("sent", "says"),
    [
        ("{", "数据不完整"),
        ("{}", "数据不完整"),
        ("[1]", "第1处：位置有误"),
        (json.dumps([mark(3)]), "没有第3页"),
        (json.dumps([mark(ground="because")]), "第十四条至第十六条"),
        (json.dumps([mark(left=0.9)]), "页面之内"),
        (json.dumps([mark(left="a")]), "位置有误"),
        (json.dumps([mark()] * (marks.MAX_MARKS + 1)), "超过2000处"),
    ],
)
def test_boxes_that_cannot_be_are_refused(sent: str, says: str) -> None:
    with pytest.raises(ValidationError) as refused:
        marks.parse(sent, pages=2)
    assert says in "".join(refused.value.messages)
