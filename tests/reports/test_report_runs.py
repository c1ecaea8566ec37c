"""What `minshi report` does: what it makes, what it leaves, what it says, and that the bytes are the inputs' own."""

from __future__ import annotations

import json

import nbformat
import pytest
from site_of_reports import ALLOCATIONS, DOCUMENTS, QUICK, REGIONS, Site

FAILS = "if region == '龙港市':\n    raise ValueError('no figures')\nprint(region)"
DIES = "import os, signal\nif region == '龙港市':\n    os.kill(os.getpid(), signal.SIGKILL)\nprint(region)"
READS = """\
import os
from pathlib import Path
import pandas as pd
from minshi_analysis.tables import reads
rows = pd.read_csv(Path(os.environ["MINSHI_PROJECT"]) / "data/tables/allocations.csv")
rows = rows[rows["region"] == region]
reads.note("allocations", rows, region=region)
print(rows["value"].tolist())
"""


def test_every_report_is_made_and_the_next_run_has_nothing_to_do(site):
    status, said = site.report(all=True)
    assert status == 0
    assert "4 reports written, 0 unchanged, 0 failed" in said
    assert list(site.files()) == site.expected()
    assert "ok     city_year/龙港市-2022" in said
    status, said = site.report(all=True)
    assert (status, said) == (0, f"nothing to do: 4 reports up to date in {site.out}\n")


def test_a_report_is_the_executed_notebook_with_its_parameters(site):
    site.report(region="龙港市")
    made = nbformat.read(site.out / "city_year" / "龙港市-2022.ipynb", as_version=4)
    assert made.cells[2].source == '# Parameters\nregion = "龙港市"\nyear = 2022'
    assert made.cells[3].outputs[0].text == "龙港市 2022\n"


def test_the_record_says_what_went_in_and_how_it_went(site):
    site.report(region="龙港市")
    record = json.loads((site.out / "city_year" / "龙港市-2022.json").read_text(encoding="utf-8"))
    assert record["parameters"] == {"region": "龙港市", "year": 2022}
    assert {"notebook city_year", "table documents", "requirements.lock", "python"} <= record["inputs"].keys()
    assert "minshi_analysis/reports/engine.py" in record["inputs"]
    assert record["run"]["kernel_peak_memory"] > 10_000_000
    assert record["run"]["seconds"]["kernel"] < record["run"]["seconds"]["page"]
    assert record["run"]["versions"].keys() >= {"python", "pandas", "papermill"}
    (run,) = (site.out / "runs").glob("*.json")
    assert json.loads(run.read_text(encoding="utf-8"))["written"] == ["city_year/龙港市-2022"]


def test_the_index_links_what_is_made_and_names_what_is_not(site):
    site.report(region="龙港市")
    index = (site.out / "index.html").read_text(encoding="utf-8")
    assert "%E9%BE%99%E6%B8%AF%E5%B8%82-2022.html" in index
    assert index.count("尚未生成") == 6  # in the grid and in the list
    site.report(all=True)
    assert "尚未生成" not in (site.out / "index.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("cell", "cause"),
    [(FAILS, "ValueError: no figures in cell 4"), (DIES, "the kernel was killed by SIGKILL in cell 4")],
)
def test_a_failure_costs_its_own_report_only(site, cell, cause):
    site.cells(cell)
    status, said = site.report(all=True)
    assert status == 1
    assert "3 reports written, 0 unchanged, 1 failed" in said
    assert f"  city_year/龙港市-2022: {cause}" in said
    left = nbformat.read(site.out / "failed" / "city_year" / "龙港市-2022.ipynb", as_version=4)
    assert left.cells[3].source == cell
    assert not (site.out / "city_year" / "龙港市-2022.html").exists()
    site.cells(QUICK)
    assert site.report(all=True)[0] == 0
    assert list(site.files()) == site.expected()


def test_a_failure_leaves_the_last_good_report(site):
    site.report(region="龙港市")
    before = site.files()
    site.cells(FAILS)
    assert site.report(region="龙港市")[0] == 1
    assert {name: site.files()[name] for name in before} == before


def test_a_hanging_report_ends_by_itself(site):
    site.cells("import time\nif region == '龙港市':\n    time.sleep(60)")
    status, said = site.report(all=True, timeout=2)
    assert status == 1
    assert "city_year/龙港市-2022: no end after 2 s in cell 4" in said
    assert "3 reports written" in said


def test_the_same_inputs_give_the_same_bytes_with_one_worker_or_two(site, tmp_path):
    site.cells("import matplotlib.pyplot as plt\n_ = plt.plot([1, 2])", "{'b', 'a'}, object()")
    site.report(all=True, workers=2)
    site.report(all=True, workers=1, out=tmp_path / "again")
    again = {
        path.relative_to(tmp_path / "again").as_posix(): path.read_bytes()
        for path in (tmp_path / "again").rglob("*")
        if path.suffix in (".ipynb", ".html", ".pdf") and path.is_file()
    }
    assert site.files() == again


