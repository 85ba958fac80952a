"""What the worker does for files by itself. Procrastinate finds this module by its name."""

from django.db import close_old_connections
from procrastinate.contrib.django import app

from xinqiao.documents.upkeep import remove_abandoned, remove_unreferenced, scan_again


@app.periodic(cron="*/5 * * * *", periodic_id="documents.upkeep")
@app.task(name="documents.upkeep", queueing_lock="documents.upkeep")
def keep_files_in_order(timestamp: int) -> None:
    """Every five minutes: erased files go, left-overs of uploads go, files that no scanner has seen are checked."""
    close_old_connections()
    try:
        remove_unreferenced()
        remove_abandoned()
        scan_again()
    finally:
        close_old_connections()
