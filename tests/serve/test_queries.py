"""The queries of the pages: a header that is true, and SPARQL that another engine reads as well."""

import pytest
from rdflib.plugins.sparql import prepareQuery

from kg.query import Query, Table, catalogue, run
from kg.store import memory

PAGES = catalogue("pages")


def test_the_queries_are_as_many_as_are_meant() -> None:
    assert len(PAGES) == 17


@pytest.mark.parametrize("query", PAGES, ids=lambda q: q.name)
def test_the_header_is_true(query: Query) -> None:
    assert query.summary
    assert prepareQuery(query.text).algebra.name in ("SelectQuery", "ConstructQuery")
    result = run(memory([]), query)
    if isinstance(result, Table):
        assert sorted(c.name for c in query.columns) == sorted(result.variables)
