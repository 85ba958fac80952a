"""The API with all its operations, in the order of the interface."""

from xinqiao.api import petitions, matters, act_operations, office  # noqa: F401, I001
from xinqiao.api.door import api

__all__ = ["api"]
