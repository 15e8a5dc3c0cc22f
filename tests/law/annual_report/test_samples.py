"""Published reports: what was recomputed by hand beside them agrees, their known faults are found, nothing else is."""

import json
from pathlib import Path
from typing import Any

import pytest

from gongkai.law.annual_report import arithmetic, checking, statements
from gongkai.law.annual_report.figures import Figures, dump, load
from gongkai.law.annual_report.wording import Narrative

pytestmark = pytest.mark.shared
NAMES = (
    "full-01-sh-bgt-2019",
    "full-02-hongze-2023",
    "full-04-suqian-2023",
    "full-07-shuyang-fgj-2023",
    "part-02-jinhu-2023",
    "part-17-nilka-town-2023",
)
STATUS = {"holds": "PASS", "fails": "FAIL", "not_assessable": "NOT_ASSESSABLE"}


def document(shared_data: Path, name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((shared_data / "reports" / f"{name}.json").read_text(encoding="utf-8"))
    return found


def figures(shared_data: Path, name: str) -> Figures:
    return load(document(shared_data, name))


def errors(report: Figures) -> list[tuple[str, str]]:
    return [(one.code, one.place) for one in checking.check(report) if one.is_error]


@pytest.mark.parametrize("name", NAMES)
def test_every_sum_comes_to_what_was_recomputed_by_hand(shared_data: Path, name: str) -> None:
    sample = document(shared_data, name)
    ours = {}
    for one in arithmetic.comparisons(load(sample)):
        _, row, column = one.cells[-1].split(".")
        ours[one.code, column if one.code in ("T3-1", "T3-2") else row] = STATUS[one.verdict]
    for check in sample["checks"]["detail"]:
        code = {"T4": "T4-1"}.get(check["rule"].split()[0], check["rule"].split()[0])
        if code.startswith("T"):
            place = check.get("col") or check.get("row") or check.get("block")
            if code != "TXT":
                assert ours[code, place] == check["status"].partition("(")[0], (code, place)


@pytest.mark.parametrize("name", NAMES)
def test_the_samples_go_in_and_out_unchanged(shared_data: Path, name: str) -> None:
    sample = document(shared_data, name)
    out = dump(load(sample))
    for table, part in (("table3", "rows"), ("table4", "blocks")):
        given = (sample[table] or {}).get(part) or {}
        assert ((out[table] or {}).get(part) or {}) == given
    assert out["table2"] == sample["table2"]


def test_the_faults_that_are_known(shared_data: Path) -> None:
    assert errors(figures(shared_data, "full-02-hongze-2023")) == [
        ("T4-1", "表四“行政复议”"),
        ("T4-1", "表四“复议后起诉”"),
    ]
    assert errors(figures(shared_data, "part-02-jinhu-2023")) == [("T4-1", "表四“未经复议直接起诉”")]
    town = checking.check(figures(shared_data, "part-17-nilka-town-2023"), makes_rules=False)
    assert [(one.left, one.right) for one in town if one.code == "S-1"] == [("6", "0")]


@pytest.mark.parametrize("name", ["full-01-sh-bgt-2019", "full-04-suqian-2023", "full-07-shuyang-fgj-2023"])
def test_no_error_is_found_where_there_is_none(shared_data: Path, name: str) -> None:
    assert errors(figures(shared_data, name)) == []
    assert {one.code for one in checking.check(figures(shared_data, name))} <= {"F-2"}


def test_the_single_row_of_the_old_format(shared_data: Path) -> None:
    found = checking.check(figures(shared_data, "full-02-hongze-2023"))
    assert [one.code for one in found if not one.is_error] == ["F-1"]


def test_what_the_text_of_2019_says_otherwise_than_its_tables(shared_data: Path) -> None:
    """The sentences are rebuilt from the numbers that the sample keeps of the narrative."""
    said = document(shared_data, "full-01-sh-bgt-2019")["narrative"]
    share = said["percent"]
    text = (
        f"全年共收到政府信息公开申请{said['new_received']}件，上年结转{said['carried_over']}件，"
        f"办理信息公开申请{said['total']}件，结转下年度{said['carry_forward']}件。"
        f"“予以公开”及“部分公开”{said['granted_plus_partial']}件，占总数的{share['公开类']}。"
        f"“不予公开”{said['deny']}件，占总数的{share['不予公开']}。"
        f"“无法提供”{said['noprov']}件，占总数的{share['无法提供']}。"
        f"“不予处理”{said['noproc']}件，占总数的{share['不予处理']}。"
        f"行政复议{said['review_total']}件，行政诉讼{said['litigation_total']}件，均获维持。"
    )
    found = statements.check(Narrative(chapters={1: text}), figures(shared_data, "full-01-sh-bgt-2019"))
    assert [(one.code, one.left, one.right) for one in found] == [
        ("TXT-1", "258", "275"),
        ("TXT-1", "265", "337"),
        ("TXT-2", "33.9%", "32.0%"),
        ("TXT-2", "4.34%", "4.35%"),
        ("TXT-3", "均获维持", "3"),
    ]
