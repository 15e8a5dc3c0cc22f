"""The WSGI application: prepared pages first, Django for everything else."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongkai.config.settings")

application = get_wsgi_application()


def _with_prepared_pages() -> None:
    from gongkai.pages import installation
    from gongkai.pages.serving import PreparedPages

    global application
    store = installation.store()
    if store is not None:
        application = PreparedPages(application, store.www)  # type: ignore[assignment]


_with_prepared_pages()
