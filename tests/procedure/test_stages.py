"""The transition table: whole, reachable, every edge by an article, and followed by every record."""

import pytest

from xinqiao.procedure import MAY, STAGES, load_pack, pack_ids
from xinqiao.procedure.stages import TABLE, carrying_verbs, edges_from, next_stage


@pytest.mark.parametrize("pack_id", pack_ids())
def test_every_edge_has_an_article_in_every_edition(pack_id: str) -> None:
    pack = load_pack(pack_id)
    assert all(pack.article(edge.article) for edge in TABLE)


def test_every_stage_is_reached_from_the_receipt() -> None:
    reached = {"received"}
    for _ in STAGES:
        reached |= {edge.to for edge in TABLE if edge.stage in reached}
    assert reached == set(STAGES)


def test_every_stage_but_none_is_a_dead_end() -> None:
    assert all(edges_from(stage) for stage in STAGES)


def test_edges_speak_of_known_stages_and_acts_and_are_unambiguous() -> None:
    assert {edge.stage for edge in TABLE} | {edge.to for edge in TABLE} == set(STAGES)
    assert {edge.verb for edge in TABLE} <= set(MAY)
    keys = [(edge.stage, edge.verb, edge.when) for edge in TABLE]
    assert len(keys) == len(set(keys))


@pytest.mark.parametrize("stage", sorted(set(STAGES) - {"withdrawn", "closed"}))
def test_a_matter_may_always_be_withdrawn_and_closed_until_it_ended(stage: str) -> None:
    assert (next_stage(stage, "withdraw"), next_stage(stage, "close")) == ("withdrawn", "closed")


def test_an_act_without_an_edge_moves_nothing() -> None:
    assert next_stage("closed", "reply") == "closed"


def test_the_carrying_acts_come_in_alphabetical_order() -> None:
    assert all(list(carrying_verbs(stage)) == sorted(carrying_verbs(stage)) for stage in STAGES)
