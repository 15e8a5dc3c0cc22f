"""What may be entered in a case beside the events of its procedures: each form with who sees it and what it writes."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from gongkai.agencies.officers import Officer
from gongkai.applications.actions import handling, later, parties, registering, steps
from gongkai.applications.applications import IN_HAND, Application, ApplicationState
from gongkai.applications.desk import case_forms as forms
from gongkai.applications.items import Deliberation, ItemState, Opinion, RequestedItem
from gongkai.applications.parties import Party, PartyKind
from gongkai.applications.powers import DEPARTMENT, OFFICE, OFFICER, WHOLE_AGENCY, roles_over
from gongkai.applications.queries import access_applications, candidates_of, departments_of
from gongkai.applications.remedies import RemedyKind
from gongkai.applications.steps import ConsultationKind
from gongkai.procedures.engine import Refused

Form = Any
"""A bound form of ``case_forms``, valid."""


@dataclass(frozen=True)
class Writing:
    """One thing that may be entered. ``parts``: of which parts of the case (none: of the case itself); ``when``: in
    which cases and of which parts it makes sense."""

    key: str
    label: str
    done: str
    form: type[forms.CaseForm]
    roles: frozenset[str]
    write: Callable[[Form], object]
    parts: Callable[[Application], Iterator[Any]] | None = None
    when: Callable[[Application, Officer, Any], bool] = lambda case, officer, of: case.is_open

    def prefix(self, of: Any) -> str:
        """The prefix of its fields."""
        return f"{self.key}-{of.pk}" if of is not None else self.key

    def offered(self, case: Application, officer: Officer, of: Any = None) -> bool:
        """Whether this officer sees the form. The action asks again."""
        may = bool(roles_over(officer, case) & self.roles) or (self.key == "opinion" and _invited(officer, of))
        return may and self.when(case, officer, of)


@dataclass(frozen=True)
class Offered:
    """A form on the page: where it is sent, and whether it stands open because it was refused."""

    writing: Writing
    form: forms.CaseForm
    url: str
    of: Any
    open: bool


def _invited(officer: Officer, opinion: Any) -> bool:
    theirs = departments_of(officer)
    return isinstance(opinion, Opinion) and (theirs is None or opinion.department_id in theirs)


def _assign(form: Form) -> object:
    given = form.cleaned_data
    return handling.assign(
        form.case,
        given["department"],
        by=form.officer,
        note=given["note"],
        due_on=given["due_on"],
        leads=given["leads"] == "1",
        item=form.chosen_item(),
    )


def _search(form: Form) -> object:
    given = form.cleaned_data
    words = {name: given[name] for name in ("place", "terms", "on", "found", "searcher")}
    return handling.add_search(form.chosen_item(), nothing=given["nothing"] == "1", by=form.officer, **words)


def _amend_item(form: Form) -> object:
    return handling.amend_item(form.of, by=form.officer, **form.cleaned_data)


def _consult(form: Form) -> object:
    given = form.cleaned_data
    kind = ConsultationKind(given["kind"])
    third = kind == ConsultationKind.THIRD_PARTY
    asked = steps.Asked(
        kind=kind,
        question=given["question"],
        sent_on=given["sent_on"],
        received_on=given["received_on"],
        body="" if third else given["name"],
        party_kind=PartyKind(given["party_kind"]),
        personal=form.personal() if third else {},
        item=form.chosen_item(),
    )
    return steps.consult(form.case, asked, by=form.officer)


def _remedy(form: Form) -> object:
    given = form.cleaned_data | {"kind": RemedyKind(form.cleaned_data["kind"])}
    return later.file_remedy(form.case, by=form.officer, **given)


def _repeat(form: Form) -> object:
    number = form.cleaned_data["number"]
    earlier = access_applications(form.officer).filter(number=number).first() if number else None
    if number and earlier is None:
        raise Refused([f"没有登记号为“{number}”的申请，请核对。"])
    return handling.link_repeat(form.case, earlier, by=form.officer)


def _people(case: Application) -> Iterator[Party]:
    """Records that may be the applicant's."""
    yield from (one.party for one in candidates_of(case))


def _merged(case: Application) -> Iterator[Party]:
    if case.applicant.merged_into_id is not None:
        yield case.applicant


def _items(case: Application) -> Iterator[RequestedItem]:
    yield from case.items.all()


def _opinions(case: Application) -> Iterator[Opinion]:
    for meeting in case.deliberations.all():
        yield from meeting.opinions.all()


def _meetings(case: Application) -> Iterator[Deliberation]:
    yield from case.deliberations.all()


def _always(case: Application, officer: Officer, of: Any) -> bool:
    return True


def _replied(case: Application, officer: Officer, of: Any) -> bool:
    return case.closed_on is not None


def _in_hand(case: Application, officer: Officer, of: Any) -> bool:
    return case.state in IN_HAND


def _not_signed(case: Application, officer: Officer, of: Any) -> bool:
    return case.is_open and case.state != ApplicationState.SIGNED


def _undecided(case: Application, officer: Officer, of: Any) -> bool:
    return case.is_open and of.state in (ItemState.OPEN, ItemState.DRAFTED)


