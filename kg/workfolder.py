"""The folder that a build leaves.

DIR/
├── facts.jsonl   what each article reports, by article id
├── graph.ttl     the graph for people
├── graph.trig    the dataset: one named graph an article, linking, world, known actors, ontology
├── actors.gexf   who acts with whom, for Gephi
├── store/        the dataset in Oxigraph, for queries
├── build.json    version, base IRI, a digest of each article; where it is, all is
└── corrections.tsv  what people decided about linking, if they did; a build reads it and leaves it
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from kg import __version__, jsonlines, store
from kg.errors import BuildNotFound, OutputError
from kg.facts import ArticleFacts
from kg.output import writing
from kg.store import Store

FACTS = "facts.jsonl"
TURTLE = "graph.ttl"
TRIG = "graph.trig"
NETWORK = "actors.gexf"
STORE = "store"
MANIFEST = "build.json"
CORRECTIONS = "corrections.tsv"


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a build was made of: base of its IRIs, SHA-256 of each article by id, version of `kg`."""

    base: str
    articles: Mapping[str, str]
    version: str = __version__


def prepare(folder: Path) -> None:
    """Make a folder if it is not there, and see that it can be written, before the long work begins.

    Raises:
        OutputError: it cannot, or files of these names that no build wrote stand in it.
    """
    probe = folder / f".{MANIFEST}"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if (foreign := _foreign(folder)) is not None:
            raise OutputError(
                f"{folder}: no build, but has a {foreign} that one would replace; choose another folder"
            )
        probe.touch()
        probe.unlink()
    except OSError as error:
        raise OutputError(f"{folder}: cannot be written: {error.strerror or error}") from error


def begin(folder: Path) -> None:
    """Mark a build as unfinished before its files are replaced.

    Raises:
        OutputError: the folder cannot be written.
    """
    prepare(folder)
    with writing(folder / MANIFEST) as file:
        file.write(json.dumps({"version": __version__}) + "\n")


def finish(folder: Path, manifest: Manifest) -> None:
    """Mark a build as finished."""
    content = {**asdict(manifest), "articles": dict(sorted(manifest.articles.items()))}
    with writing(folder / MANIFEST) as file:
        file.write(json.dumps(content, ensure_ascii=False, indent=1) + "\n")


def _foreign(folder: Path) -> str | None:
    """A name that a build would take, where no build, finished or not, was begun; None if there is none."""
    try:
        if "version" in json.loads((folder / MANIFEST).read_bytes()):
            return None
    except (OSError, ValueError, TypeError):
        pass
    names = (FACTS, TURTLE, TRIG, NETWORK, STORE, MANIFEST)
    return next((name for name in names if (folder / name).exists()), None)


def read_manifest(folder: Path) -> Manifest:
    """What the build in a folder was made of.

    Raises:
        BuildNotFound: the folder holds none, or one that was not finished.
    """
    try:
        return Manifest(**json.loads((folder / MANIFEST).read_bytes()))
    except (OSError, ValueError, TypeError) as error:
        raise BuildNotFound(
            f"{folder}: holds no finished build; make one with kg build PATH... -o {folder}"
        ) from error


def read_facts(folder: Path) -> list[ArticleFacts]:
    """What the articles of a build report.

    Raises:
        BuildNotFound: the folder holds none, or one that was not finished.
    """
    read_manifest(folder)
    with (folder / FACTS).open(encoding="utf-8") as file:
        return list(jsonlines.read(file))


def open_store(folder: Path) -> Store:
    """The store of a build, for reading.

    Raises:
        BuildNotFound: the folder holds none, or one that was not finished.
    """
    read_manifest(folder)
    return store.open_store(folder / STORE)
