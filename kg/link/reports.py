"""What an article says of each of its entities that helps to tell who or what is meant."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from kg.facts import ArticleFacts, Entity
from kg.link.atlas import is_own_name
from kg.link.knowledge import Family, KnowledgeBase, Known, family
from kg.link.names import is_description, key, local_names, slug

# What has a name of its own; every country has a government, a parliament, ministries.
_LARGE, _HUGE = 100_000, 1_000_000  # people
NAMED_TYPES = frozenset({"Association", "Union", "Party", "Company", "Media"})


@dataclass(frozen=True, slots=True)
class EntityReport:
    """An article's entity with its context.

    `name` is the report's local name among all articles, the end of its IRI, and `key` that of the entity.
    `country` is the one that the article is mostly about, `countries` those of its places and organisations,
    `date` its day of publication, `offices` the titles that a person has in it and `organizations` those it
    names for them, as keys, `companions` the keys of all that the article names, `places` what the atlas has
    for the entity's name.
    """

    name: str
    key: str
    article: str
    entity: Entity
    family: Family
    local_name: str
    country: str | None
    countries: frozenset[str]
    date: str | None
    offices: frozenset[str]
    organizations: frozenset[str]
    companions: frozenset[str]
    described: bool
    places: tuple[Known, ...] = ()


def entity_reports(articles: Sequence[ArticleFacts], knowledge: KnowledgeBase) -> list[EntityReport]:
    """One report an entity, article by article."""
    named = {
        key(e.name)
        for facts in articles
        for e in facts.entities
        if e.type in NAMED_TYPES and not is_description(e)
    }
    atlas = knowledge.atlas(frozenset(_place_names(articles)))
    return [report for facts in articles for report in _of_article(facts, knowledge, named, atlas)]


def _place_names(articles: Iterable[ArticleFacts]) -> Iterable[str]:
    return (name for f in articles for e in f.entities if e.type == "Place" for name in _names(e))


def _names(entity: Entity) -> list[str]:
    return list(dict.fromkeys([entity.name, *(m.text for m in entity.mentions)]))


def _of_article(
    facts: ArticleFacts, knowledge: KnowledgeBase, named: set[str], atlas: Mapping[str, tuple[Known, ...]]
) -> Iterable[EntityReport]:
    country, countries = _countries(facts, knowledge, atlas)
    local = local_names(facts)
    names = {e.id: key(e.name) for e in facts.entities}
    offices: dict[str, set[str]] = defaultdict(set)
    organizations: dict[str, set[str]] = defaultdict(set)
    for position in facts.positions:
        offices[position.person].add(key(position.title.text))
        if position.organization:
            organizations[position.person].add(names[position.organization])
    companions = frozenset(names[e.id] for e in facts.entities if not is_description(e))
    for entity in facts.entities:
        own_name = entity.type in NAMED_TYPES and names[entity.id] in named
        yield EntityReport(
            report_name(facts, entity.id, local),
            names[entity.id],
            facts.article.id,
            entity,
            family(entity.type),
            local[entity.id],
            country,
            countries,
            facts.article.published,
            frozenset(offices[entity.id]),
            frozenset(organizations[entity.id]),
            companions,
            is_description(entity) and not own_name,
            _places(entity, atlas),
        )


def report_name(facts: ArticleFacts, id: str, local_names: Mapping[str, str]) -> str:
    """The local name of a report among all articles; under the base it is its IRI."""
    kind = "entity-report" if any(e.id == id for e in facts.entities) else "event-report"
    return f"{kind}/{slug(facts.article.id)}--{local_names[id]}"


def _places(entity: Entity, atlas: Mapping[str, tuple[Known, ...]]) -> tuple[Known, ...]:
    return atlas.get(entity.name, ()) if entity.type == "Place" else ()


def _countries(
    facts: ArticleFacts, knowledge: KnowledgeBase, atlas: Mapping[str, tuple[Known, ...]]
) -> tuple[str | None, frozenset[str]]:
    """The country that most of the places and known actors of the article belong to, if one leads.

    With it come all that its places and organisations belong to.

    What the title names counts twice. A government that goes by the name of its country counts as that.
    """
    votes: Counter[str] = Counter()
    named: set[str] = set()
    for entity in facts.entities:
        found = _surest(entity, knowledge, atlas)
        if found and found.country:
            in_title = any(m.start < len(facts.article.title) for m in entity.mentions)
            votes[found.country] += 2 if in_title else 1
            named |= {found.country} if entity.type != "Person" else set()
    first, second = [*votes.most_common(2), ("", 0), ("", 0)][:2]
    return (first[0] if first[1] > second[1] else None), frozenset(named)


def _surest(entity: Entity, knowledge: KnowledgeBase, atlas: Mapping[str, tuple[Known, ...]]) -> Known | None:
    families: list[Family] = [family(entity.type)]
    if entity.type == "GovernmentBody":
        families.append("place")
    for name in _names(entity):
        for of in families:
            if known := knowledge.find(of, name):
                return known
    return likeliest(_places(entity, atlas), entity.name, None)


def likeliest(places: Sequence[Known], name: str, country: str | None) -> Known | None:
    """The place that a name means in an article on a country.

    A country or state; else the biggest city of that country; else the biggest of all, if it is large and
    goes by this name itself, or is huge ("Londres"): villages abroad share names with much that no atlas has.
    """
    if not places:
        return None
    if places[0].location and places[0].location.precision != "city":
        return places[0]
    at_home = [place for place in places if place.country == country]
    if at_home:
        return next((place for place in at_home if is_own_name(place, name)), at_home[0])
    people = places[0].location.people or 0 if places[0].location else 0
    return places[0] if people >= (_LARGE if is_own_name(places[0], name) else _HUGE) else None
