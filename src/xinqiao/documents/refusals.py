"""Why a file is not taken, in words that tell the sender what to do."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SENTENCES: Mapping[str, Promise] = {
    "file-name-missing": _("The file has no name. Give it one, then send it again."),
    "file-name-path": _("The file is named “%(name)s”, with a folder in it. Send it under its plain name."),
    "file-name-hidden": _(
        "The name of the file “%(name)s” has characters that cannot be seen. Rename it, then send it again."
    ),
    "file-name-long": _("The name “%(name)s” has %(found)s characters; at most %(limit)s are possible. Shorten it."),
    "file-empty": _("The file “%(name)s” is empty. Choose the right one."),
    "file-too-large": _("The file “%(name)s” is larger than %(limit)s MB. Send a smaller one, or several parts."),
    "file-too-many": _("There are %(found)s files; at most %(limit)s are taken in all. Take some away first."),
    "file-type": _("The file “%(name)s” is of a kind that is not taken (%(found)s). You can send %(taken)s."),
    "file-contradicts": _("The name of “%(name)s” ends in %(extension)s, but what is inside is %(found)s. Rename it."),
    "file-macros": _("The file “%(name)s” contains macros. Save it without them, or as PDF."),
    "file-protected": _("The file “%(name)s” is protected by a password. Save it without one."),
    "file-damaged": _("The file “%(name)s” is damaged and does not open. Save it again, or send it as PDF."),
    "file-bomb": _("The file “%(name)s” would unpack to more than is reasonable. Save it again, or send it as PDF."),
    "file-infected": _("The virus check found something harmful in the file “%(name)s”. It was not taken."),
}


class FileRefused(ValueError):
    """A file that is not taken: ``code`` is stable, ``sentence`` is for the sender, in the language of the request."""

    def __init__(self, code: str, *, name: str, **facts: str | int) -> None:
        self.code = code
        self.facts = {"name": name, **facts}
        super().__init__(code)

    @property
    def sentence(self) -> str:
        """What happened and what to do now."""
        return str(SENTENCES[self.code]) % self.facts

    def __str__(self) -> str:
        return self.sentence
