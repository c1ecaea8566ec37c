"""The gate of warm kernels: every committed notebook comes out as through plain papermill."""

from __future__ import annotations

from pathlib import Path

import nbformat
import papermill
import pytest

from minshi_analysis.reports.canonical import canonical, dumps
from minshi_analysis.reports.engine import make
from minshi_analysis.reports.parameters import NOTEBOOKS, available
from minshi_analysis.reports.task import Task

FOLDER = Path(__file__).resolve().parents[2] / "notebooks"


@pytest.mark.slow
@pytest.mark.parametrize(
    "notebook", [notebook for notebook in NOTEBOOKS if (FOLDER / notebook.file).is_file()]
)
def test_a_notebook_comes_out_as_through_plain_papermill(notebook, project, tmp_path, monkeypatch):
    report = available(project / "data" / "tables", FOLDER, (notebook,))[0]
    path = FOLDER / notebook.file
    source = path.read_text(encoding="utf-8")
    warm = make(Task(report, source, str(project), str(FOLDER)))
    assert warm.cause == ""
    monkeypatch.setenv("MINSHI_PROJECT", str(project))
    parameters = dict(report.parameters)
    plain = papermill.execute_notebook(
        path, tmp_path / "out.ipynb", parameters or None, cwd=FOLDER, progress_bar=False, log_output=False
    )
    folders = [(str(project), ".")]
    expected = dumps(canonical(plain, nbformat.reads(source, as_version=4), parameters, folders))
    assert warm.notebook == expected


def test_every_committed_notebook_is_known():
    committed = {path.name for path in FOLDER.glob("*.ipynb")}
    assert committed <= {notebook.file for notebook in NOTEBOOKS} | {"tutorial.ipynb"}
