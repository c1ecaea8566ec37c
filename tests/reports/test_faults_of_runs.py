"""Faults inside whole runs of `build`, `extract` and `report`, and two runs at once.

A run is killed or finds the disk full at every step of its writing; its workers are killed at named points of their work;
two commands do the same thing, or one reads what the other writes. Whatever is said to be up to date shows today's figure,
every file is whole, and the next run makes what is missing.
"""

from __future__ import annotations

import hashlib
import json
import multiprocessing
import os
import re
import shutil
import signal
from collections import Counter
from pathlib import Path

import nbformat
import pandas as pd
import papermill
import pytest
from fuzz.faults import FULL, KILLED, steps
from site_of_reports import ALLOCATIONS, Site

from minshi_analysis import load
from minshi_analysis.intake import many, reader
from minshi_analysis.reports import engine
from minshi_analysis.reports.page import Pages
from minshi_analysis.reports.pdf import Papers
from minshi_analysis.reports.task import Made
from minshi_analysis.tables import build
from minshi_analysis.workers import crew
from minshi_analysis.workers.fork import near_context
from minshi_analysis.workers.pool import Pool

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not hasattr(os, "fork"), reason="faults are tried in forks"),
]

PLAN = "{region}2024年民生实事项目\n序号\t项目名称\t牵头单位\n1\t新增停车位{places}个\t区住建局\n"
TOML = """file = "{name}.txt"
sha256 = "{sha256}"
title = "{region}2024年民生实事项目"
region = "{region}"
adcode = "{code}"
level = "county"
year = 2024
kind = "plan"
"""
REGIONS = {"a": ("鹿城区", "330302"), "b": ("龙湾区", "330303"), "c": ("瓯海区", "330304")}


class Here:
    """Who does the work: this process, one call after the other."""

    def __enter__(self) -> Here:
        return self

    def __exit__(self, *_exc: object) -> None:
        pass

    def run(self, calls, timeout=None):
        for key, function, arguments in calls:
            yield key, function(None, *arguments)


def by(hands: type | Pool, monkeypatch) -> None:
    """Have every command's work done by these hands."""
    for module in (build, many, crew):
        monkeypatch.setattr(module, "crew", lambda *_args, **_more: hands() if hands is Here else hands)


def write_sources(project: Path, places: int) -> None:
    raw = project / "data" / "raw"
    raw.mkdir(parents=True, exist_ok=True)
    for name, (region, code) in REGIONS.items():
        text = PLAN.format(region=region, places=places)
        sha256 = hashlib.sha256(text.encode()).hexdigest()
        (raw / f"{name}.txt").write_text(text, "utf-8")
        (raw / f"{name}.toml").write_text(
            TOML.format(name=name, region=region, code=code, sha256=sha256), "utf-8"
        )


def built_figures(project: Path, monkeypatch) -> list[float]:
    monkeypatch.setenv("MINSHI_PROJECT", str(project))
    return load("targets")["value"].tolist()


@pytest.fixture
def old(tmp_path, monkeypatch) -> Path:
    """A project whose tables were built from plans of 100 places, and whose plans now say 200."""
    by(Here, monkeypatch)
    project = tmp_path / "old"
    write_sources(project, 100)
    build.build(project)
    write_sources(project, 200)
    return project


def copy_of(old: Path, at: object) -> Path:
    return Path(shutil.copytree(old, old.with_name(str(at))))


@pytest.mark.parametrize("how", [KILLED, FULL])
def test_a_build_that_fails_at_any_step_leaves_the_old_tables_or_the_new(old, how, monkeypatch):
    def seen(at: int) -> None:
        project = old.with_name(str(at))
        now = build.is_current(project)
        tables = project / "data" / "tables"
        assert pd.read_csv(tables / "targets.csv")["value"].tolist() == [200.0 if now else 100.0] * 3
        build.build(project)
        assert built_figures(project, monkeypatch) == [200.0] * 3
        assert sorted(path.name for path in (project / "data").iterdir()) == ["raw", "tables"]

    def work(at: int):
        project = copy_of(old, at)
        return lambda: build.build(project)

    assert steps(work, seen, how, by=12) >= 5


