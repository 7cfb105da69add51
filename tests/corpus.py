"""A larger corpus for the questions: the three articles of `tests.builders` and three more.

`ledger()` and `herald()` have the two unions act together twice, `observer()` has a rally for what the march
of `post()` was against.
"""

from __future__ import annotations

from kg.facts import ArticleFacts, Count, Slogan
from tests.builders import Draft, three_articles


def corpus() -> list[ArticleFacts]:
    return [*three_articles(), ledger(), herald(), observer()]


def ledger() -> ArticleFacts:
    """A blockade by two unions on 20 May 2024, with figures of both sides, arrests and talks."""
    d = Draft(
        "ledger-9",
        "Two unions block the port of Lowell",
        "The Blue Watch Union and the Harbour Workers League blocked the port of Lowell on Monday to "
        "demand higher pay from the Port Authority. The league spoke of 900 people, police of 300.\n\n"
        "Officers arrested twelve pickets at noon in answer to the blockade. The Port Authority "
        "offered talks on Thursday. “We want wages, not words,” said Tom Reiss, president of the "
        "Harbour Workers League.",
        source="Lowell Ledger",
        published="2024-05-21",
    )
    d.entity("e1", "Union", "Blue Watch Union")
    d.entity("e2", "Union", "Harbour Workers League")
    d.entity("e3", "Place", "Lowell", ("Lowell", 1))
    d.entity("e4", "Company", "Port Authority")
    d.entity("e5", "Person", "Tom Reiss")
    d.entity("e6", "Group", "Officers")
    d.entity("e7", "Group", "pickets")
    d.position("e5", "president", "e2")
    d.event(
        "v1", "Blockade", ["blocked", "blockade"], start=d.when("2024-05-20", "Monday", "relative"),
        places=["e3"], organizers=["e1", "e2"], targets=["e4"], demands=[d.demand("higher pay")],
        crowds=[d.crowd("900", 900, 900, "e2"), d.crowd("300", 300, 300, "police")],
    )  # fmt: skip
    d.event("v2", "Arrest", ["arrested"], start=d.when("2024-05-20", "Monday", "inferred"),
            participants=["e6"], targets=["e7"],
            counts=[Count("arrested", 12, 12, "protesters", d.span("twelve"), d.why("twelve"))])  # fmt: skip
    d.event("v3", "Meeting", ["talks"], status="planned", start=d.when("2024-05-23", "Thursday", "relative"),
            participants=["e4"])  # fmt: skip
    d.link("v2", "response_to", "v1", "arrested")
    d.link("v3", "response_to", "v1", "talks")
    d.statement("e5", "We want wages, not words")
    return d.facts()


def herald() -> ArticleFacts:
    """The same unions march together on 1 June 2024; a slogan that a spreadsheet would run."""
    d = Draft(
        "herald-2",
        "Unions march side by side in Calmont",
        "The Harbour Workers League and the BWU marched in Calmont on 1 June 2024 against the roster "
        "reform. “=SUM(us)” read a placard. Paul Okoro criticised the League.",
        source="Calmont Herald",
        published="2024-06-02",
    )
    d.entity("e1", "Union", "Harbour Workers League", "League")
    d.entity("e2", "Union", "BWU")
    d.entity("e3", "Place", ("Calmont", 1))
    d.entity("e4", "Person", "Paul Okoro")
    d.event(
        "v1", "March", ["marched"], start=d.when("2024-06-01", "1 June 2024"), places=["e3"],
        organizers=["e1"], participants=["e2"], demands=[d.demand("the roster reform", against=True)],
        slogans=[Slogan(d.span("=SUM(us)"), d.why("=SUM(us)"))],
    )  # fmt: skip
    d.stance("e4", "e1", "criticised", oppose=True)
    return d.facts()


def observer() -> ArticleFacts:
    """A rally for the reform, of no known day, and one that is only called for."""
    d = Draft(
        "observer-5",
        "Rally for the roster reform in Lowell",
        "Friends of Order rallied in Lowell in May 2024 for the roster reform. They plan a vigil in "
        "July 2024.",
        source="Lowell Observer",
        published="2024-05-30",
    )
    d.entity("e1", "Association", "Friends of Order")
    d.entity("e2", "Place", ("Lowell", 1))
    d.event("v1", "Demonstration", ["rallied"], start=d.when("2024-05", "May 2024"), places=["e2"],
            organizers=["e1"], demands=[d.demand("the roster reform")])  # fmt: skip
    d.event("v2", "Vigil", ["vigil"], status="planned", start=d.when("2024-07", "July 2024"),
            organizers=["e1"])  # fmt: skip
    return d.facts()
