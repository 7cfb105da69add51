"""A table in Parquet reads back with types, and the same one gives the same bytes."""

import sys
from decimal import Decimal
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.errors import OutputError, UsageError
from kg.export import parquet
from kg.query import Table

pyarrow = pytest.importorskip("pyarrow.parquet", reason="needs the extra 'tables'")
HOSTILE = '=cmd()|"\t\r\n\\<script>\u202e\x00'
TABLE = Table(
    variables=("thing", "text", "names", "number", "score", "sure", "mixed", "none"),
    terms=(
        (
            ox.NamedNode("https://x.example/"),
            ox.Literal(HOSTILE),
            ox.Literal("b | a | "),
            ox.Literal(-5),
            ox.Literal(Decimal("0.5")),
            ox.Literal(True),
            ox.Literal(1),
            None,
        ),
        (None, ox.Literal("été", language="fr"), None, None, ox.Literal(2), None, ox.Literal("1"), None),
    ),
    lists=frozenset({"names"}),
)


def test_a_table_reads_back_with_types(tmp_path: Path) -> None:
    parquet.write(TABLE, tmp_path / "a.parquet")
    read = pyarrow.read_table(tmp_path / "a.parquet")
    assert read.to_pydict() == {
        "thing": ["https://x.example/", None],
        "text": [HOSTILE, "été"],
        "names": [["a", "b"], []],
        "number": [-5, None],
        "score": [0.5, 2.0],
        "sure": [True, None],
        "mixed": ["1", "1"],
        "none": [None, None],
    }
    types = [str(t).replace("element", "item") for t in read.schema.types]
    assert types == ["string", "string", "list<item: string>", "int64", "double", "bool", "string", "string"]


@pytest.mark.parametrize(
    ("lexical", "value"),
    [
        pytest.param(str(2**63 - 1), 2**63 - 1, id="fits"),
        pytest.param(str(2**63), str(2**63), id="does not fit: text"),
    ],
)
def test_whole_numbers_are_never_rounded(tmp_path: Path, lexical: str, value: object) -> None:
    integer = ox.Literal(lexical, datatype=ox.NamedNode("http://www.w3.org/2001/XMLSchema#integer"))
    parquet.write(Table(("n",), ((integer,),)), tmp_path / "a.parquet")
    assert pyarrow.read_table(tmp_path / "a.parquet").to_pydict() == {"n": [value]}


@pytest.mark.parametrize("variables", [("a", "b"), ()], ids=["no rows", "no columns"])
def test_an_empty_table(tmp_path: Path, variables: tuple[str, ...]) -> None:
    parquet.write(Table(variables, ()), tmp_path / "a.parquet")
    assert pyarrow.read_table(tmp_path / "a.parquet").column_names == list(variables)


def test_same_table_same_bytes(tmp_path: Path) -> None:
    for name in ("a", "b"):
        parquet.write(TABLE, tmp_path / name)
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


def test_a_place_that_cannot_be_written(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="cannot be written"):
        parquet.write(TABLE, tmp_path / "no" / "a.parquet")


def test_without_pyarrow_it_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(UsageError, match=r"pip install 'protest-kg\[tables\]'"):
        parquet.write(TABLE, tmp_path / "a.parquet")
    assert list(tmp_path.iterdir()) == []
