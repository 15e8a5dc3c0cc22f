"""Django looks for models here; they live with their subject."""

from gongkai.publishing.parcels import Delivery, OutletSetting
from gongkai.publishing.reviews import Answer, CheckRun, Review, ReviewChain, Word

__all__ = ["Answer", "CheckRun", "Delivery", "OutletSetting", "Review", "ReviewChain", "Word"]
