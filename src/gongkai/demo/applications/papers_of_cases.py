"""Files of the demo's cases: small ones made here, sealed; boxes drawn over one that is to be given in part."""

from __future__ import annotations

from gongkai.applications import case_files
from gongkai.applications.actions import redacting
from gongkai.applications.files import FileRole
from gongkai.demo import papers
from gongkai.demo.applications.scene import Act, Scene, Step
from gongkai.demo.shapes import Attachment

_BY_APPLICANT = frozenset({"identity", "authority", "request", "attachment", "supplement", "payment"})


def file(scene: Scene, step: Step) -> None:
    """A file of that role; ``name`` with its ending tells what kind it is."""
    name, role = str(step["name"]), str(step["role"])
    kind = name.rpartition(".")[2]
    data = papers.make(Attachment(name, kind, tuple(step["lines"])))
    own = role in _BY_APPLICANT
    scene.made["file"] = case_files.keep(
        scene.hand.case,
        data,
        name=name,
        role=FileRole(role),
        by=scene.office.officer,
        from_applicant=own,
        for_applicant=role == "provided",
    )


def mark(scene: Scene, step: Step) -> None:
    """区分处理: boxes over the file that was kept last, each with its ground."""
    by = scene.office.officer
    begun = redacting.begin(scene.made["file"], by=by)
    boxes = [dict(zip(("page", "left", "top", "right", "bottom", "ground"), box, strict=True)) for box in step["boxes"]]
    marks = [box | {"note": step.get("note", "")} for box in boxes]
    scene.made["redaction"] = redacting.save(begun, marks, seen=begun.version, by=by)


def redact(scene: Scene, step: Step) -> None:
    """The file that is given, made of the boxes."""
    redaction = scene.made["redaction"]
    redacting.produce(redaction, seen=redaction.version, by=scene.office.officer)


_STEPS: tuple[Act, ...] = (file, mark, redact)
PAPERS: dict[str, Act] = {one.__name__: one for one in _STEPS}
