"""Handling a case: handing it to departments, searching, deliberating, noting."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction

from gongkai.agencies.bodies import Department
from gongkai.agencies.officers import Officer
from gongkai.applications import ledger_kinds as kinds
from gongkai.applications.actions.powers_asked import demand, demand_in_hand
from gongkai.applications.applications import Application, Assignment
from gongkai.applications.items import Deliberation, ItemState, Note, Opinion, RequestedItem, SearchRecord
from gongkai.applications.powers import DEPARTMENT, OFFICE, WHOLE_AGENCY
from gongkai.ledger import moment
from gongkai.ledger.recording import record
from gongkai.procedures.engine import Refused

_HANDLES = OFFICE | DEPARTMENT
_SEES = WHOLE_AGENCY | DEPARTMENT


@transaction.atomic
def assign(
    application: Application,
    department: Department,
    *,
    by: Officer,
    note: str = "",
    due_on: date | None = None,
    leads: bool = True,
    item: RequestedItem | None = None,
) -> Assignment:
    """转办 to a department of the same agency, whole or one item. Raises Refused when it has an open one already."""
    demand(by, application, OFFICE)
    demand_in_hand(application)
    if department.agency_id != application.agency_id:
        raise Refused(["只能转办本机关的处室。"])
    if application.assignments.filter(department=department, item=item, state__in=("sent", "accepted")).exists():
        raise Refused([f"{department.name}已有未办完的转办，不必重复转办；可以催办。"])
    made = Assignment.objects.create(
        application=application,
        item=item,
        department=department,
        leads=leads,
        note=note.strip()[:500],
        due_on=due_on,
        sent_at=moment.now(),
        sent_by=by,
    )
    record(
        kinds.ASSIGNED,
        by=by,
        subject=application,
        agency=application.agency,
        what=f"{'主办' if leads else '协办'}：{department.name}",
        assignment=made.pk,
        department=department.pk,
    )
    return made


@transaction.atomic
def set_handler(application: Application, handler: Officer | None, *, by: Officer) -> None:
    """Who of the disclosure office looks after the case."""
    demand(by, application, OFFICE)
    if handler is not None and handler.agency_id != application.agency_id:
        raise Refused(["经办人须是本机关人员。"])
    application.handler = handler
    application.save(update_fields=["handler"])
    record(
        kinds.HANDLER_CHANGED,
        by=by,
        subject=application,
        agency=application.agency,
        what=handler.name if handler else "不指定",
    )


@transaction.atomic
def add_item(
    application: Application, *, name: str, by: Officer, document_number: str = "", features: str = ""
) -> RequestedItem:
    """One application may ask for several things: split off another item (一事项一决定)."""
    demand(by, application, OFFICE)
    demand_in_hand(application)
    last = max((one.position for one in application.items.all()), default=0)
    made = RequestedItem.objects.create(
        application=application,
        position=last + 1,
        name=name.strip()[:300],
        document_number=document_number.strip()[:100],
        features=features.strip(),
    )
    record(kinds.ITEM_CHANGED, by=by, subject=application, agency=application.agency, what=f"增加第{made.position}项")
    return made


@transaction.atomic
def amend_item(item: RequestedItem, *, name: str, document_number: str, features: str, by: Officer) -> None:
    """Set right how an item was registered; what was decided on it stays untouched."""
    demand(by, item.application, OFFICE)
    if item.state not in (ItemState.OPEN, ItemState.DRAFTED):
        raise Refused(["已审定的事项不能再修改。"])
    item.name, item.document_number, item.features = name.strip()[:300], document_number.strip()[:100], features.strip()
    item.save(update_fields=["name", "document_number", "features"])
    record(
        kinds.ITEM_CHANGED,
        by=by,
        subject=item.application,
        agency=item.application.agency,
        what=f"修改第{item.position}项",
    )


@transaction.atomic
def add_search(
    item: RequestedItem, *, place: str, terms: str, on: date, found: str, nothing: bool, searcher: str, by: Officer
) -> SearchRecord:
    """检索记录: what was looked for where, and what was found."""
    demand(by, item.application, _HANDLES)
    made = SearchRecord.objects.create(
        item=item,
        place=place.strip()[:200],
        terms=terms.strip()[:200],
        on=on,
        found=found.strip(),
        nothing=nothing,
        searcher=searcher.strip()[:60],
        by=by,
        created_at=moment.now(),
    )
    record(
        kinds.SEARCHED,
        by=by,
        subject=item.application,
        agency=item.application.agency,
        what=f"第{item.position}项，{made.place}：{'未检索到' if nothing else '检索到'}",
        search=made.pk,
    )
    return made


@transaction.atomic
def add_note(application: Application, text: str, *, by: Officer) -> Note:
    """An internal note; whoever sees the case may leave one."""
    demand(by, application, _SEES)
    made = Note.objects.create(application=application, text=text.strip(), by=by, at=moment.now())
    record(kinds.NOTED, by=by, subject=application, agency=application.agency, note_id=made.pk)
    return made


@transaction.atomic
def call_deliberation(
    application: Application, *, question: str, departments: Iterable[Department], by: Officer
) -> Deliberation:
    """会商: invite departments of the agency to say what they think of a difficult question."""
    demand(by, application, OFFICE)
    demand_in_hand(application)
    invited = list(departments)
    if not invited or any(one.agency_id != application.agency_id for one in invited):
        raise Refused(["请选择本机关参加会商的处室。"])
    made = Deliberation.objects.create(
        application=application, question=question.strip(), called_by=by, called_at=moment.now()
    )
    Opinion.objects.bulk_create(Opinion(deliberation=made, department=one) for one in invited)
    record(
        kinds.DELIBERATION_CALLED,
        by=by,
        subject=application,
        agency=application.agency,
        what="、".join(one.name for one in invited),
        deliberation=made.pk,
        departments=[one.pk for one in invited],
    )
    return made


@transaction.atomic
def give_opinion(opinion: Opinion, text: str, *, by: Officer) -> None:
    """An invited department's opinion; its own people write it, the office may enter what was said in the meeting."""
    application = opinion.deliberation.application
    own = by.agency_id == application.agency_id and by.roles_over(opinion.department_id) & DEPARTMENT
    if not own:
        demand(by, application, OFFICE)
    if opinion.deliberation.closed_at is not None:
        raise Refused(["会商已经形成结论。"])
    opinion.text, opinion.by, opinion.at = text.strip(), by, moment.now()
    opinion.save(update_fields=["text", "by", "at"])
    record(kinds.OPINION_GIVEN, by=by, subject=application, agency=application.agency, what=opinion.department.name)


@transaction.atomic
def close_deliberation(deliberation: Deliberation, *, conclusion: str, held_on: date, by: Officer) -> None:
    """The conclusion of a deliberation."""
    application = deliberation.application
    demand(by, application, OFFICE)
    deliberation.conclusion, deliberation.held_on = conclusion.strip(), held_on
    deliberation.closed_at = moment.now()
    deliberation.save(update_fields=["conclusion", "held_on", "closed_at"])
    record(
        kinds.DELIBERATION_CLOSED, by=by, subject=application, agency=application.agency, deliberation=deliberation.pk
    )


@transaction.atomic
def link_repeat(application: Application, earlier: Application | None, *, by: Officer) -> None:
    """This application asks what an earlier one asked: linked by a human, or the link taken back (None)."""
    demand(by, application, OFFICE)
    if earlier is not None and (earlier.agency_id != application.agency_id or earlier.pk == application.pk):
        raise Refused(["只能关联本机关的另一件申请。"])
    application.repeats = earlier
    application.save(update_fields=["repeats"])
    record(
        kinds.LINKED,
        by=by,
        subject=application,
        agency=application.agency,
        what=earlier.number if earlier else "取消关联",
    )
