"""Registering at the desk what came on paper, with its scan; setting right how an application was registered."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction

from gongkai.agencies.bodies import Agency
from gongkai.agencies.officers import Officer
from gongkai.applications import ledger_kinds as kinds
from gongkai.applications.actions import filing, receiving
from gongkai.applications.actions.powers_asked import demand, demand_open
from gongkai.applications.actions.receiving import Received
from gongkai.applications.applications import Application
from gongkai.applications.dating import demand_possible
from gongkai.applications.files import FileRole
from gongkai.applications.powers import OFFICE
from gongkai.interfaces.uploads.fields import Kept
from gongkai.law.receipt import Channel as LawChannel
from gongkai.ledger.recording import record
from gongkai.procedures.engine import Refused

SCAN_PURPOSE = "applications.scan"
AMENDABLE = ("channel", "arrived_on", "signed_on", "source_number", "subject", "form", "way", "needs_help")


def register(agency: Agency, came: Received, scans: Sequence[Kept], *, by: Officer) -> Application:
    """The application with the scan of its paper, in one transaction; the same form sent twice is one application.
    Raises Refused when a scan cannot be used any more."""
    try:
        with transaction.atomic():
            if (known := registered(agency, came.submission)) is not None:
                return known
            case = receiving.receive(agency, came, by=by)
            files = filing.take_in(case, scans, role=FileRole.REQUEST, purpose=SCAN_PURPOSE, by=by)
            transaction.on_commit(lambda: filing.seal_all(files), robust=True)
    except Refused:
        if (known := registered(agency, came.submission)) is not None:  # the other sending of the form has the files
            return known
        raise
    return case


def registered(agency: Agency, submission: str) -> Application | None:
    """What a form led to that was sent before."""
    return Application.objects.filter(agency=agency, submission=submission).first() if submission else None


@transaction.atomic
def amend(application: Application, *, by: Officer, **facts: Any) -> list[str]:
    """Set facts of ``AMENDABLE`` right; the labels of those that changed. Every deadline follows by itself.

    Raises Refused for days that cannot have been, and for a channel that would need (or spare) a confirmation: where
    the case stands is a matter of its procedure.
    """
    demand(by, application, OFFICE)
    demand_open(application)
    unknown = set(facts) - set(AMENDABLE)
    if unknown:
        raise ValueError(f"cannot amend {sorted(unknown)}")
    channel = facts.get("channel", application.channel)
    if LawChannel(channel).needs_confirmation != LawChannel(application.channel).needs_confirmation:
        raise Refused(["改后的渠道对“双方确认”的要求不同，不能直接修改：请撤销本件后按正确的渠道重新登记。"])
    changed = [name for name, value in facts.items() if getattr(application, name) != value]
    if not changed:
        return []
    before = {name: str(getattr(application, name) or "无") for name in changed}
    for name in changed:
        setattr(application, name, facts[name])
    application.save(update_fields=changed)
    demand_possible(application)
    labels = [str(Application._meta.get_field(name).verbose_name) for name in changed]  # type: ignore[union-attr]
    days = [
        f"{labels[place]}由{before[name]}改为{facts[name] or '无'}"
        for place, name in enumerate(changed)
        if name.endswith("_on")
    ]
    rest = [label for label, name in zip(labels, changed, strict=True) if not name.endswith("_on")]
    what = "；".join([*days, *([f"修改{'、'.join(rest)}"] if rest else [])])
    record(kinds.AMENDED, by=by, subject=application, agency=application.agency, what=what, fields=changed)
    return labels
