"""Everything the database holds of one agency, so that a change of any of it is noticed."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.apps import apps
from django.db import connection
from django.db.models import F, Model

from gongkai.agencies.bodies import Agency
from gongkai.catalog.documents import PUBLIC_STATES

OWNERS = {
    "agencies.Agency": "pk",
    "agencies.AgencyName": "agency",
    "agencies.ApiToken": "agency",
    "agencies.Appointment": "officer__agency",
    "agencies.Contact": "agency",
    "agencies.Department": "agency",
    "agencies.Leader": "agency",
    "agencies.Officer": "agency",
    "agencies.SiteHost": "agency",
    "agencies.Succession": "predecessor",
    "applications.AgencySeal": "agency",
    "applications.Application": "agency",
    "applications.Assignment": "application__agency",
    "applications.CaseFile": "application__agency",
    "applications.Clarification": "application__agency",
    "applications.Consultation": "application__agency",
    "applications.Correction": "agency",
    "applications.Deliberation": "application__agency",
    "applications.Delivery": "letter__application__agency",
    "applications.Extension": "application__agency",
    "applications.Fee": "application__agency",
    "applications.LedgerImport": "agency",
    "applications.LedgerLine": "ledger_import__agency",
    "applications.Letter": "application__agency",
    "applications.LetterCounter": "agency",
    "applications.LetterSettings": "agency",
    "applications.LetterTemplate": "agency",
    "applications.Letter_items": "letter__application__agency",
    "applications.Note": "application__agency",
    "applications.NumberCounter": "agency",
    "applications.Offered": "agency",
    "applications.Opinion": "deliberation__application__agency",
    "applications.Party": "agency",
    "applications.Proposal": "agency",
    "applications.Rating": "application__agency",
    "applications.ReasonDemand": "application__agency",
    "applications.Redaction": "file__application__agency",
    "applications.Remedy": "application__agency",
    "applications.RequestedItem": "application__agency",
    "applications.SavedFilter": "officer__agency",
    "applications.SearchRecord": "item__application__agency",
    "applications.WithheldReview": "item__application__agency",
    "catalog.Column": "agency",
    "catalog.ColumnPick": "column__agency",
    "catalog.Document": "agency",
    "catalog.Document_topics": "document__agency",
    "catalog.Edition": "document__agency",
    "catalog.EditionFile": "edition__document__agency",
    "catalog.IndexCounter": "agency",
    "catalog.Link": "edition__document__agency",
    "catalog.Matter": "agency",
    "catalog.MatterImport": "agency",
    "catalog.Milestone": "project__agency",
    "catalog.OldAddress": "agency",
    "catalog.Project": "agency",
    "catalog.ProjectUpdate": "project__agency",
    "catalog.StoredFile": "document__agency",
    "catalog.Topic": "agency",
    "ledger.Entry": "agency_id",
    "oversight.AnnualReport": "agency",
    "oversight.FigureAssignment": "agency",
    "oversight.FindingAnswer": "report__agency",
    "oversight.MonthlyFigure": "agency",
    "oversight.Reminder": "agency",
    "oversight.ReportEdition": "report__agency",
    "oversight.Submission": "report__agency",
    "oversight.Training": "agency",
    "publishing.Answer": "edition__document__agency",
    "publishing.CheckRun": "edition__document__agency",
    "publishing.Delivery": "agency",
    "publishing.ImportItem": "run__agency",
    "publishing.ImportRun": "agency",
    "publishing.OutletSetting": "agency",
    "publishing.Push": "agency",
    "publishing.Review": "edition__document__agency",
    "publishing.ReviewChain": "agency",
    "publishing.Word": "agency",
    "search.BestBet": "agency",
    "search.DeniedSuggestion": "agency",
    "search.FrequentSearch": "agency",
    "search.SearchCount": "agency",
    "search.SynonymGroup": "agency",
    "telling.Arrangement": "agency",
    "telling.Envelope": "agency",
    "telling.Message": "agency",
    "telling.Preference": "officer__agency",
    "telling.Wording": "agency",
}
"""How each model's rows lead to the agency they belong to."""

