"""Django's name of this room."""

from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    """Label ``documents``."""

    name = "xinqiao.documents"
    label = "documents"
