"""What people decided about linking: a plain file of one decision a line, and what it means for a build.

    decision   one                                 other                             by    why
    same       entity-report/post-12--bwu          entity-report/echo-3--blue-watch  Ana   renamed in 2023
    different  entity-report/post-12--jean-martin  person/jean-martin                Ana   the mayor of Lowell
    unsure     event-report/post-12--march         event-report/echo-3--rally        Ana
    rename     organization/bwu                    Blue Watch Union                  Ana   its full name
    retype     organization/bwu                    Association                       Ana   it is no union
    drop       entity-report/post-12--mr-speaker                                     Ana   nobody

Columns are separated by tabs. Lines that begin with # and empty lines are comments. `one`
and `other` are the ends of IRIs under the base, as the graph and `kg link explain` show them: of an entity or
event as an article reports it, or of an actor, place or event, which stands for all reports that linking by
itself takes to be of it. Whole IRIs are understood too. What is reported has a name made of the article's id
and the words, so a decision outlives another extraction of the same words.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, get_args

from kg.errors import InputError
from kg.facts import EntityType, EventType
from kg.link.clusters import groups
from kg.output import writing
from kg.terms import base

DecisionKind = Literal["same", "different", "unsure", "rename", "retype", "drop"]
COLUMNS = ("decision", "one", "other", "by", "why")
_TYPES = (*get_args(EntityType), *get_args(EventType))
_EVENT = "event-report/"
_PAIRS = ("same", "different", "unsure")
_HEADER = """\
# What people decided about linking; kg build applies it. One decision a line: same, different or unsure of
# two, rename, retype or drop of one. docs/linking.md explains it. kg sorts the lines, comments stay on top.
"""


@dataclass(frozen=True, slots=True, order=True)
class Decision:
    """One line. `other` is the second of a pair, a new label or a type; empty for drop."""

    kind: str
    one: str
    other: str = ""
    by: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True)
class Stale:
    """A decision that no longer applies, and why."""

    decision: Decision
    reason: str

    def __str__(self) -> str:
        d = self.decision
        return f"{' '.join(filter(None, (d.kind, d.one, d.other)))}: {self.reason}"


Partners = Mapping[str, frozenset[str]]


@dataclass(frozen=True, slots=True)
class Verdicts:
    """What decisions mean for the reports of these articles, by report name or IRI of a known thing.

    `asked` has the pairs that people were asked about, `meant` the known thing that a report is said to mean.
    """

    same: tuple[tuple[str, str], ...] = ()
    different: Partners = field(default_factory=dict)
    asked: Partners = field(default_factory=dict)
    meant: Mapping[str, str] = field(default_factory=dict)
    reasons: Mapping[str, str] = field(default_factory=dict)
    labels: Mapping[str, str] = field(default_factory=dict)
    types: Mapping[str, str] = field(default_factory=dict)
    dropped: frozenset[str] = frozenset()

    def mentions(self, name: str) -> bool:
        """Whether it was decided what it is or is not."""
        return name in self.reasons or name in self.different

    def forbid(self, one: Iterable[str], other: Iterable[str]) -> bool:
        """Whether a person said of a member of one group that it is another than one of the other group."""
        return _meet(self.different, one, other)

    def decided(self, one: Iterable[str], other: Iterable[str]) -> bool:
        """Whether a person was asked about a pair across these groups."""
        return _meet(self.asked, one, other)

    def label_and_type(self, names: Sequence[str]) -> tuple[str | None, str | None]:
        """The label and the type that a person gave to one of these."""
        found = [next((of[n] for n in names if n in of), None) for of in (self.labels, self.types)]
        return found[0], found[1]


NOTHING_DECIDED = Verdicts()


def _meet(partners: Partners, one: Iterable[str], other: Iterable[str]) -> bool:
    if not partners:
        return False
    rest = frozenset(other)
    return any(not rest.isdisjoint(partners[name]) for name in one if name in partners)


def read(path: Path) -> list[Decision]:
    """The decisions of a file, sorted; none where there is no file.

    Raises:
        InputError: names the line that is broken.
    """
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (FileNotFoundError, NotADirectoryError):
        return []
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path}: cannot be read: {error}") from error
    decisions = []
    for number, line in enumerate(lines, 1):
        if line.strip() and not line.startswith("#") and line.split("\t")[0].strip() != COLUMNS[0]:
            decisions.append(_decision(line, f"{path}:{number}"))
    return sorted(set(decisions))


def write(path: Path, decisions: Iterable[Decision]) -> None:
    """Write the decisions, sorted, below the comments that the file has.

    Raises:
        OutputError: the file cannot be written.
    """
    with writing(path) as file:
        file.write(_comments(path) or _HEADER)
        file.write("\t".join(COLUMNS) + "\n")
        for decision in sorted(set(decisions)):
            cells = (decision.kind, decision.one, decision.other, decision.by, decision.why)
            file.write("\t".join(" ".join(cell.split()) for cell in cells).rstrip("\t") + "\n")


def _comments(path: Path) -> str:
    try:
        lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    except OSError:
        return ""
    return "".join(line for line in lines if line.startswith("#"))


def _decision(line: str, where: str) -> Decision:
    cells = [cell.strip() for cell in line.split("\t")]
    cells += [""] * (len(COLUMNS) - len(cells))
    kind, one, other = cells[0], *map(_local, cells[1:3])
    if kind not in get_args(DecisionKind) or len(cells) > len(COLUMNS):
        known = ", ".join(get_args(DecisionKind))
        raise InputError(f"{where}: no decision: needs one of {known}, and tabs between columns")
    if not one or (kind != "drop" and not other):
        raise InputError(f"{where}: {kind} needs {'one thing' if kind == 'drop' else 'two columns'} after it")
    if kind == "retype" and cells[2] not in _TYPES:
        raise InputError(f"{where}: {cells[2]!r} is no type of the codebook: {', '.join(_TYPES)}")
    return Decision(kind, one, other if kind in _PAIRS else cells[2], *cells[3:])


def _local(subject: str) -> str:
    """The end of an IRI under the base of the ontology; what is none stays."""
    return subject.removeprefix(base())


def apply(decisions: Iterable[Decision], things: Mapping[str, Sequence[str]]) -> tuple[Verdicts, list[Stale]]:
    """What the decisions mean, and those that no longer apply.

    `things` has the path of every thing that linking by itself finds with the names of its reports, every
    report's name with itself, and for a known thing its IRI among its reports.
    """
    said = _Said()
    stale = []
    for decision in sorted(decisions):
        subjects = [decision.one, decision.other] if decision.kind in _PAIRS else [decision.one]
        found = [list(things.get(subject, ())) for subject in subjects]
        if missing := [s for s, names in zip(subjects, found, strict=True) if not names]:
            stale.append(Stale(decision, f"{missing[0]} is not in these articles"))
        elif wrong := _misfit(decision, found):
            stale.append(Stale(decision, wrong))
        elif decision.kind in _PAIRS:
            said.pair(decision, *found)
        elif decision.kind == "drop":
            said.dropped.update(found[0])
        else:
            values = said.labels if decision.kind == "rename" else said.types
            values.update(dict.fromkeys(found[0], decision.other))
    stale += [Stale(d, "another decision says that they are one") for d in sorted(said.contradicted())]
    return said.verdicts(), stale


def _misfit(decision: Decision, found: Sequence[Sequence[str]]) -> str | None:
    """Why a decision cannot be carried out: an event is never an actor or place."""
    of_events = {name.startswith(_EVENT) for names in found for name in names}
    if decision.kind == "retype":
        of_events.add(decision.other in get_args(EventType))
    return "an event is no actor or place" if len(of_events) > 1 else None


class _Said:
    """Decisions as they are gathered."""

    def __init__(self) -> None:
        self.same: list[tuple[str, str]] = []
        self.different: dict[str, set[str]] = defaultdict(set)
        self.asked: dict[str, set[str]] = defaultdict(set)
        self.reasons: dict[str, str] = {}
        self.labels: dict[str, str] = {}
        self.types: dict[str, str] = {}
        self.dropped: set[str] = set()
        self.apart: list[tuple[Decision, list[str], list[str]]] = []

    def pair(self, decision: Decision, one: Sequence[str], other: Sequence[str]) -> None:
        """Note a decision about two things, given by their reports."""
        _join(self.asked, one, other)
        if decision.kind == "same":
            self.same += [(one[0], name) for name in (*one[1:], *other)]
            self.reasons.update(dict.fromkeys((*one, *other), _reason(decision)))
        elif decision.kind == "different":
            self.apart.append((decision, list(one), list(other)))
            _join(self.different, one, other)

    def contradicted(self) -> list[Decision]:
        """The decisions that keep two things apart of which another says that they are one."""
        names = {name for pair in self.same for name in pair}
        group = {n: i for i, g in enumerate(groups(names, {}, allowed=_never, together=self.same)) for n in g}
        return [
            decision
            for decision, one, other in self.apart
            if {group[n] for n in one if n in group} & {group[n] for n in other if n in group}
        ]

    def verdicts(self) -> Verdicts:
        """What they come to."""
        names = {name for pair in self.same for name in pair}
        meant = {}
        for group in groups(names, {}, allowed=_never, together=self.same):
            for iri in [name for name in group if ":" in name][:1]:
                meant.update({name: iri for name in group if ":" not in name})
        return Verdicts(
            tuple(self.same),
            {name: frozenset(others) for name, others in self.different.items()},
            {name: frozenset(others) for name, others in self.asked.items()},
            meant,
            self.reasons,
            self.labels,
            self.types,
            frozenset(self.dropped),
        )


def _never(_: set[str], __: set[str]) -> bool:
    return False


def _join(partners: dict[str, set[str]], one: Sequence[str], other: Sequence[str]) -> None:
    for a in one:
        partners[a].update(other)
    for b in other:
        partners[b].update(one)


def _reason(decision: Decision) -> str:
    said = f"{decision.by or 'a person'} said so"
    return f"{said}: {decision.why}" if decision.why else said
