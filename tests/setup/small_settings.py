"""Settings of an office without rooms: the processes are tested on it, so that a fault of theirs shows as theirs."""

from typing import TYPE_CHECKING

from django.urls import path

from xinqiao.project.database import database_settings
from xinqiao.project.home import home_dir

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

SECRET_KEY = "small"
ALLOWED_HOSTS = ["127.0.0.1"]
ROOT_URLCONF = "tests.setup.small_settings"
INSTALLED_APPS = ["django.contrib.contenttypes", "procrastinate.contrib.django"]
DATABASES, APP_DB_ROLE = database_settings(home_dir())
DATABASE_ROUTERS = ["xinqiao.project.database.OwnerMigrates"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
USE_TZ = True


def whoami(request: "HttpRequest") -> "HttpResponse":
    """As which role the database is asked."""
    from django.db import connection
    from django.http import HttpResponse

    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        return HttpResponse(cursor.fetchone()[0])


urlpatterns = [path("whoami", whoami)]
