"""`minshi report`: find out what is asked for, and have the job done."""

from __future__ import annotations

import difflib
import io
import json as json_format
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TextIO

from minshi_analysis.reasons import catalogue
from minshi_analysis.reports.job import TIMEOUT, Job, Site
from minshi_analysis.reports.parameters import (
    NOTEBOOKS,
    Notebook,
    Report,
    UnknownReport,
    available,
    choose,
    in_language,
)
from minshi_analysis.sentences import few
from minshi_analysis.tables import stamps

__all__ = ["run"]


def run(
    region: str | None = None,
    year: int | str | None = None,
    doc: str | None = None,
    *,
    lang: str = "zh",
    all: bool = False,
    out: str | Path | None = None,
    force: bool = False,
    dry_run: bool = False,
    why: str | None = None,
    check: bool = False,
    timeout: float | None = TIMEOUT,
    workers: int | None = None,
    scheduler: str | None = None,
    project: str | Path | None = None,
    registry: tuple[Notebook, ...] = NOTEBOOKS,
    say: TextIO | None = None,
    quiet: bool = False,
    json: bool = False,
    names: bool = False,
) -> int:
    """Make reports.

    Parameters
    ----------
    region, year, doc : optional
        Only the reports of a region, of a year, or that cover a document; all where nothing is said.
    lang : str
        Their language: zh or en.
    all : bool
        Every report there is (the same as saying nothing; not with region, year or doc).
    out : path, optional
        Folder for the reports; `reports` in the project.
    force : bool
        Make them even if nothing changed.
    dry_run : bool
        Only say what would be made.
    why : str, optional
        Only say why this report would be made: its name or label.
    check : bool
        Make them again in a scratch folder and compare the bytes with those in `out`.
    timeout : float
        Seconds that one report may take.
    workers : int, optional
        How many at once; as many as cores and memory allow.
    scheduler : str, optional
        Address of a Dask scheduler that has the work done.
    project : path, optional
        The project; found from the working directory.
    registry : tuple of Notebook
        The notebooks there are.
    say : text file, optional
        Where lines go; standard output.
    quiet : bool
        Print only what failed, on standard error.
    json : bool
        Print the run's record as one JSON object, and no lines.
    names : bool
        Show the names of officials on the pages of sources, which leave them out.

    Returns
    -------
    int
        Exit status: 0 all well, 1 a report failed or differs, 2 the question makes no sense, 130 interrupted.
    """
    say = io.StringIO() if quiet or json else say or sys.stdout
    try:
        site = _site(project, out, registry)
        if not (site.tables / "documents.csv").is_file():
            raise FileNotFoundError(f"there is no {site.tables / 'documents.csv'}: run `minshi build` first")
        stamps.refuse_stale(site.project)
        reports = available(site.tables, site.notebooks, registry)
        if not any((site.notebooks / notebook.file).is_file() for notebook in registry):
            raise FileNotFoundError(
                f"there are no notebooks in {site.notebooks}: run `minshi new {site.project}`"
            )
        if all and (region, year, doc) != (None, None, None):
            raise UnknownReport(
                "--all is every report: leave out --region, --year and --doc, or leave out --all"
            )
        catalogue(lang)  # refuses a language that there is not
        every = [*reports, *in_language(reports, "en")]
        chosen = choose(reports, doc, registry, region=region, year=year) if not why else [_named(why, every)]
        chosen = chosen if why else in_language(chosen, lang)
        made = [report for report in every if (site.out / f"{report.name}.html").is_file()]
        reports = list(dict.fromkeys([*reports, *made, *chosen]))
    except (ValueError, FileNotFoundError) as error:
        return _refused(error, json)
    job = Job(site, reports, chosen, force, timeout, workers, scheduler, say, names)
    try:
        status = job.explain() if why or dry_run else job.check() if check else job.make()
        if json:
            print(json_format.dumps({"status": status, **job.ended}, ensure_ascii=False))
        elif isinstance(say, io.StringIO) and quiet and status:
            print(say.getvalue(), end="", file=sys.stderr)
        return status
    except ConnectionError as error:
        return _refused(error, json)
    except KeyboardInterrupt:
        print(
            "minshi report: interrupted; what is written is whole, the next run makes the rest",
            file=sys.stderr,
        )
        return 130


def _refused(error: Exception, json: bool) -> int:
    print(f"minshi report: {error}", file=sys.stderr)
    if json:
        print(json_format.dumps({"status": 2, "error": str(error)}, ensure_ascii=False))
    return 2


def _site(project: str | Path | None, out: str | Path | None, registry: tuple[Notebook, ...]) -> Site:
    if project is None:
        from minshi_analysis.catalogue import find_project

        project = find_project()
    project = Path(project).resolve()
    return Site(project, Path(out).resolve() if out else project / "reports", registry)


def _named(name: str, reports: Sequence[Report]) -> Report:
    for report in reports:
        if name in (report.name, report.label, report.name.partition("/")[2]):
            return report
    near = difflib.get_close_matches(
        name, [word for report in reports for word in (report.name, report.label)], n=3
    )
    there = (
        f"the nearest are: {'; '.join(near)}"
        if near
        else f"there are: {few([r.name for r in reports], '; ')}"
    )
    raise UnknownReport(f"no report is called {name!r}; {there}")
