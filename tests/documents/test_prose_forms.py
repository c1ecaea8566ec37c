"""Lists and reports in the manner of many places, each with the rows that a person reads from it.

`prose/<name>.csv` has a row a line: target (value, unit, bound, a word of it), outcome (value, unit, target, rate, status, a
word), alloc (region, value), fund (funder, 万元), task (a word, lead agency, deadline), unread (a printed figure). Targets,
outcomes, shares and money are compared whole: there is no other. The words before a | are alternatives.
"""

from __future__ import annotations

import csv
from pathlib import Path

import docx
import pytest

from minshi_analysis.intake.reader import read_document

FOLDER = Path(__file__).with_name("prose")
NAMES = sorted(path.stem for path in FOLDER.glob("*.csv"))
# What a user says of a document whose own words do not: its kind.
KINDS = {"tibet-none": "plan", "jingmen-two-years": "plan"}
YEARS = {"jingmen-two-years": 2024}
REGIONS = {
    "fuxin-next-line": "210900",
    "tianjin-work-report": "120102",
    "chongqing-report": "500117",
    "yunnan-year": "532300",
}


def text(value):
    return "" if value is None or value != value else str(value)


def number(value):
    return None if text(value) == "" else float(value)


def joined(tables):
    """Rows with the words of their task."""
    tasks = {
        row["task_id"]: text(row["programme"]) + text(row["text"])
        for row in tables["tasks"].to_dict("records")
    }
    targets = {row["target_id"]: row for row in tables["targets"].to_dict("records")}
    return tasks, targets


def expected(name):
    rows = {}
    with (FOLDER / f"{name}.csv").open(encoding="utf-8") as file:
        for kind, *values in csv.reader(file):
            rows.setdefault(kind, []).append(values)
    return rows


def has(words, said):
    return any(word in said for word in words.split("|"))


def compare(tables, rows):
    tasks, targets = joined(tables)
    for kind, got, key in (
        ("target", tables["targets"], lambda r: (number(r["value"]), text(r["unit"]), text(r["bound"]))),
        ("outcome", tables["outcomes"], lambda r: (number(r["value"]), *_beside(r, targets))),
        ("alloc", tables["allocations"], lambda r: (r["region"], r["value"])),
        ("fund", tables["funding"], lambda r: (r["funder"], r["amount_wan"])),
    ):
        found = [
            (key(row), tasks.get(row.get("task_id"), "") + text(row.get("measure")))
            for row in got.to_dict("records")
        ]
        wanted = [_wanted(kind, values) for values in rows.get(kind, [])]
        assert sorted(map(repr, (k for k, _ in found))) == sorted(map(repr, (k for k, _ in wanted))), kind
        for values, word in wanted:
            assert any(k == values and has(word, said) for k, said in found), (values, word, found)
    for word, lead, due in rows.get("task", []):
        own = [r for r in tables["tasks"].to_dict("records") if has(word, tasks[r["task_id"]])]
        assert own, (word, tasks)
        assert any(
            lead == text(r["lead_agency"]).split("、")[0] and due == text(r["deadline"])[:10] for r in own
        ), own
    unread = "\n".join(text(part) for part in tables["unread"]["text"])
    for (figure,) in rows.get("unread", []):
        assert figure in unread, figure


def _beside(row, targets):
    target = targets.get(row["target_id"])
    aim = number(target["value"]) if target is not None else None
    return (
        text(row["unit"]) if number(row["value"]) is not None else "",
        aim,
        number(row["rate_claimed"]),
        text(row["status_claimed"]),
    )


def _wanted(kind, values):
    if kind == "target":
        return (float(values[0]), values[1], values[2]), values[3]
    if kind == "outcome":
        value, unit, aim, rate, status, word = values
        return (number(value), unit, number(aim), number(rate), status), word
    return (values[0], float(values[1])), ""


def known(name):
    """What a user says of a document."""
    said = {"kind": KINDS.get(name), "region": REGIONS.get(name), "year": YEARS.get(name)}
    return {key: value for key, value in said.items() if value is not None}


@pytest.mark.parametrize("name", NAMES)
def test_rows_as_a_person_reads_them(name):
    path = next(p for p in FOLDER.glob(f"{name}.*") if p.suffix != ".csv")
    compare(read_document(path, **known(name)), expected(name))


@pytest.mark.parametrize(
    "name", ["guizhou-letters", "hebei-labels", "jilin-progress", "ningxia-circled", "chongqing-report"]
)
def test_the_same_in_a_word_file(name, tmp_path):
    """The paragraphs are the same, and so are the rows."""
    document = docx.Document()
    for line in (FOLDER / f"{name}.txt").read_text("utf-8").splitlines():
        document.add_paragraph(line)
    path = tmp_path / f"{name}.docx"
    document.save(str(path))
    compare(read_document(path, **known(name)), expected(name))


@pytest.mark.parametrize(
    "name", ["gansu-brackets", "guangxi-blocks", "jiangxi-split", "shandong-lines", "liaoning-scope"]
)
def test_the_same_on_a_page_of_the_web(name, tmp_path):
    lines = (FOLDER / f"{name}.txt").read_text("utf-8").splitlines()
    body = f"<h1>{lines[0]}</h1>" + "".join(f"<p>{line}</p>" for line in lines[1:])
    path = tmp_path / f"{name}.html"
    path.write_text(
        f'<html><head><meta charset="utf-8"><title>{lines[0]}</title></head><body>{body}</body></html>',
        "utf-8",
    )
    compare(read_document(path), expected(name))
