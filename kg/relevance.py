"""Whether an article reports a protest event, from its words alone: cheap enough to ask of every article.

The words of the lexicon `events` that occur, where and beside what, are weighed by the model `relevance`
(`training/relevance.py`). No spaCy is needed, and no name or other word outside the lexicons counts,
so that the score holds in countries and newspapers that the model has not seen.

>>> relevance("en", "Dockers strike", "Dockers walked out on Monday over pay.") > THRESHOLD
True
>>> relevance("en", "Late strike sinks Rovers", "A strike in the last minute won the match.") > THRESHOLD
False
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from kg.article import Article
from kg.facts import PROTEST_EVENTS
from kg.lexicon import lexicon
from kg.model import load

NAME = "relevance"
RELEVANT = "relevant"
THRESHOLD = 0.5  # at which probability an article counts as relevant
LEAD = 60  # words of the body that count as its lead

_SENTENCE = re.compile(r"(?<=[.!?][\s”\"’'])\s*|(?<=[.!?])\s+|\n+")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")


@dataclass(frozen=True, slots=True)
class Words:
    """What is looked up: lemmas by form, event types by lemmas (none for an idiom), word classes by lemma."""

    known: frozenset[str]
    endings: Mapping[str, tuple[str, ...]]
    forms: Mapping[str, str]
    events: Mapping[tuple[str, ...], tuple[str, ...]]
    longest: Mapping[str, int]
    classes: Mapping[str, tuple[str, ...]]
    months: frozenset[str]
    before_month: frozenset[str]

    def lemma(self, word: str) -> str:
        """The lemma of a small-letter word, if the lexicons know it, or the word itself.

        >>> [words("en").lemma(w) for w in ("strikes", "occupied", "struck", "Leeds")]
        ['strike', 'occupy', 'strike', 'Leeds']
        """
        if word in self.forms:
            return self.forms[word]
        if word in self.known:
            return word
        for ending, instead in self.endings.items():
            if word.endswith(ending):
                stem = word.removesuffix(ending)
                for last in instead:
                    if stem + last in self.known:
                        return stem + last
        return word


@cache
def words(lang: str) -> Words:
    """The words of a language's lexicons that speak for or against relevance."""
    own = lexicon(lang, NAME)
    events = _events(lang) | {tuple(idiom.split()): () for idiom in own.word_list("idioms")}
    classes = _classes(lang)
    longest: dict[str, int] = {}
    for lemmas in events:
        longest[lemmas[0]] = max(longest.get(lemmas[0], 0), len(lemmas))
    return Words(
        frozenset(w for lemmas in events for w in lemmas) | frozenset(classes),
        {
            ending: tuple(last.removeprefix("-") for last in own.word_list("endings", ending))
            for ending in own.tables["endings"]
        },
        {form: own.word_list("forms", form)[0] for form in own.tables["forms"]},
        events,
        longest,
        classes,
        own.words("months"),
        own.words("before_month"),
    )


def _events(lang: str) -> dict[tuple[str, ...], tuple[str, ...]]:
    source = lexicon(lang, "events")
    found: dict[tuple[str, ...], list[str]] = {}
    for kind in source.sections():
        for key in ("nouns", "verbs", "phrases"):
            for word in source.word_list(kind, key):
                kinds = found.setdefault(tuple(word.split()), [])
                if kind not in kinds:
                    kinds.append(kind)
    return {lemmas: tuple(kinds) for lemmas, kinds in found.items()}


def _classes(lang: str) -> dict[str, tuple[str, ...]]:
    """Word → families of groups, fields, and kinds of demand."""
    found: dict[str, list[str]] = {}
    groups, fields, demands = lexicon(lang, "groups"), lexicon(lang, NAME), lexicon(lang, "demands")
    named = [(f"group-{f}", groups.word_list(f, "nouns")) for f in groups.sections()]
    named += [(f"field-{f}", fields.word_list("fields", f)) for f in fields.tables["fields"]]
    named += [("request", demands.word_list("requests"))]
    for part in ("verbs", "prepositions"):
        named += [(f"demand-{k}", demands.word_list(part, k)) for k in demands.tables[part]]
    named += [("crowd", fields.word_list("crowds"))]
    for name, listed in named:
        for word in listed:
            found.setdefault(word, []).append(name)
    return {word: tuple(dict.fromkeys(names)) for word, names in found.items()}


