"""`kg_coreference`: which mentions name the same thing, as `Span.id_` ("e1", "e2", … by first mention).

Rules, in the order in which they are tried (the closed classes of Lee et al. 2013, sieve by sieve):
the same words; an acronym of the name beside it or elsewhere; a surname of a person named in full; the same
name less what qualifies it (police, French police); nouns of one family (protesters, demonstrators).
The type of a thing is the one that its mentions are surest of together.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache

from spacy.language import Language
from spacy.tokens import Doc, Span, SpanGroup

from kg.annotate.mentions import KEY
from kg.annotate.words import MentionWords, mention_words

PERSON, PLACE, GROUP = "Person", "Place", "Group"


class Coreference:
    """Doc → Doc."""

    def __init__(self, words: MentionWords) -> None:
        self.words = words

    def __call__(self, doc: Doc) -> Doc:
        group = doc.spans[KEY]
        spans = list(group)
        names = [normal(s.text) for s in spans]
        confidence: list[float] = group.attrs["confidence"]
        clusters = Clusters(len(spans))
        self._same_words(spans, names, clusters)
        self._surnames(spans, names, clusters)
        self._acronyms(spans, clusters)
        self._families(spans, clusters)
        named: list[Span] = []
        ids: dict[int, str] = {}
        for i, members in clusters.by_first():
            label = _surest((spans[m].label_, confidence[m]) for m in members)
            ids[i] = f"e{len(ids) + 1}"
            named += [Span(doc, spans[m].start, spans[m].end, label=label, span_id=ids[i]) for m in members]
        order = {(s.start, s.end): i for i, s in enumerate(spans)}
        named.sort(key=lambda s: order[s.start, s.end])
        linked = SpanGroup(doc, name=KEY, spans=named)
        linked.attrs["confidence"] = confidence
        doc.spans[KEY] = linked
        return doc

    def _same_words(self, spans: list[Span], names: list[str], clusters: Clusters) -> None:
        seen: dict[tuple[str, str], int] = {}
        for i, (span, name) in enumerate(zip(spans, names, strict=True)):
            key = (
                self.words.aliases.get(name, name),
                span.label_ if span.label_ in {GROUP, PLACE} else "named",
            )
            clusters.join(seen.setdefault(key, i), i)

    def _surnames(self, spans: list[Span], names: list[str], clusters: Clusters) -> None:
        full: dict[str, int] = {}
        for i, span in enumerate(spans):
            if span.label_ == PERSON and len(span) > 1:
                parts = names[i].split()
                for n in range(1, len(parts)):
                    full.setdefault(" ".join(parts[n:]), i)
                full.setdefault(parts[0], i)
        for i, span in enumerate(spans):
            if span.label_ != GROUP and names[i] in full:
                clusters.join(full[names[i]], i)

    def _acronyms(self, spans: list[Span], clusters: Clusters) -> None:
        long: dict[str, int] = {}
        for i, span in enumerate(spans):
            if span.label_ not in {PERSON, GROUP} and len(span) > 1:
                for short in acronyms(span.text):
                    long.setdefault(short, i)
        for i, span in enumerate(spans):
            if len(span) > 1 or span.label_ in {PERSON, GROUP}:
                continue
            short = re.sub(r"\W", "", span.text)
            if 2 <= len(short) <= 8 and short.isupper():
                beside = i > 0 and spans[i - 1].end == span.start - 1 and span.doc[span.start - 1].text == "("
                if short in long:
                    clusters.join(long[short], i)
                elif beside and spans[i - 1].label_ not in {PERSON, GROUP, PLACE}:
                    clusters.join(i - 1, i)

    def _families(self, spans: list[Span], clusters: Clusters) -> None:
        """Groups by the family of their head noun; bodies less the nationality before them."""
        seen: dict[str, int] = {}
        for i, span in enumerate(spans):
            lemma = span.root.lemma_.lower()
            if span.label_ == GROUP:
                family = self.words.families.get(lemma, lemma)
                key = family if family in self.words.merged_families else lemma
                clusters.join(seen.setdefault(f"group {key}", i), i)
            elif span.label_ not in {PERSON, PLACE}:
                bare = [t.lower_ for t in span if t.ent_type_ != "NORP" and not t.is_stop]
                if len(bare) == 1 and bare[0] in self.words.body_nouns:
                    clusters.join(seen.setdefault(f"body {bare[0]}", i), i)


class Clusters:
    """Disjoint sets of the numbers below `n` (union–find)."""

    def __init__(self, n: int) -> None:
        self.parent = list(range(n))

    def find(self, i: int) -> int:
        """The least member of a set."""
        while self.parent[i] != i:
            i = self.parent[i]
        return i

    def join(self, i: int, j: int) -> None:
        """Make two sets one."""
        a, b = sorted((self.find(i), self.find(j)))
        self.parent[b] = a

    def by_first(self) -> list[tuple[int, list[int]]]:
        """The sets, each with its members, in the order of their least member."""
        sets: dict[int, list[int]] = defaultdict(list)
        for i in range(len(self.parent)):
            sets[self.find(i)].append(i)
        return sorted(sets.items())


@lru_cache(maxsize=10_000)
def normal(name: str) -> str:
    """A name without case, accents, possessive and punctuation.

    >>> normal("Laurent Nuñez’s")
    'laurent nunez'
    """
    name = unicodedata.normalize("NFKD", name).casefold()
    name = "".join(c for c in name if not unicodedata.combining(c))
    name = re.sub(r"['’`]s?\b(?=\s|$)", "", name)
    return re.sub(r"[^\w]+", " ", name).strip()


def acronyms(name: str) -> set[str]:
    """The acronyms a name may have: of all its words, and of its capitalised ones.

    >>> sorted(acronyms("Trades Union Congress"))
    ['TUC']
    """
    words = [w for w in re.split(r"[\s\-]+", name) if w and w[0].isalnum()]
    return {"".join(w[0] for w in words).upper(), "".join(w[0] for w in words if w[0].isupper())} - {""}


def _surest(votes: Iterable[tuple[str, float]]) -> str:
    total: dict[str, float] = defaultdict(float)
    for label, confidence in votes:
        total[label] += confidence
    return min(total, key=lambda label: (-round(total[label], 4), label))


@Language.factory("kg_coreference", assigns=["doc.spans"], requires=["doc.spans"])
def _create(nlp: Language, name: str) -> Coreference:
    return Coreference(mention_words(nlp.lang))
