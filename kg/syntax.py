"""Where a SPARQL query stops being SPARQL: line, column, and the line itself with a mark below.

Oxigraph decides what is SPARQL. Its parser reports how far it looked ahead, often the end of the text, so
the place comes from rdflib's grammar, which gives up where the clause begins that it cannot read.

Oxigraph ends the whole process when a query is nested some thousand levels deep or chains some thousand
parts (measured with pyoxigraph 0.5.13), so such a query is refused before it sees it. And it reads a query
only by running it; so it is run on an empty store, with every SERVICE disguised: no other server is called.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

import pyoxigraph as ox
from pyparsing import Located, ParseBaseException
from rdflib.plugins.sparql.parser import GroupGraphPattern, Query

from kg import terms
from kg.errors import UsageError
from kg.parameter import tokens

_WHERE = re.compile(r"error at (\d+):(\d+): expected (?:one of )?(.*)", re.DOTALL)
# What may stand before a block in braces: rdflib gives up at the outermost block that holds the mistake.
_BLOCK = re.compile(
    r"\s*((OPTIONAL|MINUS|UNION|FILTER\s+(NOT\s+)?EXISTS|GRAPH\s+\S+)\s*)?(?=\{)", re.IGNORECASE
)
_SCHEME = re.compile(r"<[A-Za-z][A-Za-z0-9+.-]*:")
_WIDTH = 76

MAX_DEPTH = 200
"""How deep brackets may be nested."""
MAX_PARTS = 1000
"""How many clauses and operators may be chained."""
_OPEN, _CLOSE, _OPERATORS = "{([", "})]", "|&!*/=<>"
_CLAUSES = ("UNION", "OPTIONAL", "MINUS", "FILTER", "BIND", "GRAPH", "EXISTS", "SERVICE", "VALUES")
_CALL = re.compile("service", re.IGNORECASE)
_NO_CALL = "serv1ce"

Mistake = tuple[int, str]
"""Where in the text, and what is wrong."""


def check(text: str, name: str, declared: str = "") -> None:
    """Nothing, if the text is a SPARQL 1.1 query; `name` is what the message calls it.

    `declared` are declarations that the text is to be read after: see `declarations`.

    Raises:
        UsageError: names line and column, and shows the line.
    """
    if not text.strip():
        raise UsageError(f"{name}: is empty; a SPARQL query is needed")
    if (excess := _excess(text)) is not None:
        raise _error(text, name, "cannot be answered", *excess)
    try:
        ox.Store().query(_CALL.sub(_NO_CALL, _with_graph_for_service(declared + text)))
    except SyntaxError as error:
        at, reason = _mistake(declared + text, str(error))
        at = max(0, at - len(declared))
        raise _error(text, name, "not valid SPARQL", at, reason) from error
    except RuntimeError:
        return  # it is valid; whether the store that is asked has its functions, that store says


def declarations(text: str) -> str:
    """The declarations, in one line, of the prefixes of the ontology that a query uses and does not declare.

    >>> declarations("ASK { ?x a protest:March ; club:nick 'n' }")
    'PREFIX protest: <https://w3id.org/protest-kg/ontology#> '
    """
    used = {prefix for prefix, _ in _prefixes(text)}
    return "".join(f"PREFIX {p}: <{iri}> " for p, iri in terms.prefixes().items() if p in used)


def calls_out(text: str) -> bool:
    """Whether a valid query asks another endpoint with SERVICE.

    Oxigraph itself is asked, so that no trick of comments and quotes hides the word: with another word in
    every place of it, a query that does not need it as a keyword is still a query.

    >>> calls_out('ASK { ?s ?p "service" }'), calls_out("ASK { SERVICE <http://a.example/> { ?s ?p ?o } }")
    (False, True)
    """
    if not _CALL.search(text):
        return False
    try:
        ox.Store().query(_CALL.sub(_NO_CALL, text))
    except SyntaxError:
        return True
    return False


def _excess(text: str) -> Mistake | None:
    """Where the query becomes deeper or longer than an engine survives, or None if it does not."""
    depth = parts = 0
    for token in tokens(text):
        word = token[0]
        if token.lastgroup == "other":
            depth += (word in _OPEN) - (word in _CLOSE)
            parts += word in _OPERATORS
        elif token.lastgroup == "word" and ":" not in word:
            parts += (word.upper() in _CLAUSES) + word.count("+") + word.count("-")
        if depth > MAX_DEPTH:
            return token.start(), f"brackets are nested deeper than {MAX_DEPTH} levels"
        if parts > MAX_PARTS:
            return token.start(), f"it has more than {MAX_PARTS} clauses and operators"
    return None


def _with_graph_for_service(text: str) -> str:
    """The text with GRAPH, which stands in the same place of the grammar, for each SERVICE (SILENT)."""
    words = [t for t in tokens(text) if t.lastgroup != "comment"]
    for at, token in enumerate(words):
        if token.lastgroup == "word" and token[0].upper() == "SERVICE":
            text = f"{text[: token.start()]}GRAPH  {text[token.end() :]}"
            if at + 1 < len(words) and (silent := words[at + 1])[0].upper() == "SILENT":
                text = f"{text[: silent.start()]}      {text[silent.end() :]}"
    return text


def _error(text: str, name: str, what: str, at: int, reason: str) -> UsageError:
    line, column = text.count("\n", 0, at), at - (text.rfind("\n", 0, at) + 1)
    shown = _marked(text.split("\n")[line], column)
    return UsageError(f"{name}:{line + 1}:{column + 1}: {what}: {reason}\n{shown}")


def _mistake(text: str, message: str) -> Mistake:
    at = _unreadable(text)
    if at is not None:
        if not text[at:].strip():
            return len(text.rstrip()), "it ends before it is complete"
        return at, "cannot be read from here on"
    if found := next(_undeclared(text), None):
        return found
    match = _WHERE.match(message)
    if match is None:
        return 0, message
    selects = [t.start() for t in tokens(text) if t[0].upper() == "SELECT"]
    if "SELECT" in match[3] and len(selects) == 1:
        return selects[0], _reason(match[3])
    lines = text.split("\n")
    line, column = min(int(match[1]), len(lines)) - 1, int(match[2]) - 1
    start = sum(len(before) + 1 for before in lines[:line])
    return min(start + column, len(text)), _reason(match[3])


def _unreadable(text: str) -> int | None:
    """Where the innermost clause begins that is not in the grammar, or None if all of it is."""
    text = _without_comments(text)
    try:
        Query.parse_string(text, parse_all=True)
    except RecursionError:
        return None  # too long or too deep for this parser
    except ParseBaseException as error:
        at: int = error.loc
    else:
        return None
    while block := _BLOCK.match(text, at):
        try:
            at = block.end() + Located(GroupGraphPattern).parse_string(text[block.end() :])["locn_end"]
        except ParseBaseException as error:
            if not error.loc:
                break
            at = block.end() + error.loc
    return at


def _without_comments(text: str) -> str:
    """The text with blanks for comments and tabs (pyparsing expands those), each thing in its place."""
    for token in tokens(text):
        if token.lastgroup == "comment":
            text = f"{text[: token.start()]}{' ' * len(token[0])}{text[token.end() :]}"
    return text.replace("\t", " ")


def _undeclared(text: str) -> Iterator[Mistake]:
    """The prefixes that are used and not declared, and the IRIs that are relative to nothing."""
    for prefix, at in _prefixes(text):
        space = terms.prefixes().get(prefix)
        hint = f"; begin with PREFIX {prefix}: <{space}>" if space else ""
        yield at, f"the prefix {prefix}: is not declared{hint}"
    words = [t for t in tokens(text) if t.lastgroup != "comment"]
    based = any(t[0].upper() == "BASE" for t in words)
    for token in words:
        if token.lastgroup == "iri" and not based and not _SCHEME.match(token[0]):
            yield token.start(), "an IRI begins with its scheme, such as http:"


def _prefixes(text: str) -> Iterator[tuple[str, int]]:
    """The prefixes that are used and not declared, and where."""
    words = [t for t in tokens(text) if t.lastgroup != "comment"]
    declared = {words[i + 1][0] for i, t in enumerate(words[:-1]) if t[0].upper() == "PREFIX"}
    for token in words:
        prefix, colon, _ = token[0].partition(":")
        if token.lastgroup == "word" and colon and prefix != "_" and f"{prefix}:" not in declared:
            yield prefix, token.start()


def _reason(expected: str) -> str:
    """The sentence among what the parser expected: which rule is broken, beside those of the grammar."""
    options = (o.strip() for o in expected.split(", "))
    said = (o for o in options if " " in o and "[" not in o and "|" not in o)
    return next(said, "it breaks a rule of SPARQL, such as a variable bound twice or a short row of VALUES")


def _marked(line: str, column: int) -> str:
    """The part of a line around a column, and a mark below the column.

    >>> print(_marked("SELECT * { ?x ?y }", 11))
      SELECT * { ?x ?y }
                 ^
    """
    start = max(0, column - _WIDTH // 2) if len(line) > _WIDTH else 0
    shown = line[start : start + _WIDTH].rstrip()
    before = "".join(_blank(c) for c in line[start:column])
    return f"  {shown}\n  {before}^"


def _blank(character: str) -> str:
    """Blanks as wide as a character on a terminal, where marks and control characters have no width."""
    if character == "\t" or unicodedata.category(character) in ("Mn", "Me", "Cf", "Cc"):
        return "\t" if character == "\t" else ""
    return "  " if unicodedata.east_asian_width(character) in "WF" else " "
