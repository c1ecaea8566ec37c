"""One report: a notebook and its parameters in, the bytes of the executed notebook, its page and its PDF out.

Nothing here writes a result: whoever asked for the report does, so that it may have been made on another machine.
"""

from __future__ import annotations

import contextlib
import functools
import logging
import os
import platform
import signal
import sys
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import nbformat

from minshi_analysis.reports.canonical import canonical, dumps
from minshi_analysis.reports.page import Pages
from minshi_analysis.reports.pdf import Papers
from minshi_analysis.reports.task import Made, Task
from minshi_analysis.workers.fork import peak_memory, reproducible_environment
from minshi_analysis.workers.without import without

__all__ = ["make"]


def make(task: Task, pages: Pages | None = None, papers: Papers | None = None, on_kernel=None) -> Made:
    """Run a notebook, set its page, and the page as PDF.

    Parameters
    ----------
    task : Task
    pages : Pages, optional
        A page maker to use again: it costs a third of a second to make one.
    papers : Papers, optional
        A PDF maker to use again: a tenth of a second.
    on_kernel : callable, optional
        Called with the kernel's process id as soon as it is known.

    Returns
    -------
    Made
        Always: a notebook that fails gives its partly executed form and the cause.
    """
    with without():
        import papermill
        from papermill.engines import papermill_engines

        from minshi_analysis.reports.kernels import WarmEngine, Watch

    papermill_engines.register("minshi", WarmEngine)
    for name in ("papermill", "traitlets"):  # a failure is told once, as the report's cause
        logging.getLogger(name).setLevel(logging.CRITICAL)
    parameters = dict(task.report.parameters)
    source = nbformat.reads(task.source, as_version=4)
    watch = Watch(on_kernel=on_kernel)
    cause = ""
    with tempfile.TemporaryDirectory(prefix="minshi-") as scratch:
        reads = Path(scratch) / "reads"
        environment = _environment(task, scratch, reads)
        try:
            papermill.execute_notebook(
                source,
                None,
                parameters or None,
                engine_name="minshi",
                kernel_name=None if "kernelspec" in source.metadata else "python3",
                progress_bar=False,
                request_save_on_cell_execute=False,
                watch=watch,
                warm=task.warm,
                timeout=task.timeout,
                kernel_cwd=task.cwd,
                kernel_env=environment,
            )
        except Exception as error:  # whatever happens in a notebook costs this report only, and is told
            cause = _cause(error, watch, task)
        read = tuple(reads.read_text(encoding="utf-8").splitlines()) if reads.is_file() else None
        folders = _folders(task, scratch)
    notebook, page, pdf = b"", b"", b""
    noted: tuple[str, ...] = ()
    if watch.notebook is not None:
        tidy = canonical(watch.notebook, source, parameters, folders)
        noted = _warnings(tidy)
        notebook = dumps(tidy)
        label, lang = task.report.label, str(dict(task.report.parameters).get("lang", "zh"))
        if not cause:
            page, cause = _set(
                "page",
                lambda: (pages or Pages()).page(tidy, label, file=_file(task), lang=lang, date=task.date),
            )
        watch.mark("page")
        if not cause:
            pdf, cause = _set("PDF", lambda: (papers or Papers()).pdf(page, label))
        watch.mark("pdf")
    return Made(
        task.report,
        notebook,
        page,
        pdf,
        cause,
        watch.seconds,
        watch.peak_memory,
        peak_memory("self"),
        watch.cell,
        read,
        noted,
        _versions(),
    )


def _file(task: Task) -> str:
    return task.report.name.rpartition("/")[2]


def _set(what: str, setter: Callable[[], bytes]) -> tuple[bytes, str]:
    """What was set, or why it could not be."""
    try:
        return setter(), ""
    except Exception as error:
        return b"", f"the {what} could not be set: {type(error).__name__}: {error}"


def _environment(task: Task, scratch: str, reads: Path) -> dict[str, str]:
    """A kernel's environment: none of the user's own settings of IPython or matplotlib, which change bytes."""
    return reproducible_environment(os.environ) | {
        "MINSHI_PROJECT": task.project,
        "MINSHI_READS": str(reads),
        "IPYTHONDIR": str(Path(scratch) / "ipython"),
    }


def _folders(task: Task, scratch: str) -> list[tuple[str, str]]:
    """Folders that an output may name, the deepest first."""
    package = str(Path(__file__).resolve().parents[2])
    named = {
        task.project: ".",
        package: ".",
        sys.prefix: "<python>",
        sys.base_prefix: "<python>",
        scratch: "<tmp>",
    }
    with contextlib.suppress(RuntimeError):
        named[str(Path.home())] = "~"
    return sorted(named.items(), key=lambda item: -len(item[0]))


def _warnings(notebook: Mapping[str, Any]) -> tuple[str, ...]:
    """What the cells said on stderr, by line."""
    outputs = [output for cell in notebook["cells"] for output in cell.get("outputs", ())]
    said = [output["text"] for output in outputs if output.get("name") == "stderr"]
    return tuple(line for text in said for line in text.splitlines() if line.strip())


def _cause(error: Any, watch: Any, task: Task) -> str:
    where = f" in cell {watch.cell + 1}" if watch.cell is not None else " before the first cell"
    memory = f"; its memory peaked at {watch.peak_memory / 2**20:.0f} MB" if watch.peak_memory else ""
    name = type(error).__name__
    if name == "CellTimeoutError":
        return f"no end after {task.timeout:g} s{where}{memory}"
    if name == "DeadKernelError" or watch.exit_code is not None:
        return f"the kernel {_ending(watch.exit_code)}{where}{memory}"
    if name == "PapermillExecutionError":
        return f"{error.ename}: {error.evalue}{where}"
    return f"{name}: {error}{where}"


def _ending(code: int | None) -> str:
    if code is None:
        return "died"
    if code < 0:
        try:
            return f"was killed by {signal.Signals(-code).name}"
        except ValueError:
            return f"was killed by signal {-code}"
    return f"ended by itself with status {code}"


@functools.cache
def _versions() -> dict[str, str]:
    from importlib.metadata import version

    names = ("pandas", "numpy", "matplotlib", "seaborn", "papermill", "nbconvert", "ipykernel", "typst")
    return {"python": platform.python_version(), **{name: version(name) for name in names}}
