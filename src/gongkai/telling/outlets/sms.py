"""Short messages through the provider that is set up (``GONGKAI_SMS_PROVIDER``), else into files."""

from collections.abc import Callable

from django.conf import settings

from gongkai.telling.outlets.aliyun import Aliyun
from gongkai.telling.outlets.contract import Outlet, SmsProvider
from gongkai.telling.outlets.file import SmsFile

PROVIDERS: dict[str, Callable[[], SmsProvider]] = {"aliyun": Aliyun}
"""By the value of the setting."""


def provider() -> SmsProvider | None:
    """The provider of this installation; None where short messages are only written to files."""
    return PROVIDERS[settings.GONGKAI_SMS_PROVIDER]() if settings.GONGKAI_SMS_PROVIDER else None


def outlet() -> Outlet:
    """Where short messages go in this installation."""
    return provider() or SmsFile()
