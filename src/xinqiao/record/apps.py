"""The record as a Django app."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class RecordConfig(AppConfig):
    """Tables of the record; after every migration the application's role is shut out from changing them again."""

    name = "xinqiao.record"
    label = "record"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Rights are set again after each migrate, whatever was granted on all tables in between."""
        from xinqiao.record.guard import restrict_after_migrate

        post_migrate.connect(restrict_after_migrate, sender=self)
