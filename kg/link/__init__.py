"""What many articles report, linked: which of their entities and events are one thing of the world.

    >>> linked = link([], KnowledgeBase())
    >>> linked.things, linked.happenings
    ((), ())

The result does not depend on the order of the articles.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from kg.errors import InputError
from kg.facts import ArticleFacts
from kg.link.entities import Reference, Thing, resolve
from kg.link.events import Happening, corefer
from kg.link.knowledge import KnowledgeBase, load

__all__ = ["Happening", "KnowledgeBase", "Linked", "Reference", "Thing", "link", "load"]


@dataclass(frozen=True, slots=True)
class Linked:
    """The world behind the articles: actors and places, events, and what each entity and event refers to."""

    things: tuple[Thing, ...]
    happenings: tuple[Happening, ...]
    references: tuple[Reference, ...]


def link(articles: Iterable[ArticleFacts], knowledge: KnowledgeBase) -> Linked:
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
    things, references = resolve(ordered, knowledge)
    happenings, more = corefer(ordered, things, references)
    return Linked(
        tuple(things),
        tuple(happenings),
        tuple(sorted([*references, *more], key=lambda r: (r.article, r.id))),
    )


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
