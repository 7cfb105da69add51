"""Plain sentences give the facts that any reader finds in them.

`cases/NAME.toml` are the cases of `kg/extract/NAME.py`: a text, lines of `tests.extract.lines` that it `has`,
and patterns of lines that it `lacks`; `*` stands for any words. A case holds only what every correct reading
must give; what a reading may leave open stands in neither list.
"""

from __future__ import annotations

import tomllib
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

import pytest

import kg.extract
from kg.facts import ROLES
from tests.extract.lines import PUBLISHED, lines, read

FILES = sorted((Path(__file__).parent / "cases").glob("*.toml"))
KINDS = {*ROLES, "event", "status", "date", "trigger", "crowd", "count", "demand", "slogan"} | {
    "entity", "mention", "position", "link", "statement", "stance",
}  # fmt: skip
CASES = {
    f"{path.stem}-{name}": case
    for path in FILES
    for name, case in tomllib.loads(path.read_text(encoding="utf-8")).items()
}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_case(case: dict[str, Any]) -> None:
    found = lines(read(case["text"], published=case.get("published", PUBLISHED) or None))
    missing = [wanted for wanted in case.get("has", ()) if not any(_fits(line, wanted) for line in found)]
    wrong = [line for line in found if any(_fits(line, pattern) for pattern in case.get("lacks", ()))]
    assert (missing, wrong) == ([], []), "\n".join(found)


def _fits(line: str, pattern: str) -> bool:
    return fnmatchcase(line, pattern.replace("[", "[[]").replace("?", "[?]"))


def test_every_file_of_cases_is_named_for_a_module() -> None:
    modules = {path.stem for path in Path(kg.extract.__path__[0]).glob("*.py")}
    assert {path.stem for path in FILES} <= modules


def test_every_case_asks_for_facts_that_exist() -> None:
    for name, case in CASES.items():
        assert set(case) <= {"text", "published", "has", "lacks"}, name
        asked = [*case.get("has", ()), *case.get("lacks", ())]
        assert asked and {line.split()[0] for line in asked} <= KINDS, name
