"""How a trigger and a mention of one sentence stand to each other: features of what the clause says.

A mention is followed up the tree past what only adds to it (conjuncts, appositions, "members of"), so that
"members of the union and of the party marched" says one thing of both.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from spacy.tokens import Doc, Span

from kg.annotate.columns import Columns, columns
from kg.annotate.syntax import PASSIVE_AUXILIARIES, PASSIVES, RELATIVE, VERBS, acts, is_done, verb_above, way
from kg.extract.role_words import ASK, RoleWords, negated

ALIKE = {"conj", "appos"}
OF_NOUN = {"compound", "poss", "nmod", "amod"}
SUBJECTS = {"nsubj", *PASSIVES}
WHO = {"WP", "WDT"}
HIGHEST = 6  # steps up from a mention
NO_PATH = 9  # the length of a path that is too long to follow


@dataclass(frozen=True, slots=True)
class Named:
    """A trigger or mention: its event or entity, its label, its tokens and their root, by number."""

    id: str
    label: str
    start: int
    end: int
    root: int

    @classmethod
    def of(cls, span: Span) -> Named:
        """What a span names."""
        return cls(span.id_, span.label_, span.start, span.end, span.root.i)


@dataclass(frozen=True, slots=True)
class Clauses:
    """The words of a doc as its clauses use them, each looked at once. Words are given by their numbers."""

    doc: Doc
    words: RoleWords
    columns: Columns
    event_of: dict[int, str]  # root of a trigger → event
    label_of: dict[int, str]  # root of a trigger → type of event
    entity_of: dict[int, str]  # token → type of entity
    _acts: dict[int, list[int]] = field(default_factory=dict)
    _avoiding: dict[int, list[int]] = field(default_factory=dict)
    _climbs: dict[int, tuple[int, str]] = field(default_factory=dict)
    _standings: dict[int, list[str]] = field(default_factory=dict)
    _elsewhere: dict[int, list[str]] = field(default_factory=dict)
    _paths: dict[tuple[int, int], list[int] | None] = field(default_factory=dict)

    @classmethod
    def of(cls, doc: Doc, words: RoleWords, triggers: list[Named], mentions: list[Named]) -> Clauses:
        """The clauses of a doc with its triggers and mentions."""
        return cls(
            doc,
            words,
            columns(doc),
            {t.root: t.id for t in triggers},
            {t.root: t.label for t in triggers},
            {i: m.label for m in mentions for i in range(m.start, m.end)},
        )

    def acts(self, i: int) -> list[int]:
        """The verbs whose agent a noun is, also through a relative clause: "who helped to organise"."""
        if i not in self._acts:
            self._acts[i] = list(self._does(i))
        return self._acts[i]

    def _does(self, i: int) -> Iterator[int]:
        c = self.columns
        dep, children = c.dep, c.children
        while dep[i] in ALIKE and c.pos[c.head[i]] not in VERBS:
            i = c.head[i]
        todo = [t.i for t in acts(self.doc[i])]
        todo += [k for k in children[i] if dep[k] in RELATIVE and self._has_relative_subject(k)]
        seen: set[int] = set()
        while todo:
            verb = todo.pop(0)
            shared = dep[verb] == "conj" and any(dep[k] in SUBJECTS for k in children[verb])
            if verb not in seen and not shared and len(seen) < HIGHEST:
                seen.add(verb)
                yield verb
                todo += [k for k in children[verb] if dep[k] in {"conj", "xcomp"} and c.pos[k] in VERBS]

    def _has_relative_subject(self, verb: int) -> bool:
        c = self.columns
        return any(c.dep[k] == "nsubj" and c.tag[k] in WHO for k in c.children[verb])

    def avoiding(self, i: int) -> list[int]:
        """The first verbs that a noun is the agent of, if they say that it stays away."""
        if i not in self._avoiding:
            doing = self.acts(i)[:2]
            absent = bool(doing) and self.words.absence(self.columns, doing[0])
            self._avoiding[i] = doing if absent else []
        return self._avoiding[i]

    def path(self, a: int, b: int) -> list[int] | None:
        """The tokens from the one to the other; None when they are far apart."""
        key = (a, b)
        if key not in self._paths:
            self._paths[key] = way(a, b, self.columns.head)
        return self._paths[key]

    def suffers(self, i: int, verb: int) -> bool:
        """Whether a verb is done to a noun or verb.

        Also as a second one ("called by … and led by …"), or through a light noun ("took part in").
        """
        c = self.columns
        dep, head = c.dep, c.head
        if dep[verb] in RELATIVE and i < verb and self._has_relative_subject(verb):
            return False
        if is_done(c, i, verb):
            return True
        above = head[verb]
        if dep[verb] == "conj" and c.tag[verb] == c.tag[above] == "VBN" and is_done(c, i, above):
            return True
        light = head[head[i]]
        return dep[i] == "pobj" and head[light] == verb and c.lower[light] in self.words.light

    def distance(self, a: int, b: int) -> tuple[int, int]:
        """How far two tokens are apart: in the tree, then in the sentence."""
        found = self.path(a, b)
        return len(found) if found else NO_PATH, abs(a - b)

    def climb(self, i: int) -> tuple[int, str]:
        """The noun that a mention belongs to, and what it is to that noun ("members of X", "X workers")."""
        if i not in self._climbs:
            self._climbs[i] = self._climb(i)
        return self._climbs[i]

    def _climb(self, i: int) -> tuple[int, str]:
        c = self.columns
        parts: list[str] = []
        for _ in range(HIGHEST):
            head, dep = c.head[i], c.dep[i]
            if dep in ALIKE:
                i = head
            elif dep in OF_NOUN and head not in self.event_of:
                parts.append(f"{dep}:{self._noun(head)}")
                i = head
            elif dep == "pobj" and c.lower[head] in self.words.part and self._is_noun(c.head[head]):
                i = c.head[head]
                parts.append(f"of:{self._noun(i)}")
            else:
                break
        return i, "/".join(parts)

    def _is_noun(self, i: int) -> bool:
        pos = self.columns.pos[i]
        return pos not in VERBS and pos != "ADP" and i not in self.event_of

    def _noun(self, i: int) -> str:
        family = self.words.families.get(self.columns.lemma[i])
        return family or ("number" if self.columns.like_num[i] else self.entity_of.get(i) or self.says(i))

    def says(self, i: int) -> str:
        """The type of event that a word names, else its classes, else its part of speech."""
        return self.label_of.get(i) or "+".join(self.words.of(self.columns, i)) or self.columns.pos[i]

    def standing(self, actor: int) -> list[str]:
        """What a mention is in its own clause, whatever the event."""
        if actor not in self._standings:
            self._standings[actor] = self._standing(actor)
        return self._standings[actor]

    def standing_there(self, place: int) -> list[str]:
        """What a place named in another sentence than the event is in its own clause."""
        if place not in self._elsewhere:
            self._elsewhere[place] = [f"there&{fact}" for fact in self.standing(place)]
        return self._elsewhere[place]

    def _standing(self, actor: int) -> list[str]:
        c = self.columns
        top, part = self.climb(actor)
        verb, dep = verb_above(c, top), c.dep[top]
        out = [f"dep={dep}", f"dep={dep}&{self.says(verb)}", f"verb={c.lemma[verb]}&{dep}"]
        out += [f"part={part}", f"part={part}&{dep}"]
        if dep == "pobj":
            above = c.head[top]
            prep = c.lower[above]
            out += [f"prep={prep}", f"prep={prep}&{self.says(c.head[above])}"]
            out.append(f"prep={prep}&event={c.head[above] in self.event_of}")
        out += [f"does={self.says(v)}" for v in self.acts(actor)]
        if asked_by(self, actor) is not None:
            out.append("asked")
        return out


def relation(clauses: Clauses, event: int, actor: int) -> Iterator[str]:
    """What the clause says of a trigger and a mention beside it."""
    c = clauses.columns
    top, part = clauses.climb(actor)
    found = clauses.path(top, event)
    if found:
        voice = "passive" if any(c.dep[k] in PASSIVE_AUXILIARIES for k in c.children[event]) else ""
        kind = f"{'verb' if c.pos[event] in VERBS else 'noun'}{voice}"
        labels, classes = _signatures(clauses, found)
        plain = f"{kind} {labels}"
        yield f"path={plain}"
        yield f"path={plain}&part={part}"
        yield f"told={kind} {classes}"
    else:
        side = "left" if actor < event else "right"
        yield f"no-path&{side}"
        yield f"no-path&{side}&part={part}"
    for hint in _hints(clauses, event, actor):
        yield f"hint={hint}"
        if "&" not in hint:
            yield f"hint={hint}&part={part}"


def _signatures(clauses: Clauses, found: list[int]) -> tuple[str, str]:
    """A path as its labels and prepositions, without and with the classes of the words on it.

    Conjuncts count as one.
    """
    c, last = clauses.columns, found[-1]
    plain: list[str] = []
    told: list[str] = []
    for here, there in pairwise(found):
        up = c.head[here] == there
        label = c.dep[here if up else there]
        if label in ALIKE:
            continue
        step = f"{label}>" if up else f"<{label}"
        plain.append(step)
        told.append(step)
        if there != last and c.pos[there] == "ADP":
            plain.append(c.lower[there])
            told.append(c.lower[there])
        elif there != last:
            told.append(clauses.says(there))
    return " ".join(plain), " ".join(told)


def _hints(clauses: Clauses, event: int, actor: int) -> Iterator[str]:
    """What a trigger and a mention do to each other, or what verbs do to both, by class of verb."""
    words, c = clauses.words, clauses.columns
    doing = clauses.acts(actor)
    if event in doing:
        yield "does"
    for verb in doing:
        if clauses.suffers(event, verb):
            yield "comments" if words.comments(c, verb) else "subject"
            yield from (f"subject&{k}{'&not' if negated(c, verb) else ''}" for k in words.of(c, verb))
    for verb in clauses.acts(event):
        if clauses.suffers(actor, verb):
            yield "object"
            yield from (f"object&{k}" for k in words.of(c, verb))
    if clauses.suffers(actor, event):
        yield "undergoes"
    if addresses(clauses, event, actor):
        yield "asked"


def addresses(clauses: Clauses, event: int, actor: int) -> bool:
    """Whether a protest asks something of an actor: "marched to demand that the mayor resign"."""
    asking = asked_by(clauses, actor)
    if asking is None:
        return False
    head = clauses.columns.head
    above = head[asking]
    return event in {asking, above, head[above]} or clauses.suffers(event, above)


def asked_by(clauses: Clauses, actor: int) -> int | None:
    """The verb that asks something of an actor: "demand that the government …", "called on the mayor"."""
    c, words = clauses.columns, clauses.words
    clause = c.head[actor]
    above = c.head[clause]
    if c.dep[actor] == "nsubj" and c.dep[clause] in {"ccomp", "xcomp"} and ASK in words.of(c, above):
        return above
    return clause if ASK in words.of(c, clause) and is_done(c, actor, clause) else None
