"""Files in forms of the desk: several at once, said to be chosen again when a form comes back."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from xinqiao.documents.services import FileRefused


class FilesInput(forms.ClearableFileInput):
    """A native input for several files."""

    allow_multiple_selected = True
    template_name = "django/forms/widgets/file.html"


class FilesField(forms.FileField):
    """Any number of files; what is in them is judged where they are received, not here."""

    widget = FilesInput

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", _("PDF, pictures, documents, sound or film, up to 20 MB each, 20 at most."))
        super().__init__(**kwargs)

    def clean(self, data: Any, initial: Any = None) -> "list[UploadedFile[Any]]":
        """The files that came, empty ones too: the refusal of an empty file has words of its own."""
        return [file for file in (data or []) if file]


CHOOSE_AGAIN = _("Choose the files again; a browser does not keep them.")


def refusal_words(error: FileRefused) -> str:
    """Why a file was not taken, and that all are to be chosen again."""
    return f"{error.sentence} {CHOOSE_AGAIN}"
