"""Which event reports of the articles are of one event of the world, and why.

Two reports are compared only if they share a day and a place (blocking). A table of features then speaks for
or against the pair, each with a reason a person can read; a veto ends it. Pairs that reach `ENOUGH` are
joined, best first, unless that would put two events of one article together: extraction told those apart.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from kg.facts import ArticleFacts, Event, Status, When
from kg.link.entities import Reference, Thing
from kg.link.names import digest, is_description, local_names, name_slug, slug, trigger
from kg.terms import protest, supertypes

ENOUGH = 0.8
# Protests that a report may call by the general name: a demonstration is a protest of unspecified form.
GENERAL = "Demonstration"
_KINDS_OF_GENERAL = frozenset({GENERAL, "March", "Vigil", "Occupation", "Blockade", "OtherProtest"})


@dataclass(frozen=True, slots=True)
class Happening:
    """An event of the world: what its reports agree on, or most of them say.

    `path` is its name under the base IRI; `places` are the labels of its places, most often told first;
    `trigger` is what the first report calls it.
    """

    path: str
    type: str
    status: Status
    start: str | None
    end: str | None
    places: tuple[str, ...]
    trigger: str | None


@dataclass(frozen=True, slots=True)
class EventReport:
    """An article's event with what linking compares: its places and named actors, path → label."""

    article: str
    published: str | None
    local_name: str
    event: Event
    places: Mapping[str, str]
    actors: Mapping[str, str]

    @property
    def name(self) -> str:
        """The report's local name among all articles."""
        return f"{slug(self.article)}--{self.local_name}"

    @property
    def day(self) -> str | None:
        """The start as `--MM-DD`, if the day is known."""
        value = _start(self)
        return f"--{value[-5:]}" if value.startswith("--") or len(value) == 10 else None


@dataclass(frozen=True, slots=True)
class Signal:
    """What one feature says of a pair: how much it speaks for one event (a veto: never), and why."""

    weight: float
    reason: str
    veto: bool = False


def corefer(
    articles: Sequence[ArticleFacts], things: Iterable[Thing], references: Iterable[Reference]
) -> tuple[list[Happening], list[Reference]]:
    """The events that the reports are of, and one reference a report; both sorted."""
    labels = {t.path: t.label for t in things}
    to = {(r.article, r.id): r.path for r in references}
    reports = [report for facts in articles for report in _reports(facts, to, labels)]
    pairs = _scored_pairs(reports)
    best = _best_pairs(pairs)
    happenings, found = [], []
    for cluster in _clusters(reports, pairs):
        happening = _happening(cluster)
        happenings.append(happening)
        for report in cluster:
            score, reason = best[report.name] if len(cluster) > 1 else (1.0, "the only report of it")
            found.append(Reference(report.article, report.event.id, happening.path, score, reason))
    return sorted(happenings, key=lambda h: h.path), sorted(found, key=lambda r: (r.article, r.id))


def compare(a: EventReport, b: EventReport) -> tuple[float, str]:
    """How much speaks for the two reports being of one event, from 0 to 1, and the reasons."""
    signals = [signal for feature in FEATURES if (signal := feature(a, b))]
    for signal in signals:
        if signal.veto:
            return 0.0, signal.reason
    return round(min(sum(s.weight for s in signals), 1.0), 2), "; ".join(s.reason for s in signals)


def same_type(a: EventReport, b: EventReport) -> Signal | None:
    """The same type of event, or one report uses the general name for a protest of the other's form.

    A day sees many arrests and meetings in one city: of context events the type says little.
    """
    one, other = sorted((a.event.type, b.event.type))
    if one == other:
        return Signal(0.3 if protest.ProtestEvent in supertypes(protest[one]) else 0.05, f"both {one}")
    if GENERAL in (one, other) and {one, other} <= _KINDS_OF_GENERAL:
        return Signal(0.2, f"{one} and {other} agree")
    return Signal(0, f"{one} and {other} are different types", veto=True)


def same_day(a: EventReport, b: EventReport) -> Signal | None:
    """The same day; a year that only one report gives is taken for both, two years are not."""
    one, other = sorted((_start(a), _start(b)))
    if one == other:
        return Signal(0.4 if len(one) == 10 else 0.3, f"same day {one}")
    if a.day == b.day and one.startswith("--"):
        return Signal(0.3, f"same day {other}, its year told by one")
    return Signal(0, f"different days {one} and {other}", veto=True)


def same_place(a: EventReport, b: EventReport) -> Signal | None:
    """A place in common."""
    shared = sorted(a.places.keys() & b.places)
    if shared:
        return Signal(0.3, f"shared place {a.places[shared[0]]}")
    return Signal(0, "different places", veto=True) if a.places and b.places else None


def same_actors(a: EventReport, b: EventReport) -> Signal | None:
    """A named actor in common, in whatever role."""
    shared = sorted(a.actors.keys() & b.actors)
    return Signal(0.2, f"shared actor {a.actors[shared[0]]}") if shared else None


