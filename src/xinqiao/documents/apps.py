"""Django's name of this room."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class DocumentsConfig(AppConfig):
    """Label ``documents``."""

    name = "xinqiao.documents"
    label = "documents"

    def ready(self) -> None:
        """Texts that a newer program brings are there after its migrate."""
        from xinqiao.documents.shipping import ship_after_migrate

        post_migrate.connect(ship_after_migrate, sender=self)
