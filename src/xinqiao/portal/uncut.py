"""Forms that cut nothing: a text pasted in whole is kept whole, and what is too long is said so."""

from typing import Any

from xinqiao.components.forms import PlainForm


class UncutForm(PlainForm):
    """Its fields have their limits, but no browser enforces them by silently leaving out the end."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs.pop("maxlength", None)
