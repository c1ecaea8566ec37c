"""This package's readers beside general converters, on the same files: cells right, wrong, CPU seconds, memory.

Run from the repository: ``python benchmarks/readers.py --others PYTHON``, where PYTHON is the interpreter of an
environment with markitdown, pandas, lxml, pdfplumber and camelot-py (a tool that is missing there is left out with
a line). ``--write`` puts the tables into docs/readers.md, ``--pages 2000`` also reads PDFs of up to so many pages.

Every tool runs in a process of its own. A place of the table is *right* if the tool has the printed text there (a
merged cell's at every place that it covers), *blank* if it has nothing there, *wrong* if it has anything else. Spaces
and line breaks do not count, nor do title rows above a table; ``50000.0`` counts as ``50000``.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
TOOLS = {
    "this package": ("html", "docx", "xlsx", "pdf"),
    "markitdown": ("html", "docx", "xlsx", "pdf"),
    "pandas.read_html": ("html",),
    "pdfplumber": ("pdf",),
    "camelot (lattice)": ("pdf",),
    "camelot (stream)": ("pdf",),
}


PLAIN = [
    ["序号", "项目内容", "目标任务", "牵头单位", "完成时限"],
    ["1", "新增停车位", "1.5万个", "市住建局", "11月底"],
    ["2", "新增托位,其中普惠托位占六成以上", "7500个", "市卫健委", "10月底"],
    ["3", "新建绿道", "110公里", "市综合执法局", "11月底"],
    ["4", "打通断头路", "20条以上", "市住建局、市交通局", "9月底"],
    ["5", "新增养老护理员", "1000人", "市民政局", "11月底"],
]
NESTED = """<html><meta charset=utf-8><body><table width=100%><tr><td>首页<td>政务公开</table>
<table width=100%><tr><td>导航</td><td><h1>通知</h1><table border=1><tr><th>项目<th>分解<th>单位
<tr><td rowspan=2>停车位<td>见下<table><tr><td>鹿城<td>4000<tr><td>龙湾<td>1500</table><td>市住建局
<tr><td>共5500<td>市交通局</table></td></tr></table></body></html>"""
NESTED_TABLES = [
    [["项目", "分解", "单位"], ["停车位", "见下", "市住建局"], ["停车位", "共5500", "市交通局"]],
    [["鹿城", "4000"], ["龙湾", "1500"]],
]


def read_with(tool: str, path: Path) -> tuple[list[list[list[str]]], float]:
    """The tables of a file as rows of texts, and the CPU seconds of reading (imports aside)."""
    if tool == "this package":
        from minshi_analysis.reading import docx, html, pdf, read, text, xlsx  # noqa: F401  (imports aside)

        begun = time.process_time()
        document = read(path)
        seconds = time.process_time() - begun
        grids = [block.rows for block in document.blocks if hasattr(block, "rows")]
        return [[[cell.text for cell in row] for row in rows] for rows in grids], seconds
    if tool == "markitdown":
        from markitdown import MarkItDown

        converter = MarkItDown()
        begun = time.process_time()
        text = converter.convert(str(path)).text_content
        return _markdown_tables(text), time.process_time() - begun
    if tool == "pandas.read_html":
        import pandas as pd

        begun = time.process_time()
        frames = pd.read_html(path, header=None, keep_default_na=False)
        seconds = time.process_time() - begun
        return [_frame_rows(frame) for frame in frames], seconds
    if tool == "pdfplumber":
        import pdfplumber

        begun = time.process_time()
        with pdfplumber.open(path) as pdf:
            tables = [table for page in pdf.pages for table in page.extract_tables()]
        return [
            [[cell or "" for cell in row] for row in table] for table in tables
        ], time.process_time() - begun
    import camelot

    flavor = "lattice" if "lattice" in tool else "stream"
    begun = time.process_time()
    found = camelot.read_pdf(str(path), pages="all", flavor=flavor)
    return [table.df.values.tolist() for table in found], time.process_time() - begun


def _frame_rows(frame) -> list[list[str]]:
    rows = frame.astype(object).values.tolist()
    if not all(isinstance(name, int) for name in frame.columns):  # it took header cells for column names
        names = [name if isinstance(name, tuple) else (name,) for name in frame.columns]
        rows = [[str(part) for part in level] for level in zip(*names, strict=True)] + rows
    return [["" if cell is None or cell != cell else str(cell) for cell in row] for row in rows]


def _markdown_tables(text: str) -> list[list[list[str]]]:
    tables: list[list[list[str]]] = []
    inside = False
    for line in text.splitlines():
        if line.strip().startswith("|") and line.strip().endswith("|"):
            cells = [cell.strip() for cell in line.strip()[1:-1].split("|")]
            if not inside:
                tables.append([])
            inside = True
            if not all(re.fullmatch(r":?-{2,}:?", cell) for cell in cells):
                tables[-1].append(cells)
        else:
            inside = False
    return tables


def worker(tool: str, path: Path) -> None:
    """Read one file with one tool and print the outcome as JSON."""
    try:
        tables, seconds = read_with(tool, path)
    except ModuleNotFoundError as error:
        print(json.dumps({"missing": error.name}))
        return
    except Exception as error:  # whatever a tool does on a file is its result
        print(json.dumps({"error": f"{type(error).__name__}: {str(error).splitlines()[0][:80]}"}))
        return
    print(json.dumps({"tables": tables, "seconds": seconds, "megabytes": peak_memory()}))


def peak_memory() -> float:
    """The most memory that this process has held, in MB.

    Not from getrusage, whose figure a child process on Linux takes over from its parent.
    """
    status = Path("/proc/self/status")
    if status.exists():
        return int(re.search(r"VmHWM:\s*(\d+)", status.read_text())[1]) / 1024
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def run(python: str, tool: str, path: Path) -> dict:
    """The outcome of a tool on a file, in a fresh process."""
    command = [python, str(Path(__file__)), "--worker", tool, str(path)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=3600, check=False)
    lines = done.stdout.strip().splitlines()
    return json.loads(lines[-1]) if lines else {"error": done.stderr.strip()[-80:]}


def bare(text: str) -> str:
    """A text without spaces and line breaks, and a whole number without ``.0``."""
    text = re.sub(r"<br\s*/?>|\\n|\s", "", text)
    return text[:-2] if re.fullmatch(r"-?\d+\.0", text) else text


def score(expected: list[list[list[str]]], found: list[list[list[str]]]) -> dict[str, int]:
    """Places right, blank and wrong; each expected table is held against the found one that fits it best."""
    total = {"places": 0, "right": 0, "blank": 0, "wrong": 0}
    left = list(found)
    for table in expected:
        scores = [max((_score_table(table, o) for o in _shifted(other)), key=_right) for other in left]
        best = max(range(len(left)), key=lambda i: scores[i]["right"], default=None)
        one = {"right": 0, "wrong": 0}
        if best is not None and scores[best]["right"]:
            one = scores[best]
            del left[best]
        places = sum(bool(bare(text)) for row in table for text in row)
        total["places"] += places
        total["right"] += one["right"]
        total["wrong"] += one["wrong"]
        total["blank"] += places - one["right"] - one.get("differ", 0)
    return total


def _shifted(table: list[list[str]]) -> list[list[list[str]]]:
    """A found table as it is and without its first rows: a title taken for a row is not held against a tool."""
    return [table[first:] for first in range(min(len(table), 6))] or [table]


def _right(outcome: dict[str, int]) -> int:
    return outcome["right"]


def _score_table(expected: list[list[str]], found: list[list[str]]) -> dict[str, int]:
    right = differ = stray = 0
    for r in range(max(len(expected), len(found))):
        there, here = (found[r] if r < len(found) else []), (expected[r] if r < len(expected) else [])
        for c in range(max(len(there), len(here))):
            want, got = (bare(row[c]) if c < len(row) else "" for row in (here, there))
            right += bool(want) and want == got
            differ += bool(want) and bool(got) and want != got
            stray += bool(got) and not want
    return {"right": right, "differ": differ, "wrong": differ + stray}


def files(folder: Path) -> list[tuple[str, Path, list[list[list[str]]]]]:
    """The files to read, with what stands in them at every place."""
    sys.path.insert(0, str(HERE.parent / "tests"))
    from reading.test_variants import NOTICE
    from variants import writers
    from variants.sheets import Notice, broken, in_traditional, reordered, sheet

    whole = [sheet.expanded() for sheet in NOTICE.sheets]
    pages = [
        part.expanded()
        for sheet in NOTICE.sheets
        for part in broken(sheet, range(sheet.header + 3, sheet.height, 3))
    ]
    other = reordered(in_traditional(NOTICE), 7)
    plain = Notice((), (sheet("任务分解表", 1, PLAIN),))
    (folder / "n.html").write_text(NESTED, encoding="utf-8")
    made = [
        ("HTML, tables inside tables", folder / "n.html", NESTED_TABLES),
        ("HTML, row and column spans", writers.to_html(NOTICE, folder / "a.html"), whole),
        ("HTML in GB18030", writers.to_html(NOTICE, folder / "b.html", "gb18030"), whole),
        ("HTML, other order, traditional", writers.to_html(other, folder / "c.html"), None),
        ("DOCX, merged cells", writers.to_docx(NOTICE, folder / "a.docx"), whole),
        ("XLSX, merged cells, titles", writers.to_xlsx(NOTICE, folder / "a.xlsx"), whole),
        ("PDF, ruled, over pages", writers.to_pdf(NOTICE, folder / "a.pdf", 3, embedded=True), pages),
        ("PDF, font not embedded", writers.to_pdf(NOTICE, folder / "b.pdf", 3), pages),
        ("PDF, rotated", writers.to_pdf(NOTICE, folder / "c.pdf", 50, rotated=True, embedded=True), whole),
        (
            "PDF, no lines, nothing merged",
            writers.to_pdf(plain, folder / "e.pdf", 50, False, embedded=True),
            [PLAIN],
        ),
        (
            "PDF, no lines, merged cells",
            writers.to_pdf(NOTICE, folder / "d.pdf", 50, ruled=False, embedded=True),
            whole,
        ),
    ]
    expected_other = [sheet.expanded() for sheet in other.sheets]
    return [(name, path, expected_other if want is None else want) for name, path, want in made]


def compare(python: str) -> list[str]:
    """One line of a Markdown table for each file and tool."""
    rows = [
        "| file | tool | right | blank | wrong | CPU seconds | peak memory, MB |",
        "| --- | --- | ---: | ---: | ---: | ---: | ---: |",
    ]
    with tempfile.TemporaryDirectory() as folder:
        for name, path, expected in files(Path(folder)):
            for tool, kinds in TOOLS.items():
                if path.suffix[1:] not in kinds:
                    continue
                outcome = run(sys.executable if tool == "this package" else python, tool, path)
                if "missing" in outcome:
                    print(f"{tool}: {outcome['missing']} is not installed in {python}", file=sys.stderr)
                    continue
                if "error" in outcome:
                    rows.append(f"| {name} | {tool} | fails: {outcome['error']} | | | | |")
                    continue
                s = score(expected, outcome["tables"])
                share = f"{s['right']} of {s['places']}"
                rows.append(
                    f"| {name} | {tool} | {share} | {s['blank']} | {s['wrong']} "
                    f"| {outcome['seconds']:.2f} | {outcome['megabytes']:.0f} |"
                )
    return rows


def long_pdf(path: Path, pages: int) -> Path:
    """A PDF with a ruled table of 25 rows and 6 columns on every page, in an embedded font."""
    sys.path.insert(0, str(HERE.parent / "tests"))
    from reportlab.lib.pagesizes import A4
    from reportlab.pdfgen.canvas import Canvas
    from variants.writers import register

    words = [
        "序号",
        "项目内容",
        "资金合计",
        "市级",
        "牵头单位",
        "新增停车位1.5万个:鹿城4000个,瓯海1600个",
        "市住建局",
    ]
    font = register("".join(sorted({*"".join(words), *"0123456789—"})))
    xs = [40, 80, 330, 400, 450, 550]
    canvas = Canvas(str(path), pagesize=A4)
    for page in range(pages):
        canvas.setFont(font, 9)
        for i in range(27):
            canvas.line(xs[0], 780 - 26 * i, xs[-1], 780 - 26 * i)
        for x in xs:
            canvas.line(x, 780, x, 780 - 26 * 26)
        for i in range(26):
            number = page * 25 + i
            texts = (str(number), words[5], str(number * 10), "100", words[6]) if i else words[:5]
            for x, text in zip(xs, texts, strict=False):
                canvas.drawString(x + 4, 780 - 26 * i - 17, text)
        canvas.drawString(290, 30, f"— {page + 1} —")
        canvas.showPage()
    canvas.save()
    return path


def long_files(pages: int) -> list[str]:
    """Lines of a Markdown table: this package on ever longer PDFs and texts."""
    rows = ["| file | size, MB | CPU seconds | peak memory, MB |", "| --- | ---: | ---: | ---: |"]
    with tempfile.TemporaryDirectory() as folder:
        for count in (pages // 4, pages // 2, pages):
            path = long_pdf(Path(folder) / "long.pdf", count)
            rows.append(_long_row(f"PDF, {count:,} pages", path))
        line = "为5000个中小学教室新安装空调及新风系统\t市教育局\t11月底\n"
        for megabytes in (12, 25, 50):
            path = Path(folder) / "long.txt"
            with path.open("w", encoding="utf-8") as file:
                size = number = 0
                while size < megabytes * 1_000_000:
                    size += file.write(f"{number}\t{line}") * 0 + len(f"{number}\t{line}".encode())
                    number += 1
            rows.append(_long_row(f"text, {number:,} rows", path))
    return rows


def _long_row(name: str, path: Path) -> str:
    outcome = run(sys.executable, "this package", path)
    if "error" in outcome:
        return f"| {name} | {path.stat().st_size / 1e6:.1f} | fails: {outcome['error']} | |"
    size = path.stat().st_size / 1e6
    return f"| {name} | {size:.1f} | {outcome['seconds']:.1f} | {outcome['megabytes']:.0f} |"


def main() -> None:
    """Measure, print, and with ``--write`` put the tables between the marks in docs/readers.md."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--others", default=sys.executable, help="interpreter that has the other tools")
    parser.add_argument("--pages", type=int, default=0, help="also read PDFs of up to so many pages")
    parser.add_argument("--write", action="store_true", help="put the tables into docs/readers.md")
    parser.add_argument("--worker", nargs=2, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.worker:
        worker(options.worker[0], Path(options.worker[1]))
        return
    tables = {"comparison": compare(options.others)}
    if options.pages:
        tables["long"] = long_files(options.pages)
    for rows in tables.values():
        print("\n".join(rows), end="\n\n")
    if options.write:
        page = HERE.parent / "docs" / "readers.md"
        text = page.read_text(encoding="utf-8")
        for name, rows in tables.items():
            marks = rf"(<!-- {name} -->\n).*?(<!-- end -->)"
            text = re.sub(marks, lambda m, rows=rows: m[1] + "\n".join(rows) + "\n" + m[2], text, flags=re.S)
        page.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
