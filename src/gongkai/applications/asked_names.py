"""Consultations by whom was asked: the law's words name one by its key, which is the number of a row here."""

from collections.abc import Mapping

from gongkai.applications.applications import Application
from gongkai.law.clock import Step

_PREFIX = "consultation:"


def for_staff(case: Application) -> dict[str, str]:
    """The name of each by its key, as the desk shows people."""
    return {str(one.pk): str(one) for one in case.consultations.all()}


def for_applicant(case: Application) -> dict[str, str]:
    """Whom the agency asked is not the applicant's to know from here: one has no name, several are numbered."""
    asked = case.consultations.all()
    return {str(one.pk): f"之{place}" if len(asked) > 1 else "" for place, one in enumerate(asked, 1)}


def named(text: str, names: Mapping[str, str]) -> str:
    """A sentence or label of the law's with names for keys: 第三方（56） and 征求意见“56” as people say it."""
    for key, name in names.items():
        text = text.replace(f"（{key}）", f"（{name}）" if name else "")
        text = text.replace(f"征求意见“{key}”", f"征求“{name}”意见" if name else "征求意见")
    return text


def label(step: Step, names: Mapping[str, str] | None = None) -> str:
    """What the step is called; without ``names`` a consultation's is the same whoever was asked."""
    key = step.key.removeprefix(_PREFIX)
    return named(step.label, names or {key: ""}) if step.key.startswith(_PREFIX) else step.label