@dataclass(frozen=True, slots=True)
class Relevance:
    """How probable it is (0 to 1) that an article reports a protest event, and whether that is enough."""

    id: str
    score: float
    relevant: bool


def judge(article: Article) -> Relevance:
    """The relevance of an article; its `lang` must have a lexicon and model `relevance`."""
    score = relevance(article.lang or "en", article.title, article.text)
    return Relevance(article.id, score, score >= THRESHOLD)


def relevance(lang: str, title: str, text: str) -> float:
    """The probability (0 to 1) that an article reports a protest event.

    Raises:
        ResourceError: the language has no lexicon or model `relevance`.
    """
    model = load(lang, NAME)
    row = model.probabilities([features(title, text, words(lang))])[0]
    return round(float(row[model.labels.index(RELEVANT)]), 4)


@dataclass(frozen=True, slots=True)
class Hit:
    """Words that may name an event: lemmas, types, and the classes of words in their sentence."""

    lemmas: str
    types: tuple[str, ...]
    beside: frozenset[str]
    place: str  # title, lead or body

    @property
    def protest(self) -> bool:
        """Whether it can name protest events only."""
        return bool(self.types) and all(t in PROTEST_EVENTS for t in self.types)


def features(title: str, text: str, words: Words) -> list[str]:
    """The named features of an article, each once."""
    hits: list[Hit] = []
    classes: dict[str, int] = {}
    count = 0
    for n, sentence in enumerate(_sentences(title, text)):
        place = "title" if n == 0 else "lead" if count < LEAD else "body"
        tokens = _WORD.findall(sentence)
        lemmas = [_lemma(tokens, i, words) for i in range(len(tokens))]
        beside = frozenset(c for lemma in lemmas for c in words.classes.get(lemma, ()))
        for name in beside:
            classes[name] = classes.get(name, 0) + 1
        hits += (Hit(" ".join(k), words.events[k], beside, place) for k in _found(lemmas, words))
        count += len(tokens)
    out = {f for hit in hits for f in _of_hit(hit)}
    out.update(name for c, n in classes.items() for name in (c, f"{c}:{_size(n)}"))
    protest = [hit for hit in hits if hit.protest]
    out.add(f"protest-words:{_size(len(protest))}")
    out.add(f"protest-density:{_size(round(200 * len(protest) / max(count, 1)))}")
    out.add(f"protest-kinds:{_size(len({hit.lemmas for hit in protest}))}")
    return sorted(out)


def _sentences(title: str, text: str) -> Iterator[str]:
    yield title
    yield from (s for s in _SENTENCE.split(text) if s and s.strip())


def _lemma(tokens: list[str], i: int, words: Words) -> str:
    token = tokens[i]
    if (
        i
        and token.istitle()
        and token.lower() in words.months
        and tokens[i - 1].lower() in words.before_month
    ):
        return token  # a month, which no lexicon holds in capitals
    return words.lemma(token.lower())


def _found(lemmas: list[str], words: Words) -> Iterator[tuple[str, ...]]:
    """The event words of a sentence; a phrase swallows the words in it."""
    i = 0
    while i < len(lemmas):
        sizes = range(words.longest.get(lemmas[i], 0), 0, -1)
        key = next((k for n in sizes if (k := tuple(lemmas[i : i + n])) in words.events), None)
        if key:
            yield key
        i += len(key) if key else 1


def _of_hit(hit: Hit) -> Iterator[str]:
    yield f"word={hit.lemmas}"
    if hit.place != "body":
        yield f"word={hit.lemmas}&{hit.place}"
    for kind in hit.types:
        yield f"type={kind}"
        yield f"type={kind}&{hit.place}"
        for name in hit.beside:
            yield f"type={kind}&{name}"
    if hit.protest:
        for name in hit.beside:
            yield f"protest&{name}"
            yield f"word={hit.lemmas}&{name}"
        if not any(name.startswith("field-") for name in hit.beside):
            yield "protest&no-field"


def _size(number: int) -> str:
    """A count as one of few sizes."""
    return str(number) if number < 3 else "3-5" if number < 6 else "6+"
