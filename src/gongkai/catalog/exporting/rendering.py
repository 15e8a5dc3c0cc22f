"""The one place where an export gets what a site answers: in this process, without a network, as any reader would."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.http.response import HttpResponse, HttpResponseBase, StreamingHttpResponse

from gongkai.catalog.exporting.addresses import Address
from gongkai.pages import keys
from gongkai.pages.rendering import render

_DIGEST = re.compile(r'"([0-9a-f]{64})"')


@dataclass
class Answer:
    """What a site answers. ``sha256`` of the bytes, where the site tells it (files); read ``chunks`` once."""

    status: int
    type: str
    location: str
    keys: tuple[str, ...]
    sha256: str
    _response: HttpResponseBase

    def chunks(self) -> Iterator[bytes]:
        """The bytes; an open file is closed after the last."""
        try:
            if isinstance(self._response, StreamingHttpResponse):
                yield from self._response.streaming_content  # type: ignore[misc]
            elif isinstance(self._response, HttpResponse):
                yield self._response.content
        finally:
            self.close()

    def text(self) -> str:
        """The bytes of a page, a style sheet or a script."""
        return b"".join(self.chunks()).decode(self._response.charset or "utf-8")

    def close(self) -> None:
        """Let go of an open file. Not the response's own ``close``: it ends a request, and with it the connection."""
        file = getattr(self._response, "file_to_stream", None)
        if file is not None:
            file.close()


def answer(address: Address) -> Answer:
    """Ask the site."""
    response = render(address.host, address.target, keep=False)
    told = _DIGEST.fullmatch(response.headers.get("ETag", ""))
    return Answer(
        status=response.status_code,
        type=response.headers.get("Content-Type", "").partition(";")[0].strip(),
        location=response.headers.get("Location", ""),
        keys=tuple(sorted(keys.shown(response))),
        sha256=told[1] if told else "",
        _response=response,
    )
