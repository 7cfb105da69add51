"""What the words of a clause say of an actor's part in an event: the lexicons `roles` and `groups`."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from spacy.tokens import Token

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

    def of(self, verb: Token) -> tuple[str, ...]:
        """The classes of a verb, by its lemma or the form it has."""
        return self.classes.get(verb.lemma_.lower()) or self.classes.get(verb.lower_, ())

    def comments(self, verb: Token) -> bool:
        """Whether a verb only says what its subject says or thinks of an event."""
        classes = self.of(verb)
        return COMMENT in classes and not {ORGANIZE, JOIN} & set(classes)

    def presence(self, verb: Token) -> bool:
        """Whether a verb says that its subject was there: "appeared", "was among the participants"."""
        if negated(verb):
            return False
        behind = [c for c in verb.children if c.i > verb.i]
        nouns = [*behind, *(g for c in behind if c.pos_ == "ADP" for g in c.children)]
        return verb.lemma_.lower() in self.present or any(
            n.lemma_.lower() in self.present and n.pos_ == "NOUN" for n in nouns
        )

    def absence(self, verb: Token) -> bool:
        """Whether a verb says that its subject stays away."""
        if negated(verb):
            return verb.lemma_.lower() in self.attend
        return AVOID in self.of(verb)


def negated(verb: Token) -> bool:
    """Whether a verb stands with a negation."""
    return any(c.dep_ == "neg" for c in verb.children)


@cache
def role_words(lang: str) -> RoleWords:
    """The words of a language's lexicons `roles` and `groups`."""
    source, groups = lexicon(lang, "roles"), lexicon(lang, "groups")
    classes: dict[str, list[str]] = {}
    for name in source.sections():
        for word in source.word_list(name, "words"):
            classes.setdefault(word, []).append(name)
    families = {w: f for f in groups.sections() for w in groups.word_list(f, "nouns")}
    return RoleWords(
        {w: tuple(c) for w, c in classes.items()},
        source.words("attend"),
        source.words("at"),
        source.words("part"),
        source.words("bodies"),
        source.words("light"),
        source.words("present"),
        families,
    )
