"""A type checker knows what users import: no name is Any, and code that uses them passes the strictest checks."""

from __future__ import annotations

import importlib
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

PUBLIC = [
    "minshi_analysis",
    "minshi_analysis.audit",
    "minshi_analysis.charts",
    "minshi_analysis.metrics",
    "minshi_analysis.model",
    "minshi_analysis.notebook",
    "minshi_analysis.tables.export",
    "minshi_analysis.tables.loaders",
    "minshi_analysis.tables.query",
]

PYRIGHT = ["basedpyright", "--outputjson", "--pythonpath", sys.executable]

USED = """
from pathlib import Path

import pandas as pd

import minshi_analysis as minshi
from minshi_analysis import audit, charts, metrics, model, notebook
from minshi_analysis.tables.export import export
from minshi_analysis.tables.query import query, shown

plan: pd.DataFrame = minshi.load_targets(region="温州市", year=2022)
same: pd.DataFrame = minshi.load("targets", doc_id="wenzhou-2022-plan")
values: list[float] = [quantity.value for quantity in minshi.parse_quantities("新增3个")]
steps: list[str] = [step.where for step in minshi.trace("wenzhou-2022-plan/4.3#1").steps]
tables: dict[str, pd.DataFrame] = minshi.read_document(Path("notice.docx"), year=2024)
per_head: pd.DataFrame = metrics.per_capita_funding(region="温州市", year=2022, by="programme")
found: pd.DataFrame = audit.run_checks({name: model.empty(name) for name in model.TABLES})
picture: charts.Picture = charts.funding_bars(per_head, lang="en")
case: notebook.Case = notebook.city_year("温州市", 2022)
data: bytes = shown(query(Path("."), "SELECT 1"), "csv")
written: Path = export(Path("."), "xlsx", names=["targets"])
"""

WRONG = """
import minshi_analysis as minshi
from minshi_analysis import charts, metrics

minshi.parse_quantities(3)
minshi.load_targets(regoin="温州市")
minshi.parse_quantites("3个")
metrics.per_capita_fundin()
metrics.per_capita_funding(yaer=2022)
charts.funding_bars("a table")
"""


def said(checker: list[str], folder: Path, project: Path) -> str:
    where = {"MYPYPATH": str(project), "PYTHONPATH": str(project)}
    words = [sys.executable, "-m", *checker]
    return subprocess.run(
        words, cwd=folder, env={**os.environ, **where}, capture_output=True, text=True
    ).stdout


@pytest.fixture(scope="module")
def user(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("user")
    (folder / "used.py").write_text(USED, "utf-8")
    (folder / "wrong.py").write_text(WRONG, "utf-8")
    (folder / "pyrightconfig.json").write_text('{"typeCheckingMode": "strict"}', "utf-8")
    return folder


@pytest.mark.slow
def test_mypy_strict_passes_code_that_is_right_and_refuses_what_is_wrong(user, project):
    checked = ["mypy", "--strict", "--warn-unreachable", "--cache-dir", str(user / "cache")]
    told = said([*checked, "used.py", "wrong.py"], user, project)
    lines = [int(line) for line in re.findall(r"^wrong\.py:(\d+): error", told, re.M)]
    assert lines == list(range(5, 11)), told
    assert "used.py:" not in told, told


@pytest.mark.slow
def test_pyright_strict_says_the_same(user, project):
    report = json.loads(said([*PYRIGHT, "used.py", "wrong.py"], user, project))
    wrong = {
        (Path(each["file"]).name, each["range"]["start"]["line"] + 1)
        for each in report["generalDiagnostics"]
        if each["severity"] == "error"
    }
    assert wrong == {("wrong.py", line) for line in range(5, 11)}, report


@pytest.mark.slow
def test_no_public_name_is_of_an_unknown_type(tmp_path, project):
    report = json.loads(
        said([*PYRIGHT, "--verifytypes", "minshi_analysis", "--ignoreexternal"], tmp_path, project)
    )
    known = {each["name"]: each["isTypeKnown"] for each in report["typeCompleteness"]["symbols"]}
    names = [f"{module}.{name}" for module in PUBLIC for name in importlib.import_module(module).__all__]
    assert len(names) > 150
    unknown = [name for name in names if not known.get(name)]
    assert not unknown