NOBODYS = {
    "agencies.AnnouncedYear",
    "agencies.WorkdayNotice",
    "applications.WorkdaysSeen",
    "interfaces.SpentChallenge",
    "interfaces.Submission",
    "interfaces.Upload",
    "ledger.DataKey",
    "ledger.Epoch",
    "ledger.PersonFile",
    "ledger.PersonKey",
    "ledger.Position",
    "search.CountsReview",
    "telling.WarnedDay",
}
"""What belongs to the whole installation: officers of an agency that does not supervise change none of it."""

_OF_NO_MATTER = {"agencies.Officer": {"last_login"}}

_READS = ("SELECT", "SAVEPOINT", "RELEASE SAVEPOINT", "ROLLBACK TO SAVEPOINT")
_OF_ONES_OWN = {
    "applications.SavedFilter",
    "ledger.DataKey",
    "ledger.PersonFile",
    "ledger.PersonKey",
    "telling.Preference",
}
"""Where anybody may begin a row about nobody but oneself; those that are there nobody else changes."""

Rows = dict[str, dict[str, dict[str, Any]]]


def models_of_ours() -> dict[str, type[Model]]:
    """Every model of the product, those made for many-to-many relations included."""
    configs = [one for one in apps.get_app_configs() if one.name.startswith("gongkai.")]
    return {one._meta.label: one for config in configs for one in config.get_models(include_auto_created=True)}


def rows_of(agency: Agency) -> Rows:
    """All rows of the agency, and those that belong to nobody, by model and primary key."""
    found: Rows = {}
    for label, model in models_of_ours().items():
        rows = model._default_manager.all()
        if label == "ledger.Entry":
            # Signing in and out of one's own account is everybody's own affair.
            rows = rows.exclude(subject_kind="officer", subject_id=F("actor_id"))
        if label in OWNERS:
            rows = rows.filter(**{OWNERS[label]: agency.pk})
        hidden = _OF_NO_MATTER.get(label, set())
        found[label] = {
            str(row[model._meta.pk.attname]): {key: value for key, value in row.items() if key not in hidden}
            for row in rows.values()
        }
    return found


@contextmanager
def written() -> Iterator[list[str]]:
    """The statements meanwhile that may have changed something. Where there are none, all rows are as they were."""
    found: list[str] = []

    def look(execute: Any, sql: str, *rest: Any) -> Any:
        if not sql.lstrip(" (").startswith(_READS):
            found.append(sql)
        return execute(sql, *rest)

    with connection.execute_wrapper(look):
        yield found


def changes(before: Rows, after: Rows) -> list[str]:
    """What differs, one line each: model, primary key, and the fields."""
    told = []
    for label, rows in before.items():
        now = after[label]
        told += [f"{label} {key} is gone" for key in rows.keys() - now.keys()]
        if label not in _OF_ONES_OWN:
            told += [f"{label} {key} is new: {now[key]}" for key in now.keys() - rows.keys()]
        for key in rows.keys() & now.keys():
            fields = [name for name, value in rows[key].items() if now[key][name] != value]
            if fields:
                told.append(f"{label} {key} changed in {', '.join(fields)}")
    return told


def pointing(owner: Agency, other: Agency, written: list[str]) -> list[str]:
    """Rows of one agency, in tables that were just written, that point at something of another; public documents may be
    pointed at by everybody."""
    found = []
    for label, model in models_of_ours().items():
        if not any(f'"{model._meta.db_table}"' in sql for sql in written):
            continue
        for one in model._meta.get_fields():
            target = one.related_model._meta.label if one.many_to_one and one.concrete else ""  # type: ignore[union-attr]
            if label in OWNERS and target in OWNERS:
                own = model._default_manager.filter(**{OWNERS[label]: owner.pk})
                rows = own.filter(**{f"{one.name}__{OWNERS[target]}": other.pk})
                if target == "catalog.Document":
                    rows = rows.exclude(**{f"{one.name}__state__in": list(PUBLIC_STATES)})
                found += [f"{label} {row.pk} points with {one.name} at {target}" for row in rows]
    return found
