"""The tutorial works on the documents of any project, whichever they are."""

from __future__ import annotations

import re
import shutil

import nbformat
import pytest
from nbclient import NotebookClient

from minshi_analysis import catalogue, lab
from minshi_analysis.intake.adding import add
from minshi_analysis.notebook import begin
from minshi_analysis.project import new
from minshi_analysis.tables import build, stamps
from minshi_analysis.tables.files import MissingTables

PLACES = re.compile(r"温州|乐清|鹿城|杭州|wenzhou|yueqing|lucheng|hangzhou")


def cells(project):
    return nbformat.read(project / "notebooks" / "tutorial.ipynb", as_version=4).cells


def test_the_tutorial_names_no_document_of_this_repository(project):
    assert not [cell.source for cell in cells(project) if PLACES.search(cell.source)]


def test_every_explanation_is_in_two_languages(project):
    for cell in cells(project):
        if cell.cell_type == "markdown":
            assert re.search(r"[一-鿿]{4}", cell.source) and re.search(
                r"[A-Za-z]{3,} [a-z]+ [a-z]+", cell.source
            )


def test_large_outputs_are_not_kept(project):
    for cell in cells(project):
        if "nbval-ignore-output" in cell.metadata.get("tags", ()):
            assert cell.outputs == []


@pytest.mark.slow
def test_without_a_document_it_runs_on_a_made_up_one_and_says_so(tmp_path, monkeypatch):
    """In a new project, from its first cell to its last; the project stays as empty as it was."""
    own = tmp_path / "own"
    new.make(own)
    monkeypatch.delenv("MINSHI_PROJECT", raising=False)
    monkeypatch.setenv("JUPYTER_PATH", str(lab.kernel_folder(own)))
    for _ in range(2):  # the second time the example is there
        notebook = nbformat.read(own / "notebooks" / "tutorial.ipynb", as_version=4)
        NotebookClient(notebook, kernel_name="python3", resources={"metadata": {"path": str(own)}}).execute()
        said = "".join(output.get("text", "") for output in notebook.cells[1].outputs)
        assert "里面的数字都不是真的" in said and "none of its figures is real" in said
        documents = notebook.cells[3].outputs[0].data["text/plain"]
        assert "example-plan" in documents and "编造的示例" in documents
        assert "'.pdf'" in notebook.cells[18].outputs[-1].data["text/plain"]  # the report is made
        assert not PLACES.search(str([cell.get("outputs") for cell in notebook.cells]))
    assert catalogue.sources(own) == [] and stamps.read(own) is None
    monkeypatch.setenv("MINSHI_PROJECT", str(own))
    with pytest.raises(MissingTables, match="minshi build"):
        begin()  # a notebook of reports never takes the example


@pytest.mark.slow
@pytest.mark.parametrize("document", ["ningde-2024-pdf/document.pdf", "luohe-2024/document.docx"])
def test_it_runs_in_a_project_of_one_document(tmp_path, monkeypatch, project, document):
    own = tmp_path / "own"
    (own / "data" / "raw").mkdir(parents=True)
    shutil.copytree(project / "notebooks", own / "notebooks")
    (own / "data" / "reference").mkdir()
    for figures in (project / "data" / "reference").glob(
        "*.csv"
    ):  # their heads alone: nothing is known but the document
        (own / "data" / "reference" / figures.name).write_text(
            figures.read_text("utf-8").splitlines()[0] + "\n", "utf-8"
        )
    monkeypatch.setenv("MINSHI_PROJECT", str(own))
    name = document.replace("/document", "")
    shutil.copy(project / "tests" / "corpus" / document, tmp_path / name)
    written = add(tmp_path / name, own).path
    written.write_text(re.sub(r"(?m)^confirm = .*\n", "", written.read_text("utf-8")), "utf-8")
    build.build(own)
    notebook = nbformat.read(own / "notebooks" / "tutorial.ipynb", as_version=4)
    NotebookClient(notebook, kernel_name="python3", resources={"metadata": {"path": str(own)}}).execute()
    assert not PLACES.search(str([cell.get("outputs") for cell in notebook.cells]))
