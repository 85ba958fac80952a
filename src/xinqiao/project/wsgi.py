"""The WSGI application that granian serves."""

import os

from django.core.wsgi import get_wsgi_application

from xinqiao.project.proxies import behind_proxies

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "xinqiao.project.settings")

application = behind_proxies(get_wsgi_application(), int(os.environ.get("XINQIAO_PROXIES", "0")))
