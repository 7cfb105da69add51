"""Articles come out of every kind of source alike; what cannot be read is named and the rest goes on."""

from __future__ import annotations

import io
import json
import os
import sys
from pathlib import Path
from typing import Any

import pytest

from kg import record
from kg.article import Article, clean, read_articles
from kg.errors import InputError
from kg.resources import folder

BODY = "Nurses of the city hospital stopped work for an hour on Tuesday.\nThey want two more a shift."
TXT = f"Nurses stop work\n\n{BODY}\n"


def line(**changes: Any) -> str:
    """A good line of JSON, with changes; a change to None takes the key out."""
    fields = {"id": "a", "title": "Nurses stop work", "text": BODY, **changes}
    return json.dumps({k: v for k, v in fields.items() if v is not None}, ensure_ascii=False) + "\n"


def write(path: Path, content: str | bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def read(*paths: Path) -> tuple[list[Article], list[str]]:
    errors: list[InputError] = []
    articles = list(read_articles(paths, on_error=errors.append))
    return articles, [str(error) for error in errors]


# --- what is read ----------------------------------------------------------------------------


def test_a_text_file_has_its_title_on_top_and_its_name_as_id(tmp_path: Path) -> None:
    (article,), errors = read(write(tmp_path / "n-1.txt", TXT))
    assert article == Article("n-1", "Nurses stop work", BODY, lang="en")
    assert article.content == f"Nurses stop work\n\n{BODY}"
    assert errors == []


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(TXT.replace("\n", "\r\n"), id="CRLF"),
        pytest.param(TXT.replace("\n", "\r"), id="CR"),
        pytest.param("\ufeff" + TXT, id="byte order mark"),
        pytest.param("\n \n" + TXT + "\n\n\n", id="blank lines around"),
    ],
)
def test_text_files_of_other_habits_read_the_same(tmp_path: Path, content: str) -> None:
    assert read(write(tmp_path / "a.txt", content)) == read(write(tmp_path / "b" / "a.txt", TXT))


def test_the_table_beside_a_text_file_gives_its_metadata(tmp_path: Path) -> None:
    write(tmp_path / "a.txt", TXT)
    write(
        tmp_path / "articles.csv",
        "file,id,source,url,published,lang,title\n"
        "a.txt,nurses,The Echo,https://example.org/1,2024-03-05,en-GB,Nurses stop work\n",
    )
    (article,), errors = read(tmp_path / "a.txt")
    assert article == Article(
        "nurses", "Nurses stop work", BODY, "en", "The Echo", "https://example.org/1", "2024-03-05"
    )
    assert errors == []


def test_a_table_needs_no_column_but_file_and_no_cell_filled(tmp_path: Path) -> None:
    write(tmp_path / "a.txt", TXT)
    write(tmp_path / "articles.csv", "file;published;lang\na.txt;;\n")
    (article,), errors = read(tmp_path)
    assert (article.id, article.published, article.lang, errors) == ("a", None, "en", [])


def test_another_title_in_the_table_leaves_the_first_line_to_the_text(tmp_path: Path) -> None:
    write(tmp_path / "a.txt", TXT)
    write(tmp_path / "articles.csv", "file,title\na.txt,An hour of silence\n")
    (article,), _ = read(tmp_path)
    assert article.content == f"An hour of silence\n\nNurses stop work\n\n{BODY}"


def test_a_folder_is_read_with_the_folders_below_in_the_order_of_its_paths(tmp_path: Path) -> None:
    for name in ("b/2.txt", "b/1.txt", "a.txt", "c/d/3.TXT", ".hidden/4.txt", "b/.5.txt", "b/notes.md"):
        write(tmp_path / name, TXT)
    write(tmp_path / "b" / "articles.csv", "file,source\n1.txt,The Echo\n")
    articles, errors = read(tmp_path)
    assert [a.id for a in articles] == ["a", "1", "2", "3"]
    assert [a.source for a in articles] == [None, "The Echo", None, None]
    assert errors == []


def test_the_seeds_are_two_articles_without_a_date() -> None:
    articles, errors = read(folder("seeds"))
    assert [(a.id, a.lang, a.published) for a in articles] == [("seed-1", "en", None), ("seed-2", "en", None)]
    assert articles[1].text.startswith("On January 31, tens of thousands")
    assert errors == []


