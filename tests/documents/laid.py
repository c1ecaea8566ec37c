"""Rows of words as a table of a file, in each form that a table has."""

from __future__ import annotations

import csv

from variants import writers
from variants.sheets import Notice, sheet

from minshi_analysis.intake.reader import read_document

FORMS = ("csv", "txt", "md", "html", "docx", "xlsx")


def written(path, form, rows, title):
    """A file of rows in which ``^`` goes on from above: merged where the form can, else blank."""
    if form == "csv":
        plain = [["" if cell in ("^", "<") else cell for cell in row] for row in rows]
        with (path / "table.csv").open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([[title, *[""] * (len(rows[0]) - 1)], *plain])
        return path / "table.csv"
    return writers.FORMS[form](Notice((), (sheet(title, 1, rows),)), path / f"table.{form}")


def read_rows(path, form, rows, title, **known):
    """The tables of such a file."""
    return read_document(written(path, form, rows, title), **known)
