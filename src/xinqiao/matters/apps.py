from django.apps import AppConfig


class MattersConfig(AppConfig):
    name = "xinqiao.matters"
    label = "matters"
    default_auto_field = "django.db.models.BigAutoField"
