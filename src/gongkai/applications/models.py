"""All models of the package, for Django."""

from gongkai.applications.aftermath import Correction, Offered, Proposal, Rating, WithheldReview
from gongkai.applications.applications import Application, Assignment, NumberCounter
from gongkai.applications.dispatch import Delivery, Letter
from gongkai.applications.due_days import WorkdaysSeen
from gongkai.applications.files import CaseFile, Redaction
from gongkai.applications.filters import SavedFilter
from gongkai.applications.items import Deliberation, Note, Opinion, RequestedItem, SearchRecord
from gongkai.applications.letter_settings import AgencySeal, LetterCounter, LetterSettings, LetterTemplate
from gongkai.applications.parties import Party
from gongkai.applications.remedies import Remedy
from gongkai.applications.steps import Clarification, Consultation, Extension, Fee, ReasonDemand
from gongkai.applications.taking_over import LedgerImport, LedgerLine

__all__ = [
    "AgencySeal",
    "Application",
    "Assignment",
    "CaseFile",
    "Clarification",
    "Consultation",
    "Correction",
    "Deliberation",
    "Delivery",
    "Extension",
    "Fee",
    "LedgerImport",
    "LedgerLine",
    "Letter",
    "LetterCounter",
    "LetterSettings",
    "LetterTemplate",
    "Note",
    "NumberCounter",
    "Offered",
    "Opinion",
    "Party",
    "Proposal",
    "Rating",
    "ReasonDemand",
    "Redaction",
    "Remedy",
    "RequestedItem",
    "SavedFilter",
    "SearchRecord",
    "WithheldReview",
    "WorkdaysSeen",
]
