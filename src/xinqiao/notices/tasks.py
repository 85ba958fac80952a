"""What the worker does for notices by itself. Procrastinate finds this module by its name."""

from django.db import close_old_connections
from procrastinate.contrib.django import app

from xinqiao.notices.sending import send_due


@app.periodic(cron="* * * * * */15", periodic_id="notices.send_due")
@app.task(name="notices.send_due", queueing_lock="notices.send_due")
def send_due_notices(timestamp: int) -> int:
    """Every fifteen seconds: e-mail that is due. Gives how many notices were tried."""
    close_old_connections()
    try:
        return send_due()
    finally:
        close_old_connections()
