"""Builders of small articles and their facts, for the tests of linking, the graph, queries and exports.

    draft = Draft("post-1", "Officers march in Calmont", "The Blue Watch Union led a march on Wednesday.")
    draft.entity("e1", "Union", "Blue Watch Union")
    draft.event("v1", "March", ["march"], organizers=["e1"])
    facts = draft.facts()

Words are looked up in the text, so that every span is right by construction: `"march"` is its first
occurrence, `("march", 1)` the second. Evidence is the sentence around the words.

`three_articles()` is a small corpus that holds every kind of fact: `post()` and `gazette()` report the same
march, `courrier()` is French, undated and shares a minister with them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from kg.facts import (
    ROLES,
    Argument,
    ArticleFacts,
    Basis,
    Count,
    Crowd,
    Demand,
    Entity,
    EntityType,
    Event,
    EventType,
    Evidence,
    Link,
    Position,
    Slogan,
    Source,
    Span,
    Stance,
    Statement,
    Status,
    When,
)

Words = str | tuple[str, int]


@dataclass
class Draft:
    """An article's facts in the making."""

    id: str
    title: str
    text: str
    lang: str = "en"
    source: str | None = None
    url: str | None = None
    published: str | None = None
    entities: list[Entity] = field(default_factory=list)
    positions: list[Position] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    statements: list[Statement] = field(default_factory=list)
    stances: list[Stance] = field(default_factory=list)

    @property
    def content(self) -> str:
        return f"{self.title}\n\n{self.text}"

    def facts(self) -> ArticleFacts:
        return ArticleFacts(
            Source(self.id, self.lang, self.title, self.source, self.url, self.published),
            tuple(self.entities),
            tuple(self.positions),
            tuple(self.events),
            tuple(self.links),
            tuple(self.statements),
            tuple(self.stances),
        )

    def span(self, words: Words) -> Span:
        """The words where they stand in the article."""
        text, nth = (words, 0) if isinstance(words, str) else words
        found = [m.start() for m in re.finditer(re.escape(text), self.content)]
        assert len(found) > nth, f"{text!r} stands {len(found)} times in {self.id}"
        return Span(found[nth], found[nth] + len(text), text)

    def why(self, words: Words, component: str = "kg_test", confidence: float = 0.9) -> Evidence:
        """The sentence around the words."""
        at = self.span(words).start
        for m in re.finditer(r"[^\s].*?(?:[.!?]”?(?=\s)|$|(?=\n))", self.content, re.DOTALL):
            if m.start() <= at < m.end():
                return Evidence(Span(m.start(), m.end(), m.group()), component, confidence)
        raise AssertionError(f"no sentence around {words!r}")

    def entity(self, id: str, type: EntityType, *names: Words) -> None:
        """An entity; its name is the first of `names`, all of which are mentions."""
        mentions = tuple(sorted(self.span(n) for n in names))
        self.entities.append(Entity(id, type, self.span(names[0]).text, mentions, self.why(names[0])))

    def position(self, person: str, title: Words, organization: str | None = None) -> None:
        self.positions.append(Position(person, self.span(title), organization, self.why(title)))

    def event(
        self,
        id: str,
        type: EventType,
        triggers: Sequence[Words],
        *,
        status: Status = "occurred",
        start: When | None = None,
        end: When | None = None,
        crowds: Sequence[Crowd] = (),
        counts: Sequence[Count] = (),
        demands: Sequence[Demand] = (),
        slogans: Sequence[Slogan] = (),
        places: Sequence[str] = (),
        organizers: Sequence[str] = (),
        participants: Sequence[str] = (),
        targets: Sequence[str] = (),
        absent: Sequence[str] = (),
    ) -> None:
        """An event; its evidence and that of its roles is the sentence around the first trigger."""
        why = self.why(triggers[0])
        roles = zip(ROLES, (places, organizers, participants, targets, absent), strict=True)
        arguments = tuple(Argument(role, entity, why) for role, ids in roles for entity in ids)
        self.events.append(
            Event(
                id, type, status, tuple(map(self.span, triggers)), why, start, end, arguments,
                tuple(crowds), tuple(counts), tuple(demands), tuple(slogans),
            )
        )  # fmt: skip

    def when(self, value: str, words: Words, basis: Basis = "stated") -> When:
        return When(value, self.span(words), basis, self.why(words))

    def crowd(self, words: Words, low: int | None, high: int | None, source: str | None = None) -> Crowd:
        return Crowd(low, high, source, self.span(words), self.why(words))

    def demand(self, words: Words, against: bool = False) -> Demand:
        return Demand(self.span(words), "against" if against else "for", self.why(words))

    def link(self, source: str, type: str, target: str, words: Words) -> None:
        self.links.append(Link(source, type, target, self.why(words)))  # type: ignore[arg-type]

    def statement(self, speaker: str, words: Words, indirect: bool = False) -> None:
        kind = "indirect" if indirect else "direct"
        self.statements.append(Statement(speaker, kind, self.span(words), self.why(words)))  # type: ignore[arg-type]

    def stance(self, holder: str, target: str, words: Words, oppose: bool = False) -> None:
        polarity = "oppose" if oppose else "support"
        self.stances.append(Stance(holder, target, polarity, self.why(words)))  # type: ignore[arg-type]


