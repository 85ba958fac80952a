"""A commitment holds for its own text and salt, and for nothing else."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xinqiao.record.commitments import commit, from_base64url, holds, named, new_salt, to_base64url, unnamed

texts = st.text(st.characters(exclude_categories=["Cs"]))
salts = st.binary(min_size=16, max_size=16)


@given(texts, salts)
def test_it_is_sha256_over_salt_and_text(text, salt):
    assert commit(text, salt) == "sha256:" + hashlib.sha256(salt + text.encode()).hexdigest()
    assert holds(commit(text, salt), text, salt)


@given(texts, texts, salts, salts)
def test_another_text_or_salt_is_found(one, other, salt, other_salt):
    assert holds(commit(one, salt), other, salt) == (one == other)
    assert holds(commit(one, salt), one, other_salt) == (salt == other_salt)


def test_two_salts_never_agree():
    assert len({new_salt() for _ in range(1000)}) == 1000


def test_a_short_salt_is_refused():
    with pytest.raises(ValueError, match="16 bytes"):
        commit("路灯", b"short")


@given(st.binary(min_size=32, max_size=32))
def test_a_hash_has_one_name(digest):
    assert unnamed(named(digest)) == digest


@pytest.mark.parametrize(
    "name", ["", "sha256:", "a" * 64, "sha256:" + "A" * 64, "sha256:" + "a" * 63, "md5:" + "a" * 64]
)
def test_another_spelling_of_a_hash_is_refused(name):
    with pytest.raises(ValueError, match="sha256:"):
        unnamed(name)


@given(st.binary(max_size=70))
def test_base64url_round_trip(raw):
    assert from_base64url(to_base64url(raw), size=len(raw)) == raw


@pytest.mark.parametrize("text", ["AA==", "A", "AB", "A+", "AA\n", "中文"])
def test_another_spelling_of_the_same_byte_is_refused(text):
    with pytest.raises(ValueError, match="base64url"):
        from_base64url(text, size=1)
