"""What the reports that are taken to be of one thing say together: the units that entity linking compares."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from kg.link.blocking import candidates
from kg.link.knowledge import Family, Known
from kg.link.names import initials, key, skeleton, surname
from kg.link.reports import EntityReport


@dataclass(frozen=True, slots=True)
class Profile:
    """Reports of one thing. Sets hold keys (`kg.link.names.key`); `first` and `last` are days of publication.

    `aliases` are the other names that articles give it; `contested` are those that other profiles have too.
    """

    name: str
    family: Family
    key: str
    label: str
    reports: tuple[EntityReport, ...]
    known: Known | None
    aliases: frozenset[str]
    types: frozenset[str]
    countries: frozenset[str]
    offices: frozenset[str]
    organizations: frozenset[str]
    companions: frozenset[str]
    articles: frozenset[str]
    first: str | None
    last: str | None
    described: bool
    contested: frozenset[str] = frozenset()


def profile(reports: Iterable[EntityReport], known: Known | None = None) -> Profile:
    """The profile of these reports, at least one."""
    ordered = tuple(sorted(reports, key=lambda r: r.name))
    label = most(Counter(r.entity.name for r in ordered))
    dates = sorted(r.date for r in ordered if r.date)
    mentions = {key(m.text) for r in ordered for m in r.entity.mentions if not m.text.islower()}
    return Profile(
        name=ordered[0].name,
        family=ordered[0].family,
        key=key(label),
        label=label,
        reports=ordered,
        known=known,
        aliases=frozenset(mentions - {key(label)}),
        types=frozenset(r.entity.type for r in ordered),
        countries=frozenset(r.country for r in ordered if r.country),
        offices=_union(r.offices for r in ordered),
        organizations=_union(r.organizations for r in ordered),
        companions=_union({r.companions for r in ordered}),
        articles=frozenset(r.article for r in ordered),
        first=dates[0] if dates else None,
        last=dates[-1] if dates else None,
        described=all(r.described for r in ordered),
    )


def pairs_to_compare(profiles: Sequence[Profile]) -> Iterator[tuple[Profile, Profile]]:
    """The pairs of profiles that share a blocking key, each once, in order."""
    return candidates(
        profiles, keys=blocking_keys, name=lambda one: one.name, said=lambda one: len(one.reports)
    )


def blocking_keys(one: Profile) -> Iterator[str]:
    """What a profile must share with another to be compared with it.

    Persons: the surname, or the first name and the letter that the surname begins with. Organisations and
    places: a name, another name, the initials, or the words of the name in whatever order.
    """
    if one.described:
        return
    if one.family == "person":
        words = one.key.split() or [one.key]
        yield f"surname {words[-1]}"
        if len(words) > 1:
            yield f"given {words[0]} {words[-1][0]}"
        return
    for name in {one.key, *one.aliases, *_labels(one)}:
        yield f"{one.family} {name}"
        yield f"{one.family} words {skeleton(name)}"
        if " " in name:
            yield f"{one.family} {initials(name)}"


def _labels(one: Profile) -> Iterator[str]:
    return (key(name.text) for name in one.known.names) if one.known else iter(())


def contested_aliases(profiles: Iterable[Profile]) -> Mapping[tuple[Family, str], int]:
    """Family and other name → how many profiles have it as another name."""
    return Counter((one.family, alias) for one in profiles for alias in one.aliases)


def surnames(profiles: Iterable[Profile]) -> Mapping[str, int]:
    """Surname → how many persons with a first name have it."""
    return Counter(surname(one.label) for one in profiles if one.family == "person" and " " in one.key)


def most(counts: Mapping[str, int]) -> str:
    """The most frequent; of several the longest, then the first in the alphabet."""
    return min(counts, key=lambda value: (-counts[value], -len(value), value))


def _union(sets: Iterable[frozenset[str]]) -> frozenset[str]:
    return frozenset().union(*sets)
