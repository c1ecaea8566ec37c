"""The command line: what it prints, what it refuses, and how it ends."""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sys

import pandas as pd
import pytest

from minshi_analysis import cli, commands
from minshi_analysis.commands import common


@pytest.fixture(autouse=True)
def in_project(project, monkeypatch):
    monkeypatch.setenv("MINSHI_PROJECT", str(project))


def refused(capsys, *argv) -> str:
    assert cli.main(list(argv)) == 2
    out, err = capsys.readouterr()
    assert out == "" and err.count("\n") == 1
    return err


def test_query(capsys):
    assert (
        cli.main(["query", "--format", "csv", "SELECT count(*) AS n FROM tasks WHERE doc_id LIKE 'yueqing%'"])
        == 0
    )
    assert capsys.readouterr().out == "n\n126\n"


def test_a_query_that_cannot_be_answered(capsys):
    assert "cannot be answered" in refused(capsys, "query", "SELECT nothing FROM nowhere")


def test_a_query_without_rows_shows_its_columns(capsys):
    none = "SELECT doc_id, text FROM tasks WHERE year(current_date) < 0"
    assert cli.main(["query", none]) == 0
    assert capsys.readouterr().out == "doc_id  text\n0 rows\n"
    assert cli.main(["query", "--format", "csv", none]) == 0
    assert capsys.readouterr().out == "doc_id,text\n"


def test_an_unknown_id_is_answered_with_those_nearest(capsys):
    assert "minshi: no row has the id 'wenzhou-2022-plan/4.33'; the nearest are" in refused(
        capsys, "trace", "wenzhou-2022-plan/4.33"
    )


def test_extract(tmp_path, project, capsys):
    out = tmp_path / "tables"
    file = project / "data" / "raw" / "lucheng-2024-progress.txt"
    assert cli.main(["extract", str(file), "--out", str(out), "--region", "鹿城区"]) == 0
    assert len(pd.read_csv(out / "tasks.csv")) == 28
    assert len(pd.read_csv(out / "unread.csv")) == 3  # 16幢完成或正在解危, and two notes of works under way
    assert "figures read" in capsys.readouterr().out


def test_extract_asks_for_what_the_document_does_not_say(tmp_path, project, capsys):
    file = tmp_path / "notice.txt"
    file.write_text(
        "2025年民生实事项目责任分解表\n序号\t项目名称\t牵头单位\n1\t新增停车位300个\t区住建局\n", "utf-8"
    )
    said = refused(capsys, "extract", str(file), "--out", str(tmp_path / "t"))
    assert "does not say its region: give --region" in said
    assert not (tmp_path / "t").exists()


@pytest.mark.parametrize(
    ("argv", "message"),
    [
        (["--region", "朝阳区"], "no region '朝阳区'"),
        (["--region", "鹿城区", "--kind", "novel"], "no kind 'novel'"),
    ],
)
def test_extract_refuses_what_it_does_not_know(tmp_path, project, capsys, argv, message):
    file = project / "data" / "raw" / "lucheng-2024-progress.txt"
    assert message in refused(capsys, "extract", str(file), "--out", str(tmp_path / "t"), *argv)


def test_extract_of_no_file(tmp_path, capsys):
    assert "no such file" in refused(
        capsys, "extract", str(tmp_path / "no.pdf"), "--out", str(tmp_path / "t")
    )


def test_add_writes_what_it_found_and_what_to_confirm(tmp_path, project, monkeypatch, capsys):
    own = tmp_path / "own"
    (own / "data" / "raw").mkdir(parents=True)
    monkeypatch.setenv("MINSHI_PROJECT", str(own))
    file = tmp_path / "Ouhai 2025.txt"
    file.write_text(
        "瓯海区2025年民生实事项目责任分解表\n序号\t项目名称\t牵头单位\n1\t新增停车位300个\t区住建局\n",
        "utf-8",
    )
    assert cli.main(["add", str(file)]) == 0
    text = (own / "data" / "raw" / "ouhai-2025.toml").read_text("utf-8")
    assert 'region = "瓯海区"' in text and "year = 2025" in text and 'kind = "plan"' in text
    assert "confirm = [" in text
    capsys.readouterr()
    file.write_text(file.read_text("utf-8") + "2\t新建公园2个\t区住建局\n", "utf-8")
    assert "already has ouhai-2025, another document" in refused(capsys, "add", str(file))


