"""Word lists are read as they stand, and what is wrong with one is said with its file and key."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from kg import lexicon as module
from kg.errors import ResourceError
from kg.lexicon import Lexicon, lexicon
from kg.resources import languages, lexicon_folder

SHIPPED = [(lang, path.stem) for lang in languages() for path in sorted(lexicon_folder(lang).glob("*.toml"))]
ANIMALS = Lexicon(
    "kg/lexicons/xx/animals.toml",
    {
        "small": ["mouse", "ant"],
        "legs": {"mouse": 4, "ant": 6},
        "pairs": [["cat", "tomcat"], ["dog"]],
        "Birds": {"nouns": ["wren"], "verbs": []},
        "mixed": ["a", 1],
        "empty": [""],
        "text": "ant",
    },
)


def test_words_at_a_path() -> None:
    assert ANIMALS.words("small") == {"ant", "mouse"}
    assert ANIMALS.word_list("small") == ("mouse", "ant")
    assert ANIMALS.word_list("Birds", "nouns") == ("wren",)
    assert ANIMALS.word_list("Birds", "verbs") == ()
    assert ANIMALS.numbers("legs") == {"mouse": 4, "ant": 6}
    assert ANIMALS.groups("pairs") == (("cat", "tomcat"), ("dog",))
    assert ANIMALS.sections() == ("legs", "Birds")


@pytest.mark.parametrize(
    ("read", "path", "cause"),
    [
        pytest.param(Lexicon.words, ("fish",), "fish is missing", id="no-key"),
        pytest.param(Lexicon.words, ("Birds", "songs"), "Birds.songs is missing", id="no-inner-key"),
        pytest.param(Lexicon.words, ("small", "ant"), "small.ant is missing", id="path-into-a-list"),
        pytest.param(Lexicon.words, ("legs",), "legs must be a list of words", id="table-for-list"),
        pytest.param(Lexicon.words, ("text",), "text must be a list of words", id="text-for-list"),
        pytest.param(Lexicon.words, ("mixed",), "mixed must be a list of words", id="number-for-word"),
        pytest.param(Lexicon.words, ("empty",), "empty must be a list of words", id="empty-word"),
        pytest.param(Lexicon.groups, ("small",), "small must be a list of lists of words", id="no-lists"),
        pytest.param(Lexicon.numbers, ("small",), "small must give each word a whole number", id="no-table"),
        pytest.param(
            Lexicon.numbers, ("Birds",), "Birds must give each word a whole number", id="no-numbers"
        ),
    ],
)
def test_a_wrong_value_is_named_with_file_and_key(
    read: Callable[..., Any], path: tuple[str, ...], cause: str
) -> None:
    with pytest.raises(ResourceError) as error:
        read(ANIMALS, *path)
    assert str(error.value) == f"kg/lexicons/xx/animals.toml: {cause}"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder of word lists in place of every language's."""
    monkeypatch.setattr(module, "lexicon_folder", lambda lang: tmp_path)
    lexicon.cache_clear()
    yield tmp_path
    lexicon.cache_clear()


@pytest.mark.parametrize(
    ("content", "cause"),
    [
        pytest.param(None, "not found", id="missing"),
        pytest.param(b"", "holds no words", id="empty"),
        pytest.param(b"# only a comment\n", "holds no words", id="comment"),
        pytest.param(b"small = [", "Invalid value", id="broken"),
        pytest.param(b'small = ["\xff"]', "utf-8", id="no-utf-8"),
    ],
)
def test_a_wrong_file_is_named(folder: Path, content: bytes | None, cause: str) -> None:
    if content is not None:
        (folder / "animals.toml").write_bytes(content)
    with pytest.raises(ResourceError, match=rf"^kg/lexicons/xx/animals\.toml: .*{cause}"):
        lexicon("xx", "animals")


def test_an_unknown_language_is_told_the_known_ones() -> None:
    with pytest.raises(ResourceError, match=r"kg/lexicons/xx/: not found; known languages: .*en"):
        lexicon("xx", "events")


@pytest.mark.parametrize(("lang", "name"), SHIPPED, ids=[f"{lang}-{name}" for lang, name in SHIPPED])
def test_every_shipped_word_is_lower_case_and_without_spaces_around_it(lang: str, name: str) -> None:
    wrong = [w for w in _words(lexicon(lang, name).tables) if w != w.lower() or w != w.strip() or not w]
    assert wrong == []


def _words(value: Any) -> Iterator[str]:
    """The words of lists and the words that numbers are given to."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for inner in value:
            yield from _words(inner)
    elif isinstance(value, dict):
        yield from (key for key, inner in value.items() if isinstance(inner, int))
        for inner in value.values():
            yield from _words(inner)


def test_every_language_has_the_same_files() -> None:
    files = {lang: {n for other, n in SHIPPED if other == lang} for lang in languages()}
    assert all(names == files["en"] for names in files.values())


def test_a_word_is_found_by_the_table_it_stands_in() -> None:
    zoo = Lexicon(
        "zoo.toml", {"birds": {"big": ["emu"], "small": ["wren"]}, "fish": {"big": ["ray"], "small": []}}
    )
    assert zoo.tables_of("big") == {"emu": "birds", "ray": "fish"}
    assert zoo.tables_of("big", "small") == {"emu": "birds", "wren": "birds", "ray": "fish"}


def test_the_page_on_word_lists_names_every_file() -> None:
    page = (Path(__file__).parents[1] / "docs" / "lexicons.md").read_text(encoding="utf-8")
    files = {path.stem for path in lexicon_folder("en").glob("*.toml")}
    named = {line.split("`")[1] for line in page.splitlines() if line.startswith("| `")}
    assert named == files
