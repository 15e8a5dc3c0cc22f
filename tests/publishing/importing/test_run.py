"""An import as a whole: drafts or public at once, nothing twice, gone on with after a stop, told in full."""

import json
from collections import Counter
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from tests.factories import editions, imports, people
from tests.factories.people import Staffed

from gongkai.catalog.documents import Document, DocumentState
from gongkai.catalog.editions import Edition, EditionState
from gongkai.catalog.files import StoredFile
from gongkai.config import command
from gongkai.ledger.entries import Entry
from gongkai.procedures.engine import fire
from gongkai.publishing.importing import run as running
from gongkai.publishing.importing.run import NothingToResume
from gongkai.publishing.imports import ImportItem, ImportRun, ImportStatus
from gongkai.publishing.models import CheckRun
from gongkai.publishing.procedures import EDITION

pytestmark = pytest.mark.django_db

WHOLE = {"subject": "城乡建设、环境保护"}
ID_NUMBER = "11010519491231002X"  # the example of GB 11643, nobody's


@pytest.fixture
def at() -> Staffed:
    return people.staffed("澜川市城市管理委员会")


def notices(count: int) -> dict[str, bytes]:
    return {
        f"t{number}.html": imports.page(
            f"关于第{number}处管网检修的公告", body=f"<p>{imports.SENTENCE}第{number}处。</p>"
        )
        for number in range(count)
    }


def statuses(result: running.Result) -> Counter[str]:
    return Counter(one.status for one in result.outcomes)


def test_what_was_public_is_public_again_under_its_first_date(at: Staffed, tmp_path: Path) -> None:
    folder = imports.folder(tmp_path, notices(1))
    [outcome] = imports.bring(at, folder, adopt=True, defaults=WHOLE).outcomes
    document = Document.objects.select_related("live").get(code=outcome.code)
    assert (outcome.status, outcome.released, document.state) == ("taken", True, DocumentState.LIVE)
    assert document.listed_at is not None
    assert document.listed_at.isoformat() == "2021-03-05T01:30:00+00:00"
    assert document.live is not None
    assert CheckRun.objects.filter(edition=document.live).count() == 1
    kinds = list(
        Entry.objects.filter(subject_kind__in=["document", "edition"]).order_by("id").values_list("kind", flat=True)
    )
    assert kinds == ["catalog.created", "catalog.imported", "publishing.opened", "publishing.adopted"]
    imported = Entry.objects.get(kind="catalog.imported")
    assert imported.data["origin"].endswith("t0.html")
    assert imported.actor_id == str(at.disclosure_officer.pk)


def test_an_old_address_leads_to_the_document(at: Staffed, tmp_path: Path, client: object) -> None:
    folder = imports.folder(tmp_path, {"zwgk/t1.html": imports.page()})
    [outcome] = imports.bring(at, folder, adopt=True, defaults=WHOLE).outcomes
    host = at.agency.hosts.get().host
    answer = client.get("/zwgk/t1.html", HTTP_HOST=host)  # type: ignore[attr-defined]
    assert answer.status_code == 301
    assert answer["Location"].endswith(reverse("portal:document", args=[outcome.code]))


def test_what_the_checks_stop_waits_as_a_draft(at: Staffed, tmp_path: Path) -> None:
    body = f"<p>{imports.SENTENCE}联系人证件号码{ID_NUMBER}。</p>"
    files = notices(1) | {"bad.html": imports.page("关于补贴发放的公告", body=body)}
    result = imports.bring(at, imports.folder(tmp_path, files), adopt=True, defaults=WHOLE)
    held = next(one for one in result.outcomes if one.path == "bad.html")
    assert statuses(result) == {"taken": 1, "held": 1}
    assert held.reason.count("公民身份号码") >= 1
    assert ID_NUMBER not in json.dumps(held.as_dict())
    edition = Edition.objects.get(document__code=held.code)
    assert edition.state == EditionState.DRAFTING
    assert CheckRun.objects.get(edition=edition).blocked
    assert held.findings[0]["severity"] == "block"


def test_what_had_lapsed_stays_marked(at: Staffed, tmp_path: Path) -> None:
    rows = "文件,时效,废止日期\nt0.html,已废止,2022-05-01\nt1.html,现行有效,\n"
    folder = imports.folder(tmp_path, notices(2) | {"清单.csv": rows.encode()})
    result = imports.bring(at, folder, adopt=True, defaults=WHOLE, type_key="other_document")
    states = {one.path: Document.objects.get(code=one.code) for one in result.outcomes if one.code}
    assert states["t0.html"].state == DocumentState.UNRELEASED, "no number: held before it can be marked"
    rows = "文件,时效,废止日期,文号\nt2.html,已废止,2022-05-01,澜城管发〔2021〕3号\n"
    again = imports.folder(tmp_path / "b", {"t2.html": imports.page("关于甲事的通知"), "清单.csv": rows.encode()})
    [outcome] = imports.bring(at, again, adopt=True, defaults=WHOLE, type_key="other_document").outcomes
    document = Document.objects.get(code=outcome.code)
    assert (document.state, document.notice_kind, str(document.notice_on)) == ("withdrawn", "repealed", "2022-05-01")


