"""Django's name of this room."""

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    """Label ``notices``."""

    name = "xinqiao.notices"
    label = "notices"