def test_a_mistyped_command_or_option_is_answered_with_the_nearest(capsys):
    for argv, said in (
        (["biuld"], "minshi: there is no command biuld: did you mean build?\n"),
        (["build", "--ckeck"], "minshi build: unrecognized arguments: --ckeck: did you mean --check?\n"),
        (["report", "--timeout", "0"], "argument --timeout: '0' is not a number of seconds above 0"),
    ):
        with pytest.raises(SystemExit) as left:
            cli.main(argv)
        assert left.value.code == 2
        assert said in capsys.readouterr().err


@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "gbk", "utf-8"])
def test_help_and_version_under_any_encoding(encoding):
    for word in ("--help", "--version"):
        done = subprocess.run(
            [sys.executable, "-m", "minshi_analysis.cli", word],
            env={**os.environ, "PYTHONIOENCODING": encoding},
            capture_output=True,
        )
        assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("shell", ["bash", "zsh", "tcsh"])
def test_completion_knows_every_command(capsys, shell):
    assert cli.main(["completion", shell]) == 0
    script = capsys.readouterr().out
    assert all(name in script for name in commands.NAMES)


@pytest.mark.parametrize("format", ["table", "csv", "json", "parquet"])
def test_formats_of_a_query(tmp_path, format):
    out = tmp_path / "out" / "rows"
    sql = "SELECT doc_id, year FROM documents WHERE kind = 'plan' ORDER BY 1"
    assert cli.main(["query", sql, "--format", format, "--out", str(out)]) == 0
    expected = [("hangzhou-2024-plan", 2024), ("wenzhou-2022-plan", 2022)]
    readers = {"csv": pd.read_csv, "json": pd.read_json, "parquet": pd.read_parquet}
    if format == "table":
        assert out.read_text("utf-8").split()[2:] == [str(word) for row in expected for word in row]
    else:
        assert list(readers[format](out).itertuples(index=False, name=None)) == expected


def test_reports_are_refused_at_once_where_their_extra_is_not_installed(
    tmp_path, capsys, monkeypatch, project
):
    """Else each report starts, and fails by itself."""
    found = importlib.util.find_spec
    monkeypatch.setattr(common, "find_spec", lambda name: None if name == "nbformat" else found(name))
    monkeypatch.setenv("MINSHI_PROJECT", str(project))
    assert cli.main(["report", "--all", "--out", str(tmp_path)]) == 2
    assert capsys.readouterr() == (
        "",
        "minshi: nbformat is not installed: pip install 'minshi-analysis[reports]'\n",
    )
    assert cli.main(["report", "--all", "--dry-run", "--out", str(tmp_path)]) == 0
    assert [*tmp_path.iterdir()] == []


def test_an_extra_that_is_not_installed_is_named(capsys, monkeypatch):
    monkeypatch.setitem(sys.modules, "dask", None)
    said = refused(capsys, "build", "--force", "--scheduler", "tcp://127.0.0.1:1")
    assert "dask is not installed: pip install 'minshi-analysis[cluster]'" in said


def test_stale_tables_are_told_and_built_first_where_asked(tmp_path, project, monkeypatch, capsys):
    own = tmp_path / "own"
    for part in ("raw", "corrections", "reference"):
        shutil.copytree(project / "data" / part, own / "data" / part)
    for path in (own / "data" / "raw").glob("*"):
        if not path.name.startswith("lucheng"):
            path.unlink()
    monkeypatch.setenv("MINSHI_PROJECT", str(own))
    shutil.rmtree(own / "data" / "corrections")
    shutil.rmtree(own / "data" / "reference")
    sql = "SELECT count(*) AS n FROM population"
    assert cli.main(["query", "--format", "csv", "--build", sql]) == 0
    assert capsys.readouterr().out == "n\n0\n"
    shutil.copytree(project / "data" / "reference", own / "data" / "reference")
    (own / "data" / "reference" / "indicator_observations.csv").unlink()
    assert cli.main(["query", "--format", "csv", sql]) == 0
    out, err = capsys.readouterr()
    assert out == "n\n0\n" and "are stale: data/reference/population.csv is new" in err and "--build" in err
    assert cli.main(["query", "--format", "csv", "--build", sql]) == 0
    assert capsys.readouterr().out == "n\n87\n"
