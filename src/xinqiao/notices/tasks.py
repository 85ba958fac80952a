"""What the worker does by itself, on the minute and in between. Procrastinate finds this module by its name."""

from django.db import close_old_connections
from procrastinate import JobContext
from procrastinate.contrib.django import app

from xinqiao.notices.jobs import tidy
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


@app.periodic(cron="*/10 * * * *", periodic_id="jobs.tidy")
@app.task(name="jobs.tidy", queueing_lock="jobs.tidy", pass_context=True)
async def tidy_jobs(context: JobContext, timestamp: int) -> int:
    """Every ten minutes: old jobs go, jobs of dead workers are taken up."""
    return await tidy(context.app)