def dying(module: object, name: str, after: bool, monkeypatch) -> None:
    """Have a function kill its process where one of its arguments is of the second document, before or after its work."""
    whole = getattr(module, name)

    def dies(*arguments, **more):
        if not re.search("b.txt|龙湾区", f"{arguments} {more}"):
            return whole(*arguments, **more)
        if after:
            whole(*arguments, **more)
        os.kill(os.getpid(), signal.SIGKILL)

    monkeypatch.setattr(module, name, dies)


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
@pytest.mark.parametrize("point", ["read_file", "extract_source"])
def test_a_build_loses_nothing_that_it_had_where_a_worker_is_killed(old, point, after, monkeypatch):
    with monkeypatch.context() as broken:
        dying(build, point, after, broken)
        by(Pool(2, near_context()), broken)
        with pytest.raises(build.LostDocument, match="b could not be read: its worker was killed by SIGKILL"):
            build.build(old)
    assert pd.read_csv(old / "data" / "tables" / "targets.csv")["value"].tolist() == [100.0] * 3
    assert not build.is_current(old)
    build.build(old)
    assert built_figures(old, monkeypatch) == [200.0] * 3


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
def test_an_extraction_goes_on_where_a_worker_is_killed(old, tmp_path, after, monkeypatch):
    files = sorted((old / "data" / "raw").glob("*.txt"))
    out = tmp_path / "out"
    with monkeypatch.context() as broken:
        dying(reader, "read_tables", after, broken)
        by(Pool(2, near_context()), broken)
        done = many.extract_files(files, out)
    assert (done.read, list(done.failed.values())) == (2, ["its worker was killed by SIGKILL"])
    assert pd.read_csv(out / "targets.csv")["doc_id"].tolist() == ["a", "c"]
    assert many.extract_files(files, out).read == 3
    assert pd.read_csv(out / "targets.csv")["value"].tolist() == [200.0] * 3


@pytest.mark.parametrize("how", [KILLED, FULL])
def test_an_extraction_that_fails_at_any_step_leaves_a_whole_folder(old, tmp_path, how):
    files = sorted((old / "data" / "raw").glob("*.txt"))
    out = tmp_path / "out"
    many.extract_files(files, out)
    first = {path.name: path.read_bytes() for path in out.iterdir()}

    def seen(_at: int) -> None:
        assert {path.name: path.read_bytes() for path in out.iterdir()} == first

    assert steps(lambda at: lambda: many.extract_files(files, out), seen, how, by=3) >= 5
    many.extract_files(files, out)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["old", "out"]


# Reports: the figure of a region's share, on a page that is made in no time.


def share_of(project: Path, region: str) -> str:
    rows = pd.read_csv(project / "data" / "tables" / "allocations.csv")
    return f"{rows[rows['region'] == region]['value'].sum():g}"


def quick(_bench, task) -> Made:
    figure = share_of(Path(task.project), dict(task.report.parameters)["region"])
    page = f"<html><body><main><p>{figure}个</p></main></body></html>".encode()
    return Made(task.report, figure.encode(), page, f"%PDF {figure} %%EOF".encode())


class Reports(Site):
    """A site whose pages are made in no time, in a folder."""

    def __init__(self, root: Path):
        self.root, self.out = root, root / "reports"

    def shows(self) -> dict[str, set[str]]:
        """What the three files of each report show."""
        found: dict[str, set[str]] = {}
        for path in sorted(self.out.glob("city_year/*")):
            if path.suffix in (".html", ".pdf", ".ipynb"):
                text = path.read_text("utf-8")
                figure = text.partition("<p>")[2].partition("个")[0] or text.split()[1 if "%" in text else 0]
                found.setdefault(path.stem, set()).add(figure)
        return found

    def said_to_be_right(self) -> set[str]:
        said = self.report(all=True, dry_run=True)[1]
        return {
            line.partition("/")[2].partition(":")[0] for line in said.splitlines() if "up to date" in line
        }


NOW = {"温州市-2022": {"0"}, "鹿城区-2022": {"9000"}, "龙港市-2022": {"300"}, "鹿城区-2023": {"9000"}}


