"""The build and the extraction of many documents: the same tables whoever reads them, and nothing half done."""

from __future__ import annotations

import hashlib
import os
import pickle
import shutil
import signal
from pathlib import Path

import pandas as pd
import pytest

from minshi_analysis import cli
from minshi_analysis.account.extract import EXTRACTED
from minshi_analysis.intake import many as extracting
from minshi_analysis.intake.reader import read_document, read_tables
from minshi_analysis.tables import build
from minshi_analysis.workers.pool import Pool

COUNTIES = {
    "鹿城区": "330302",
    "龙湾区": "330303",
    "瓯海区": "330304",
    "洞头区": "330305",
    "龙港市": "330383",
}
PLAN = """{region}{year}年度民生实事项目责任分解表
{region}今年新增停车位{places}个,新建书房{rooms}家。
序号\t项目名称\t牵头单位\t备注\t完成时限
1\t新增停车位{places}个\t区住建局\t含路边\t{year}年11月
2\t新建书房{rooms}家\t区文广旅局\t\t{year}年10月
"""
PAGE = """<html><body><h1>{region}{year}年度民生实事项目责任分解表</h1><table>
<tr><th>序号</th><th>项目名称</th><th>牵头单位</th><th>完成时限</th></tr>
<tr><td>1</td><td>新增停车位{places}个</td><td>区住建局</td><td>{year}年11月</td></tr>
</table></body></html>"""
TOML = """file = "{file}"
sha256 = "{sha256}"
title = "{region}{year}年民生实事"
region = "{region}"
adcode = "{adcode}"
level = "county"
year = {year}
kind = "plan"
"""


def county_documents():
    """Name, region, year and text of forty small documents, every fifth of them a page."""
    for number in range(40):
        region, year = list(COUNTIES)[number % 5], 2017 + number // 5
        form, suffix = (PAGE, "html") if region == "龙港市" else (PLAN, "txt")
        about = {"region": region, "year": year, "places": 100 + number, "rooms": 1 + number}
        yield f"{COUNTIES[region]}-{year}.{suffix}", region, year, form.format(**about)


@pytest.fixture
def folder(tmp_path):
    below = tmp_path / "documents"
    below.mkdir()
    for name, _, _, text in county_documents():
        (below / name).write_text(text, "utf-8")
    return below


@pytest.fixture
def counties(tmp_path, project, monkeypatch):
    """A project of forty documents, one of them with a correction."""
    root = tmp_path / "counties"
    shutil.copytree(project / "data" / "reference", root / "data" / "reference")
    raw = root / "data" / "raw"
    raw.mkdir()
    for name, region, year, text in county_documents():
        (raw / name).write_text(text, "utf-8")
        sha256 = hashlib.sha256(text.encode()).hexdigest()
        said = TOML.format(file=name, sha256=sha256, region=region, adcode=COUNTIES[region], year=year)
        (raw / name).with_suffix(".toml").write_text(said, "utf-8")
    (root / "data" / "corrections").mkdir()
    correct(root, "330302-2017", "1\t新增停车位100个\t区住建局")
    monkeypatch.setenv("MINSHI_PROJECT", str(root))
    return root


def correct(root: Path, doc_id: str, printed: str) -> None:
    said = f'[[correction]]\nwhere = "1"\nprinted = "{printed}"\ncorrected = "1\\t新增停车位107个\\t区住建局"\nreason = "…"\n'
    (root / "data" / "corrections" / f"{doc_id}.toml").write_text(said.replace("\t", "\\t"), "utf-8")


@pytest.fixture(scope="module")
def cluster():
    from distributed import LocalCluster

    with LocalCluster(n_workers=2, threads_per_worker=2, dashboard_address=":0", silence_logs=50) as cluster:
        yield cluster


def same(one: build.Build, other: build.Build) -> bool:
    for name, table in one.tables.items():
        pd.testing.assert_frame_equal(table, other.tables[name], obj=name)
    return one.unread == other.unread


@pytest.mark.slow
def test_the_same_tables_from_this_process_from_a_pool_and_from_a_cluster(
    counties, project, made, monkeypatch, cluster
):
    pooled = build.make_tables(counties, workers=2)
    monkeypatch.setattr(build, "FEW", 100)
    here = build.make_tables(counties, force=True)
    assert len(here.tables["documents"]) == 40
    # Two promises a text and one a page; the correction changed the first document's table, and not its prose.
    assert len(here.tables["targets"]) == 32 * 2 + 8
    first = here.tables["targets"].set_index("target_id").loc["330302-2017/1#1"]
    assert (first["value"], first["patched"]) == (107, True)
    assert (here.tables["checks"]["kind"] == "prose_vs_table").any()
    assert same(here, pooled)
    assert same(here, build.make_tables(counties, scheduler=cluster.scheduler_address, force=True))
    assert same(made, build.make_tables(project, workers=2, force=True))


