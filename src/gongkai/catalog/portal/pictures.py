"""Pictures in a text: each has its size on the page, so that nothing moves when it comes."""

import re
from collections.abc import Iterable

from gongkai.catalog.files import StoredFile

_PICTURE = re.compile(r"""<img\b(?P<before>[^>]*?)\bsrc="/files/(?P<code>[a-z0-9]+)/(?P<rest>[^>]*)>""")


def with_sizes(body: str, files: Iterable[StoredFile]) -> str:
    """The clean HTML where each picture of ours names its size, so that nothing moves when it comes.

    A picture that names its size already keeps it. No query: ``files`` are those of the edition.
    """
    known = {one.code: f' width="{one.width}" height="{one.height}"' for one in files if one.width and one.height}

    def sized(picture: re.Match[str]) -> str:
        size = known.get(picture["code"], "")
        if not size or " width=" in picture[0]:
            return picture[0]
        return f"{picture[0].rstrip(' />')}{size}>"

    return _PICTURE.sub(sized, body)
