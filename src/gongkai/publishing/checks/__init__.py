"""Pre-publication checks (发布前检查): pure functions from the facts of a draft to findings.

Regulation articles 6 (accuracy, timeliness), 15 (privacy), 17 (review before disclosure); 国办秘函〔2019〕19号
for what inspections look at. Enter at ``run_checks(DraftFacts) -> Report``; add a check with ``register`` in an
``AppConfig.ready``.
Nothing in this folder reads a database, a clock or the network.
"""

from gongkai.publishing.checks import (  # noqa: F401  (importing a subject registers its checks)
    amounts,
    attachments,
    brackets,
    cited,
    dates,
    document_number,
    drafting_marks,
    figures,
    header,
    headings,
    images,
    length,
    links,
    numbering,
    privacy,
    tables,
    title,
    words,
)
from gongkai.publishing.checks.facts import (
    AttachmentFacts,
    CitedFacts,
    DraftFacts,
    HiddenFact,
    LinkFacts,
    WordRule,
)
from gongkai.publishing.checks.registry import (
    Check,
    Finding,
    Passage,
    Place,
    Remark,
    Report,
    Severity,
    Where,
    all_checks,
    register,
    run_checks,
)

__all__ = [
    "AttachmentFacts",
    "Check",
    "CitedFacts",
    "DraftFacts",
    "Finding",
    "HiddenFact",
    "LinkFacts",
    "Passage",
    "Place",
    "Remark",
    "Report",
    "Severity",
    "Where",
    "WordRule",
    "all_checks",
    "register",
    "run_checks",
]
