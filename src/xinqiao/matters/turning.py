"""What the passing of a day changes in the rows: what ran is missed or lapsed, and a hearing that lasts adds a day.

Nothing is recorded and nothing is decided: the record already says it, the rows follow. No matter ends by this.
"""

from datetime import date

from django.db import connection, transaction

from xinqiao.matters.models import ClockRow, Matter
from xinqiao.matters.replaying import renew
from xinqiao.procedure.names import CLOCKS

RIGHTS = [code for code, named in CLOCKS.items() if named.is_right]
_TURN = """UPDATE matters_clockrow SET state = CASE WHEN clock = ANY(%s) THEN 'lapsed' ELSE 'missed' END
WHERE state = 'running' AND legal_due < %s"""


def turn(today: date) -> int:
    """Bring the rows to this day; how many clocks changed. Run twice on a day it changes nothing."""
    with connection.cursor() as cursor:
        cursor.execute(_TURN, [RIGHTS, today])
        changed = int(cursor.rowcount)
    return changed + sum(_pause_goes_on(matter_id) for matter_id in _paused())


def _paused() -> list[int]:
    rows = ClockRow.objects.filter(state="paused").order_by("matter_id")
    return list(rows.values_list("matter_id", flat=True).distinct())


@transaction.atomic
def _pause_goes_on(matter_id: int) -> int:
    """While a hearing lasts, the due day is as if it ended today."""
    matter = Matter.objects.select_for_update(of=("self",)).select_related("stream").get(pk=matter_id)
    before = set(matter.clocks.filter(state="paused").values_list("pk", "legal_due"))
    renew(matter)
    return len(set(matter.clocks.filter(state="paused").values_list("pk", "legal_due")) - before)
