"""A command that nobody listens to any more does its work to the end: `minshi … | head -1`; names that are not UTF-8."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from minshi_analysis import cli
from minshi_analysis.intake.adding import add
from minshi_analysis.reading import read

TEXT = "鹿城区2024年民生实事项目\n1.新增停车位100个。\n2.新建书房5家。\n"
MISNAMED = b"\xb8\xe6.txt"  # 告 in GBK


@pytest.fixture
def own(tmp_path) -> Path:
    """A project of one document, confirmed."""
    (tmp_path / "data" / "raw").mkdir(parents=True)
    source = tmp_path / "notice.txt"
    source.write_text(TEXT, "utf-8")
    add(source, tmp_path, doc_id="plan", region="鹿城区", year=2024, kind="plan")
    description = tmp_path / "data" / "raw" / "plan.toml"
    description.write_text(description.read_text("utf-8").partition("# check these")[0], "utf-8")
    return tmp_path


def unheard(own: Path, *arguments: str) -> tuple[int, str]:
    """The status of a command whose output nobody reads, and what it says on standard error."""
    reading, writing = os.pipe()
    os.close(reading)
    command = [sys.executable, "-m", "minshi_analysis.cli", *arguments]
    done = subprocess.run(command, cwd=own, stdout=writing, stderr=subprocess.PIPE, text=True)
    os.close(writing)
    return done.returncode, done.stderr


def test_commands_that_nobody_hears_do_their_work(own, project):
    shutil.copytree(project / "notebooks", own / "notebooks")
    assert unheard(own, "build") == (0, "")
    assert pd.read_csv(own / "data" / "tables" / "targets.csv")["value"].tolist() == [100, 5]
    assert unheard(own, "extract", "notice.txt", "--out", "out") == (0, "")
    assert (own / "out" / "targets.csv").is_file()
    assert unheard(own, "export", "--to", "csv", "--out", "exported") == (0, "")
    assert any((own / "exported").iterdir())
    for quiet in (
        ["report", "--all", "--dry-run"],
        ["audit"],
        ["query", "select * from targets"],
        ["trace", "plan/1.1"],
        ["confirm"],
        ["build", "--check"],
        ["completion", "bash"],
        ["--help"],
    ):
        status, said = unheard(own, *quiet)
        assert (status in (0, 1), said) == (True, ""), quiet


@pytest.mark.skipif(os.name == "nt" or sys.platform == "darwin", reason="names are Unicode there")
def test_names_that_are_not_utf8_are_told_in_one_sentence(own, capsys, monkeypatch):
    monkeypatch.chdir(own)
    source = os.fsdecode(os.fsencode(own) + b"/" + MISNAMED)
    Path(source).write_text("龙湾区2024年民生实事项目\n1.新增停车位300个。\n", "utf-8")
    assert (
        cli.main(["add", source, "--id", "second", "--region", "龙湾区", "--year", "2024", "--kind", "plan"])
        == 0
    )
    assert (
        own / "data" / "raw" / "second.txt"
    ).is_file()  # it is catalogued under a name that anyone can read
    assert cli.main(["extract", source, "--out", str(own / "out")]) == 2
    said = capsys.readouterr().err
    assert said.count("\n") == 1 and "its name is not in UTF-8: rename it" in said
    (own / "data" / "raw" / "second.txt").unlink()
    (own / "data" / "raw" / "second.toml").unlink()
    shutil.copy(source, os.fsdecode(os.fsencode(own) + b"/data/raw/" + MISNAMED))
    assert cli.main(["build"]) == 2
    said = capsys.readouterr().err
    assert said.count("\n") == 1 and "has no description" in said
    said.encode()  # it can be printed


def test_two_sheets_of_one_name_are_both_read(tmp_path):
    book = openpyxl.Workbook()
    book.active.title = "甲"
    book.active.append(["停车位", "100个"])
    book.create_sheet("乙").append(["停车位", "200个"])
    book.save(tmp_path / "a.xlsx")
    with zipfile.ZipFile(tmp_path / "a.xlsx") as old, zipfile.ZipFile(tmp_path / "b.xlsx", "w") as new:
        for name in old.namelist():
            data = old.read(name)
            new.writestr(
                name, data.replace("乙".encode(), "甲".encode()) if name == "xl/workbook.xml" else data
            )
    document = read(tmp_path / "b.xlsx")
    cells = [
        cell for block in document.blocks if hasattr(block, "rows") for row in block.rows for cell in row
    ]
    assert [(cell.text, cell.ref) for cell in cells if re.search(r"\d", cell.text)] == [
        ("100个", "甲!B1"),
        ("200个", "甲'!B1"),
    ]
