"""The site of the components alone: the gallery, the preferences, pages of errors. No database."""

from collections.abc import Iterator

import pytest
from django.urls import clear_url_caches
from django.utils import translation
from pytest_django.fixtures import Settings


@pytest.fixture(autouse=True)
def gallery_site(settings: Settings) -> Iterator[None]:
    """Serve `tests/components/urls.py` without sessions in the database."""
    settings.ROOT_URLCONF = "tests.components.urls"
    settings.SESSION_ENGINE = "django.contrib.sessions.backends.signed_cookies"
    settings.MESSAGE_STORAGE = "django.contrib.messages.storage.cookie.CookieStorage"
    place = settings.MIDDLEWARE.index("django.middleware.locale.LocaleMiddleware")
    parameter = "xinqiao.components.middleware.LanguageParameter"
    if parameter not in settings.MIDDLEWARE:
        settings.MIDDLEWARE = [*settings.MIDDLEWARE[:place], parameter, *settings.MIDDLEWARE[place:]]
    settings.CSRF_FAILURE_VIEW = "xinqiao.components.views.csrf_failure"
    settings.OFFICE_NAME = "禾川县信访局"
    clear_url_caches()
    with translation.override("zh-hans"):
        yield
