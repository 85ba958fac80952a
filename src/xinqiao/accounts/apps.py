from django.apps import AppConfig
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured


class AccountsConfig(AppConfig):
    name = "xinqiao.accounts"
    label = "accounts"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """A role that is mistyped would be asked for nothing, and nobody would notice."""
        from xinqiao.organs.models import Role

        if unknown := sorted(settings.SECOND_FACTOR_ROLES - set(Role.values)):
            known = ", ".join(Role.values)
            raise ImproperlyConfigured(f"XINQIAO_SECOND_FACTOR: there is no role {unknown[0]}; there are {known}")
