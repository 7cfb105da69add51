"""Pairs become groups, the best first; what people said goes before what scores say."""

from kg.link.clusters import groups


def anything(_: set[str], __: set[str]) -> bool:
    return True


def test_best_pairs_first_and_nothing_that_is_forbidden() -> None:
    def apart(one: set[str], other: set[str]) -> bool:
        return not {"a", "c"} <= one | other

    assert groups("abc", {("a", "b"): 0.8, ("b", "c"): 0.9}, allowed=apart) == [["a"], ["b", "c"]]
    assert groups("abc", {("a", "b"): 0.9, ("b", "c"): 0.8}, allowed=apart) == [["a", "b"], ["c"]]


def test_what_belongs_together_is_joined_whatever_is_allowed() -> None:
    def never(_: set[str], __: set[str]) -> bool:
        return False

    assert groups("abc", {("a", "b"): 1.0}, allowed=never, together=[("c", "a")]) == [["a", "c"], ["b"]]


def test_ties_are_decided_by_name() -> None:
    scores = {("a", "b"): 0.9, ("b", "c"): 0.9}
    assert groups("cba", scores, allowed=anything) == groups("abc", scores, allowed=anything)
