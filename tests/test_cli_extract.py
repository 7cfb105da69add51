"""`kg extract` prints facts and nothing else, goes on after what it cannot read, and says so."""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from kg import jsonlines
from kg.article import read_articles
from kg.confidence import at_least
from kg.resources import folder
from tests.conftest import Kg

ARTICLES = Path(__file__).parent / "articles"
GOOD = json.dumps({"id": "good", "title": "Nurses march", "text": "Nurses marched in Leeds on Friday."})


def test_facts_of_a_folder_are_printed_one_article_a_line(kg: Kg) -> None:
    run = kg("extract", folder("seeds"))
    assert (run.code, run.err) == (0, "")
    assert [jsonlines.loads(line).article.id for line in run.out.splitlines()] == ["seed-1", "seed-2"]


def test_every_span_has_the_words_that_stand_there(kg: Kg) -> None:
    run = kg("extract", folder("seeds"), ARTICLES)
    contents = {a.id: a.content for a in read_articles([folder("seeds"), ARTICLES], on_error=pytest.fail)}
    spans = [
        (contents[facts.article.id], span)
        for facts in map(jsonlines.loads, run.out.splitlines())
        for span in facts.spans()
    ]
    assert len(contents) == 6 and len(spans) > 200
    assert [span for content, span in spans if content[span.start : span.end] != span.text] == []


def test_a_file_gets_what_standard_output_would(kg: Kg, tmp_path: Path) -> None:
    run = kg("extract", ARTICLES, "-o", tmp_path / "facts.jsonl")
    assert (run.code, run.out, run.err) == (0, "", "")
    assert (tmp_path / "facts.jsonl").read_text(encoding="utf-8") == kg("extract", ARTICLES).out


def test_articles_come_from_standard_input(kg: Kg) -> None:
    run = kg("extract", "-", stdin=GOOD + "\n")
    assert (run.code, run.err) == (0, "")
    assert jsonlines.loads(run.out).article.title == "Nurses march"


def test_what_cannot_be_read_is_named_and_the_rest_extracted(kg: Kg, tmp_path: Path) -> None:
    binary = tmp_path / "photo.txt"
    binary.write_bytes(b"\x89PNG\x00")
    run = kg("extract", binary, tmp_path / "none.txt", "-", stdin=f'{{"id"\n{GOOD}\n')
    assert run.code == 1
    assert [jsonlines.loads(line).article.id for line in run.out.splitlines()] == ["good"]
    assert run.err.splitlines() == [
        f"kg: error: {binary}: no text: a NUL byte at byte 4",
        f"kg: error: {tmp_path}/none.txt: No such file or directory",
        "kg: error: standard input:1: broken JSON: Expecting ':' delimiter at column 6",
    ]


def test_workers_change_nothing(kg: Kg) -> None:
    assert kg("extract", ARTICLES, "--workers", 2).out == kg("extract", ARTICLES).out


def test_only_what_is_sure_enough_is_printed(kg: Kg) -> None:
    everything = [jsonlines.loads(line) for line in kg("extract", ARTICLES).out.splitlines()]
    run = kg("extract", ARTICLES, "--min-confidence", 0.9)
    assert (run.code, run.err) == (0, "")
    kept = [jsonlines.loads(line) for line in run.out.splitlines()]
    assert kept == [at_least(facts, 0.9) for facts in everything] != everything


@pytest.mark.parametrize("value", ["-0.1", "1.1", "sure"])
def test_a_confidence_is_from_nought_to_one(kg: Kg, value: str) -> None:
    run = kg("extract", ARTICLES, "--min-confidence", value)
    assert (run.code, run.out) == (2, "") and "--min-confidence" in run.err


def test_a_target_that_cannot_be_written_exits_with_2(kg: Kg, tmp_path: Path) -> None:
    run = kg("extract", ARTICLES, "-o", tmp_path)
    assert (run.code, run.out) == (2, "")
    assert run.err == f"kg: error: {tmp_path}: is a folder; name a file in it\n"


def test_a_reader_that_leaves_early_is_no_error(tmp_path: Path) -> None:
    command = f"{sys.executable} -m kg.cli extract {ARTICLES} | head -c 1 > {tmp_path / 'first'}"
    run = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=False)
    assert (run.returncode, run.stderr) == (0, "")
    assert (tmp_path / "first").read_text() == "{"


def test_an_interrupt_exits_with_130_and_no_traceback(tmp_path: Path) -> None:
    fifo = tmp_path / "articles"
    os.mkfifo(fifo)
    command = [sys.executable, "-m", "kg.cli", "extract", str(fifo)]
    with (
        subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process,
        fifo.open("wb", buffering=0) as file,  # opens when the command has begun to read
    ):
        file.write(b"\n")
        for _ in range(12):  # one that comes just before it begins to wait is noticed with the next line only
            process.send_signal(2)
            with contextlib.suppress(subprocess.TimeoutExpired):
                out, err = process.communicate(timeout=10)
                break
    assert (process.returncode, out) == (130, "")
    assert "Traceback" not in err


@pytest.mark.parametrize("path", ["\x1b[31mred.txt", "\u202egnp.txt"])
def test_a_name_with_tricks_cannot_play_them_on_the_terminal(kg: Kg, path: str) -> None:
    run = kg("extract", path)
    assert run.code == 1
    assert not any(trick in run.err for trick in ("\x1b", "\u202e")) and run.err.count("\n") == 1
