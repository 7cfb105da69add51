"""Prints how well articles are linked: B³ of their main events, and pairs of persons and of organisations.

    python training/linking.py GOLD.jsonl... [--facts FACTS.jsonl] [--nothing-known] [--errors]

The facts that are linked are those of the gold files or, with `--facts`, those that were read from the same
articles; there an entity counts if it is one of gold.

The main event of an article is its protest with the most triggers, of several the one that is named first; a
riot, or one that began more than a fortnight before the article appeared, only if there is no other. Two
articles of one `story` are of one main event; an article without a story is of its own. B³ (Bagga & Baldwin
1998) gives each article the share of its found cluster that is of its story, and the share of its story that
was found. It is printed for the articles of stories alone, and for all. `same.tsv` says which names mean one
thing.

The baselines: events of the same type, first place and date are one; entities of the same name are one.
"""

from __future__ import annotations

import argparse
import csv
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from pathlib import Path

from alike import ALIKE, match, names_alike
from gold import Json, article, occurrences, read

from kg import jsonlines
from kg.facts import (
    PROTEST_EVENTS,
    ROLES,
    Argument,
    ArticleFacts,
    Entity,
    Event,
    Evidence,
    Link,
    Position,
    Source,
    Span,
    When,
)
from kg.link import KnowledgeBase, link, load
from kg.link.knowledge import family
from kg.link.names import is_description, key
from kg.link.reports import NAMED_TYPES

NEWS_DAYS = 14
SAME = Path(__file__).parent / "same.tsv"
FAMILIES = ("person", "organization")
Item = tuple[str, str]  # article and id
Clusters = Mapping[Item, Hashable]


@dataclass(frozen=True, slots=True)
class Figures:
    """Precision and recall, with their harmonic mean."""

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0

    def __str__(self) -> str:
        return f"{self.precision:.3f} {self.recall:.3f} {self.f1:.3f}"


def b_cubed(true: Clusters, found: Clusters) -> Figures:
    """B³ of the found clusters over the items of `true`.

    >>> str(b_cubed({("a", ""): 1, ("b", ""): 1}, {("a", ""): 1, ("b", ""): 2}))
    '1.000 0.500 0.667'
    """
    groups = [_groups({item: of[item] for item in true}) for of in (true, found)]
    right = {item: len(groups[0][true[item]] & groups[1][found[item]]) for item in true}
    precision = sum(right[i] / len(groups[1][found[i]]) for i in true) / max(len(true), 1)
    recall = sum(right[i] / len(groups[0][true[i]]) for i in true) / max(len(true), 1)
    return Figures(precision, recall)


def pairs(true: Clusters, found: Clusters) -> Figures:
    """Precision and recall of the pairs of items that are in one cluster."""
    one, other = (
        {p for g in _groups(of).values() for p in combinations(sorted(g), 2)} for of in (true, found)
    )
    right = len(one & other)
    return Figures(right / max(len(other), 1), right / max(len(one), 1))


def _groups(clusters: Clusters) -> Mapping[Hashable, set[Item]]:
    found: dict[Hashable, set[Item]] = defaultdict(set)
    for item, cluster in clusters.items():
        found[cluster].add(item)
    return found


def main_event(facts: ArticleFacts) -> Event | None:
    """The protest that the article is mostly about."""
    protests = [v for v in facts.events if v.type in PROTEST_EVENTS and v.triggers]
    return min(protests, key=lambda v: (_is_past(facts, v), v.type == "Riot", *_told(v)), default=None)


def most_told(facts: ArticleFacts) -> Event | None:
    """The protest with the most triggers, of several the one that is named first."""
    return min((v for v in facts.events if v.type in PROTEST_EVENTS and v.triggers), key=_told, default=None)


def _told(event: Event) -> tuple[int, int, str]:
    return -len(event.triggers), min(event.triggers).start, event.id