def test_the_bytes_do_not_tell_where_the_project_lies(site, tmp_path):
    cell = "import os\nprint(os.getcwd())"
    site.cells(cell)
    site.report(region="龙港市")
    other = Site(tmp_path / "somewhere" / "else", [cell])
    other.report(region="龙港市")
    assert site.files() == other.files()


def test_check_makes_them_again_and_compares(site):
    site.report(region="龙港市")
    status, said = site.report(region="龙港市", check=True)
    assert status == 0
    assert said.endswith("1 of 1 report made again with the same bytes\n")


def test_check_finds_what_is_not_reproducible(site):
    site.cells("import os\nprint(os.urandom(8))")
    site.report(region="龙港市")
    before = site.files()
    status, said = site.report(region="龙港市", check=True)
    assert status == 1
    assert "differs: city_year/龙港市-2022: 龙港市-2022.ipynb is not /" in said
    assert site.files() == before


def changed_notebook(site: Site) -> None:
    site.cells("print(1)")


def changed_table(site: Site) -> None:
    site.table("allocations", ALLOCATIONS.replace("4000", "4001"))


def damaged_page(site: Site) -> None:
    (site.out / "city_year" / "龙港市-2022.html").write_bytes(b"")


def lost_notebook(site: Site) -> None:
    (site.out / "city_year" / "龙港市-2022.ipynb").unlink()


def lost_pdf(site: Site) -> None:
    (site.out / "city_year" / "龙港市-2022.pdf").unlink()


def damaged_pdf(site: Site) -> None:
    (site.out / "city_year" / "龙港市-2022.pdf").write_bytes(b"%PDF-")


def damaged_record(site: Site) -> None:
    (site.out / "city_year" / "龙港市-2022.json").write_text("{")


def changed_lock(site: Site) -> None:
    (site.root / "requirements.lock").write_text("pandas==0")


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (changed_notebook, "notebook city_year changed"),
        (changed_table, "table allocations changed"),
        (damaged_page, "龙港市-2022.html was changed after it was made"),
        (lost_notebook, "龙港市-2022.ipynb is not there"),
        (lost_pdf, "龙港市-2022.pdf is not there"),
        (damaged_pdf, "龙港市-2022.pdf was changed after it was made"),
        (damaged_record, "it was never made"),
        (changed_lock, "requirements.lock changed"),
    ],
)
def test_what_changed_is_made_again_and_why_says_what_it_was(site, change, why):
    site.report(region="龙港市")
    before = site.files()
    change(site)
    status, said = site.report(why="龙港市 2022")
    assert (status, said.splitlines()[0]) == (0, f"city_year/龙港市-2022: {why}")
    assert "1 report written" in site.report(region="龙港市")[1]
    assert site.files().keys() == before.keys()
    assert "nothing to do" in site.report(region="龙港市")[1]


def test_touching_a_file_is_no_change(site):
    site.report(region="龙港市")
    (site.root / "notebooks" / "city_year.ipynb").touch()
    site.table("documents", DOCUMENTS)
    assert "nothing to do" in site.report(region="龙港市")[1]


def test_only_rows_that_were_read_matter(site, monkeypatch):
    import minshi_analysis

    def load(table: str, region: str):
        import pandas as pd

        rows = pd.read_csv(site.root / "data" / "tables" / f"{table}.csv")
        return rows[rows["region"] == region]

    monkeypatch.setattr(minshi_analysis, "load", load)
    site.cells(READS)
    assert site.report(all=True)[0] == 0
    site.table("documents", DOCUMENTS.replace("计划", "另"))
    site.table("allocations", ALLOCATIONS.replace("300\n", "301\n"))
    status, said = site.report(all=True, dry_run=True)
    assert status == 0
    assert said.splitlines() == [
        "city_year/温州市-2022: up to date",
        "city_year/鹿城区-2022: up to date",
        "city_year/龙港市-2022: table allocations changed",
        "city_year/鹿城区-2023: up to date",
        "1 of 4 reports would be made",
    ]


def test_force_makes_what_is_up_to_date_with_the_same_bytes(site):
    site.report(region="龙港市")
    before = site.files()
    status, said = site.report(region="龙港市", force=True)
    assert (status, "1 report written" in said) == (0, True)
    assert site.files() == before


def test_a_dry_run_writes_nothing(site):
    status, said = site.report(all=True, dry_run=True)
    assert status == 0
    assert said.splitlines()[0] == "city_year/温州市-2022: it was never made"
    assert said.splitlines()[-1] == "4 of 4 reports would be made"
    assert not site.out.exists()


def test_why_of_a_report_that_does_not_exist_lists_those_that_do(site, capsys):
    assert site.report(why="龙港")[0] == 2
    listed = "; ".join(f"city_year/{name}" for name in REGIONS)
    assert f"no report is called '龙港'; there are: {listed}" in capsys.readouterr().err
