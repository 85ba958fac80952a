"""Refusals as a petitioner understands them: the same before the click and after it.

The code and the article are the law's; where its sentence speaks to staff, here is one that speaks to a citizen.
"""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from xinqiao.matters.language import law_language
from xinqiao.procedure import Refusal

SENTENCES: dict[str, Promise] = {
    "after-end": _("The matter has ended. With new facts or reasons you can hand it in anew."),
    "not-replied": _("There is no written answer yet. Once you have received it, you can ask."),
    "not-served": _("The opinion has not reached you yet. From the day you receive it you can ask."),
    "not-withdrawn": _("You have not withdrawn it, so there is nothing to take back."),
    "remedy-exhausted": _("You have asked for this before; the same facts and reasons are not looked at twice."),
    "restore-too-late": _("Too many days have passed since you withdrew it. You can hand it in anew."),
}


#: A re-review stands behind the review: what is missing for it is another paper.
OF_REREVIEW: dict[str, Promise] = dict.fromkeys(
    ("not-replied", "not-served"),
    _("A re-review comes after the review. Once you have received the review opinion, you can ask."),
)


def refusal_sentence(refusal: Refusal, path: str) -> str:
    """Why something cannot be done now, and what can; ``path`` is what was asked for."""
    words = (OF_REREVIEW if path == "rereview" else {}).get(refusal.code) or SENTENCES.get(refusal.code)
    return str(words) if words else refusal.sentence(law_language())