def test_a_second_import_takes_nothing_twice(at: Staffed, tmp_path: Path) -> None:
    files = notices(3) | {"copy.html": notices(1)["t0.html"]}
    folder = imports.folder(tmp_path / "a", files)
    first = imports.bring(at, folder)
    assert statuses(first) == {"taken": 3, "skipped": 1}
    again = imports.bring(at, folder)
    assert statuses(again) == {"skipped": 4}
    moved = imports.folder(
        tmp_path / "b", {"x/n.html": files["t1.html"], "y.html": files["t2.html"].replace(b"  ", b" ") + b" "}
    )
    elsewhere = imports.bring(at, moved)
    assert statuses(elsewhere) == {"skipped": 2}
    assert {one.path: one.reason[:2] for one in elsewhere.outcomes} == {"x/n.html": "内容", "y.html": "标题"}
    (folder / "t1.html").write_bytes(imports.page("关于第1处管网检修的更正公告"))
    changed = imports.bring(at, folder)
    assert statuses(changed) == {"skipped": 4}
    assert "更正或修订" in next(one.reason for one in changed.outcomes if one.path == "t1.html")
    assert Document.objects.count() == 3


def test_what_was_written_here_is_not_taken_again(at: Staffed, tmp_path: Path) -> None:
    here = editions.released(at, title="关于供热主管网检修的公告")
    day = timezone.localdate(here.document.listed_at)
    folder = imports.folder(tmp_path, {"a.html": imports.page(labels={"PubDate": day.isoformat()})})
    [outcome] = imports.bring(at, folder).outcomes
    assert outcome.status == ImportStatus.SKIPPED
    assert here.document.index_number in outcome.reason


def test_a_discarded_draft_may_be_imported_anew(at: Staffed, tmp_path: Path) -> None:
    folder = imports.folder(tmp_path, notices(1))
    [outcome] = imports.bring(at, folder).outcomes
    edition = Edition.objects.get(document__code=outcome.code)
    fire(EDITION, edition, "discard", by=at.disclosure_officer, given={"reason": "导错了"})
    [again] = imports.bring(at, folder).outcomes
    assert again.status == ImportStatus.TAKEN


