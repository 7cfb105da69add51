"""The cells of docs/notebook.ipynb, run one after the other in one namespace, and what they show.

`make docs` writes what they show now into the notebook; a test sees that nothing else stands there. They need
no Jupyter: they are plain Python without magics, so that nothing is installed and no kernel started for them.
"""

from __future__ import annotations

import ast
import io
import json
from contextlib import redirect_stdout
from pathlib import Path
from typing import Any

NOTEBOOK = Path(__file__).parents[1] / "docs" / "notebook.ipynb"
Json = dict[str, Any]


def read() -> Json:
    """The notebook as it stands in docs/."""
    notebook: Json = json.loads(NOTEBOOK.read_text(encoding="utf-8"))
    return notebook


def refreshed(notebook: Json) -> Json:
    """The notebook with the outputs that its cells have now."""
    names: dict[str, Any] = {"__name__": "__main__"}
    cells = []
    count = 0
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            count += 1
            cell = {
                **cell,
                "execution_count": count,
                "outputs": _outputs("".join(cell["source"]), names, count),
            }
        cells.append(cell)
    return {**notebook, "cells": cells}


def _outputs(source: str, names: dict[str, Any], count: int) -> list[Json]:
    """What a cell prints, and the value of its last line if that is an expression."""
    *body, last = ast.parse(source).body
    shows = isinstance(last, ast.Expr)
    printed = io.StringIO()
    value = None
    with redirect_stdout(printed):
        exec(compile(ast.Module(body if shows else [*body, last], []), "cell", "exec"), names)
        if isinstance(last, ast.Expr):
            value = eval(compile(ast.Expression(last.value), "cell", "eval"), names)
    found: list[Json] = []
    if printed.getvalue():
        found.append({"name": "stdout", "output_type": "stream", "text": _lines(printed.getvalue())})
    if value is not None:
        html = value._repr_html_() if hasattr(value, "_repr_html_") else None
        data = {"text/html": _lines(html)} if html else {"text/plain": _lines(repr(value))}
        found.append(
            {"data": data, "execution_count": count, "metadata": {}, "output_type": "execute_result"}
        )
    return found


def _lines(text: str) -> list[str]:
    return text.splitlines(keepends=True)


def written(notebook: Json) -> str:
    """The notebook as Jupyter writes it."""
    return json.dumps(notebook, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


if __name__ == "__main__":
    NOTEBOOK.write_text(written(refreshed(read())), encoding="utf-8")
