"""The Django app of the components: static files, templates and tags, no models."""

from django.apps import AppConfig


class ComponentsConfig(AppConfig):
    """Registers templates, static files and the `look` tag library."""

    name = "xinqiao.components"
    label = "components"
