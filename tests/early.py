"""Loaded before anything else of a test run: Django reads where the database is as soon as pytest starts."""

import atexit
import os
import shutil
import tempfile

from tests import postgres

if "PYTEST_XDIST_WORKER" not in os.environ:
    home = os.environ["XINQIAO_HOME"] = tempfile.mkdtemp(prefix="xinqiao-home-")
    atexit.register(shutil.rmtree, home, ignore_errors=True)
    postgres.start_for_run()
