"""The folder that a build leaves.

DIR/
├── facts.jsonl   what each article reports, by article id
├── graph.ttl     the graph for people
├── graph.trig    the dataset: one named graph an article, linking, world, known actors, ontology
├── actors.gexf   who acts with whom, for Gephi
├── report.html   all of it to look at with its sentences, one page
├── store/        the dataset in Oxigraph, for queries
├── build.json    how it was made, and a digest of each article; where it is, all is
└── corrections.tsv  what people decided about linking, if they did; a build reads it and leaves it

A build is made in DIR/.kg-next, which is renamed to DIR/.kg-ready when it is whole; then its files are
moved into DIR, build.json last. A build that is killed leaves what stood in DIR as it was, or a whole
.kg-ready, which the next build moves first. DIR/.kg-read.jsonl holds what it has read (`kg.journal`).
"""

from __future__ import annotations

import json
import os
import shutil
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path

from kg import __version__, jsonlines, store
from kg.errors import BuildNotFound, OutputError
from kg.facts import ArticleFacts
from kg.output import writing
from kg.store import Store
from kg.store.endpoint import is_url

if sys.platform != "win32":
    import fcntl

FACTS = "facts.jsonl"
TURTLE = "graph.ttl"
TRIG = "graph.trig"
NETWORK = "actors.gexf"
REPORT = "report.html"
STORE = "store"
MANIFEST = "build.json"
CORRECTIONS = "corrections.tsv"
JOURNAL = ".kg-read.jsonl"

_NAMES = (FACTS, TURTLE, TRIG, NETWORK, REPORT, STORE, MANIFEST)
_NEXT, _READY = ".kg-next", ".kg-ready"


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a build was made of, and how.

    `base` is the IRI that names of things begin with, `articles` the SHA-256 of each article by id,
    `min_confidence` the confidence below which facts were left out, `reader` the digest of what read them
    (`kg.fingerprint`), `version` that of `kg`, `knowledge` the names of the user's own files of known actors.
    """

    base: str
    articles: Mapping[str, str]
    min_confidence: float = 0.0
    reader: str = ""
    version: str = __version__
    knowledge: Sequence[str] = ()


@contextmanager
def held(folder: Path) -> Iterator[None]:
    """Keep other builds out of a folder, which is made if it is not there and tidied after a killed build.

    Raises:
        OutputError: it cannot be written, another build is at work in it, or files of the names that a
            build takes stand in it and no build wrote them.
    """
    with ExitStack() as stack:
        with _writing(folder):
            folder.mkdir(parents=True, exist_ok=True)
            stack.enter_context(_locked(folder))
            _settle(folder)
            _check(folder)
        yield


@contextmanager
def replacing(folder: Path) -> Iterator[Path]:
    """A folder to make a build in, which takes the place of the one in `folder` when the block ends well.

    `folder` must be `held`. Whatever happens, the old build or the new one is there, whole.

    Raises:
        OutputError: the folder cannot be written.
    """
    new = folder / _NEXT
    with _writing(folder):
        new.mkdir()
    try:
        yield new
        with _writing(folder):
            new.rename(folder / _READY)
            _settle(folder)
    finally:
        shutil.rmtree(new, ignore_errors=True)


@contextmanager
def _writing(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise OutputError(f"{folder}: cannot be written: {error.strerror or error}") from error


def _settle(folder: Path) -> None:
    """Bring a killed build to its end: one that is whole is put in place, one that is not is dropped."""
    ready = folder / _READY
    if ready.is_dir():
        if (ready / MANIFEST).exists():
            (folder / MANIFEST).unlink(missing_ok=True)
        for name in _NAMES:
            if (ready / name).exists():
                if (folder / name).is_dir():
                    shutil.rmtree(folder / name)
                (ready / name).replace(folder / name)
        ready.rmdir()
    if (folder / _NEXT).exists():
        shutil.rmtree(folder / _NEXT)


def _check(folder: Path) -> None:
    """That the folder can be written, before the long work begins, and holds nothing that is not ours."""
    if (foreign := _foreign(folder)) is not None:
        raise OutputError(
            f"{folder}: no build, but has a {foreign} that one would replace; choose another folder"
        )
    probe = folder / f".{MANIFEST}"
    probe.touch()
    probe.unlink()


def _foreign(folder: Path) -> str | None:
    """A name that a build would take, where no build is; None if there is none."""
    with suppress(OSError, ValueError, TypeError):
        if "version" in json.loads((folder / MANIFEST).read_bytes()):
            return None
    return next((name for name in _NAMES if (folder / name).exists()), None)


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    """Hold a lock on a folder, which the system drops with the process that holds it; not on Windows."""
    if sys.platform == "win32":
        yield
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise OutputError(
                f"{folder}: another build is at work in it; wait until it has come to its end"
            ) from error
        yield
    finally:
        os.close(descriptor)


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Say of a folder what the build in it was made of."""
    content = {**asdict(manifest), "articles": dict(sorted(manifest.articles.items()))}
    with writing(folder / MANIFEST) as file:
        file.write(json.dumps(content, ensure_ascii=False, indent=1) + "\n")


def read_manifest(folder: Path) -> Manifest:
    """What the build in a folder was made of.

    Raises:
        BuildNotFound: the folder holds none, or one that was not finished.
    """
    try:
        return Manifest(**json.loads((folder / MANIFEST).read_bytes()))
    except (OSError, ValueError, TypeError) as error:
        what = "holds no finished build; make one with kg build PATH..."
        if (folder / _READY).is_dir():
            what = "a build of it was killed at its very end; have it finished with kg build PATH..."
        raise BuildNotFound(f"{folder}: {what} -o {folder}") from error


def read_facts(folder: Path) -> list[ArticleFacts]:
    """What the articles of a build report.

    Raises:
        BuildNotFound: the folder holds none, or one that was not finished.
    """
    read_manifest(folder)
    with (folder / FACTS).open(encoding="utf-8") as file:
        return list(jsonlines.read(file))


def open_store(source: Path | str) -> Store:
    """The store of a build, for reading: a folder's, or that of a file of RDF, or the endpoint at a URL.

    Raises:
        BuildNotFound: the folder holds none, or one that was not finished; the endpoint holds none.
        UsageError: the URL is none.
        InputError: the file cannot be read.
        StoreError: the endpoint cannot be reached.
    """
    if is_url(source):
        return store.connect(str(source))
    path = Path(source)
    if store.is_rdf(path):
        return store.read_file(path)
    read_manifest(path)
    return store.open_store(path / STORE)
