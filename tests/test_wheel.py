"""What is installed from a wheel works outside the checkout, with everything it reads."""

from __future__ import annotations

import os
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
# The checkout, which an editable install leaves on the path, is taken off it.
KG = f"import sys; sys.path = [p for p in sys.path if p != {str(ROOT)!r}]; from kg.cli import main; main()"
WHERE = KG.replace("from kg.cli import main; main()", "import kg; print(kg.__file__)")


@pytest.fixture(scope="module")
def dist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the source distribution, and the wheel that was built from it."""
    folder = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "build", "--no-isolation", "--outdir", str(folder), str(ROOT)]
    subprocess.run(command, check=True, capture_output=True)
    return folder


@pytest.fixture(scope="module")
def installed(dist: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the unpacked wheel and nothing else."""
    folder = tmp_path_factory.mktemp("installed")
    (wheel,) = dist.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder)
    return folder


def python(installed: Path, program: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run a program in an empty folder, with the unpacked wheel on the path."""
    work = installed.parent / "elsewhere"
    work.mkdir(exist_ok=True)
    command = [sys.executable, "-c", program, *arguments]
    environment = {**os.environ, "PYTHONPATH": str(installed)}
    return subprocess.run(command, cwd=work, env=environment, capture_output=True, text=True, check=False)


def test_a_wheel_holds_all_that_the_package_reads(dist: Path) -> None:
    (wheel,) = dist.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    for folder in ("ontologies", "queries", "seeds"):
        files = {p.relative_to(ROOT) for p in (ROOT / folder).rglob("*") if p.is_file()}
        assert files and {f"kg/_data/{file.as_posix()}" for file in files} <= names
    for folder in ("lexicons", "models", "serve"):
        files = {
            p.relative_to(ROOT)
            for p in (ROOT / "kg" / folder).rglob("*.*")
            if p.is_file() and p.suffix != ".pyc"
        }
        assert {file.as_posix() for file in files} <= names
    assert "kg/py.typed" in names and "kg/lexicons/en/events.toml" in names
    assert any(name.endswith("licenses/LICENSE") for name in names)
    assert not any(name.startswith(("tests/", "bench/", "docs/")) for name in names)


def test_a_source_distribution_holds_the_tests(dist: Path) -> None:
    (archive,) = dist.glob("*.tar.gz")
    with tarfile.open(archive) as tar:
        names = {name.partition("/")[2] for name in tar.getnames()}
    assert {"Makefile", "README.md", "LICENSE", "tests/test_wheel.py", "seeds/articles.csv"} <= names


def test_the_package_is_the_installed_one(installed: Path) -> None:
    assert python(installed, WHERE).stdout.strip() == str(installed / "kg" / "__init__.py")


def test_an_installed_kg_knows_its_ontology(installed: Path) -> None:
    run = python(installed, KG, "vocab", "March")
    assert (run.returncode, run.stderr) == (0, "")
    assert "protest:March" in run.stdout


def test_an_installed_kg_builds_and_answers_outside_the_checkout(installed: Path, tmp_path: Path) -> None:
    seeds = python(
        installed, WHERE.replace("kg.__file__", "__import__('kg.resources').resources.folder('seeds')")
    )
    assert Path(seeds.stdout.strip()) == installed / "kg" / "_data" / "seeds"
    out = tmp_path / "out"
    build = python(installed, KG, "build", seeds.stdout.strip(), "-o", str(out))
    assert (build.returncode, build.stderr) == (0, "")
    assert (out / "graph.ttl").stat().st_size > 10_000
    answer = python(installed, KG, "query", str(out), "protests", "--format", "csv")
    assert (answer.returncode, answer.stderr) == (0, "")
    assert len(answer.stdout.splitlines()) > 1
