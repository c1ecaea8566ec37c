"""The rules of the audit on made-up statements: bounds, parts, rates, names, and words."""

from __future__ import annotations

import pandas as pd
import pytest

from minshi_analysis import model
from minshi_analysis.audit import run_checks
from minshi_analysis.audit.finding import Finding, figure, weigh
from minshi_analysis.audit.parts import itemised
from minshi_analysis.audit.quoting import figures_in, mended, quote, stands
from minshi_analysis.audit.weighing import weighed
from minshi_analysis.audit.wording import clauses, likeness
from minshi_analysis.reasons import worded

DOC = "somewhere-2023-completion"


@pytest.mark.parametrize(
    "stated, found, bound, verdict",
    [
        (20, 24, "at_least", "ok"),
        (20, 19, "at_least", "mismatch"),
        (20, 21, "more_than", "ok"),
        (20, 18, "at_most", "ok"),
        (20, 21, "at_most", "mismatch"),
        (100, 103, "approx", "ok"),
        (100, 120, "approx", "mismatch"),
        (0.3, 0.1 + 0.2, "exact", "ok"),
        (65, 77, "exact", "mismatch"),
        (5, 6, None, "mismatch"),
    ],
)
def test_a_bound_is_respected(stated, found, bound, verdict):
    assert weigh(stated, found, bound)[0] == verdict


def test_an_explanation_says_which_word_explains():
    assert "以上" in worded([weigh(20, 24, "at_least")[1]])
    assert "以内" in worded([weigh(20, 18, "at_most")[1]])
    assert weigh(20, 20, "at_least")[1] is None


def test_repeated_ids_are_told_apart():
    twice = [Finding(DOC, "count_vs_table", "1.1", "甲", "ok")] * 2
    assert weighed([twice])["check_id"].tolist() == [
        f"{DOC}/count_vs_table/1.1",
        f"{DOC}/count_vs_table/1.1(2)",
    ]


def test_figures_are_written_as_a_reader_writes_them():
    assert [figure(x) for x in (1e9, 0.1 + 0.2, -13.0, 10.793)] == ["1000000000", "0.3", "-13", "10.793"]


@pytest.mark.parametrize(
    "text, whole, parts",
    [
        ("新增托位1140个,其中普惠托位685个", 1140, [685]),
        ("组建教共体81对(14对跨地区教共体、67对市域内教共体)", 81, [14, 67]),
        ("总建筑面积900平方米,其中一期500平方米,包括甲300平方米、乙200平方米;二期400平方米", 900, [500, 400]),
        ("共300套:东区100套,西区200套", 300, [100, 200]),
    ],
)
def test_what_a_text_breaks_down(text, whole, parts):
    first = itemised(text)[0]
    assert first.whole.value == whole
    assert [p.value for p in first.parts] == parts


def test_other_units_and_rates_are_no_parts():
    assert itemised("新增托位1140个,其中示范机构3家") == []
    for lines in (
        "有9个指标超额完成,即:",
        "5个事项已办结(",
        "全市9件实事提前完成,其中",
        "12个任务有序推进,包括",
    ):
        assert (
            itemised(f"{lines}新建幼儿园14个,改造站点30个)。") == []
        )  # what the lines count is no part of so many lines
    assert itemised("毕业生留温率达到42%以上,其中高职院校留温率达到60%以上") == []


def test_clauses_of_an_enumeration_are_apart():
    found = clauses("新增绿道110公里,提升绿道50公里;为70个居民小区实施二次供水改造")
    assert [c.words for c in found] == ["新增绿道", "提升绿道", "为居民小区实施二次供水改造"]


def test_likeness_ignores_order_and_brackets_and_not_verbs():
    assert likeness("护理型床位占养老机构床位比例", "养老机构护理型床位占比") > 0.8
    assert likeness("在公共场所新增AED(自动体外除颤仪)", "在公共场所新增AED(除颤仪)") == 1
    assert likeness("新增绿道", "提升绿道") < 0.6


def test_a_figure_stands_only_with_its_scale():
    assert stands(15000, "1.5 万个")
    assert not stands(1.5, "1.5 万个")
    assert stands(20000, "2亿元")
    assert stands(1_450_000, "失业保险参保人数（万人）\n\t144.55\n\t145")
    assert not stands(7, "17 个")
    assert stands(50, "任務過半")
    assert 1234567.0 in figures_in("1,234,567元")


def test_a_correction_is_read_where_it_applies():
    patches = [{"source_start": 2, "source_end": 4, "corrected": "XYZ"}]
    assert mended("abcdef", patches, 0, 6) == "abXYZef"
    assert mended("abcdef", patches, 3, 4) == "XYZ"
    assert mended("abcdef", patches, 4, 6) == "ef"


