"""Change the calendar (调整工作日历): a notice makes days off or working days; what still runs is counted anew."""

from collections.abc import Mapping
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from xinqiao.access.actor import Actor
from xinqiao.access.clock import today
from xinqiao.access.permissions import Permission
from xinqiao.matters.submission import Invalid
from xinqiao.matters.tasks import recompute_clocks
from xinqiao.organs.models import CalendarDay

MAX_SOURCE = 200


@transaction.atomic(durable=True)
def change_calendar(*, actor: Actor, days: Mapping[date, bool], source: str) -> None:
    """Note for each day whether the office works on it, by which notice.

    Only days to come: nobody makes up a holiday afterwards to be in time. The worker counts the office's open clocks
    anew as soon as this is durable. Raises Forbidden and Invalid.
    """
    actor.require(Permission.ORGAN_MANAGE)
    root_id = actor.root_organ_id
    assert root_id is not None
    _check(days, source.strip())
    CalendarDay.objects.bulk_create(
        CalendarDay(root_id=root_id, day=day, is_working=working, source=source.strip(), added_by_id=actor.user_id)
        for day, working in sorted(days.items())
    )
    recompute_clocks.defer(root_id=root_id)


def _check(days: Mapping[date, bool], source: str) -> None:
    errors: dict[str, str] = {}
    if not days or min(days) < today():
        errors["days"] = _("Name at least one day, today or later; days that are over stay as they were.")
    if not source or len(source) > MAX_SOURCE:
        errors["source"] = _("Name the notice that says so, in at most %(most)d characters.") % {"most": MAX_SOURCE}
    if errors:
        raise Invalid(errors)
