"""Links that lead out of government sites: each says so in words; a script asks before it follows one (离站提示)."""

import re

from gongkai.catalog.portal.sites import Sites

_LINK = re.compile(
    r"""(?P<open><a\b[^>]*\bhref="(?:https?:)?//(?P<host>[^"/?#]+)[^"]*"[^>]*)>(?P<words>.*?)</a>""",
    re.IGNORECASE | re.DOTALL,
)
_MARK = '<span class="outside-mark">（外部网站）</span>'
_HOST = re.compile(r"^(?:https?:)?//([^/?#]+)", re.IGNORECASE)


def leads_out(sites: Sites, address: str) -> bool:
    """Whether an address is of a site that is none of the government's; a path never is."""
    found = _HOST.match(address)
    return found is not None and not sites.is_official(found[1])


def marked(sites: Sites, body: str) -> str:
    """The clean HTML with such links marked, in words and for the script."""

    def mark(link: re.Match[str]) -> str:
        if sites.is_official(link["host"]):
            return link[0]
        return f"{link['open']} data-outside>{link['words']}{_MARK}</a>"

    return _LINK.sub(mark, body)
