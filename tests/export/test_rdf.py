"""Every format holds the same graph, reads back as it was, and keeps one order whatever it was given."""

import io
import random
import re
from dataclasses import replace
from itertools import groupby
from pathlib import Path

import pyoxigraph as ox
import pytest
from rdflib import Dataset, Graph

from kg import jsonlines, terms
from kg.errors import UnknownName
from kg.export import rdf
from kg.facts import ArticleFacts, Source, in_order
from kg.link import KnowledgeBase, link, load
from kg.quads import Quad, quads
from tests.builders import Draft, post, three_articles

HOSTILE = "<script>alert('x')</script> \"q\" \\ =cmd() \u202eabc \x01 \r\n\t ]]> & {} # ' 🚒 é"


# rdflib's own parsers use what rdflib deprecates
pytestmark = pytest.mark.filterwarnings("ignore:.* is deprecated, use Dataset:DeprecationWarning")


def dataset(articles: list[ArticleFacts], base: str | None = None) -> list[Quad]:
    return list(quads(articles, link(articles, load()), base=base))


def hostile_article() -> ArticleFacts:
    """An article whose every text is an attack."""
    d = Draft(HOSTILE, HOSTILE, f"{HOSTILE} Crews marched.", source=HOSTILE, url=HOSTILE)
    d.entity("<e>", "Union", HOSTILE)
    d.entity("e 2", "Place", "Crews")
    d.event("v\n1", "March", ["marched"], organizers=["<e>"], places=["e 2"], demands=[d.demand(HOSTILE)])
    return replace(d.facts(), article=Source(HOSTILE, "en", HOSTILE, HOSTILE, HOSTILE, None))


def exported(content: list[Quad], format_: str, base: str | None = None) -> str:
    file = io.StringIO()
    rdf.write(content, file, format_=format_, base=base)
    return file.getvalue()


def union(content: list[Quad]) -> Graph:
    graph = Graph()
    for s, p, o, g in content:
        if not g.endswith("graph/ontology"):
            graph.add((s, p, o))
    return graph


OXIGRAPH = [f for f in rdf.FORMATS if f != "jsonl"]
RDFLIB = {"ttl": "turtle", "nt": "nt", "jsonld": "json-ld", "rdf": "xml"}
CONTENTS = {
    "articles": dataset(three_articles()),
    "hostile": dataset([hostile_article()]),
    "other base": dataset([post()], "http://x.example/base/"),
}
BASES = {"articles": None, "hostile": None, "other base": "http://x.example/base/"}


@pytest.mark.parametrize("format_", [f for f in RDFLIB if f != "rdf"])
@pytest.mark.parametrize("name", CONTENTS)
def test_rdflib_reads_back_the_same_triples(name: str, format_: str) -> None:
    text = exported(CONTENTS[name], format_, BASES[name])
    assert set(Graph().parse(data=text, format=RDFLIB[format_])) == set(union(CONTENTS[name]))


def test_rdf_xml_reads_back_the_same_but_for_what_xml_cannot_hold() -> None:
    articles, hostile = CONTENTS["articles"], CONTENTS["hostile"]
    assert set(Graph().parse(data=exported(articles, "rdf"), format="xml")) == set(union(articles))
    found = set(Graph().parse(data=exported(hostile, "rdf"), format="xml"))
    assert len(found) == len(union(hostile))
    assert {str(o).replace("\x01", "\ufffd") for o in union(hostile).objects()} == {
        str(o) for _, _, o in found
    }


@pytest.mark.parametrize("format_", ["trig", "nq"])
@pytest.mark.parametrize("name", CONTENTS)
def test_rdflib_reads_back_the_same_quads(name: str, format_: str) -> None:
    found = Dataset()
    found.parse(
        data=exported(CONTENTS[name], format_, BASES[name]), format={"nq": "nquads"}.get(format_, format_)
    )
    assert set(found.quads()) == set(CONTENTS[name])


@pytest.mark.parametrize("format_", OXIGRAPH)
@pytest.mark.parametrize("name", CONTENTS)
def test_oxigraph_reads_every_format(name: str, format_: str) -> None:
    store = ox.Store()
    text = exported(CONTENTS[name], format_, BASES[name])
    store.load(text.encode(), format=ox.RdfFormat.from_extension(format_))
    assert len(store) == len(set(CONTENTS[name] if format_ in ("trig", "nq") else union(CONTENTS[name])))


