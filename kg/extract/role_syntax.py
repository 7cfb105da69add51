"""How a trigger and a mention of one sentence stand to each other: features of what the clause says.

A mention is followed up the tree past what only adds to it (conjuncts, appositions, "members of"), so that
"members of the union and of the party marched" says one thing of both.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from spacy.tokens import Doc, Span, Token

from kg.annotate import mentions, triggers
from kg.annotate.syntax import VERBS, acts, clause_verb, path, undergoes
from kg.extract.role_words import ASK, RoleWords, negated

ALIKE = {"conj", "appos"}
OF_NOUN = {"compound", "poss", "nmod", "amod"}
PASSIVE = {"auxpass", "aux:pass"}
RELATIVE = {"relcl", "acl:relcl"}
SUBJECTS = {"nsubj", "nsubjpass", "nsubj:pass"}
WHO = {"WP", "WDT"}
HIGHEST = 6  # steps up from a mention
NO_PATH = 9  # the length of a path that is too long to follow


@dataclass(frozen=True, slots=True)
class Clauses:
    """The words of a doc as its clauses use them, each looked at once."""

    words: RoleWords
    event_of: dict[int, str]  # root of a trigger → event
    label_of: dict[int, str]  # root of a trigger → type of event
    entity_of: dict[int, str]  # token → type of entity
    _acts: dict[int, list[Token]] = field(default_factory=dict)
    _climbs: dict[int, tuple[Token, str]] = field(default_factory=dict)
    _standings: dict[int, list[str]] = field(default_factory=dict)
    _paths: dict[tuple[int, int], list[Token] | None] = field(default_factory=dict)

    @classmethod
    def of(cls, doc: Doc, words: RoleWords) -> Clauses:
        """The clauses of a doc that has triggers and mentions."""
        named = {s.root.i: s for s in doc.spans[triggers.KEY]}
        return cls(
            words,
            {i: s.id_ for i, s in named.items()},
            {i: s.label_ for i, s in named.items()},
            {t.i: s.label_ for s in doc.spans[mentions.KEY] for t in s},
        )

    def acts(self, token: Token) -> list[Token]:
        """The verbs whose agent a noun is, also through a relative clause: "who helped to organise"."""
        if token.i not in self._acts:
            self._acts[token.i] = list(_does(token))
        return self._acts[token.i]

    def path(self, a: Token, b: Token) -> list[Token] | None:
        """The tokens from the one to the other; None when they are far apart."""
        key = (a.i, b.i)
        if key not in self._paths:
            self._paths[key] = path(a, b)
        return self._paths[key]

    def suffers(self, token: Token, verb: Token) -> bool:
        """Whether a verb is done to a noun or verb.

        Also as a second one ("called by … and led by …"), or through a light noun ("took part in").
        """
        if verb.dep_ in RELATIVE and token.i < verb.i and _has_relative_subject(verb):
            return False
        if undergoes(token, verb):
            return True
        if verb.dep_ == "conj" and verb.tag_ == verb.head.tag_ == "VBN" and undergoes(token, verb.head):
            return True
        light = token.head.head
        return token.dep_ == "pobj" and light.head.i == verb.i and light.lower_ in self.words.light

    def distance(self, a: Token, b: Token) -> tuple[int, int]:
        """How far two tokens are apart: in the tree, then in the sentence."""
        found = self.path(a, b)
        return len(found) if found else NO_PATH, abs(a.i - b.i)

    def climb(self, token: Token) -> tuple[Token, str]:
        """The noun that a mention belongs to, and what it is to that noun ("members of X", "X workers")."""
        if token.i not in self._climbs:
            self._climbs[token.i] = self._climb(token)
        return self._climbs[token.i]

    def _climb(self, token: Token) -> tuple[Token, str]:
        parts: list[str] = []
        for _ in range(HIGHEST):
            head = token.head
            if token.dep_ in ALIKE:
                token = head
            elif token.dep_ in OF_NOUN and head.i not in self.event_of:
                parts.append(f"{token.dep_}:{self._noun(head)}")
                token = head
            elif token.dep_ == "pobj" and head.lower_ in self.words.part and self._is_noun(head.head):
                parts.append(f"of:{self._noun(head.head)}")
                token = head.head
            else:
                break
        return token, "/".join(parts)

    def _is_noun(self, token: Token) -> bool:
        return token.pos_ not in VERBS and token.pos_ != "ADP" and token.i not in self.event_of

    def _noun(self, token: Token) -> str:
        family = self.words.families.get(token.lemma_.lower())
        return family or ("number" if token.like_num else self.entity_of.get(token.i, self.says(token)))

    def says(self, token: Token) -> str:
        """The type of event that a word names, else its classes, else its part of speech."""
        return self.label_of.get(token.i) or "+".join(self.words.of(token)) or token.pos_

    def standing(self, mention: Span) -> list[str]:
        """What a mention is in its own clause, whatever the event."""
        actor = mention.root
        if actor.i not in self._standings:
            self._standings[actor.i] = self._standing(actor)
        return self._standings[actor.i]

    def _standing(self, actor: Token) -> list[str]:
        top, part = self.climb(actor)
        verb = clause_verb(top)
        out = [
            f"dep={top.dep_}",
            f"dep={top.dep_}&{self.says(verb)}",
            f"verb={verb.lemma_.lower()}&{top.dep_}",
        ]
        out += [f"part={part}", f"part={part}&{top.dep_}"]
        if top.dep_ == "pobj":
            prep = top.head
            out += [f"prep={prep.lower_}", f"prep={prep.lower_}&{self.says(prep.head)}"]
            out.append(f"prep={prep.lower_}&event={prep.head.i in self.event_of}")
        out += [f"does={self.says(v)}" for v in self.acts(actor)]
        if asked_by(actor, self.words):
            out.append("asked")
        return out


def _does(token: Token) -> Iterator[Token]:
    while token.dep_ in ALIKE and token.head.pos_ not in VERBS:
        token = token.head
    relative = (c for c in token.children if c.dep_ in RELATIVE and _has_relative_subject(c))
    todo = [*acts(token), *relative]
    seen: set[int] = set()
    while todo:
        verb = todo.pop(0)
        shared = verb.dep_ == "conj" and any(c.dep_ in SUBJECTS for c in verb.children)
        if verb.i not in seen and not shared and len(seen) < HIGHEST:
            seen.add(verb.i)
            yield verb
            todo += [c for c in verb.children if c.dep_ in {"conj", "xcomp"} and c.pos_ in VERBS]


def _has_relative_subject(verb: Token) -> bool:
    return any(c.dep_ == "nsubj" and c.tag_ in WHO for c in verb.children)


def relation(clauses: Clauses, event: Token, actor: Token) -> Iterator[str]:
    """What the clause says of a trigger and a mention beside it."""
    top, part = clauses.climb(actor)
    found = clauses.path(top, event)
    if found:
        voice = "passive" if any(c.dep_ in PASSIVE for c in event.children) else ""
        kind = f"{'verb' if event.pos_ in VERBS else 'noun'}{voice}"
        plain = f"{kind} {_signature(clauses, found, classes=False)}"
        yield f"path={plain}"
        yield f"path={plain}&part={part}"
        yield f"told={kind} {_signature(clauses, found, classes=True)}"
    else:
        side = "left" if actor.i < event.i else "right"
        yield f"no-path&{side}"
        yield f"no-path&{side}&part={part}"
    for hint in _hints(clauses, event, actor):
        yield f"hint={hint}"
        if "&" not in hint:
            yield f"hint={hint}&part={part}"


def _signature(clauses: Clauses, found: list[Token], *, classes: bool) -> str:
    """A path as its labels and prepositions, and the classes of the words on it; conjuncts count as one."""
    steps = []
    for here, there in pairwise(found):
        label = f"{here.dep_}>" if here.head.i == there.i else f"<{there.dep_}"
        if label.strip("<>") in ALIKE:
            continue
        steps.append(label)
        if there.i != found[-1].i and there.pos_ == "ADP":
            steps.append(there.lower_)
        elif there.i != found[-1].i and classes:
            steps.append(clauses.says(there))
    return " ".join(steps)


def _hints(clauses: Clauses, event: Token, actor: Token) -> Iterator[str]:
    """What a trigger and a mention do to each other, or what verbs do to both, by class of verb."""
    words = clauses.words
    doing = clauses.acts(actor)
    if any(v.i == event.i for v in doing):
        yield "does"
    for verb in doing:
        if clauses.suffers(event, verb):
            comment = words.comments(verb)
            yield "comments" if comment else "subject"
            yield from (f"subject&{c}{'&not' if negated(verb) else ''}" for c in words.of(verb))
    for verb in clauses.acts(event):
        if clauses.suffers(actor, verb):
            yield "object"
            yield from (f"object&{c}" for c in words.of(verb))
    if clauses.suffers(actor, event):
        yield "undergoes"
    if addresses(clauses, event, actor):
        yield "asked"


def addresses(clauses: Clauses, event: Token, actor: Token) -> bool:
    """Whether a protest asks something of an actor: "marched to demand that the mayor resign"."""
    asking = asked_by(actor, clauses.words)
    if asking is None:
        return False
    above = asking.head
    return event.i in {asking.i, above.i, above.head.i} or clauses.suffers(event, above)


def asked_by(actor: Token, words: RoleWords) -> Token | None:
    """The verb that asks something of an actor: "demand that the government …", "called on the mayor"."""
    clause = actor.head
    if actor.dep_ == "nsubj" and clause.dep_ in {"ccomp", "xcomp"} and ASK in words.of(clause.head):
        return clause.head
    return clause if ASK in words.of(clause) and undergoes(actor, clause) else None
