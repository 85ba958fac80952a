"""The closure of any forest, drawn at random and compared with walking up step by step."""

from hypothesis import given, settings
from hypothesis import strategies as st

from xinqiao.organs.closure import Places, closure, reached

MOST = 12


@st.composite
def forests(draw: st.DrawFn) -> Places:
    """Organs from 1 on, each below earlier ones by territory and by line; some ended, with later or earlier heirs."""
    count = draw(st.integers(1, MOST))
    parents = {
        organ: set(draw(st.lists(st.integers(1, organ - 1), max_size=2))) if organ > 1 else set()
        for organ in range(1, count + 1)
    }
    ended = draw(st.sets(st.integers(1, count), max_size=4))
    alive = sorted(set(parents) - ended)
    heirs = {organ: set(draw(st.lists(st.sampled_from(alive), max_size=2))) for organ in ended} if alive else {}
    return Places(parents=parents, heirs={organ: found for organ, found in heirs.items() if found})


def walked_up(places: Places, organ: int) -> set[int]:
    """By recursion, the way one would tell it; only for places without a circle."""
    return {organ}.union(*(walked_up(places, above) for above in places.parents[organ]))


@settings(max_examples=200, deadline=None)
@given(forests())
def test_above_is_what_one_finds_by_walking_up(places: Places) -> None:
    for organ in places.parents:
        assert places.above(organ) == walked_up(places, organ)


@settings(max_examples=200, deadline=None)
@given(forests())
def test_every_organ_is_in_its_own_closure_with_all_above_it(places: Places) -> None:
    for organ, found in closure(places).items():
        assert places.above(organ) <= found


@settings(max_examples=200, deadline=None)
@given(forests())
def test_without_mergers_the_closure_is_what_stands_above(places: Places) -> None:
    plain = Places(parents=places.parents)
    assert closure(plain) == {organ: walked_up(plain, organ) for organ in plain.parents}


@settings(max_examples=200, deadline=None)
@given(forests())
def test_what_stands_below_shares_the_closure_of_what_stands_above(places: Places) -> None:
    found = closure(places)
    for organ, above in places.parents.items():
        for one in above:
            assert found[one] <= found[organ]


@settings(max_examples=200, deadline=None)
@given(forests())
def test_successor_and_ended_organ_stand_in_each_other(places: Places) -> None:
    found = closure(places)
    for ended, heirs in places.heirs.items():
        for heir in heirs:
            assert ended in found[heir], "what must not reach the one must not reach the other"
            assert heir in found[ended], "the successor looks after what was left"


def test_the_other_half_of_a_split_stays_a_stranger() -> None:
    found = closure(Places(parents={1: set(), 2: {1}, 3: {1}, 4: {1}}, heirs={2: {3, 4}}))
    assert found[3] == {1, 2, 3}
    assert found[2] == {1, 2, 3, 4}


def test_a_circle_ends() -> None:
    assert reached([1], {1: {2}, 2: {3}, 3: {1}}) == {1, 2, 3}
