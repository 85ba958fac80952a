"""One value, one byte string; and JSON from outside is refused in one line where it could mislead."""

import json

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from xinqiao.record.canonical import NotCanonical, canonical, canonical_plain, parse

text = st.text(st.characters(exclude_categories=["Cs"]))
scalars = st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | text
plain = st.recursive(
    scalars, lambda inner: st.lists(inner) | st.dictionaries(st.from_regex(r"[a-z_0-9]{1,9}", fullmatch=True), inner)
)
any_json = st.recursive(
    scalars | st.floats(-(2.0**53) + 1, 2.0**53 - 1),
    lambda inner: st.lists(inner) | st.dictionaries(text, inner),
)


@given(plain)
def test_the_fast_form_is_the_form_of_rfc_8785(value):
    assert canonical_plain(value) == rfc8785.dumps(value)


@given(any_json)
def test_what_was_canonical_stays_so_when_it_is_read_again(value):
    once = canonical(value)
    assert canonical(json.loads(once)) == once


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ({"b": 1, "a": 2}, b'{"a":2,"b":1}'),  # names are sorted
        ({"é": 1, "z": 2}, '{"z":2,"é":1}'.encode()),  # by UTF-16 unit, not by alphabet
        ({"\U0001f600": 1, "\ufb33": 2}, '{"\U0001f600":1,"\ufb33":2}'.encode()),  # surrogates sort before U+FB33
        ([1.0, 1e21, 0.000001, -0.0], b"[1,1e+21,0.000001,0]"),  # numbers as ECMAScript writes them
        ("路灯\n\u0007\u2028", '"路灯\\n\\u0007\u2028"'.encode()),  # only what must be escaped is
    ],
)
def test_the_canonical_form(value, expected):
    assert canonical(value) == expected


@pytest.mark.parametrize("value", ["\ud800", 2**53, float("nan"), float("inf"), {1: 2}, b"raw"])
def test_a_value_without_canonical_form_is_refused(value):
    with pytest.raises(NotCanonical):
        canonical(value)


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (b"", "not JSON"),
        (b"{", "not JSON"),
        (b"\xff\xfe{", "not UTF-8"),
        (b'{"a":1,"a":2}', "one name twice"),
        (b"[NaN]", "NaN"),
        (b"[" * 100_000, "nested deeper"),
        (b"[" * 65 + b"]" * 65, "nested deeper"),
        (b'{"a":' * 65 + b"1" + b"}" * 65, "nested deeper"),
        (b"9" * 5000, "integer"),
    ],
)
def test_hostile_json_is_refused_in_one_line(raw, reason):
    with pytest.raises(ValueError, match=reason) as refused:
        parse(raw)
    assert "\n" not in str(refused.value)


def test_a_byte_order_mark_is_no_reason_to_refuse():
    assert parse(b'\xef\xbb\xbf{"a":[1]}') == {"a": [1]}
