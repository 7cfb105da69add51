"""Blocks leave few pairs to compare, and large ones still hang together."""

from kg.link.blocking import CENTRES, LARGEST, candidates


def pairs(block: list[str]) -> list[tuple[str, str]]:
    return list(candidates(block, keys=lambda item: item[:1], name=str, said=len))


def test_pairs_share_a_key_and_come_once_in_order() -> None:
    assert pairs(["b1", "a2", "a1", "b2"]) == [("a1", "a2"), ("b1", "b2")]


def test_an_item_may_have_several_keys() -> None:
    found = list(candidates(["ab", "bc", "cd"], keys=set, name=str, said=len))
    assert found == [("ab", "bc"), ("bc", "cd")]


def test_a_large_block_is_compared_with_those_that_say_most() -> None:
    block = [f"a{n:03}" for n in range(10 * LARGEST)] + ["a-says-the-most"]
    found = pairs(block)
    assert len(found) < CENTRES * len(block)
    assert {item for pair in found if "a-says-the-most" in pair for item in pair} == set(block)
