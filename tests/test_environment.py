"""What is imported is declared and what is declared is imported; environment.yml and the lock say the same."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from importlib.metadata import packages_distributions, version

import pytest
import yaml
from rattler import MatchSpec

import minshi_analysis

# PyPI name -> conda-forge name, where they differ.
CONDA = {
    "brotli": "brotli-python",
    "duckdb": "python-duckdb",
    "matplotlib": "matplotlib-base",
    "jupyter-client": "jupyter_client",
    "nbconvert": "nbconvert-core",
    "pandera": "pandera-pandas",
    "pdfminer-six": "pdfminer.six",
    "typst": "typst-py",
}
PIP_ONLY = {"noto-cjk-sans-otc", "opencc", "pypdfium2", "typst"}
CONDA_ONLY = {"python", "pip"}
SPEC = re.compile(r"([A-Za-z0-9._-]+)(?:\[[^\]]*\])?(>=[\d.]+(?:,<[\d.]+)?)?")
# Rooms that need more than the core; what they import is declared by an extra.
REPORTS = ("charts", "notebook", "reports", "workers/preload.py", "fonts.py", "glosses.py", "locales.py")
# Used without being imported by name: the program that `minshi lab` starts.
STARTED = {"jupyterlab"}


def said(project) -> dict:
    return tomllib.loads((project / "pyproject.toml").read_text("utf-8"))["project"]


def requirements(lines) -> dict[str, str]:
    found = map(SPEC.fullmatch, lines)
    return {
        match[1].lower().replace("_", "-"): match[2] or "" for match in found if match[1] != "minshi-analysis"
    }


def extras(project, *names) -> dict[str, str]:
    optional = said(project)["optional-dependencies"]
    return {key: bound for name in names for key, bound in requirements(optional[name]).items()}


def imported(project, below=(), outside=()) -> set[str]:
    """The distributions that modules of the package import, anywhere in their code."""
    package = project / "minshi_analysis"
    owners = packages_distributions()
    found = set()
    for path in package.rglob("*.py"):
        name = path.relative_to(package).as_posix()
        if (below and not name.startswith(below)) or name.startswith(tuple(outside)):
            continue
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            modules = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom) and node.module and not node.level:
                modules = [node.module]
            tops = (
                {module.partition(".")[0] for module in modules}
                - sys.stdlib_module_names
                - {"minshi_analysis"}
            )
            found |= {owners[top][0].lower().replace("_", "-").replace(".", "-") for top in tops}
    return found


def test_what_is_imported_is_declared_and_what_is_declared_is_imported(project):
    declared = set(requirements(said(project)["dependencies"]))
    every = declared | set(extras(project, "reports", "lab", "cluster"))
    assert imported(project) == every - STARTED


def test_the_light_core_imports_nothing_of_the_extras(project):
    declared = set(requirements(said(project)["dependencies"]))
    here = imported(project, outside=(*REPORTS, "workers/cluster.py", "project/doctor.py"))
    assert here == declared


LIGHT = """
import sys
import minshi_analysis as minshi
from minshi_analysis import metrics
from minshi_analysis.intake.reader import read_document
minshi.load("targets"), metrics.per_capita_funding(region="温州市", year=2022), minshi.trace("wenzhou-2022-plan/4.3#1")
read_document("data/raw/lucheng-2024-progress.txt", region="鹿城区")
print(sorted({"matplotlib", "papermill", "nbconvert", "IPython", "distributed", "typst"} & sys.modules.keys()))
"""


def test_loading_metrics_trace_and_extraction_load_no_report_libraries(project):
    done = subprocess.run([sys.executable, "-c", LIGHT], cwd=project, capture_output=True, text=True)
    assert done.stdout == "[]\n", done.stderr


def test_there_is_one_version(project):
    assert said(project)["dynamic"] == ["version"]
    assert version("minshi-analysis") == minshi_analysis.__version__
    assert f"## {minshi_analysis.__version__}" in (project / "CHANGELOG.md").read_text("utf-8")


def test_environment_says_what_pyproject_says(project):
    wanted = requirements(said(project)["dependencies"]) | extras(project, "reports", "lab")
    wanted["nbval"] = extras(project, "dev")["nbval"]
    environment = yaml.safe_load((project / "environment.yml").read_text("utf-8"))["dependencies"]
    pip = next(entry["pip"] for entry in environment if isinstance(entry, dict))
    conda = [entry for entry in environment if isinstance(entry, str)]
    assert requirements(pip) == {name: wanted[name] for name in PIP_ONLY}
    expected = {CONDA.get(name, name): bound for name, bound in wanted.items() if name not in PIP_ONLY}
    got = {str(MatchSpec(entry).name.normalized): str(MatchSpec(entry).version or "") for entry in conda}
    assert {name: bound for name, bound in got.items() if name not in CONDA_ONLY} == expected
    assert got["python"] == said(project)["requires-python"]


def test_the_lock_has_hashes_and_no_address(project):
    lock = (project / "requirements.lock").read_text("utf-8")
    assert "://" not in lock
    assert lock.count("--hash=sha256:") > 100


@pytest.mark.parametrize("extra", ["dev", "reports", "lab", "cluster"])
def test_every_dependency_is_locked(project, extra):
    locked = set(re.findall(r"^([a-z0-9-]+)==", (project / "requirements.lock").read_text("utf-8"), re.M))
    assert {*requirements(said(project)["dependencies"]), *extras(project, extra)} <= locked
