"""`minshi lab`: JupyterLab with the project's kernel, and a copy of a notebook that runs elsewhere."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from typing import get_args

import nbformat
import papermill
import pytest
from jupyter_client.kernelspec import KernelSpecManager
from nbconvert.preprocessors import CellExecutionError, ExecutePreprocessor

from minshi_analysis import cli, lab
from minshi_analysis.model import TABLES
from minshi_analysis.tables import build, loaders


def test_the_kernel_is_named_for_the_project_and_finds_it(tmp_path, monkeypatch):
    project = tmp_path / "我的城市"
    (project / "data" / "raw").mkdir(parents=True)
    words, environment = lab.command(project, ["--no-browser"])
    assert words[:3] == [sys.executable, "-m", "jupyterlab"] and words[-1] == "--no-browser"
    assert f"--ServerApp.root_dir={project}" in words
    found = subprocess.run(
        [sys.executable, "-m", "jupyter", "kernelspec", "list", "--json"],
        env=environment, capture_output=True, text=True, check=True,
    )  # fmt: skip
    spec = json.loads(found.stdout)["kernelspecs"]["python3"]["spec"]
    assert spec["display_name"] == "minshi · 我的城市"
    config = subprocess.run(
        [sys.executable, "-c", "from jupyterlab.commands import get_app_info; print(get_app_info()['disabled'])"],
        env=environment, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert lab.NEWS in config.stdout
    assert spec["env"] == {"MINSHI_PROJECT": str(project)}
    assert [path.name for path in (project / ".cache" / "jupyter" / "kernels" / "python3").iterdir()] == [
        "kernel.json"
    ]


def test_the_tutorial_is_opened_where_there_is_one(tmp_path):
    assert not any("default_url" in word for word in lab.command(tmp_path)[0])
    (tmp_path / "notebooks").mkdir()
    (tmp_path / "notebooks" / "tutorial.ipynb").write_text("{}", "utf-8")
    assert "--LabApp.default_url=/lab/tree/notebooks/tutorial.ipynb" in lab.command(tmp_path)[0]


def test_without_jupyterlab_one_sentence_says_what_to_install(monkeypatch, capsys, project):
    monkeypatch.chdir(project)
    monkeypatch.setattr(lab, "find_spec", lambda name: None)
    monkeypatch.setattr(build, "is_current", lambda project: True)
    assert cli.main(["lab"]) == 2
    assert "pip install 'minshi-analysis[lab]'" in capsys.readouterr().err


def test_tables_that_cannot_be_built_do_not_keep_the_lab_shut(monkeypatch, capsys, tmp_path):
    monkeypatch.setenv("MINSHI_PROJECT", str(tmp_path))
    monkeypatch.setattr(build, "is_current", lambda project: False)

    def refused(*_args):
        raise ValueError("data/raw/a.txt has no description")

    monkeypatch.setattr(build, "build", refused)
    monkeypatch.setattr(lab, "open_lab", lambda project, arguments: 0 if arguments == ["--port", "1"] else 9)
    assert cli.main(["lab", "--", "--port", "1"]) == 0
    assert "a.txt has no description; JupyterLab opens" in capsys.readouterr().err


def test_jupyterlab_asks_the_network_for_nothing(project):
    from jupyterlab.labapp import LabApp

    app = LabApp()
    words, _ = lab.command(project)
    app.parse_command_line([word for word in words[3:] if word.startswith("--LabApp.")])
    assert app.news_url is None and app.extension_manager == "readonly"
    assert app.check_for_updates_class.__name__ == "NeverCheckForUpdate"


def scheduled(notebook, folder, given) -> str:
    """What jupyter-scheduler does: a copy in a folder of its own, its parameters behind the parameters cell as text.

    Then `ExecutePreprocessor` runs it there, in the environment of the server. What the last cell printed is given.
    """
    folder.mkdir()
    for at, cell in enumerate(notebook.cells):
        if given and "parameters" in cell.metadata.get("tags", ()):
            put_in = nbformat.v4.new_code_cell("\n".join(f"{name} = {text}" for name, text in given.items()))
            put_in.metadata["tags"] = ["injected-parameters"]
            notebook.cells.insert(at + 1, put_in)
            break
    nbformat.write(notebook, folder / "copy.ipynb")
    ExecutePreprocessor(kernel_name=notebook.metadata.kernelspec["name"], store_widget_state=True).preprocess(
        notebook, {"metadata": {"path": str(folder)}}
    )
    return notebook.cells[-1].outputs[0].data["text/plain"]


@pytest.fixture
def city_year(project):
    """The beginning of a report's notebook, and then where it found what it computes with."""
    notebook = nbformat.read(project / "notebooks" / "city_year.ipynb", as_version=4)
    first = next(at for at, cell in enumerate(notebook.cells) if "begin()" in cell.source)
    notebook.cells = notebook.cells[: first + 1]
    notebook.cells.append(
        nbformat.v4.new_code_cell("import os, sys\n(os.environ['MINSHI_PROJECT'], sys.prefix, region)")
    )
    return notebook


