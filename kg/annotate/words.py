"""The words `kg_mentions` works with, made ready for look-up."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from kg.annotate.columns import Columns
from kg.lexicon import lexicon


@dataclass(frozen=True, slots=True)
class MentionWords:
    """Lower-case words; `known` maps a whole name to its kinds, `heads` a word in a name to its kinds.

    A line is no part of the report that is short and opens with one of `credits`, opens with one of
    `opening_credits`, or holds one of `credits_anywhere`.
    """

    connectors: frozenset[str]
    leading: frozenset[str]
    trailing: frozenset[str]
    body_nouns: frozenset[str]
    group_nouns: frozenset[str]
    families: dict[str, str]
    known: dict[str, tuple[str, ...]]
    heads: dict[str, tuple[str, ...]]
    offices: frozenset[str]
    courtesy: frozenset[str]
    first_known: dict[str, int]
    aliases: dict[str, str]
    merged_families: frozenset[str]
    credits: frozenset[str]
    opening_credits: tuple[str, ...]
    credits_anywhere: tuple[str, ...]
    generic: frozenset[str]
    naming: frozenset[str]

    def longest_known(self, c: Columns, i: int) -> int:
        """The number of tokens of the longest known name that starts at token `i`, 0 if none does."""
        longest = self.first_known.get(c.lower[i], 0)
        for n in range(min(longest, len(c) - i), 0, -1):
            if c.words(i, i + n).lower() in self.known:
                return n
        return 0


@cache
def mention_words(lang: str) -> MentionWords:
    """The words of a language's lexicons `mentions`, `names`, `groups` and `offices`."""
    mentions, names, groups, offices = (lexicon(lang, n) for n in ("mentions", "names", "groups", "offices"))
    known: dict[str, list[str]] = {}
    heads: dict[str, list[str]] = {}
    for kind in names.sections():
        for word in names.word_list(kind, "known"):
            known.setdefault(word, []).append(kind)
        for word in names.word_list(kind, "heads"):
            heads.setdefault(word, []).append(kind)
    first: dict[str, int] = {}
    for name in known:
        parts = name.replace("'", " '").replace("-", " - ").split()
        first[parts[0]] = max(first.get(parts[0], 0), len(parts) + 1)
        first[name.split()[0]] = max(first.get(name.split()[0], 0), len(parts) + 1)
    families = groups.tables_of("nouns", "phrases")
    return MentionWords(
        connectors=mentions.words("connectors"),
        leading=mentions.words("leading"),
        trailing=mentions.words("trailing"),
        body_nouns=mentions.words("bodies"),
        group_nouns=frozenset(w for w in families if " " not in w),
        families=families,
        known={k: tuple(v) for k, v in known.items()},
        heads={k: tuple(v) for k, v in heads.items()},
        offices=offices.words("heads"),
        courtesy=offices.words("courtesy"),
        first_known=first,
        aliases={n: same[0] for same in names.groups("aliases") for n in same},
        merged_families=mentions.words("merged_families"),
        credits=frozenset(mentions.word_list("credits", "words")),
        opening_credits=tuple(mentions.word_list("credits", "opening")),
        credits_anywhere=tuple(mentions.word_list("credits", "anywhere")),
        generic=mentions.words("generic"),
        naming=mentions.words("naming"),
    )