@pytest.fixture
def stale(tmp_path, monkeypatch) -> Path:
    """Reports of tables in which a share was 4000; it is 9000 now."""
    from minshi_analysis.reports import job

    by(Here, monkeypatch)
    monkeypatch.setattr(job, "run_task", quick)
    for name in ("index_page", "terms"):
        monkeypatch.setattr(job, name, lambda *_arguments: b"<html></html>")
    site = Site(tmp_path / "stale")
    assert site.report(all=True)[0] == 0
    site.table("allocations", ALLOCATIONS.replace("4000", "9000"))
    return site.root


@pytest.mark.parametrize("how", [KILLED, FULL])
def test_a_run_of_reports_that_fails_at_any_step_says_of_no_old_page_that_it_is_new(stale, how):
    def seen(at: int) -> None:
        site = Reports(stale.with_name(str(at)))
        right, shown = site.said_to_be_right(), site.shows()
        assert all(shown[name] == NOW[name] for name in right), (at, right, shown)
        assert all(
            figures <= {"0", "300", "4000", "9000"} for figures in shown.values()
        )  # each file is whole
        assert site.report(all=True)[0] == 0
        assert site.shows() == NOW
        assert not (site.out / ".unfinished").exists() and site.said_to_be_right() == set(NOW)

    def work(at: int):
        site = Reports(copy_of(stale, at))
        return lambda: site.report(all=True)[0]

    assert steps(work, seen, how, by=8) >= 6


@pytest.fixture(autouse=True)
def set_without_threads(monkeypatch):
    """Papers of one line: the threads of the real setter are lost in a fork of a process that has set one before."""
    monkeypatch.setattr(Papers, "__init__", lambda _papers: None)
    monkeypatch.setattr(
        Papers, "pdf", lambda _papers, page, title: b"%PDF-1.7 " + hashlib.sha256(page).digest()
    )


# Where a worker may be killed: the function, and which of its arguments says whose report it is.
POINTS = {
    "kernel": (papermill, "execute_notebook", 2),
    "tidying": (engine, "canonical", 2),
    "page": (Pages, "page", 2),
    "PDF": (Papers, "pdf", 2),
    "between": (engine, "Made", 0),
    "index": (Pages, "index", 1),
    "words": (Pages, "terms", 1),
}


def executed(source, _out, parameters, *, watch, kernel_env, **_more) -> None:
    """In a kernel's place: the notebook with the region's figure as its output."""
    watch.notebook = nbformat.from_dict(source)
    figure = share_of(Path(kernel_env["MINSHI_PROJECT"]), parameters["region"])
    watch.notebook.cells[-1].outputs = [nbformat.v4.new_output("stream", text=f"{figure}\n")]


def dies_at(point: str, *about: str, monkeypatch) -> None:
    module, name, which = POINTS[point]
    whole = getattr(module, name)

    def dies(*arguments, **more):
        if all(word in str(arguments[which]) for word in about):
            os.kill(os.getpid(), signal.SIGKILL)
        return whole(*arguments, **more)

    monkeypatch.setattr(module, name, dies)


@pytest.mark.parametrize(
    ("points", "left"),
    [
        ({"kernel": "温州市 2022", "page": "鹿城区 2022", "PDF": "龙港市 2022", "between": "鹿城区 2023"}, 2),
        ({"tidying": "鹿城区 2023", "index": "", "words": ""}, 3),
    ],
)
def test_workers_killed_at_named_points_of_reports_cost_those_pages(tmp_path, points, left, monkeypatch):
    site = Site(tmp_path / "site")
    monkeypatch.setattr(papermill, "execute_notebook", executed)
    with monkeypatch.context() as broken:
        for point, about in points.items():
            dies_at(point, *about.split(), monkeypatch=broken)
        by(Pool(2, near_context()), broken)
        status, said = site.report(all=True)
    assert status == 1
    assert said.splitlines()[-len(points) :] == [line for line in said.splitlines() if line.startswith("  ")]
    assert all("was killed by SIGKILL" in line for line in said.splitlines()[-len(points) :])
    assert len([path for path in site.out.rglob("*.html")]) == left
    by(Pool(2, near_context()), monkeypatch)
    assert site.report(all=True)[0] == 0
    assert list(site.files()) == site.expected()
    assert "4000" in (site.out / "city_year" / "鹿城区-2022.html").read_text("utf-8")


