"""The kinds of value that travel over the interface, each with its limit; nothing is guessed from another kind."""

import re
from datetime import date
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StrictBool, StringConstraints
from pydantic_core import PydanticCustomError

from xinqiao.matters.submission import LIMITS

# Everything that a keyboard writes: no control characters but tab and line ends.
PLAIN = r"^[^\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]*$"
DAY = r"^(199[0-9]|20[0-9]{2}|21[0-9]{2})-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$"


def text(name: str, *, least: int = 0) -> Any:
    """A string of at most the house's limit for this field."""
    return Annotated[str, StringConstraints(min_length=least or None, max_length=LIMITS[name], pattern=PLAIN)]


def whole_number(value: object) -> object:
    """JSON knows one kind of number: 5.0 is 5, and "5" or true is none."""
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, str | bool):
        raise PydanticCustomError("int_type", "Input should be a valid integer")
    return value


def day(value: object) -> date:
    """A day as 2026-03-05; the library itself would also take a number of seconds."""
    if not (isinstance(value, str) and re.fullmatch(DAY, value)):
        raise PydanticCustomError("day", "Input should be a valid day")
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise PydanticCustomError("day", "Input should be a valid day") from None


Words = text("reason")
Code = Annotated[str, StringConstraints(max_length=32, pattern=r"^[\x21-\x7e]*$")]
Flag = StrictBool
Day = Annotated[date, BeforeValidator(day), Field(json_schema_extra={"pattern": DAY})]
Petitioner = Annotated[str, Field(max_length=3, pattern=r"^[1-9][0-9]*$", description="the number of a petitioner")]
RowId = Annotated[int, Field(ge=1, le=2**53 - 1)]
Number = Annotated[str, Field(max_length=40, pattern=r"^[^\x00-\x1f\x7f-\x9f]+$", description="of a matter")]


def whole(least: int, most: int) -> Any:
    """A whole number between two bounds, both included."""
    return Annotated[int, Field(ge=least, le=most), BeforeValidator(whole_number)]


class Strict(BaseModel):
    """An unknown field is an error, so that a misspelt one is not silently lost."""

    model_config = ConfigDict(extra="forbid")


class Shown(BaseModel):
    """What an answer shows."""
