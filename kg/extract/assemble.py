"""From an annotated `Doc` to the `ArticleFacts` of its article."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from spacy.tokens import Doc
from spacy.tokens import Span as Tokens

from kg.annotate import mentions, triggers
from kg.annotate.columns import Columns, columns
from kg.annotate.turnouts import turnouts
from kg.article import Article
from kg.facts import (
    ROLES,
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
    Status,
    When,
)

Row = dict[str, Any]
SURE = 0.5  # confidence of a name that is recorded though nothing is said of it
OF_EVENTS = ("roles", "dates", "statuses", "crowds", "counts", "demands", "slogans")
ROWS = (*OF_EVENTS, "positions", "statements", "stances", "links")

for _name in ROWS:
    if not Doc.has_extension(_name):
        Doc.set_extension(_name, default=None)


def facts(doc: Doc, article: Article) -> ArticleFacts:
    """The facts that the components left on `doc`, in the words of the article.

    The text of `doc` may be set otherwise (`kg.annotate.reading`), one character for one.

    An entity that has no part in any fact is left out where it is a mere Group (codebook) or doubtful.
    """
    return _Assembly(doc, article).facts()


def _stands_alone(entity: Entity) -> bool:
    """Whether an entity without a part in any fact is recorded: no Group (codebook), no doubtful name."""
    return entity.type != "Group" and entity.evidence.confidence >= SURE


@dataclass(slots=True)
class _Assembly:
    doc: Doc
    article: Article
    columns: Columns = field(init=False)
    content: str = field(init=False)
    of_event: dict[tuple[str, str], list[Row]] = field(init=False)
    stands_for: dict[int, tuple[int, int]] = field(init=False)
    trimmed: dict[tuple[int, int], Span] = field(init=False)

    def __post_init__(self) -> None:
        self.columns, self.content = columns(self.doc), self.article.content
        self.trimmed = {}
        words = {i: (t.start, t.end) for t in self.doc.spans[triggers.KEY] for i in range(t.start, t.end)}
        self.stands_for = {
            figure: words.get(word, (word, word + 1)) for figure, word in turnouts(self.doc).gaps.items()
        }
        self.of_event = defaultdict(list)
        for name in OF_EVENTS:
            for row in self._rows(name):
                self.of_event[name, row["event"]].append(row)

    def facts(self) -> ArticleFacts:
        entities = self._entities()
        events = tuple(self._event(key, spans) for key, spans in self._by_id(triggers.KEY).items())
        positions = tuple(
            Position(r["person"], self._span(*r["title"]), r["organization"], self._why(r, "kg_positions"))
            for r in self._rows("positions")
        )
        links = tuple(
            Link(r["source"], r["type"], r["target"], self._why(r, "kg_links")) for r in self._rows("links")
        )
        statements = tuple(
            Statement(r["speaker"], r["kind"], self._span(*r["text"]), self._why(r, "kg_statements"))
            for r in self._rows("statements")
        )
        stances = tuple(
            Stance(r["holder"], r["target"], r["polarity"], self._why(r, "kg_stances"))
            for r in self._rows("stances")
        )
        used = {a.entity for v in events for a in v.arguments} | {c.source for v in events for c in v.crowds}
        used |= {s.speaker for s in statements} | {z.holder for z in stances} | {z.target for z in stances}
        used |= {p.person for p in positions} | {p.organization for p in positions}
        kept = tuple(e for e in entities if e.id in used or _stands_alone(e))
        a = self.article
        source = Source(a.id, a.lang or self.doc.lang_, a.title, a.source, a.url, a.published)
        return ArticleFacts(source, kept, positions, events, links, statements, stances)

    def _rows(self, name: str) -> list[Row]:
        return getattr(self.doc._, name) or []

    def _by_id(self, key: str) -> dict[str, list[tuple[Tokens, float]]]:
        group = self.doc.spans[key]
        found: dict[str, list[tuple[Tokens, float]]] = defaultdict(list)
        for span, confidence in zip(group, group.attrs["confidence"], strict=True):
            found[span.id_].append((span, confidence))
        return dict(sorted(found.items(), key=lambda item: int(item[0][1:])))

    def _entities(self) -> list[Entity]:
        out = []
        for key, named in self._by_id(mentions.KEY).items():
            spans = tuple(self._span(s.start, s.end) for s, _ in named)
            fullest = max(spans, key=lambda s: (len(s.text), not s.text.isupper(), -s.start))
            surest = max(c for _, c in named)
            why = Evidence(self._sentence(named[0][0]), "kg_mentions", surest)
            out.append(Entity(key, named[0][0].label_, " ".join(fullest.text.split()), spans, why))  # type: ignore[arg-type]
        return out

    def _event(self, key: str, named: list[tuple[Tokens, float]]) -> Event:
        first, surest = named[0][0], max(c for _, c in named)
        dates = {r["bound"]: self._when(r) for r in self.of_event["dates", key]}
        status: Status = next((r["status"] for r in self.of_event["statuses", key]), "occurred")
        roles = sorted(
            self.of_event["roles", key],
            key=lambda r: (ROLES.index(r["role"]), -r["confidence"], int(r["entity"][1:])),
        )
        return Event(
            id=key,
            type=first.label_,  # type: ignore[arg-type]
            status=status,
            triggers=tuple(dict.fromkeys(self._word(s) for s, _ in named)),
            evidence=Evidence(self._sentence(first), "kg_triggers", surest),
            start=dates.get("start"),
            end=dates.get("end"),
            arguments=tuple(Argument(r["role"], r["entity"], self._why(r, "kg_roles")) for r in roles),
            crowds=tuple(
                Crowd(r["low"], r["high"], r["source"], self._span(*r["text"]), self._why(r, "kg_numbers"))
                for r in self.of_event["crowds", key]
            ),
            counts=tuple(
                Count(
                    r["kind"],
                    r["low"],
                    r["high"],
                    r["who"],
                    self._span(*r["text"]),
                    self._why(r, "kg_numbers"),
                )
                for r in self.of_event["counts", key]
            ),
            demands=tuple(
                Demand(self._span(*r["text"]), r["polarity"], self._why(r, "kg_demands"))
                for r in self.of_event["demands", key]
            ),
            slogans=tuple(
                Slogan(self._span(*r["text"]), self._why(r, "kg_slogans"))
                for r in self.of_event["slogans", key]
            ),
        )

    def _word(self, trigger: Tokens) -> Span:
        """The word that names an event; a figure may stand for one."""
        return self._span(*self.stands_for.get(trigger.start, (trigger.start, trigger.end)))

    def _when(self, row: Row) -> When:
        return When(row["value"], self._span(*row["text"]), row["basis"], self._why(row, "kg_dates"))

    def _span(self, start: int, end: int) -> Span:
        c = self.columns
        first, last = c.start[start], c.end(end - 1)
        return Span(first, last, self.content[first:last])

    def _sentence(self, tokens: Tokens) -> Span:
        return self._trimmed(*self.columns.sentence_of(tokens.start))

    def _why(self, row: Row, component: str) -> Evidence:
        return Evidence(self._trimmed(*row["sentence"]), component, row["confidence"])

    def _trimmed(self, start: int, end: int) -> Span:
        """The span of a sentence without the space around it; many facts have one sentence."""
        if (start, end) not in self.trimmed:
            first, last, space = start, end, self.columns.is_space
            while last > first + 1 and space[last - 1]:
                last -= 1
            while first < last - 1 and space[first]:
                first += 1
            self.trimmed[start, end] = self._span(first, last)
        return self.trimmed[start, end]
