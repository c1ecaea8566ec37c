"""Unknown, missing and ill-typed parameters stop a run before anything is computed."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import papermill
import pytest
from IPython.core.interactiveshell import InteractiveShell

from minshi_analysis.catalogue import CatalogueError
from minshi_analysis.notebook import begin
from minshi_analysis.notebook import beginning as module
from minshi_analysis.reports import kernels
from minshi_analysis.reports.parameters import NOTEBOOKS
from minshi_analysis.reports.typed import BadParameters, declared
from minshi_analysis.tables.files import MissingTables

FOLDER = Path(__file__).resolve().parents[2] / "notebooks"
KERNEL = {"name": "python3", "display_name": "Python 3", "language": "python"}
CELL = 'region: str = "温州市"\nyear: int = 2022\nlang: str = "zh"  # optional: zh or en'
WRONG = [
    ({"regoin": "乐清市"}, "no parameter 'regoin': did you mean region?"),
    ({"region": "乐清市", "year": 2022, "x": 1}, "no parameter 'x': there are region, year"),
    ({"region": None, "year": 2022}, "region must be text, not None"),
    ({"region": 330382, "year": 2022}, "region must be text, not 330382; papermill takes it as text with -r"),
    ({"region": "乐清市", "year": "2022"}, "year must be a whole number, not '2022'"),
    ({"region": "乐清市", "year": 2022.5}, "year must be a whole number, not 2022.5"),
    ({"region": "乐清市", "year": True}, "year must be a whole number, not True"),
    ({"year": 2022}, "no value for region: a run that gives parameters gives them all"),
]


@pytest.fixture
def shell(monkeypatch, project):
    """A session like a kernel's, in the repository's project."""
    own = InteractiveShell()
    monkeypatch.setattr(module, "_shell", lambda: own)
    monkeypatch.setenv("MINSHI_PROJECT", str(project))
    return own


def run(shell: InteractiveShell, *cells: str) -> None:
    """Run cells as a kernel does, then begin in one more."""
    for cell in (*cells, "1"):
        shell.run_cell(cell, store_history=True)
    begin()


def injected(given: dict) -> str:
    return "# Parameters\n" + "\n".join(f"{name} = {value!r}" for name, value in given.items())


def scheduled(given: dict) -> str:
    """What jupyter-scheduler puts in: the assignments alone."""
    return injected(given).partition("\n")[2]


@pytest.mark.parametrize("put_in", [injected, scheduled])
@pytest.mark.parametrize(("given", "said"), WRONG)
def test_the_first_cell_refuses(shell, given, said, put_in):
    with pytest.raises(BadParameters, match=f"^{re.escape(said)}"):
        run(shell, CELL, put_in(given))


@pytest.mark.parametrize(
    "given",
    [
        {},
        {"region": "乐清市", "year": 2022},
        {"region": "乐清市", "year": 2022, "lang": "en"},
        {"region": "乐清市", "year": 2022, "PAPERMILL_INPUT_PATH": "a.ipynb"},
    ],
)
def test_the_first_cell_lets_through(shell, given):
    for put_in in (injected, scheduled):
        run(shell, CELL, *([put_in(given)] if given else []))


def test_in_jupyterlab_the_cell_as_it_stands_is_held_and_other_names_are_free(shell):
    run(shell, CELL, "case = print(1)", "other = 3 + len('x')", CELL)
    with pytest.raises(BadParameters, match="year must be a whole number, not '2022'"):
        run(shell, 'region: str = "温州市"\nyear: int = "2022"')


@pytest.mark.parametrize(("given", "said"), WRONG)
def test_our_engine_refuses_before_a_kernel_starts(tmp_path, monkeypatch, given, said):
    def started(*_args):
        raise AssertionError("a kernel was started")

    monkeypatch.setattr(kernels, "_manager", started)
    notebook = nbformat.v4.new_notebook(metadata={"kernelspec": KERNEL})
    notebook.cells.append(nbformat.v4.new_code_cell(CELL, metadata={"tags": ["parameters"]}))
    nbformat.write(notebook, tmp_path / "in.ipynb")
    papermill.engines.papermill_engines.register("minshi", kernels.WarmEngine)
    with pytest.raises(BadParameters, match=f"^{re.escape(said)}"):
        papermill.execute_notebook(
            tmp_path / "in.ipynb", None, given, engine_name="minshi", progress_bar=False
        )


@pytest.mark.slow
@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        ("-p regoin 乐清市", 1, "no parameter 'regoin': did you mean region?"),
        ("-p region None -p year 2022", 1, "region must be text, not None"),
        ("-p region 乐清市", 1, "no value for year"),
        ("-p region 乐清 -p year 2022", 1, "did you mean 乐清市 (2022)?"),
        ("-p region 乐清市 -p year 2022", 0, ""),
    ],
)
@pytest.mark.parametrize("engine", ["", "--engine minshi"])
def test_papermill_from_any_folder(tmp_path, monkeypatch, arguments, status, said, engine):
    monkeypatch.delenv("MINSHI_PROJECT", raising=False)
    command = [sys.executable, "-m", "papermill", str(FOLDER / "city_year.ipynb"), "out.ipynb"]
    words = [*engine.split(), *arguments.split(), "--no-progress-bar"]
    done = subprocess.run([*command, *words], cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode == status, done.stderr
    assert said in done.stderr


def test_what_is_refused_is_answered_with_what_the_tables_have(shell):
    with pytest.raises(
        BadParameters, match=r"no value for plan: .*; the tables have plan='wenzhou-14fyp-social'$"
    ):
        run(shell, 'plan: str = ""')
    with pytest.raises(BadParameters, match=r"the tables have region='.*' year=2022; .* and [0-9]+ more$"):
        run(shell, CELL.replace("2022", "0"))


def test_without_tables_the_first_cell_says_what_to_do(shell, monkeypatch, tmp_path):
    (tmp_path / "own" / "data" / "raw").mkdir(parents=True)
    monkeypatch.setenv("MINSHI_PROJECT", str(tmp_path / "own"))
    with pytest.raises(MissingTables, match="tables of own have not been built: run `minshi build` there"):
        run(shell)


def test_the_project_is_where_the_notebook_lies_or_its_environment(shell, monkeypatch, tmp_path, project):
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("MINSHI_PROJECT")
    monkeypatch.setattr(module, "_of_the_command", lambda: iter(()))
    monkeypatch.setattr(sys, "prefix", str(tmp_path))
    with pytest.raises(CatalogueError, match="no project here"):
        run(shell)
    monkeypatch.setenv("JPY_SESSION_NAME", str(project / "notebooks" / "city_year.ipynb"))
    assert module._project({}) == project
    monkeypatch.setenv("JPY_SESSION_NAME", "console-1")
    monkeypatch.setattr(sys, "prefix", str(project / ".venv"))
    assert module._project({}) == project
    own = tmp_path / "own"
    shutil.copytree(project / "notebooks", own / "notebooks")
    (own / "data" / "raw").mkdir(parents=True)
    assert module._project({"PAPERMILL_INPUT_PATH": str(own / "notebooks" / "audit.ipynb")}) == own


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda notebook: notebook.name)
def test_every_notebook_begins_and_declares_the_parameters_of_its_reports(notebook):
    cells = nbformat.read(FOLDER / notebook.file, as_version=4).cells
    takes = declared(next(cell.source for cell in cells if "parameters" in cell.metadata.get("tags", ())))
    assert all(each.types for each in takes.values())
    needed = {name: each.types for name, each in takes.items() if not each.optional}
    assert needed == {name: (kind.__name__,) for name, kind in notebook.parameters.items() if name != "lang"}
    first = [cell.source for cell in cells if cell.cell_type == "code"][1]
    assert "begin()\n" in first


def test_papermill_shows_the_types_to_people():
    shown = papermill.inspect_notebook(FOLDER / "city_year.ipynb")
    assert shown["region"]["inferred_type_name"] == "str" and shown["year"]["inferred_type_name"] == "int"
