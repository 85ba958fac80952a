"""Second factors of the own account: added, shown, renewed, removed; each only just after the password was given."""

import base64
import json

from allauth.mfa.adapter import get_adapter
from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_post_parameters

from xinqiao.accounts.confirming import needs_confirming
from xinqiao.accounts.factors import add_app, factors_of, pending_secret, remove, renew_codes, unused_codes
from xinqiao.accounts.passkeys import add_passkey, making_options
from xinqiao.accounts.required import HAS, is_required
from xinqiao.components.forms import PlainForm
from xinqiao.desk.pages import DeskRequest, desk_page, show

WRONG = gettext_lazy("This is not the code of this moment. Check the clock of the telephone and type it anew")


class AppCodeForm(PlainForm):
    code = forms.CharField(
        label=gettext_lazy("The code that the app shows now"),
        max_length=12,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "class": "w16"}),
    )


class PasskeyForm(PlainForm):
    name = forms.CharField(
        label=gettext_lazy("What to call it"),
        max_length=40,
        help_text=gettext_lazy("For example: the computer at my desk."),
    )
    credential = forms.CharField(widget=forms.HiddenInput, required=False, max_length=20_000)


@sensitive_post_parameters("code")
@desk_page("GET", "POST", needs_post=False)
@needs_confirming
def authenticator(request: DeskRequest) -> HttpResponseBase:
    """Set up an authenticator app: scan the square or type the key, then prove it by a code."""
    form = AppCodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if add_app(request, request.user, form.cleaned_data["code"]):
            return _added(request, _("The authenticator app is set up."))
        form.add_error(
            "code", _("This is not the code of this moment. Check the clock of the telephone and type it anew")
        )
    secret = pending_secret(request)
    url = get_adapter().build_totp_url(request.user, secret)
    context = {
        "form": form,
        "square": base64.b64encode(get_adapter().build_totp_svg(url).encode()).decode(),
        "secret": " ".join(secret[i : i + 4] for i in range(0, len(secret), 4)),
        "replaces": factors_of(request.user).app is not None,
    }
    return show(request, "desk/account/authenticator.html", context, status=422 if form.errors else 200)


@desk_page("GET", "POST", needs_post=False)
@needs_confirming
def passkeys(request: DeskRequest) -> HttpResponseBase:
    """Add a passkey that the browser makes."""
    form = PasskeyForm(request.POST or None, initial={"name": _passkey_name(request)})
    if request.method == "POST" and form.is_valid():
        name, answer = form.cleaned_data["name"], form.cleaned_data["credential"]
        if add_passkey(request.user, name=name, answer=answer):
            return _added(request, _("The passkey is added."))
        form.add_error(None, _("No passkey came from this device. Try again, or use an authenticator app"))
    form.fields["credential"].initial = ""
    options = json.dumps(making_options(request.user))
    context = {"form": form, "options": options}
    return show(request, "desk/account/passkeys.html", context, status=422 if form.errors else 200)


def _passkey_name(request: DeskRequest) -> str:
    return _("Passkey %(n)d") % {"n": len(factors_of(request.user).passkeys) + 1}


def _added(request: DeskRequest, words: str) -> HttpResponseBase:
    request.session[HAS] = True
    messages.success(request, words)
    return redirect("desk:codes")


@desk_page("GET", "POST", needs_post=False)
@needs_confirming
def codes(request: DeskRequest) -> HttpResponseBase:
    """The recovery codes that still open, to be printed and locked away; or new ones in their place."""
    if factors_of(request.user).codes is None:
        return redirect("desk:account")
    if request.method == "POST":
        renew_codes(request.user)
        messages.success(request, _("These codes are new; the old ones open nothing any more."))
        return redirect("desk:codes")
    found = [f"{code[:4]} {code[4:]}" for code in unused_codes(request.user)]
    return show(request, "desk/account/codes.html", {"codes": found})


@desk_page("GET", "POST", needs_post=False)
@needs_confirming
def remove_factor(request: DeskRequest, pk: int) -> HttpResponseBase:
    """Take an authenticator app or a passkey away, after asking; not the last one where the post needs one."""
    held = factors_of(request.user)
    row = next((row for row in [held.app, *held.passkeys] if row is not None and row.pk == pk), None)
    if row is None:
        raise Http404
    is_last = held.count == 1
    refused = is_last and is_required(request.actor.role)
    if request.method == "POST" and not refused:
        remove(request.user, pk)
        messages.success(request, _("It is removed."))
        return redirect("desk:account")
    name = _("Authenticator app") if row == held.app else row.wrap().name
    context = {"name": name, "is_last": is_last, "refused": refused}
    return show(request, "desk/account/remove_factor.html", context, status=409 if request.method == "POST" else 200)
