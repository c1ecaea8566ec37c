"""The report engine against the usual ways, one report alone, and the commands, in one run on one machine: `make bench`.

The reports are those of the built tables (`minshi build` first). What is measured, each with its aim beside it:

(a) `papermill` and `jupyter nbconvert` on the command line in a loop,
(b) papermill's API and one nbconvert exporter per process in a process pool,
(c) this engine with one worker and with all,
(d) the floor: the same cells run as plain code in one warm process, divided by the cores;
one report from a cold start, here, by bare papermill, and as its imports and cells; and what commands cost beside the
import of the modules that they load.

Seconds are of the clock and of the processor, with all that was started: where other work runs, compare the latter.
`--reports N` takes N of the reports, evenly spread: all take ten minutes, most of it in (a).
"""

from __future__ import annotations

import argparse
import ast
import csv
import importlib
import io
import json
import os
import pickle
import resource
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import astuple, replace
from itertools import pairwise
from pathlib import Path

from spent import Spent, timed

from minshi_analysis.catalogue import find_project
from minshi_analysis.reports.job import Site
from minshi_analysis.reports.parameters import Report, available
from minshi_analysis.workers.pool import fitting_workers
from minshi_analysis.workers.without import without

PYTHON = sys.executable
BIN = Path(sys.executable).parent


