"""The report engine against the usual ways, side by side, in one run on one machine: `make bench`.

The reports are those of the built tables (`minshi build` first). What is measured:

(a) `papermill` and `jupyter nbconvert` on the command line in a loop,
(b) papermill's API and one nbconvert exporter per process in a process pool,
(c) this engine with one worker and with all,
(d) the floor: the same cells run as plain code in one warm process, divided by the cores.

`--reports N` takes N of the reports, evenly spread, where a full run of (a) is too long.
"""

from __future__ import annotations

import argparse
import ast
import io
import json
import os
import pickle
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from itertools import pairwise
from pathlib import Path

from minshi_analysis.catalogue import find_project
from minshi_analysis.reports.job import Site
from minshi_analysis.reports.parameters import Report, available
from minshi_analysis.workers.pool import fitting_workers

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
    cores = fitting_workers()
    if options.only:
        with tempfile.TemporaryDirectory(prefix="minshi-bench-") as folder:
            print(
                floor(site, reports) if options.only == "floor" else pool(site, reports, Path(folder), cores)
            )
        return
    print(f"{len(reports)} reports, {cores} cores, Python {sys.version.split()[0]}\n")
    with tempfile.TemporaryDirectory(prefix="minshi-bench-") as folder:
        out = Path(folder)
        ways: list[tuple[str, Callable[[], float]]] = [
            ("(d) floor: plain code, one warm process, / cores", lambda: _apart("floor", options) / cores),
            ("(c) this engine, all workers", lambda: engine(site, reports, out / "all", None)),
            ("(c) this engine, one worker", lambda: engine(site, reports, out / "one", 1)),
            (
                "(b) papermill API in a process pool, nbconvert",
                lambda: pool(site, reports, out / "pool", cores),
            ),
            ("(a) papermill, jupyter nbconvert in a loop", lambda: loop(site, reports, out / "loop")),
        ]
        seconds = {}
        for name, way in ways:
            seconds[name] = way()
            print(f"  {name}: {seconds[name]:.1f} s", file=sys.stderr, flush=True)
        ours = seconds["(c) this engine, all workers"]
        print("| way | seconds | a report | ours is |\n| --- | ---: | ---: | ---: |")
        for name, took in reversed(seconds.items()):
            print(f"| {name} | {took:.1f} | {took / len(reports):.2f} | {took / ours:.2f} times faster |")
        print()
        _details(site, reports, out / "all")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--reports", type=int, metavar="N", help="only N reports")
    parser.add_argument("--only", choices=("floor", "pool"), help=argparse.SUPPRESS)
    return parser.parse_args()


def loop(site: Site, reports: list[Report], out: Path) -> float:
    """(a) What people do in a shell script."""
    began = time.perf_counter()
    for report in reports:
        path = out / f"{report.name}.ipynb"
        path.parent.mkdir(parents=True, exist_ok=True)
        values = [word for name, value in report.parameters for word in ("-p", name, str(value))]
        command = [BIN / "papermill", site.notebooks / f"{report.notebook}.ipynb", path, *values]
        _quiet([*command, "--cwd", site.notebooks, "--no-progress-bar"])
        _quiet([BIN / "jupyter", "nbconvert", "--to", "html", path])
    return time.perf_counter() - began


def _quiet(command: list[object]) -> None:
    _ran([str(word) for word in command])


def _ran(command: list[str], **options: object) -> subprocess.CompletedProcess:
    """Run a command in silence; where it fails, end with what it said."""
    ran = subprocess.run(command, capture_output=True, **options)
    if ran.returncode:
        raise SystemExit(f"{command[:3]} failed:\n{ran.stdout!s}\n{ran.stderr!s}")
    return ran


def pool(site: Site, reports: list[Report], out: Path, workers: int) -> float:
    """(b) What people do in a Python script."""
    began = time.perf_counter()
    with ProcessPoolExecutor(workers) as executor:
        futures = [executor.submit(_papermill, site, report, out) for report in reports]
        for future in futures:
            future.result()
    return time.perf_counter() - began


def _papermill(site: Site, report: Report, out: Path) -> None:
    import papermill
    from nbconvert.exporters import HTMLExporter

    path = out / f"{report.name}.ipynb"
    path.parent.mkdir(parents=True, exist_ok=True)
    papermill.execute_notebook(
        site.notebooks / f"{report.notebook}.ipynb",
        path,
        dict(report.parameters) or None,
        cwd=site.notebooks,
        progress_bar=False,
    )
    exporter = _papermill.__dict__.setdefault("exporter", HTMLExporter())
    path.with_suffix(".html").write_text(exporter.from_filename(str(path))[0], encoding="utf-8")


def engine(site: Site, reports: list[Report], out: Path, workers: int | None) -> float:
    """(c) This engine, from a cold start: its forkserver is started and ended with the measurement."""
    code = (
        "import pickle, sys; from minshi_analysis.reports.job import Job\n"
        "site, reports, workers = pickle.load(sys.stdin.buffer)\n"
        "sys.exit(Job(site, reports, reports, True, None, workers, None, sys.stderr).make())"
    )
    given = pickle.dumps((Site(site.project, out), reports, workers))
    began = time.perf_counter()
    _ran([PYTHON, "-c", code], input=given)
    return time.perf_counter() - began


def _apart(way: str, options: argparse.Namespace) -> float:
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
    return float(ran.stdout.splitlines()[-1])


def floor(site: Site, reports: list[Report]) -> float:
    """(d) Nothing but the cells' own work: their code, their figures as PNG, their tables as HTML."""
    import minshi_analysis.workers.preload  # noqa: F401

    cells = {}
    for report in reports:
        notebook = json.loads((site.notebooks / f"{report.notebook}.ipynb").read_text(encoding="utf-8"))
        cells[report.notebook] = [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]
    os.chdir(site.notebooks)
    _run_cells(cells[reports[0].notebook], dict(reports[0].parameters))  # warm, as the others are
    began = time.perf_counter()
    for report in reports:
        _run_cells(cells[report.notebook], dict(report.parameters))
    return time.perf_counter() - began


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
    print("| this engine | |\n| --- | ---: |")
    print(f"| nothing to do, with the interpreter's start | {_noop(site, reports, out):.2f} s |")
    print(f"| first report, from a cold start | {_first(site, reports, out.parent / 'first'):.2f} s |")
    for kind in ("kernel_peak_memory", "worker_peak_memory"):
        print(f"| {kind.replace('_', ' ')} | {max(run[kind] for run in records) / 2**20:.0f} MB |")
    ours, pandas = (min(_import(name) for _ in range(3)) for name in ("minshi_analysis", "pandas"))
    print(f"| import minshi_analysis | {ours:.3f} s |\n| import pandas | {pandas:.3f} s |")
    print(f"| from Ctrl-C to the prompt | {_interrupted(out.parent / 'interrupted'):.2f} s |")
    for name, folder in (("one worker", out.parent / "one"), ("all workers", out)):
        print(f"\nWhere a report's time goes ({name}, mean seconds): {_spent(folder, reports)}")


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


def _first(site: Site, reports: list[Report], out: Path) -> float:
    return engine(site, reports[:1], out, 1)


def _import(name: str) -> float:
    began = time.perf_counter()
    subprocess.run([PYTHON, "-c", f"import {name}"], check=True)
    return time.perf_counter() - began


if __name__ == "__main__":
    main()