def test_json_lines_keep_the_text_as_it_is(tmp_path: Path) -> None:
    text = f"  {BODY}\n\n  "
    path = write(tmp_path / "a.jsonl", line(text=text, source="The Echo", published="2024-03-05", story="s1"))
    (article,), errors = read(path)
    assert (article.text, article.source, article.published, errors) == (text, "The Echo", "2024-03-05", [])


def test_facts_with_their_article_inside_can_be_fed_back(tmp_path: Path) -> None:
    path = write(tmp_path / "gold.jsonl", json.dumps({"article": json.loads(line()), "events": []}))
    assert [a.id for a in read(path)[0]] == ["a"]


def test_a_table_of_articles_is_read_by_row(tmp_path: Path) -> None:
    body = BODY.replace('"', '""')
    path = write(
        tmp_path / "a.csv", f'id\ttitle\ttext\tmood\n1\tNurses\t"{body}"\tx\n\n2\tNurses\t"{body}"\ty\n'
    )
    articles, errors = read(path)
    assert [(a.id, a.text) for a in articles] == [("1", BODY), ("2", BODY)]
    assert errors == []


def test_standard_input_is_json_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    stdin = io.TextIOWrapper(io.BytesIO((line(id=7) + "{\n").encode()))
    monkeypatch.setattr(sys, "stdin", stdin)
    articles, errors = read(Path("-"))
    assert [a.id for a in articles] == ["7"]
    assert len(errors) == 1 and errors[0].startswith("standard input:2: broken JSON")


def test_json_lines_stream(tmp_path: Path) -> None:
    """The first article is there before the last line has been written."""
    fifo = tmp_path / "pipe"
    os.mkfifo(fifo)
    descriptor = os.open(fifo, os.O_RDWR)  # a writer that stays open, so that reading to the end would block
    try:
        os.write(descriptor, line().encode())
        assert next(read_articles([fifo], on_error=pytest.fail)).id == "a"
    finally:
        os.close(descriptor)


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("2021-05-19", "2021-05-19"),
        ("2021-05-19T23:30:00+02:00", "2021-05-19"),
        ("2021-05-19 23:30", "2021-05-19"),
        ("2021-05-19T23:30:00Z", "2021-05-19"),
        (" 2021-05-19 ", "2021-05-19"),
        ("", None),
    ],
)
def test_a_timestamp_gives_its_day(tmp_path: Path, given: str, kept: str | None) -> None:
    (article,), _ = read(write(tmp_path / "a.jsonl", line(published=given)))
    assert article.published == kept


@pytest.mark.parametrize(
    ("raw", "cleaned"),
    [
        pytest.param("a\r\nb\rc", "a\nb\nc", id="line ends"),
        pytest.param("\x1b[31mred\x07", " [31mred ", id="terminal escapes"),
        pytest.param("a\x00b\x85c\x7fd", "a b c d", id="NUL, NEL, DEL"),
        pytest.param("\ud83d\ufffe\uffff", "\ufffd\ufffd\ufffd", id="what UTF-8 or XML cannot hold"),
        pytest.param(
            "ab\tc\n\u202edef\u200f\u200d", "ab\tc\n\u202edef\u200f\u200d", id="marks of direction stay"
        ),
        pytest.param("<script>&amp;</script>", "<script>&amp;</script>", id="markup stays"),
    ],
)
def test_what_is_no_text_is_replaced_one_for_one(raw: str, cleaned: str) -> None:
    assert clean(raw) == cleaned


def test_single_line_fields_stay_on_a_line(tmp_path: Path) -> None:
    path = write(tmp_path / "a.jsonl", line(id="a\nb", title="Nurses\nstop", source="x\ty\x00"))
    (article,), _ = read(path)
    assert (article.id, article.title, article.source) == ("a b", "Nurses stop", "x\ty")


# --- what cannot be read ----------------------------------------------------------------------

