"""Writes a generated graph of the shape that real articles give, as N-Quads: the same each time.

    python bench/graphs.py graph.nq [--triples 2000000]

An article has what the first 366 of `training/articles` have in the mean (`ENTITIES`, `EVENTS`,
`MEANS`): 21 entities, 9 events, 30 sentences, 25 participations, 6 statements; 1,280 triples. What those,
each of which stands for itself, do not tell is set here:

- Articles come in stories. So many articles tell a story that k of them are as likely as 1/k², at most 200.
- Two in five events of an article are the story's own, of which the first are told most; the others its own.
- Three in ten entities are known to all and drawn by Zipf's law out of two an article of the corpus: a
  handful stand in every third article. As many belong to the story, and the rest, and groups without a
  name, to the article alone. So an event that 200 articles tell has hundreds of actors.

What articles report is made as facts and becomes quads by `kg.quads`; the linking is known, not found.
"""

from __future__ import annotations

import argparse
import math
import random
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any

from kg import terms
from kg.facts import (
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
    Role,
    Slogan,
    Source,
    Span,
    Stance,
    Statement,
    When,
)
from kg.link import Happening, Linked, Reference, Thing
from kg.quads import Quad, article_quads, quads
from kg.quads.lines import nquads
from kg.quads.world import World

SEED = 7
TRIPLES = 1280
"""In an article's graph, and what it adds to the others."""
BLOCK = 100
"""Articles that are made at a time, at least."""
LONGEST_STORY = 200

ENTITIES = {
    "Place": 2634, "Person": 1412, "Group": 1366, "GovernmentBody": 830, "Association": 407, "Union": 268,
    "Company": 200, "Party": 183, "Organization": 178, "Ministry": 90, "Media": 87,
}  # fmt: skip
EVENTS = {
    "PolicyMeasure": 466, "Demonstration": 356, "LegalAction": 314, "Strike": 293, "March": 249,
    "Meeting": 243, "PoliceIntervention": 213, "Blockade": 192, "Arrest": 191, "OtherProtest": 172,
    "Attack": 159, "Riot": 149, "Occupation": 125, "Vigil": 94, "Election": 60,
}  # fmt: skip
STATUSES = {"occurred": 2638, "planned": 565, "cancelled": 73}
ROLES: dict[Role, float] = {
    "places": 1.06, "participants": 1.02, "targets": 0.48, "organizers": 0.22, "absent": 0.04,
}  # fmt: skip
MEANS = {
    "mentions": 0.23, "triggers": 0.67, "crowds": 0.25, "counts": 0.15, "demands": 0.23, "slogans": 0.05,
    "positions": 3.3, "links": 4.8, "statements": 6.4, "stances": 1.5,
}  # fmt: skip
"""How many there are of an entity (mentions but the first), of an event, and of an article."""
NAMING = 0.26  # of the statements, those whose words name somebody or some place
FOLDERS = {"Place": "place", "Person": "person", "Group": "group"}
SYLLABLES = ("ba", "cor", "del", "fen", "gar", "hol", "lim", "mar", "nor", "pel", "rus", "sol", "tan", "vel")
TEXT = """
    the of to and in a on for that said with by from workers police government protest march union people
    against after over pay reform city centre thousands demand talks strike minister called leaders arrested
    court week
"""
WORDS = TEXT.split()


@dataclass(slots=True)
class Story:
    """What a run of articles share: who is in it, what happens, and what has come of it so far."""

    number: int
    articles: range
    draw: random.Random
    day: int = 0
    cast: list[Thing] = field(default_factory=list)
    events: list[Happening] = field(default_factory=list)
    things: dict[str, Thing] = field(default_factory=dict)
    happenings: dict[str, Happening] = field(default_factory=dict)
    references: list[Reference] = field(default_factory=list)


