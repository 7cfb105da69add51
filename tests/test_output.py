"""A file appears when it is complete, and not before."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.errors import OutputError
from kg.output import writing


def test_a_file_takes_its_place_when_all_is_written(tmp_path: Path) -> None:
    target = tmp_path / "a.txt"
    target.write_text("before")
    with writing(target) as file:
        file.write("Ça suffit\n")
        assert target.read_text() == "before"
    assert target.read_bytes() == "Ça suffit\n".encode()
    assert list(tmp_path.iterdir()) == [target]


def test_what_breaks_off_leaves_what_was_there(tmp_path: Path) -> None:
    target = tmp_path / "a.txt"
    target.write_text("before")
    with pytest.raises(ZeroDivisionError), writing(target) as file:
        file.write("half")
        raise ZeroDivisionError
    assert target.read_text() == "before"
    assert list(tmp_path.iterdir()) == [target]


def test_a_dash_is_standard_output(capsys: pytest.CaptureFixture[str]) -> None:
    with writing(Path("-")) as file:
        file.write("one line\n")
    assert capsys.readouterr().out == "one line\n"


def test_a_device_is_written_to_and_stays() -> None:
    with writing(Path("/dev/null")) as file:
        file.write("gone")
    assert Path("/dev/null").is_char_device()


@pytest.mark.parametrize(
    ("name", "message"),
    [
        pytest.param("none/a.txt", r"none/a\.txt: cannot be written: No such file", id="no folder"),
        pytest.param("file/a.txt", r"file/a\.txt: cannot be written: Not a directory", id="folder is a file"),
        pytest.param("", r": is a folder; name a file in it", id="a folder"),
        pytest.param("x" * 300, "cannot be written: File name too long", id="name too long"),
    ],
)
def test_a_place_that_cannot_be_written_is_named(tmp_path: Path, name: str, message: str) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(OutputError, match=message), writing(tmp_path / name) as file:
        file.write("x")
    assert [p.name for p in tmp_path.iterdir()] == ["file"]
