"""Every row of a file without plain text says the cell that its figure is printed in."""

from __future__ import annotations

import pandas as pd
import pytest
from variants import writers
from variants.sheets import Notice, sheet

from minshi_analysis.audit.quoting import stands
from minshi_analysis.intake.reader import read_whole
from minshi_analysis.reading.corrections import places

FORMS = {
    "html": writers.to_html,
    "docx": writers.to_docx,
    "xlsx": writers.to_xlsx,
    "pdf": writers.to_pdf,
}
FUNDS = sheet(
    "2024年汉中市民生实事项目计划表",
    2,
    [
        ["序号", "项目名称", "目标任务", "资金来源(万元)", "<", "牵头单位"],
        ["^", "^", "^", "市级", "县级", "^"],
        ["1", "停车位", "新增停车位1500个", "300", "20", "市住建局"],
        ["2", "公园", "建成公园4个，另有7处", "^", "^", "市城管局"],
    ],
)
SPLIT = sheet(
    "2024年汉中市民生实事任务分解表",
    1,
    [
        ["序号", "项目名称", "汉台区", "南郑区", "洋县"],
        ["1", "新建幼儿园(所)", "3", "2", "1"],
        ["2", "改造农村公路(公里)", "30", "21", "45"],
    ],
)
NUMBERS = {"targets": "value", "allocations": "value", "funding": "amount_wan"}


@pytest.mark.parametrize("suffix", FORMS)
@pytest.mark.parametrize("table", [FUNDS, SPLIT], ids=["funds", "split"])
def test_every_row_says_its_cell_and_its_figure_stands_there(tmp_path, suffix, table):
    file = FORMS[suffix](Notice((), (table,)), tmp_path / f"n.{suffix}")
    reading = read_whole(file, region="汉中市", year=2024, kind="plan")
    known = places(reading.document)
    told = {name: rows for name, rows in reading.tables.items() if "source_ref" in rows and len(rows)}
    assert len(told["tasks"]) == 2 and len(told) >= 3
    for name, rows in told.items():
        for row in rows.to_dict("records"):
            assert row["source_ref"] in known, f"{name}: {row}"
            value = row.get(NUMBERS.get(name, ""))
            if value is not None and not pd.isna(value):
                assert stands(value, known[row["source_ref"]][0].text), f"{name}: {row}"
    if table is FUNDS:
        assert len(told["funding_tasks"]) == 2 and len(told["funding"]) == 2
    else:
        assert sorted(told["allocations"]["value"]) == [1, 2, 3, 21, 30, 45]
        assert len(told["targets"]) == 2 and told["targets"]["value"].isna().all()


@pytest.mark.parametrize("suffix", ["html", "docx", "pdf"])
def test_a_result_on_a_line_of_its_own_says_that_line(tmp_path, suffix):
    """An item's figures stand in the lines below its name, and each row says its own."""
    lines = (
        "洋县2024年民生实事完成情况",
        "1.停车位建设",
        "目标任务:新增停车位1500个。",
        "完成情况:已新增停车位1620个。",
    )
    file = FORMS[suffix](Notice(lines, ()), tmp_path / f"n.{suffix}")
    reading = read_whole(file, region="洋县", year=2024, kind="completion")
    known = places(reading.document)
    (target,) = reading.tables["targets"].to_dict("records")
    (result,) = reading.tables["outcomes"].to_dict("records")
    assert (target["value"], known[target["source_ref"]][0].text) == (1500, lines[2])
    assert (result["value"], known[result["source_ref"]][0].text) == (1620, lines[3])