def _is_past(facts: ArticleFacts, event: Event) -> bool:
    """Whether it began more than a fortnight before the article appeared: what that is about came of it."""
    start, published = event.start.value if event.start else "", facts.article.published
    if not published or not start or start.startswith("--"):
        return False
    if len(start) < len(published):
        return not published.startswith(start)
    return (date.fromisoformat(published) - date.fromisoformat(start)).days > NEWS_DAYS


def facts_of(gold: Json) -> ArticleFacts:
    """The gold facts as extraction would give them; words stand where they first do, and are the evidence."""
    made = article(gold)
    text = made.content

    def span(words: str) -> Span:
        start, end = next(occurrences(text, words), (0, len(words)))
        return Span(start, end, words)

    def why(words: str) -> Evidence:
        return Evidence(span(words), "gold", 1.0)

    def event(v: Json) -> Event:
        roles = [(role, entity) for role in ROLES for entity in v[role]]
        first = v["triggers"][0]
        start, end = (
            When(v[d], span(first), "stated", why(first)) if v[d] else None for d in ("start", "end")
        )
        return Event(
            v["id"], v["type"], v["status"], tuple(map(span, v["triggers"])), why(first), start, end,
            tuple(Argument(role, entity, why(first)) for role, entity in roles),
        )  # fmt: skip

    a = gold["article"]
    return ArticleFacts(
        Source(a["id"], a["lang"], a["title"], a.get("source"), a.get("url"), a.get("published")),
        tuple(
            Entity(e["id"], e["type"], e["name"], tuple(map(span, e["mentions"])), why(e["mentions"][0]))
            for e in gold["entities"]
        ),
        tuple(
            Position(p["person"], span(p["title"]), p["organization"], why(p["title"]))
            for p in gold["positions"]
        ),
        tuple(map(event, gold["events"])),
        tuple(
            Link(k["source"], k["type"], k["target"], why(gold["article"]["title"])) for k in gold["links"]
        ),
    )


class Truth:
    """What entities of gold mean, as `same.tsv` says."""

    def __init__(self) -> None:
        self.rules: dict[Item, list[tuple[frozenset[str], str]]] = defaultdict(list)
        with SAME.open(encoding="utf-8") as file:
            rows = csv.DictReader((line for line in file if not line.startswith("#")), delimiter="\t")
            for row in rows:
                articles = frozenset((row["articles"] or "").split())
                self.rules[row["family"], row["name"]].append((articles, row["thing"]))

    def thing(self, id: str, entity: Entity) -> str:
        """What an article's entity means."""
        name = key(entity.name)
        for articles, thing in self.rules.get((family(entity.type), name), ()):
            if not articles or id in articles:
                return thing
        if is_description(entity) and entity.type not in NAMED_TYPES:
            return f"{name} in {id}"
        return name


def entities(facts: Iterable[ArticleFacts], of: str) -> dict[Item, Entity]:
    """The persons or organisations."""
    return {(f.article.id, e.id): e for f in facts for e in f.entities if family(e.type) == of}


def aligned(gold: ArticleFacts, found: ArticleFacts) -> dict[str, str]:
    """Id of an entity found → id of the entity of gold that it is."""
    plain = [jsonlines.to_json(f)["entities"] for f in (gold, found)]
    for entity in (e for side in plain for e in side):
        entity["mentions"] = [m["text"] for m in entity["mentions"]]
    return {plain[1][j]["id"]: plain[0][i]["id"] for i, j in match(*plain, _alike, ALIKE).items()}


def _alike(gold: Json, found: Json) -> float:
    """How alike the most alike names of two entities of one family are."""
    if family(gold["type"]) != family(found["type"]):
        return 0.0
    return max(names_alike(a, b) for a in gold["mentions"] for b in found["mentions"])


