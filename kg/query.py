"""A question in SPARQL, put to the graph: a `.rq` file and its header become a result.

The leading comment of a `.rq` file is read by machines too:

    # summary: Who called which protest, where, when and with whom
    # question: 1
    # param actor: string — part of an actor's name; empty for all
    # param basis: string (stated, inferred) — only these; empty for all
    # column event — what the articles call the event
    # column participants: list — who took part
    # column event_id: key — the IRI of the event
    # network: actors

`param` types are those of `kg.parameter.TYPES`; the default stands in the query's own data block. In
parentheses stand the values that a parameter may have, if they are few.
A `list` column holds names joined by ` | `; they are sorted here, since SPARQL leaves their order open.
A `key` column joins tables and is there for programs: tables for people leave it out.
`network` is the larger network that a query of edges is a part of.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from decimal import Decimal
from difflib import get_close_matches
from pathlib import Path

import pyoxigraph as ox

from kg import parameter, syntax, terms
from kg.errors import BadParameter, InputError, ResourceError, UnknownName, UsageError
from kg.parameter import Parameter
from kg.resources import folder
from kg.store import Found, Store

Term = ox.NamedNode | ox.BlankNode | ox.Literal
Value = str | int | float | Decimal | bool | tuple[str, ...] | None

SEPARATOR = " | "
SUFFIX = ".rq"
AT_ONCE = 1000
_LINE = re.compile(r"#\s*(?P<key>summary|question|param|column|network)\b\s*(?P<rest>.*)")
_FIELD = re.compile(
    r"(?P<name>\w+)\s*(?::\s*(?P<type>\w+)\s*(?:\((?P<choices>[^()]+)\)\s*)?)?—\s*(?P<help>.+)"
)


@dataclass(frozen=True, slots=True)
class Column:
    """A variable of the result, what it means, and whether it is a `list`, a `key` or a plain value ("")."""

    name: str
    help: str
    type: str = ""


@dataclass(frozen=True, slots=True)
class Query:
    """A question: its name, what its header says, and its SPARQL text."""

    name: str
    text: str
    summary: str = ""
    question: str = ""
    parameters: tuple[Parameter, ...] = ()
    columns: tuple[Column, ...] = ()
    network: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """The rows of a SELECT: an RDF term or None for each variable, with the labels of the IRIs among them."""

    variables: tuple[str, ...]
    terms: tuple[tuple[Term | None, ...], ...]
    labels: Mapping[str, str] = field(default_factory=dict)
    lists: frozenset[str] = frozenset()
    keys: frozenset[str] = frozenset()

    @property
    def columns(self) -> tuple[str, ...]:
        """The variables that people see: all but the keys."""
        return tuple(v for v in self.variables if v not in self.keys)

    def rows(self) -> list[tuple[Value, ...]]:
        """A typed plain value for each variable: an IRI is text, a list a sorted tuple, nothing is None."""
        return [
            tuple(
                _names(term) if name in self.lists else plain(term)
                for name, term in zip(self.variables, row, strict=True)
            )
            for row in self.terms
        ]

    def labelled(self) -> list[tuple[Value, ...]]:
        """The rows of `columns`, with labels in place of IRIs where the graph has them."""
        shown = [i for i, name in enumerate(self.variables) if name not in self.keys]
        return [tuple(self._label(row[i]) for i in shown) for row in self.rows()]

    def _label(self, value: Value) -> Value:
        return self.labels.get(value) or shortened(value) if isinstance(value, str) else value


@dataclass(frozen=True, slots=True)
class Answer:
    """The yes or no of an ASK."""

    truth: bool


@dataclass(frozen=True, slots=True)
class Triples:
    """The sorted triples of a CONSTRUCT or DESCRIBE; blank nodes are named by what is said of them."""

    triples: tuple[ox.Triple, ...]


Result = Table | Answer | Triples


def catalogue(subfolder: str = "") -> tuple[Query, ...]:
    """The queries that ship with the package, sorted by name; `subfolder` is such as `networks`."""
    root = folder("queries") / subfolder
    return tuple(_read(path, path.stem) for path in sorted(root.glob(f"*{SUFFIX}")))


def load(name: str, subfolder: str = "") -> Query:
    """The query of a name in the catalogue, or of a `.rq` file.

    Raises:
        UnknownName: there is no such query; the message names the nearest ones.
        InputError: the file cannot be read.
        UsageError: it is no SPARQL, or its header and its text do not agree.
    """
    if name.endswith(SUFFIX):
        return _read(Path(name), name)
    known = {path.stem: path for path in (folder("queries") / subfolder).glob(f"*{SUFFIX}")}
    if name not in known:
        raise unknown(name, known, subfolder.removesuffix("s") or "query")
    return _read(known[name], name)


def unknown(name: str, known: Iterable[str], what: str) -> UnknownName:
    """The error that there is no such thing, with the names that are nearest."""
    near = get_close_matches(name, sorted(known), n=3, cutoff=0.4)
    hint = f"did you mean {', '.join(near)}?" if near else f"one of {', '.join(sorted(known))}"
    return UnknownName(f"{name!r}: no such {what}; {hint}")


def parse(text: str, name: str, *, declare: bool = False) -> Query:
    """A query from its text; `name` is what error messages call it.

    With `declare`, the prefixes of the ontology that it uses need no declaration.

    Raises:
        UsageError: it is no SPARQL, or its header and its text do not agree.
    """
    text = text.removeprefix("\ufeff")  # the mark that some editors begin a file with
    fields: dict[str, list[str]] = {"summary": [], "question": [], "param": [], "column": [], "network": []}
    for line in text.splitlines():
        if not line.startswith("#"):
            break
        if match := _LINE.match(line):
            fields[match["key"]].append(match["rest"].removeprefix(":").strip())
    declared = syntax.declarations(text) if declare else ""
    syntax.check(text, name, declared)
    text = declared + text
    defaults = {s.name: text[s.start : s.end] for s in parameter.slots(text)}
    return Query(
        name=name,
        text=text,
        summary=" ".join(fields["summary"]),
        question=" ".join(fields["question"]),
        parameters=tuple(_parameter(f, defaults, name) for f in fields["param"]),
        columns=tuple(_column(f, name) for f in fields["column"]),
        network=" ".join(fields["network"]),
    )


def bind(query: Query, values: Mapping[str, str]) -> str:
    """The query's text with the values of its parameters in its data blocks.

    Raises:
        BadParameter: names the query and the parameter that it has not, or whose value does not fit.
    """
    check(query.name, query.parameters, values)
    known = {p.name: p for p in query.parameters}
    terms: dict[str, str] = {}
    for name, value in sorted(values.items()):
        try:
            terms[name] = parameter.bound(known[name], value)
        except BadParameter as error:
            raise BadParameter(f"{query.name}: parameter {name}={value!r} {error}") from error
    return parameter.fill(query.text, terms)


def check(owner: str, parameters: Iterable[Parameter], given: Iterable[str]) -> None:
    """Nothing, if all given names are those of parameters.

    Raises:
        BadParameter: names the owner, the parameter that it has not, and those that it has.
    """
    known = sorted(p.name for p in parameters)
    for name in sorted(set(given).difference(known)):
        near = get_close_matches(name, known, n=1)
        hint = f"did you mean {near[0]}? " if near else ""
        raise BadParameter(f"{owner}: no parameter {name!r}; {hint}it has {', '.join(known) or 'none'}")


def run(store: Store, query: Query, values: Mapping[str, str] | None = None) -> Result:
    """The result of a query; parameters that are not given keep their defaults.

    Raises:
        BadParameter: see `bind`.
        InputError: the store could not answer.
    """
    text = bind(query, values or {})
    with _answering(query):
        result = _result(query, store.query(text))
        if not isinstance(result, Table):
            return result
        shown = [i for i, name in enumerate(result.variables) if name not in result.keys]
        seen = tuple(tuple(row[i] for i in shown) for row in result.terms)
        return replace(result, labels=labels(store, seen))


@contextmanager
def _answering(query: Query) -> Iterator[None]:
    try:
        yield
    except (OSError, RuntimeError) as error:
        raise InputError(f"{query.name}: the store could not answer: {error}") from error


def _result(query: Query, found: Found) -> Result:
    if isinstance(found, ox.QueryBoolean):
        return Answer(bool(found))
    if isinstance(found, ox.QueryTriples):
        return Triples(_canonical(found))
    variables = tuple(v.value for v in found.variables)
    rows = tuple(map(tuple, found))
    lists, keys = (frozenset(c.name for c in query.columns if c.type == t) for t in ("list", "key"))
    return Table(variables, rows, lists=lists, keys=keys)


def _canonical(found: Iterable[ox.Triple]) -> tuple[ox.Triple, ...]:
    """The triples, sorted, each once. A store names blank nodes at random; RDFC-1.0 (W3C) names them anew."""
    triples = set(found)
    if any(isinstance(term, ox.BlankNode) for triple in triples for term in triple):
        dataset = ox.Dataset(ox.Quad(*triple) for triple in triples)
        dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
        triples = {quad.triple for quad in dataset}
    return tuple(sorted(triples, key=str))


def select(store: Store, query: Query, values: Mapping[str, str] | None = None) -> list[dict[str, Value]]:
    """The rows of a SELECT as dictionaries of plain values, for the code that builds on a query.

    Raises:
        UsageError: the query is no SELECT.
    """
    text = bind(query, values or {})
    with _answering(query):
        result = _result(query, store.query(text))
    if not isinstance(result, Table):
        raise UsageError(f"{query.name}: a SELECT is needed here")
    return [dict(zip(result.variables, row, strict=True)) for row in result.rows()]


def labels(store: Store, rows: tuple[tuple[Term | None, ...], ...]) -> dict[str, str]:
    """The label of each IRI in the rows that has one in the graph."""
    iris = sorted({str(t) for row in rows for t in row if isinstance(t, ox.NamedNode)})
    query, found = load("labels", "lookup"), dict[str, str]()
    for text in about(query, iris):
        labelled = store.query(text)
        if not isinstance(labelled, ox.QuerySolutions):
            raise ResourceError("queries/lookup/labels.rq: must be a SELECT")
        found |= {str(plain(row["thing"])): str(plain(row["label"])) for row in labelled if row["thing"]}
    return found


def about(query: Query, iris: Sequence[str]) -> Iterator[str]:
    """The texts of a query with a parameter `thing` that together ask it of many things.

    `iris` are terms of `kg.parameter`. One text asks of no more than `AT_ONCE` of them: Virtuoso compiles no
    longer ones.
    """
    for start in range(0, len(iris), AT_ONCE):
        yield parameter.fill(query.text, {"thing": " ".join(iris[start : start + AT_ONCE])})


def shortened(iri: str) -> str:
    """An IRI of a namespace that the ontology binds with its prefix; any other text as it is.

    >>> shortened("http://www.w3.org/ns/prov#wasDerivedFrom"), shortened("no IRI")
    ('prov:wasDerivedFrom', 'no IRI')
    """
    if "://" in iri:
        for prefix, space in terms.prefixes().items():
            if iri.startswith(space) and re.fullmatch(r"\w+", iri[len(space) :]):
                return f"{prefix}:{iri[len(space) :]}"
    return iri


def plain(term: Term | None) -> Value:
    """An RDF term as a Python value.

    >>> plain(ox.Literal(5)), plain(ox.Literal("a", language="en")), plain(None)
    (5, 'a', None)
    """
    if term is None:
        return None
    if isinstance(term, ox.Literal):
        convert = _PYTHON.get(term.datatype.value.rpartition("#")[2])
        return convert(term.value) if convert else term.value
    return term.value


_PYTHON: Mapping[str, Callable[[str], Value]] = {
    "integer": int,
    # 1 and 1.0 are one number, which stores write in one way or the other
    "decimal": lambda text: Decimal(text.removesuffix(".0")),
    "double": float,
    "float": float,
    "boolean": lambda text: text in ("true", "1"),
}


def _names(term: Term | None) -> tuple[str, ...]:
    return tuple(sorted(filter(None, term.value.split(SEPARATOR)))) if term is not None else ()


def _read(path: Path, name: str) -> Query:
    try:
        return parse(path.read_text(encoding="utf-8"), name)
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise InputError(f"{path}: is not UTF-8 text") from error


def _parameter(header: str, defaults: Mapping[str, str], name: str) -> Parameter:
    match = _FIELD.fullmatch(header)
    if match is None or match["type"] not in parameter.TYPES:
        wanted = ", ".join(sorted(parameter.TYPES))
        raise ResourceError(f"{name}: header: write '# param name: type — help', type one of {wanted}")
    if match["name"] not in defaults:
        raise ResourceError(f"{name}: parameter {match['name']} has no 'VALUES ?_{match['name']} {{ … }}'")
    choices = tuple(c.strip() for c in (match["choices"] or "").split(",") if c.strip())
    default = parameter.default(defaults[match["name"]])
    return Parameter(match["name"], match["type"], default, match["help"], choices)


def _column(header: str, name: str) -> Column:
    match = _FIELD.fullmatch(header)
    if match is None or match["type"] not in (None, "list", "key"):
        raise ResourceError(
            f"{name}: header: write '# column name — help', after name perhaps : list or : key"
        )
    return Column(match["name"], match["help"], match["type"] or "")
