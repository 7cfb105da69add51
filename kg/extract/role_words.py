"""What the words of a clause say of an actor's part in an event: the lexicons `roles` and `groups`."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from kg.annotate.columns import Columns
from kg.lexicon import lexicon

ORGANIZE, JOIN, AVOID, ASK, COMMENT = "organize", "join", "avoid", "ask", "comment"


@dataclass(frozen=True, slots=True)
class RoleWords:
    """Lemma → what it says of an actor's part (`organize`, `join`, …), and group noun → family."""

    classes: dict[str, tuple[str, ...]]
    attend: frozenset[str]
    at: frozenset[str]
    part: frozenset[str]
    bodies: frozenset[str]
    light: frozenset[str]
    present: frozenset[str]
    families: dict[str, str]

    def of(self, c: Columns, verb: int) -> tuple[str, ...]:
        """The classes of a verb, by its lemma or the form it has."""
        return self.classes.get(c.lemma[verb]) or self.classes.get(c.lower[verb], ())

    def comments(self, c: Columns, verb: int) -> bool:
        """Whether a verb only says what its subject says or thinks of an event."""
        classes = self.of(c, verb)
        return COMMENT in classes and ORGANIZE not in classes and JOIN not in classes

    def presence(self, c: Columns, verb: int) -> bool:
        """Whether a verb says that its subject was there: "appeared", "was among the participants"."""
        if negated(c, verb):
            return False
        behind = [k for k in c.children[verb] if k > verb]
        nouns = [*behind, *(g for k in behind if c.pos[k] == "ADP" for g in c.children[k])]
        return c.lemma[verb] in self.present or any(
            c.lemma[n] in self.present and c.pos[n] == "NOUN" for n in nouns
        )

    def absence(self, c: Columns, verb: int) -> bool:
        """Whether a verb says that its subject stays away."""
        if negated(c, verb):
            return c.lemma[verb] in self.attend
        return AVOID in self.of(c, verb)


def negated(c: Columns, verb: int) -> bool:
    """Whether a verb stands with a negation."""
    return any(c.dep[k] == "neg" for k in c.children[verb])


@cache
def role_words(lang: str) -> RoleWords:
    """The words of a language's lexicons `roles` and `groups`."""
    source, groups = lexicon(lang, "roles"), lexicon(lang, "groups")
    classes: dict[str, list[str]] = {}
    for name in source.sections():
        for word in source.word_list(name, "words"):
            classes.setdefault(word, []).append(name)
    return RoleWords(
        {w: tuple(c) for w, c in classes.items()},
        source.words("attend"),
        source.words("at"),
        source.words("part"),
        source.words("bodies"),
        source.words("light"),
        source.words("present"),
        groups.tables_of("nouns"),
    )
