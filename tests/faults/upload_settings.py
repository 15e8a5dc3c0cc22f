"""The product's settings, and a purpose of uploads."""

from gongkai.config.settings import *  # noqa: F403
from gongkai.config.settings import INSTALLED_APPS

INSTALLED_APPS = [*INSTALLED_APPS, "tests.faults.uploading.UploadingConfig"]
