"""The demonstration county: an invented county with its organs, its people and two years of matters.

Made by the legal acts themselves on simulated days, never inserted. Loading again changes nothing: what was entered
since stays. A loading that was interrupted is taken up where it stopped. Importing this starts no Django.
"""

from collections.abc import Callable, Sequence


def load(*, progress: Callable[[str], None], small: bool = False, hands: int = 0) -> None:
    """As ``loading.load``."""
    from xinqiao.project.demo import loading

    loading.load(progress=progress, small=small, hands=hands)


def logins() -> Sequence[str]:
    """As ``welcome.logins``."""
    from xinqiao.project.demo import welcome

    return welcome.logins()
