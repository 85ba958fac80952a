"""URLs for the tests of the components: the gallery, the preferences, and one page a kind of error."""

from django.core.exceptions import BadRequest, PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import include, path

from xinqiao.components import gallery

handler400 = "xinqiao.components.views.bad_request"
handler403 = "xinqiao.components.views.permission_denied"
handler404 = "xinqiao.components.views.page_not_found"
handler500 = "xinqiao.components.views.server_error"


def bad(request: HttpRequest) -> HttpResponse:
    """A request that cannot be read."""
    raise BadRequest("unreadable")


def forbidden(request: HttpRequest) -> HttpResponse:
    """An act beyond the post."""
    raise PermissionDenied("not in the post")


def broken(request: HttpRequest) -> HttpResponse:
    """A fault of our own."""
    raise RuntimeError("broken on purpose")


urlpatterns = [
    path("", include("xinqiao.components.urls")),
    path("", include(gallery)),
    path("bad/", bad),
    path("forbidden/", forbidden),
    path("broken/", broken),
]
