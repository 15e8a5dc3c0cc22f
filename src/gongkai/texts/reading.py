"""What every reader shares: how a file is refused, what was found hidden in it, what a source text is.

Readers take bytes and give values. They never ask the network, never write, and never raise anything for a bad
file but :class:`UnreadableFile`, whose sentence is shown to the officer as it stands.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


class UnreadableFile(ValueError):
    """The file cannot be taken. ``message_zh`` says why and what to do, for the officer who uploaded it."""

    def __init__(self, message_zh: str) -> None:
        super().__init__(message_zh)
        self.message_zh = message_zh


class HiddenKind(StrEnum):
    """What a file can carry besides what its reader sees."""

    DELETION = "deletion"
    INSERTION = "insertion"
    COMMENT = "comment"
    HIDDEN_TEXT = "hidden_text"
    FAINT_TEXT = "faint_text"
    FIELD_CODE = "field_code"
    EMBEDDED = "embedded"
    MACRO = "macro"
    EXTERNAL = "external"
    HIDDEN_SHEET = "hidden_sheet"
    HIDDEN_ROW = "hidden_row"
    HIDDEN_COLUMN = "hidden_column"
    AUTHOR = "author"
    PROPERTY = "property"
    CUSTOM_XML = "custom_xml"

    @property
    def label(self) -> str:
        """The Chinese name of the kind, as officers know it from Word and WPS."""
        return _LABELS[self]


_LABELS = {
    HiddenKind.DELETION: "修订中已删除的文字",
    HiddenKind.INSERTION: "修订中尚未接受的插入",
    HiddenKind.COMMENT: "批注",
    HiddenKind.HIDDEN_TEXT: "隐藏文字",
    HiddenKind.FAINT_TEXT: "白色或极小字号的文字",
    HiddenKind.FIELD_CODE: "域代码",
    HiddenKind.EMBEDDED: "嵌入的对象",
    HiddenKind.MACRO: "宏",
    HiddenKind.EXTERNAL: "指向外部文件的链接",
    HiddenKind.HIDDEN_SHEET: "隐藏的工作表",
    HiddenKind.HIDDEN_ROW: "隐藏的行",
    HiddenKind.HIDDEN_COLUMN: "隐藏的列",
    HiddenKind.AUTHOR: "作者、修改者姓名",
    HiddenKind.PROPERTY: "文档属性",
    HiddenKind.CUSTOM_XML: "自定义 XML 数据",
}

# Kinds that say something a person wrote and a reader would not see: these stop a release until somebody decides.
# The others (names, properties, field codes) are always taken out and need no decision.
_CONTENT_KINDS = frozenset(
    {
        HiddenKind.DELETION,
        HiddenKind.INSERTION,
        HiddenKind.COMMENT,
        HiddenKind.HIDDEN_TEXT,
        HiddenKind.FAINT_TEXT,
        HiddenKind.EMBEDDED,
        HiddenKind.HIDDEN_SHEET,
        HiddenKind.HIDDEN_ROW,
        HiddenKind.HIDDEN_COLUMN,
    }
)

# Where pictures of a text that is being read in stand until they are stored; nothing is ever served from there.
PENDING_IMAGES = "/files/pending/"

# Enough to recognise what it is, short enough not to copy a confidential paragraph into a log.
EXCERPT_CHARS = 60


@dataclass(frozen=True, slots=True)
class HiddenFinding:
    """One kind of hidden thing: how often, and the first words of it (at most ``EXCERPT_CHARS`` characters)."""

    kind: HiddenKind
    count: int
    excerpt: str = ""

    @property
    def label(self) -> str:
        return self.kind.label


@dataclass(frozen=True, slots=True)
class HiddenReport:
    """All hidden things of a file, one finding per kind, in the order of :class:`HiddenKind`."""

    findings: tuple[HiddenFinding, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.findings)

    @property
    def needs_decision(self) -> bool:
        """Whether a person must look: something was written that readers of the page would not see."""
        return any(finding.kind in _CONTENT_KINDS for finding in self.findings)

    def of(self, kind: HiddenKind) -> HiddenFinding | None:
        """The finding of ``kind``, or None."""
        return next((finding for finding in self.findings if finding.kind is kind), None)

    def count(self, kind: HiddenKind) -> int:
        """How often ``kind`` was found (0 when not at all)."""
        finding = self.of(kind)
        return finding.count if finding else 0


@dataclass(slots=True)
class Findings:
    """Collects what a reader meets, to become a :class:`HiddenReport`."""

    _counts: dict[HiddenKind, int] = field(default_factory=dict)
    _excerpts: dict[HiddenKind, str] = field(default_factory=dict)

    def add(self, kind: HiddenKind, excerpt: str = "") -> None:
        """One more of ``kind``; the excerpts of the first few are joined until they fill the room."""
        self._counts[kind] = self._counts.get(kind, 0) + 1
        words = " ".join(excerpt.split())
        known = self._excerpts.get(kind, "")
        if words and len(known) < EXCERPT_CHARS:
            joined = f"{known}；{words}" if known else words
            self._excerpts[kind] = joined if len(joined) <= EXCERPT_CHARS else joined[: EXCERPT_CHARS - 1] + "…"

    def report(self) -> HiddenReport:
        return HiddenReport(
            tuple(
                HiddenFinding(kind, self._counts[kind], self._excerpts.get(kind, ""))
                for kind in HiddenKind
                if kind in self._counts
            )
        )


@dataclass(frozen=True, slots=True)
class SourceText:
    """A text as it came in, ready for the desk.

    ``html`` is clean (:func:`gongkai.texts.richtext.clean`); ``title`` is not repeated in it. ``labels`` are the page
    labels found (页面标签: ``ArticleTitle``, ``PubDate``, ``ContentSource`` … in their official spelling). ``images``
    maps the placeholder a picture has in ``html`` (``/files/pending/…``) to the address the source showed it from:
    fetch and store it, or take it out, with :func:`gongkai.texts.richtext.replace_images`. ``encoding`` says how the
    bytes were read.
    """

    title: str
    html: str
    labels: dict[str, str] = field(default_factory=dict)
    images: dict[str, str] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()
    encoding: str = "utf-8"
