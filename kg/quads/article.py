"""One article's graph: what it reports, with the sentence, component and confidence of every fact."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from rdflib import PROV, RDF, RDFS, Literal, URIRef

from kg.errors import InputError
from kg.facts import ArticleFacts, Event, Evidence, Link, LinkType, Role, Span, When
from kg.link.names import digest, local_names, name_slug, slug, trigger
from kg.quads.literals import Pairs, Triple, class_name, day, event_label, number, text
from kg.terms import local_name, protest, schema

FEW = 40  # characters

# The words of facts.jsonl and the local names of the properties that they become.
ROLE_TERMS: Mapping[Role, str] = {
    "places": "place",
    "organizers": "organizer",
    "participants": "participant",
    "targets": "target",
    "absent": "absent",
}
RELATION_TERMS: Mapping[LinkType, str] = {
    "triggered": "triggered",
    "part_of": "partOf",
    "response_to": "responseTo",
}


class ArticleGraph:
    """Writes one article's graph."""

    def __init__(self, facts: ArticleFacts, base: str) -> None:
        self.facts = facts
        self.base = base
        self.name = slug(facts.article.id)
        self.article = URIRef(f"{base}article/{self.name}")
        self.reports = report_iris(facts, base)
        self.called = {self.reports[id]: name for id, name in local_names(facts).items()}
        self.written: dict[URIRef, Pairs] = {}
        self.told: dict[str, dict[str, Pairs]] = {}  # facts by their readable name, then by their content

    def triples(self) -> Iterator[Triple]:
        """Every triple once: metadata, then the reports, then the facts about them."""
        self._metadata()
        self._entities()
        for event in self.facts.events:
            self._event(event)
        self._others()
        self._facts()
        for subject, pairs in self.written.items():
            for predicate, object_ in dict.fromkeys(pairs):
                yield subject, predicate, object_

    def _metadata(self) -> None:
        a = self.facts.article
        pairs: Pairs = [
            (RDF.type, protest.Article),
            (RDFS.label, text(a.title)),
            (schema.identifier, text(a.id)),
        ]
        known = ((schema.inLanguage, a.lang), (schema.publisher, a.source), (schema.url, a.url))
        pairs += [(p, text(value)) for p, value in known if value is not None]
        if a.published is not None:
            pairs.append((schema.datePublished, day(a.published)))
        self._write(self.article, pairs)

    def _entities(self) -> None:
        for e in self.facts.entities:
            self._report(protest.EntityReport, e.id, text(e.name), e.type, e.mentions, e.evidence, [])

    def _event(self, v: Event) -> None:
        names = {e.id: e.name for e in self.facts.entities}
        place = next((names[p] for p in v.entities("places")), None)
        label = event_label(v.type, place, v.start.value if v.start else None, trigger(v))
        status: Pairs = [(protest.status, text(v.status))]
        report = self._report(protest.EventReport, v.id, label, v.type, v.triggers, v.evidence, status)
        about: Pairs = [(protest.about, report)]
        for rank, a in enumerate(dict.fromkeys(v.arguments), 1):
            role: Pairs = [(protest.role, role_of(a.role)), (protest.entity, self._iri(a.entity))]
            self._fact(protest.Participation, about + role, a.evidence, rank=rank)
        for bound, when in ((protest.start, v.start), (protest.end, v.end)):
            if when:
                self._date(about, bound, when)
        self._numbers(about, v)
        for d in v.demands:
            self._fact(protest.Demand, [*about, (protest.polarity, text(d.polarity))], d.evidence, d.text)
        for s in v.slogans:
            self._fact(protest.Slogan, about, s.evidence, s.text)

    def _date(self, about: Pairs, bound: URIRef, when: When) -> None:
        what: Pairs = [
            (protest.role, bound),
            (protest.date, day(when.value)),
            (protest.basis, text(when.basis)),
        ]
        self._fact(protest.DateClaim, about + what, when.evidence, when.text)

    def _numbers(self, about: Pairs, v: Event) -> None:
        for c in v.crowds:
            source: Pairs = []
            if c.source in self.reports:
                source = [(protest.estimator, self._iri(c.source))]
            elif c.source:
                source = [(protest.estimatorKind, text(c.source))]
            self._fact(protest.CrowdEstimate, about + _bounds(c.low, c.high) + source, c.evidence, c.text)
        for n in v.counts:
            kind: Pairs = [(protest.kind, text(n.kind))]
            who: Pairs = [(protest.affected, text(n.who))] if n.who else []
            self._fact(protest.CasualtyCount, about + kind + _bounds(n.low, n.high) + who, n.evidence, n.text)

    def _others(self) -> None:
        for p in self.facts.positions:
            held: Pairs = [(protest.holder, self._iri(p.person))]
            if p.organization:
                held.append((protest.organization, self._iri(p.organization)))
            self._fact(protest.Position, held, p.evidence, p.title)
        for k in self.facts.links:
            role: Pairs = [(protest.role, relation_of(k)), (protest.relatedReport, self._iri(k.target))]
            self._fact(protest.EventRelation, [(protest.about, self._iri(k.source)), *role], k.evidence)
        for s in self.facts.statements:
            said: Pairs = [(protest.speaker, self._iri(s.speaker)), (protest.kind, text(s.kind))]
            self._fact(protest.Statement, said, s.evidence, s.text)
        for z in self.facts.stances:
            taken: Pairs = [(protest.holder, self._iri(z.holder)), (protest.about, self._iri(z.target))]
            self._fact(protest.Stance, [*taken, (protest.polarity, text(z.polarity))], z.evidence)

    def _report(
        self,
        class_: URIRef,
        id: str,
        label: Literal,
        type_: str,
        words: Iterable[Span],
        why: Evidence,
        more: Pairs,
    ) -> URIRef:
        report = self._iri(id)
        pairs: Pairs = [(RDF.type, class_), (RDFS.label, label), (protest.factId, text(id))]
        pairs += [(protest.reportedType, protest[type_]), *more]
        pairs += [(protest.mention, self._passage(protest.Mention, span)) for span in words]
        self._write(report, [*pairs, *self._why(why)])
        return report

    def _fact(
        self,
        class_: URIRef,
        pairs: Pairs,
        why: Evidence,
        words: Span | None = None,
        *,
        rank: int | None = None,
    ) -> None:
        """Note a fact. It goes by what it speaks of, so that its name does not change with its confidence."""
        things = [self.called.get(o, local_name(o)) for _, o in pairs if isinstance(o, URIRef)]
        name = "--".join(
            [class_name(class_) + "/" + self.name, *things, *([_called(words)] if words else [])]
        )
        pairs = [(RDF.type, class_), *pairs, *(_words(words) if words else []), *self._why(why)]
        content = digest(*(f"{p} {o.n3()}" for p, o in pairs), length=12)
        if rank is not None:
            pairs.append((protest.rank, number(rank)))
        self.told.setdefault(name, {}).setdefault(content, pairs)

    def _facts(self) -> None:
        """The facts under their names; those that share one have a digest of all they say in it."""
        for name, facts in self.told.items():
            for content, pairs in facts.items():
                self._write(URIRef(self.base + name + (f"--{content}" if len(facts) > 1 else "")), pairs)

    def _passage(self, class_: URIRef, span: Span) -> URIRef:
        passage = URIRef(f"{self.base}{class_name(class_)}/{self.name}--{span.start}-{span.end}")
        self._write(passage, [(RDF.type, class_), *_words(span), (protest.article, self.article)])
        return passage

    def _why(self, why: Evidence) -> Pairs:
        return [
            (protest.article, self.article),
            (PROV.wasDerivedFrom, self._passage(protest.Sentence, why.sentence)),
            (protest.component, text(why.component)),
            (protest.confidence, number(float(why.confidence))),
        ]

    def _iri(self, id: str) -> URIRef:
        if id not in self.reports:
            raise InputError(f"article {self.facts.article.id!r}: {id!r} is no entity or event of it")
        return self.reports[id]

    def _write(self, subject: URIRef, pairs: Pairs) -> None:
        if self.written.setdefault(subject, pairs) != pairs:
            raise InputError(f"article {self.facts.article.id!r}: two facts under the name <{subject}>")


