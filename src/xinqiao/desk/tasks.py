"""What the worker does for the desk by itself. Procrastinate finds this module by its name."""

from django.db import close_old_connections
from procrastinate.contrib.django import app

from xinqiao.desk.drafts.keeping import forget_old


@app.periodic(cron="23 3 * * *", periodic_id="desk.forget_old_drafts")
@app.task(name="desk.forget_old_drafts", queueing_lock="desk.forget_old_drafts")
def forget_old_drafts(timestamp: int) -> int:
    """Every night: drafts that nobody went on with for thirty days are forgotten. Gives how many."""
    close_old_connections()
    try:
        return forget_old()
    finally:
        close_old_connections()
