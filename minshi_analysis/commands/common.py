"""What commands share: options, and how lines, summaries and notices are printed."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from typing import Any

__all__ = [
    "at_least_one",
    "brought",
    "build_first",
    "build_option",
    "document_options",
    "extract_where",
    "limit_options",
    "needs",
    "output_options",
    "refused",
    "sayer",
    "seconds",
    "summary",
    "worker_options",
]


_REPORTS = "papermill nbformat nbclient nbconvert jupyter_client ipykernel matplotlib PIL typst brotli psutil pypinyin seaborn uharfbuzz"
_EXTRAS = {"reports": _REPORTS.split(), "cluster": ["dask", "distributed"]}


def brought(module: str | None) -> str | None:
    """Which extra brings a module that is not installed, as a sentence; None for a module of no extra."""
    top = (module or "").partition(".")[0]
    for extra, modules in _EXTRAS.items():
        if top in modules:
            return f"{top} is not installed: pip install 'minshi-analysis[{extra}]'"
    return None


def needs(extra: str) -> None:
    """Refuse at once what cannot be done without an extra, where one of its modules is not installed."""
    for module in _EXTRAS[extra]:
        if find_spec(module) is None:
            raise ValueError(brought(module))


def output_options(parser: argparse.ArgumentParser) -> None:
    """How much is said, and to whom: every command that does work takes these."""
    how = parser.add_mutually_exclusive_group()
    how.add_argument("-q", "--quiet", action="store_true", help="print nothing but what is wrong")
    how.add_argument("--json", action="store_true", help="print one JSON object that sums up, and no lines")


def sayer(options: argparse.Namespace) -> Callable[[str], None]:
    """What prints the lines of a run: on standard output above a bar, or nowhere."""
    if getattr(options, "quiet", False) or getattr(options, "json", False):
        return lambda line: None
    return _say


def _say(line: str) -> None:
    from tqdm import tqdm

    tqdm.write(line)


def refused(options: argparse.Namespace, sentence: str, status: int = 2, command: str = "") -> int:
    """Say on standard error why nothing was done, and to a monitor (``--json``) as an object; the exit status."""
    print(f"minshi{' ' * bool(command)}{command}: {sentence}", file=sys.stderr)
    if getattr(options, "json", False):
        print(json.dumps({"status": status, "error": sentence}, ensure_ascii=False))
    return status


def summary(options: argparse.Namespace, line: str, **facts: Any) -> None:
    """How a run ended: a line for people, or the facts as JSON for a monitor."""
    if options.json:
        print(json.dumps(facts, ensure_ascii=False, default=str))
    elif not options.quiet:
        _say(line)


def document_options(parser: argparse.ArgumentParser) -> None:
    """What a person knows of a document."""
    parser.add_argument("--region", help="name or code, where the document does not say it")
    parser.add_argument("--year", type=int)
    parser.add_argument("--kind", help="plan, progress, completion, five_year_plan or review")


def worker_options(parser: argparse.ArgumentParser, what: str) -> None:
    """Who does the work."""
    where = parser.add_mutually_exclusive_group()
    where.add_argument("--workers", type=at_least_one, metavar="N", help=what)
    where.add_argument(
        "--scheduler", metavar="ADDRESS", help="a Dask scheduler to send the work to, such as tcp://host:8786"
    )


def limit_options(parser: argparse.ArgumentParser) -> None:
    """What one document may take."""
    parser.add_argument(
        "--limit-memory", type=at_least_one, metavar="MB", help="memory for one document (default: 4000)"
    )
    parser.add_argument(
        "--limit-time", type=at_least_one, metavar="SECONDS", help="time for one document (default: 600)"
    )


def extract_where(options: argparse.Namespace) -> dict[str, Any]:
    """Workers, scheduler and limits, as functions take them."""
    from minshi_analysis.workers.limits import Limits

    given = {"memory": options.limit_memory, "seconds": options.limit_time}
    limits = Limits(**{name: value for name, value in given.items() if value})
    return {"workers": options.workers, "scheduler": options.scheduler, "limits": limits}


def build_option(parser: argparse.ArgumentParser) -> None:
    """Of commands that read the tables."""
    parser.add_argument("--build", action="store_true", help="build the tables first where they are stale")


def build_first(options: argparse.Namespace, refuse: bool = False) -> Path:
    """The project, its tables built again where that was asked for and something changed; stale ones are told or refused."""
    from minshi_analysis import catalogue
    from minshi_analysis.tables import stamps

    project = catalogue.find_project()
    if options.build:
        from minshi_analysis.tables import build  # every reader of documents comes with it

        if not build.is_current(project):
            build.build(project, lambda line: print(line, file=sys.stderr))
    if said := stamps.told_stale(project):
        if refuse:
            raise ValueError(f"{said}, or give --build")
        print(f"minshi: {said}, or give --build", file=sys.stderr)
    return project


def at_least_one(said: str) -> int:
    """A whole number of 1 or more."""
    if not said.isdecimal() or int(said) < 1:
        raise argparse.ArgumentTypeError(f"{said!r} is not a whole number of 1 or more")
    return int(said)


def seconds(said: str) -> float:
    """A time of more than nothing, in seconds and parts of them."""
    try:
        value = float(said)
    except ValueError:
        value = 0.0
    if not 0 < value < float("inf"):
        raise argparse.ArgumentTypeError(f"{said!r} is not a number of seconds above 0")
    return value
