"""The articles of a build: those that it holds already, and those that are given to it now.

held + given → Corpus, in which only what is new or changed was read
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from difflib import get_close_matches
from pathlib import Path

from kg import jsonlines, quads, workfolder
from kg.article import Article, read_articles
from kg.confidence import at_least
from kg.errors import BadParameter, BuildNotFound, InputError, UnknownName, UsageError
from kg.facts import ArticleFacts, in_order
from kg.fingerprint import reader
from kg.journal import Journal
from kg.link import KnowledgeBase
from kg.progress import Progress
from kg.record import count
from kg.workers import extract
from kg.workfolder import Manifest

SHOWN = 3  # articles that a message names


@dataclass(frozen=True, slots=True)
class Corpus:
    """Articles with their facts by id, and how a build is made of them."""

    manifest: Manifest
    facts: Mapping[str, ArticleFacts]


@dataclass(frozen=True, slots=True)
class Changes:
    """How many articles a run added, changed, removed, and kept as they were."""

    added: int = 0
    changed: int = 0
    removed: int = 0
    kept: int = 0


def held(folder: Path) -> Corpus | None:
    """The articles that a build holds; None if there is no build.

    Raises:
        InputError: its facts.jsonl was changed into something that cannot be read.
    """
    try:
        manifest = workfolder.read_manifest(folder)
    except BuildNotFound:
        return None
    with (folder / workfolder.FACTS).open(encoding="utf-8", newline="\n") as file:
        facts = {f.article.id: f for f in jsonlines.read(file) if f.article.id in manifest.articles}
    return Corpus(replace(manifest, articles={id: manifest.articles[id] for id in facts}), facts)


def settled(
    before: Corpus | None, *, base: str | None, min_confidence: float | None, knowledge: KnowledgeBase
) -> Manifest:
    """How the next build is made: as the one before, which the options must not contradict.

    Raises:
        BadParameter: they do, or `base` is none.
        UsageError: see `check_known`.
    """
    base = quads.check_base(base) if base is not None or before is None else None
    if before is None:
        assert base
        return Manifest(base, {}, min_confidence or 0.0, reader(), knowledge=knowledge.files)
    check_known(before.manifest, knowledge)
    for option, given, was in (
        ("--base", base, before.manifest.base),
        ("--min-confidence", min_confidence, before.manifest.min_confidence),
    ):
        if given not in (None, was):
            raise BadParameter(
                f"{option} {given}: the articles that the folder holds were built with {was}; "
                "leave the option out, or build all anew with --fresh"
            )
    return replace(before.manifest, articles={}, reader=reader(), knowledge=knowledge.files)


def check_known(manifest: Manifest, knowledge: KnowledgeBase) -> None:
    """A build that was linked with actors of the user's own is not linked without them unawares.

    Raises:
        UsageError: it would be.
    """
    if manifest.knowledge and not knowledge.files:
        named = ", ".join(manifest.knowledge)
        raise UsageError(
            f"the build was linked with actors of your own ({named}): give the file again with --kb, "
            "or build all anew with --fresh"
        )


def added(
    before: Corpus | None,
    paths: Iterable[Path],
    manifest: Manifest,
    journal: Journal,
    *,
    workers: int,
    on_error: Callable[[InputError], None],
    progress: Progress,
) -> tuple[Corpus, Changes]:
    """The articles of `before` with those of the paths, of which the new and changed ones are read.

    Raises:
        InputError: not one of the paths has an article that can be read.
        UsageError: `before` holds articles that another version of kg read and that are not given now.
    """
    paths = list(paths)
    given = _Given(before, journal)
    articles = read_articles(paths, on_error=on_error)
    total = count(paths)
    for facts in extract(given.unread(articles), workers=workers):
        given.add(facts)
        progress("Reading articles", given.done, total)
    if given.kept:
        progress("Reading articles", given.done, total)
    if not given.digests:
        raise InputError("no article could be read, so nothing is built")
    old = before.facts if before else {}
    _check_readers(before, given.digests)
    found = {id: in_order(at_least(f, manifest.min_confidence)) for id, f in given.facts.items()}
    digests = {**(before.manifest.articles if before else {}), **given.digests}
    changes = Changes(
        added=len(found.keys() - old.keys()),
        changed=len(found.keys() & old.keys()),
        kept=len(old.keys() - found.keys()),
    )
    return Corpus(replace(manifest, articles=digests), {**old, **found}), changes


def without(before: Corpus, ids: Iterable[str], knowledge: KnowledgeBase) -> tuple[Corpus, Changes]:
    """The articles of `before` without some.

    Raises:
        UnknownName: it holds no article of that id.
        UsageError: no article would be left; see also `check_known`.
    """
    check_known(before.manifest, knowledge)
    gone = set(ids)
    for id in sorted(gone - before.facts.keys()):
        near = get_close_matches(id, before.facts, 1)
        hint = f"did you mean {near[0]!r}?" if near else "nothing was removed"
        raise UnknownName(f"{id!r}: the build holds no article of this id; {hint}")
    facts = {id: f for id, f in before.facts.items() if id not in gone}
    if not facts:
        raise UsageError("no article would be left; to be rid of all, delete the folder")
    digests = {id: d for id, d in before.manifest.articles.items() if id not in gone}
    changes = Changes(removed=len(gone), kept=len(facts))
    manifest = replace(before.manifest, articles=digests, knowledge=knowledge.files)
    return Corpus(manifest, facts), changes


class _Given:
    """What is given now: its digests, and the facts of what had to be read."""

    def __init__(self, before: Corpus | None, journal: Journal) -> None:
        is_same = before is not None and before.manifest.reader == reader()
        self.held = before.manifest.articles if before and is_same else {}
        self.journal = journal
        self.digests: dict[str, str] = {}
        self.facts: dict[str, ArticleFacts] = {}
        self.kept = 0

    @property
    def done(self) -> int:
        return self.kept + len(self.facts)

    def unread(self, articles: Iterable[Article]) -> Iterator[Article]:
        """Those whose facts are neither held nor in the journal."""
        for article in articles:
            digest = self.digests[article.id] = _digest(article)
            if self.held.get(article.id) == digest:
                self.kept += 1
            elif (facts := self.journal.find(article.id, digest)) is not None:
                self.facts[article.id] = facts
            else:
                yield article

    def add(self, facts: ArticleFacts) -> None:
        """Facts as their line in facts.jsonl says them, whether or not this run is killed and goes on."""
        self.journal.add(self.digests[facts.article.id], facts)
        self.facts[facts.article.id] = jsonlines.loads(jsonlines.dumps(facts))


def _digest(article: Article) -> str:
    line = json.dumps(asdict(article), ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(line.encode()).hexdigest()


def _check_readers(before: Corpus | None, given: Mapping[str, str]) -> None:
    """One version of kg has read all articles, or figures from before and after could not be compared."""
    if before is None or before.manifest.reader == reader():
        return
    if others := sorted(before.facts.keys() - given.keys()):
        named = ", ".join(map(repr, others[:SHOWN])) + (" …" if len(others) > SHOWN else "")
        raise UsageError(
            f"{len(others)} articles of the build ({named}) were read by another version of kg; "
            "give their files too, so that they are read anew, or leave them out with --fresh"
        )
