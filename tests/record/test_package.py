"""A record as a file: the chain, the texts given along and the signature are checked, each failure is named."""

import json

import pytest

from tests.record.samples import AT, PUBLIC, SIGNER, events, package
from xinqiao.record.package import Checked, verify_package, verify_receipt_in
from xinqiao.record.receipts import DoesNotHold, Malformed, Submission, make_receipt


def receipt(*, head, number="XF2026-000123"):
    return make_receipt(
        office="青禾县信访局",
        number=number,
        received_at=AT,
        submission=Submission(text="x"),
        head=head,
        signer=SIGNER,
    )


def test_a_package_holds():
    read_again = json.loads(json.dumps(package()))
    assert verify_package(read_again, trusted=[PUBLIC]) == Checked(events=2, texts=1, is_signed=True)


def test_an_unsigned_package_holds_as_a_chain_but_not_under_a_key():
    bare = {name: value for name, value in package().items() if name not in {"sig", "key"}}
    assert verify_package(bare) == Checked(events=2, texts=1, is_signed=False)
    with pytest.raises(DoesNotHold, match="not signed"):
        verify_package(bare, trusted=[PUBLIC])


@pytest.mark.parametrize(
    ("change", "part"),
    [
        (lambda made: made["events"][0].update(on="2026-09-08"), "event 2"),  # the next no longer follows
        (lambda made: made["events"][1].update(on="2026-09-08"), "event 2"),  # the head no longer names it
        (lambda made: made["events"].pop(), "event 1"),  # the head names one that is gone
        (lambda made: made.update(head="sha256:" + "0" * 64), "signature"),
        (lambda made: made.update(number="XF2026-000124"), "signature"),
        (lambda made: made["texts"][0].update(text="路灯坏了两个月。"), "texts[0]"),
        (lambda made: made["texts"][0].update(salt="AAAAAAAAAAAAAAAAAAAAAA"), "texts[0]"),
        (lambda made: made["texts"][0].update(seq=2), "texts[0]"),
        (lambda made: made["texts"][0].update(seq=9), "texts[0]"),
        (lambda made: made["texts"][0].update(field="reason"), "texts[0]"),
    ],
)
def test_any_change_is_found_and_named(change, part):
    made = package()
    change(made)
    with pytest.raises(DoesNotHold) as failed:
        verify_package(made)
    assert failed.value.part == part


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (lambda made: made.update(kind="letter"), "kind"),
        (lambda made: made.update(v=9), "version"),
        (lambda made: made.update(events={}), "'events' must be a list"),
        (lambda made: made.pop("head"), "'head'"),
        (lambda made: made.update(number=None), "'number'"),
        (lambda made: made.update(texts=[5]), r"texts\[0\]"),
        (lambda made: made.update(texts=[{"seq": 1, "field": "request", "text": "\ud800", "salt": ""}]), r"texts\[0\]"),
        (lambda made: made.update(sig=5), "'sig'"),
    ],
)
def test_what_is_no_package_is_refused(change, reason):
    made = package()
    change(made)
    with pytest.raises(Malformed, match=reason):
        verify_package(made)


def test_a_receipt_names_an_event_of_its_record():
    _, hashes = events()
    assert verify_receipt_in(package(), receipt(head=hashes[0])) == 1
    assert verify_receipt_in(package(), receipt(head=hashes[1])) == 2


def test_a_receipt_shows_that_the_office_rewrote_its_record():
    """A chain can be made anew from the first event; it then no longer holds what was given to the petitioner."""
    with pytest.raises(DoesNotHold) as failed:
        verify_receipt_in(package(), receipt(head="sha256:" + "1" * 64))
    assert failed.value.part == "head"


def test_a_receipt_of_another_matter_proves_nothing_here():
    with pytest.raises(DoesNotHold) as failed:
        verify_receipt_in(package(), receipt(head=events()[1][0], number="XF2026-000999"))
    assert failed.value.part == "number"
