"""Which petitioner an act speaks of."""

from django.utils.translation import gettext as _

from xinqiao.matters.acting import Acting
from xinqiao.matters.submission import Invalid


def petitioner_of(act: Acting, petitioner: str | None) -> int | None:
    """The ordinal of the petitioner named, None where nobody is; raises Invalid for one the matter does not have."""
    if petitioner is None:
        return None
    for ordinal, _speaks, _email in act.matter.contacts:
        if petitioner == str(ordinal):
            return ordinal
    raise Invalid({"petitioner": _("There is no petitioner with this number.")})
