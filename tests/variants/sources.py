"""The catalogued text sources as notices with true spans, as a careful person would have typed them."""

from __future__ import annotations

from itertools import groupby
from pathlib import Path

from closing import open_figures

from minshi_analysis.account.extract import Extraction, extract
from minshi_analysis.catalogue import Source
from minshi_analysis.facts.context import Context
from minshi_analysis.layout.claims import About
from minshi_analysis.layout.tables import Layout, Table, lay_out
from minshi_analysis.reading import corrections, read
from minshi_analysis.reading import text as text_format
from variants.sheets import Box, Notice, Sheet

__all__ = ["extracted", "facts", "notice"]

_FUNDS = {
    "funds_total": "总额",
    "funds_superior": "上级支持",
    "funds_city": "市财政统筹",
    "funds_county": "县市区财政",
    "funds_other": "其他",
}
# Where a value comes from and what it is called depends on the file; what it says does not.
_OF_THE_FILE = ("source_start", "source_end", "source_ref", "patched")


def laid_out(source: Source) -> Layout:
    """A catalogued text with its corrections applied, laid out."""
    printed = text_format.decode(source.path.read_bytes(), source.path.name)
    corrected = corrections.apply(printed, source.corrections, source.doc_id)
    return lay_out(
        text_format.parse(corrected.text),
        About(source.adcode, source.level, source.year, source.kind),
        furniture=source.furniture,
    )


def notice(source: Source) -> Notice:
    """The source as a notice: its running text, then its tables with every merged cell merged."""
    layout = laid_out(source)
    return Notice(tuple(p.text for p in layout.paragraphs), tuple(map(_sheet, layout.tables)))


def _sheet(table: Table) -> Sheet:
    labels = [_label(table, j) for j in range(len(table.columns))]
    two = any(over != under for over, under in labels)
    boxes: list[Box] = []
    for over, run in groupby(range(len(labels)), key=lambda j: labels[j][0]):
        columns = list(run)
        same = len({labels[j][1] for j in columns}) == 1
        boxes.append(Box(0, columns[0], 2 if two and same else 1, len(columns), over))
        if two and not same:
            boxes += [Box(1, j, text=labels[j][1]) for j in columns]
    header = 2 if two else 1
    above: dict[int, tuple[object, int]] = {}  # column -> the cell above and the index of its box
    for r, record in enumerate(table.records, header):
        if record.kind in ("group", "note"):
            text = " ".join(cell.text for cell in record.cells.values())
            boxes.append(Box(r, 0, 1, len(labels), text))
            above = {}
            continue
        for j in range(len(labels)):
            cell = record.at(j) if record.kind == "row" else record.cells.get(j)
            if cell is None:
                above.pop(j, None)
            elif j in above and above[j][0] is cell:
                index = above[j][1]
                box = boxes[index]
                boxes[index] = Box(box.row, box.column, box.rows + 1, box.columns, box.text)
            else:
                above[j] = (cell, len(boxes))
                boxes.append(Box(r, j, text=cell.text))
    return Sheet(table.title, header, tuple(boxes))


def _label(table: Table, j: int) -> tuple[str, str]:
    """A column's label in the first and in the second header row, the same where it is one cell."""
    column = table.columns[j]
    if column.region is not None:
        return "任务分解", column.region.name
    if column.role in _FUNDS:
        return "资金测算及来源(万元)", _FUNDS[column.role]
    label = column.label or {"programme": "项目名称" if table.kind == "tasks" else "类别"}.get(
        column.role or "", ""
    )
    return label, label


def extracted(path: Path, source: Source) -> Extraction:
    """The tables of a file that says what a catalogued source says; its account must close."""
    context = Context(
        source.doc_id, source.kind, source.year, source.year_end, source.region, source.adcode, source.level,
        source.as_of,
    )  # fmt: skip
    document = read(path)
    found = extract(document, context, furniture=source.furniture)
    assert open_figures(found.ledger, found.unread, document) == []
    return found


def facts(found: Extraction, table: str) -> list[dict]:
    """The rows of a table without what depends on the file, missing values as None."""
    rows = found.tables[table].drop(columns=list(_OF_THE_FILE), errors="ignore")
    if "responsible" in rows:  # people out of several columns stand in the order of the columns
        rows["responsible"] = rows["responsible"].map(
            lambda names: "、".join(sorted(names.split("、"))), na_action="ignore"
        )
    return rows.astype(object).where(rows.notna(), None).to_dict("records")
