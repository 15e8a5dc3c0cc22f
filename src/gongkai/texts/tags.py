"""The tags of a page as they are written, for those who change a few things in it and must leave the rest as it is."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from html import escape, unescape

TAG = re.compile(
    r"(<!--.*?-->|<(?:script|style|textarea)\b.*?</(?:script|style|textarea)\s*>"
    r"""|<[a-zA-Z/!](?:[^>"']|"[^"]*"|'[^']*')*>)""",
    re.DOTALL | re.IGNORECASE,
)
"""Splits a page into text and tags in turn; a comment, a script, a style and a text area count as one tag each."""
NAME = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9-]*)")
ATTRIBUTE = re.compile(r"""(?<=[\s"'])([a-zA-Z][\w:.-]*)(\s*=\s*)("[^"]*"|'[^']*')""")

_FIRST_TAG = re.compile(r"""<[a-zA-Z](?:[^>"']|"[^"]*"|'[^']*')*>""")
_URL_ATTRIBUTES = frozenset({"href", "src", "action", "formaction", "poster", "data", "srcset"})
_CSS_URL = re.compile(r"""(url\(\s*["']?|@import\s+["'])([^"')]+)""", re.IGNORECASE)
_JS_IMPORT = re.compile(r"""\b(?:from|import)\s*\(?\s*["']([^"']+)["']""")


@dataclass(frozen=True)
class Reference:
    """An address that a page names: in which attribute of which tag; ``attributes`` are all of that tag."""

    tag: str
    attribute: str
    url: str
    attributes: dict[str, str]


Lead = Callable[[Reference], str]


def with_addresses(html: str, lead: Lead) -> str:
    """The page with every address in it as ``lead`` says; everything else, byte for byte, as it was."""
    parts = TAG.split(html)
    for index in range(1, len(parts), 2):
        found = _FIRST_TAG.match(parts[index])
        if found is not None:
            parts[index] = _led(found[0], lead) + parts[index][found.end() :]
    return "".join(parts)


def attributes_of(tag: str) -> dict[str, str]:
    """The attributes of a start tag as the browser understands them, names in lower case."""
    return {match[1].lower(): unescape(match[3][1:-1]) for match in ATTRIBUTE.finditer(tag)}


def css_with_addresses(css: str, lead: Callable[[str], str]) -> str:
    """The style sheet with every address in it as ``lead`` says."""
    return _CSS_URL.sub(lambda match: match[1] + lead(match[2].strip()), css)


def js_imports(js: str) -> list[str]:
    """What a script imports by address."""
    return [url for url in _JS_IMPORT.findall(js) if url.startswith((".", "/"))]


def _led(tag: str, lead: Lead) -> str:
    known = NAME.match(tag)
    if known is None or not any(f"{name}=" in tag for name in _URL_ATTRIBUTES):
        return tag
    attributes = attributes_of(tag)

    def changed(match: re.Match[str]) -> str:
        name = match[1].lower()
        if name not in _URL_ATTRIBUTES:
            return match[0]
        urls = unescape(match[3][1:-1])
        if name == "srcset":
            new = ", ".join(_of_set(known[2].lower(), part, attributes, lead) for part in urls.split(","))
        else:
            new = lead(Reference(known[2].lower(), name, urls, attributes))
        return match[0] if new == urls else f'{match[1]}{match[2]}"{escape(new)}"'

    return ATTRIBUTE.sub(changed, tag)


def _of_set(tag: str, candidate: str, attributes: dict[str, str], lead: Lead) -> str:
    url, _, size = candidate.strip().partition(" ")
    return f"{lead(Reference(tag, 'srcset', url, attributes))} {size}".strip()