def plain_event(facts: ArticleFacts, event: Event | None) -> Hashable:
    """What makes two events one for the baseline; incomplete ones are of their own."""
    names = {e.id: key(e.name) for e in facts.entities}
    place = next((names[p] for p in event.entities("places")), None) if event else None
    if not event or not place or not event.start:
        return facts.article.id
    return event.type, place, event.start.value


def report(name: str, figures: Mapping[str, Figures]) -> None:
    """Print some figures under a name."""
    for what, found in figures.items():
        print(f"{name:42} {what:10} {found}")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("gold", nargs="+", type=Path)
    parser.add_argument("--facts", type=Path, help="facts that were read from the articles, to link instead")
    parser.add_argument("--nothing-known", action="store_true", help="link without the knowledge base")
    parser.add_argument("--errors", action="store_true", help="print what was joined or parted wrongly")
    args = parser.parse_args()
    gold = {g["article"]["id"]: g for g in read(args.gold)}
    true_facts = {id: facts_of(g) for id, g in gold.items()}
    facts = true_facts
    if args.facts:
        with args.facts.open(encoding="utf-8") as file:
            facts = {f.article.id: f for f in jsonlines.read(file) if f.article.id in gold}
    linked = link(facts.values(), KnowledgeBase() if args.nothing_known else load())
    to = {(r.article, r.id): r.path for r in linked.references}
    print(f"{len(facts)} articles, {len(linked.things)} things, {len(linked.happenings)} events; P R F1")
    _events({id: g["article"].get("story") for id, g in gold.items() if id in facts}, facts, to, args.errors)
    _entities(true_facts, facts, to, args.errors)


def _events(
    stories: Mapping[str, str | None], facts: Mapping[str, ArticleFacts], to: Mapping[Item, str], errors: bool
) -> None:
    true = {(id, ""): story or id for id, story in stories.items()}
    told = {item: story for item, story in true.items() if stories[item[0]]}
    for name, choose in (("most triggers alone", most_told), ("main event", main_event)):
        mains = {id: choose(f) for id, f in facts.items()}
        found = {(id, ""): to[id, v.id] if (v := mains[id]) else id for id in stories}
        plain = {(id, ""): plain_event(facts[id], mains[id]) for id in stories}
        for which, some in ((f"{len(told)} of stories", told), (f"all {len(true)}", true)):
            figures = {"linked": b_cubed(some, found), "baseline": b_cubed(some, plain)}
            report(f"{name}, {which}", figures)
    if errors:
        for story, items in sorted(_groups(told).items(), key=str):
            print(" ", story, Counter(str(found[i]) for i in sorted(items)))


def _entities(
    gold: Mapping[str, ArticleFacts], facts: Mapping[str, ArticleFacts], to: Mapping[Item, str], errors: bool
) -> None:
    truth = Truth()
    meant = {(i, j): k for i in facts for j, k in aligned(gold[i], facts[i]).items()}
    for of in FAMILIES:
        known = entities(gold.values(), of)
        some = {
            item: e for item, e in entities(facts.values(), of).items() if (item[0], meant.get(item)) in known
        }
        true = {item: truth.thing(item[0], known[item[0], meant[item]]) for item in some}
        found = {item: to[item] for item in some}
        plain = {item: key(e.name) for item, e in some.items()}
        report(f"pairs of {len(some)} {of}s", {"linked": pairs(true, found), "baseline": pairs(true, plain)})
        if errors:
            _differences(true, found, some)


def _differences(true: Clusters, found: Clusters, items: Mapping[Item, Entity]) -> None:
    one, other = (
        {p for g in _groups(of).values() for p in combinations(sorted(g), 2)} for of in (true, found)
    )
    for sign, wrong in (("missed", one - other), ("wrong", other - one)):
        names = Counter(tuple(sorted((items[a].name, items[b].name))) for a, b in sorted(wrong))
        for (a, b), n in names.most_common(40):
            print(f"  {sign} {n} {a} = {b}")


if __name__ == "__main__":
    main()