def test_a_long_line_is_cut_around_its_figure():
    found = quote("甲" * 100 + "5个" + "乙" * 100, 100, 102)
    assert found.line == 1
    assert found.text.startswith("…") and found.text.endswith("…") and "»5个«" in found.text
    assert len(found.text) < 110


def _report(result: str, value: float, status: str, rate: float | None = None) -> pd.DataFrame:
    """The checks of a report with one task: 建书房8家, and this result."""
    where = {"doc_id": DOC, "source_start": 0, "source_end": 1, "patched": False}
    rows = {
        "documents": [
            {
                "doc_id": DOC, "title": "x", "region": "乐清市", "adcode": "330382", "level": "county", "year": 2023,
                "kind": "completion", "file": "x.txt", "sha256": "0" * 64,
            }
        ],
        "tasks": [{"task_id": f"{DOC}/1.1", "level": "county", "text": "建成城市书房8家", **where}],
        "targets": [
            {
                "target_id": f"{DOC}/1.1#1", "task_id": f"{DOC}/1.1", "measure": "城市书房", "value": 8, "unit": "家",
                "bound": "exact", **where,
            }
        ],
        "outcomes": [
            {
                "task_id": f"{DOC}/1.1", "target_id": f"{DOC}/1.1#1", "measure": "城市书房", "value": value,
                "unit": "家", "bound": "exact", "status_claimed": status, "rate_claimed": rate, "text": result, **where,
            }
        ],
    }  # fmt: skip
    tables = {name: model.empty(name) for name in model.TABLES}
    tables |= {name: model.conform(name, pd.DataFrame(found)) for name, found in rows.items()}
    return run_checks(tables).set_index("kind")


@pytest.mark.parametrize(
    "value, status, verdict",
    [
        (8, "met", "ok"),
        (9, "over", "ok"),
        (9, "met", "mismatch"),
        (8, "over", "mismatch"),
        (7, "met", "mismatch"),
        (7, "behind", "ok"),
    ],
)
def test_a_status_is_held_against_the_numbers(value, status, verdict):
    checks = _report(f"建成城市书房{value}家。", value, status)
    assert checks.loc["status_claimed", "verdict"] == verdict


@pytest.mark.parametrize(
    "rate, verdict", [(112.5, "ok"), (113, "ok"), (112, "ok"), (111, "mismatch"), (150, "mismatch")]
)
def test_a_rate_is_held_at_its_printed_digits(rate, verdict):
    checks = _report(f"建成城市书房9家,完成率{rate}%。", 9, "over", rate)
    assert checks.loc["rate_claimed", "verdict"] == verdict


def test_a_rate_that_fits_another_target_names_it():
    checks = _report("建成城市书房9家,完成率150%。", 9, "over", 150)
    assert "fits only a target of 6," in checks.loc["rate_claimed", "explanation"]


def test_progress_of_works_is_no_share_of_the_promise():
    checks = _report("建成城市书房2家,其余当前进度40%。", 2, "in_progress", 40)
    assert checks.loc["rate_claimed", "verdict"] == "cannot_check"


def test_the_share_of_one_region_is_no_split_of_the_whole():
    """A district's own list prints the city's 4400 and its own 1200: nothing is missing from a sum that nobody made."""
    target = {
        "doc_id": DOC,
        "target_id": f"{DOC}/1#1",
        "task_id": f"{DOC}/1",
        "measure": "再就业",
        "value": 4400.0,
        "unit": "人",
    }
    share = {"doc_id": DOC, "target_id": f"{DOC}/1#1", "region": "东坡区", "value": 1200.0, "unit": "人"}
    tables = {name: model.empty(name) for name in model.TABLES} | {
        "tasks": model.conform(
            "tasks", pd.DataFrame([{"doc_id": DOC, "task_id": f"{DOC}/1", "text": "再就业4400人"}])
        ),
        "targets": model.conform("targets", pd.DataFrame([target])),
        "allocations": model.conform("allocations", pd.DataFrame([share])),
    }
    assert run_checks(tables).set_index("kind").loc["allocation_sum", "verdict"] == "cannot_check"
    other = share | {"region": "彭山区", "value": 900.0}
    both = tables | {"allocations": model.conform("allocations", pd.DataFrame([share, other]))}
    assert run_checks(both).set_index("kind").loc["allocation_sum", "verdict"] == "mismatch"


