"""What lies beside the reports is made when what it is made from has changed, and not else."""

from __future__ import annotations

import io

import openpyxl
import pytest

from minshi_analysis.reports.job import Job, Site
from minshi_analysis.tables import files

BOOK = "tables/minshi-tables.xlsx"


@pytest.fixture(scope="module")
def project(tmp_path_factory, made):
    """The tables of the repository, and no notebooks."""
    root = tmp_path_factory.mktemp("beside")
    (root / "data" / "raw").mkdir(parents=True)
    files.write_tables(root, made.tables, {})
    return root


def make(project, out) -> str:
    """A run of no reports: what is beside them is all that may be due."""
    said = io.StringIO()
    assert Job(Site(project, out), [], [], False, None, 1, None, said).make() == 0
    return said.getvalue()


def test_the_workbook_is_made_of_the_tables_and_not_again_for_the_index(project, tmp_path, made):
    make(project, tmp_path)
    book = tmp_path / BOOK
    rows = openpyxl.load_workbook(book, read_only=True)["targets"].iter_rows(values_only=True)
    assert len(list(rows)) == len(made.tables["targets"]) + 1
    assert BOOK in (tmp_path / "index.html").read_text("utf-8")

    written = book.stat().st_mtime_ns
    (tmp_path / "index.html").unlink()
    make(project, tmp_path)
    assert (tmp_path / "index.html").is_file()
    assert book.stat().st_mtime_ns == written
    assert make(project, tmp_path).startswith("nothing to do")


@pytest.mark.parametrize("lost", [BOOK, "tables/minshi-tables.json", "terms.html", "tables/targets.csv"])
def test_what_is_lost_is_made_again(project, tmp_path, lost):
    make(project, tmp_path)
    (tmp_path / lost).unlink()
    make(project, tmp_path)
    assert (tmp_path / lost).is_file()


def test_a_workbook_that_was_changed_by_hand_is_made_again(project, tmp_path):
    make(project, tmp_path)
    (tmp_path / BOOK).write_bytes(b"mine")
    make(project, tmp_path)
    assert (tmp_path / BOOK).read_bytes()[:2] == b"PK"
