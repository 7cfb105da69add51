"""Which event reports of the articles are of one event of the world, and why.

Two reports are compared only if they share a day with a place or an actor, or their articles share two things
that few others name (blocking). `kg.link.event_features` speaks for or against the pair. Pairs that reach
`ENOUGH` are joined, best first, unless that would put two events of one article together: extraction told
those apart.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from kg.facts import ArticleFacts, Status, When
from kg.link import event_features as features
from kg.link.blocking import candidates
from kg.link.clusters import Allowed, groups
from kg.link.corrections import NOTHING_DECIDED, Verdicts
from kg.link.entities import Doubt, Reference, Thing
from kg.link.event_features import GENERAL, EventReport
from kg.link.names import digest, is_description, key, local_names, name_slug, trigger
from kg.link.reports import report_name
from kg.link.signals import Score

# What so many articles name is too common to tell a story by.
_FEW_ARTICLES = 30

Scores = Mapping[tuple[str, str], Score]


@dataclass(frozen=True, slots=True)
class Happening:
    """An event of the world: what its reports agree on, or most of them say.

    `path` is its name under the base IRI; `places` are the labels of its places, most often told first;
    `trigger` is what the first report calls it; `reports` are the local names of its reports.
    """

    path: str
    type: str
    status: Status
    start: str | None
    end: str | None
    places: tuple[str, ...]
    trigger: str | None
    reports: tuple[str, ...] = ()
    label: str | None = None


@dataclass(frozen=True, slots=True)
class Coreferred:
    """The events, one reference a report, and the pairs that people should look at; all sorted."""

    happenings: tuple[Happening, ...]
    references: tuple[Reference, ...]
    doubts: tuple[Doubt, ...]


def corefer(
    articles: Sequence[ArticleFacts],
    things: Iterable[Thing],
    references: Iterable[Reference],
    verdicts: Verdicts = NOTHING_DECIDED,
) -> Coreferred:
    """The events that the reports are of."""
    reports = event_reports(articles, things, references)
    by_name = {r.name: r for r in reports}
    scores = {(a.name, b.name): features.compare(a, b) for a, b in _pairs(reports)}
    enough = {pair: s.weight for pair, s in scores.items() if s.value >= features.ENOUGH}
    allowed = _Allowed(by_name, verdicts)
    names = groups(
        by_name,
        enough,
        allowed=allowed,
        together=[pair for pair in verdicts.same if pair[0] in by_name and pair[1] in by_name],
    )
    best = _best_pairs({pair: scores[pair] for pair in enough})
    happenings, found = [], []
    for group in names:
        cluster = sorted((by_name[name] for name in group), key=_first)
        happening = _happening(cluster, verdicts)
        happenings.append(happening)
        for report in cluster:
            score, reason = 1.0, verdicts.reasons.get(report.name) or "the only report of it"
            if len(cluster) > 1 and report.name not in verdicts.reasons:
                score, reason = best[report.name].value, best[report.name].reason
            found.append(Reference(report.article, report.event.id, happening.path, score, reason))
    return Coreferred(
        tuple(sorted(happenings, key=lambda h: h.path)),
        tuple(sorted(found, key=lambda r: (r.article, r.id))),
        _doubts(scores, names, allowed, verdicts),
    )


def event_reports(
    articles: Sequence[ArticleFacts], things: Iterable[Thing], references: Iterable[Reference]
) -> list[EventReport]:
    """One report an event, article by article."""
    known = {t.path: t for t in things}
    to = {(r.article, r.id): r.path for r in references}
    of = Counter(path for _, path in {(r.article, r.path) for r in references})
    return [report for facts in articles for report in _of_article(facts, to, known, of)]


def _of_article(
    facts: ArticleFacts,
    to: Mapping[tuple[str, str], str],
    things: Mapping[str, Thing],
    articles: Mapping[str, int],
) -> Iterator[EventReport]:
    local = local_names(facts)
    path = {e.id: to[facts.article.id, e.id] for e in facts.entities}
    named = {e.id: e for e in facts.entities if not is_description(e)}
    described = {e.id: key(e.name) for e in facts.entities if is_description(e)}
    story = {path[id]: things[path[id]].label for id, e in named.items() if e.type != "Media"}
    story = {p: label for p, label in story.items() if articles[p] <= _FEW_ARTICLES}
    for event in facts.events:
        places = [path[e] for e in event.entities("places")]
        others = [a.entity for a in event.arguments if a.role != "places"]
        located = {p: things[p].known for p in places}
        yield EventReport(
            report_name(facts, event.id, local),
            facts.article.id,
            facts.article.published,
            event,
            {p: things[p].label for p in places},
            {path[e]: things[path[e]].label for e in others if e in named or things[path[e]].known},
            frozenset(described[e] for e in others if e in described),
            {p: k.location for p, k in located.items() if k and k.location},
            story,
            frozenset(p for p in (path[e] for e in others) if articles[p] > _FEW_ARTICLES),
        )


def _pairs(reports: Sequence[EventReport]) -> Iterator[tuple[EventReport, EventReport]]:
    """The pairs of reports of different articles that share a blocking key, each once, in order."""
    pairs = candidates(reports, keys=_blocking_keys, name=lambda r: r.name, said=_said)
    return ((a, b) for a, b in pairs if a.article != b.article)


def _blocking_keys(report: EventReport) -> Iterator[str]:
    if report.day:
        for path in {*report.places, *report.actors}:
            yield f"{report.day} {path}"
    for one, other in combinations(sorted(report.story), 2):
        yield f"{one} {other}"


def _said(report: EventReport) -> int:
    """How much a report says of its event."""
    return len(report.event.triggers) + len(report.event.arguments)


class _Allowed:
    """Whether two groups may be joined: no article has an event in both, and nothing told contradicts it."""

    def __init__(self, reports: Mapping[str, EventReport], verdicts: Verdicts) -> None:
        self.reports = reports
        self.verdicts = verdicts

    def __call__(self, one: set[str], other: set[str]) -> bool:
        articles = [{self.reports[name].article for name in group} for group in (one, other)]
        days = {self.reports[name].start for name in one | other if len(self.reports[name].start) == 10}
        return (
            articles[0].isdisjoint(articles[1])
            and len(days) <= 1
            and not self.verdicts.forbid(sorted(one), other)
        )


def _first(report: EventReport) -> tuple[str, str]:
    """The order in which reports speak for an event: by day of publication, undated last."""
    return report.published or "9999", report.name


def _happening(reports: Sequence[EventReport], verdicts: Verdicts) -> Happening:
    """What the reports of one event come to. Its path is made of that and of the first report's name."""
    names = [r.name for r in reports]
    label, decided = verdicts.label_and_type(names)
    type_ = decided or _most([r.event.type for r in reports])
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
        reports=tuple(sorted(names)),
        label=label,
    )


def _best_pairs(pairs: Scores) -> dict[str, Score]:
    """Report's name → the best score it reaches with another, and the reasons."""
    best: dict[str, Score] = {}
    for pair, found in sorted(pairs.items()):
        for name in pair:
            best[name] = max(best.get(name, found), found)
    return best


def _doubts(
    scores: Scores, names: Iterable[Sequence[str]], allowed: Allowed, verdicts: Verdicts
) -> tuple[Doubt, ...]:
    """The pairs whose events could be joined but were not, though much speaks for it, and nobody decided."""
    group = {name: set(members) for members in names for name in members}
    return tuple(
        Doubt(a, b, score.value, score.reason)
        for (a, b), score in sorted(scores.items())
        if score.value >= features.DOUBT and a not in group[b]
        if allowed(group[a], group[b]) and not verdicts.decided([a], [b])
    )


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
