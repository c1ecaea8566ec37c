"""Documents of other places against rows made by hand, and the calibration of confidence (see README.md here)."""

from __future__ import annotations

import csv
import functools
from pathlib import Path

import pytest
from closing import open_figures

from minshi_analysis import model
from minshi_analysis.account.extract import EXTRACTED
from minshi_analysis.intake.reader import Reading, read_whole

HERE = Path(__file__).parent
IDS = sorted(path.parent.name for path in HERE.glob("*/expected"))
# Table -> the column of values in the product's table and in the expected rows.
VALUES = {
    "targets": ("value", "value"),
    "outcomes": ("value", "actual_value"),
    "allocations": ("value", "value"),
    "funding": ("amount_wan", "amount_wan"),
    "milestones": ("value", "value"),
    "indicators": ("target", "target"),
    "investments": ("total_yi", "total_yi"),
    "observations": ("value", "value"),
}
MONEY = {"元": 1e-4, "千元": 0.1, "万元": 1.0, "亿元": 1e4}
# Figures that are known to be in no row of their table, told as not read: a span of time as a target, a number with a
# space in it, results of works that no sentence says to be finished.
LOST = {
    ("bazhong-2014", "allocations"): 5,  # 建成4个 under a county: told
    ("bazhong-2014", "targets"): 2,  # 控制在4.3以内 and 建成20个 over the columns of the regions
    ("keqiao-2023-pasted", "outcomes"): 2,  # what stands behind a line's end within a cell
    ("dali-2021", "outcomes"): 6,  # the second and third lines under a heading of a page of news
    (
        "tonglu-2024-duty",
        "milestones",
    ): 7,  # the second figure of a step: 完成筛查5000人,接种1500人, and shares of the works
    ("anshun-2019-again", "outcomes"): 1,  # a part of a result that stands beside its target
    ("xian-2013-words", "targets"): 1,  # 优良天数310天: a length of time
    ("yunnan-2016-radicals", "targets"): 1,  # 办理时限30天: a length of time
    ("dachen-2023-town", "funding"): 3,  # a finished work's 总投资: money whose target is not printed
    ("jiangyin-2023-html", "targets"): 1,
    ("wugong-2024-copy", "targets"): 2,
    ("wugong-2024-copy", "outcomes"): 2,
    ("ningde-2024-pdf", "outcomes"): 2,
    ("puning-2022-q3", "outcomes"): 1,  # 累计助餐5.3万人次 beside the promised 饭堂: no target asks for it
    ("qujing-2023-notice", "outcomes"): 1,  # 每千人口托位数 beside the promised 托位: no target asks for it
    ("hunan-2011", "outcomes"): 2,  # two standards per head behind 分别
    ("jiangbei-2023", "milestones"): 1,  # 主体结构8层以上
    ("pingluo-2022-xlsx", "funding"): 1,  # two funders under one head
    ("shijiazhuang-2014", "outcomes"): 1,  # 截至去年12月底, in a report that was printed a year later
    ("suizhong-2021-html", "targets"): 1,  # a standard from … to …
    ("suizhong-2021-html", "outcomes"): 1,
    ("bayannur-2023-prose", "targets"): 1,  # 新建幼儿园5所,已全部投入使用: read as a result, doubted
    ("wugang-2022-groups", "targets"): 1,  # under 需要说明的问题: set aside with its chapter
    ("wugang-2022-groups", "outcomes"): 1,
    ("xiaoxian-2025", "outcomes"): 1,  # A、B均达到100%: one row for both
}


def rows(doc: str, table: str) -> list[dict[str, str]]:
    path = HERE / doc / "expected" / f"{table}.csv"
    return list(csv.DictReader(path.open(encoding="utf-8"))) if path.is_file() else []


@functools.cache
def reading(doc: str) -> Reading:
    (meta,) = rows(doc, "meta")
    hints = {name: meta.get(f"hint_{name}") or None for name in ("region", "year", "kind")}
    hints["year"] = int(hints["year"]) if hints["year"] else None
    return read_whole(next((HERE / doc).glob("document.*")), **hints)


def printed(value: float, unit: str | None) -> float:
    """A value in 万元 where it is money."""
    return value * MONEY[unit] if unit in MONEY else value


@pytest.mark.parametrize("doc", IDS)
def test_every_figure_that_must_be_there_is(doc):
    found = reading(doc).tables
    for table, (column, expected) in VALUES.items():
        have = [
            (printed(value, unit), region)
            for value, unit, region in zip(
                found[table][column],
                found[table].get("unit", [None] * len(found[table])),
                found[table].get("region", [None] * len(found[table])),
                strict=True,
            )
            if value == value
        ]
        lost = []
        for row in rows(doc, table):
            wanted = [v for v in (row.get(expected) or "").split("|") if v]
            if row["must"] != "must" or not wanted or "" in row[expected].split("|"):
                continue
            unit = (row.get("unit") or "").split("|")[0]
            value = printed(float(wanted[0]), unit)
            hit = next(
                (
                    pair
                    for pair in have
                    if abs(pair[0] - value) <= 1e-6 * max(1.0, abs(value))
                    and (table != "allocations" or pair[1] == row["region"])
                ),
                None,
            )
            if hit is None:
                lost.append((row, value))
            else:
                have.remove(hit)
        assert len(lost) <= LOST.get((doc, table), 0), (table, lost)


@pytest.mark.parametrize("doc", IDS)
def test_what_must_be_no_target_is_none_that_the_reader_is_sure_of(doc):
    found = reading(doc).tables
    sure = found["confidence"].set_index("row_id")["confidence"]
    for row in rows(doc, "targets"):
        if row["must"] != "never":
            continue
        value = printed(float(row["value"]), row["unit"])
        allowed = {
            printed(float(r["value"].split("|")[0]), r["unit"].split("|")[0])
            for r in rows(doc, "targets")
            if r["must"] != "never" and r["value"]
        }
        targets = found["targets"]
        bad = [
            target
            for target in targets.itertuples()
            if target.value == target.value
            and abs(printed(target.value, target.unit) - value) < 1e-6 * max(1.0, abs(value))
            and sure.get(target.task_id, 1.0) >= 0.8
        ]
        assert not bad or value in allowed, (row, bad)


@pytest.mark.parametrize("doc", IDS)
def test_region_year_and_kind(doc):
    (meta,) = rows(doc, "meta")
    (found,) = reading(doc).tables["documents"].to_dict("records")
    for name in ("region", "year", "kind"):
        said = [value for value in meta[name].split("|") if value]
        if said and name == "kind" and "five_year_plan" in said:
            said.append("review")  # a mid-term review speaks of a plan of five years
        assert not said or str(found[name]) in said, name


@pytest.mark.parametrize("doc", IDS)
def test_the_account_closes(doc):
    found = reading(doc)
    assert open_figures(found.ledger, found.unread, found.document) == []


@pytest.mark.parametrize("doc", IDS)
def test_a_build_takes_what_was_read(doc):
    """No word that a document prints may stop the build of all (1/10万 as a unit did)."""
    found = reading(doc).tables
    model.validate(
        {name: found[name][list(model.empty(name).columns)] for name in EXTRACTED if name in found},
        references=False,
    )
