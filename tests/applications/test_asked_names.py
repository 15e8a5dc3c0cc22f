"""The law names a consultation by its key; people are told whom, applicants only that somebody was asked."""

from datetime import date

import pytest
from tests.factories import cases, people

from gongkai.applications import asked_names
from gongkai.applications.clock_facts import Clocks
from gongkai.applications.urgency import of_case, of_standing
from gongkai.law import clock

pytestmark = pytest.mark.django_db
SENT = date(2026, 3, 4)


def test_nobody_reads_the_number_of_a_row() -> None:
    at = people.staffed()
    case = cases.handling_(at, arrived=date(2026, 3, 2))
    one = cases.consultation(at, case, day=SENT)
    clocks = Clocks(today=date(2026, 3, 16))
    case = cases.again(case)
    line = clocks.of(case)
    (step,) = (each for each in line.steps if each.key == f"consultation:{one.pk}")
    staff, applicant = asked_names.for_staff(case), asked_names.for_applicant(case)
    assert asked_names.label(step) == "第三方提出意见"
    assert asked_names.label(step, staff) == f"第三方提出意见（{one}）"
    assert of_case(case, clocks).what == "第三方提出意见"
    assert of_standing(case, clocks.read(case), clocks, staff).what == f"第三方提出意见（{one}）"
    told = "".join(asked_names.named(each, applicant) for each in clock.explain(line))
    assert "征求第三方意见" in told
    assert str(one) not in told
    cases.consultation(at, case, day=SENT)
    assert set(asked_names.for_applicant(cases.again(case)).values()) == {"之1", "之2"}
    assert asked_names.named(f"征求意见“{one.pk}”的期限", staff) == f"征求“{one}”意见的期限"