def test_an_interrupted_import_goes_on_where_it_was(
    at: Staffed, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(running, "BATCH", 2)
    folder = imports.folder(tmp_path, notices(7))
    seen = []

    def stop_at_five(outcome: object) -> None:
        seen.append(outcome)
        if len(seen) == 5:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        imports.bring(at, folder, watch=stop_at_five)
    assert Document.objects.count() == 6, "the batch of the fifth was committed whole"
    result = imports.bring(at, folder, resume=True)
    assert (result.resumed, statuses(result)) == (6, Counter(taken=7))
    assert Document.objects.count() == ImportItem.objects.count() == 7
    assert [one.path for one in result.outcomes] == sorted(notices(7))
    assert ImportRun.objects.get().finished_at is not None
    with pytest.raises(NothingToResume):
        imports.bring(at, folder, resume=True)


def test_a_limit_stops_and_the_next_call_goes_on(at: Staffed, tmp_path: Path) -> None:
    folder = imports.folder(tmp_path, notices(5))
    first = imports.bring(at, folder, limit=2)
    assert (statuses(first), first.left) == (Counter(taken=2), 3)
    fresh = imports.bring(at, folder, fresh=True, limit=1)
    assert statuses(fresh) == {"skipped": 2, "taken": 1}
    rest = imports.bring(at, folder)
    assert (statuses(rest), rest.left) == (Counter(skipped=2, taken=3), 0)
    assert Document.objects.count() == 5


def test_a_trial_writes_nothing_and_tells_the_same(at: Staffed, tmp_path: Path) -> None:
    files = notices(30) | {
        "p.html": imports.page("有图的公告", body=f'<p>{imports.SENTENCE}<img src="p.png" alt="图"></p>')
    }
    folder = imports.folder(tmp_path, files | {"p.png": imports.picture()})
    before = Entry.objects.count()
    trial = imports.bring(at, folder, trial=True, adopt=True, defaults=WHOLE)
    counted = (Document, Edition, StoredFile, ImportRun, ImportItem)
    assert [model.objects.count() for model in counted] == [0] * len(counted)
    assert Entry.objects.count() == before
    real = imports.bring(at, folder, adopt=True, defaults=WHOLE)
    assert [(one.path, one.status, one.reason) for one in trial.outcomes] == [
        (one.path, one.status, one.reason) for one in real.outcomes
    ]


def test_an_index_number_is_kept_where_it_can_be(at: Staffed, tmp_path: Path) -> None:
    own = f"{at.agency.code}-2020-000009"
    rows = f"文件,索引号\nt0.html,000014349/2021-00031\nt1.html,000014349/2021-00031\nt2.html,{own}\n"
    result = imports.bring(at, imports.folder(tmp_path, notices(3) | {"清单.csv": rows.encode()}))
    numbers = [one.index_number for one in result.outcomes]
    assert numbers[0] == "000014349/2021-00031"
    assert all(number.startswith(at.agency.code) for number in numbers[1:])
    assert own not in numbers
    assert "另编了索引号" in result.outcomes[1].notes[0]


def test_documents_cost_a_fixed_number_of_queries(at: Staffed, tmp_path: Path) -> None:
    imports.bring(at, imports.folder(tmp_path / "warm", {"w.html": imports.page("关于热身的公告")}))
    costs = []
    for count in (5, 25):
        folder = imports.folder(
            tmp_path / str(count), {f"{count}/{name}": page for name, page in notices(count).items()}
        )
        for page in folder.rglob("*.html"):
            page.write_bytes(page.read_bytes().replace("管网".encode(), f"管网{count}".encode()))
        with CaptureQueriesContext(
            connection,
        ) as queries:
            imports.bring(at, folder, adopt=True, defaults=WHOLE)
        costs.append(len(queries))
    assert (costs[1] - costs[0]) / 20 < 60, "queries per document, savepoints included"


def test_the_command_tells_people_and_programs(at: Staffed, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = imports.folder(tmp_path / "in", notices(2) | {"old.doc": b"x"})
    asked = ["import", str(folder), "--agency", at.agency.code, "--by", at.disclosure_officer.username]
    report = tmp_path / "report.json"
    assert command.main([*asked, "--as", "adopted", "--set", "主题分类=综合政务", "--json", str(report)]) == 0
    out = capsys.readouterr().out
    assert "已导入 2 件，留作草稿 0 件，已跳过 0 件，未导入 1 件" in out
    assert "关于第0处管网检修的公告" in out
    assert "另存为 .docx" in out
    told = json.loads(report.read_text(encoding="utf-8"))
    assert told["counts"] == {"taken": 2, "held": 0, "skipped": 0, "refused": 1}
    assert told["items"][1]["header"]["subject"] == {"label": "主题分类", "value": "综合政务", "origin": "命令行"}
    assert command.main([*asked, "--json", "-"]) == 0
    printed = capsys.readouterr()
    assert json.loads(printed.out)["counts"]["skipped"] == 2
    assert "已跳过 2 件" in printed.err


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        (["--agency", "X"], "没有机构代码为“X”的机关"),
        (["--by", "nobody"], "不是澜川市城市管理委员会的公开经办人"),
        (["--department", "没有处"], "没有“没有处”这个处室"),
        (["--resume"], "没有中断的导入"),
    ],
)
def test_wrong_orders_are_answered(
    at: Staffed, tmp_path: Path, capsys: pytest.CaptureFixture[str], wrong: list[str], why: str
) -> None:
    folder = imports.folder(tmp_path, notices(1))
    right = {"--agency": at.agency.code, "--by": at.disclosure_officer.username}
    asked = [word for pair in right.items() if pair[0] != wrong[0] for word in pair]
    assert command.main(["import", str(folder), *asked, *wrong]) == 1
    assert why in capsys.readouterr().err
    assert Document.objects.count() == 0


def test_options_that_are_none(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    for wrong in (["--set", "甲"], ["--set", "甲=乙"], ["--limit", "0"], ["--type", "none"], ["--as", "public"]):
        with pytest.raises(SystemExit):
            command.main(["import", str(tmp_path), *wrong])
        assert "错误" in capsys.readouterr().err


def test_nothing_to_import(at: Staffed, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    asked = ["--agency", at.agency.code, "--by", at.disclosure_officer.username]
    assert command.main(["import", str(tmp_path), *asked]) == 1
    assert "没有可以导入的文件" in capsys.readouterr().err
    imports.folder(tmp_path, {"a.doc": b"x"})
    assert command.main(["import", str(tmp_path), *asked]) == 1
