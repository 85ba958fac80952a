"""The WSGI application that granian serves."""

import os
import sys

from django.core.wsgi import get_wsgi_application

from xinqiao.project.proxies import behind_proxies

# An act waits for the database a dozen times, and after each wait for the interpreter: with Python's own 5 ms a thread
# that holds the lock of a matter or of a number would keep the others waiting for nothing.
SWITCH_SECONDS = 0.0005

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "xinqiao.project.settings")
sys.setswitchinterval(SWITCH_SECONDS)

application = behind_proxies(get_wsgi_application(), int(os.environ.get("XINQIAO_PROXIES", "0")))
