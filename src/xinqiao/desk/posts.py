"""In which post one works: whoever holds several chooses, and may change."""

from django import forms
from django.http import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from xinqiao.access.actor import current_holdings
from xinqiao.access.clock import today
from xinqiao.components.forms import PlainForm
from xinqiao.desk.pages import DeskRequest, desk_page, show
from xinqiao.organs.models import Holding


class PostForm(PlainForm):
    holding = forms.TypedChoiceField(label=_("Post"), coerce=int, widget=forms.RadioSelect)

    def __init__(self, data: object, holdings: list[Holding], chosen: int | None) -> None:
        super().__init__(data, initial={"holding": chosen or holdings[0].pk})
        self.fields["holding"].choices = [(h.pk, _words(h)) for h in holdings]  # type: ignore[attr-defined]


def _words(holding: Holding) -> str:
    words = f"{holding.post.organ.label}　{holding.post.title}"
    if holding.deputy_for_id is None:
        return words
    return str(_("%(post)s (for %(name)s)")) % {"post": words, "name": holding.deputy_for.name}  # type: ignore[union-attr]


@desk_page("GET", "POST")
def posts(request: DeskRequest) -> HttpResponseBase:
    """Choose the post to act in from now on; nobody acts in two at once."""
    holdings = current_holdings(request.user, today())
    form = PostForm(request.POST or None, holdings, request.session.get("holding"))
    if request.method == "POST" and form.is_valid():
        request.session["holding"] = form.cleaned_data["holding"]
        return redirect(request.session.pop("after_post", "desk:home"))
    return show(request, "desk/posts.html", {"form": form}, status=422 if form.errors else 200)
