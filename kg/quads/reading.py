"""The facts that a graph holds, as they stood in facts.jsonl: what `kg.quads.article` writes, read back.

>>> from kg.quads import article_quads
>>> facts = ArticleFacts(Source("a", "en", "Nurses strike"))
>>> list(read_facts(article_quads(facts))) == [facts]
True
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from rdflib import PROV, RDF, RDFS, URIRef

from kg.errors import InputError
from kg.facts import (
    Argument,
    ArticleFacts,
    Count,
    Crowd,
    Demand,
    Entity,
    Event,
    Evidence,
    Link,
    Position,
    Slogan,
    Source,
    Span,
    Stance,
    Statement,
    When,
    in_order,
)
from kg.quads.article import RELATION_TERMS, ROLE_TERMS
from kg.quads.literals import Object, Triple
from kg.quads.world import Quad
from kg.terms import local_name, protest, schema


def read_facts(quads: Iterable[Quad]) -> Iterator[ArticleFacts]:
    """The facts of each article that has a graph among the quads, by article id, in the order of `in_order`.

    Raises:
        InputError: an article's graph lacks something that every fact has, or has it twice (`kg validate`).
    """
    graphs: dict[URIRef, list[Triple]] = defaultdict(list)
    articles: list[tuple[str, URIRef]] = []
    for s, p, o, graph in quads:
        graphs[graph].append((s, p, o))
        if s == graph and p == schema.identifier:
            articles.append((str(o), graph))
    for _, article in sorted(articles):
        yield in_order(_Reader(article, graphs.pop(article)).facts())


class _Reader:
    """Reads one article's graph."""

    def __init__(self, article: URIRef, triples: Iterable[Triple]) -> None:
        self.article = article
        self.of: dict[URIRef, dict[URIRef, list[Object]]] = defaultdict(lambda: defaultdict(list))
        for s, p, o in triples:
            self.of[s][p].append(o)
        self.of_class: dict[Object, list[URIRef]] = defaultdict(list)
        for subject in sorted(self.of):
            for class_ in self.of[subject][RDF.type]:
                self.of_class[class_].append(subject)
        self.about: dict[URIRef, list[URIRef]] = defaultdict(list)
        for subject in sorted(self.of):
            for report in self.of[subject][protest.about]:
                self.about[URIRef(report)].append(subject)

    def facts(self) -> ArticleFacts:
        return ArticleFacts(
            article=self._source(),
            entities=tuple(map(self._entity, self.of_class[protest.EntityReport])),
            positions=tuple(map(self._position, self.of_class[protest.Position])),
            events=tuple(map(self._event, self.of_class[protest.EventReport])),
            links=tuple(map(self._link, self.of_class[protest.EventRelation])),
            statements=tuple(map(self._statement, self.of_class[protest.Statement])),
            stances=tuple(map(self._stance, self.of_class[protest.Stance])),
        )

    def _source(self) -> Source:
        a = self.article
        return Source(
            id=self._text(a, schema.identifier),
            lang=self._text(a, schema.inLanguage),
            title=self._text(a, RDFS.label),
            source=self._text_or_none(a, schema.publisher),
            url=self._text_or_none(a, schema.url),
            published=self._text_or_none(a, schema.datePublished),
        )

    def _entity(self, e: URIRef) -> Entity:
        return Entity(
            self._text(e, protest.factId), self._type(e), self._text(e, RDFS.label), self._mentions(e),
            self._why(e),
        )  # fmt: skip

    def _event(self, v: URIRef) -> Event:
        dates = self._dates(v)
        roles = sorted(self._facts(v, protest.Participation), key=lambda p: self._number(p, protest.rank))
        return Event(
            id=self._text(v, protest.factId),
            type=self._type(v),
            status=self._word(v, protest.status),
            triggers=self._mentions(v),
            evidence=self._why(v),
            start=dates.get("start"),
            end=dates.get("end"),
            arguments=tuple(map(self._argument, roles)),
            crowds=tuple(map(self._crowd, self._facts(v, protest.CrowdEstimate))),
            counts=tuple(map(self._count, self._facts(v, protest.CasualtyCount))),
            demands=tuple(map(self._demand, self._facts(v, protest.Demand))),
            slogans=tuple(Slogan(self._span(s), self._why(s)) for s in self._facts(v, protest.Slogan)),
        )

    def _dates(self, v: URIRef) -> dict[str, When]:
        bounds = {protest.start: "start", protest.end: "end"}
        claims = self._facts(v, protest.DateClaim)
        dates = {self._known(d, protest.role, bounds): self._when(d) for d in claims}
        if len(dates) < len(claims):
            raise InputError(f"<{v}>: has two dates for its start or end")
        return dates

    def _when(self, d: URIRef) -> When:
        return When(self._text(d, protest.date), self._span(d), self._word(d, protest.basis), self._why(d))

    def _argument(self, p: URIRef) -> Argument:
        roles = {protest[name]: role for role, name in ROLE_TERMS.items()}
        return Argument(
            self._known(p, protest.role, roles), self._id(self._one(p, protest.entity)), self._why(p)
        )

    def _crowd(self, c: URIRef) -> Crowd:
        source = self._id_or_none(c, protest.estimator) or self._text_or_none(c, protest.estimatorKind)
        return Crowd(*self._bounds(c), source, self._span(c), self._why(c))

    def _count(self, n: URIRef) -> Count:
        who: Any = self._text_or_none(n, protest.affected)
        return Count(self._word(n, protest.kind), *self._bounds(n), who, self._span(n), self._why(n))

    def _demand(self, d: URIRef) -> Demand:
        return Demand(self._span(d), self._word(d, protest.polarity), self._why(d))

    def _position(self, p: URIRef) -> Position:
        holder = self._id(self._one(p, protest.holder))
        return Position(holder, self._span(p), self._id_or_none(p, protest.organization), self._why(p))

    def _link(self, k: URIRef) -> Link:
        source, target = (self._id(self._one(k, p)) for p in (protest.about, protest.relatedReport))
        relations = {protest[name]: type_ for type_, name in RELATION_TERMS.items()}
        return Link(source, self._known(k, protest.role, relations), target, self._why(k))

    def _statement(self, s: URIRef) -> Statement:
        speaker = self._id(self._one(s, protest.speaker))
        return Statement(speaker, self._word(s, protest.kind), self._span(s), self._why(s))

    def _stance(self, z: URIRef) -> Stance:
        holder, target = (self._id(self._one(z, p)) for p in (protest.holder, protest.about))
        return Stance(holder, target, self._word(z, protest.polarity), self._why(z))

    def _facts(self, report: URIRef, class_: URIRef) -> list[URIRef]:
        return [s for s in self.about[report] if class_ in self.of[s][RDF.type]]

    def _mentions(self, report: URIRef) -> tuple[Span, ...]:
        return tuple(self._span(URIRef(m)) for m in self.of[report][protest.mention])

    def _why(self, fact: URIRef) -> Evidence:
        return Evidence(
            self._span(URIRef(self._one(fact, PROV.wasDerivedFrom))),
            self._text(fact, protest.component),
            float(self._number(fact, protest.confidence)),
        )

    def _span(self, passage: URIRef) -> Span:
        begin, end = (self._number(passage, p) for p in (protest.beginOffset, protest.endOffset))
        return Span(int(begin), int(end), self._text(passage, protest.text))

    def _bounds(self, fact: URIRef) -> tuple[int | None, int | None]:
        low, high = (
            int(self._number(fact, p)) if self.of[fact][p] else None for p in (protest.low, protest.high)
        )
        return low, high

    def _type(self, report: URIRef) -> Any:
        """The type's name, which is one of `EntityType` or `EventType` if the graph is valid."""
        return local_name(URIRef(self._one(report, protest.reportedType)))

    def _word(self, fact: URIRef, predicate: URIRef) -> Any:
        """A word of the codebook, if the graph is valid."""
        return self._text(fact, predicate)

    def _known(self, fact: URIRef, predicate: URIRef, words: Mapping[URIRef, Any]) -> Any:
        value = self._one(fact, predicate)
        if value not in words:
            raise InputError(f"<{fact}>: {value} is no {local_name(predicate)} of facts")
        return words[URIRef(value)]

    def _id(self, report: Object) -> str:
        return self._text(URIRef(report), protest.factId)

    def _id_or_none(self, fact: URIRef, predicate: URIRef) -> str | None:
        return self._id(self._one(fact, predicate)) if self.of[fact][predicate] else None

    def _number(self, fact: URIRef, predicate: URIRef) -> Decimal:
        value = self._one(fact, predicate)
        try:
            return Decimal(str(value))
        except InvalidOperation as error:
            raise InputError(f"<{fact}>: {local_name(predicate)} {str(value)!r} is no number") from error

    def _text(self, subject: URIRef, predicate: URIRef) -> str:
        return str(self._one(subject, predicate))

    def _text_or_none(self, subject: URIRef, predicate: URIRef) -> str | None:
        return self._text(subject, predicate) if self.of[subject][predicate] else None

    def _one(self, subject: URIRef, predicate: URIRef) -> Object:
        values = self.of[subject][predicate]
        if len(values) != 1:
            raise InputError(f"<{subject}>: needs one {local_name(predicate)}, has {len(values)}")
        return values[0]
