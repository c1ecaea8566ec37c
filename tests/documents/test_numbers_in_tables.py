"""What a task's words print beside the promise is no target: the year before, what there is, the old value."""

import pytest

from minshi_analysis import read_document

TABLE = """# 平顺县2024年民生实事项目责任分解表

| 序号 | 项目名称 | 目标任务 | 牵头单位 |
|---|---|---|---|
| 1 | 停车位 | 2023年新增停车位700个,2024年新增停车位800个 | 县住建局 |
| 2 | 就业 | 上年完成2.1万人,今年新增就业2.3万人 | 县人社局 |
| 3 | 养老 | 现有床位3000张,新增床位500张,补贴由每月180元提高到200元 | 县民政局 |
| 4 | 幼托 | 新增托位3-5个,总投资1亿5千余万元 | 县卫健局 |
"""


@pytest.fixture(scope="module")
def read(tmp_path_factory):
    path = tmp_path_factory.mktemp("numbers") / "plan.md"
    path.write_text(TABLE, encoding="utf-8")
    return read_document(path)


def test_the_promises_are_the_new_figures(read):
    rows = read["targets"]
    told = list(zip(rows["value"], rows["unit"], rows["bound"], strict=True))
    assert told == [
        (800, "个", "exact"),
        (23000, "人", "exact"),
        (500, "张", "exact"),
        (200, "元/月", "exact"),
        (3, "个", "range"),
    ]
    assert rows["upper"].dropna().tolist() == [5]


def test_what_a_work_costs_is_money(read):
    assert read["funding"][["funder", "amount_wan"]].to_numpy().tolist() == [["total", 15000]]


def test_what_is_no_promise_is_told(read):
    said = " ".join(read["unread"]["text"])
    assert all(figure in said for figure in ("700个", "2.1万人", "3000张", "180元"))
