from django.apps import AppConfig


class OrgansConfig(AppConfig):
    name = "xinqiao.organs"
    label = "organs"
    default_auto_field = "django.db.models.BigAutoField"
