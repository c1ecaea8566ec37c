"""One run of `minshi report`: decide what has to be made, have it made, write it down, say what happened."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import asdict, dataclass, field, replace
from functools import partial
from math import inf
from pathlib import Path
from typing import Any, TextIO

from minshi_analysis.hashes import digest
from minshi_analysis.locks import only_one
from minshi_analysis.reports import beside, index, records, twins
from minshi_analysis.reports.parameters import NOTEBOOKS, Notebook, Report, in_language
from minshi_analysis.reports.task import Built, Made, Task
from minshi_analysis.reports.work import index_page, run_task, terms, workbook

__all__ = ["TIMEOUT", "Job", "Site"]

TIMEOUT = 600.0
SPARE = (
    1  # a worker waits while its kernel starts, and the kernel while its page is set: 8 % faster on two cores
)


@dataclass(frozen=True, slots=True)
class Site:
    """Where things lie: the project, its notebooks, its tables' CSVs, and the folder the reports go to."""

    project: Path
    out: Path
    registry: tuple[Notebook, ...] = NOTEBOOKS

    @property
    def notebooks(self) -> Path:
        return self.project / "notebooks"

    @property
    def tables(self) -> Path:
        below = self.project / "data" / "tables"
        return below / "csv" if (below / "csv").is_dir() else below

    @property
    def scratch(self) -> Path:
        return self.out / ".unfinished"


