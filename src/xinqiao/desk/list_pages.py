"""Setting up a list for oneself: which columns it shows, and the views that are saved under a name."""

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xinqiao.access.permissions import Permission
from xinqiao.components.forms import PlainForm
from xinqiao.desk.duty_rows import NAMES, OPTIONAL, columns
from xinqiao.desk.keeping_lists import MOST_VIEWS, choose_columns, columns_of, save_view, view_query, views_of
from xinqiao.desk.matter_columns import COLUMNS, at_first
from xinqiao.desk.models import SavedView
from xinqiao.desk.pages import DeskRequest, desk_page, show

#: Each list: its address, and what it is called.
LISTS = {"matters": ("desk:matters", gettext_lazy("All matters")), "work": ("desk:home", gettext_lazy("My work"))}


class ColumnsForm(PlainForm):
    columns = forms.MultipleChoiceField(
        label=gettext_lazy("Columns"), required=False, widget=forms.CheckboxSelectMultiple
    )


class ViewForm(PlainForm):
    name = forms.CharField(
        label=gettext_lazy("Name of the view"), max_length=40, help_text=gettext_lazy("Seen by yourself alone.")
    )
    query = forms.CharField(max_length=1000, required=False, widget=forms.HiddenInput)


@desk_page("GET", "POST", to=Permission.MATTER_READ)
def columns_page(request: DeskRequest, list_name: str) -> HttpResponseBase:
    """Which columns a list shows; those by which one knows a row always."""
    if list_name not in LISTS:
        raise Http404
    choices, first = columns_to_choose(list_name)
    form = ColumnsForm(request.POST or None, initial={"columns": columns_of(request.actor, list_name, first)})
    form.fields["columns"].choices = choices  # type: ignore[attr-defined]
    back = _list_address(list_name, request.GET.urlencode())
    if request.method == "POST" and form.is_valid():
        wanted = first if "reset" in request.POST else form.cleaned_data["columns"]
        choose_columns(request.actor, list_name, wanted)
        return redirect(back)
    context = {"form": form, "back": back, "called": LISTS[list_name][1]}
    return show(request, "desk/columns.html", context, status=422 if form.errors else 200)


def columns_to_choose(list_name: str) -> tuple[list[tuple[str, str]], list[str]]:
    """The columns of a list that may be left out, and those of them that show at first."""
    if list_name == "matters":
        return [(name, str(column.label)) for name, column in COLUMNS.items() if not column.fixed], at_first()
    heads = zip(NAMES, columns(), strict=True)
    return [(name, column.label) for name, column in heads if name in OPTIONAL], list(OPTIONAL)


@desk_page("GET", "POST", to=Permission.MATTER_READ)
def views_page(request: DeskRequest, list_name: str) -> HttpResponseBase:
    """Save what a list shows now, rename what was saved, or throw it away."""
    if list_name not in LISTS:
        raise Http404
    if request.method == "POST":
        return _changed(request, list_name)
    form = ViewForm(initial={"query": view_query(request.GET)})
    return _shown(request, list_name, form)


def _changed(request: DeskRequest, list_name: str) -> HttpResponse:
    if "delete" in request.POST:
        _own(request, list_name, request.POST["delete"]).delete()
        messages.success(request, _("The view is thrown away."))
        return redirect("desk:views", list_name=list_name)
    if "rename" in request.POST:
        return _renamed(request, list_name, request.POST["rename"])
    form = ViewForm(request.POST)
    if len(views_of(request.actor, list_name)) >= MOST_VIEWS:
        form.add_error("name", _("There are %(n)d views already; throw one away first.") % {"n": MOST_VIEWS})
    if not form.is_valid():
        return _shown(request, list_name, form)
    query = view_query(QueryDict(form.cleaned_data["query"]))
    save_view(request.actor, list_name, form.cleaned_data["name"], query)
    messages.success(request, _("The view “%(name)s” is saved.") % {"name": form.cleaned_data["name"]})
    return redirect(_list_address(list_name, query))


def _renamed(request: DeskRequest, list_name: str, view_id: str) -> HttpResponse:
    view = _own(request, list_name, view_id)
    name = request.POST.get(f"name-{view.pk}", "").strip()[:40]
    others = {other.name for other in views_of(request.actor, list_name) if other.pk != view.pk}
    if not name or name in others:
        messages.error(request, _("Write a name that no other view has."))
    else:
        SavedView.objects.filter(pk=view.pk).update(name=name)
        messages.success(request, _("The view is now called “%(name)s”.") % {"name": name})
    return redirect("desk:views", list_name=list_name)


def _own(request: DeskRequest, list_name: str, view_id: str) -> SavedView:
    """One's own view; somebody else's is not there."""
    found = {str(view.pk): view for view in views_of(request.actor, list_name)}
    if view_id not in found:
        raise Http404
    return found[view_id]


def _shown(request: DeskRequest, list_name: str, form: ViewForm) -> HttpResponse:
    views = [(view, _list_address(list_name, view.query)) for view in views_of(request.actor, list_name)]
    context = {
        "form": form,
        "views": views,
        "called": LISTS[list_name][1],
        "back": _list_address(list_name, str(form["query"].value() or "")),
        "is_new": bool(form["query"].value()) or form.is_bound,
    }
    return show(request, "desk/views.html", context, status=422 if form.errors else 200)


def _list_address(list_name: str, query: str) -> str:
    url = reverse(LISTS[list_name][0])
    return f"{url}?{query}" if query else url