def three_articles() -> list[ArticleFacts]:
    """The corpus: two reports of one march, and a French article without a date."""
    return [post(), gazette(), courrier()]


def post() -> ArticleFacts:
    """A police march on Wednesday 13 March 2024, a stabbing before it, a riot and tear gas at its end."""
    d = Draft(
        "post-12",
        "Officers march through Calmont over night patrols",
        "The Blue Watch Union (BWU) led a march through Calmont on Wednesday for more staff on night "
        "patrols and against the roster reform of 2023. Police officers walked from Mill Square to "
        "the Interior Ministry.\n\n"
        "The organisers counted 4,000 marchers; police put the figure at up to 2,500. “Rested "
        "officers save lives” read a banner.\n\n"
        "“We will be back next month,” said Ana Duvall, general secretary of the BWU. Interior "
        "Minister Paul Okoro stayed away, but told the Harbour Post that he backed the march. The "
        "union plans a sick-out on 2 April.\n\n"
        "The stabbing of officer Lena Marsh in February 2024 set off the march. Clashes broke out on "
        "Mill Square at the end. Riot police answered with tear gas; six youths were injured.",
        source="Harbour Post",
        url="https://post.example/12?a=1&b=2",
        published="2024-03-14",
    )
    d.entity("e1", "Union", "Blue Watch Union", "BWU")
    d.entity("e2", "Place", "Calmont")
    d.entity("e3", "Place", "Mill Square", ("Mill Square", 1))
    d.entity("e4", "Ministry", "Interior Ministry")
    d.entity("e5", "Group", "Police officers")
    d.entity("e6", "Person", "Ana Duvall")
    d.entity("e7", "Person", "Paul Okoro")
    d.entity("e8", "Person", "Lena Marsh")
    d.entity("e9", "Group", "Riot police")
    d.entity("e10", "Media", "Harbour Post")
    d.position("e6", "general secretary", "e1")
    d.position("e7", "Interior Minister")
    d.event(
        "v1", "March", ["march", ("march", 1)], start=d.when("2024-03-13", "Wednesday", "relative"),
        places=["e2", "e3"], organizers=["e1"], participants=["e5", "e6"], targets=["e4"], absent=["e7"],
        crowds=[d.crowd("4,000", 4000, 4000, "organisers"), d.crowd("up to 2,500", None, 2500, "police")],
        demands=[d.demand("more staff on night patrols"), d.demand("the roster reform", against=True)],
        slogans=[Slogan(d.span("Rested officers save lives"), d.why("Rested officers"))],
    )  # fmt: skip
    d.event("v2", "PolicyMeasure", ["reform"], start=d.when("2023", "2023"))
    d.event("v3", "Attack", ["stabbing"], start=d.when("2024-02", "February 2024"), targets=["e8"])
    d.event("v4", "Riot", ["Clashes"], start=d.when("2024-03-13", "Wednesday", "inferred"), places=["e3"],
            counts=[Count("injured", 6, 6, "others", d.span("six"), d.why("six"))])  # fmt: skip
    d.event("v5", "PoliceIntervention", ["tear gas"], participants=["e9"])
    d.event("v6", "Strike", ["sick-out"], status="planned", start=d.when("2024-04-02", "2 April", "relative"),
            organizers=["e1"])  # fmt: skip
    d.link("v3", "triggered", "v1", "set off")
    d.link("v4", "part_of", "v1", "Clashes")
    d.link("v5", "response_to", "v4", "tear gas")
    d.statement("e6", "We will be back next month")
    d.statement("e7", "he backed the march", indirect=True)
    d.stance("e7", "v1", "backed the march")
    return d.facts()


