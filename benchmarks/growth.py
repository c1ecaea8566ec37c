"""The growth of each reader: the processor's seconds and the memory of `read` for documents of 1 to 16 times a size.

`python benchmarks/growth.py` makes the documents, reads each in a process of its own and prints a table. The last columns
say how many times the seconds of the smallest the largest takes, beyond what the process takes for nothing: 16 is linear.
`--extract` measures `read_document` instead.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable
from itertools import islice
from pathlib import Path

from memory import HEADER, TITLE, make_pdf, rows

TIMES = (1, 2, 4, 8, 16)
SENTENCE = "新增停车位{i}个,建成书房{i}家,改造老旧小区{i}个,资助困难学生{i}人。"


def table(count: int) -> list[tuple[str, ...]]:
    """A head and so many rows."""
    return [HEADER, *islice(rows(), count)]


def pipes(path: Path, count: int) -> None:
    path.write_text(TITLE + "\n" + "\n".join("|" + "|".join(row) + "|" for row in table(count)), "utf-8")


def tabs(path: Path, count: int) -> None:
    path.write_text(TITLE + "\n" + "\n".join("\t".join(row) for row in table(count)), "utf-8")


def numbered(path: Path, count: int) -> None:
    path.write_text(TITLE + "\n" + "\n".join(f"{i}.{SENTENCE.format(i=i)}" for i in range(1, count)), "utf-8")


def marked(path: Path, count: int) -> None:
    lines = (f"{i}.~~新增1个~~{SENTENCE.format(i=f'**{i}**')}<sup>1</sup>" for i in range(1, count))
    path.write_text(TITLE + "\n" + "\n".join(lines), "utf-8")


def one_line(path: Path, count: int) -> None:
    path.write_text(TITLE + "\n" + "".join(SENTENCE.format(i=i) for i in range(count)), "utf-8")


def page(path: Path, body: str, style: str = "") -> None:
    path.write_text(f"<html><meta charset=utf-8><style>{style}</style><h1>{TITLE}</h1>{body}</html>", "utf-8")


def html_table(path: Path, count: int) -> None:
    lines = ("<tr><td>" + "<td style='color:#333;font-size:14px'>".join(row) for row in table(count))
    page(
        path, "<table>" + "".join(lines) + "</table>", "td{color:#333}.x td{display:none}tr:hover{color:red}"
    )


def html_spans(path: Path, count: int) -> None:
    lines = (f"<tr><td rowspan={count}>1<td rowspan=2>{i}<td>新增{i}个" for i in range(count))
    page(path, "<table>" + "".join(lines) + "</table>")


def html_prose(path: Path, count: int) -> None:
    page(path, "".join(f"<p>{SENTENCE.format(i=i)}<s>1</s></p>" for i in range(count)))


_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def word(path: Path, body: str) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr("word/document.xml", f"<w:document {_W}><w:body>{body}</w:body></w:document>")


def run(text: str) -> str:
    return f'<w:p><w:r><w:rPr><w:sz w:val="28"/></w:rPr><w:t>{text}</w:t></w:r></w:p>'


def word_table(path: Path, count: int) -> None:
    lines = ("".join(f"<w:tc>{run(cell)}</w:tc>" for cell in row) for row in table(count))
    word(path, run(TITLE) + "<w:tbl>" + "".join(f"<w:tr>{line}</w:tr>" for line in lines) + "</w:tbl>")


def word_merged(path: Path, count: int) -> None:
    merge = '<w:tcPr><w:vMerge w:val="{}"/></w:tcPr>'
    lines = (
        f"<w:tr><w:tc>{merge.format('continue' if i % 3 else 'restart')}{run(f'第{i}项')}</w:tc><w:tc>{run(f'新增{i}个')}</w:tc></w:tr>"
        for i in range(count)
    )
    word(path, run(TITLE) + "<w:tbl>" + "".join(lines) + "</w:tbl>")


def word_prose(path: Path, count: int) -> None:
    word(path, "".join(run(SENTENCE.format(i=i)) for i in range(count)))


def sheet_rows(path: Path, count: int) -> None:
    _sheet(path, table(count))


def sheet_columns(path: Path, count: int) -> None:
    _sheet(path, [[f"新增{i}个" for i in range(count)] for _ in range(4)])


def _sheet(path: Path, lines: list) -> None:
    import openpyxl

    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet()
    for line in lines:
        sheet.append(line)
    book.save(path)


def pdf_prose(path: Path, count: int) -> None:
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.pdfgen.canvas import Canvas

    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    canvas = Canvas(str(path), invariant=1)
    for number in range(count):
        if number % 40 == 0:
            canvas.showPage()
            canvas.setFont("STSong-Light", 9)
        canvas.drawString(60, 800 - 18 * (number % 40), SENTENCE.format(i=number))
    canvas.save()


def pdf_one_page(path: Path, count: int) -> None:
    """Shaded cells on one page, as many as it holds and more."""
    from reportlab.pdfgen.canvas import Canvas

    canvas = Canvas(str(path), pagesize=(900, 20 * count + 100), invariant=1)
    for number in range(count):
        for column in range(6):
            left, low = 30 + 130 * column, 30 + 20 * number
            canvas.setFillGray(0.85)
            canvas.rect(left, low, 130, 20, stroke=1, fill=1)
            canvas.setFillGray(0)
            canvas.drawString(left + 4, low + 6, f"road {number} km")
    canvas.save()


MAKERS: dict[str, tuple[str, int, Callable[[Path, int], None]]] = {
    "text, rows with pipes": ("txt", 4000, pipes),
    "text, rows with tabs": ("txt", 4000, tabs),
    "text, numbered lines": ("txt", 2000, numbered),
    "text, one line": ("txt", 2000, one_line),
    "Markdown, marks": ("md", 2000, marked),
    "HTML, a table": ("html", 500, html_table),
    "HTML, row spans": ("html", 500, html_spans),
    "HTML, paragraphs": ("html", 1000, html_prose),
    "DOCX, a table": ("docx", 500, word_table),
    "DOCX, merged cells": ("docx", 1000, word_merged),
    "DOCX, paragraphs": ("docx", 1000, word_prose),
    "XLSX, rows": ("xlsx", 500, sheet_rows),
    "XLSX, columns": ("xlsx", 100, sheet_columns),
    "PDF, ruled pages": ("pdf", 3, make_pdf),
    "PDF, paragraphs": ("pdf", 200, pdf_prose),
    "PDF, one shaded page": ("pdf", 20, pdf_one_page),
}


def measure(path: Path, extract: bool) -> None:
    """In a process of its own: read and print the seconds and the memory beyond the libraries."""
    from minshi_analysis.intake.reader import read_document
    from minshi_analysis.reading import read

    suffix = path.suffix
    small = path.with_name(f"warm{suffix}")  # imports, and what is made once
    read(small)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    began = time.process_time()
    if extract:
        read_document(path, region="鹿城区", year=2025, kind="plan")
    else:
        read(path)
    used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    print(json.dumps({"seconds": time.process_time() - began, "memory": used / 1024}))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", default="", help="makers whose name begins so")
    parser.add_argument("--extract", action="store_true")
    parser.add_argument("--measure", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.measure:
        measure(options.measure, options.extract)
        return
    print(
        "| document | "
        + " | ".join(f"{n} ×" for n in TIMES)
        + " | seconds, last to first | MB, first | MB, last |"
    )
    print("| --- |" + " ---: |" * (len(TIMES) + 3))
    for name, (suffix, size, make) in MAKERS.items():
        if not name.startswith(options.only):
            continue
        found = []
        with tempfile.TemporaryDirectory() as folder:
            make(Path(folder, f"warm.{suffix}"), 2)
            for times in TIMES:
                path = Path(folder, f"a.{suffix}")
                make(path, size * times)
                command = [sys.executable, __file__, "--measure", str(path)] + ["--extract"] * options.extract
                found.append(json.loads(subprocess.run(command, capture_output=True, check=True).stdout))
        seconds = [each["seconds"] for each in found]
        print(
            f"| {name} | "
            + " | ".join(f"{each:.2f}" for each in seconds)
            + f" | {seconds[-1] / seconds[0]:.1f} | {found[0]['memory']:.0f} | {found[-1]['memory']:.0f} |",
            flush=True,
        )


if __name__ == "__main__":
    main()
