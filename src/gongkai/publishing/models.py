"""Django looks for models here; they live with their subject."""

from gongkai.publishing.imports import ImportItem, ImportRun
from gongkai.publishing.parcels import Delivery, OutletSetting
from gongkai.publishing.pushes import Push
from gongkai.publishing.reviews import Answer, CheckRun, Review, ReviewChain, Word

__all__ = [
    "Answer",
    "CheckRun",
    "Delivery",
    "ImportItem",
    "ImportRun",
    "OutletSetting",
    "Push",
    "Review",
    "ReviewChain",
    "Word",
]
