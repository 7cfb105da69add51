"""What speaks for or against two profiles being one actor or place: a table of features, each with a reason.

The weights were set by hand and tried on annotated articles (docs/accuracy.md); add one where it is missing.
"""

from __future__ import annotations

from collections.abc import Callable

from kg.link.names import initials, is_misspelt, skeleton, surname
from kg.link.profiles import Profile
from kg.link.reports import NAMED_TYPES
from kg.link.signals import Score, Signal, total

# Pairs that reach ENOUGH are one thing; those between DOUBT and ENOUGH are for people to look at.
ENOUGH, DOUBT = 0.7, 0.45
# Two groups of profiles are never joined while a pair across them has less.
LEAST = 0.15
_YEARS_APART = 20
_LONGEST_ACRONYM = 10

Feature = Callable[[Profile, Profile], Signal | None]


def compare(a: Profile, b: Profile) -> Score:
    """How much speaks for the two being one, from 0 to 1, and the reasons."""
    return total(feature(a, b) for feature in FEATURES)


def same_family(a: Profile, b: Profile) -> Signal | None:
    """Persons, organisations, groups and places are never one another."""
    return Signal(0, f"of two kinds: {a.family} and {b.family}", veto=True) if a.family != b.family else None


def same_known(a: Profile, b: Profile) -> Signal | None:
    """Two things that the knowledge base keeps apart are two."""
    if a.known and b.known and a.known.iri != b.known.iri:
        return Signal(0, f"known as two: “{a.known.label}” and “{b.known.label}”", veto=True)
    return None


def described(a: Profile, b: Profile) -> Signal | None:
    """Descriptions ("police officers") mean whoever their article speaks of."""
    if a.described or b.described:
        return Signal(0, "a description stays within its article", veto=True)
    return None


def same_name(a: Profile, b: Profile) -> Signal | None:
    """The same name, whatever its case and accents; of a person, a surname alone says less."""
    if a.key != b.key:
        return None
    whole = " " in a.key
    weight = (0.85 if whole else 0.6) if a.family == "person" else 0.75
    return Signal(weight, f"the same name “{_longer(a, b)}”")


def spelling(a: Profile, b: Profile) -> Signal | None:
    """The same words in another order or number, or one letter more, less, other or swapped."""
    if a.key == b.key:
        return None
    both = f"“{a.label}” and “{b.label}”"
    if skeleton(a.label) == skeleton(b.label):
        return Signal(0.75, f"the same words: {both}")
    if a.family != "person" and is_misspelt(a.key.replace(" ", ""), b.key.replace(" ", "")):
        return Signal(0.6, f"one letter differs: {both}")
    return None


def other_name(a: Profile, b: Profile) -> Signal | None:
    """An article gives one the other's name too, as an acronym in brackets; less if it gives it to others."""
    if a.family == "person":
        return None
    for one, other in ((a, b), (b, a)):
        if one.key in other.aliases:
            if one.key in other.contested:
                return Signal(0.35, f"“{one.label}” stands for “{other.label}”, and for others")
            return Signal(0.7, f"“{one.label}” stands for “{other.label}”")
    shared = sorted(name for name in a.aliases & b.aliases if len(name) > 1)
    if not shared or a.key == b.key:
        return None
    return Signal(0.35, f"both are called “{shared[0]}”")


def acronym(a: Profile, b: Profile) -> Signal | None:
    """One is made of the first letters of the other's words, though no article says so."""
    for one, other in ((a, b), (b, a)):
        short = one.label.isupper() and " " not in one.label and len(one.label) <= _LONGEST_ACRONYM
        names = [other.label, *(n.text for n in other.known.names)] if other.known else [other.label]
        if (
            short
            and one.key not in other.aliases
            and any(" " in name and initials(name) == one.key for name in names)
        ):
            return Signal(0.45, f"“{one.label}” may be short for “{other.label}”")
    return None


def surname_alone(a: Profile, b: Profile) -> Signal | None:
    """One person goes by a surname alone, the other has it; less if others of first names have it too."""
    if a.family != "person" or (" " in a.key) == (" " in b.key) or surname(a.label) != surname(b.label):
        return None
    short, long = sorted((a, b), key=lambda one: " " in one.key)
    if short.key in long.contested:
        return Signal(0.25, f"“{short.label}” is the surname of “{long.label}”, and of others")
    return Signal(0.5, f"“{short.label}” is the surname of “{long.label}”")


