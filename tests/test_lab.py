"""`minshi lab`: JupyterLab with the project's kernel, and a copy of a notebook that runs elsewhere."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import get_args

import nbformat
import papermill
import pytest
from jupyter_client.kernelspec import KernelSpecManager
from nbconvert.preprocessors import ExecutePreprocessor

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


@pytest.mark.slow
def test_a_copy_that_a_scheduler_runs_elsewhere_finds_the_project(tmp_path, monkeypatch, project):
    """jupyter-scheduler runs a copy in a folder of its own by `ExecutePreprocessor`, in the environment of the server."""
    notebook = nbformat.v4.new_notebook()
    notebook.cells = [
        nbformat.v4.new_code_cell(
            "import minshi_analysis as m, sys\n(sys.prefix, len(m.load('targets')) > 300)"
        )
    ]
    monkeypatch.delenv("MINSHI_PROJECT", raising=False)
    monkeypatch.setenv("JUPYTER_PATH", str(lab.kernel_folder(project)))
    monkeypatch.chdir(tmp_path)
    preprocessor = ExecutePreprocessor(kernel_name="python3", timeout=120)
    preprocessor.preprocess(notebook, {"metadata": {"path": str(tmp_path)}})
    assert notebook.cells[0].outputs[0].data["text/plain"] == f"({sys.prefix!r}, True)"
    assert "MINSHI_PROJECT" not in os.environ


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