# Two at once.

TOGETHER = multiprocessing.get_context("fork") if hasattr(os, "fork") else None


def together(*works) -> None:
    """Do all of it at the same time; none may fail."""
    errors = TOGETHER.Queue()

    def tried(work) -> None:
        try:
            work()
        except BaseException as error:
            errors.put(f"{type(error).__name__}: {error}")

    processes = [TOGETHER.Process(target=tried, args=(work,)) for work in works]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    assert errors.empty(), errors.get()
    assert [process.exitcode for process in processes] == [0] * len(works)


def test_two_builds_at_once_leave_the_tables_of_one(old, monkeypatch):
    together(*[lambda: build.build(old)] * 3)
    assert build.is_current(old)
    assert built_figures(old, monkeypatch) == [200.0] * 3
    assert sorted(path.name for path in (old / "data").iterdir()) == ["raw", "tables"]


def test_loaders_during_builds_see_the_old_or_the_new(old, monkeypatch):
    monkeypatch.setenv("MINSHI_PROJECT", str(old))

    def builds() -> None:
        for _ in range(3):
            build.build(old)

    def loads() -> None:
        for _ in range(60):
            try:
                values = load("targets")["value"].tolist()
            except ValueError as error:  # the sources are newer than the tables, which is said
                assert len(str(error).splitlines()) == 1, error
            else:
                assert values in ([100.0] * 3, [200.0] * 3)

    together(builds, loads, loads)
    assert built_figures(old, monkeypatch) == [200.0] * 3


def test_a_build_during_reports_leaves_no_page_of_old_tables_that_is_said_to_be_new(stale):
    site = Reports(stale)

    def rebuilt() -> None:
        for number in range(9001, 9021):
            tables = stale / "data" / "tables"
            scratch = tables / f"allocations.{number}"
            scratch.write_text(ALLOCATIONS.replace("4000", str(number)), "utf-8")
            scratch.replace(tables / "allocations.csv")
        site.table("allocations", ALLOCATIONS.replace("4000", "9000"))

    def reports() -> None:
        for _ in range(4):
            site.report(all=True)

    together(rebuilt, reports)
    shown = site.shows()
    assert all(shown[name] == NOW[name] for name in site.said_to_be_right())
    assert site.report(all=True)[0] == 0
    assert site.shows() == NOW


def test_two_runs_of_reports_into_one_folder_make_each_page_once(stale):
    together(*[lambda: Reports(stale).report(all=True)] * 3)
    site = Reports(stale)
    assert site.shows() == NOW and site.said_to_be_right() == set(NOW)
    runs = [json.loads(path.read_text("utf-8")) for path in (site.out / "runs").iterdir()]
    written = [name for run in runs for name in run["written"]]
    assert Counter(written) == dict.fromkeys(
        [f"city_year/{name}" for name in NOW], 2
    )  # of the old tables, and now


def test_adding_while_tables_are_built_and_twice_at_once(old, monkeypatch):
    from minshi_analysis.intake.adding import add

    source = old / "new.txt"
    source.write_text("乐清市2024年民生实事项目\n1.新增停车位300个。\n", "utf-8")
    known = {"region": "乐清市", "year": 2024, "kind": "plan"}

    def adds() -> None:
        add(source, old, doc_id="new", **known)

    def builds() -> None:
        for _ in range(4):
            try:
                build.build(old)
            except ValueError as error:  # such as that the new one is to be confirmed
                assert len(str(error).splitlines()) <= 2, error

    together(adds, adds, builds)
    raw = old / "data" / "raw"
    description = (raw / "new.toml").read_text("utf-8")
    (raw / "new.toml").write_text(description[: description.index("# check these")], "utf-8")
    build.build(old)
    assert sorted(built_figures(old, monkeypatch)) == [200.0, 200.0, 200.0, 300.0]
    assert sorted(path.name for path in raw.iterdir()) == sorted(
        f"{name}.{suffix}" for name in ("a", "b", "c", "new") for suffix in ("toml", "txt")
    )
