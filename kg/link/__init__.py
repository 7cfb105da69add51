"""What many articles report, linked: which of their entities and events are one thing of the world.

    >>> linked = link([], KnowledgeBase())
    >>> linked.things, linked.happenings
    ((), ())

The result does not depend on the order of the articles. `kg.link.corrections` holds what people decided.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from kg.errors import InputError
from kg.facts import ArticleFacts
from kg.link.corrections import Decision, Stale, Verdicts, apply
from kg.link.drop import without
from kg.link.entities import Doubt, Reference, Thing, resolve
from kg.link.events import Happening, corefer, event_reports
from kg.link.knowledge import KnowledgeBase, Known, Office
from kg.link.known_files import load, load_with
from kg.link.names import local_names
from kg.link.parts import Part, parts
from kg.link.reports import report_name
from kg.terms import base

__all__ = [
    "Doubt", "Happening", "KnowledgeBase", "Linked", "Part", "Reference", "Thing",
    "link", "load", "load_with",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Linked:
    """The world behind the articles: actors and places, events, and what each entity and event refers to.

    `articles` are the facts that this is of: without what people dropped. `doubts` are the pairs to review,
    `stale` the decisions that no longer apply. `related` are known things that no article refers to, but that
    those they refer to belong to, and `offices` what known persons held.
    """

    things: tuple[Thing, ...]
    happenings: tuple[Happening, ...]
    references: tuple[Reference, ...]
    parts: tuple[Part, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    stale: tuple[Stale, ...] = ()
    articles: tuple[ArticleFacts, ...] = ()
    related: tuple[Known, ...] = ()
    offices: tuple[Office, ...] = ()


def link(
    articles: Iterable[ArticleFacts], knowledge: KnowledgeBase, decisions: Sequence[Decision] = ()
) -> Linked:
    """The linked world of the articles; references are sorted by article and id.

    Raises:
        InputError: two articles have the same id, or an article's facts speak of an id that it lacks.
    """
    ordered = sorted(articles, key=lambda f: f.article.id)
    for one, other in pairwise(ordered):
        if one.article.id == other.article.id:
            raise InputError(
                f"article id {one.article.id!r} is used twice; give each article an id of its own"
            )
    for facts in ordered:
        _check_ids(facts)
    if not decisions:
        return _link(ordered, knowledge, Verdicts(), ())
    by_itself = _link(ordered, knowledge, Verdicts(), ())
    verdicts, stale = apply(decisions, _reports(by_itself, knowledge))
    kept = [without(facts, verdicts.dropped) for facts in ordered]
    return _link(kept, knowledge, verdicts, stale)


def _link(
    ordered: Sequence[ArticleFacts], knowledge: KnowledgeBase, verdicts: Verdicts, stale: Iterable[Stale]
) -> Linked:
    resolved = resolve(ordered, knowledge, verdicts)
    found = corefer(ordered, resolved.things, resolved.references, verdicts)
    reports = event_reports(ordered, resolved.things, resolved.references)
    related, offices = knowledge.around(t.known for t in resolved.things if t.known)
    return Linked(
        resolved.things,
        found.happenings,
        tuple(sorted([*resolved.references, *found.references], key=lambda r: (r.article, r.id))),
        tuple(parts(found.happenings, reports)),
        tuple(sorted([*resolved.doubts, *found.doubts], key=lambda d: (-d.score, d.one, d.other))),
        tuple(stale),
        tuple(ordered),
        related,
        offices,
    )


def _reports(linked: Linked, knowledge: KnowledgeBase) -> dict[str, list[str]]:
    """Path of a thing, or name of a report → the names of its reports; a known thing is one of its own."""
    local = {f.article.id: (f, local_names(f)) for f in linked.articles}
    found: dict[str, list[str]] = defaultdict(list)
    for known in knowledge.known:
        found[known.iri.removeprefix(base())].append(known.iri)
    for r in linked.references:
        facts, names = local[r.article]
        name = report_name(facts, r.id, names)
        found[name].append(name)
        found[r.path.removeprefix(base())].append(name)
    return dict(found)


def _check_ids(facts: ArticleFacts) -> None:
    """Every entity and event that a fact speaks of is there, once."""
    entities, events = [e.id for e in facts.entities], [v.id for v in facts.events]
    named = {a.entity for v in facts.events for a in v.arguments} | {p.person for p in facts.positions}
    named |= {p.organization for p in facts.positions if p.organization} | {
        s.speaker for s in facts.statements
    }
    named |= {z.holder for z in facts.stances}
    linked = {id for k in facts.links for id in (k.source, k.target)}
    either = {z.target for z in facts.stances}
    unknown = (named - set(entities)) | (linked - set(events)) | (either - {*entities, *events})
    twice = len(entities) + len(events) - len({*entities, *events})
    if unknown or twice:
        what = (
            f"no entity or event has the id {min(unknown)!r}" if unknown else "an id is given to two things"
        )
        raise InputError(f"article {facts.article.id!r}: {what}; extract it again")
