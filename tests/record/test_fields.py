"""Fields of other rows are sealed under the key of their stream, and data keys are wrapped anew when the ring turns."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from xinqiao.record import rotation
from xinqiao.record.doctor import check_chains
from xinqiao.record.fields import decrypt_field, encrypt_field, ring
from xinqiao.record.models import Stream
from xinqiao.record.reader import texts_of
from xinqiao.record.rotation import rewrap_all, rotate_master_key, rotate_signing_key
from xinqiao.record.sealing import CannotOpen
from xinqiao.record.writer import open_stream, record_all, record_first

pytestmark = [pytest.mark.usefixtures("keys"), pytest.mark.django_db]


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_what_was_sealed_is_opened(text):
    stream = open_stream(root_organ_id=5)
    sealed = encrypt_field(stream, text)
    assert decrypt_field(stream, sealed) == text
    assert len(text) < 4 or text.encode() not in sealed


def test_a_field_opens_with_its_own_stream_only():
    one, other = open_stream(root_organ_id=5), open_stream(root_organ_id=5)
    with pytest.raises(CannotOpen):
        decrypt_field(other, encrypt_field(one, "某某"))


def test_the_same_name_never_looks_the_same():
    stream = open_stream(root_organ_id=5)
    assert encrypt_field(stream, "某某") != encrypt_field(stream, "某某")


def test_a_data_key_moved_to_another_stream_does_not_open():
    one, other = open_stream(root_organ_id=5), open_stream(root_organ_id=5)
    sealed = encrypt_field(one, "某某")
    other.master_key_id, other.wrapped_key = one.master_key_id, one.wrapped_key
    with pytest.raises(CannotOpen):
        decrypt_field(other, sealed)


def test_rotation_wraps_every_data_key_anew_and_opens_everything_still(act, monkeypatch):
    monkeypatch.setattr(rotation, "BATCH", 2)
    acts = [act(texts={"request": "路灯坏了。"}, sealed=True)]
    streams = [record_first(root_organ_id=5, acts=acts)[0] for _ in range(5)]
    sealed = [encrypt_field(stream, "某某") for stream in streams]
    old = ring().master_id
    assert rotate_master_key() == 5
    assert ring().master_id != old
    stored = [Stream.objects.get(pk=stream.pk) for stream in streams]
    assert {stream.master_key_id for stream in stored} == {ring().master_id}
    assert [decrypt_field(stream, field) for stream, field in zip(stored, sealed, strict=True)] == ["某某"] * 5
    assert [decrypt_field(stream, field) for stream, field in zip(streams, sealed, strict=True)] == ["某某"] * 5
    assert all(texts_of(stream.pk) == {(1, "request"): "路灯坏了。"} for stream in streams)
    assert list(check_chains()) == []


def test_rotation_is_done_once(act):
    record_first(root_organ_id=5, acts=[act()])
    assert rotate_master_key() == 1
    assert rewrap_all() == 0


def test_a_stream_opened_before_the_ring_turned_can_still_be_written(act):
    stream = open_stream(root_organ_id=5)
    rotate_master_key()
    record_all(stream, [act(texts={"request": "路灯坏了。"}, sealed=True)])
    assert texts_of(stream.pk) == {(1, "request"): "路灯坏了。"}
    assert rewrap_all() == 1


def test_the_newest_signing_key_signs():
    old = ring().signer.public_key()
    rotate_signing_key()
    assert ring().signer.public_key() != old
    assert len(ring().published()) == 2
