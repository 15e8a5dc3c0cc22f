"""Django looks for models here; they live with their subject."""

from gongkai.interfaces.captcha.spending import SpentChallenge
from gongkai.interfaces.once import Submission
from gongkai.interfaces.uploads.upload import Upload

__all__ = ["SpentChallenge", "Submission", "Upload"]
