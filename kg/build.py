"""The whole run: articles in, a working folder out (`kg.workfolder` draws it).

articles → facts → links → quads → store → network, Turtle, TriG
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

import networkx as nx

from kg import jsonlines, link, network, quads, store, workfolder
from kg.article import Article, read_articles
from kg.confidence import at_least
from kg.errors import InputError, UnknownName
from kg.export import network as network_files
from kg.export import rdf
from kg.facts import ArticleFacts
from kg.link import KnowledgeBase
from kg.link.corrections import Decision, Stale
from kg.output import writing
from kg.progress import Progress, counted, silent
from kg.query import load, select
from kg.record import count
from kg.store import Store
from kg.terms import local_name, protest
from kg.validate import ValidationReport, validate
from kg.why import why
from kg.workers import extract
from kg.workfolder import Manifest


@dataclass(frozen=True, slots=True)
class Count:
    """How many things of a kind (a class of the ontology, or empty) there are in a group such as `actors`."""

    group: str
    kind: str
    number: int


@dataclass(frozen=True, slots=True)
class Built:
    """What a build came to: how many of what, an actor to ask about first, what does not conform.

    `stale` are decisions that no longer apply, `doubts` how many pairs people could decide.
    """

    counts: tuple[Count, ...]
    example: str | None
    report: ValidationReport
    stale: tuple[Stale, ...] = ()
    doubts: int = 0


def build(
    paths: Iterable[Path],
    folder: Path,
    *,
    base: str | None = None,
    workers: int = 1,
    min_confidence: float = 0.0,
    knowledge: KnowledgeBase | None = None,
    decisions: Sequence[Decision] = (),
    on_error: Callable[[InputError], None],
    progress: Progress = silent,
) -> Built:
    """Build the articles of files and folders (`kg.article.read_articles`) into a working folder.

    What stood in the folder from an earlier build is replaced. The same articles give the same
    bytes, in whatever order they come.

    Args:
        base: the IRI under which things are named; that of the ontology if None.
        workers: processes that read articles at a time.
        min_confidence: what is less sure (0 to 1) is left out, see `kg.confidence`.
        knowledge: the actors and places known beforehand; those that ship if None.
        decisions: what people decided about linking (`kg.link.corrections`).
        on_error: is told what cannot be read; the rest goes on.

    Raises:
        InputError: not one article could be read; nothing is written.
        OutputError: the folder cannot be written.
        BadParameter: `base` is none.
    """
    paths = list(paths)
    base = quads.check_base(base)
    workfolder.prepare(folder)
    digests: dict[str, str] = {}
    articles = _digested(read_articles(paths, on_error=on_error), digests)
    facts = (at_least(f, min_confidence) for f in extract(articles, workers=workers))
    found = list(counted(facts, "Reading articles", progress, total=count(paths)))
    if not found:
        raise InputError(f"no article could be read, so nothing is built in {folder}")
    return build_from_facts(
        found,
        folder,
        base=base,
        digests=digests,
        knowledge=knowledge,
        decisions=decisions,
        progress=progress,
    )


def build_from_facts(
    facts: Iterable[ArticleFacts],
    folder: Path,
    *,
    base: str | None = None,
    digests: Mapping[str, str],
    knowledge: KnowledgeBase | None = None,
    decisions: Sequence[Decision] = (),
    progress: Progress = silent,
) -> Built:
    """Build facts into a working folder; `digests` are those of their articles by id.

    `knowledge` and `decisions` are as for `build`.

    Raises:
        InputError: two articles have the same id.
        OutputError: the folder cannot be written.
    """
    ordered = sorted(facts, key=lambda f: f.article.id)
    base = quads.check_base(base)
    with _stage("Linking", progress):
        linked = link.link(ordered, knowledge or link.load(), decisions)
        dataset = list(quads.quads(linked.articles, linked, base=base))
    workfolder.begin(folder)
    with _stage("Writing the facts", progress), writing(folder / workfolder.FACTS) as file:
        jsonlines.write(ordered, file)
    for name in (workfolder.TURTLE, workfolder.TRIG):
        with _stage(f"Writing {name}", progress), writing(folder / name) as file:
            rdf.write(dataset, file, format_=rdf.format_of(folder / name), base=base)
    with _stage("Filling the store", progress):
        store.write(dataset, folder / workfolder.STORE)
        opened = store.open_store(folder / workfolder.STORE)
    with _stage("Drawing the network", progress):
        actors = network.build(opened)
        network_files.write(actors, folder / workfolder.NETWORK)
    with _stage("Validating", progress):
        report = validate(dataset)
    workfolder.finish(folder, Manifest(base, digests))
    return Built(_counts(opened), _example(opened, actors), report, linked.stale, len(linked.doubts))


def _counts(opened: Store) -> tuple[Count, ...]:
    rows = select(opened, load("stats"))
    return tuple(Count(str(r["group"]), str(r["kind"] or ""), int(str(r["number"]))) for r in rows)


def _example(opened: Store, actors: nx.MultiDiGraph) -> str | None:
    """The actor with the strongest ties whose name means only one thing, unnamed groups last."""
    unnamed = local_name(protest.Group)
    for _, data in sorted(
        actors.nodes(data=True), key=lambda n: (n[1].get("type") == unnamed, -n[1]["strength"], n[0])
    ):
        try:
            why(opened, data["label"])
        except UnknownName:
            continue
        return str(data["label"])
    return None


def _digested(articles: Iterable[Article], digests: dict[str, str]) -> Iterator[Article]:
    """The articles as they come, each with its digest noted."""
    for article in articles:
        line = json.dumps(asdict(article), ensure_ascii=False, sort_keys=True)
        digests[article.id] = hashlib.sha256(line.encode()).hexdigest()
        yield article


@contextmanager
def _stage(name: str, progress: Progress) -> Iterator[None]:
    progress(name, 0, 1)
    yield
    progress(name, 1, 1)
