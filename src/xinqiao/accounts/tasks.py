"""What the worker does for accounts by itself. Procrastinate finds this module by its name."""

from datetime import timedelta
from importlib import import_module

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.db import close_old_connections
from procrastinate.contrib.django import app

from xinqiao.access.clock import now
from xinqiao.accounts.models import SignIn

KEPT = timedelta(days=365)


@app.periodic(cron="23 3 * * *", periodic_id="accounts.forget")
@app.task(name="accounts.forget", queueing_lock="accounts.forget")
def forget(timestamp: int) -> int:
    """Every night: sign-ins older than a year and sessions that ran out go. Gives how many sign-ins went."""
    close_old_connections()
    try:
        return forget_old()
    finally:
        close_old_connections()


def forget_old() -> int:
    """Take away what is kept of signing in for a year, and no longer."""
    store = import_module(settings.SESSION_ENGINE).SessionStore
    store.clear_expired()
    UserSession.objects.filter(created_at__lt=now() - timedelta(seconds=settings.SESSION_COOKIE_AGE)).delete()
    return SignIn.objects.filter(at__lt=now() - KEPT).delete()[0]
