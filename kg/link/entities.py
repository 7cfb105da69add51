"""Which entities of the articles are one actor or place of the world, and why.

1. `kg.link.meanings`: the entities that mean a known thing.
2. A description ("police officers", "the government") stays within its article: in two articles, and in two
   countries, the same words mean different people. Words without capitals are none where another article
   writes them as the name of a movement, union, party, company or outlet ("gilets jaunes").
3. Entities of one name are one thing, unless their contexts speak against it (namesakes).
4. `kg.link.entity_features`: names that differ are compared where they share a blocking key, and joined best
   pairs first.

What people decided (`kg.link.corrections`) goes before all of this.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from kg.facts import ArticleFacts
from kg.link import entity_features as features
from kg.link.clusters import groups
from kg.link.corrections import NOTHING_DECIDED, Verdicts
from kg.link.knowledge import Family, KnowledgeBase, Known
from kg.link.meanings import Meaning, meaning
from kg.link.names import digest, key, name_slug, slug, surname
from kg.link.profiles import (
    Profile,
    contested_aliases,
    most,
    pairs_to_compare,
    profile,
    surnames,
)
from kg.link.reports import EntityReport, entity_reports
from kg.link.signals import Score
from kg.terms import base

FULL_NAME = 0.9


@dataclass(frozen=True, slots=True)
class Thing:
    """An actor or place of the world.

    `path` is its name under the base IRI ("organization/blue-watch-union"), or its IRI if it is `known`.
    """

    path: str
    type: str
    label: str
    other_names: tuple[str, ...]
    known: Known | None = None


@dataclass(frozen=True, slots=True)
class Reference:
    """An article's entity or event refers to a thing of the world: how sure (0 to 1), and why."""

    article: str
    id: str
    path: str
    score: float
    reason: str


@dataclass(frozen=True, slots=True)
class Doubt:
    """Two reports (their local names) that may be of one thing: the score and reasons of the pair."""

    one: str
    other: str
    score: float
    reason: str


@dataclass(frozen=True, slots=True)
class Resolved:
    """The things, one reference an entity, and the pairs that people should look at; all sorted."""

    things: tuple[Thing, ...]
    references: tuple[Reference, ...]
    doubts: tuple[Doubt, ...]


def resolve(
    articles: Sequence[ArticleFacts], knowledge: KnowledgeBase, verdicts: Verdicts = NOTHING_DECIDED
) -> Resolved:
    """The things that the entities refer to."""
    reports = entity_reports(articles, knowledge)
    meanings = {r.name: found for r in reports if (found := _meaning(r, knowledge, verdicts))}
    profiles = _profiles(reports, meanings, verdicts)
    scores = {(a.name, b.name): features.compare(a, b) for a, b in pairs_to_compare(profiles)}
    by_name = {one.name: one for one in profiles}
    names = groups(
        by_name,
        {pair: score.weight for pair, score in scores.items() if score.value >= features.ENOUGH},
        allowed=_Allowed(by_name, scores, verdicts),
        together=_together(profiles, verdicts),
    )
    clusters = [[by_name[name] for name in group] for group in names]
    things: list[Thing] = []
    references: list[Reference] = []
    for path, cluster in _paths(clusters, knowledge):
        things.append(_thing(path, cluster, verdicts))
        for one in cluster:
            references += _references(path, one, cluster, meanings, scores, verdicts)
    return Resolved(
        tuple(sorted(things, key=lambda t: t.path)),
        tuple(sorted(references, key=lambda r: (r.article, r.id))),
        _doubts(scores, names, by_name, verdicts),
    )


def profiles_of(
    articles: Sequence[ArticleFacts], knowledge: KnowledgeBase, verdicts: Verdicts = NOTHING_DECIDED
) -> list[Profile]:
    """The profiles that linking compares; sorted."""
    reports = entity_reports(articles, knowledge)
    meanings = {r.name: found for r in reports if (found := _meaning(r, knowledge, verdicts))}
    return _profiles(reports, meanings, verdicts)


def _meaning(report: EntityReport, knowledge: KnowledgeBase, verdicts: Verdicts) -> Meaning | None:
    if (iri := verdicts.meant.get(report.name)) and (known := knowledge.get(iri)):
        return Meaning(known, 1.0, verdicts.reasons[report.name])
    found = meaning(report, knowledge)
    return found if found and not verdicts.forbid([report.name], [found.known.iri]) else None