@pytest.mark.slow
def test_a_copy_that_a_scheduler_runs_elsewhere_finds_the_project(tmp_path, monkeypatch, project, city_year):
    monkeypatch.delenv("MINSHI_PROJECT", raising=False)
    monkeypatch.setenv("JUPYTER_PATH", str(lab.kernel_folder(project)))
    monkeypatch.chdir(tmp_path)
    found = (str(project), sys.prefix, "乐清市")
    assert scheduled(city_year, tmp_path / "a", {"region": '"乐清市"', "year": "2022"}) == repr(found)
    assert "MINSHI_PROJECT" not in os.environ


@pytest.mark.slow
@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"regoin": '"乐清市"', "year": "2022"}, "no parameter 'regoin': did you mean region?"),
        ({"region": '"乐清市"', "year": '"2022"'}, "year must be a whole number"),
        ({"year": "2022"}, "no value for region"),
    ],
)
def test_a_scheduler_is_refused_other_parameters(tmp_path, monkeypatch, project, city_year, given, said):
    monkeypatch.setenv("JUPYTER_PATH", str(lab.kernel_folder(project)))
    monkeypatch.chdir(tmp_path)
    with pytest.raises(CellExecutionError, match=re.escape(said)):
        scheduled(city_year, tmp_path / "a", given)


@pytest.mark.slow
def test_a_scheduler_of_another_lab_stops_where_there_is_no_project(tmp_path, monkeypatch, city_year):
    """A server that `minshi lab` has not started, with an environment outside any project."""
    monkeypatch.delenv("MINSHI_PROJECT", raising=False)
    monkeypatch.delenv("JUPYTER_PATH", raising=False)
    monkeypatch.chdir(tmp_path)
    city_year.cells.insert(0, nbformat.v4.new_code_cell(f"import sys\nsys.prefix = {str(tmp_path)!r}"))
    with pytest.raises(
        CellExecutionError, match=r"no project here.*make one with `minshi new FOLDER`, or set"
    ):
        scheduled(city_year, tmp_path / "a", {"region": '"乐清市"', "year": "2022"})


@pytest.mark.slow
@pytest.mark.parametrize("cold", [False, True])
@pytest.mark.parametrize("given", ["by the run", "by the environment", "by nobody"])
def test_a_reports_project_is_not_the_one_of_the_lab_it_is_run_in(tmp_path, monkeypatch, cold, given):
    """In a lab the kernel names the lab's project: a report on another one must not be made of the lab's tables."""
    own, other = tmp_path / "own", tmp_path / "lab"
    for folder in (own, other):
        (folder / "data" / "raw").mkdir(parents=True)
    monkeypatch.setenv("JUPYTER_PATH", str(lab.kernel_folder(other)))
    monkeypatch.delenv("MINSHI_PROJECT", raising=False)
    if given == "by the environment":
        monkeypatch.setenv("MINSHI_PROJECT", str(own))
    ends = {**os.environ, "MINSHI_PROJECT": str(own)} if given == "by the run" else None
    monkeypatch.chdir(tmp_path)
    notebook = nbformat.v4.new_notebook()
    notebook.cells = [nbformat.v4.new_code_cell("import os\nos.environ['MINSHI_PROJECT']")]
    notebook.metadata.kernelspec = {"name": "python3", "display_name": "Python 3", "language": "python"}
    nbformat.write(notebook, tmp_path / "in.ipynb")
    ran = papermill.execute_notebook(
        tmp_path / "in.ipynb", None, engine_name="minshi", progress_bar=False, kernel_env=ends, warm=not cold
    )
    assert ran.cells[0].outputs[0].data["text/plain"] == repr(str(other if given == "by nobody" else own))


def test_a_terminal_of_the_lab_is_in_the_project_of_its_folder(tmp_path, monkeypatch):
    monkeypatch.delenv("MINSHI_PROJECT", raising=False)
    assert "MINSHI_PROJECT" not in lab.command(tmp_path)[1]
    monkeypatch.setenv(
        "MINSHI_PROJECT", os.path.relpath(tmp_path)
    )  # said by the user: it stays, for any folder
    assert lab.command(tmp_path)[1]["MINSHI_PROJECT"] == str(tmp_path)


def test_every_table_has_a_name_that_editors_know_and_a_loader():
    assert get_args(loaders.TableName) == tuple(TABLES)
    assert {f"load_{name}" for name in TABLES} == {
        name for name in loaders.__all__ if name.startswith("load_")
    }


def test_the_kernel_is_the_one_that_the_notebooks_name():
    assert lab.KERNEL in KernelSpecManager().find_kernel_specs()