BROKEN_FILES = [
    pytest.param("e.txt", b"", r"e\.txt: empty file", id="empty text"),
    pytest.param("e.txt", b" \n\n", r"e\.txt: empty file", id="blank text"),
    pytest.param("e.txt", b"Only a title\n", r"e\.txt: nothing below the title", id="title alone"),
    pytest.param(
        "e.txt", b"Caf\xe9\n\nx", r"e\.txt: not UTF-8 at byte 3 \(0xe9\); save it as UTF-8", id="Latin-1"
    ),
    pytest.param("e.txt", b"\xef\xbb\xbfCaf\xe9", r"e\.txt: not UTF-8 at byte 6 ", id="Latin-1 after a mark"),
    pytest.param("e.txt", TXT.encode("utf-16"), r"e\.txt: UTF-16; save it as UTF-8", id="UTF-16"),
    pytest.param("e.txt", b"PK\x03\x04\x00\x00", r"e\.txt: no text: a NUL byte at byte 4", id="binary"),
    pytest.param("e.jsonl", b"", r"e\.jsonl: empty file", id="empty lines"),
    pytest.param("e.jsonl", b"\n \n", r"e\.jsonl: empty file", id="blank lines"),
    pytest.param("e.csv", b"", r"e\.csv: empty file", id="empty table"),
    pytest.param("e.csv", b"id,title\n1,x\n", r"e\.csv:1: no column text", id="table without text"),
    pytest.param(
        "e.csv", b"id,title,text,id\n", r"e\.csv:1: two columns of the same name", id="column twice"
    ),
    pytest.param(
        "e.csv", b'id,"title,text\n', r"e\.csv:1: unexpected end of data", id="open quote in the header"
    ),
    pytest.param(
        "e.csv", b"id,title,text\n1,\xe9,x\n", r"e\.csv:2: not UTF-8 at byte 16 ", id="Latin-1 table"
    ),
    pytest.param("e.html", b"<p>", r"e\.html: cannot read \.html; give \.txt, \.jsonl", id="suffix"),
    pytest.param("e", b"x", r"e: cannot read a file without suffix", id="no suffix"),
]


@pytest.mark.parametrize(("name", "content", "message"), BROKEN_FILES)
def test_a_broken_file_is_named_and_the_rest_goes_on(
    tmp_path: Path, name: str, content: bytes, message: str
) -> None:
    broken, good = write(tmp_path / "x" / name, content), write(tmp_path / "y" / "a.txt", TXT)
    articles, (error,) = read(broken, good)
    assert [a.id for a in articles] == ["a"]
    assert error.startswith(str(broken.parent))
    with pytest.raises(InputError, match=message):
        raise InputError(error)


BROKEN_LINES = [
    pytest.param('{"id": \n', "broken JSON: .* at column", id="cut off"),
    pytest.param("[" * 100_000 + "\n", "broken JSON: .*recursion", id="nested too deep"),
    pytest.param("9" * 5000 + "\n", "broken JSON: .*limit", id="number too long"),
    pytest.param("[1]\n", "not a JSON object", id="a list"),
    pytest.param(line(title=None), "no title$", id="no title"),
    pytest.param("{}\n", "no id, no title, no text", id="no key"),
    pytest.param(line(id=""), "empty id", id="empty id"),
    pytest.param(line(id=True), "id is no text but bool", id="id of a wrong type"),
    pytest.param(line(text=" \n"), "empty text", id="blank text"),
    pytest.param(line(text=["x"]), "text is no text but list", id="text of a wrong type"),
    pytest.param(
        line(published="19/05/2021"), "published '19/05/2021' is no date; write it like", id="wrong date"
    ),
    pytest.param(line(published="2021-02-30"), "is no date", id="no such day"),
    pytest.param(line(published="2021-05"), "is no date", id="a month"),
    pytest.param(line(lang="xx"), "lang 'xx' has no lexicons", id="unknown language"),
    pytest.param(line(text="x" * 1_000_001), "longer than 1,000,000 characters", id="too long"),
    pytest.param(line(id="good"), r"id 'good' is already that of .*\.jsonl:1", id="id twice"),
]


@pytest.mark.parametrize(("broken", "message"), BROKEN_LINES)
def test_a_broken_line_is_named_and_the_rest_goes_on(tmp_path: Path, broken: str, message: str) -> None:
    path = write(tmp_path / "a.jsonl", line(id="good") + broken + line(id="last"))
    articles, (error,) = read(path)
    assert [a.id for a in articles] == ["good", "last"]
    with pytest.raises(InputError, match=rf"a\.jsonl:2: .*{message}"):
        raise InputError(error)