def _profiles(
    reports: Iterable[EntityReport], meanings: Mapping[str, Meaning], verdicts: Verdicts
) -> list[Profile]:
    """The reports of one known thing, of one description, and of one name in one context, together."""
    found: dict[tuple[str, ...], list[EntityReport]] = defaultdict(list)
    known: dict[tuple[str, ...], Known] = {}
    for report in reports:
        if meant := meanings.get(report.name):
            group: tuple[str, ...] = ("known", meant.known.iri)
            known[group] = meant.known
        elif report.described:
            group = ("described", report.name)
        else:
            group = ("named", report.family, report.key)
        found[group].append(report)
    profiles = []
    for group, members in sorted(found.items()):
        if group[0] == "named":
            profiles += _namesakes(members, verdicts)
        else:
            profiles.append(profile(members, known.get(group)))
    claims, persons = contested_aliases(profiles), surnames(profiles)
    return [_contested(one, claims, persons) for one in sorted(profiles, key=lambda p: p.name)]


def _namesakes(reports: Sequence[EntityReport], verdicts: Verdicts) -> list[Profile]:
    """Reports of one name, in a profile for each thing that their contexts tell apart.

    Reports of one context are taken together; then each, those that say most first, joins the profile that it
    agrees with best, or begins one of its own (leader clustering): the effort grows with the contexts.
    """
    contexts: dict[tuple[str, ...], list[EntityReport]] = defaultdict(list)
    for report in reports:
        apart = report.name if verdicts.mentions(report.name) else ""
        said = (report.country or "", *sorted(report.offices), "", *sorted(report.organizations))
        contexts[(apart, *said)].append(report)
    if len(contexts) == 1 or not _may_differ(reports, verdicts):
        return [profile(reports)]
    leaders: list[list[EntityReport]] = []
    profiles: list[Profile] = []
    for _, members in sorted(contexts.items(), key=lambda c: (-_told(c[0]), -len(c[1]), c[0])):
        one = profile(members)
        scored = [
            (features.compare(one, other).value, -n)
            for n, other in enumerate(profiles)
            if not verdicts.forbid([r.name for r in members], [r.name for r in leaders[n]])
        ]
        best = max(scored, default=(0.0, 0))
        if best[0] >= features.ENOUGH:
            n = -best[1]
            leaders[n] += members
            profiles[n] = profile(leaders[n])
        else:
            leaders.append(members)
            profiles.append(one)
    return profiles


def _may_differ(reports: Sequence[EntityReport], verdicts: Verdicts) -> bool:
    """Whether there may be several of this name: persons, state bodies, places, or somebody said so."""
    return (
        reports[0].family == "person"
        or features.is_local(profile(reports))
        or any(verdicts.mentions(r.name) for r in reports)
    )


def _told(context: tuple[str, ...]) -> int:
    return sum(bool(part) for part in context)


def _contested(one: Profile, claims: Mapping[tuple[Family, str], int], persons: Mapping[str, int]) -> Profile:
    shared = {alias for alias in one.aliases if claims[one.family, alias] > 1}
    last = surname(one.label)
    if one.family == "person" and persons.get(last, 0) > 1:
        shared.add(last)
    return replace(one, contested=frozenset(shared)) if shared else one


class _Allowed:
    """Whether two groups may be joined: no pair across them is vetoed, far apart, or decided to be two."""

    def __init__(
        self, profiles: Mapping[str, Profile], scores: Mapping[tuple[str, str], Score], verdicts: Verdicts
    ) -> None:
        self.profiles = profiles
        self.scores = scores
        self.verdicts = verdicts

    def __call__(self, one: set[str], other: set[str]) -> bool:
        for a in one:
            for b in other:
                pair = (min(a, b), max(a, b))
                score = self.scores.get(pair) or features.compare(self.profiles[a], self.profiles[b])
                if score.vetoed or score.value < features.LEAST:
                    return False
        return not self.verdicts.forbid(self._reports(one), self._reports(other))

    def _reports(self, names: Iterable[str]) -> list[str]:
        found = [self.profiles[name] for name in sorted(names)]
        return [r.name for one in found for r in one.reports] + [p.known.iri for p in found if p.known]


def _together(profiles: Iterable[Profile], verdicts: Verdicts) -> list[tuple[str, str]]:
    """The pairs of profiles that a person said are one."""
    of = {r.name: one.name for one in profiles for r in one.reports}
    of |= {one.known.iri: one.name for one in profiles if one.known}
    return [(of[a], of[b]) for a, b in verdicts.same if a in of and b in of]


