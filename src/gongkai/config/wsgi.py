"""The WSGI application: prepared pages first, Django for everything else."""

import importlib
import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from gongkai.config import loading

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongkai.config.settings")

with loading.for_good():
    application = get_wsgi_application()
    importlib.import_module(settings.ROOT_URLCONF)  # or whoever comes first would wait for it


def _with_prepared_pages() -> None:
    from gongkai.pages import installation
    from gongkai.pages.serving import PreparedPages

    global application
    store = installation.store()
    if store is not None:
        application = PreparedPages(application, store.www)  # type: ignore[assignment]


_with_prepared_pages()
