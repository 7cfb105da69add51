"""The words that can name an event, made ready for look-up."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, cached_property
from typing import TypeVar

from kg.annotate.columns import Columns
from kg.lexicon import lexicon

K = TypeVar("K")


@dataclass(frozen=True)
class EventWords:
    """Lemmas → event types. `phrases` maps a tuple of lemmas, `first` their first lemma to their length."""

    nouns: dict[str, tuple[str, ...]]
    verbs: dict[str, tuple[str, ...]]
    phrases: dict[tuple[str, ...], tuple[str, ...]]
    first: dict[str, int]

    @cached_property
    def known(self) -> frozenset[str]:
        """The lemmas that any name of an event opens with."""
        return frozenset().union(self.nouns, self.verbs, self.first)

    def phrase_at(self, c: Columns, i: int) -> int:
        """The number of tokens of the longest phrase that starts at token `i`, 0 if none does."""
        for n in range(self.first.get(c.lemma[i], 0), 1, -1):
            if tuple(c.lemma[i : i + n]) in self.phrases:
                return n
        return 0


@cache
def event_words(lang: str) -> EventWords:
    """The words of a language's lexicon `events`."""
    source = lexicon(lang, "events")
    nouns: dict[str, list[str]] = {}
    verbs: dict[str, list[str]] = {}
    phrases: dict[tuple[str, ...], list[str]] = {}
    for kind in source.sections():
        for table, key in ((nouns, "nouns"), (verbs, "verbs")):
            for word in source.word_list(kind, key):
                table.setdefault(word, []).append(kind)
        for phrase in source.word_list(kind, "phrases"):
            phrases.setdefault(tuple(phrase.replace("-", " - ").split()), []).append(kind)
    first: dict[str, int] = {}
    for words in phrases:
        first[words[0]] = max(first.get(words[0], 0), len(words))
    for word in [w for w in nouns if "-" in w]:
        parts = tuple(word.replace("-", " - ").split())
        phrases.setdefault(parts, []).extend(nouns[word])
        first[parts[0]] = max(first.get(parts[0], 0), len(parts))
    return EventWords(_frozen(nouns), _frozen(verbs), _frozen(phrases), first)


def _frozen(table: dict[K, list[str]]) -> dict[K, tuple[str, ...]]:
    return {k: tuple(v) for k, v in table.items()}