def all_quads(triples: int) -> Iterator[Quad]:
    """The graph; `triples` is met within a few per cent."""
    articles = max(triples // TRIPLES, 1)
    for block in blocks(articles):
        yield from of_block(articles, block)
    yield from of_all(articles)


def lines(triples: int, *, workers: int = 2) -> Iterator[str]:
    """The same as lines of N-Quads, in pieces of many lines; in no more memory however large."""
    articles = max(triples // TRIPLES, 1)
    with ProcessPoolExecutor(workers) as pool:
        yield from pool.map(partial(_piece, articles), blocks(articles))
    yield from nquads(of_all(articles))


def of_all(articles: int) -> Iterator[Quad]:
    """The quads of the actors and places that all articles know, and of the ontology."""
    for number in range(2 * articles):
        yield from World(Linked((known(number),), (), ()), terms.base()).of_all()
    yield from quads([], Linked((), (), ()))


def blocks(articles: int) -> Iterator[tuple[range, ...]]:
    """The articles of each story by their numbers, `BLOCK` or more together."""
    draw = random.Random(SEED)
    block: list[range] = []
    start = 0
    while start < articles:
        length = min(int(1 / (1 - draw.random())), LONGEST_STORY, articles - start)
        block.append(range(start, start + length))
        start += length
        if start - block[0].start >= BLOCK or start == articles:
            yield tuple(block)
            block = []


def _piece(articles: int, block: Sequence[range]) -> str:
    return "".join(nquads(of_block(articles, block)))


def of_block(articles: int, block: Sequence[range]) -> Iterator[Quad]:
    """The quads of a block's stories, in a corpus of so many articles."""
    for numbers in block:
        story = Story(numbers.start, numbers, random.Random(f"{SEED}/{numbers.start}"))
        _begin(story)
        told = [_Article(n, story, articles).facts() for n in numbers]
        linked = Linked(
            tuple(story.things.values()), tuple(story.happenings.values()), tuple(story.references)
        )
        world = World(linked, terms.base())
        for facts in told:
            yield from article_quads(facts)
            yield from world.of_article(facts)
        yield from world.of_all()


def known(number: int) -> Thing:
    """An actor or place that all articles know, the same for a number."""
    draw = random.Random(f"{SEED}/known/{number}")
    return _thing(_one_of(draw, {k: n for k, n in ENTITIES.items() if k != "Group"}), f"k{number}", draw)


def _begin(story: Story) -> None:
    draw, size = story.draw, len(story.articles)
    story.day = draw.randrange(3650)
    kinds = {k: n for k, n in ENTITIES.items() if k != "Group"}
    story.cast = [
        _thing(_one_of(draw, kinds), f"s{story.number}-{n}", draw)
        for n in range(8 + int(5 * math.sqrt(size)))
    ]
    for n in range(2 + int(2 * math.sqrt(size))):
        place = draw.choice([t for t in story.cast if t.type == "Place"] or story.cast)
        story.events.append(_happening(story, f"s{story.number}-{n}", place))


def _happening(story: Story, name: str, place: Thing) -> Happening:
    draw = story.draw
    start = _day(story.day + draw.randrange(60)) if draw.random() < 0.74 else None
    return Happening(
        f"event/{name}",
        _one_of(draw, EVENTS),
        _one_of(draw, STATUSES),
        start,
        None,
        (place.label,),
        "protest",
    )


class _Article:
    """Draws what one article reports."""

    def __init__(self, number: int, story: Story, articles: int) -> None:
        self.number = number
        self.story = story
        self.draw = story.draw
        self.articles = articles
        self.id = f"a{number}"
        self.at = count(0, 200)  # where the next words stand
        self.names: list[Span] = []
        self.sentences = [self._words(self._sentence()) for _ in range(30)]

    def facts(self) -> ArticleFacts:
        draw = self.draw
        entities = tuple(self._entity(n) for n in range(max(5, round(draw.gauss(21, 5)))))
        by_kind = {
            kind: [e.id for e in entities if (e.type == "Place") == (kind == "places")]
            for kind in ("places", "actors")
        }
        actors = by_kind["actors"] or ["e0"]
        events = tuple(self._event(n, by_kind) for n in range(max(1, round(draw.gauss(9, 3)))))
        ids = [v.id for v in events]
        day = _day(self.story.day + draw.randrange(60))
        return ArticleFacts(
            Source(self.id, "en", self._sentence()[:60], f"outlet-{draw.randrange(40)}.example", None, day),
            entities,
            self._many("positions", lambda: self._position(actors)),
            events,
            self._many("links", lambda: self._link(ids)),
            self._many("statements", lambda: self._statement(actors)),
            self._many("stances", lambda: self._stance(actors, ids)),
        )

    def _position(self, actors: list[str]) -> Position:
        where = self.draw.choice([*actors, None])
        return Position(self.draw.choice(actors), self._words(self._sentence()[:20]), where, self._why())

    def _link(self, events: list[str]) -> Link:
        kind = self.draw.choice(("triggered", "part_of", "response_to"))
        return Link(self.draw.choice(events), kind, self.draw.choice(events), self._why())

    def _statement(self, actors: list[str]) -> Statement:
        kind = self.draw.choice(("direct", "indirect"))
        said = self._words(self._sentence()[:56])
        if self.draw.random() < NAMING:
            name = self.draw.choice(self.names)
            said = Span(name.start - 8, name.start + 48, said.text)
        return Statement(self.draw.choice(actors), kind, said, self._why())

    def _stance(self, actors: list[str], events: list[str]) -> Stance:
        side = self.draw.choice(("support", "oppose"))
        return Stance(self.draw.choice(actors), self.draw.choice([*actors, *events]), side, self._why())

    def _entity(self, n: int) -> Entity:
        thing, draw = self._who(n), self.draw
        self.story.references.append(Reference(self.id, f"e{n}", thing.path, 0.9, "same name"))
        names = [thing.label, *(thing.label.split()[-1] for _ in range(_number(draw, MEANS["mentions"])))]
        spans = tuple(map(self._words, names))
        self.names += spans
        return Entity(f"e{n}", thing.type, thing.label, spans, self._why())  # type: ignore[arg-type]

    def _who(self, n: int) -> Thing:
        draw, chance = self.draw, self.draw.random()
        if chance < 0.3:
            return known(int((2 * self.articles) ** draw.random()) - 1)
        is_shared = chance < 0.6
        thing = (
            draw.choice(self.story.cast)
            if is_shared
            else _thing(_one_of(draw, ENTITIES), f"{self.id}-{n}", draw)
        )
        return self.story.things.setdefault(thing.path, thing)

    def _event(self, n: int, of_kind: dict[str, list[str]]) -> Event:
        draw = self.draw
        if draw.random() < 0.4:
            told = self.story.events[int(len(self.story.events) ** draw.random()) - 1]
        else:
            told = _happening(self.story, f"{self.id}-{n}", draw.choice(self.story.cast))
        h = self.story.happenings.setdefault(told.path, told)
        self.story.references.append(Reference(self.id, f"v{n}", h.path, 0.8, "same type, place and day"))
        start = h.start if draw.random() < 0.9 else _day(self.story.day + draw.randrange(60))
        arguments = {
            (role, draw.choice(of_kind["places" if role == "places" else "actors"] or ["e0"]))
            for role, mean in ROLES.items()
            for _ in range(_number(draw, mean))
        }
        return Event(
            f"v{n}", h.type, h.status,  # type: ignore[arg-type]
            tuple(self._words(w) for w in ["protest", *["march"] * _number(draw, MEANS["triggers"])]),
            self._why(),
            self._when(start) if start else None,
            None,
            tuple(Argument(role, entity, self._why()) for role, entity in sorted(arguments)),
            self._many("crowds", lambda: self._crowd(of_kind["actors"])),
            self._many("counts", self._count),
            self._many("demands", lambda: Demand(
                self._words(self._sentence()[:34]), draw.choice(("for", "against")), self._why())),
            self._many("slogans", lambda: Slogan(self._words(self._sentence()[:20]), self._why())),
        )  # fmt: skip

    def _when(self, day: str) -> When:
        basis = self.draw.choice(("stated", "relative", "inferred"))
        return When(day, self._words("on Monday"), basis, self._why())

    def _crowd(self, actors: Sequence[str]) -> Crowd:
        low = int(10 ** self.draw.uniform(1, 6))
        source = self.draw.choice([None, None, None, *actors[:1], "police", "organisers"])
        return Crowd(low, self.draw.choice((None, low)), source, self._words(f"{low:,}"), self._why())

    def _count(self) -> Count:
        number = self.draw.randint(1, 300)
        kind, who = (
            self.draw.choice(("killed", "injured", "arrested")),
            self.draw.choice(("protesters", None)),
        )
        return Count(kind, number, number, who, self._words(str(number)), self._why())  # type: ignore[arg-type]

    def _many(self, of: str, one: Any) -> tuple[Any, ...]:
        return tuple(one() for _ in range(_number(self.draw, MEANS[of])))

    def _why(self) -> Evidence:
        return Evidence(self.draw.choice(self.sentences), "kg_roles", round(self.draw.random(), 2))

    def _words(self, words: str) -> Span:
        start = next(self.at)
        return Span(start, start + len(words), words)

    def _sentence(self) -> str:
        return " ".join(self.draw.choices(WORDS, k=22)).capitalize()


def _thing(type_: str, id: str, draw: random.Random) -> Thing:
    label = (
        f"{_word(draw)} {_word(draw)}" if type_ != "Group" else f"{draw.choice(WORDS)} {draw.choice(WORDS)}"
    )
    others = (f"{label} {id}",) if draw.random() < 0.25 else ()
    return Thing(f"{FOLDERS.get(type_, 'organization')}/{id}", type_, label, others)


def _word(draw: random.Random) -> str:
    return "".join(draw.choices(SYLLABLES, k=3)).capitalize()


def _day(number: int) -> str:
    """A day of ten years of twelve months of 28 days."""
    return f"{2015 + number // 336}-{number // 28 % 12 + 1:02}-{number % 28 + 1:02}"


def _one_of(draw: random.Random, weights: dict[str, int]) -> Any:
    return draw.choices(list(weights), list(weights.values()))[0]


def _number(draw: random.Random, mean: float) -> int:
    """How many, so many in the mean, by the geometric distribution."""
    return int(math.log(1 - draw.random()) / math.log(mean / (1 + mean)))


def write(file: Path, triples: int) -> None:
    """Write the graph to a file of N-Quads."""
    with file.open("w", encoding="utf-8") as opened:
        opened.writelines(lines(triples))


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("file", type=Path)
    parser.add_argument("--triples", type=int, default=2_000_000)
    args = parser.parse_args()
    write(args.file, args.triples)


if __name__ == "__main__":
    main()
