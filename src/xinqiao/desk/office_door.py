"""To the office's own sign-in and back: allauth's walk under addresses of this house."""

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.providers.openid_connect import views
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET
from requests import RequestException

from xinqiao.accounts.office_sign_in import is_offered, refuse


@never_cache
@require_GET
def office_sign_in(request: HttpRequest) -> HttpResponse:
    """Leave for the office's own sign-in."""
    return _walk(request, views.login)


@never_cache
@require_GET
def office_back(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Come back from it, known or not."""
    return _walk(request, views.callback, provider_id)


def _walk(request: HttpRequest, view: object, provider_id: str = "office") -> HttpResponse:
    """What the other side answers wrongly is no fault of this side: back to the door with a sentence."""
    if not is_offered():
        raise Http404
    try:
        response: HttpResponse = view(request, provider_id)  # type: ignore[operator]
    except (RequestException, KeyError, ValueError):
        try:
            refuse(request, "failed")
        except ImmediateHttpResponse as turned:
            return turned.response
    return response
