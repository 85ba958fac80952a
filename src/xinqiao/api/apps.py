from django.apps import AppConfig


class ApiConfig(AppConfig):
    name = "xinqiao.api"
    label = "api"
