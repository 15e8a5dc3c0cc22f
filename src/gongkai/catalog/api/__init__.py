"""The catalogue as other systems read it: what everybody may see, nothing else. Mounted under ``/api/v1/``.

``documents``, ``bodies`` and ``matters`` hold the operations, ``shapes`` what they answer, ``telling`` how our nouns
become that, ``asked`` which documents a request wants.
"""

from ninja import Router

from gongkai.catalog.api import bodies, documents, matters

router = Router()
router.add_router("", documents.router)
router.add_router("", bodies.router)
router.add_router("", matters.router)