@pytest.mark.slow
def test_a_cluster_that_loses_a_worker_in_mid_build_loses_nothing(counties, cluster, monkeypatch):
    killed = []

    def lose_a_worker(line: str) -> None:
        if not killed:
            killed.append(next(iter(cluster.workers.values())).pid)
            os.kill(killed[0], signal.SIGKILL)

    lost = build.build(counties, lose_a_worker, scheduler=cluster.scheduler_address)
    assert killed
    monkeypatch.setattr(build, "FEW", 100)
    assert same(lost, build.make_tables(counties, force=True))


def dies(bench, file, source):
    if source.doc_id == "330303-2019":
        os.kill(os.getpid(), signal.SIGKILL)
    return build.read_source(bench, file, source)


def fails(bench, file, source):
    raise LookupError("a fault of ours")


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (dies, "330303-2019 could not be read: its worker was killed by SIGKILL; nothing was written"),
        (fails, "could not be read: LookupError: a fault of ours; nothing was written"),
    ],
)
def test_a_lost_document_is_named_and_nothing_is_written(counties, monkeypatch, capsys, call, said):
    monkeypatch.setattr(build, "read_source", call)
    assert cli.main(["build", "--workers", "2"]) == 1
    assert said in capsys.readouterr().err
    assert not (counties / "data" / "tables").exists()


@pytest.mark.parametrize("how", [[], ["--workers", "2"]])
def test_an_error_in_a_source_is_told_the_same_by_all(counties, monkeypatch, capsys, how):
    monkeypatch.setattr(build, "FEW", 100)
    correct(counties, "330304-2019", "words that are not there")
    assert cli.main(["build", *how]) == 2
    said = capsys.readouterr().err
    assert said.startswith("minshi: data/corrections/330304-2019.toml, '1': its printed words ('words that")
    assert "stand 0 times in the source" in said
    assert said.count("\n") == 1
    assert not (counties / "data" / "tables").exists()


def test_a_call_knows_nothing_of_this_disk(counties, folder, monkeypatch, tmp_path):
    """Whoever reads needs no folder of ours: the calls name none."""

    class Remembers(Pool):
        def run(self, calls):
            for key, function, arguments in calls:
                assert str(tmp_path).encode() not in pickle.dumps(arguments)
                yield key, function(None, *arguments)

    monkeypatch.setattr(build, "crew", lambda *args, **more: Remembers(1))
    monkeypatch.setattr(extracting, "crew", lambda *args, **more: Remembers(1))
    assert len(build.make_tables(counties).tables["documents"]) == 40
    assert extracting.extract_files(sorted(folder.iterdir()), tmp_path / "out").read == 40


