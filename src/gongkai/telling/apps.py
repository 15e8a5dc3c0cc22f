"""Application configuration."""

from django.apps import AppConfig


class TellingConfig(AppConfig):
    name = "gongkai.telling"
    label = "telling"
    verbose_name = "消息告知"