def test_wrong_bytes_in_a_line_are_counted_from_the_start_of_the_file(tmp_path: Path) -> None:
    first = line(id="good").encode()
    path = write(tmp_path / "a.jsonl", first + b'{"id": "\xff"}\n' + line(id="last").encode())
    articles, (error,) = read(path)
    assert [a.id for a in articles] == ["good", "last"]
    assert f":2: not UTF-8 at byte {len(first) + 8} (0xff)" in error


def test_a_line_too_long_to_hold_is_passed_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(record, "LONGEST", 300)
    path = write(tmp_path / "a.jsonl", line(id="good") + line(text="x" * 5000) + line(id="last") + "\xff")
    articles, errors = read(path)
    assert [a.id for a in articles] == ["good", "last"]
    assert "a.jsonl:2: longer than 300 bytes" in errors[0] and ":4: broken JSON" in errors[1]


@pytest.mark.parametrize(
    ("table", "messages"),
    [
        pytest.param(
            "file,pubished\na.txt,2020\n", ["csv:1: unknown column 'pubished'; known: file, id"], id="column"
        ),
        pytest.param("file\na.txt\nz.txt\n", ["csv:3: no file 'z.txt' in "], id="no such file"),
        pytest.param("file\na.txt\n../a.txt\n", ["csv:3: no file '../a.txt' in "], id="file elsewhere"),
        pytest.param("file,id\na.txt,a\n,b\n", ["csv:3: no file named"], id="no file named"),
        pytest.param("id\nx\n", ["csv:2: no file named"], id="no column file"),
        pytest.param("file\na.txt\na.txt\n", ["csv:3: a second row for 'a.txt'"], id="two rows"),
        pytest.param("file\na.txt,x\n", ["csv:2: 2 cells for 1 columns"], id="too many cells"),
        pytest.param("", ["csv: empty file"], id="empty"),
        pytest.param('file,source\na.txt,"x" y\n', ["csv:2: ',' expected after '\"'"], id="quotes"),
    ],
)
def test_a_wrong_table_is_reported_and_its_articles_still_read(
    tmp_path: Path, table: str, messages: list[str]
) -> None:
    write(tmp_path / "a.txt", TXT)
    write(tmp_path / "articles.csv", table)
    articles, errors = read(tmp_path)
    assert [a.id for a in articles] == ["a"]
    assert len(errors) == len(messages)
    assert all(message in error for message, error in zip(messages, errors, strict=True))


def test_a_wrong_cell_is_reported_at_its_row(tmp_path: Path) -> None:
    write(tmp_path / "a.txt", TXT)
    write(tmp_path / "b.txt", TXT)
    write(tmp_path / "articles.csv", "file,published\nb.txt,\na.txt,yesterday\n")
    articles, (error,) = read(tmp_path)
    assert [a.id for a in articles] == ["b"]
    assert error == f"{tmp_path}/articles.csv:3: published 'yesterday' is no date; write it like 2021-05-19"


def test_a_missing_path_and_an_empty_folder_are_reported(tmp_path: Path) -> None:
    articles, errors = read(tmp_path / "no.txt", tmp_path / "no.jsonl", tmp_path / "no", tmp_path)
    assert articles == []
    assert [error.removeprefix(str(tmp_path)) for error in errors] == [
        "/no.txt: No such file or directory",
        "/no.jsonl: No such file or directory",
        "/no: No such file or directory",
        ": no .txt file in this folder; name .jsonl and .csv files one by one",
    ]


def test_the_same_name_in_two_folders_is_an_id_twice(tmp_path: Path) -> None:
    first, second = write(tmp_path / "a" / "1.txt", TXT), write(tmp_path / "b" / "1.txt", TXT)
    articles, (error,) = read(tmp_path)
    assert [a.id for a in articles] == ["1"]
    assert error == f"{second}: id '1' is already that of {first}"


def test_articles_are_counted_where_that_can_be_known(tmp_path: Path) -> None:
    folder_ = write(tmp_path / "f" / "a.txt", TXT).parent
    lines = write(tmp_path / "a.jsonl", line() + line() + line())
    assert record.count([folder_, folder_ / "a.txt", lines]) == 5
    assert record.count([folder_, Path("-")]) is None
    assert record.count([tmp_path / "none.jsonl"]) is None
