"""Settings of an office without rooms: the processes are tested on it, so that a fault of theirs shows as theirs."""

from xinqiao.project.database import database_settings
from xinqiao.project.home import home_dir

SECRET_KEY = "small"
ALLOWED_HOSTS = ["127.0.0.1"]
ROOT_URLCONF = "tests.setup.small_settings"
INSTALLED_APPS = ["django.contrib.contenttypes", "procrastinate.contrib.django"]
DATABASES, APP_DB_ROLE = database_settings(home_dir())
DATABASE_ROUTERS = ["xinqiao.project.database.OwnerMigrates"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
USE_TZ = True
urlpatterns: list[object] = []
