"""URLs of the visitor's preferences."""

from django.urls import path

from xinqiao.components import views

app_name = "components"
urlpatterns = [
    path("set-language", views.set_language, name="set-language"),
    path("large-print", views.large_print, name="large-print"),
    path("theme", views.theme, name="theme"),
]
