"""How many facts of an article are right, in gold and found, per kind of fact.

What is matched, always one to one and the most alike first:

- entities: of the same coarse kind (person, place, group, organisation), with two names alike.
- events: of the same family; likeness from type, triggers, places and actors, at least 0.45.
- the rest is counted on matched entities and events; what hangs on an unmatched one is missed or made up.
  Dates and statuses must be equal, numbers within 1 %, texts share half of their words (token F1).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass, field
from typing import Any

from alike import ALIKE, close, match, names_alike, normal, token_f1
from gold import Json

from kg.facts import PROTEST_EVENTS, ROLES

HEADLINE = (
    "entity", "entity type", "names", "position", "event", "event type", "date", "places", "organizers",
    "participants", "targets", "crowd", "count", "demand", "slogan", "link", "statement", "stance",
)  # fmt: skip
SAME_EVENT = 0.45
SAME_TEXT = 0.5
COARSE = {"Person": "person", "Place": "place", "Group": "group"}
Rows = dict[str, tuple[int, int, int]]
Alike = Callable[[Json, Json], float]


def score(gold: Json, found: Json) -> Rows:
    """Kind of fact → how many are right, in gold, and found, for one article; `found` may be empty."""
    return _Scoring(gold, found).rows()


def right(gold: Json, found: Json) -> set[int]:
    """The `id()` of every fact in `found`, as `kg.jsonlines.to_json` gives them, that gold has too."""
    scoring = _Scoring(gold, found)
    scoring.rows()
    return scoring.right


@dataclass
class _Scoring:
    gold: Json
    found: Json
    tally: defaultdict[str, list[int]] = field(default_factory=lambda: defaultdict(lambda: [0, 0, 0]))
    entity: dict[str, str] = field(default_factory=dict)  # id in gold → id in found
    event: dict[str, str] = field(default_factory=dict)
    right: set[int] = field(default_factory=set)  # id() of facts found

    def rows(self) -> Rows:
        self._entities()
        self._positions()
        self._events()
        self._links()
        self._statements()
        self._stances()
        return {row: (right, gold, found) for row, (right, gold, found) in self.tally.items()}

    def _lists(self, key: str) -> tuple[list[Json], list[Json]]:
        return self.gold.get(key, []), self.found.get(key, [])

    def _add(self, row: str, right: int, gold: int, found: int) -> None:
        for i, number in enumerate((right, gold, found)):
            self.tally[row][i] += number

    def _same(self, gold: str | None, found: str | None) -> bool:
        """Whether two ids, or their absence, mean one entity."""
        return gold == found if gold is None or found is None else self.entity.get(gold) == found

    def _entities(self) -> None:
        gold, found = self._lists("entities")
        matched = match(gold, found, _entities_alike, ALIKE)
        pairs = [(gold[i], found[j]) for i, j in matched.items()]
        self.entity = {g["id"]: f["id"] for g, f in pairs}
        self._add("entity", len(pairs), len(gold), len(found))
        self.right |= {id(f) for _, f in pairs}
        self._add("entity type", sum(g["type"] == f["type"] for g, f in pairs), len(gold), len(found))
        right = sum(len(_names(g).keys() & _names(f).keys()) for g, f in pairs)
        self._add("names", right, sum(len(_names(g)) for g in gold), sum(len(_names(f)) for f in found))

    def _positions(self) -> None:
        gold, found = self._lists("positions")

        def alike(g: Json, f: Json) -> float:
            return token_f1(g["title"], f["title"]) if self._same(g["person"], f["person"]) else 0.0

        matched = match(gold, found, alike, SAME_TEXT)
        self._add("position", len(matched), len(gold), len(found))
        self.right |= {id(found[j]) for j in matched.values()}
        bodies = [(gold[i].get("organization"), found[j].get("organization")) for i, j in matched.items()]
        right = sum(self._same(g, f) for g, f in bodies)
        self._add("position organization", right, len(gold), len(found))

    def _events(self) -> None:
        gold, found = self._lists("events")
        pairs = [(gold[i], found[j]) for i, j in match(gold, found, self._events_alike, SAME_EVENT).items()]
        self.event = {g["id"]: f["id"] for g, f in pairs}
        self._add("event", len(pairs), len(gold), len(found))
        self.right |= {id(f) for _, f in pairs}
        protests = [sum(map(_is_protest, events)) for events in ([g for g, _ in pairs], gold, found)]
        self._add("protest event", protests[0], protests[1], protests[2])
        for row, key in (("event type", "type"), ("status", "status")):
            self._add(row, sum(g.get(key) == f.get(key) for g, f in pairs), len(gold), len(found))
        matched = {g["id"]: f for g, f in pairs}
        for event in gold:
            self._details(event, matched.get(event["id"], {}))
        for event in found:
            self._made_up(event)

    def _events_alike(self, gold: Json, found: Json) -> float:
        same_type = gold["type"] == found["type"]
        if _is_protest(gold) != _is_protest(found) or not (same_type or _is_protest(gold)):
            return 0.0
        likeness = 0.35 if same_type else 0.2
        ours, theirs = ([normal(_text(t)) for t in event.get("triggers", [])] for event in (gold, found))
        if any(a == b or token_f1(a, b) >= SAME_TEXT for a in ours for b in theirs):
            likeness += 0.3
        for roles, weight in ((("places",), 0.15), (("organizers", "participants", "targets"), 0.2)):
            a = {self.entity.get(x, x) for role in roles for x in gold.get(role, [])}
            b = {x for role in roles for x in found.get(role, [])}
            likeness += weight * (2 * len(a & b) / (len(a) + len(b)) if a or b else 0.5)
        return likeness + (0.05 if gold.get("start") and gold.get("start") == found.get("start") else 0)

    def _details(self, gold: Json, found: Json) -> None:
        """What a gold event holds, and how much of it its match has."""
        for row, key in DATES.items():
            given = gold.get(key)
            same = bool(given) and given == found.get(key)
            self._add(row, int(same), int(bool(given)), 0)
            if same:
                self.right.add(id(found.get("dates", {}).get(key)))
        for role in ROLES:
            a = {self.entity.get(x, ("unmatched", x)) for x in gold.get(role, [])}
            self._add(role, len(a & set(found.get(role, []))), len(a), 0)
            arguments = found.get("arguments", [])
            self.right |= {id(f) for f in arguments if f["role"] == role and f["entity"] in a}
        for row, (key, alike) in self._parts().items():
            said = gold.get(key, [])
            least = 1.0 if key in ("crowds", "counts") else SAME_TEXT
            matched = match(said, found.get(key, []), alike, least)
            self._add(row, len(matched), len(said), 0)
            if row == NAMED[key]:
                self.right |= {id(found[key][j]) for j in matched.values()}

    def _made_up(self, found: Json) -> None:
        """What a found event holds, right or not."""
        for row, key in DATES.items():
            self._add(row, 0, 0, int(bool(found.get(key))))
        for role in ROLES:
            self._add(role, 0, 0, len(set(found.get(role, []))))
        for row, (key, _) in self._parts().items():
            self._add(row, 0, 0, len(found.get(key, [])))

    def _parts(self) -> dict[str, tuple[str, Alike]]:
        """Row → the list of an event that it counts, and how alike two members are."""

        def source(g: Json, f: Json) -> float:
            a, b = g.get("source"), f.get("source")
            return _bounds_alike(g, f) if a == b or self._same(a, b) else 0.0

        return {
            "crowd": ("crowds", _bounds_alike),
            "crowd source": ("crowds", source),
            "count": ("counts", lambda g, f: _bounds_alike(g, f) if g["kind"] == f["kind"] else 0.0),
            "demand": ("demands", _texts_alike),
            "demand polarity": (
                "demands", lambda g, f: _texts_alike(g, f) if _polarity(g) == _polarity(f) else 0.0,
            ),
            "slogan": ("slogans", _texts_alike),
        }  # fmt: skip

    def _links(self) -> None:
        gold, found = self._lists("links")
        event = self.event
        a = {
            (event.get(k["source"], ("unmatched", k["source"])), k["type"], event.get(k["target"]))
            for k in gold
        }
        b = {(k["source"], k["type"], k["target"]) for k in found}
        self._sets("link", a, len(a), b)
        self.right |= {id(k) for k in found if (k["source"], k["type"], k["target"]) in a}

    def _statements(self) -> None:
        gold, found = self._lists("statements")

        def alike(g: Json, f: Json) -> float:
            return token_f1(g["text"], f["text"]) if self._same(g["speaker"], f["speaker"]) else 0.0

        matched = match(gold, found, alike, SAME_TEXT)
        self._add("statement", len(matched), len(gold), len(found))
        self.right |= {id(found[j]) for j in matched.values()}

    def _stances(self) -> None:
        gold, found = self._lists("stances")
        known: dict[str, Any] = self.event | self.entity
        a = {(self.entity.get(z["holder"]), known.get(z["target"], ("unmatched", z["target"])), z["polarity"])
             for z in gold}  # fmt: skip
        self._sets("stance", a, len(gold), {(z["holder"], z["target"], z["polarity"]) for z in found})
        self.right |= {id(z) for z in found if (z["holder"], z["target"], z["polarity"]) in a}

    def _sets(self, row: str, a: Iterable[Hashable], gold: int, b: Iterable[Hashable]) -> None:
        self._add(row, len(set(a) & set(b)), gold, len(set(b)))


DATES = {"date": "start", "end date": "end"}
NAMED = {"crowds": "crowd", "counts": "count", "demands": "demand", "slogans": "slogan"}


def _text(said: Json | str) -> str:
    return str(said["text"]) if isinstance(said, dict) else said


def _polarity(demand: Json | str) -> str:
    return str(demand.get("polarity", "for")) if isinstance(demand, dict) else "for"


def _names(entity: Json) -> dict[str, str]:
    """Normalised name → name, the entity's own and its mentions."""
    every = [entity.get("name"), *map(_text, entity.get("mentions", []))]
    return {normal(name): name for name in reversed(every) if name}


def _is_protest(event: Json) -> bool:
    return event["type"] in PROTEST_EVENTS


def _entities_alike(gold: Json, found: Json) -> float:
    kinds = [COARSE.get(e["type"], "organisation") for e in (gold, found)]
    if kinds[0] != kinds[1]:
        return 0.0
    pairs = ((a, b) for a in _names(gold).values() for b in _names(found).values())
    return max((names_alike(a, b) for a, b in pairs), default=0.0)


def _bounds_alike(gold: Json, found: Json) -> float:
    return float(all(close(gold.get(bound), found.get(bound)) for bound in ("low", "high")))


def _texts_alike(gold: Json | str, found: Json | str) -> float:
    return token_f1(_text(gold), _text(found))
