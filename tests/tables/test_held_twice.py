"""A document that a project holds twice is told when the tables are built, and other documents of the same place are not."""

from __future__ import annotations

import hashlib

import pytest

from minshi_analysis.tables import build

PLAN = """苍南县2023年民生实事项目
1.新建幼儿园3所,新增学位900个。(责任单位:县教育局)
2.改造老旧小区12个,加装电梯30台。(责任单位:县住建局)
3.新增停车位1500个。(责任单位:县城管局)
"""
DONE = """苍南县2023年民生实事项目完成情况
1.新建幼儿园3所,已完成3所,完成率100%。
2.改造老旧小区12个,已完成13个,完成率108%。
3.新增停车位1500个,已完成1600个,完成率107%。
"""
SHORT = "苍南县2023年民生实事项目\n1.新建幼儿园3所,新增学位900个。\n"
OTHER = PLAN.replace("900", "800").replace("1500", "1700")


def page(text: str) -> str:
    lines = "".join(f"<p>{line}</p>" for line in text.splitlines())
    return f"<html><head><meta charset='utf-8'></head><body>{lines}</body></html>"


def said(root, *documents) -> list[str]:
    """What a build of these documents tells: each a file's name, its text and its kind, with more of its description."""
    raw = root / "data" / "raw"
    raw.mkdir(parents=True)
    (root / "data" / "reference").mkdir()
    (root / "data" / "reference" / "sources.csv").write_text(
        "source_id,title,publisher,date,url,how_verified\n", "utf-8"
    )
    for name, text, kind, *more in documents:
        (raw / name).write_text(text, "utf-8")
        known = {
            "file": name,
            "title": "苍南县民生实事",
            "region": "苍南县",
            "adcode": "330327",
            "level": "county",
        }
        known |= {"sha256": hashlib.sha256((raw / name).read_bytes()).hexdigest(), "kind": kind}
        lines = [f'{key} = "{value}"' for key, value in known.items()] + ["year = 2023", *more]
        (raw / name).with_suffix(".toml").write_text("\n".join(lines) + "\n", "utf-8")
    told: list[str] = []
    build.make_tables(root, told.append)
    return [line for line in told if "the same figures" in line]


@pytest.mark.parametrize(
    ("one", "other", "kind", "count"),
    [
        (("a.txt", PLAN), ("b.html", page(PLAN)), "plan", "5 of 5"),
        (("a.txt", PLAN), ("b.txt", PLAN + "\n苍南县人民政府办公室\n"), "plan", "5 of 5"),
        (("a.html", page(DONE)), ("b.md", DONE), "completion", "6 of 6"),
    ],
)
def test_a_notice_in_two_formats_is_told(tmp_path, one, other, kind, count):
    (line,) = said(tmp_path, (*one, kind), (*other, kind))
    assert line.startswith(f"a and b are both 苍南县 2023 {kind} and print the same figures ({count}): ")


@pytest.mark.parametrize(
    "documents",
    [
        [("a.txt", PLAN, "plan"), ("b.txt", OTHER, "plan")],
        [("a.txt", SHORT, "plan"), ("b.txt", SHORT, "plan")],
        [("a.txt", PLAN, "plan", 'stage = "candidate"'), ("b.txt", PLAN, "plan", 'stage = "adopted"')],
        [
            ("a.txt", DONE, "progress", "as_of = 2023-06-30"),
            ("b.txt", DONE, "progress", "as_of = 2023-09-30"),
        ],
        [("a.txt", DONE, "progress"), ("b.txt", DONE, "completion")],
    ],
    ids=[
        "three figures of five",
        "two figures",
        "before the vote and after",
        "two days",
        "progress and completion",
    ],
)
def test_other_documents_of_the_same_place_are_not(tmp_path, documents):
    assert said(tmp_path, *documents) == []
