"""One byte string for one JSON value (RFC 8785), and reading JSON that somebody else wrote.

Nothing here knows what the values mean.
"""

import json
from collections.abc import Mapping, Sequence
from typing import TypeAlias

import rfc8785

JSON: TypeAlias = "bool | int | float | str | Sequence[JSON] | Mapping[str, JSON] | None"

MAX_DEPTH = 64
_ENCODE_PLAIN = json.JSONEncoder(sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode


class NotCanonical(ValueError):
    """The value has no canonical form: half a surrogate pair, a number beyond 2^53, NaN, or endless depth."""


def canonical(value: JSON) -> bytes:
    """The canonical JSON (RFC 8785) of ``value`` in UTF-8; raises NotCanonical where there is none."""
    try:
        return rfc8785.dumps(value)
    except (rfc8785.CanonicalizationError, UnicodeError, RecursionError, TypeError) as error:
        raise NotCanonical(f"no canonical JSON: {error}") from error


def canonical_plain(value: JSON) -> bytes:
    """As ``canonical``, six times as fast, for values whose keys are ASCII and which hold no fractions.

    The caller vouches for both, and for integers within ±2^53: keys then sort alike by code point and by UTF-16 unit,
    and no number needs the rules of ECMAScript.
    """
    try:
        return _ENCODE_PLAIN(value).encode()
    except (UnicodeError, RecursionError, TypeError, ValueError) as error:
        raise NotCanonical(f"no canonical JSON: {error}") from error


def parse(raw: bytes) -> JSON:
    """Read JSON that may be hostile; raises ValueError, in one line, for anything that is not one plain JSON value.

    A name given twice in one object is refused: two readers could take different values for it.
    """
    try:
        value: JSON = json.loads(raw.decode("utf-8-sig"), object_pairs_hook=_object, parse_constant=_no_constant)
    except UnicodeDecodeError:
        raise ValueError("the file is not UTF-8 text") from None
    except json.JSONDecodeError as error:
        raise ValueError(f"the file is not JSON: {error.msg} in line {error.lineno}, column {error.colno}") from None
    except RecursionError:
        raise ValueError(f"the JSON is nested deeper than {MAX_DEPTH} levels") from None
    if _deeper_than(value, MAX_DEPTH):
        raise ValueError(f"the JSON is nested deeper than {MAX_DEPTH} levels")
    return value


def _object(pairs: list[tuple[str, JSON]]) -> dict[str, JSON]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("the JSON gives one name twice in the same object")
    return found


def _no_constant(name: str) -> JSON:
    raise ValueError(f"{name} is not a JSON value")


def _deeper_than(value: JSON, limit: int) -> bool:
    level: list[JSON] = [value]
    for _ in range(limit):
        level = [child for node in level for child in _children(node)]
        if not level:
            return False
    return True


def _children(node: JSON) -> list[JSON]:
    if isinstance(node, dict):
        return list(node.values())
    return node if isinstance(node, list) else []
