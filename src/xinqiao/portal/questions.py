"""Which questions stand together on a page: all of a step, or in the simple mode one subject a page.

The simple mode leaves out what is optional and what somebody at the office can find out; nothing that was written in
the other mode is lost by it.
"""

from collections.abc import Sequence

from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import urlencode

from xinqiao.portal.drafts import STEPS, Draft
from xinqiao.portal.simple import is_simple

Group = tuple[str, ...]
ASK = "ask"
BACK = "back"
"""The button that keeps what is on a page and goes to the one before."""
_REACH = ("telephone", "address")


def groups_of(step: str, draft: Draft) -> list[Group]:
    """The pages of a step in the simple mode; a step without fields is one page."""
    if step == "kind":
        return [("kind",), ("who",)]
    if step == "account":
        return [("text",), ("title",), ("claims",), *([("organ",)] if draft.is_accusation else [])]
    return _person_groups(draft) if step == "person" else [()]


def _person_groups(draft: Draft) -> list[Group]:
    who = draft.who
    named: list[Group] = [] if who == "anonymous" else [("name",)]
    people: list[Group] = [("speakers",), ("others",)] if who == "several" else []
    hidden: list[Group] = [] if draft.is_accusation else [("confidential",)]
    return [*named, _REACH, *people, *hidden]


def group_asked(request: HttpRequest, step: str, draft: Draft, *, wrong: Sequence[str] = ()) -> Group:
    """The fields of this page; empty means all of the step.

    ``wrong`` are fields that must be put right: the page has the first of them, or all where no page has it.
    """
    if not is_simple(request):
        return ()
    groups = groups_of(step, draft)
    if wrong:
        return next((group for group in groups if wrong[0] in group), ())
    return next((group for group in groups if group and group[0] == request.GET.get(ASK)), groups[0])


def after(step: str, group: Group, draft: Draft) -> str:
    """The address of the page that follows; the check where everything was filled in before."""
    rest = groups_of(step, draft)[_place(step, group, draft) + 1 :] if group else []
    if rest:
        return url_of(step, rest[0])
    return url_of("check" if draft.files_seen else STEPS[STEPS.index(step) + 1])


def before(step: str, group: Group, draft: Draft, *, simple: bool) -> str:
    """The address of the page before; empty on the first."""
    place = _place(step, group, draft) if group else 0
    if place:
        return url_of(step, groups_of(step, draft)[place - 1])
    if step == STEPS[0]:
        return ""
    earlier = STEPS[STEPS.index(step) - 1]
    return url_of(earlier, groups_of(earlier, draft)[-1] if simple else ())


def position(step: str, group: Group, draft: Draft) -> tuple[int, int]:
    """Which page this is of how many, both counted from one."""
    pages = [(name, page) for name in STEPS for page in groups_of(name, draft)]
    asked = group or groups_of(step, draft)[0]
    return pages.index((step, asked)) + 1, len(pages)


def url_of(step: str, group: Group = ()) -> str:
    """The page of a step, or of one group of its questions."""
    url = reverse(f"portal:submit-{step}")
    return f"{url}?{urlencode({ASK: group[0]})}" if group else url


def _place(step: str, group: Group, draft: Draft) -> int:
    groups = groups_of(step, draft)
    return groups.index(group) if group in groups else 0
