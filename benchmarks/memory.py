"""The size of a document: time and peak memory of `read_document` for texts of 1 to 50 MB and a PDF of many pages.

`python benchmarks/memory.py --megabytes 1 5 20 50 --pages 2000` makes the documents, reads each in a process of its
own and prints a table. Linear means that the seconds a MB (or a page) do not grow with the size. The processor's
seconds are printed beside the clock's, which other work on the machine lengthens.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

TITLE = "鹿城区2025年民生实事项目责任分解表"
HEADER = ("序号", "项目名称", "任务数", "牵头单位", "完成时限")
WIDTHS = (40, 100, 220, 90, 90)
ROWS = 40  # of a page


def rows() -> Iterator[tuple[str, ...]]:
    """A table without end: each row a task with two targets."""
    i = 0
    while True:
        i += 1
        task = f"新增停车位{i % 700 + 1}个以上,建成书房{i % 9 + 1}家"
        yield str(i % 900 + 1), f"“安居{i % 50}”工程", task, "区住建局", "2025年11月"


def make_text(path: Path, megabytes: float) -> None:
    """Tab text of a size, with a page break and the header again behind every page."""
    left = megabytes * 1e6
    table = rows()
    with path.open("w", encoding="utf-8") as file:
        file.write(TITLE + "\n")
        while left > 0:
            page = "\n".join("\t".join(row) for row in (HEADER, *islice(table, ROWS))) + "\n\n"
            left -= len(page.encode())
            file.write(page)


def make_pdf(path: Path, pages: int) -> None:
    """A ruled table over many pages, its header on each of them."""
    from reportlab.lib.pagesizes import A4
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.pdfgen.canvas import Canvas

    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    edges = [28 + sum(WIDTHS[:j]) for j in range(len(WIDTHS) + 1)]
    table = rows()
    canvas = Canvas(str(path), pagesize=A4, invariant=1)
    for page in range(pages):
        canvas.setFont("STSong-Light", 9)
        if page == 0:
            canvas.drawString(edges[0], 810, TITLE)
        lines = [790 - 18 * i for i in range(ROWS + 2)]
        canvas.grid(edges, lines)
        for top, row in zip(lines, (HEADER, *islice(table, ROWS)), strict=False):
            for left, words in zip(edges, row, strict=False):
                canvas.drawString(left + 3, top - 13, words)
        canvas.showPage()
    canvas.save()


def read(path: Path) -> dict[str, float]:
    """Read a document in this process: seconds, the processor's seconds, peak memory (MB), tasks and targets."""
    from minshi_analysis.intake.reader import read_document

    began, busy = time.perf_counter(), time.process_time()
    tables = read_document(path, region="鹿城区")
    return {
        "seconds": time.perf_counter() - began,
        "busy": time.process_time() - busy,
        "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "tasks": len(tables["tasks"]),
        "targets": len(tables["targets"]),
    }


def measured(path: Path) -> dict[str, float]:
    """The same in a process of its own, whose peak is the document's alone."""
    done = subprocess.run(
        [sys.executable, "-W", "ignore", __file__, "--read", str(path)], capture_output=True, text=True
    )
    if done.returncode:
        raise SystemExit(f"{path.name} could not be read: {done.stderr.strip().splitlines()[-1]}")
    return json.loads(done.stdout)


def line(name: str, found: dict[str, float], size: float) -> str:
    each = f"{found['busy'] / size:.3g} | {found['peak']:.0f} MB"
    return f"| {name} | {found['tasks']:,} | {found['seconds']:.0f} | {found['busy']:.0f} | {each} |"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--megabytes", type=float, nargs="*", default=[1, 5, 20, 50])
    parser.add_argument("--pages", type=int, nargs="*", default=[2000])
    parser.add_argument("--read", type=Path, help="read this file and print what it took")
    options = parser.parse_args()
    if options.read:
        print(json.dumps(read(options.read)))
        return
    print("| document | tasks | seconds | processor seconds | processor seconds a MB or page | peak memory |")
    print("| --- | ---: | ---: | ---: | ---: | ---: |")
    with tempfile.TemporaryDirectory(prefix="minshi-memory-") as folder:
        for size in options.megabytes:
            path = Path(folder, f"{size:g}.txt")
            make_text(path, size)
            print(line(f"text of {size:g} MB", measured(path), path.stat().st_size / 1e6), flush=True)
        for pages in options.pages:
            path = Path(folder, f"{pages}.pdf")
            make_pdf(path, pages)
            print(line(f"PDF of {pages:,} pages", measured(path), pages), flush=True)


if __name__ == "__main__":
    main()
