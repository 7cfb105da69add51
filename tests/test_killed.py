"""A build that is killed loses nothing: the old one or the new one is there, and the next run goes on.

The articles are invented and so is what is read in them, since here it is not the reading that matters.
"""

from __future__ import annotations

import json
import multiprocessing
import os
import shutil
import signal
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from kg import corpus, workfolder
from kg.article import Article
from kg.build import Built, build
from kg.corpus import Changes
from kg.errors import BuildNotFound, OutputError
from kg.facts import ArticleFacts
from tests.builders import three_articles
from tests.test_build import SAME, contents

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL and no fork")

SHARES = 4  # of the steps, so that several processes can take them
FACTS = {facts.article.id: facts for facts in three_articles()}
OLD = {"post-12": "Officers march", "gazette-7": "To be changed"}
NEW = {"gazette-7": "Thousands back police union", "courrier-3": "Calmont : grève"}


def read(articles: Iterable[Article], *, workers: int = 1) -> Iterator[ArticleFacts]:
    """In place of the pipeline: facts that depend on the article as it is."""
    for article in articles:
        facts = FACTS[article.id]
        yield replace(facts, article=replace(facts.article, title=article.title))


def run(folder: Path, titles: dict[str, str], progress: Callable[..., None] = lambda *_: None) -> Built:
    """A build of articles of these titles."""
    path = folder.with_suffix(".jsonl")
    lines = [{"id": id, "title": title, "text": "Text.", "lang": "en"} for id, title in titles.items()]
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    return build([path], folder, on_error=pytest.fail, progress=progress)


class Step:
    """Counts what a build does (tells progress, moves or drops files) and kills it at one of these steps."""

    def __init__(self, deadly: int) -> None:
        self.deadly = deadly
        self.taken: list[str] = []

    def __call__(self, *what: object) -> None:
        if len(self.taken) == self.deadly:
            os.kill(os.getpid(), signal.SIGKILL)
        self.taken.append(" ".join(map(str, what)))

    def before(self, function: Callable[..., Any]) -> Callable[..., Any]:
        """The function, as a step."""

        def counted(path: Path, *rest: Any, **options: Any) -> Any:
            self(function.__name__, Path(path).name)
            return function(path, *rest, **options)

        return counted

    def run(self, folder: Path) -> None:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(corpus, "extract", read)
            for name in ("rename", "replace", "unlink", "rmdir"):
                patch.setattr(Path, name, self.before(getattr(Path, name)))
            patch.setattr(shutil, "rmtree", self.before(shutil.rmtree))
            run(folder, NEW, self)


def killed(folder: Path, deadly: int) -> None:
    """Runs in a process of its own."""
    Step(deadly).run(folder)


@pytest.fixture(autouse=True)
def _reading(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(corpus, "extract", read)


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a build of the old articles, `old`, and one with the new ones too, `new`."""
    folder = tmp_path_factory.mktemp("builds")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(corpus, "extract", read)
        run(folder / "old", OLD)
        run(folder / "new", OLD | NEW)
    return folder


def steps(prepared: Path, work: Path) -> list[str]:
    """All steps of a run that is not killed."""
    shutil.copytree(prepared / "old", work / "all")
    step = Step(deadly=-1)
    step.run(work / "all")
    assert contents(work / "all") == contents(prepared / "new")
    return step.taken


@pytest.mark.parametrize("share", range(SHARES))
def test_killed_at_any_step_it_goes_on_without_loss_or_duplicates(
    prepared: Path, tmp_path: Path, share: int
) -> None:
    taken = steps(prepared, tmp_path)
    old, new = contents(prepared / "old"), contents(prepared / "new")
    moved = [n for n, step in enumerate(taken) if step.split()[0] in ("rename", "replace", "rmtree", "rmdir")]
    told = [n for n, step in enumerate(taken) if "Reading" in step or step.endswith(" 1 1")]
    assert len(moved) > 10 and len(told) > 7
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([__name__])
    for n in sorted({*moved, *told})[share::SHARES]:
        folder = tmp_path / f"killed-{n}"
        shutil.copytree(prepared / "old", folder)
        process = context.Process(target=killed, args=(folder, n))
        process.start()
        process.join()
        assert process.exitcode == -signal.SIGKILL, taken[n]
        try:
            workfolder.open_store(folder)
        except BuildNotFound as error:
            assert "was killed at its very end; have it finished with kg build" in str(error), taken[n]
        else:
            assert contents(folder) in (old, new), taken[n]
        run(folder, NEW)
        assert contents(folder) == new, taken[n]
        assert sorted(p.name for p in folder.iterdir()) == sorted([*SAME, workfolder.STORE]), taken[n]
        shutil.rmtree(folder)


def test_what_was_read_before_the_end_is_not_read_again(
    prepared: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(prepared / "old", tmp_path / "out")

    def interrupted(stage: str, done: int, total: int | None) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run(tmp_path / "out", NEW, interrupted)
    assert contents(tmp_path / "out") == contents(prepared / "old")
    ids: list[str] = []

    def noting(articles: Iterable[Article], *, workers: int = 1) -> Iterator[ArticleFacts]:
        for facts in read(articles):
            ids.append(facts.article.id)
            yield facts

    monkeypatch.setattr(corpus, "extract", noting)
    assert run(tmp_path / "out", NEW).changes == Changes(added=1, changed=1, kept=1)
    assert ids == ["courrier-3"]
    assert contents(tmp_path / "out") == contents(prepared / "new")


def test_two_builds_do_not_work_in_one_folder(prepared: Path, tmp_path: Path) -> None:
    shutil.copytree(prepared / "old", tmp_path / "out")
    with (
        workfolder.held(tmp_path / "out"),
        pytest.raises(OutputError, match="another build is at work in it"),
    ):
        run(tmp_path / "out", NEW)
    run(tmp_path / "out", NEW)