WRITINGS: Mapping[str, Writing] = {
    one.key: one
    for one in (
        Writing("assign", "转办处室", "已转办", forms.AssignForm, OFFICE, _assign, when=_in_hand),
        Writing(
            "handler",
            "指定经办人",
            "已指定经办人",
            forms.HandlerForm,
            OFFICE,
            lambda form: handling.set_handler(form.case, form.cleaned_data["handler"], by=form.officer),
        ),
        Writing("search", "登记检索", "已登记检索记录", forms.SearchForm, OFFICE | DEPARTMENT, _search),
        Writing(
            "note",
            "写备注",
            "已写备注",
            forms.NoteForm,
            WHOLE_AGENCY | DEPARTMENT,
            lambda form: handling.add_note(form.case, form.cleaned_data["text"], by=form.officer),
            when=_always,
        ),
        Writing(
            "add_item",
            "增加一项",
            "已增加申请事项",
            forms.ItemForm,
            OFFICE,
            lambda form: handling.add_item(form.case, by=form.officer, **form.cleaned_data),
            when=_in_hand,
        ),
        Writing(
            "amend_item",
            "修改登记",
            "已修改申请事项",
            forms.ItemForm,
            OFFICE,
            _amend_item,
            parts=_items,
            when=_undecided,
        ),
        Writing(
            "extend",
            "申请延期",
            "已报请公开工作机构负责人批准",
            forms.ExtensionForm,
            OFFICER,
            lambda form: steps.propose_extension(form.case, by=form.officer, **form.cleaned_data),
            when=_not_signed,
        ),
        Writing(
            "consult", "征求意见", "已登记征求意见，期限停止计算", forms.ConsultForm, OFFICER, _consult, when=_in_hand
        ),
        Writing(
            "deliberate",
            "提请会商",
            "已提请会商",
            forms.DeliberationForm,
            OFFICE,
            lambda form: handling.call_deliberation(form.case, by=form.officer, **form.cleaned_data),
            when=_in_hand,
        ),
        Writing(
            "opinion",
            "填写意见",
            "已填写会商意见",
            forms.OpinionForm,
            OFFICE,
            lambda form: handling.give_opinion(form.of, form.cleaned_data["text"], by=form.officer),
            parts=_opinions,
            when=lambda case, officer, of: case.is_open and of.deliberation.closed_at is None,
        ),
        Writing(
            "conclude",
            "填写会商结论",
            "会商已形成结论",
            forms.ConclusionForm,
            OFFICE,
            lambda form: handling.close_deliberation(form.of, by=form.officer, **form.cleaned_data),
            parts=_meetings,
            when=lambda case, officer, of: case.is_open and of.closed_at is None,
        ),
        Writing(
            "remedy",
            "登记复议、诉讼",
            "已登记",
            forms.RemedyForm,
            OFFICE | {"legal_reviewer"},
            _remedy,
            when=_replied,
        ),
        Writing(
            "merge",
            "认定为同一人",
            "已认定为同一人，可以撤销",
            forms.SamePersonForm,
            OFFICE,
            lambda form: parties.merge(form.case.applicant, form.of, by=form.officer),
            parts=_people,
            when=_always,
        ),
        Writing(
            "unmerge",
            "撤销认定",
            "已撤销，这条记录单独存在",
            forms.SamePersonForm,
            OFFICE,
            lambda form: parties.part(form.case.applicant, by=form.officer),
            parts=_merged,
            when=_always,
        ),
        Writing("repeat", "关联前次申请", "已关联", forms.RepeatForm, OFFICE, _repeat, when=_always),
        Writing(
            "amend",
            "修改登记事项",
            "已修改登记事项",
            forms.RegistrationForm,
            OFFICE,
            lambda form: registering.amend(form.case, by=form.officer, **form.cleaned_data),
        ),
    )
}


def part_of(writing: Writing, case: Application, pk: str) -> Any:
    """The part of the case that the form is about. Raises LookupError where there is none of that number."""
    if writing.parts is None:
        return None
    found = next((one for one in writing.parts(case) if str(one.pk) == pk), None)
    if found is None:
        raise LookupError(pk)
    return found


def offered(case: Application, officer: Officer, tried: forms.CaseForm | None = None) -> dict[str, Any]:
    """Every form the officer sees, by key; forms of parts by key and the part's number. ``tried``: one just refused."""
    found: dict[str, Any] = {}
    for writing in WRITINGS.values():
        if writing.parts is None:
            if writing.offered(case, officer):
                found[writing.key] = _offer(writing, case, officer, None, tried)
            continue
        for of in writing.parts(case):
            if writing.offered(case, officer, of):
                found.setdefault(writing.key, {})[of.pk] = _offer(writing, case, officer, of, tried)
    return found


def _offer(writing: Writing, case: Application, officer: Officer, of: Any, tried: forms.CaseForm | None) -> Offered:
    prefix = writing.prefix(of)
    again = tried if tried is not None and tried.prefix == prefix else None
    form = again or writing.form(case, officer, prefix, of=of)
    return Offered(
        writing, form, reverse("applications:write", args=[case.pk, writing.key]), of, open=again is not None
    )
