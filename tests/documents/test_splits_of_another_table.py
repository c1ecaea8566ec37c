"""A list of tasks and, in another table or sheet, what each region does of them, in other words or in numbers only."""

from __future__ import annotations

import pytest
from variants import writers
from variants.sheets import Notice, sheet

from minshi_analysis.intake.reader import read_document

FORMS = {
    "html": (writers.to_html, ".html"),
    "docx": (writers.to_docx, ".docx"),
    "xlsx": (writers.to_xlsx, ".xlsx"),
    "pipes": (writers.to_pipes, ".txt"),
}
LIST = sheet(
    "济南市2024年民生实事项目清单",
    1,
    [
        ["序号", "项目名称", "目标任务", "责任单位"],
        ["1", "普惠托育", "新增托位1000个", "市卫生健康委"],
        ["2", "老旧小区改造", "改造老旧小区2900户", "市住房城乡建设局"],
        ["3", "健康惠民", "为5000名适龄妇女免费“两癌”检查", "市卫生健康委"],
    ],
)
SHARES = {"1": (300, 250, 450), "2": (1200, 900, 800), "3": (2000, 1500, 1500)}
PLACES = ("历下区", "市中区", "槐荫区")
SPLITS = {
    "named as the items": [
        ["序号", "项目名称", "单位", "总任务", *PLACES],
        ["1", "普惠托育", "个", "1000", "300", "250", "450"],
        ["2", "老旧小区改造", "户", "2900", "1200", "900", "800"],
        ["3", "健康惠民", "人", "5000", "2000", "1500", "1500"],
    ],
    "with the same numbers": [
        ["项目序号", "项目", *PLACES, "合计"],
        ["1", "托位(个)", "300", "250", "450", "1000"],
        ["2", "改造户数", "1200", "900", "800", "2900"],
        ["3", "免费检查人数", "2000", "1500", "1500", "5000"],
    ],
    "a row for each county": [
        ["县区", "托位(个)", "老旧小区改造(户)", "妇女两癌检查(人)"],
        ["历下区", "300", "1200", "2000"],
        ["市中区", "250", "900", "1500"],
        ["槐荫区", "450", "800", "1500"],
    ],
    "a row for each county of each task": [
        ["序号", "项目名称", "县区", "任务数", "单位"],
        ["1", "普惠托育", "历下区", "300", "个"],
        ["1", "普惠托育", "市中区", "250", "个"],
        ["1", "普惠托育", "槐荫区", "450", "个"],
        ["2", "老旧小区改造", "历下区", "1200", "户"],
        ["2", "老旧小区改造", "市中区", "900", "户"],
        ["2", "老旧小区改造", "槐荫区", "800", "户"],
        ["3", "健康惠民", "历下区", "2000", "人"],
        ["3", "健康惠民", "市中区", "1500", "人"],
        ["3", "健康惠民", "槐荫区", "1500", "人"],
    ],
    "in words, county by county": [
        ["县区", "序号", "项目名称", "目标任务"],
        ["历下区", "1", "普惠托育", "新增托位300个"],
        ["^", "2", "老旧小区改造", "改造1200户"],
        ["^", "3", "健康惠民", "为2000名适龄妇女免费“两癌”检查"],
        ["市中区", "1", "普惠托育", "新增托位250个"],
        ["^", "2", "老旧小区改造", "改造900户"],
        ["^", "3", "健康惠民", "为1500名适龄妇女免费“两癌”检查"],
        ["槐荫区", "1", "普惠托育", "新增托位450个"],
        ["^", "2", "老旧小区改造", "改造800户"],
        ["^", "3", "健康惠民", "为1500名适龄妇女免费“两癌”检查"],
    ],
}


def tables_of(tmp_path, form, rows, listed=LIST):
    write, suffix = FORMS[form]
    path = write(Notice((), (listed, sheet("各县区任务分解表", 1, rows))), tmp_path / f"page{suffix}")
    return read_document(path, region="济南市", year=2024, kind="plan")


