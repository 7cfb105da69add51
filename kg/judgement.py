"""Pairs of things that may be one, with the evidence of both sides, and why two are or are not one.

What a person says of a pair becomes a decision (`kg.link.corrections`): same, different, or unsure.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

from kg.errors import UnknownName
from kg.facts import ArticleFacts, Entity, Event, Source, Span
from kg.link import Doubt, KnowledgeBase, Linked, Reference
from kg.link.corrections import Decision
from kg.link.entities import profiles_of
from kg.link.entity_features import ENOUGH, compare
from kg.link.event_features import ENOUGH as ENOUGH_OF_EVENTS
from kg.link.event_features import compare as compare_events
from kg.link.events import event_reports
from kg.link.names import key, local_names
from kg.link.profiles import blocking_keys
from kg.link.reports import report_name
from kg.link.signals import Score
from kg.terms import base

_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence of an article on one side of a pair."""

    article: Source
    sentence: Span


@dataclass(frozen=True, slots=True)
class Side:
    """One of a pair: the local name of a report, label, type and path of what it was linked to, evidence."""

    report: str
    label: str
    type: str
    path: str
    reports: int
    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """A pair that linking did not dare to join, with score and reasons."""

    one: Side
    other: Side
    score: float
    reason: str

    def answer(self, kind: str, *, by: str = "", why: str = "") -> Decision:
        """The decision that an answer makes: `kind` is same, different or unsure."""
        one, other = sorted((self.one.report, self.other.report))
        return Decision(kind, one, other, by, why)


@dataclass(frozen=True, slots=True)
class Explanation:
    """Whether two are one thing, what was needed for it, and why."""

    one: Side
    other: Side
    same: bool
    score: float
    enough: float
    reasons: tuple[str, ...]


