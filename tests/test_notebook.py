"""The notebook of the documentation runs, and shows what it would show now."""

from __future__ import annotations

import re

import pytest

from tests.notebook import read, refreshed


def test_the_notebook_shows_what_its_cells_do() -> None:
    pytest.importorskip("pandas", reason="needs the extra 'pandas'")
    notebook = read()
    code = [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]
    assert len(code) >= 10 and all(cell["outputs"] for cell in code)
    assert refreshed(notebook) == notebook, "make docs writes what the cells show now"


def test_it_needs_no_jupyter() -> None:
    source = "\n".join("".join(cell["source"]) for cell in read()["cells"] if cell["cell_type"] == "code")
    assert not re.search(r"^\s*[!%]", source, re.MULTILINE)
