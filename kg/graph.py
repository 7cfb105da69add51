"""A graph in Python: ask it, look at its events and actors, follow each to its sentences.

    graph = Graph.open("out")
    graph.select("protests", type="March").pandas()
    for event in graph.events():
        print(event.label, event.organizers, event.evidence[0].sentence)

The methods that ask are called as SPARQL calls its questions: `select`, `ask`, `construct`. Each takes the
name of a question (`graph.questions()`), a file that ends in `.rq`, or SPARQL, in which the prefixes of the
ontology need no declaration. Parameters are keywords, with `_` behind words of Python: `from_="2024-05"`.

In the examples of the docstrings, `graph` holds three small articles.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, overload

import networkx as nx
import rdflib

from kg import network
from kg import query as queries
from kg.errors import BadParameter, UsageError
from kg.export import frames, results
from kg.export.notebook import safe, to_html
from kg.inventory import Inventory
from kg.query import Answer, Query, Result, Table, Triples, Value
from kg.store import Store
from kg.terms import protest, supertypes
from kg.things import (
    Actor,
    Article,
    Casualties,
    Crowd,
    Demand,
    Event,
    Known,
    Place,
    Position,
    Slogan,
    Stance,
    Statement,
)
from kg.why import Reason, why
from kg.workfolder import open_store

if TYPE_CHECKING:
    import pandas
    import polars

Given = str | int | float | Decimal | Known
"""What a parameter may be given as."""


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of a SELECT: a sequence of dictionaries, a data frame, or a table in a notebook.

    >>> rows = Rows(queries.Table(("name", "n"), ((None, None),)))
    >>> len(rows), rows[0]
    (1, {'name': None, 'n': None})
    """

    table: Table

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of all columns."""
        return self.table.variables

    def __len__(self) -> int:
        return len(self.table.terms)

    def __iter__(self) -> Iterator[dict[str, Value]]:
        """Each row as a dictionary of plain values: IRIs and dates are text, lists are tuples."""
        for row in self.table.rows():
            yield dict(zip(self.columns, row, strict=True))

    @overload
    def __getitem__(self, at: int) -> dict[str, Value]: ...
    @overload
    def __getitem__(self, at: slice) -> list[dict[str, Value]]: ...
    def __getitem__(self, at: int | slice) -> dict[str, Value] | list[dict[str, Value]]:
        return list(self)[at]

    def pandas(self, *, days: Iterable[str] = ()) -> pandas.DataFrame:
        """The rows as a pandas frame; see `kg.export.frames` for its types, and for columns of `days`."""
        return frames.to_pandas(self.table, days=days)

    def polars(self, *, days: Iterable[str] = ()) -> polars.DataFrame:
        """The rows as a polars frame; see `kg.export.frames` for its types, and for columns of `days`."""
        return frames.to_polars(self.table, days=days)

    def _repr_html_(self) -> str:
        return to_html(self.table.columns, self.table.labelled())


class Graph:
    """A graph that kg build made, opened for reading."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self._has = Inventory(store)

    @classmethod
    def open(cls, source: str | Path) -> Graph:
        """The graph in a folder that kg build wrote, in a file of RDF, or of the SPARQL endpoint at a URL.

        Raises:
            BuildNotFound: there is none.
            UsageError: the URL is none.
            InputError: the file cannot be read.
            StoreError: the endpoint cannot be reached.
        """
        return cls(open_store(source))

    # --- questions -------------------------------------------------------------------------------

    def questions(self) -> tuple[Query, ...]:
        """The questions that have names, each with its summary, parameters and columns.

        >>> [q.name for q in graph.questions()][:3]
        ['acting-together', 'actors', 'aliases']
        """
        return queries.catalogue()

    def select(self, question: str, /, **parameters: Given) -> Rows:
        """The rows that a question finds.

        Raises:
            UnknownName: no question has this name.
            BadParameter: it has no such parameter, or the value does not fit.
            UsageError: it is no SPARQL, or no SELECT.

        >>> graph.select("protests", type="March", actor="blue watch")[0]["organizers"]
        ('Blue Watch Union',)
        >>> [row["n"] for row in graph.select("SELECT (COUNT(?p) AS ?n) { ?p a protest:Person }")]
        [4]
        """
        result = self._run(question, parameters)
        if not isinstance(result, Table):
            raise UsageError(f"{_called(question)}: is no SELECT; see Graph.ask and Graph.construct")
        return Rows(result)

    def ask(self, question: str, /, **parameters: Given) -> bool:
        """The yes or no of an ASK."""
        result = self._run(question, parameters)
        if not isinstance(result, Answer):
            raise UsageError(f"{_called(question)}: is no ASK; see Graph.select and Graph.construct")
        return result.truth

    def construct(self, question: str, /, **parameters: Given) -> rdflib.Graph:
        """The triples of a CONSTRUCT or DESCRIBE.

        >>> len(graph.construct("CONSTRUCT { ?a a protest:Union } WHERE { ?a a protest:Union }"))
        2
        """
        result = self._run(question, parameters)
        if not isinstance(result, Triples):
            raise UsageError(f"{_called(question)}: is no CONSTRUCT or DESCRIBE; see Graph.select")
        return results.graph(result)

    def why(self, thing: str | Known) -> list[Reason]:
        """The sentences behind a thing: an object of this graph, an IRI, a name or words of a statement.

        Raises:
            UnknownName: nothing has this name, or more than one thing.

        >>> graph.why("BWU")[0].sentence
        'Officers march through Calmont over night patrols'
        """
        return why(self.store, thing.iri if isinstance(thing, Known) else thing)

    def network(self, kind: str = network.DEFAULT_KIND, **parameters: Given) -> nx.MultiDiGraph:
        """A network with measures and positions; `kind` is one of `kg network DIR --list`.

        >>> sorted(data["label"] for _, data in graph.network("offices").nodes(data=True))[:2]
        ['Ana Duvall', 'Blue Watch Union']
        """
        return network.build(self.store, kind, _values(parameters))

    # --- things ----------------------------------------------------------------------------------

    def articles(self) -> list[Article]:
        """The articles, by id."""
        return list(self._has.articles.values())

    def actors(self, type: str = "Actor") -> list[Actor]:
        """The actors of a class of the ontology, by name.

        >>> [actor.name for actor in graph.actors("Union")]
        ['Blue Watch Union', 'Union des soignants']
        """
        return [actor for actor in self._has.actors.values() if _is(actor.type, type)]

    def places(self) -> list[Place]:
        """The places, by name."""
        return list(self._has.places.values())

    def events(self, type: str = "ProtestEvent") -> list[Event]:
        """The events of a class of the ontology, by their first day; `Event` for others than protests too.

        >>> march = graph.events("March")[1]
        >>> march.label, str(march.start), [actor.name for actor in march.organizers]
        ('march, Calmont, 2024-03-13', '2024-03-13', ['Blue Watch Union'])
        >>> march.evidence[0].sentence
        'Officers march through Calmont over night patrols'
        """
        return [event for event in self._has.events.values() if _is(event.type, type)]

    def demands(self) -> list[Demand]:
        """What protests are for and against.

        >>> [(demand.polarity, demand.words) for demand in graph.demands()][:1]
        [('for', 'meilleurs salaires')]
        """
        return self._has.demands()

    def slogans(self) -> list[Slogan]:
        """What was chanted or written at protests."""
        return self._has.slogans()

    def crowds(self) -> list[Crowd]:
        """Every figure of how many took part."""
        return self._has.crowds()

    def casualties(self) -> list[Casualties]:
        """Every figure of people killed, injured or arrested."""
        return self._has.casualties()

    def statements(self) -> list[Statement]:
        """Who said what."""
        return self._has.statements()

    def stances(self) -> list[Stance]:
        """Who supports or opposes whom or what."""
        return self._has.stances()

    def positions(self) -> list[Position]:
        """Who holds which office."""
        return self._has.positions()

    def _run(self, question: str, parameters: dict[str, Given]) -> Result:
        asked = _question(question)
        return queries.run(self.store, asked, _values(parameters))

    def _repr_html_(self) -> str:
        """How many of what there are, and the questions that have names."""
        counts: dict[str, int] = {}
        for row in self.select("stats"):
            counts[str(row["group"])] = counts.get(str(row["group"]), 0) + int(str(row["number"]))
        held = " · ".join(f"{safe(group)} {number:,}" for group, number in counts.items())
        asked = to_html(
            ("question", "what it answers", "parameters"),
            [(q.name, q.summary, ", ".join(p.name for p in q.parameters)) for q in self.questions()],
            shown=len(self.questions()),
        )
        return f"<p>A graph: {held}</p>\n<details><summary>Questions</summary>\n{asked}\n</details>"


def _question(question: str) -> Query:
    """A question by its name or file; what has a space or a brace in it is SPARQL."""
    if any(c in question for c in "{ \n"):
        return queries.parse(question, "SPARQL", declare=True)
    return queries.load(question)


def _called(question: str) -> str:
    return _question(question).name


def _values(parameters: dict[str, Given]) -> dict[str, str]:
    """The parameters as a user would write them; `from_` is `from`."""
    values: dict[str, str] = {}
    for name, value in parameters.items():
        if not isinstance(value, str | int | float | Decimal | Known) or isinstance(value, bool):
            raise BadParameter(f"{name}={value!r}: give a text, a number or an object of the graph")
        values[name.removesuffix("_")] = value.iri if isinstance(value, Known) else str(value)
    return values


def _is(type_: str, wanted: str) -> bool:
    """Whether a class is another one or a kind of it."""
    return protest[wanted] in supertypes(protest[type_])