@dataclass(slots=True)
class _Tally:
    """What happened in a run."""

    written: list[str] = field(default_factory=list)
    failed: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Job:
    """One run: the site, every report there is, the ones asked for, and how to make them."""

    site: Site
    reports: list[Report]
    chosen: list[Report]
    force: bool
    timeout: float | None
    workers: int | None
    scheduler: str | None
    say: TextIO
    names: bool = False  # of officials, on the pages of sources
    started: float = field(default_factory=time.monotonic)
    ended: dict[str, Any] = field(default_factory=dict)  # what came of it, for a monitor

    def explain(self) -> int:
        """Say why reports would be made."""
        due = self._due(self._inputs())
        self.ended = {"due": {report.name: why for report, why in due.items()}}
        for report in self.chosen:
            self._print(f"{report.name}: {'; '.join(due.get(report, ['up to date']))}")
        self._print(f"{len(due)} of {len(self.chosen)} reports would be made")
        return 0

    def make(self) -> int:
        """Make what is due; the status is 1 where a report failed."""
        inputs = self._inputs()
        left = self.site.scratch.exists()  # by a run that was killed
        if not left and not self._due(inputs) and not self._beside_due(inputs):
            self.ended = self._outcome(_Tally(), len(self.chosen))
            self._print(f"nothing to do: {_count(len(self.chosen))} up to date in {self.site.out}")
            return 0
        with only_one(self.site.out / ".lock", self._say_waiting):
            shutil.rmtree(self.site.scratch, ignore_errors=True)  # left by a run that was killed
            inputs = self._inputs()
            due = self._due(inputs)
            tally = _Tally()
            try:
                with self._executor(len(due)) as executor:
                    for report, made in self._progress(self._tasks(executor, due), len(due)):
                        self._settle(report, made, inputs, tally)
                    self._write_beside(executor, inputs, tally)
                self._write_run(due, tally)
            finally:
                shutil.rmtree(self.site.scratch, ignore_errors=True)
        return self._sum_up(tally)

    def check(self) -> int:
        """Make the reports again elsewhere and compare; the status is 1 where bytes differ."""
        different = {}
        scratch = Path(tempfile.mkdtemp(prefix="minshi-check-"))
        with self._executor(len(self.chosen)) as executor:
            again = self._tasks(executor, dict.fromkeys(self.chosen, ()))
            for report, made in self._progress(again, len(self.chosen)):
                why = made.cause or self._difference(report, made, scratch)
                if why:
                    different[report.name] = why
        self.ended = {"differs": different}
        for name, why in different.items():
            self._print(f"differs: {name}: {why}")
        same = len(self.chosen) - len(different)
        self._print(f"{same} of {_count(len(self.chosen))} made again with the same bytes")
        if not different:
            shutil.rmtree(scratch)
        return 1 if different else 0

    def _difference(self, report: Report, made: Made, scratch: Path) -> str:
        parts = []
        for suffix, data in made.outputs.items():
            path = records.outputs(self.site.out, report)[suffix]
            if not path.is_file():
                parts.append(f"{path.name} was never made")
            elif path.read_bytes() != (
                twins.linked(data, report, self.site.out) if suffix == "html" else data
            ):
                again = scratch / f"{report.name}.{suffix}"
                records.write(data, again, scratch)
                parts.append(f"{path.name} is not {again}")
        return ", ".join(parts)

    def _print(self, line: str) -> None:
        print(line, file=self.say, flush=True)

    def _say_waiting(self) -> None:
        self._print(f"another run is at work in {self.site.out}: waiting for it")

    def _inputs(self) -> records.Inputs:
        return records.gather(self.site.project, self.site.tables, self.site.notebooks)

    def _due(self, inputs: records.Inputs) -> dict[Report, list[str]]:
        rows = records.RowHashes(self.site.project)
        found = {}
        for report in self.chosen:
            why = records.reasons(self.site.out, report, inputs, rows) or self._switched(report)
            if why or self.force:
                found[report] = why or ["it was forced"]
        return found

    def _switched(self, report: Report) -> list[str]:
        """Why a page whose link to the other language is no longer right has to be made again."""
        record = records.read(records.record_path(self.site.out, report)) or {}
        if bool(record.get("twin")) == twins.is_there(report, self.site.out):
            return []
        return [f"{twins.twin_of(report).name}.html {'is gone' if record.get('twin') else 'is new'}"]

    def _executor(self, tasks: int) -> AbstractContextManager[Any]:
        from minshi_analysis.workers.crew import crew

        memory = None if self.scheduler else self._memory_of_one()
        return crew(
            tasks, self.workers, self.scheduler, project=self.site.project, peak_memory=memory, spare=SPARE
        )

    def _last_run(self, report: Report) -> Mapping[str, Any]:
        """What was measured when the report was last made; empty where it never was."""
        record = records.read(records.record_path(self.site.out, report))
        return record.get("run", {}) if record else {}

    def _memory_of_one(self) -> int | None:
        """The most that one report took when it was last made."""
        kinds = ("kernel_peak_memory", "worker_peak_memory")
        runs = (self._last_run(report) for report in self.chosen)
        return max((sum(run.get(kind) or 0 for kind in kinds) for run in runs), default=0) or None

    def _longest_first(self, due: Iterable[Report]) -> list[Report]:
        """So that no long report is left running alone at the end; of those never made, the rarer kinds."""
        took = {
            report: max(self._last_run(report).get("seconds", {}).values(), default=inf) for report in due
        }
        alike = Counter(report.notebook for report in took)
        return sorted(took, key=lambda report: (-took[report], alike[report.notebook]))

    def _tasks(self, executor: Any, due: Mapping[Report, Any]) -> Iterator[tuple[Report, Made]]:
        sources: dict[str, Any] = {}
        for report in due:
            path = self.site.notebooks / f"{report.notebook}.ipynb"
            sources.setdefault(report.notebook, path.read_text(encoding="utf-8"))
        calls, days = [], index.dates(self.site.tables)
        for report in self._longest_first(due):
            project, cwd = str(self.site.project), str(self.site.notebooks)
            newest = max((days.get(doc_id, "") for doc_id in report.documents), default="")
            task = Task(report, sources[report.notebook], project, cwd, self.timeout, date=newest)
            calls.append((report, run_task, (task,)))
        for report, result in executor.run(calls, self.timeout):
            yield report, result if isinstance(result, Made) else Made(report, cause=result.cause)

    def _progress(self, made: Iterator[tuple[Report, Made]], total: int) -> Iterator[tuple[Report, Made]]:
        """A bar for a person at a terminal, a line per report for everyone."""
        from tqdm import tqdm

        with tqdm(total=total, unit="report", file=sys.stderr, disable=None, leave=False) as bar:
            for report, result in made:
                yield report, result
                seconds = result.seconds.get("pdf")
                took = f" ({seconds:.1f} s)" if seconds else ""
                failed = f"FAILED {report.name}: {result.cause}"
                bar.write(failed if result.cause else f"ok     {report.name}{took}", file=self.say)
                bar.update()

    def _settle(self, report: Report, made: Made, inputs: records.Inputs, tally: _Tally) -> None:
        """Write what came of a report; a full disk costs the reports that do not fit, not the ones written."""
        cause = made.cause
        if not cause:
            try:
                self._write_report(report, made, inputs)
                tally.written.append(report.name)
                return
            except OSError as error:
                cause = f"it could not be written: {error.strerror or error}"
        tally.failed[report.name] = cause
        with contextlib.suppress(OSError):  # the cause is said in the summary
            self._write_failed(report, made, cause)

    def _write_report(self, report: Report, made: Made, inputs: records.Inputs) -> None:
        """The record comes last: files without their record are made again."""
        made = replace(made, page=twins.linked(made.page, report, self.site.out))
        for suffix, path in records.outputs(self.site.out, report).items():
            records.write(made.outputs[suffix], path, self.site.scratch)
        reads = [json.loads(line) for line in made.reads] if made.reads is not None else None
        record = {
            "report": report.name,
            "parameters": dict(report.parameters),
            "inputs": inputs.of(report, reads),
            "reads": reads,
            "sources": beside.cited_sources(made.page),
            "findings": index.first_findings(made.page),
            "outputs": {suffix: digest(each) for suffix, each in made.outputs.items()},
            "twin": twins.is_there(report, self.site.out),
            "run": _run_part(made),
        }
        records.write(_json(record), records.record_path(self.site.out, report), self.site.scratch)
        self._link_twin(twins.twin_of(report))
        for suffix in ("ipynb", "json"):
            (self.site.out / "failed" / f"{report.name}.{suffix}").unlink(missing_ok=True)

    def _link_twin(self, twin: Report) -> None:
        """The link on the page in the other language that was made before; a page that was changed by hand is left."""
        at, page = records.record_path(self.site.out, twin), records.outputs(self.site.out, twin)["html"]
        record = records.read(at)
        if record is None or record.get("twin") or not page.is_file():
            return
        before = page.read_bytes()
        if digest(before) != record["outputs"].get("html"):
            return
        data = twins.linked(before, twin, self.site.out)
        record["outputs"]["html"], record["twin"] = digest(data), True
        records.write(data, page, self.site.scratch)
        records.write(_json(record), at, self.site.scratch)

    def _write_failed(self, report: Report, made: Made, cause: str) -> None:
        below = self.site.out / "failed" / report.name
        if made.notebook:
            records.write(made.notebook, below.with_name(f"{below.name}.ipynb"), self.site.scratch)
        record = {
            "report": report.name,
            "parameters": dict(report.parameters),
            "cause": cause,
            "run": _run_part(made),
        }
        records.write(_json(record), below.with_name(f"{below.name}.json"), self.site.scratch)

    def _beside(self, inputs: records.Inputs) -> list[beside.Beside]:
        """What lies beside the reports: the workbook of the tables, pages of the sources that they cite, the index at last."""
        made = [records.read(records.record_path(self.site.out, report)) for report in self.reports]
        cited = sorted({doc_id for record in made if record for doc_id in record.get("sources", ())})
        known = index.gathered((), self.site.tables)
        pages = [self._workbook(inputs)] if known.workbook else []  # it takes the longest
        pages += beside.sources(self.site.project, self.site.tables, cited, inputs, self.names)
        common = digest(_json(inputs.common))
        own = [report for report in self.reports if "lang" not in dict(report.parameters)]
        listed = {lang: index.entries(in_language(own, lang), self.site.out) for lang in ("zh", "en")}
        langs = tuple(
            lang for lang, found in listed.items() if lang == "zh" or any(each.made for each in found)
        )
        for lang in langs:
            end = "" if lang == "zh" else f".{lang}"
            others = {
                code: f"terms{'' if code == 'zh' else f'.{code}'}.html" for code in langs if code != lang
            }
            explained = digest(_json([common, others]))
            pages.append(beside.Beside(f"terms{end}", explained, terms, partial(tuple, [lang, others])))
            shown = replace(known, entries=tuple(listed[lang]), lang=lang, langs=langs)
            files = {
                f"tables/{name}": path for name, path in index.downloaded(shown, self.site.tables).items()
            }
            for page in index.paged(shown):
                made_from = digest(_json([common, page.plain(), () if page.part else inputs.tables]))
                name = f"index-{page.part}{end}" if page.part else f"index{end}"
                beside_it = {} if page.part else files
                pages.append(beside.Beside(name, made_from, index_page, partial(tuple, [page]), beside_it))
        return pages

    def _workbook(self, inputs: records.Inputs) -> beside.Beside:
        """All tables as one workbook."""
        made_from = digest(_json([inputs.common, inputs.tables]))
        gather = partial(tuple, [Built(str(self.site.project))])
        name, _, suffix = index.WORKBOOK.rpartition(".")
        return beside.Beside(f"tables/{name}", made_from, workbook, gather, suffix=suffix)

    def _beside_due(self, inputs: records.Inputs) -> list[beside.Beside]:
        return [page for page in self._beside(inputs) if beside.is_due(page, self.site.out)]

    def _write_beside(self, executor: Any, inputs: records.Inputs, tally: _Tally) -> None:
        calls = []
        for page in self._beside_due(inputs):
            try:
                calls.append((page, page.call, page.gather()))
            except (OSError, ValueError) as error:
                tally.failed[page.name] = f"it could not be made: {error}"
        for page, made in executor.run(calls, self.timeout):
            try:
                if not isinstance(made, bytes):
                    raise OSError(made.cause)
                beside.write(page, made, self.site.out, self.site.scratch)
            except OSError as error:
                tally.failed[page.name] = f"it could not be written: {error.strerror or error}"

    def _write_run(self, due: Mapping[Report, list[str]], tally: _Tally) -> None:
        now = time.gmtime()
        record = {
            "ended": time.strftime("%Y-%m-%dT%H:%M:%SZ", now),
            "seconds": round(time.monotonic() - self.started, 3),
            "chosen": len(self.chosen),
            "why": {report.name: why for report, why in due.items()},
            "written": sorted(tally.written),
            "failed": tally.failed,
            "scheduler": self.scheduler,
        }
        name = f"{time.strftime('%Y%m%dT%H%M%SZ', now)}-{os.getpid()}.json"
        try:
            records.write(_json(record), self.site.out / "runs" / name, self.site.scratch)
        except OSError as error:
            tally.failed["run record"] = f"it could not be written: {error.strerror or error}"

    def _sum_up(self, tally: _Tally) -> int:
        failed = sum(report.name in tally.failed for report in self.chosen)
        unchanged = len(self.chosen) - len(tally.written) - failed
        took = time.monotonic() - self.started
        self.ended = self._outcome(tally, unchanged)
        self._print(
            f"{_count(len(tally.written))} written, {unchanged} unchanged, {len(tally.failed)} failed"
            f" in {took:.1f} s; open {self.site.out / 'index.html'}"
        )
        for name, cause in tally.failed.items():
            left = self.site.out / "failed" / f"{name}.ipynb"
            self._print(f"  {name}: {cause}" + (f"; see {left}" if left.is_file() else ""))
        return 1 if tally.failed else 0

    def _outcome(self, tally: _Tally, unchanged: int) -> dict[str, Any]:
        return {
            "written": sorted(tally.written),
            "unchanged": unchanged,
            "failed": tally.failed,
            "seconds": round(time.monotonic() - self.started, 3),
            "out": str(self.site.out),
        }


def _count(number: int) -> str:
    return "1 report" if number == 1 else f"{number} reports"


def _run_part(made: Made) -> dict[str, Any]:
    part = asdict(made)
    for name in ("report", "notebook", "page", "pdf", "cause", "reads"):
        del part[name]
    return part


def _json(value: Any) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()
