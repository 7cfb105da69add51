"""Facts and links as RDF: an iterator of quads, in named graphs.

    article/…        one graph an article, which its IRI names: a function of that article's facts alone
    graph/linking    what each reported entity and event refers to, with score and reason
    graph/world      actors, places and events, and the everyday triples between them
    graph/kb         names and identifiers of the known things that are referred to
    graph/ontology   the terms

Plain RDF 1.1 without blank nodes or lists. IRIs are made of content: the base, the class in lower case, the
article, then what the fact speaks of, with a digest of all it says where two would share a name. No triple
stands in two graphs, so a query over the union of all graphs counts each once.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from rdflib import Literal, URIRef

from kg import terms
from kg.errors import BadParameter
from kg.facts import ArticleFacts
from kg.link import Linked
from kg.quads.article import ArticleGraph
from kg.quads.literals import Object, Triple
from kg.quads.world import Quad, World

__all__ = ["Object", "Quad", "Triple", "article_quads", "check_base", "ontology_quads", "quads"]

_BASE = re.compile(r"[a-z][a-z0-9+.-]*://[^\s<>\"{}|\\^`]+/", re.IGNORECASE)


def quads(articles: Iterable[ArticleFacts], linked: Linked, *, base: str | None = None) -> Iterator[Quad]:
    """The whole dataset of these articles; `linked` must be of the same ones.

    Raises:
        BadParameter: `base` is no absolute IRI that ends in /.
    """
    base = check_base(base)
    world = World(linked, base)
    for facts in articles:
        yield from article_quads(facts, base=base)
        yield from world.of_article(facts)
    yield from world.of_all()
    yield from ontology_quads(base=base)


def article_quads(facts: ArticleFacts, *, base: str | None = None) -> Iterator[Quad]:
    """What one article reports, in the graph that its IRI names."""
    writer = ArticleGraph(facts, check_base(base))
    return ((s, p, o, writer.article) for s, p, o in writer.triples())


def ontology_quads(*, base: str | None = None) -> Iterator[Quad]:
    """The ontology, in a graph of its own."""
    graph = URIRef(f"{check_base(base)}graph/ontology")
    for s, p, o in sorted(terms.ontology()):
        if isinstance(s, URIRef) and isinstance(p, URIRef) and isinstance(o, URIRef | Literal):
            yield s, p, o, graph


def check_base(base: str | None) -> str:
    """The base, by default that of the ontology.

    Raises:
        BadParameter: it is no absolute IRI that ends in /.
    """
    if base is None:
        return terms.base()
    if not _BASE.fullmatch(base):
        raise BadParameter(f"base {base!r}: must be an absolute IRI that ends in /")
    return base
