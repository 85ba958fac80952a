"""Keys lie in files that only the office can read; a new one is used at once, the old ones still open and verify."""

import os
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xinqiao.record.keyring import KeyRingError, add_master_key, add_signing_key, open_ring
from xinqiao.record.sealing import CannotOpen, new_key, seal, unseal


@pytest.fixture
def directory(tmp_path):
    return tmp_path / "keys"


def test_the_first_keys_are_made_once_and_only_for_the_office(directory):
    ring = open_ring(directory)
    assert open_ring(directory).masters == ring.masters
    assert directory.stat().st_mode & 0o777 == 0o700
    assert {path.stat().st_mode & 0o777 for path in directory.iterdir()} == {0o600}


def test_many_who_start_at_once_share_one_first_key(directory):
    with ThreadPoolExecutor(8) as pool:
        rings = list(pool.map(lambda _: open_ring(directory), range(16)))
    assert {ring.master_id for ring in rings} == {rings[0].master_id}
    assert len(open_ring(directory).signers) == 1


def test_a_data_key_opens_after_rotation_and_a_new_one_is_wrapped_anew(directory):
    data_key = new_key()
    old_id, wrapped = open_ring(directory).wrap(data_key, context="stream 1")
    new_id = add_master_key(directory)
    ring = open_ring(directory)
    assert ring.master_id == new_id != old_id
    assert ring.unwrap(old_id, wrapped, context="stream 1") == data_key
    assert ring.wrap(data_key, context="stream 1")[0] == new_id


def test_signing_keys_are_published_for_ever(directory):
    first = open_ring(directory).signer
    add_signing_key(directory)
    ring = open_ring(directory)
    old, new = ring.published()
    assert old.public == first.public_key().public_bytes_raw()
    assert new.public == ring.signer.public_key().public_bytes_raw()
    assert old.until == new.since
    assert new.until is None


def test_many_rotations_within_one_second_keep_their_order(directory):
    ids = [add_master_key(directory) for _ in range(5)]
    assert ids == sorted(ids)
    assert open_ring(directory).master_id == ids[-1]


def test_a_master_key_that_is_missing_is_named(directory):
    ring = open_ring(directory)
    with pytest.raises(CannotOpen, match="20200101T000000Z-abcdef"):
        ring.unwrap("20200101T000000Z-abcdef", b"", context="stream 1")


@pytest.mark.parametrize("pattern", ["master-*", "signing-*"])
def test_a_key_that_others_can_read_is_refused(directory, pattern):
    open_ring(directory)
    path = next(directory.glob(pattern))
    path.chmod(0o640)
    os.utime(directory)
    with pytest.raises(KeyRingError, match="chmod 600"):
        open_ring(directory)


@pytest.mark.parametrize("pattern", ["master-*", "signing-*"])
def test_a_damaged_key_is_refused_and_not_replaced(directory, pattern):
    open_ring(directory)
    path = next(directory.glob(pattern))
    path.write_bytes(b"damaged")
    os.utime(directory)
    with pytest.raises(KeyRingError, match="restore it from the backup"):
        open_ring(directory)
    assert path.read_bytes() == b"damaged"


def test_a_stray_file_is_named(directory):
    open_ring(directory)
    (directory / "master-copy.key").write_text("x")
    with pytest.raises(KeyRingError, match=r"master-copy\.key"):
        open_ring(directory)


@given(st.binary(max_size=200), st.text(max_size=10), st.data())
def test_a_sealed_value_opens_only_whole_and_in_its_place(plain, context, data):
    context = context.encode(errors="ignore").decode()
    key = new_key()
    box = seal(plain, key=key, context=context)
    assert unseal(box, key=key, context=context) == plain
    at = data.draw(st.integers(0, len(box) - 1))
    changed = box[:at] + bytes([box[at] ^ data.draw(st.integers(1, 255))]) + box[at + 1 :]
    for wrong in (
        lambda: unseal(changed, key=key, context=context),
        lambda: unseal(box, key=new_key(), context=context),
        lambda: unseal(box, key=key, context=context + "x"),
        lambda: unseal(box[:at], key=key, context=context),
    ):
        with pytest.raises(CannotOpen):
            wrong()