def main() -> None:
    options = _options()
    project = find_project()
    site = Site(project, project / "reports")
    reports = available(site.tables, site.notebooks)
    if options.reports:
        step = max(1, len(reports) // options.reports)
        reports = reports[::step][: options.reports]
    os.environ["MINSHI_PROJECT"] = str(project)
    if options.cold:
        cold(site, options.cold)
        return
    cores = fitting_workers()
    if options.only:
        with tempfile.TemporaryDirectory(prefix="minshi-bench-") as folder:
            took = (
                floor(site, reports) if options.only == "floor" else pool(site, reports, Path(folder), cores)
            )
            print(*astuple(took))
        return
    print(f"{len(reports)} reports, {cores} cores, Python {sys.version.split()[0]}\n")
    with tempfile.TemporaryDirectory(prefix="minshi-bench-") as folder:
        out = Path(folder)
        _ways(site, reports, out, cores, options)
        _one(site, reports, out)
        _commands(site)
        _details(site, reports, out / "all")


def _ways(site: Site, reports: list[Report], out: Path, cores: int, options: argparse.Namespace) -> None:
    ways: dict[str, Callable[[], Spent]] = {
        "(d) floor: plain code, one warm process, / cores": lambda: _apart("floor", options),
        "(c) this engine, all workers": lambda: engine(site, reports, out / "all", None),
        "(c) this engine, one worker": lambda: engine(site, reports, out / "one", 1),
        "(b) papermill API in a process pool, nbconvert": lambda: _apart("pool", options),
        "(a) papermill, jupyter nbconvert in a loop": lambda: timed(
            lambda: loop(site, reports, out / "loop")
        ),
    }
    took = {}
    for name, way in ways.items():
        took[name] = way()
        print(f"  {name}: {took[name].clock:.1f} s", file=sys.stderr, flush=True)
    floored, ours, _, pooled, looped = ways
    took[floored] = replace(took[floored], clock=took[floored].clock / cores)
    aims = {looped: "10 times ours", pooled: "3 times ours", ours: "1.5 floors"}
    print(
        "| way | seconds | a report | processor seconds | against ours, by the clock, by the processor | aim |"
    )
    print("| --- | ---: | ---: | ---: | ---: | --- |")
    for name, each in reversed(took.items()):
        ratios = f"{each.clock / took[ours].clock:.2f}, {each.processor / took[ours].processor:.2f}"
        a_report = f"{each.clock / len(reports):.2f}"
        print(
            f"| {name} | {each.clock:.1f} | {a_report} | {each.processor:.1f} | {ratios} | {aims.get(name, '')} |"
        )
    floors = (
        f"{took[ours].clock / took[floored].clock:.2f}, {took[ours].processor / took[floored].processor:.2f}"
    )
    print(
        f"\nOurs is {floors} floors (aim: 1.5). Beyond the cells stand a kernel and its messages, a page and a PDF."
    )
    for name, folder in (("one worker", out / "one"), ("all workers", out / "all")):
        print(f"Where a report's time goes ({name}, mean seconds): {_spent(folder, reports)}")


def _one(site: Site, reports: list[Report], out: Path) -> None:
    """One report from a cold start, the middle one of those of a city and year."""
    yearly = [report for report in reports if report.notebook == "city_year"]
    report = yearly[len(yearly) // 2]
    values = [word for name, value in report.parameters for word in ("-p", name, str(value))]
    notebook = site.notebooks / f"{report.notebook}.ipynb"
    bare = [str(BIN / "papermill"), str(notebook), str(out / "bare.ipynb"), *values, "--no-progress-bar"]
    rows = {
        "here: notebook, page, PDF, index, sources": lambda: engine(site, [report], out / "first", None),
        "bare papermill: notebook": lambda: timed(lambda: _ran([*bare, "--cwd", str(site.notebooks)])),
        "its imports, and its cells as plain code": lambda: timed(
            lambda: _ran([PYTHON, __file__, "--cold", report.name], env=os.environ | {"MPLBACKEND": "agg"})
        ),
    }
    took = {
        name: min((way() for _ in range(2)), key=lambda each: each.processor) for name, way in rows.items()
    }
    ours, papermill, least = took.values()
    print(
        f"\n| one report ({report.label}) from a cold start | seconds | processor seconds |\n| --- | ---: | ---: |"
    )
    for name, each in took.items():
        print(f"| {name} | {each.clock:.1f} | {each.processor:.2f} |")
    print(
        f"\nOurs by the processor: {ours.processor / papermill.processor:.2f} of bare papermill (aim: 1),",
        end=" ",
    )
    print(f"{ours.processor / least.processor:.2f} of imports and cells (aim: 1.5).")


def cold(site: Site, name: str) -> None:
    """A report's imports, and its cells as plain code, in a process that has nothing yet."""
    (report,) = (each for each in available(site.tables, site.notebooks) if each.name == name)
    with without():
        for module in ("papermill.execute", "ipykernel.kernelapp", "nbconvert.exporters.html", "typst"):
            importlib.import_module(module)
    os.chdir(site.notebooks)
    _run_cells(_cells(site, report), dict(report.parameters))


def _commands(site: Site) -> None:
    """Commands beside the import of the modules that they load."""
    some = next(csv.DictReader((site.tables / "targets.csv").open(encoding="utf-8")))["target_id"]
    commands = {
        "minshi --help": "['--help']",
        "minshi trace": f"['trace', {some!r}]",
        "minshi query": "['query', 'SELECT count(*) FROM targets']",
        "minshi_analysis.load": None,
    }
    print(
        "\n| command | processor seconds | its imports alone | times (aim: 1.3) |\n| --- | ---: | ---: | ---: |"
    )
    for name, words in commands.items():
        code = f"from minshi_analysis.cli import main; main({words})"
        code = code if words else "import minshi_analysis as minshi; minshi.load('targets')"
        listed = f"import atexit, sys; atexit.register(lambda: print('\\n', *sys.modules)); {code}"
        loaded = _ran([PYTHON, "-c", listed], text=True).stdout.splitlines()[-1].split()
        imports = f"import importlib, contextlib\nfor name in {loaded}:\n  with contextlib.suppress(Exception): __import__(name)"
        both = [
            min(timed(lambda c=each: _ran([PYTHON, "-c", c])).processor for _ in range(5))
            for each in (code, imports)
        ]
        print(f"| {name} | {both[0]:.2f} | {both[1]:.2f} | {both[0] / both[1]:.2f} |")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--reports", type=int, metavar="N", help="only N reports")
    parser.add_argument("--only", choices=("floor", "pool"), help=argparse.SUPPRESS)
    parser.add_argument("--cold", metavar="REPORT", help=argparse.SUPPRESS)
    return parser.parse_args()


def loop(site: Site, reports: list[Report], out: Path) -> None:
    """(a) What people do in a shell script."""
    for report in reports:
        path = out / f"{report.name}.ipynb"
        path.parent.mkdir(parents=True, exist_ok=True)
        values = [word for name, value in report.parameters for word in ("-p", name, str(value))]
        command = [BIN / "papermill", site.notebooks / f"{report.notebook}.ipynb", path, *values]
        _quiet([*command, "--cwd", site.notebooks, "--no-progress-bar"])
        _quiet([BIN / "jupyter", "nbconvert", "--to", "html", path])


def _quiet(command: list[object]) -> None:
    _ran([str(word) for word in command])


def _ran(command: list[str], **options: object) -> subprocess.CompletedProcess:
    """Run a command in silence; where it fails, end with what it said."""
    ran = subprocess.run(command, capture_output=True, **options)
    if ran.returncode:
        raise SystemExit(f"{command[:3]} failed:\n{ran.stdout!s}\n{ran.stderr!s}")
    return ran


def pool(site: Site, reports: list[Report], out: Path, workers: int) -> Spent:
    """(b) What people do in a Python script."""

    def work() -> None:
        with ProcessPoolExecutor(workers) as executor:
            futures = [executor.submit(_papermill, site.notebooks, report, out) for report in reports]
            for future in futures:
                future.result()

    return timed(work)


def _papermill(notebooks: Path, report: Report, out: Path) -> None:
    import papermill
    from nbconvert.exporters import HTMLExporter

    path = out / f"{report.name}.ipynb"
    path.parent.mkdir(parents=True, exist_ok=True)
    papermill.execute_notebook(
        notebooks / f"{report.notebook}.ipynb",
        path,
        dict(report.parameters) or None,
        cwd=notebooks,
        progress_bar=False,
    )
    exporter = _papermill.__dict__.setdefault("exporter", HTMLExporter())
    path.with_suffix(".html").write_text(exporter.from_filename(str(path))[0], encoding="utf-8")


def engine(site: Site, reports: list[Report], out: Path, workers: int | None) -> Spent:
    """(c) This engine, from a cold start: its forkserver is started and ended with the measurement."""
    code = (
        "import pickle, sys; from minshi_analysis.reports.job import Job, Site\n"
        "project, out, reports, workers = pickle.load(sys.stdin.buffer)\n"
        "sys.exit(Job(Site(project, out), reports, reports, True, None, workers, None, sys.stderr).make())"
    )
    given = pickle.dumps((site.project, out, reports, workers))
    return timed(lambda: _ran([PYTHON, "-c", code], input=given))


def _apart(way: str, options: argparse.Namespace) -> Spent:
    """A way of this file in a fresh process, which must not profit from what the others have loaded."""
    command = [
        PYTHON,
        __file__,
        "--only",
        way,
        *(["--reports", str(options.reports)] if options.reports else []),
    ]
    environment = {**os.environ, **({"MPLBACKEND": "agg"} if way == "floor" else {})}
    ran = _ran(command, env=environment, text=True)
    return Spent(*map(float, ran.stdout.splitlines()[-1].split()))


def floor(site: Site, reports: list[Report]) -> Spent:
    """(d) Nothing but the cells' own work: their code, their figures as PNG, their tables as HTML."""
    import minshi_analysis.workers.preload  # noqa: F401

    cells = {report.notebook: _cells(site, report) for report in reports}
    os.chdir(site.notebooks)
    _run_cells(cells[reports[0].notebook], dict(reports[0].parameters))  # warm, as the others are
    began, used = time.perf_counter(), time.process_time()
    for report in reports:
        _run_cells(cells[report.notebook], dict(report.parameters))
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return Spent(time.process_time() - used, time.perf_counter() - began, memory)


def _cells(site: Site, report: Report) -> list[dict]:
    notebook = json.loads((site.notebooks / f"{report.notebook}.ipynb").read_text(encoding="utf-8"))
    return [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]


def _run_cells(cells: list[dict], parameters: dict) -> None:
    scope: dict = {"display": _show}
    for cell in cells:
        tree = ast.parse("".join(cell["source"]))
        last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
        exec(compile(tree, "<cell>", "exec"), scope)
        if last is not None:
            _show(eval(compile(ast.Expression(last.value), "<cell>", "eval"), scope))
        if "parameters" in cell["metadata"].get("tags", ()):
            scope |= parameters
        _show_figures()


def _show(value: object) -> None:
    if hasattr(value, "savefig"):
        _draw(value)
    elif hasattr(value, "_repr_html_"):
        value._repr_html_()
    else:
        repr(value)


def _show_figures() -> None:
    import matplotlib.pyplot as plt

    for number in plt.get_fignums():
        _draw(plt.figure(number))
    plt.close("all")


def _draw(figure) -> None:
    figure.savefig(io.BytesIO(), format="png", bbox_inches="tight")


def _details(site: Site, reports: list[Report], out: Path) -> None:
    records = [
        json.loads((out / f"{report.name}.json").read_text(encoding="utf-8"))["run"] for report in reports
    ]
    print("\n| this engine | |\n| --- | ---: |")
    print(f"| nothing to do, with the interpreter's start | {_noop(site, reports, out):.2f} s |")
    for kind in ("kernel_peak_memory", "worker_peak_memory"):
        print(f"| {kind.replace('_', ' ')} | {max(run[kind] for run in records) / 2**20:.0f} MB |")
    ours, pandas = (min(_import(name) for _ in range(3)) for name in ("minshi_analysis", "pandas"))
    print(f"| import minshi_analysis | {ours:.3f} s |\n| import pandas | {pandas:.3f} s |")
    print(f"| from Ctrl-C to the prompt | {_interrupted(out.parent / 'interrupted'):.2f} s |")


def _spent(out: Path, reports: list[Report]) -> str:
    marks = ("kernel", "cells", "page", "pdf")
    runs = [
        json.loads((out / f"{report.name}.json").read_text(encoding="utf-8"))["run"] for report in reports
    ]
    means = [sum(run["seconds"][mark] for run in runs) / len(runs) for mark in marks]
    spent = [now - before for before, now in pairwise([0, *means])]
    return ", ".join(f"{mark} {took:.2f}" for mark, took in zip(marks, spent, strict=True))


def _noop(site: Site, reports: list[Report], out: Path) -> float:
    command = [PYTHON, "-m", "minshi_analysis.cli", "report", "--out", str(out)]
    if len(reports) < len(available(site.tables, site.notebooks)):
        asked = dict(reports[0].parameters)
        command += ["--region", asked["region"], "--year", str(asked["year"])]
    else:
        command.append("--all")
    _ran(command)  # the index of a part of the reports
    began = time.perf_counter()
    said = _ran(command, text=True).stdout
    took = time.perf_counter() - began
    if not said.startswith("nothing to do"):
        raise SystemExit(f"the second run had something to do: {said}")
    return took


def _interrupted(out: Path) -> float:
    """Seconds that a run in full swing takes to end when it is told to."""
    command = [PYTHON, "-m", "minshi_analysis.cli", "report", "--all", "--out", str(out)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as run:
        run.stdout.readline()  # the first report is written
        began = time.perf_counter()
        run.send_signal(signal.SIGINT)
        run.wait()
        return time.perf_counter() - began


def _import(name: str) -> float:
    began = time.perf_counter()
    subprocess.run([PYTHON, "-c", f"import {name}"], check=True)
    return time.perf_counter() - began


if __name__ == "__main__":
    main()
