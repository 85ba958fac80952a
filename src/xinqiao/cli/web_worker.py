"""The application as the web server's worker processes load it: they end when the server that made them is gone.

A killed server would otherwise leave workers that hold its port and answer from an office that nobody watches.
"""

import os
import threading
import time

from xinqiao.project.wsgi import application

__all__ = ["application"]
LOOK_SECONDS = 0.5


def _end_with(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(LOOK_SECONDS)
    os._exit(1)


threading.Thread(target=_end_with, args=(os.getppid(),), daemon=True, name="end-with-the-server").start()