def test_an_increase_is_no_lenient_target():
    """人均预期寿命 77.93, 〔1〕 more by 2025: 78.93, and no fall to 1."""
    row = {
        "doc_id": DOC, "indicator_id": f"{DOC}/indicator-7", "indicator_no": "7", "name": "人均预期寿命", "baseline": 77.93, "target": 1.0,
        "baseline_year": 2020, "target_year": 2025, "form": "increase", "baseline_form": "level", "cumulative": True, "bound": "exact",
    }  # fmt: skip
    tables = {name: model.empty(name) for name in model.TABLES}
    tables["indicators"] = model.conform("indicators", pd.DataFrame([row]))
    assert run_checks(tables)["verdict"].tolist() == ["ok"]


def _plan(rows: dict[str, list[dict]]) -> pd.DataFrame:
    """The checks of a plan with the task 供热管网改造18公里 and these rows beside it."""
    task = {"doc_id": DOC, "task_id": f"{DOC}/1", "text": "供热管网改造18公里"}
    target = task | {"target_id": f"{DOC}/1#1", "measure": "供热管网改造", "value": 18.0, "unit": "公里"}
    made = {"tasks": [task | {"deadline": rows.pop("deadline", None)}], "targets": [target], **rows}
    tables = {name: model.empty(name) for name in model.TABLES}
    for name, of in made.items():
        kept = [{k: v for k, v in row.items() if k in model.TABLES[name].names} for row in of]
        tables[name] = model.conform(name, pd.DataFrame(kept))
    return run_checks(tables).set_index("kind")


def _steps(*values: float, kind: str = "quantity", ends: str = "") -> list[dict]:
    dues = ["2025-03-31", "2025-06-30", "2025-09-30", "2025-12-31"]
    row = {"doc_id": DOC, "task_id": f"{DOC}/1", "target_id": f"{DOC}/1#1", "kind": kind}
    unit = "%" if kind == "percent" else "公里"
    return [
        row | {"value": value, "unit": unit, "due": due, "text": f"{value:g}{unit}{ends}"}
        for value, due in zip(values, dues, strict=False)
    ]


@pytest.mark.parametrize(
    "steps, deadline, verdict",
    [
        (_steps(2, 6, 14), None, "cannot_check"),  # the fourth quarter has no column: the target says it
        (_steps(2, 6, 14), "2025-12-31", "cannot_check"),
        (_steps(20, 60, 80, kind="percent"), None, "cannot_check"),
        (_steps(2, 6, 14), "2025-09-30", "mismatch"),  # the whole is due with the last of them
        (_steps(2, 6, 14, 16), None, "mismatch"),
        (_steps(20, 60, 80, 90, kind="percent"), None, "mismatch"),
        (_steps(2, 6, 14, 18), None, "ok"),
        (_steps(2, 6, 20), None, "mismatch"),
        (_steps(2, 14, 6), None, "mismatch"),
    ],
)
def test_milestones_that_end_before_the_deadline_leave_the_rest_to_it(steps, deadline, verdict):
    checks = _plan({"milestones": steps, "deadline": deadline})
    assert verdict in set(checks.loc[["milestone"], "verdict"])
    assert "mismatch" not in set(checks.loc[["milestone"], "verdict"]) - {verdict}


@pytest.mark.parametrize(
    "named, share, verdict",
    [
        (3, 2.0, "cannot_check"),
        (4, 2.0, "mismatch"),
        (3, 6.0, "ok"),
        (3, 7.0, "mismatch"),
        (7, 2.0, "mismatch"),
    ],
)
def test_a_split_over_few_of_the_regions_is_none_of_the_whole(named, share, verdict):
    """The other target of the document is divided among seven counties; of this one under half have a figure."""
    names = ["东坡区", "彭山区", "仁寿县", "洪雅县", "丹棱县", "青神县", "天府新区"]
    row = {"doc_id": DOC, "value": share, "unit": "公里"}
    one = [row | {"target_id": f"{DOC}/1#1", "region": name} for name in names[:named]]
    other = [row | {"target_id": f"{DOC}/1#2", "region": name} for name in names]
    second = {"doc_id": DOC, "target_id": f"{DOC}/1#2", "task_id": f"{DOC}/1", "measure": "道路"}
    first = second | {"target_id": f"{DOC}/1#1", "measure": "供热管网改造"}
    units = {"unit": "公里"}
    targets = [first | units | {"value": 18.0}, second | units | {"value": 7 * share}]
    checks = _plan({"targets": targets, "allocations": one + other})
    found = checks.loc[["allocation_sum"]].set_index("check_id")["verdict"]
    assert found[f"{DOC}/allocation_sum/1#1"] == verdict
