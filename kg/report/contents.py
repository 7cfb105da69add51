"""What a report shows, as plain data: lists and dictionaries that become JSON.

    version     of kg
    articles    [title, outlet, day, address], sorted by day, title and id
    sentences   [article, words], by article and place in it
    things      [key, type, label, other names, more] of actors, places and events; `more` is what a kind has
    facts       [kind, subject, relation, object, words, sentence, confidence, low, high, detail]
    nodes       [thing, x, y, degree, strength, betweenness, community]
    edges       [source, target, kind, directed, weight, articles, sentences, first, last], ends being nodes
    types       class → [label, colour or None, family], family being one of `FAMILIES`
    outline     of the countries around the places (`kg.report.outline`)
    shown       [shown, all] of actors in the network, ties and facts

Whatever refers to an article, sentence or thing is its number in that list; None is written where there is
nothing. Everything takes time and room linear in the graph; what is above a limit is left out and counted.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import networkx as nx

from kg import __version__, vocabulary
from kg.export.appearance import colour
from kg.query import Value, load, select
from kg.report.outline import outline
from kg.report.ties import ties
from kg.store import Store
from kg.terms import protest, supertypes

FOLDER = "report"
MOST_FACTS = 100_000
"""So many facts at most; those about what most articles report are kept."""
FAMILIES: Mapping[str, str] = {
    "Actor": "actor",
    "Place": "place",
    "ProtestEvent": "protest",
    "ContextEvent": "context",
}
LANGUAGE = "en"

Row = dict[str, Value]
_MORE = ("status", "start", "end", "latitude", "longitude", "precision")
_REPORTS = ("EntityReport", "EventReport")
_FACTS = ("reports", "roles", "details", "voices")
_OF_A_FACT = (
    *("kind", "subject", "relation", "object", "words"),
    *("low", "high", "detail", "sentence", "confidence"),
)


@dataclass(frozen=True, slots=True)
class _Rows:
    """The answers of `queries/report/`; sorted, so that a store's order does not matter."""

    articles: list[Row]
    sentences: list[Row]
    things: list[Row]
    names: list[Row]
    facts: list[Row]


def gather(store: Store, network: nx.MultiDiGraph) -> dict[str, Any]:
    """The contents of the report on a graph and its network of actors (`kg.network.build`)."""
    rows = _asked(store)
    facts = _strongest(rows.facts)
    spoken_of = {str(f[end]) for f in facts for end in ("subject", "object") if f[end]}
    shown_ties = ties(network, select(store, load("offices", "networks")))
    things = [t for t in rows.things if t["thing"] in spoken_of or t["thing"] in shown_ties.nodes]
    number = _numbers(t["thing"] for t in things)
    article = _numbers(a["article"] for a in rows.articles)
    used = {f["sentence"] for f in facts}
    sentences = [s for s in rows.sentences if s["sentence"] in used]
    sentences.sort(key=lambda s: (article[s["article"]], s["begin"]))
    sentence = _numbers(s["sentence"] for s in sentences)
    return {
        "version": __version__,
        "articles": [[a["title"], a["publisher"], a["published"], a["url"]] for a in rows.articles],
        "sentences": [[article[s["article"]], s["text"]] for s in sentences],
        "things": _things(things, rows.names),
        "facts": [_fact(f, number, sentence) for f in facts],
        "nodes": [[number[iri], *values] for iri, values in shown_ties.nodes.items()],
        "edges": shown_ties.edges,
        "types": types(str(t["type"]) for t in things),
        "outline": outline(
            (_number(t["longitude"]), _number(t["latitude"])) for t in things if t["latitude"] is not None
        ),
        "shown": {**shown_ties.shown, "facts": [len(facts), len(rows.facts)]},
    }


def _asked(store: Store) -> _Rows:
    asked = {
        name: select(store, load(name, FOLDER))
        for name in ("articles", "sentences", "things", "names", *_FACTS)
    }
    facts = [{c: row.get(c) for c in _OF_A_FACT} for name in _FACTS for row in asked.pop(name)]
    asked["articles"].sort(key=lambda a: (str(a["published"] or "~"), str(a["title"]), str(a["id"])))
    for name, key in (("sentences", "sentence"), ("things", "thing")):
        asked[name].sort(key=lambda row: str(row[key]))
    asked["names"].sort(key=lambda n: (str(n["thing"]), str(n["name"])))
    facts.sort(key=lambda f: tuple(map(str, f.values())))
    return _Rows(**asked, facts=facts)


def _strongest(facts: list[Row]) -> list[Row]:
    """The facts, or `MOST_FACTS` of them: those about what most articles report."""
    if len(facts) <= MOST_FACTS:
        return facts
    reports = Counter(str(f["subject"]) for f in facts if f["kind"] in _REPORTS)
    subjects = [str(f["subject"]) for f in facts]
    ranked = sorted(range(len(facts)), key=lambda i: (-reports[subjects[i]], subjects[i], i))
    return [facts[i] for i in sorted(ranked[:MOST_FACTS])]


def _things(things: Iterable[Row], named: Iterable[Row]) -> list[list[Any]]:
    names: dict[Value, list[str]] = defaultdict(list)
    for row in named:
        names[row["thing"]].append(str(row["name"]))
    return [
        [
            "/".join(str(t["thing"]).rsplit("/", 2)[1:]),
            t["type"],
            t["label"],
            [name for name in dict.fromkeys(names[t["thing"]]) if name != t["label"]],
            {key: _plain(t[key]) for key in _MORE if t[key] is not None},
        ]
        for t in things
    ]


def _fact(row: Row, number: Mapping[Value, int], sentence: Mapping[Value, int]) -> list[Any]:
    """The fact with numbers for what it refers to; nothing at its end is left out."""
    fact = [
        row["kind"],
        number[row["subject"]],
        row["relation"],
        number.get(row["object"]),
        row["words"],
        sentence[row["sentence"]],
        round(_number(row["confidence"]), 2),
        row["low"],
        row["high"],
        row["detail"],
    ]
    while fact[-1] is None:
        fact.pop()
    return fact


def types(names: Iterable[str]) -> dict[str, tuple[str, Sequence[int] | None, str]]:
    """Label, colour and family of each class: class → `[label, colour or None, family]`."""
    return {
        name: (
            vocabulary.entry(protest[name]).labels[LANGUAGE],
            colour(name),
            next((f for top, f in FAMILIES.items() if protest[top] in supertypes(protest[name])), ""),
        )
        for name in sorted(set(names))
    }


def _numbers(keys: Iterable[Value]) -> dict[Value, int]:
    return {key: i for i, key in enumerate(keys)}


def _number(value: Value) -> float:
    return float(str(value))


def _plain(value: Value) -> Value:
    return float(value) if isinstance(value, Decimal) else value
