"""The audit of documents of other places: what it accuses them of, read by eye in each, and nothing else."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from minshi_analysis import model
from minshi_analysis.audit import run_checks
from minshi_analysis.intake.reader import read_whole

CORPUS = Path(__file__).parents[1] / "corpus"
IDS = sorted(path.parent.name for path in CORPUS.glob("*/expected"))
# Document -> what of it may be said: (kind of check, the task or row, what is printed).
ACCUSED = {
    "anshun-2019-again": {("status_claimed", "1.5")},  # 此项工作已完成, and 2044 of 1900户 are done
    "hebei-2021-progress": {
        ("rate_claimed", "3.1")
    },  # 占调整后目标的88%, of a target that is printed nowhere
    "jiuquan-145-sheets": {
        ("plan_vs_baseline", "7"),  # 城镇新增就业 2.68万人 in 2020, 〔12.5〕 in five years
        ("plan_vs_baseline", "9"),  # 城镇调查失业率 5.2, and <5.5
        ("plan_vs_baseline", "13"),  # 基本医疗保险参保率 97.8, and 稳定在95以上
        ("plan_vs_baseline", "17"),  # 城镇老旧小区改造 116个 in 2020, 〔268〕 in five years
    },
    "guiping-2021-indicators": {
        ("plan_vs_baseline", "5"),  # 城镇新增就业 0.62万人 in 2020, 〔3〕万人 in five years: 0.6 a year
        ("plan_vs_baseline", "7"),  # 城镇登记失业率 3.1 in 2020, <4.5 in 2025
    },
    "dongtai-145-html": {
        ("plan_vs_baseline", "2"),  # 城镇新增就业 [6.2]万人 in the five years before, [6] in the plan's
        ("plan_vs_baseline", "3"),  # 城镇调查失业率 2.1, and ＜4
    },
    "balinyou-145-pdf": {
        ("plan_vs_baseline", "4"),  # 城镇新增就业 1180人 in 2020, 〔5500〕 in five years
        ("plan_vs_baseline", "10"),  # 优良天数比率 97.8, and ≥97
    },
    "ganzi-145": {("plan_vs_baseline", "5")},  # 基本医疗保险参保率 98.7, and 稳定在98以上
    "bayannur-2023-prose": {("count_vs_table", "确定的12件民生实事")},  # seven are printed
    "qixia-2023-done": {("count_vs_table", "确定的8项民生实事")},  # six are printed
    "wugang-2022-groups": {("count_vs_table", "省、邵阳市下达我市重点民生实事共14项")},  # ten are listed
    "yudu-2022-lines": {
        ("status_claimed", "2.1"),
        ("status_claimed", "4.1"),
    },  # 完成: 1.53 of 1.5万人, 64 of 60个
    "dayu-145-service": {
        ("plan_vs_baseline", "6"),  # 城镇新增就业 3120人 in 2020, [15000] in five years
        ("plan_vs_baseline", "7"),  # 补贴性职业技能培训 4800人次 in 2020, [≥20000] in five years
    },
    "lingtai-145-md": {
        ("plan_vs_baseline", "6"),  # 城镇新增就业 1120人 in 2020, ［5000］ in five years
        ("plan_vs_baseline", "7"),  # 城镇登记失业率 3.2, and <4
        ("plan_vs_baseline", "12"),  # 城镇老旧小区改造 615户 in 2020, ［2600］ in five years
    },
    "zengdu-145-midterm": {("plan_vs_baseline", "1")},  # 城镇新增就业 9800人 in 2020, 〔42000〕 in five years
    "huanren-145": {
        ("plan_vs_baseline", "4"),  # 城镇调查失业率 5.3, and ≤5.5
        ("plan_vs_baseline", "7"),  # 城镇新增就业 2860人 in 2020, 〔13500〕 in five years
    },
    "yongan-2023-xlsx": {("status_claimed", "5.1")},  # 完成, with 102户 of 100; others are 超额完成
    "xiangxiang-midterm": {("plan_vs_baseline", "2")},  # 城镇调查失业率 5.2, and <5.5
    "xiantao-projects": {
        ("project_kind", "2")
    },  # 城区义务教育学校建设: 新建, 2020-2025, in a plan of 2021 to 2025
    "yongqing-projects": {("plan_period", "1")},  # 县人民医院迁建: 2021-2024, 6.3亿 in all, 6亿 in the plan
}


@pytest.mark.parametrize("doc", IDS)
def test_a_document_of_another_place_is_accused_of_what_it_prints(doc):
    with (CORPUS / doc / "expected" / "meta.csv").open(encoding="utf-8") as file:
        (meta,) = csv.DictReader(file)
    hints = {name: meta.get(f"hint_{name}") or None for name in ("region", "year", "kind")}
    hints["year"] = int(hints["year"]) if hints["year"] else None
    found = read_whole(next((CORPUS / doc).glob("document.*")), **hints)
    tables = {name: model.empty(name) for name in model.TABLES} | dict(found.tables)
    doc_id = tables["documents"]["doc_id"].iloc[0]
    checks = run_checks(tables, {doc_id: found.document})
    wrong = checks[checks["verdict"].eq("mismatch")]
    accused = {(row.kind, row.subject.split()[0]) for row in wrong.itertuples()}
    assert accused == ACCUSED.get(doc, set()), wrong[["kind", "subject", "explanation"]].to_dict("records")
