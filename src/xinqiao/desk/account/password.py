"""A new password, and the proof that one is still oneself."""

from django import forms
from django.contrib import messages
from django.contrib.auth import authenticate
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.http import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_post_parameters

from xinqiao.accounts.arriving import safe_target
from xinqiao.accounts.confirming import confirm, needs_confirming
from xinqiao.accounts.models import SignIn
from xinqiao.accounts.passwords import change_password
from xinqiao.components.forms import PlainForm
from xinqiao.desk.pages import DeskRequest, desk_page, show
from xinqiao.desk.signing_in import note_failure

TOO_WEAK = {
    "password_too_short": gettext_lazy("At least 10 characters. A short sentence is easy to keep in mind"),
    "password_too_common": gettext_lazy("Many people use this password, so it is tried first. Take another"),
}


def password_field(label: object, autocomplete: str, hint: object = "") -> forms.CharField:
    """A field for a password: never shown, never trimmed."""
    widget = forms.PasswordInput(attrs={"autocomplete": autocomplete})
    return forms.CharField(label=label, max_length=200, strip=False, widget=widget, help_text=hint)  # type: ignore[arg-type]


class ConfirmForm(PlainForm):
    password = password_field(gettext_lazy("Password"), "current-password")


class PasswordForm(PlainForm):
    new = password_field(
        gettext_lazy("New password"), "new-password", gettext_lazy("At least 10 characters; a sentence will do.")
    )
    again = password_field(gettext_lazy("The new password again"), "new-password")

    def clean_new(self) -> str:
        """A password that would be guessed at once is refused, with what to do."""
        return checked_password(self.cleaned_data["new"])

    def clean(self) -> None:
        """Both must be the same, or a slip of the finger would shut the owner out."""
        if self.cleaned_data.get("new") and self.cleaned_data["new"] != self.cleaned_data.get("again"):
            self.add_error("again", _("This is not the same as above. Type both once more"))


def checked_password(password: str) -> str:
    """The password, if it is fit to guard an account; raises ValidationError in the house's words."""
    try:
        validate_password(password)
    except ValidationError as error:
        codes = [one.code or "" for one in error.error_list]
        raise ValidationError([str(TOO_WEAK[code]) for code in codes if code in TOO_WEAK] or error.messages) from None
    return password


@sensitive_post_parameters("password")
@desk_page("GET", "POST", needs_post=False)
def confirm_page(request: DeskRequest) -> HttpResponseBase:
    """Ask for the password again, then go back to what was about to be changed."""
    form = ConfirmForm(request.POST or None)
    target = request.POST.get("next") or request.GET.get("next") or ""
    if request.method == "POST" and form.is_valid():
        password = form.cleaned_data["password"]
        if authenticate(request, username=request.user.username, password=password) == request.user:
            confirm(request)
            return redirect(safe_target(request, target))
        note_failure(request, request.user, means=SignIn.Means.PASSWORD, outcome=SignIn.Outcome.WRONG_PASSWORD)
        form.add_error("password", _("This is not the password of the account. Type it once more"))
    context = {"form": form, "next": target, "has_password": request.user.has_usable_password()}
    return show(request, "desk/account/confirm.html", context, status=422 if form.errors else 200)


@sensitive_post_parameters("new", "again")
@desk_page("GET", "POST", needs_post=False)
@needs_confirming
def password(request: DeskRequest) -> HttpResponseBase:
    """Set another password; every other session of the account ends."""
    form = PasswordForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        change_password(request, request.user, form.cleaned_data["new"])
        messages.success(request, _("The password is changed; other sessions have ended."))
        return redirect("desk:account")
    return show(request, "desk/account/password.html", {"form": form}, status=422 if form.errors else 200)
