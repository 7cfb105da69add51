"""A journal gives back what was read, and nothing that was cut short or read otherwise."""

from pathlib import Path

import pytest

from kg import jsonlines
from kg.errors import OutputError
from kg.facts import ArticleFacts
from kg.journal import Journal
from tests.builders import gazette, post


def noted(path: Path, *articles: ArticleFacts, reader: str = "r1") -> None:
    with Journal(path, reader=reader) as journal:
        for facts in articles:
            journal.add(f"digest of {facts.article.id}", facts)


def found(
    path: Path, facts: ArticleFacts, digest: str | None = None, reader: str = "r1"
) -> ArticleFacts | None:
    with Journal(path, reader=reader) as journal:
        return journal.find(facts.article.id, digest or f"digest of {facts.article.id}")


def test_what_is_added_is_found_by_the_next_run(tmp_path: Path) -> None:
    noted(tmp_path / "j", post())
    noted(tmp_path / "j", gazette())
    for facts in (post(), gazette()):
        assert found(tmp_path / "j", facts) == jsonlines.loads(jsonlines.dumps(facts))


def test_a_changed_article_and_another_reader_find_nothing(tmp_path: Path) -> None:
    noted(tmp_path / "j", post())
    assert found(tmp_path / "j", post(), digest="another") is None
    assert found(tmp_path / "j", post(), reader="r2") is None
    assert found(tmp_path / "j", gazette()) is None


def test_wherever_the_last_line_is_cut_the_others_stay(tmp_path: Path) -> None:
    noted(tmp_path / "j", post(), gazette())
    whole = (tmp_path / "j").read_bytes()
    end = len(whole[:-1].rpartition(b"\n")[0])
    for cut in range(end, len(whole) - 1, 997):
        (tmp_path / "j").write_bytes(whole[:cut])
        noted(tmp_path / "j", gazette(), reader="r2")
        assert found(tmp_path / "j", post()) is not None
        assert found(tmp_path / "j", gazette()) is None
        assert found(tmp_path / "j", gazette(), reader="r2") is not None


@pytest.mark.parametrize(
    "line",
    [
        b"[]",
        b"1",
        b"\xff\xfe",
        b"{",
        b'{"reader": "r1"}',
        b'{"reader": "r1", "digest": "d", "article": {"id": "post-12"}}',
    ],
)
def test_what_is_no_line_of_ours_is_passed_over(tmp_path: Path, line: bytes) -> None:
    (tmp_path / "j").write_bytes(line)
    assert found(tmp_path / "j", post(), digest="d") is None


def test_nothing_is_written_before_something_is_read(tmp_path: Path) -> None:
    noted(tmp_path / "j")
    assert not (tmp_path / "j").exists()


def test_a_place_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="none/j: cannot be written: No such file"):
        noted(tmp_path / "none" / "j", post())
