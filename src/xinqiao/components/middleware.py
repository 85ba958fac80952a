"""A page in the language that its address asks for: `?lang=zh-Hant`.

For links in letters and between languages. It holds for that one page; what
somebody chose for good is kept by the view `set-language`.
"""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from xinqiao.components.surfaces import LANGUAGE_TAGS


class LanguageParameter:
    """Stands before Django's LocaleMiddleware and lets `lang` speak in place of the cookie."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        asked = request.GET.get("lang", "").lower()
        if asked in LANGUAGE_TAGS:
            request.COOKIES[settings.LANGUAGE_COOKIE_NAME] = asked
        return self.get_response(request)
