"""What workers are asked to do: functions that travel by name, each given the worker's bench first."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from minshi_analysis.reports.task import Built, Made, Task
from minshi_analysis.workers.without import without

__all__ = ["index_page", "page_of_source", "run_task", "terms", "workbook"]


def run_task(bench: Any, task: Task) -> Made:
    """Make a report, on the worker's page and PDF makers."""
    with without():
        from minshi_analysis.reports.engine import make
        from minshi_analysis.reports.pdf import Papers

    return make(task, _pages(bench), bench.keep("papers", Papers), bench.on_kernel)


def index_page(bench: Any, index: Any) -> bytes:
    """The index, with its font, on the worker's page maker."""
    return _pages(bench).index(index)


def terms(bench: Any, lang: str, others: Mapping[str, str]) -> bytes:
    """The page that explains the words."""
    return _pages(bench).terms(lang, others)


def page_of_source(bench: Any, source: Any) -> bytes:
    """The page of a source document, with its font."""
    return _pages(bench).source(source)


def workbook(_bench: Any, built: Built) -> bytes:
    """All tables of a project as one workbook: a worker has read them already."""
    from minshi_analysis.tables.export import export

    with tempfile.TemporaryDirectory(prefix="minshi-") as folder:
        return export(Path(built.project), "xlsx", Path(folder, "tables.xlsx")).read_bytes()


def _pages(bench: Any) -> Any:
    with without():
        from minshi_analysis.reports.page import Pages

    return bench.keep("pages", Pages)
