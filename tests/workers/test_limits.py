"""What one document may take: memory and time, and what is said of one that wants more."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from minshi_analysis import cli
from minshi_analysis.intake import many, reader
from minshi_analysis.workers.crew import crew
from minshi_analysis.workers.limits import Limits, limited, told

NARROW = Limits(memory=200, seconds=1)


def takes(bench, megabytes):
    return len(bytearray(megabytes * 1_000_000))


def sleeps(bench, seconds):
    time.sleep(seconds)
    return seconds


def answers(*calls, limits=NARROW):
    with crew(1, few=1) as hands:
        return dict(hands.run((n, limited, (limits, *call)) for n, call in enumerate(calls)))


def test_memory_beyond_the_limit_is_told_and_the_worker_goes_on():
    ample = Limits(memory=200, seconds=120)  # of time: a busy machine may take seconds for these bytes
    found = answers((takes, 500), (takes, 100), (takes, 150), limits=ample)
    assert str(found[0]) == "it needs more than 200 MB of memory: allow more with --limit-memory, or split it"
    assert (found[1], found[2]) == (100_000_000, 150_000_000)


def test_time_beyond_the_limit_ends_the_worker_and_the_next_call_has_another():
    found = answers((sleeps, 30), (sleeps, 0))
    assert (
        told(found[0].cause, NARROW)
        == "it took more than 1 seconds: allow more with --limit-time, or split it"
    )
    assert found[1] == 0


@pytest.mark.parametrize("how", ["one", "many"])
def test_a_command_says_in_one_sentence_which_document_took_too_much(tmp_path, monkeypatch, capsys, how):
    path = tmp_path / "plan.txt"
    path.write_text("鹿城区2022年民生实事\n1.新增停车位100个。\n", "utf-8")
    (tmp_path / "other.txt").write_bytes(path.read_bytes())
    files = [path, tmp_path / "other.txt"] if how == "many" else [path]
    monkeypatch.setattr(many, "rows_of", sleeps_on)
    monkeypatch.setattr(reader, "read_whole", sleeps_on)
    arguments = ["extract", *map(str, files), "--out", str(tmp_path / "out"), "--limit-time", "1"]
    assert cli.main(arguments) == 2
    said, told_of = capsys.readouterr()
    assert "took more than 1 seconds" in said + told_of
    assert len(told_of.splitlines()) == 1
    assert not (tmp_path / "out").exists()


def sleeps_on(*_arguments, **_known):
    time.sleep(30)


def test_a_document_is_the_same_read_apart(project: Path):
    path = project / "data/raw/lucheng-2024-progress.txt"
    apart, here = many.read_apart(path, region="鹿城区").tables, reader.read_document(path, region="鹿城区")
    assert apart.keys() == here.keys()
    assert all(apart[name].equals(here[name]) for name in here)


def test_a_file_whose_name_is_not_utf8_is_told_and_the_others_are_read(tmp_path, capsys):
    folder = tmp_path / "in"
    folder.mkdir()
    text = "鹿城区2024年民生实事项目\n1.新增停车位100个。\n"
    (folder / "b.txt").write_text(text, "utf-8")
    with open(os.fsencode(folder) + b"/\xb8\xe6.txt", "w", encoding="utf-8") as file:
        file.write(text)
    said = ["--region", "330302", "--year", "2024", "--kind", "plan", "--out"]
    assert cli.main(["extract", str(folder), *said, str(tmp_path / "out")]) == 1
    assert "its name is not in UTF-8: rename it" in (tmp_path / "out/failed.csv").read_text("utf-8")
    assert "100" in (tmp_path / "out/targets.csv").read_text("utf-8")
    misnamed = next(path for path in folder.iterdir() if path.name != "b.txt")
    assert cli.main(["extract", str(misnamed), *said, str(tmp_path / "out2")]) == 2
    assert "its name is not in UTF-8" in capsys.readouterr().err


def test_what_is_wrong_with_a_document_is_raised_where_it_was_asked_for(tmp_path):
    (tmp_path / "a.txt").write_text("新增停车位100个", "utf-8")
    with pytest.raises(reader.Unidentified, match="does not say"):
        many.read_apart(tmp_path / "a.txt")