def given_names(a: Profile, b: Profile) -> Signal | None:
    """Persons of one surname: first names that are left out, shortened or misspelt; other ones are others."""
    names = a.key.split(), b.key.split()
    if a.family != "person" or a.key == b.key or min(map(len, names)) < 2:
        return None
    (*one, last), (*other, last_too) = names
    both = f"“{a.label}” and “{b.label}”"
    if last != last_too:
        if one == other and is_misspelt(last, last_too):
            return Signal(0.6, f"one letter differs: {both}")
        return Signal(0, f"different names: {both}", veto=True)
    if set(one) <= set(other) or set(other) <= set(one):
        return Signal(0.65, f"one has a name more: {both}")
    if one[0][0] == other[0][0] and 1 in (len(one[0]), len(other[0])):
        return Signal(0.5, f"one has an initial: {both}")
    if one[0][:3] == other[0][:3] or is_misspelt(one[0], other[0]):
        return Signal(0.5, f"first names alike: {both}")
    return Signal(0, f"different first names: {both}", veto=True)


def country(a: Profile, b: Profile) -> Signal | None:
    """The articles are mostly about one country, or two: every country has its parliament."""
    if not a.countries or not b.countries:
        return None
    shared = sorted(a.countries & b.countries)
    if shared:
        return Signal(0.1, f"both in articles on {shared[0]}")
    weight = -0.3 if is_local(a) or is_local(b) else -0.1
    return Signal(weight, f"in articles on {min(a.countries)} and on {min(b.countries)}")


def office(a: Profile, b: Profile) -> Signal | None:
    """The same title, or different ones."""
    shared = sorted(a.offices & b.offices)
    if shared:
        return Signal(0.15, f"both {shared[0]}")
    if a.offices and b.offices:
        return Signal(-0.1, f"one {min(a.offices)}, one {min(b.offices)}")
    return None


def organization(a: Profile, b: Profile) -> Signal | None:
    """An office in the same organisation, or in different ones."""
    shared = sorted(a.organizations & b.organizations)
    if shared:
        return Signal(0.2, f"both of {shared[0]}")
    if a.organizations and b.organizations:
        return Signal(-0.2, f"one of {min(a.organizations)}, one of {min(b.organizations)}")
    return None


def companions(a: Profile, b: Profile) -> Signal | None:
    """Others that both are named with."""
    if a.family not in ("person", "organization"):
        return None
    shared = sorted((a.companions & b.companions) - {a.key, b.key} - a.aliases - b.aliases)
    if not shared:
        return None
    return Signal(min(0.05 * len(shared), 0.15), f"both named with {', '.join(shared[:3])}")


def kind(a: Profile, b: Profile) -> Signal | None:
    """One is always a union, say, the other always a company."""
    if a.family != "organization" or a.types & b.types:
        return None
    return Signal(-0.1, f"one is told as {min(a.types)}, the other as {min(b.types)}")


def named_together(a: Profile, b: Profile) -> Signal | None:
    """One article tells the two apart; not so if an article explains one as the acronym of the other."""
    if a.key in b.aliases or b.key in a.aliases:
        return None
    shared = sorted(a.articles & b.articles)
    return Signal(-0.4, f"both are named in {shared[0]}") if shared else None


def time(a: Profile, b: Profile) -> Signal | None:
    """All articles on one appeared decades before those on the other."""
    if not (a.first and a.last and b.first and b.last):
        return None
    gap = max(int(b.first[:4]) - int(a.last[:4]), int(a.first[:4]) - int(b.last[:4]))
    return Signal(-0.15, f"{gap} years apart") if gap > _YEARS_APART else None


FEATURES: tuple[Feature, ...] = (
    same_family,
    same_known,
    described,
    same_name,
    spelling,
    other_name,
    acronym,
    surname_alone,
    given_names,
    country,
    office,
    organization,
    companions,
    kind,
    named_together,
    time,
)


def is_local(one: Profile) -> bool:
    """Whether there is one of this name in many countries: a state body, or a place."""
    return one.family == "place" or (one.family == "organization" and not one.types & NAMED_TYPES)


def _longer(a: Profile, b: Profile) -> str:
    return max(a.label, b.label, key=lambda label: (len(label), label))
