"""The first page: three doors, the query form, how long each step may take, and where to go in person."""

from django.http import HttpRequest, HttpResponse

from xinqiao.portal import drafts
from xinqiao.portal.forms import TrackForm
from xinqiao.portal.office import durations, front_office, law_title
from xinqiao.portal.pages import page, show
from xinqiao.portal.simple import template_for
from xinqiao.portal.submit import resume_url


@page("GET")
def home(request: HttpRequest) -> HttpResponse:
    """Where to begin."""
    front = front_office()
    values = {
        "front": front,
        "form": TrackForm(),
        "durations": durations(front),
        "law": law_title(front),
        "draft": drafts.kept(request),
        "resume_url": resume_url(drafts.load(request)),
    }
    return show(request, template_for(request, "home"), values)