def gazette() -> ArticleFacts:
    """The same march in another newspaper, which gives other figures and another type."""
    d = Draft(
        "gazette-7",
        "Thousands back police union in Calmont",
        "Thousands demonstrated in Calmont on 13 March 2024 at the call of BWU, the police union. "
        "The rally ended on Mill Square.\n\n"
        "The Calmont prefecture spoke of 3,000 people. “A farce,” said Nadia Voss, spokeswoman of "
        "the Civic Left, which rejects the protest. Firefighters joined in, led by Ana Duvall.",
        source="Calmont Gazette",
        published="2024-03-15",
    )
    d.entity("e1", "Place", ("Calmont", 1))
    d.entity("e2", "Union", "BWU")
    d.entity("e3", "Place", "Mill Square")
    d.entity("e4", "GovernmentBody", "Calmont prefecture")
    d.entity("e5", "Person", "Nadia Voss")
    d.entity("e6", "Party", "Civic Left")
    d.entity("e7", "Group", "Firefighters")
    d.entity("e8", "Person", "Ana Duvall")
    d.position("e5", "spokeswoman", "e6")
    d.event(
        "v1", "Demonstration", ["rally", "demonstrated", "protest"],
        start=d.when("2024-03-13", "13 March 2024"), places=["e1", "e3"], organizers=["e2"],
        participants=["e7", "e8"],
        crowds=[d.crowd("Thousands", 2000, None), d.crowd("3,000", 3000, 3000, "e4")],
    )  # fmt: skip
    d.statement("e5", "A farce")
    d.stance("e6", "v1", "rejects", oppose=True)
    return d.facts()


def courrier() -> ArticleFacts:
    """A French article without a publication date: a strike on a day of no known year, and one called off."""
    d = Draft(
        "courrier-3",
        "Calmont : les infirmières en grève le 1er mai",
        "Les infirmières seront en grève le 1er mai à Calmont, à l'appel de l'Union des soignants, "
        "pour de meilleurs salaires. Le ministre Paul Okoro a dénoncé « une grève de trop ». Le "
        "défilé prévu est annulé.",
        lang="fr",
    )
    d.entity("e1", "Place", ("Calmont", 1), "Calmont")
    d.entity("e2", "Group", "infirmières")
    d.entity("e3", "Union", "Union des soignants")
    d.entity("e4", "Person", "Paul Okoro")
    d.position("e4", "ministre")
    d.event(
        "v1", "Strike", ["grève", ("grève", 1)], status="planned",
        start=d.when("--05-01", "1er mai"), places=["e1"], organizers=["e3"], participants=["e2"],
        demands=[d.demand("meilleurs salaires")],
    )  # fmt: skip
    d.event("v2", "March", ["défilé"], status="cancelled", places=["e1"])
    d.statement("e4", "une grève de trop")
    d.stance("e4", "v1", "dénoncé", oppose=True)
    return d.facts()
