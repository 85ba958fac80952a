"""What every page of the desk shares: who may open it, its frame, and how a refusal of the house becomes a page."""

from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import add_never_cache_headers, patch_cache_control, patch_vary_headers
from django.views.decorators.http import require_http_methods
from django_htmx.http import HttpResponseClientRedirect
from django_htmx.middleware import HtmxDetails

from xinqiao.access.actor import Actor, Forbidden
from xinqiao.access.clock import today
from xinqiao.access.permissions import Permission
from xinqiao.desk.drafts.rescuing import rescued
from xinqiao.desk.frame import frame
from xinqiao.matters.lookup import NotThere
from xinqiao.organs.models import User

View = Callable[..., HttpResponseBase]


class DeskRequest(HttpRequest):
    """A request of somebody signed in, in one post."""

    actor: Actor
    user: User
    htmx: HtmxDetails
    #: How many duties there are, for the navigation, where the page has read them all already.
    duties_owed: int | None = None


def desk_page(
    *methods: str, to: Permission | None = None, is_form: bool = False, needs_post: bool = True
) -> Callable[[Callable[..., HttpResponseBase]], View]:
    """A page for members of staff; with ``to`` only for posts that have this power (otherwise 403).

    Whoever is not signed in goes to the sign-in; a form that he sent waits for him as a draft.
    What the actor may not see and what is not there give the same 404. A form may come back with the browser's "back"
    and what was typed; no other page stays behind on a shared machine. Without ``needs_post`` it opens for whoever is
    signed in: what belongs to an account and not to a post.
    """

    def wrap(view: Callable[..., HttpResponseBase]) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            desk = cast(DeskRequest, request)
            if not desk.user.is_authenticated:
                return _uncached(rescued(request) or _to_sign_in(desk))
            if needs_post and not desk.actor.is_staff:
                return _uncached(render(request, "desk/no_post.html", status=403))
            _keep_language(desk)
            response = _answer(view, desk, to, *args, **kwargs)
            return _revalidated(response) if is_form else _uncached(response)

        return require_http_methods([*methods, "HEAD"] if "GET" in methods else list(methods))(guarded)

    return wrap


def show(request: HttpRequest, template: str, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
    """One page in the frame of the desk."""
    return render(request, template, frame(cast(DeskRequest, request)) | context, status=status)


def show_list(request: DeskRequest, page: str, part: str, context: dict[str, Any]) -> HttpResponse:
    """A list: the whole page, or to a script that swaps the list on it only that part."""
    if request.htmx and not request.htmx.history_restore_request:
        response = render(request, part, {"today": today(), **context})
    else:
        response = show(request, page, context | {"part": part})
    patch_vary_headers(response, ["HX-Request"])
    return response


def gone_to(request: DeskRequest, url: str) -> HttpResponse:
    """Another page; a script that asked for a part of this one is told to leave it."""
    return HttpResponseClientRedirect(url) if request.htmx else redirect(url)


def _keep_language(request: DeskRequest) -> None:
    """Whoever chose another language in this browser finds it again in the next."""
    chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME)
    if chosen and chosen != request.user.language and chosen in dict(settings.LANGUAGES):
        User.objects.filter(pk=request.user.pk).update(language=chosen)


def _to_sign_in(request: DeskRequest) -> HttpResponse:
    """To the sign-in and back to this page; a script is sent there with the page that it is on."""
    if request.htmx:
        back = request.htmx.current_url_abs_path or reverse("desk:home")
        return HttpResponseClientRedirect(redirect_to_login(back)["Location"])
    return redirect_to_login(request.get_full_path())


def _answer(
    view: Callable[..., HttpResponseBase], request: DeskRequest, to: Permission | None, *args: Any, **kwargs: Any
) -> HttpResponseBase:
    try:
        if to is not None:
            request.actor.require(to)
        return view(request, *args, **kwargs)
    except NotThere:
        raise Http404 from None
    except Forbidden:
        raise PermissionDenied from None


def _uncached(response: HttpResponseBase) -> HttpResponseBase:
    add_never_cache_headers(response)
    return response


def _revalidated(response: HttpResponseBase) -> HttpResponseBase:
    patch_cache_control(response, private=True, no_cache=True)
    return response
