"""The whole run: articles in, a working folder out (`kg.workfolder` draws it).

articles → facts → links → quads → store → network, report, Turtle, TriG

Reading articles is the long work, and is done for new and changed ones only (`kg.corpus`). All that follows
is made anew from all facts, so that a build is the same whether its articles came at once or one by one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import networkx as nx

from kg import corpus, jsonlines, link, network, quads, report, store, workfolder
from kg.corpus import Changes, Corpus
from kg.errors import InputError, UnknownName
from kg.export import network as network_files
from kg.export import rdf
from kg.facts import ArticleFacts
from kg.journal import Journal
from kg.link import KnowledgeBase
from kg.link.corrections import Decision, Stale
from kg.output import writing
from kg.progress import Progress, silent
from kg.query import load, select
from kg.store import Store
from kg.terms import local_name, protest
from kg.validate import ValidationReport, validate
from kg.why import why
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

    `changes` says what this run did to the articles that the build holds, `stale` are decisions that no
    longer apply, `doubts` is how many pairs people could decide.
    """

    counts: tuple[Count, ...]
    example: str | None
    report: ValidationReport
    changes: Changes
    stale: tuple[Stale, ...] = ()
    doubts: int = 0


def build(
    paths: Iterable[Path],
    folder: Path,
    *,
    base: str | None = None,
    workers: int = 1,
    min_confidence: float | None = None,
    fresh: bool = False,
    knowledge: KnowledgeBase | None = None,
    decisions: Sequence[Decision] = (),
    on_error: Callable[[InputError], None],
    progress: Progress = silent,
) -> Built:
    """Build the articles of files and folders (`kg.article.read_articles`) into a working folder.

    To a build that is there they are added: an article whose id it holds is replaced, the others stay.
    Only what is new or changed is read. The same articles give the same bytes, in whatever order and in
    however many runs they came. A run that was killed goes on where it was when it is started again.

    Args:
        base: the IRI under which things are named; by default that of the build, or of the ontology.
        workers: processes that read articles at a time.
        min_confidence: what is less sure (0 to 1) is left out, see `kg.confidence`; by default as in the
            build that is there.
        fresh: nothing of a build that is there is kept.
        knowledge: the actors and places known beforehand; those that ship if None.
        decisions: what people decided about linking (`kg.link.corrections`).
        on_error: is told what cannot be read; the rest goes on.

    Raises:
        InputError: not one article could be read; nothing is written.
        OutputError: the folder cannot be written.
        BadParameter: `base` is none, or the build that is there has other options.
        UsageError: the build holds articles that another version of kg read, which are not given now, or
            was linked with files of the user's own and `knowledge` has none.
    """
    if base is not None:
        quads.check_base(base)
    with workfolder.held(folder):
        journal_path = folder / workfolder.JOURNAL
        if fresh:
            journal_path.unlink(missing_ok=True)
        before = None if fresh else corpus.held(folder)
        known = knowledge or link.load()
        manifest = corpus.settled(before, base=base, min_confidence=min_confidence, knowledge=known)
        with Journal(journal_path, reader=manifest.reader) as journal:
            articles, changes = corpus.added(
                before, paths, manifest, journal, workers=workers, on_error=on_error, progress=progress
            )
        built = _write(articles, changes, folder, known, decisions, progress)
        journal_path.unlink(missing_ok=True)
    return built


def remove(
    ids: Iterable[str],
    folder: Path,
    *,
    knowledge: KnowledgeBase | None = None,
    decisions: Sequence[Decision] = (),
    progress: Progress = silent,
) -> Built:
    """Remove articles from a build, which then is as if it had never seen them.

    `knowledge` and `decisions` are as for `build`.

    Raises:
        BuildNotFound: the folder holds none.
        UnknownName: the build holds no article of that id; nothing is removed.
        UsageError: no article would be left.
        OutputError: the folder cannot be written.
    """
    workfolder.read_manifest(folder)
    with workfolder.held(folder):
        before = corpus.held(folder)
        assert before
        known = knowledge or link.load()
        articles, changes = corpus.without(before, ids, known)
        return _write(articles, changes, folder, known, decisions, progress)


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
    """Build facts into a working folder, in place of a build that is there; `digests` by article id.

    `knowledge` and `decisions` are as for `build`.

    Raises:
        InputError: two articles have the same id.
        OutputError: the folder cannot be written.
    """
    given = list(facts)
    by_id = {f.article.id: f for f in given}
    if len(by_id) < len(given):
        twice = Counter(f.article.id for f in given).most_common(1)[0][0]
        raise InputError(f"article id {twice!r} is used twice; give each article an id of its own")
    with workfolder.held(folder):
        known = knowledge or link.load()
        articles = Corpus(Manifest(quads.check_base(base), digests, knowledge=known.files), by_id)
        return _write(articles, Changes(added=len(by_id)), folder, known, decisions, progress)


def _write(
    articles: Corpus,
    changes: Changes,
    folder: Path,
    knowledge: KnowledgeBase,
    decisions: Sequence[Decision],
    progress: Progress,
) -> Built:
    """Link the facts and write all that is made of them; the build appears when it is whole."""
    facts, base = [articles.facts[id] for id in sorted(articles.facts)], articles.manifest.base
    with _stage("Linking", progress):
        linked = link.link(facts, knowledge, decisions)
        dataset = list(quads.quads(linked.articles, linked, base=base))
    with workfolder.replacing(folder) as new:
        with _stage("Writing the facts", progress), writing(new / workfolder.FACTS) as file:
            jsonlines.write(facts, file)
        for name in (workfolder.TURTLE, workfolder.TRIG):
            with _stage(f"Writing {name}", progress), writing(new / name) as file:
                rdf.write(dataset, file, format_=rdf.format_of(new / name), base=base)
        with _stage("Filling the store", progress):
            store.write(dataset, new / workfolder.STORE)
        counts, example = _shown(new, progress)
        with _stage("Validating", progress):
            findings = validate(dataset)
        workfolder.write_manifest(new, articles.manifest)
    return Built(counts, example, findings, changes, linked.stale, len(linked.doubts))


def _shown(folder: Path, progress: Progress) -> tuple[tuple[Count, ...], str | None]:
    """Counts and an example, network and report written; the store is closed again, so that it may move."""
    opened = store.open_store(folder / workfolder.STORE)
    with _stage("Drawing the network", progress):
        actors = network.build(opened)
        network_files.write(actors, folder / workfolder.NETWORK)
    with _stage("Writing the report", progress):
        report.write(opened, folder / workfolder.REPORT, network=actors)
    return _counts(opened), _example(opened, actors)


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


@contextmanager
def _stage(name: str, progress: Progress) -> Iterator[None]:
    progress(name, 0, 1)
    yield
    progress(name, 1, 1)