def possible_status(a: EventReport, b: EventReport) -> Signal | None:
    """What occurred was not cancelled; what was planned may have done either."""
    if {a.event.status, b.event.status} == {"occurred", "cancelled"}:
        return Signal(0, "one occurred, one was cancelled", veto=True)
    return None


FEATURES: tuple[Callable[[EventReport, EventReport], Signal | None], ...] = (
    same_type,
    same_day,
    same_place,
    same_actors,
    possible_status,
)


def _reports(
    facts: ArticleFacts, to: Mapping[tuple[str, str], str], labels: Mapping[str, str]
) -> Iterable[EventReport]:
    names = local_names(facts)
    path = {e.id: to[facts.article.id, e.id] for e in facts.entities}
    described = {e.id for e in facts.entities if is_description(e)}
    for event in facts.events:
        places = [path[e] for e in event.entities("places")]
        actors = [path[a.entity] for a in event.arguments if a.role != "places" and a.entity not in described]
        yield EventReport(
            facts.article.id,
            facts.article.published,
            names[event.id],
            event,
            {p: labels[p] for p in places},
            {p: labels[p] for p in actors},
        )


def _scored_pairs(reports: Iterable[EventReport]) -> dict[tuple[str, str], tuple[float, str]]:
    """The names of the two reports, in order → score and reasons, for pairs that reach `ENOUGH`."""
    blocks: dict[tuple[str, str], list[EventReport]] = defaultdict(list)
    for report in reports:
        for place in report.places:
            if report.day:
                blocks[report.day, place].append(report)
    pairs = {}
    for block in blocks.values():
        for a, b in combinations(sorted(block, key=lambda r: r.name), 2):
            if a.article != b.article and (a.name, b.name) not in pairs:
                score, reason = compare(a, b)
                if score >= ENOUGH:
                    pairs[a.name, b.name] = (score, reason)
    return pairs


def _clusters(
    reports: Sequence[EventReport], pairs: Mapping[tuple[str, str], tuple[float, str]]
) -> list[list[EventReport]]:
    """The reports in groups of one event each, joined by the best pairs first."""
    group = {r.name: {r.name} for r in reports}
    article = {r.name: r.article for r in reports}
    start = {r.name: _start(r) for r in reports}
    for a, b in sorted(pairs, key=lambda pair: (-pairs[pair][0], pair)):
        if group[a] is group[b]:
            continue
        together = group[a] | group[b]
        years = {start[name] for name in together if not start[name].startswith("--")}
        if len({article[name] for name in together}) == len(together) and len(years) <= 1:
            for name in together:
                group[name] = together
    by_name = {r.name: r for r in reports}
    distinct = {min(names): names for names in group.values()}
    return [sorted((by_name[n] for n in names), key=_first) for _, names in sorted(distinct.items())]


def _first(report: EventReport) -> tuple[str, str]:
    """The order in which reports speak for an event: by day of publication, undated last."""
    return report.published or "9999", report.name


def _happening(reports: Sequence[EventReport]) -> Happening:
    """What the reports of one event come to. Its path is made of that and of the first report's name."""
    type_ = _most([r.event.type for r in reports])
    start = _best([r.event.start for r in reports])
    places = Counter(label for r in reports for label in r.places.values())
    told = tuple(label for label, _ in places.most_common())
    where = name_slug(told[0]) if told else ""
    words = [_dashed(type_), start.lstrip("-") if start else "", where]
    return Happening(
        path=f"event/{'-'.join(filter(None, words))}__{digest(reports[0].name)}",
        type=type_,
        status=_status({r.event.status for r in reports}),
        start=start,
        end=_best([r.event.end for r in reports]),
        places=told,
        trigger=trigger(reports[0].event),
    )


def _best_pairs(pairs: Mapping[tuple[str, str], tuple[float, str]]) -> dict[str, tuple[float, str]]:
    """Report's name → the best score it reaches with another, and the reasons."""
    best: dict[str, tuple[float, str]] = {}
    for pair, found in sorted(pairs.items()):
        for name in pair:
            best[name] = max(best.get(name, found), found)
    return best


def _status(told: set[Status]) -> Status:
    """Occurred if any report says so, else cancelled if any does."""
    return "occurred" if "occurred" in told else "cancelled" if "cancelled" in told else "planned"


def _best(dates: Iterable[When | None]) -> str | None:
    """The most precise date, of those the most often told, of those the earliest."""
    counts = Counter(d.value for d in dates if d)
    return min(counts, key=lambda v: (v.startswith("--"), -len(v.lstrip("-")), -counts[v], v), default=None)


def _most(types: Sequence[str]) -> str:
    """The type most often told; the general name gives way to another told as often."""
    counts = Counter(types)
    return min(counts, key=lambda t: (-counts[t], t == GENERAL, t))


def _dashed(type_: str) -> str:
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "-", type_).lower()


def _start(report: EventReport) -> str:
    return report.event.start.value if report.event.start else ""
