"""The names of the features of a pair of triggers, for `kg_same_event`.

Few values make them up, and most pairs have the same: each name is written once.
"""

from __future__ import annotations

from functools import cache, lru_cache

MOST = 10_000  # names kept that depend on words of the text
COMPARED = (
    "dates",
    "own-dates",
    "places",
    "near-places",
    "actors",
    "modifiers",
    "arguments",
    "crowds",
    "current-dates",
    "current-places",
)
RELATIONS = ("share", "differ", "first", "second", "none")


@cache
def where(near: str, labels: str, word: str) -> tuple[str, ...]:
    """Distance, labels and words of a pair."""
    return (
        f"distance={near}",
        f"labels={labels}",
        f"labels={labels}&distance={near}",
        f"word={word}",
        f"word={word}&labels={labels}",
        f"word={word}&distance={near}",
    )


@cache
def lead(title: bool, first: bool, second: bool, labels: str) -> tuple[str, ...]:
    """Whether the triggers stand in the title or the lead."""
    return f"title={title}", f"lead={title}/{second}", f"lead={first}/{second}&labels={labels}"


@cache
def forms(first: str, second: str, together: bool) -> tuple[str, ...]:
    """Parts of speech, and whether in one paragraph."""
    return f"tags={first}/{second}", f"paragraph={together}"


@cache
def numbers(first: bool, second: bool, labels: str, word: str) -> tuple[str, ...]:
    """Singular or plural."""
    numbers = f"{'p' if first else 's'}{'p' if second else 's'}"
    return f"numbers={numbers}", f"labels={labels}&numbers={numbers}", f"word={word}&numbers={numbers}"


@lru_cache(MOST)
def determiners(first: str, second: str, word: str) -> tuple[str, ...]:
    """The determiners of both."""
    return f"determiner={second}", f"determiners={first}/{second}", f"word={word}&determiner={second}"


@cache
def apart(apart: int, word: str) -> tuple[str, ...]:
    """How many triggers of the family lie between."""
    return f"apart={apart}", f"apart={apart}&word={word}"


@cache
def tenses(first: str, second: str) -> tuple[str, ...]:
    """The tenses of both clauses."""
    return f"tenses={first == second}", f"tense={first}/{second}"


@cache
def particular(particular: str, title: bool, near: str, word: str) -> tuple[str, ...]:
    """What each clause gives of its own."""
    return (
        f"title={title}&particular={particular}",
        f"particular={particular}",
        f"particular={particular}&word={word}",
        f"particular={particular}&distance={near}",
    )


@cache
def bare(first: bool, second: bool, particular: str) -> tuple[str, ...]:
    """Whether they are plurals without determiner."""
    return f"bare={first}/{second}", f"bare={first}/{second}&particular={particular}"


@cache
def relations(word: str, near: str, labels: str) -> tuple[tuple[str, dict[str, tuple[str, ...]]], ...]:
    """By what is compared: relation → names of features."""
    return tuple((name, {r: _related(name, r, word, near, labels) for r in RELATIONS}) for name in COMPARED)


def _related(name: str, relation: str, word: str, near: str, labels: str) -> tuple[str, ...]:
    return (
        f"{name}={relation}",
        f"{name}={relation}&word={word}",
        f"{name}={relation}&distance={near}",
        f"{name}={relation}&labels={labels}",
    )


@cache
def here(when: str, where: str, crowds: str, said: str) -> tuple[str, ...]:
    """What they share of time, place and crowd."""
    return (
        f"when={when}&where={where}",
        f"when={when}&where={where}&crowds={crowds}",
        f"dates={said}&where={where}",
    )