def extracted(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def test_many_documents_are_one_file_a_table(folder, tmp_path, capsys):
    (folder / "330303-2018.txt").write_bytes(b"%PDF-1.4 cut")
    (folder / "notes.doc").write_text("left out", "utf-8")
    out = tmp_path / "out"
    assert cli.main(["extract", str(folder), "--out", str(out), "--workers", "2"]) == 1
    said, told = capsys.readouterr()
    assert told == ""
    assert f"left out of {folder}: 1 .doc" in said
    assert "330302-2017: " in said and "39 of 40 documents read: " in said
    assert said.endswith(
        f"  not read: {folder / '330303-2018.txt'}: 330303-2018.txt is truncated or damaged: get the file again\n"
    )
    assert sorted(extracted(out)) == sorted(f"{name}.csv" for name in ("documents", *EXTRACTED, "failed"))
    targets = pd.read_csv(out / "targets.csv")
    assert len(targets) == 31 * 2 + 8
    assert targets["doc_id"].is_monotonic_increasing  # the documents' order, and not that of their coming
    assert pd.read_csv(out / "extras.csv")["text"].tolist() == ["含路边"] * 31
    assert pd.read_csv(out / "confidence.csv")["doc_id"].nunique() == 39
    assert pd.read_csv(out / "unread.csv").columns[0] == "doc_id"
    assert pd.read_csv(out / "failed.csv")["file"].tolist() == [str(folder / "330303-2018.txt")]


@pytest.mark.slow
def test_many_documents_are_the_same_files_whoever_reads_them(folder, tmp_path, cluster):
    files = sorted(folder.iterdir())
    one = extracting.extract_files(files, tmp_path / "one", workers=1)
    two = extracting.extract_files(files, tmp_path / "two", workers=2)
    far = extracting.extract_files(files, tmp_path / "far", scheduler=cluster.scheduler_address)
    assert one == two == far
    assert extracted(tmp_path / "one") == extracted(tmp_path / "two") == extracted(tmp_path / "far")


def test_the_rows_are_those_of_each_document_alone(folder, tmp_path):
    files = sorted(folder.iterdir())[:6]
    extracting.extract_files(files, tmp_path / "out", workers=1)
    alone = [read_tables(path) for path in files]
    for name in ("tasks", "targets", "extras"):
        expected = pd.concat([tables[name] for tables in alone])
        assert len(pd.read_csv(tmp_path / "out" / f"{name}.csv")) == len(expected)
    assert pd.read_csv(tmp_path / "out" / "tasks.csv")["task_id"].tolist() == [
        task for path in files for task in read_document(path)["tasks"]["task_id"]
    ]


def test_where_no_document_can_be_read_nothing_is_written(tmp_path, capsys):
    for name in ("a", "b"):
        (tmp_path / f"{name}.txt").write_text("nothing of note", "utf-8")
    argv = ["extract", str(tmp_path / "a.txt"), str(tmp_path / "b.txt"), "--out", str(tmp_path / "out")]
    assert cli.main(argv) == 2
    said, told = capsys.readouterr()
    assert "FAILED" in said and "a.txt does not say its region" in said
    assert told == "minshi: none of 2 files could be read: nothing was written\n"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.txt", "b.txt"]


def test_a_file_that_cannot_be_opened_costs_itself_only(folder, tmp_path):
    gone = folder / "gone.txt"
    done = extracting.extract_files([gone, folder / "330302-2017.txt"], tmp_path / "out", workers=1)
    assert done.read == 1
    assert done.failed == {gone: "gone.txt cannot be opened: No such file or directory"}


@pytest.mark.parametrize(
    ("argv", "said"),
    [
        (["330302-2017.txt", "no.txt"], "no.txt: no such file"),
        (["330302-2017.txt", "empty"], "empty holds no document (.txt, "),
        (["330302-2017.txt", "330303-2017.txt", "--kind", "novel"], "no kind 'novel'"),
        (["330302-2017.txt", "330303-2017.txt", "--out", "full"], "full holds other files"),
    ],
)
def test_what_cannot_be_is_said_before_anything_is_read(folder, monkeypatch, capsys, argv, said):
    monkeypatch.chdir(folder)
    (folder / "empty").mkdir()
    (folder / "full").mkdir()
    (folder / "full" / "mine.csv").write_text("", "utf-8")
    assert cli.main(["extract", "--out", "out", *argv]) == 2
    out, told = capsys.readouterr()
    assert out == "" and said in told and told.count("\n") == 1
    assert not (folder / "out").exists()


@pytest.mark.parametrize(
    ("paths", "ids"),
    [
        (["鹿城区2024年计划.pdf", "龙湾区2024年计划.pdf"], ["鹿城区2024年计划", "龙湾区2024年计划"]),
        (["鹿城/plan.pdf", "龙湾/plan.pdf", "a.pdf"], ["鹿城-plan", "龙湾-plan", "a"]),
        (["x/plan.pdf", "x/plan.docx"], ["plan-pdf", "plan-docx"]),
        (["1/x/p.pdf", "2/x/p.pdf"], ["1-x-p", "2-x-p"]),
        (["a/b.pdf", "a-b.pdf", "c/b.pdf"], ["a-b-pdf", None, "c-b"]),
    ],
)
def test_documents_are_told_apart(paths, ids, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    found = extracting.ids_of([Path(path) for path in paths])
    assert len(set(found)) == len(paths)
    assert all(one == other for one, other in zip(found, ids, strict=True) if other)


def test_names_that_differ_in_signs_only_are_refused(tmp_path):
    with pytest.raises(ValueError, match="would have the same id: rename one"):
        extracting.ids_of([tmp_path / "a b.txt", tmp_path / "a_b.txt"])


def test_the_same_file_named_twice_is_read_once(folder):
    files, left_out = extracting.documents_in([folder, folder / "330302-2017.txt"])
    assert (len(files), left_out) == (40, [])


@pytest.mark.parametrize("command", [["build"], ["extract", "x", "--out", "y"], ["report", "--all"]])
@pytest.mark.parametrize("workers", ["0", "-1", "two"])
def test_no_workers_are_refused(command, workers, capsys):
    with pytest.raises(SystemExit) as ended:
        cli.main([*command, f"--workers={workers}"])
    assert ended.value.code == 2
    assert f"{workers!r} is not a whole number of 1 or more" in capsys.readouterr().err