def _paths(
    clusters: Iterable[Sequence[Profile]], knowledge: KnowledgeBase
) -> Iterable[tuple[str, Sequence[Profile]]]:
    """Each cluster with its path; of namesakes, the one of most reports has the plain path."""
    wanted: dict[str, list[Sequence[Profile]]] = defaultdict(list)
    for cluster in clusters:
        wanted[_plain_path(cluster, knowledge)].append(cluster)
    for path, sharing in sorted(wanted.items()):
        ranked = sorted(sharing, key=lambda c: (-sum(len(one.reports) for one in c), c[0].name))
        yield path, ranked[0]
        for cluster in ranked[1:]:
            yield f"{path}__{digest(cluster[0].name)}", cluster


def _plain_path(cluster: Sequence[Profile], knowledge: KnowledgeBase) -> str:
    known = next((one.known for one in cluster if one.known), None)
    if known:
        return known.iri
    one = cluster[0]
    if one.described:
        return f"{one.family}/{slug(one.reports[0].article)}--{one.reports[0].local_name}"
    path = f"{one.family}/{name_slug(_name(cluster))}"
    return f"{path}__{digest(path)}" if knowledge.has(base() + path) else path


def _name(cluster: Sequence[Profile]) -> str:
    """The name that the most reports give, acronyms and short forms last."""
    names: Counter[str] = Counter(r.entity.name for one in cluster for r in one.reports)
    other = {alias for one in cluster for alias in one.aliases}
    full = {name: count for name, count in names.items() if key(name) not in other and " " in name}
    return most(full or names)


def _thing(path: str, cluster: Sequence[Profile], verdicts: Verdicts) -> Thing:
    reports = [r for one in cluster for r in one.reports]
    known = next((one.known for one in cluster if one.known), None)
    label = known.label if known else _name(cluster)
    told = {n.text for n in known.names} if known else set()
    names = {m.text for r in reports for m in r.entity.mentions} | {r.entity.name for r in reports}
    type_ = known.type if known else most(Counter(r.entity.type for r in reports))
    new_label, new_type = verdicts.label_and_type([path, *(r.name for r in reports)])
    shown = new_label or label
    return Thing(path, new_type or type_, shown, tuple(sorted(names - told - {shown})), known)


def _references(
    path: str,
    one: Profile,
    cluster: Sequence[Profile],
    meanings: Mapping[str, Meaning],
    scores: Mapping[tuple[str, str], Score],
    verdicts: Verdicts,
) -> Iterable[Reference]:
    """Why each report of the profile refers to the thing."""
    joined = _joined(one, cluster, scores)
    for report in one.reports:
        if decision := verdicts.reasons.get(report.name):
            score, reason = 1.0, decision
        elif meant := meanings.get(report.name):
            score, reason = meant.score, meant.reason
        elif report.described:
            score, reason = 1.0, "a description, which stays within its article"
        elif joined:
            score, reason = joined.value, joined.reason
        else:
            score, reason = FULL_NAME, f"the name “{report.entity.name}”"
        yield Reference(report.article, report.entity.id, path, score, reason)


def _joined(
    one: Profile, cluster: Sequence[Profile], scores: Mapping[tuple[str, str], Score]
) -> Score | None:
    """The best score of the profile with the others of its thing; None for the one that gives it its name."""
    if one.known or len(cluster) == 1 or one.label == _name(cluster):
        return None
    pairs = ((min(one.name, b.name), max(one.name, b.name)) for b in cluster if b is not one)
    return max((scores[pair] for pair in pairs if pair in scores), default=None)


def _doubts(
    scores: Mapping[tuple[str, str], Score],
    names: Iterable[Sequence[str]],
    profiles: Mapping[str, Profile],
    verdicts: Verdicts,
) -> tuple[Doubt, ...]:
    """The pairs that were not joined though much speaks for it, and that nobody has decided."""
    group = {name: number for number, members in enumerate(names) for name in members}
    reports = {name: [r.name for r in one.reports] for name, one in profiles.items()}
    return tuple(
        Doubt(a, b, score.value, score.reason)
        for (a, b), score in sorted(scores.items())
        if score.value >= features.DOUBT and group[a] != group[b]
        if not verdicts.decided(reports[a], reports[b])
    )
