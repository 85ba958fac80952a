"""The ways into an account in words."""

from django.utils.translation import gettext as _

from xinqiao.accounts.models import SignIn


def means_words(row: SignIn) -> str:
    """By what somebody came: ``password and authenticator``."""
    first = str(row.get_means_display())
    second = {"totp": _("authenticator"), "recovery_codes": _("recovery code"), "webauthn": _("passkey")}
    if row.second not in second:
        return first
    return _("%(first)s and %(second)s") % {"first": first, "second": second[row.second]}
