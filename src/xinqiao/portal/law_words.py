"""Words of the law that stand on pages of a matter, each explained once."""

from django.utils.translation import gettext as _
from django.utils.translation import pgettext


def words_explained() -> list[tuple[str, str]]:
    """Word and meaning, in the order in which a petitioner meets them."""
    return [
        (pgettext("explained", "passed on"), _("The petition office gives the matter to the organ in charge.")),
        (pgettext("explained", "assigned"), _("It gives it with a day by which the result must be reported.")),
        (
            pgettext("explained", "accepted"),
            _("The organ says in writing that the matter is its task and how it goes on."),
        ),
        (pgettext("explained", "not accepted"), _("The organ says in writing why not, and whom to turn to.")),
        (pgettext("explained", "extended"), _("The organ gets more time, once, and says why.")),
        (
            pgettext("explained", "hearing"),
            _("Both sides speak in front of others. If its days do not count, the page of the matter says so."),
        ),
        (
            pgettext("explained", "reply opinion"),
            _("The written answer: what you asked, what was found, what was decided and by which law."),
        ),
        (pgettext("explained", "served"), _("The paper is in your hands. Your own days count from the day after.")),
        (pgettext("explained", "review"), _("The organ above looks at the answer once more.")),
        (pgettext("explained", "re-review"), _("The organ above that one looks at it for the last time.")),
    ]
