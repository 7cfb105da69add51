"""Whatever an article holds, every file stays valid and every command prints text and nothing but text."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from xml.etree import ElementTree

import pytest
from pyoxigraph import RdfFormat, parse
from rdflib import Graph

from kg import jsonlines, workfolder
from kg.export import results
from tests.conftest import Kg

TRICKS = {
    "markup": '<script>alert("x")</script> &amp; <b>Unite</b> ]]> <!-- the --> {{union}} ${HOME} `id`',
    "quotes": "\"\"\" ''' \\ \\\\ \\u0041 \\\" “curly” «guillemets» ' OR 1=1 --",
    "turtle": "<http://x.example/a> . } @prefix : <#> . # a comment; GRAPH <x> { ?s ?p ?o }",
    "formula": '=cmd|"/c calc"!A1 +1-1 @SUM(A1) \t=1',
    "control": "\x00\x01\x1b[31mred\x1b]8;;http://x.example\x07link\x1b]8;;\x07\x7f\x85\r\n\x0b\x0c",
    "direction": "\u202eesrever\u202c \u2067rtl\u2069 \u200f\u200e\ufeff مظاهرة في باريس",
    "beyond": "\ud83d\ude00 \ud83d \udfff \uffff \ufffe \U0010ffff e\u0301 ﬁ ẞ İ",
    "markers": "[bold red]rich[/] [link=http://x.example]x[/link] :smile: %s {0} %(x)s",
    "separators": "one | two || three\u2028four\u2029five;six,seven",
}
LONG = "x" * 20_000 + " " + "word " * 2_000


def article(number: int, trick: str) -> dict[str, object]:
    """A protest story with the trick in every place that ends up somewhere."""
    return {
        "id": f"{number} {trick}"[:200],
        "title": f"Teachers march {trick}",
        "text": (
            f"Teachers marched in Leeds on Friday to demand higher pay, the {trick} Union said.\n\n"
            f'"{trick} we will not yield," said Anna {trick} Kowalski, secretary of the Teachers\' Union.\n\n'
            f"The Teachers' Union, which called the march, counted 3,000 people {trick}. {trick}"
        ),
        "source": trick,
        "url": f"https://x.example/{trick}",
        "published": "2024-05-0" + str(1 + number % 9),
        "lang": "en",
    }


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("hostile") / "articles.jsonl"
    stories = [article(n, trick) for n, trick in enumerate([*TRICKS.values(), LONG])]
    path.write_text("".join(json.dumps(story) + "\n" for story in stories), encoding="utf-8")
    return path


@pytest.fixture
def out(kg: Kg, corpus: Path, tmp_path: Path) -> Path:
    run = kg("build", corpus, "-o", tmp_path / "out")
    assert (run.code, run.err) == (0, ""), run.err
    return tmp_path / "out"


def test_every_file_and_answer_stays_valid(kg: Kg, out: Path) -> None:
    """One build, looked at from all sides."""
    with (out / workfolder.FACTS).open(encoding="utf-8", newline="\n") as file:
        facts = list(jsonlines.read(file))
    assert len(facts) == len(TRICKS) + 1
    turtle = (out / workfolder.TURTLE).read_text(encoding="utf-8")
    assert len(Graph().parse(data=turtle, format="turtle")) > 1000
    ElementTree.parse(out / workfolder.NETWORK)
    for kind in ("actors", "stances", "offices"):
        ElementTree.fromstring(kg("network", out, "--kind", kind, "-o", "-").out)
    formats = {"nt": RdfFormat.N_TRIPLES, "jsonld": RdfFormat.JSON_LD, "rdf": RdfFormat.RDF_XML}
    for name, format_ in formats.items():
        assert len(list(parse(kg("export", out, "-o", "-", "--format", name).out, format=format_))) > 1000
    assert kg("validate", out).code == 0
    for question in ("protests", "statements", "demands", "crowds", "evidence"):
        answers = {f: kg("query", out, question, "-f", f) for f in ("table", *results.TABLES)}
        assert {(run.code, run.err) for run in answers.values()} == {(0, "")}
        rows = [json.loads(line) for line in answers["jsonl"].out.split("\n") if line]
        assert len(json.loads(answers["json"].out)["results"]["bindings"]) == len(rows)
        cells = list(csv.reader(io.StringIO(answers["csv"].out)))
        assert len(cells) == len(rows) + 1
        assert not any(cell.startswith(("=", "@")) for row in cells for cell in row)
        assert not any(c in answers["table"].out for c in "\x00\x07\x1b\u202e\u2067")


def test_names_with_tricks_are_shown_as_they_are(kg: Kg, corpus: Path) -> None:
    run = kg("extract", corpus)
    assert run.code == 0
    titles = [json.loads(line)["article"]["title"] for line in run.out.split("\n") if line]
    assert f"Teachers march {TRICKS['markup']}" in titles
    assert f"Teachers march {TRICKS['markers']}" in titles
    assert not any(c in run.out for c in "\x00\x07\x1b\x85\ud83d\uffff")
