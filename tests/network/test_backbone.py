"""The disparity filter."""

from __future__ import annotations

import networkx as nx
import pytest

from kg import network as networks
from kg.errors import BadParameter
from kg.network.backbone import backbone, significance
from kg.network.forms import forms
from tests.network.graphs import row


def test_a_star_of_equal_ties_has_none_that_stands_out() -> None:
    star = nx.star_graph(4)
    nx.set_edge_attributes(star, 2.0, "weight")
    assert set(significance(star).values()) == {(1 - 1 / 4) ** 3}


def test_the_formula_of_serrano_and_others() -> None:
    """Of the strength 10 of the hub, one of its five ties has 6: (1 - 0.6)^4; its other end has no other."""
    ties = nx.star_graph(5)
    for n, (_, _, data) in enumerate(ties.edges(data=True)):
        data["weight"] = 6.0 if n == 0 else 1.0
    assert significance(ties)[0, 1] == pytest.approx(0.4**4)


def test_strong_edges_stay_with_all_their_kinds() -> None:
    rows = [row("hub", "a", 50), {**row("a", "hub", 1), "kind": "foe"}, *(row("hub", n) for n in "bcdefgh")]
    network = networks.from_rows(rows)
    kept = backbone(network, 0.05)
    assert sorted(kept.edges(keys=True)) == [("a", "hub", "foe"), ("hub", "a", "ally")]
    assert len(forms(backbone(network, 1.0)).ties.edges) == 8


@pytest.mark.parametrize("alpha", [0, -0.1, 1.5])
def test_levels_that_are_none(alpha: float) -> None:
    with pytest.raises(BadParameter, match="level of significance"):
        backbone(networks.from_rows([row("a", "b")]), alpha)
