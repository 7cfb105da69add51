"""What the examples in docstrings find: those of `kg.graph` a `graph` of three small articles."""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest

from kg import Graph
from kg.link import KnowledgeBase, link
from kg.quads import quads
from kg.store import memory
from tests.builders import three_articles


@cache
def _graph() -> Graph:
    facts = three_articles()
    return Graph(memory(quads(facts, link(facts, KnowledgeBase()))))


@pytest.fixture(autouse=True)
def _examples(request: pytest.FixtureRequest, doctest_namespace: dict[str, Any]) -> None:
    if request.node.name.startswith("kg.graph"):
        doctest_namespace["graph"] = _graph()
