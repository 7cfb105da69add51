"""Which entities of the articles are one actor or place of the world, and why.

Three rules, tried in this order; the first that applies decides:

1. the knowledge base knows a name of the entity, of the same family (person, organisation, group, place);
2. a description ("police officers", "the government") stays within its article: in two articles, and in two
   countries, the same words mean different people. Words without capitals are none where another article
   writes them as the name of a movement, union, party, company or outlet ("gilets jaunes");
3. entities of one family with the same name are one thing. An acronym takes the full name that other articles
   give it, if they all give it the same.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from kg.facts import ArticleFacts, Entity
from kg.link.knowledge import Family, KnowledgeBase, Known, family
from kg.link.names import digest, is_acronym, is_description, key, local_names, name_slug, slug
from kg.terms import base

KNOWN_NAME, KNOWN_MENTION, FULL_NAME, ACRONYM = 1.0, 0.95, 0.9, 0.85

# What has a name of its own; every country has a government, a parliament, ministries.
_NAMED_TYPES = frozenset({"Association", "Union", "Party", "Company", "Media"})


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
class _Row:
    article: str
    entity: Entity
    family: Family
    local_name: str


def resolve(
    articles: Sequence[ArticleFacts], knowledge: KnowledgeBase
) -> tuple[list[Thing], list[Reference]]:
    """The things that the entities refer to, and one reference an entity; both sorted."""
    rows = [row for facts in articles for row in _rows(facts)]
    named = {key(r.entity.name) for r in rows if _has_own_name(r) and not is_description(r.entity)}
    expansions = _expansions(rows)
    members: dict[str, list[_Row]] = defaultdict(list)
    known: dict[str, Known] = {}
    references = []
    for row in rows:
        described = is_description(row.entity) and not (_has_own_name(row) and key(row.entity.name) in named)
        reference, thing = _refer(row, knowledge, expansions, described=described)
        references.append(reference)
        members[reference.path].append(row)
        if thing:
            known[reference.path] = thing
    things = [_thing(path, found, known.get(path)) for path, found in sorted(members.items())]
    return things, sorted(references, key=lambda r: (r.article, r.id))


def _rows(facts: ArticleFacts) -> Iterable[_Row]:
    names = local_names(facts)
    return (_Row(facts.article.id, e, family(e.type), names[e.id]) for e in facts.entities)


def _has_own_name(row: _Row) -> bool:
    return row.entity.type in _NAMED_TYPES


def _refer(
    row: _Row, knowledge: KnowledgeBase, expansions: Mapping[tuple[Family, str], str], *, described: bool
) -> tuple[Reference, Known | None]:
    entity = row.entity
    known = knowledge.find(row.family, entity.name)
    if known:
        return _reference(row, known.iri, KNOWN_NAME, f"“{entity.name}” is a known name"), known
    for mention in entity.mentions:
        known = knowledge.find(row.family, mention.text)
        if known:
            return _reference(row, known.iri, KNOWN_MENTION, f"“{mention.text}” is a known name"), known
    if described:
        path = f"{row.family}/{slug(row.article)}--{row.local_name}"
        return _reference(row, path, 1.0, "a description, which stays within its article"), None
    full = expansions.get((row.family, key(entity.name)))
    if full:
        reason = f"“{entity.name}” stands for “{full}”"
        return _reference(row, _path(row.family, full, knowledge), ACRONYM, reason), None
    reason = f"the name “{entity.name}”"
    return _reference(row, _path(row.family, entity.name, knowledge), FULL_NAME, reason), None


def _reference(row: _Row, path: str, score: float, reason: str) -> Reference:
    return Reference(row.article, row.entity.id, path, score, reason)


def _path(family: Family, name: str, knowledge: KnowledgeBase) -> str:
    path = f"{family}/{name_slug(name)}"
    return f"{path}__{digest(path)}" if knowledge.has(base() + path) else path


def _expansions(rows: Iterable[_Row]) -> dict[tuple[Family, str], str]:
    """Family and acronym's key → the full name, for acronyms that stand for one name only."""
    full: dict[tuple[Family, str], dict[str, str]] = defaultdict(dict)
    for row in rows:
        if is_description(row.entity):
            continue
        for mention in row.entity.mentions:
            if is_acronym(mention.text, row.entity.name):
                names = full[row.family, key(mention.text)]
                name_key = key(row.entity.name)
                names[name_key] = min(names.get(name_key, row.entity.name), row.entity.name)
    return {k: next(iter(names.values())) for k, names in full.items() if len(names) == 1}


def _thing(path: str, rows: Sequence[_Row], known: Known | None) -> Thing:
    names: Counter[str] = Counter(row.entity.name for row in rows)
    mentions = {mention.text for row in rows for mention in row.entity.mentions}
    types: Counter[str] = Counter(row.entity.type for row in rows)
    label = known.label if known else _most(names)
    told = {n.text for n in known.names} if known else set()
    others = (mentions | set(names)) - told - {label}
    return Thing(path, known.type if known else _most(types), label, tuple(sorted(others)), known)


def _most(counts: Mapping[str, int]) -> str:
    """The most frequent; of several the longest, then the first in the alphabet."""
    return min(counts, key=lambda value: (-counts[value], -len(value), value))
