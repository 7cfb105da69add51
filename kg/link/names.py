"""Names as keys: what makes two spellings one name, and how a name becomes part of an IRI.

>>> key("Ministère de l’Intérieur")
'ministere de l interieur'
>>> name_slug("Laurent Nuñez")
'laurent-nunez'
>>> is_acronym("BWU", "Blue Watch Union")
True
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from functools import lru_cache
from hashlib import sha256

from kg.facts import ArticleFacts, Entity, Event

LONGEST = 60
_SHORTEST_MISSPELT = 6
_PLAIN = re.compile(r"[A-Za-z0-9]+(?:[-_][A-Za-z0-9]+)*")


@lru_cache(maxsize=1 << 16)
def key(name: str) -> str:
    """The name without case, accents and punctuation; two spellings with one key are one name."""
    decomposed = unicodedata.normalize("NFKD", name.casefold())
    letters = (c if c.isalnum() else " " for c in decomposed if not unicodedata.combining(c))
    return " ".join("".join(letters).split()) or name


def surname(name: str) -> str:
    """The last word of a person's name as a key.

    >>> surname("Laurent Nuñez")
    'nunez'
    """
    return (key(name).split() or [name])[-1]


def skeleton(name: str) -> str:
    """The words of a name in the order of the alphabet, without the s at their end: what spellings share.

    >>> skeleton("Communications Workers Union") == skeleton("union, communication workers")
    True
    """
    words = (word[:-1] if len(word) > 3 and word.endswith("s") else word for word in key(name).split())
    return " ".join(sorted(words))


def initials(name: str) -> str:
    """The first letters of the words of a name, as an acronym would have them.

    >>> initials("Blue Watch Union")
    'bwu'
    """
    return "".join(word[0] for word in key(name).split())


def is_misspelt(one: str, other: str) -> bool:
    """Whether two words differ by one letter more, less, other or swapped with the next; short ones never do.

    >>> is_misspelt("lefebvre", "lefevbre"), is_misspelt("cfdt", "cftc")
    (True, False)
    """
    if one == other or min(len(one), len(other)) < _SHORTEST_MISSPELT or abs(len(one) - len(other)) > 1:
        return False
    start = next(
        (i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other))
    )
    a, b = one[start:], other[start:]
    return a[1:] == b[1:] or a[1:] == b or a == b[1:] or (a[:2] == b[1::-1] and a[2:] == b[2:])


def slug(text: str) -> str:
    """The text as a local name of letters, digits, single `-` and `_`; different texts have different slugs.

    A text that is no such name ends in `__` and ten digits of its SHA-256, a form that no plain text has.
    """
    if len(text) <= LONGEST and _PLAIN.fullmatch(text):
        return text
    readable = "-".join(re.findall("[a-z0-9]+", key(text)))[:LONGEST].strip("-")
    return f"{readable or 'x'}__{digest(text)}"


def name_slug(name: str) -> str:
    """The slug of a name's key: one for all spellings of it."""
    return slug(key(name).replace(" ", "-"))


def digest(*parts: str, length: int = 10) -> str:
    """The first hexadecimal digits of the SHA-256 of the parts, a control character between them."""
    return sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:length]


def is_acronym(short: str, long: str) -> bool:
    """Whether `short` is upper-case, of initials of the words of `long` in order, the first included."""
    if not (1 < len(short) <= 10 and short.isupper() and " " not in short):
        return False
    initials = [word[0] for word in key(long).split()]
    letters = key(short).replace(" ", "")
    rest = iter(initials)
    return len(initials) > 1 and letters[:1] == initials[0] and all(letter in rest for letter in letters)


def is_description(entity: Entity) -> bool:
    """Whether the entity is described, not named: a Group, or written without capitals ("government").

    Such words name whoever the article speaks of, so they never link two articles by themselves.
    """
    return entity.type == "Group" or entity.name.islower()


def local_names(facts: ArticleFacts) -> dict[str, str]:
    """Fact id → local name of the article's entities and events, unique in the article and free of its order.

    An entity goes by its name, an event by its first trigger; where two would share one, by its fact id too.
    """
    return _unique({e.id: _readable(e) for e in facts.entities}) | _unique(
        {v.id: _readable(v) for v in facts.events}
    )


def _readable(item: Entity | Event) -> str:
    if isinstance(item, Entity):
        return name_slug(item.name)
    return name_slug(trigger(item) or item.type)


def trigger(event: Event) -> str | None:
    """The first words that name the event."""
    return min(event.triggers).text if event.triggers else None


def _unique(names: dict[str, str]) -> dict[str, str]:
    count = Counter(names.values())
    return {id: name if count[name] == 1 else f"{name}--{slug(id)}" for id, name in names.items()}
