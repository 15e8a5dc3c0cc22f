"""What the public sees of the catalogue: one file per kind of page, on a common frame.

``preview_response`` shows a draft as readers would see it, for the desk; ``not_found`` and ``server_error`` are the
installation's answers to what is not there and what failed.
"""

from gongkai.catalog.portal.documents import preview_response
from gongkai.catalog.portal.errors import not_found, server_error

__all__ = ["not_found", "preview_response", "server_error"]
