"""The schema fits what is dumped, and refuses what the loader refuses."""

from typing import Any

import pytest
from tests.law.annual_report.made import built
from tests.oversight.portal import wrong

from gongkai.oversight.annual_report import reports
from gongkai.oversight.annual_report.schema import schema

validators = pytest.importorskip("jsonschema_rs")


def fits(document: dict[str, Any]) -> bool:
    return bool(validators.validator_for(schema()).is_valid(document))


@pytest.mark.parametrize("year", [2019, 2023])
def test_what_is_dumped_fits(year: int) -> None:
    given = wrong.report()
    assert fits(reports.dump(reports.Report(agency="x", figures=built(year, {}), narrative=given.narrative)))


@pytest.mark.parametrize(
    "more",
    [
        {"format_version": "2022"},
        {"table3": {"rows": {"granted": [0] * 6}}},
        {"table3": {"rows": {"given": [0] * 7}}},
        {"table4": {"blocks": {"review": [0, 0, 0, 0, "x"]}}},
        {"table2": {"art20_9": {"规章": {"made": 1}}}},
    ],
)
def test_what_is_not_of_the_form_does_not(more: dict[str, Any]) -> None:
    assert not fits(reports.dump(wrong.report()) | more)
