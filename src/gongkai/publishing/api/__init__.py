"""Publishing towards other systems: what changes for the public (``changes``), and what an OA sends (``pushing``)."""

from ninja import Router

from gongkai.publishing.api import changes, pushing

router = Router()
router.add_router("", changes.router)
router.add_router("", pushing.router)
