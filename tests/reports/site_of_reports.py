"""A tiny project whose reports are made in a second: tables of three regions and a notebook that a test writes."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path

import nbformat

from minshi_analysis.reports.command import run
from minshi_analysis.tables import stamps

DOCUMENTS = """\
doc_id,title,region,adcode,year,kind
plan-2022,计划,温州市,330300,2022,plan
county-2023,进展,鹿城区,330302,2023,progress
fyp,规划,温州市,330300,2021,five_year_plan
"""
ALLOCATIONS = """\
doc_id,region,adcode,value
plan-2022,鹿城区,330302,4000
plan-2022,市本级,,100
plan-2022,龙港市,330383,300
"""
REGIONS = ["温州市-2022", "鹿城区-2022", "龙港市-2022", "鹿城区-2023"]
QUICK = "print(region, year)"


def notebook(*cells: str) -> nbformat.NotebookNode:
    """A notebook with a parameters cell and the given code cells, in the cheapest form."""
    v4 = nbformat.v4
    parameters = v4.new_code_cell(
        'region = "温州市"\nyear = 2022', id="parameters", metadata={"tags": ["parameters"]}
    )
    code = [v4.new_code_cell(cell, id=f"code-{number}") for number, cell in enumerate(cells)]
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    head = v4.new_markdown_cell("# 民生实事", id="head")
    return v4.new_notebook(cells=[head, parameters, *code], metadata={"kernelspec": kernel})


class Site:
    """A project in a folder."""

    def __init__(self, root: Path, cells: Sequence[str] = (QUICK,)):
        self.root = root
        self.out = root / "reports"
        (root / "notebooks").mkdir(parents=True)
        (root / "data" / "tables").mkdir(parents=True)
        (root / "data" / "raw").mkdir(parents=True)
        self.table("documents", DOCUMENTS)
        self.table("allocations", ALLOCATIONS)
        self.cells(*cells)

    def cells(self, *cells: str) -> None:
        nbformat.write(notebook(*cells), self.root / "notebooks" / "city_year.ipynb")

    def table(self, name: str, text: str) -> None:
        tables = self.root / "data" / "tables"
        (tables / f"{name}.csv").write_text(text, encoding="utf-8")
        stamps.write(tables, stamps.take(self.root))

    def report(self, **options: object) -> tuple[int, str]:
        """Run the command: its exit status and what it said."""
        said = io.StringIO()
        status = run(project=self.root, say=said, workers=options.pop("workers", 2), **options)
        return status, said.getvalue()

    def files(self) -> dict[str, bytes]:
        """What a reader sees: every report and the index, without records."""
        found = [path for path in self.out.rglob("*") if path.suffix in (".ipynb", ".html", ".pdf")]
        return {path.relative_to(self.out).as_posix(): path.read_bytes() for path in sorted(found)}

    def expected(self) -> list[str]:
        """The names of all files of a complete run."""
        reports = [f"city_year/{name}.{suffix}" for name in REGIONS for suffix in ("ipynb", "html", "pdf")]
        return sorted([*reports, "index.html", "terms.html"])