def split_of(tables):
    """The shares by the number of the task whose target they are of."""
    rows = tables["allocations"]
    found = {}
    for target_id, region, value in zip(rows["target_id"], rows["region"], rows["value"], strict=True):
        found.setdefault(target_id.partition("/")[2].split(".")[0].split("#")[0], {})[region] = value
    return found


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("way", SPLITS)
def test_the_shares_of_tasks_that_another_table_lists(tmp_path, form, way):
    tables = tables_of(tmp_path, form, SPLITS[way])
    assert tables["targets"]["value"].tolist() == [1000, 2900, 5000]
    assert tables["tasks"]["lead_agency"].notna().all()
    assert split_of(tables) == {no: dict(zip(PLACES, shares, strict=True)) for no, shares in SHARES.items()}
    assert not tables["unread"]["text"].str.contains(r"\d").any()
    assert tables["confidence"]["confidence"].min() >= 0.8


def test_a_line_with_a_tasks_words_and_another_figure_is_in_doubt(tmp_path):
    rows = [
        ["县区", "托位(个)", "绿道(公里)"],
        ["历下区", "300", "5"],
        ["市中区", "260", "6"],
        ["槐荫区", "450", "7"],
    ]
    tables = tables_of(tmp_path, "html", rows)
    sure = tables["confidence"].set_index("row_id")["confidence"]
    texts = tables["tasks"].set_index("text")["task_id"]
    assert sure[texts["托位"]] < 0.8 <= sure[texts["绿道"]]
    assert sure[tables["tasks"]["task_id"][0]] >= 0.8


def test_an_item_whose_split_prints_another_whole_is_in_doubt(tmp_path):
    rows = [[cell.replace("1000", "1050") for cell in row] for row in SPLITS["named as the items"]]
    tables = tables_of(tmp_path, "xlsx", rows)
    sure = tables["confidence"]["confidence"].tolist()
    assert len(tables["tasks"]) == 3 and sure[0] < 0.8 <= min(sure[1:])


def test_two_targets_of_one_task_and_two_tasks_with_one_figure(tmp_path):
    listed = sheet(
        "济南市2024年民生实事项目",
        1,
        [
            ["序号", "内容", "牵头单位"],
            ["1", "新增养老床位200张，改造敬老院3家", "市民政局"],
            ["2", "新建农村公路50公里", "市交通局"],
            ["3", "改造供水管网50公里", "市水务局"],
        ],
    )
    rows = [
        ["内容", "单位", "合计", *PLACES],
        ["管网改造", "公里", "50", "10", "20", "20"],
        ["养老床位", "张", "200", "100", "60", "40"],
        ["敬老院改造", "家", "3", "1", "1", "1"],
        ["农村公路", "公里", "50", "30", "10", "10"],
    ]
    tables = tables_of(tmp_path, "docx", rows, listed)
    assert len(tables["tasks"]) == 3 and len(tables["targets"]) == 4
    first = tables["allocations"].groupby("target_id", sort=True)["value"].first()
    assert first.tolist() == [100, 1, 30, 10]


def test_rows_with_money_of_their_own_stay_tasks(tmp_path):
    rows = [
        ["项目名称", "镇", "建设内容", "总投资(万元)"],
        ["农村公路", "尖山镇", "新建公路3公里", "90"],
        ["农村公路", "冷水镇", "新建公路5公里", "150"],
        ["农村公路", "双峰乡", "新建公路2公里", "60"],
    ]
    path = writers.to_html(Notice((), (sheet("磐安县2024年民生实事", 1, rows),)), tmp_path / "page.html")
    tables = read_document(path, region="磐安县", year=2024, kind="plan")
    assert tables["targets"]["value"].tolist() == [3, 5, 2]
    assert tables["funding"]["amount_wan"].tolist() == [90, 150, 60]


def test_a_kind_of_tasks_is_no_task(tmp_path):
    """Two tables group their tasks alike; what stands under one kind is not the same for that."""
    rows = [
        ["类别", "任务", "单位", *PLACES],
        ["教育类", "校舍维修", "所", "2", "3", "4"],
        ["交通类", "公交站", "个", "5", "6", "7"],
    ]
    listed = [
        ["类别", "任务", "责任单位"],
        ["教育类", "新增学位2000个", "市教育局"],
        ["交通类", "改造公交站18个", "市交通局"],
    ]
    tables = tables_of(tmp_path, "html", rows, sheet("济南市2024年民生实事项目", 1, listed))
    assert tables["tasks"]["text"].tolist() == ["新增学位2000个", "改造公交站18个", "校舍维修"]
    shares = tables["allocations"].groupby("target_id")["value"].sum().tolist()
    assert sorted(shares) == [9, 18]