class Casebook:
    """The links of a build, looked at by report."""

    def __init__(self, linked: Linked, knowledge: KnowledgeBase) -> None:
        self.linked = linked
        self.knowledge = knowledge
        self.facts = {f.article.id: f for f in linked.articles}
        self.items: dict[str, tuple[ArticleFacts, Entity | Event, Reference]] = {}
        references = {(r.article, r.id): r for r in linked.references}
        for facts in linked.articles:
            names = local_names(facts)
            items: tuple[Entity | Event, ...] = (*facts.entities, *facts.events)
            for item in items:
                name = report_name(facts, item.id, names)
                self.items[name] = (facts, item, references[facts.article.id, item.id])
        self.of: dict[str, list[str]] = {}
        for name, (_, _, reference) in sorted(self.items.items()):
            self.of.setdefault(reference.path, []).append(name)
        self.labels = {t.path: (t.label, t.type) for t in linked.things}
        self.labels |= {
            h.path: (h.label or " ".join(filter(None, (h.type, *h.places[:1], h.start))), h.type)
            for h in linked.happenings
        }

    def questions(self) -> list[Question]:
        """The pairs to decide, those of the most reports first, then the likeliest."""
        found = [self._question(doubt) for doubt in self.linked.doubts]
        return sorted(
            found,
            key=lambda q: (-min(q.one.reports, q.other.reports), -q.score, q.one.report, q.other.report),
        )

    def explain(self, one: str, other: str) -> Explanation:
        """Why two are one thing or not; each is a name, a path under the base, an IRI, or a report of either.

        Raises:
            UnknownName: nothing, or more than one thing, is meant.
        """
        sides = [self._side(self._find(term)) for term in (one, other)]
        names = [self._meant(term, side) for term, side in zip((one, other), sides, strict=True)]
        best, reasons, enough = self._compare(*names)
        same = sides[0].path == sides[1].path
        references = [self.items[side.report][2] for side in sides]
        told = (
            [f"{side.label}: {r.reason}" for side, r in zip(sides, references, strict=True)] if same else []
        )
        return Explanation(sides[0], sides[1], same, best, enough, (*told, *reasons))

    def _question(self, doubt: Doubt) -> Question:
        return Question(self._side(doubt.one), self._side(doubt.other), doubt.score, doubt.reason)

    def _side(self, name: str) -> Side:
        _, _, reference = self.items[name]
        label, type_ = self.labels[reference.path]
        others = [n for n in self.of[reference.path] if n != name]
        shown = [name, *others][:_SHOWN]
        passages = tuple(
            Passage(f.article, i.evidence.sentence) for f, i, _ in (self.items[n] for n in shown)
        )
        return Side(name, label, type_, reference.path, 1 + len(others), passages)

    def _find(self, term: str) -> str:
        """The first report of what a term means."""
        path = term.removeprefix(base())
        if path in self.items:
            return path
        for known in (term, path, base() + path):
            if known in self.of:
                return self.of[known][0]
        wanted = key(term)
        means = {p for p, (label, _) in self.labels.items() if key(label) == wanted}
        means = means or {r.path for _, item, r in self.items.values() if wanted in _names(item)}
        if len(means) == 1:
            return self.of[means.pop()][0]
        if not means:
            raise UnknownName(
                f"{term!r}: no actor, place or event has this name; kg crosswalk DIR lists them"
            )
        listed = "\n".join(f"  {self.labels[p][0]}  {p}" for p in sorted(means)[:8])
        raise UnknownName(f"{term!r} may mean {len(means)} things; name one by the end of its IRI:\n{listed}")

    def _meant(self, term: str, side: Side) -> list[str]:
        """The reports that a term speaks of: one, or all of a thing."""
        return [side.report] if term.removeprefix(base()) == side.report else self.of[side.path]

    def _compare(self, one: Sequence[str], other: Sequence[str]) -> tuple[float, tuple[str, ...], float]:
        """The best score across two groups of reports, its reasons, and what is enough."""
        kinds = {name.split("/")[0] for name in (*one, *other)}
        if len(kinds) > 1:
            return 0.0, ("one is an event, the other is not",), ENOUGH
        score, shared = self._events(one, other) if kinds == {"event-report"} else self._entities(one, other)
        reasons = score.reasons or ("nothing speaks for it",)
        if not shared:
            reasons += ("no blocking key in common: linking did not compare them",)
        return score.value, reasons, ENOUGH_OF_EVENTS if kinds == {"event-report"} else ENOUGH

    def _entities(self, one: Sequence[str], other: Sequence[str]) -> tuple[Score, bool]:
        profiles = profiles_of(self.linked.articles, self.knowledge)
        sides = [[p for p in profiles if not {r.name for r in p.reports}.isdisjoint(g)] for g in (one, other)]
        pairs = [(compare(a, b), a, b) for a, b in product(*sides) if a is not b]
        if not pairs:
            return Score(1.0, ("they go by one name in like contexts",)), True
        score, a, b = max(pairs, key=lambda pair: (pair[0], pair[1].name, pair[2].name))
        return score, not set(blocking_keys(a)).isdisjoint(blocking_keys(b))

    def _events(self, one: Sequence[str], other: Sequence[str]) -> tuple[Score, bool]:
        reports = {
            r.name: r for r in event_reports(self.linked.articles, self.linked.things, self.linked.references)
        }
        pairs = [(compare_events(reports[a], reports[b]), a, b) for a, b in product(one, other) if a != b]
        return max(pairs, default=(Score(1.0, ("they are one report",)), "", ""))[0], True


def _names(item: Entity | Event) -> set[str]:
    return {key(item.name), *(key(m.text) for m in item.mentions)} if isinstance(item, Entity) else set()


def remaining(questions: Iterable[Question], decisions: Iterable[Decision]) -> list[Question]:
    """The questions that no decision answers."""
    answered: Mapping[tuple[str, str], None] = {(d.one, d.other): None for d in decisions}
    pairs = ((q, tuple(sorted((q.one.report, q.other.report)))) for q in questions)
    return [q for q, pair in pairs if pair not in answered]