def report_iris(facts: ArticleFacts, base: str) -> dict[str, URIRef]:
    """Fact id → IRI of the entity's or event's report."""
    local = local_names(facts)
    kinds = {e.id: protest.EntityReport for e in facts.entities}
    kinds |= {v.id: protest.EventReport for v in facts.events}
    article = slug(facts.article.id)
    return {id: URIRef(f"{base}{class_name(kind)}/{article}--{local[id]}") for id, kind in kinds.items()}


def _called(words: Span) -> str:
    """A passage as part of a name: its words if they are few, else its place."""
    return name_slug(words.text) if len(words.text) <= FEW else f"{words.start}-{words.end}"


def _words(span: Span) -> Pairs:
    return [
        (protest.text, text(span.text)),
        (protest.beginOffset, number(span.start)),
        (protest.endOffset, number(span.end)),
    ]


def _bounds(low: int | None, high: int | None) -> Pairs:
    both = ((protest.low, low), (protest.high, high))
    return [(p, number(value)) for p, value in both if value is not None]


def role_of(role: Role) -> URIRef:
    """places → protest:place"""
    return protest[ROLE_TERMS[role]]


def relation_of(link: Link) -> URIRef:
    """A link of the type part_of → protest:partOf"""
    return protest[RELATION_TERMS[link.type]]
