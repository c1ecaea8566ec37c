"""Reports on three documents of other places of which a column was not understood: what they say, held against the document.

pingluo-2022-xlsx prints a funder (其中：社会资本) under a head of two words; zhenhai-2021 a vote with three columns of answers;
shishi-2023-progress columns of the year before and of the month, which are known for what they are.
"""

from __future__ import annotations

import csv
import shutil
from pathlib import Path

import pytest

from minshi_analysis import notebook as report
from minshi_analysis.intake.adding import add
from minshi_analysis.notebook.city import said_of
from minshi_analysis.reasons import say
from minshi_analysis.tables.build import build

CORPUS = Path(__file__).parents[1] / "corpus"
DOCS = {
    "pingluo-2022-xlsx": ("平罗县", 2022),
    "zhenhai-2021": ("镇海区", 2021),
    "shishi-2023-progress": ("石狮市", 2023),
}
# What may be said of each, read in its file.
SAID = {
    # Three rows in three programmes; 合计 6230 = 4300 + 1630 + 300; 学前教育 3680; no column of dates.
    "pingluo-2022-xlsx": [
        "没有读出逐项的完成时限，文件中有 2 处没有读懂，是否印有时限不能断言。",
        "测算总资金 6,230 万元，其中上级支持 4,300 万元（69.0%）、县市区财政 1,630 万元（26.2%）、未说明 300 万元（4.8%）。",
    ],
    # Eight projects and how satisfied people were: no targets, no money, but columns that nobody knew.
    "zhenhai-2021": [
        "完成情况报告中没有读出量化目标，文件中有 18 处没有读懂，完成率不知道。",
        "没有读出资金，但有可能是资金的内容没有读懂",
    ],
    # All columns are known: the document prints neither money nor dates, and that may be said.
    "shishi-2023-progress": ["文件没有逐项印完成时限。", "自己的文件没有印资金"],
}
NEVER = {
    "pingluo-2022-xlsx": ["没有逐项印", "没有印资金"],
    "zhenhai-2021": ["没有印资金", "没有逐项印", "0 个超额"],
    "shishi-2023-progress": ["没有读懂", "没有读出"],
}


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    folder = tmp_path_factory.mktemp("places")
    (folder / "project" / "data").mkdir(parents=True)
    for doc in DOCS:
        source = next((CORPUS / doc).glob("document.*"))
        with (CORPUS / doc / "expected" / "meta.csv").open(encoding="utf-8") as file:
            (meta,) = csv.DictReader(file)
        known = {
            name: meta[f"hint_{name}"] for name in ("region", "year", "kind") if meta.get(f"hint_{name}")
        }
        known |= {"year": int(known["year"])} if "year" in known else {}
        file = shutil.copy(source, folder / f"{doc}{source.suffix}")
        add(Path(file), folder / "project", doc_id=doc, yes=True, **known)
    build(folder / "project")
    return folder / "project"


@pytest.mark.parametrize("doc", DOCS)
def test_what_was_not_understood_is_said_and_not_denied(project, monkeypatch, doc):
    monkeypatch.setenv("MINSHI_PROJECT", str(project))
    case = report.city_year(*DOCS[doc])
    said = "\n".join(say(finding, "zh") for finding in said_of(case) if finding)
    assert [words for words in SAID[doc] if words not in said] == [], said
    assert [words for words in NEVER[doc] if words in said] == [], said
    noticed = [kind for kind in ("money", "shares", "results", "deadlines") if report.notice(case, kind)]
    unknown = doc != "shishi-2023-progress"
    assert noticed == (["money", "shares", "results", "deadlines"] if unknown else [])