@pytest.mark.parametrize("format_", rdf.FORMATS)
def test_the_order_it_went_in_does_not_matter(format_: str) -> None:
    shuffled = random.Random(1).sample(CONTENTS["articles"], len(CONTENTS["articles"]))
    assert exported(shuffled, format_) == exported(CONTENTS["articles"], format_)


def test_turtle_names_things_by_prefix_and_says_whole_iris_only_of_others() -> None:
    _, _, body = exported(CONTENTS["articles"], "ttl").split("\n\n", 2)
    assert re.findall(r"<https?://[^>]*>", body) == []
    assert 'article:post-12 a protest:Article ;\n    rdfs:label "Officers march' in body


def test_turtle_declares_only_prefixes_that_it_uses() -> None:
    _, head, body = exported(CONTENTS["articles"], "ttl").split("\n\n", 2)
    declared = re.findall(r"@prefix ([\w-]+):", head)
    assert len(declared) > 10 and declared == sorted(declared)
    assert all(f"{prefix}:" in body for prefix in declared)


def test_turtle_is_laid_out_for_people() -> None:
    text = exported(CONTENTS["articles"], "ttl")
    headings = re.findall(r"^# ── (\S+)", text, re.MULTILINE)
    assert headings == [
        "Events", "People", "Organisations", "Groups", "Places", "courrier-3", "gazette-7", "post-12",
    ]  # fmt: skip
    march = text.split("\nevent:march-2024")[1].split("\n\n")[0]
    order = re.findall(r"^    (\S+)", march, re.MULTILINE)
    assert order[:5] == [
        "rdfs:label", "protest:status", "protest:start", "protest:place", "protest:organizer",
    ]  # fmt: skip


@pytest.mark.parametrize("name", CONTENTS)
def test_the_facts_of_the_articles_can_be_had_back(name: str) -> None:
    given = {"articles": three_articles(), "hostile": [hostile_article()], "other base": [post()]}[name]
    lines = exported(CONTENTS[name], "jsonl", BASES[name]).splitlines()
    assert lines == [jsonlines.dumps(in_order(f)) for f in sorted(given, key=lambda f: f.article.id)]


def test_turtle_tells_of_an_event_and_then_what_is_said_of_it() -> None:
    text = exported(CONTENTS["articles"], "ttl")
    article = text.split("# ── post-12")[1]
    subjects = re.findall(r"^([a-z-]+):post-12--\S+ a ", article, re.MULTILINE)
    assert subjects[:9] == ["event-report"] + ["participation"] * 7 + ["date-claim"]
    assert subjects.index("statement") > subjects.index("entity-report")
    assert [kind for kind, _ in groupby(subjects)][-2:] == ["sentence", "mention"]


def test_turtle_puts_on_one_line_what_is_read_in_one() -> None:
    text = exported(CONTENTS["articles"], "ttl")
    assert "    protest:low 4000 ; protest:high 4000 ;\n" in text
    assert '    protest:component "kg_test" ; protest:confidence 0.9 ;\n' in text
    assert max(map(len, re.findall(r"^.* ; .* [;.]$", text, re.MULTILINE))) <= 102


def test_jsonld_reads_without_knowing_rdf() -> None:
    text = exported(CONTENTS["articles"], "jsonld")
    assert '"@id": "person/ana-duvall", "@type": ["Person", "Actor"], "label": "Ana Duvall"' in text


@pytest.mark.parametrize(
    ("path", "format_"), [("g.ttl", "ttl"), ("a/g.TRIG", "trig"), ("g.nq", "nq"), ("g.jsonld", "jsonld")]
)
def test_the_suffix_says_the_format(path: str, format_: str) -> None:
    assert rdf.format_of(Path(path)) == format_


@pytest.mark.parametrize("path", ["g.docx", "graph", "g."])
def test_unknown_formats_are_named_with_those_there_are(path: str) -> None:
    with pytest.raises(UnknownName, match=r"format.* one of ttl, trig, nt, nq, jsonld, rdf, jsonl"):
        rdf.format_of(Path(path))


def test_an_empty_graph_is_a_valid_file_in_every_format() -> None:
    empty = list(quads([], link([], KnowledgeBase())))
    assert exported(empty, "jsonl") == ""
    for format_ in OXIGRAPH:
        store = ox.Store()
        store.load(exported(empty, format_).encode(), format=ox.RdfFormat.from_extension(format_))
        assert len(store) == (len(terms.ontology()) if format_ in ("trig", "nq") else 0)
