"""The working calendar of an office: the product's own data, overridden day by day."""

from django.db import connection

from xinqiao.organs.models import CalendarDay
from xinqiao.procedure import WorkCalendar, default_calendar

_cached: dict[tuple[int, int], WorkCalendar] = {}


def calendar_of(root_id: int) -> WorkCalendar:
    """The calendar that holds for an office now; cached until a row is added."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(max(id), 0) FROM organs_calendarday WHERE root_id = %s", [root_id])
        newest = int(cursor.fetchone()[0])
    if (root_id, newest) not in _cached:
        _cached[root_id, newest] = _merge(root_id) if newest else default_calendar()
    return _cached[root_id, newest]


def _merge(root_id: int) -> WorkCalendar:
    days = dict(CalendarDay.objects.filter(root_id=root_id).order_by("id").values_list("day", "is_working"))
    newest = max(CalendarDay.objects.filter(root_id=root_id).values_list("id", flat=True))
    return default_calendar().with_days(
        off=[day for day, working in days.items() if not working],
        work=[day for day, working in days.items() if working],
        version=f"{default_calendar().version}+{root_id}.{newest}",
    )
