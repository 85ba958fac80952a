"""The demonstration county: an invented county with its organs, its people and two years of matters.

Made by the legal acts themselves on simulated days, never inserted. Loading again changes nothing: what was entered
since stays. A loading that was interrupted is taken up where it stopped.
"""

from xinqiao.project.demo.loading import load
from xinqiao.project.demo.logins import logins

__all__ = ["load", "logins"]
