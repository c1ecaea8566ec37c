"""Tables in which a task goes on over the rows of its regions, and what the words of a name say of its figure."""

from __future__ import annotations

import pytest
from variants.sheets import Box, Notice, Sheet
from variants.writers import to_docx, to_html, to_pdf, to_pipes, to_tabs, to_xlsx

from minshi_analysis.facts.tables.units import bound_in_name, unit_in_name
from minshi_analysis.intake.reader import read_document

WRITERS = {"html": to_html, "docx": to_docx, "xlsx": to_xlsx, "pdf": to_pdf, "md": to_pipes, "txt": to_tabs}


def sheet(title, *rows, header=1):
    """A table from rows of cells; ^ goes on from above, < from the left."""
    boxes = []
    for i, row in enumerate(rows):
        for j, words in enumerate(row):
            if words in ("^", "<"):
                continue
            high, wide = 1, 1
            while i + high < len(rows) and rows[i + high][j] == "^":
                high += 1
            while j + wide < len(row) and row[j + wide] == "<":
                wide += 1
            boxes.append(Box(i, j, high, wide, words))
    return Sheet(title, header, tuple(boxes))


def read(folder, form, title, *rows, header=1, **known):
    path = folder / f"notice.{form}"
    WRITERS[form](Notice((title,), (sheet("", *rows, header=header),)), path)
    return read_document(path, **known)


def shares(tables):
    named = tables["targets"].set_index("target_id")["measure"]
    return {(named[row.target_id], row.region): row.value for row in tables["allocations"].itertuples()}


def sure(tables):
    return set(tables["confidence"]["confidence"]) == {1.0}


SPLIT = (
    ("序号", "项目名称", "县(区)", "建设任务", "单位", "计划投资(万元)", "责任单位"),
    ("1", "公办幼儿园建设", "临川区", "2", "所", "1800", "市教体局"),
    ("^", "^", "南城县", "1", "所", "760", "^"),
    ("^", "^", "黎川县", "1", "所", "690", "^"),
    ("2", "农村互助养老点", "临川区", "18", "个", "360", "市民政局"),
    ("^", "^", "南丰县", "12", "个", "240", "^"),
)
SHARES = {
    ("公办幼儿园", "临川区"): 2,
    ("公办幼儿园", "南城县"): 1,
    ("公办幼儿园", "黎川县"): 1,
    ("农村互助养老点", "临川区"): 18,
    ("农村互助养老点", "南丰县"): 12,
}


@pytest.mark.parametrize("form", WRITERS)
def test_rows_of_the_regions_of_a_task_are_its_shares(tmp_path, form):
    tables = read(tmp_path, form, "抚州市2023年民生实事项目任务分解表", *SPLIT)
    assert shares(tables) == SHARES
    assert list(tables["tasks"]["lead_agency"]) == ["市教体局", "市民政局"]
    assert tables["targets"]["value"].isna().all()  # the whole is printed nowhere
    assert tables["funding"].empty  # what one county gets is not what the task costs
    assert {"1800", "760", "690", "360", "240"} <= set(tables["unread"]["text"])


def test_a_task_that_each_row_prints_is_one(tmp_path):
    rows = [SPLIT[0]]
    for row in SPLIT[1:]:
        rows.append(tuple(above if own == "^" else own for own, above in zip(row, rows[-1], strict=True)))
    tables = read(tmp_path, "html", "抚州市2023年民生实事项目任务分解表", *rows)
    assert shares(tables) == SHARES


def test_rows_that_begin_with_their_region_where_spans_were_lost(tmp_path):
    body = "".join(
        "<tr>" + "".join(f"<td>{cell}</td>" for cell in row if cell != "^") + "</tr>" for row in SPLIT
    )
    path = tmp_path / "page.html"
    path.write_text(f"<h1>抚州市2023年民生实事项目任务分解表</h1><table>{body}</table>", encoding="utf-8")
    assert shares(read_document(path)) == SHARES


@pytest.mark.parametrize("form", ["html", "docx", "txt"])
def test_a_region_that_goes_on_over_its_tasks(tmp_path, form):
    tables = read(
        tmp_path,
        form,
        "抚州市2023年民生实事任务分解表",
        ("县区", "项目名称", "任务数", "单位", "责任单位"),
        ("临川区", "公办幼儿园", "2", "所", "区教体局"),
        ("^", "互助养老点", "18", "个", "区民政局"),
        ("南城县", "公办幼儿园", "1", "所", "县教体局"),
        ("^", "互助养老点", "12", "个", "县民政局"),
    )
    assert shares(tables) == {
        ("公办幼儿园", "临川区"): 2,
        ("公办幼儿园", "南城县"): 1,
        ("互助养老点", "临川区"): 18,
        ("互助养老点", "南城县"): 12,
    }
    assert tables["tasks"]["lead_agency"].isna().all()  # each county's own bureau answers


@pytest.mark.parametrize("form", ["html", "txt"])
def test_what_the_regions_of_a_task_have_done(tmp_path, form):
    tables = read(
        tmp_path,
        form,
        "抚州市2023年民生实事项目进展情况表(截至9月底)",
        ("序号", "项目名称", "县(区)", "目标任务", "完成数", "完成率", "责任单位"),
        ("1", "公办幼儿园建设(所)", "小计", "4", "3", "75%", "市教体局"),
        ("^", "^", "临川区", "2", "2", "100%", "^"),
        ("^", "^", "南城县", "2", "1", "50%", "^"),
        ("2", "农村互助养老点(个)", "小计", "30", "26", "86.7%", "市民政局"),
        ("^", "^", "临川区", "18", "18", "100%", "^"),
        ("^", "^", "南丰县", "12", "8", "66.7%", "^"),
    )
    assert list(tables["targets"]["value"]) == [4, 30]
    told = {
        (r.region if isinstance(r.region, str) else None, r.value, r.rate_claimed)
        for r in tables["outcomes"].itertuples()
    }
    assert {(None, 3, 75), ("南城县", 1, 50), (None, 26, 86.7), ("南丰县", 8, 66.7)} <= told
    assert len(tables["allocations"]) == 4
    assert sure(tables)


@pytest.mark.parametrize("form", ["html", "docx", "txt", "pdf"])
@pytest.mark.parametrize("sum_", ["小计", "合计"])
def test_a_sum_within_each_task_is_its_target(tmp_path, form, sum_):
    tables = read(
        tmp_path,
        form,
        "横峰县2023年民生实事项目任务分解表",
        ("项目", "乡镇(街道)", "任务数", "单位", "完成时间", "牵头单位"),
        ("农村户厕改造", "岑阳镇", "120", "户", "10月底", "县农业农村局"),
        ("^", "葛源镇", "150", "户", "^", "^"),
        ("^", sum_, "270", "户", "^", "^"),
        ("新建老年食堂", "岑阳镇", "2", "家", "11月底", "县民政局"),
        ("^", "姚家乡", "1", "家", "^", "^"),
        ("^", sum_, "3", "家", "^", "^"),
    )
    assert list(tables["targets"]["value"]) == [270, 3]
    assert sorted(tables["allocations"]["value"]) == [1, 2, 120, 150]
    assert list(tables["tasks"]["deadline"]) == ["2023-10-31", "2023-11-30"]
    assert sure(tables)


NEXT = (
    ("3", "停车场建设", "临川区", "3", "个", "800", "市住建局"),
    ("^", "^", "崇仁县", "2", "个", "500", "^"),
)


@pytest.mark.parametrize("form", ["html", "docx", "xlsx", "pdf"])
@pytest.mark.parametrize("headed", [True, False], ids=["with its head", "without a head"])
def test_a_further_page_is_not_laid_under_the_regions_of_the_first(tmp_path, form, headed):
    path = tmp_path / f"notice.{form}"
    pages = sheet("", *SPLIT), sheet("", *((SPLIT[0], *NEXT) if headed else NEXT))
    WRITERS[form](Notice(("抚州市2023年民生实事项目任务分解表",), pages), path)
    tables = read_document(path)
    read_ = shares(tables)
    more = {("停车场", "临川区"): 3, ("停车场", "崇仁县"): 2}
    goes_on = headed or form in ("html", "docx")  # sheets, and pages with a title each, are apart
    assert read_ == (SHARES | more if goes_on else SHARES)
    assert list(tables["tasks"]["lead_agency"])[:2] == ["市教体局", "市民政局"]


def test_rows_of_the_same_words_in_several_places_are_doubted(tmp_path):
    """Two columns of figures that nobody tells apart: no share can be read, and no row is the whole."""
    tables = read(
        tmp_path,
        "html",
        "横峰县2023年民生实事项目任务分解表",
        ("序号", "项目", "乡镇", "任务数", "点位数", "牵头单位"),
        ("1", "农村户厕改造", "岑阳镇", "120户", "6", "县农业农村局"),
        ("^", "^", "葛源镇", "150户", "8", "^"),
    )
    assert tables["allocations"].empty
    assert (tables["confidence"]["confidence"] < 0.8).all()


def test_projects_in_towns_are_tasks_of_their_own(tmp_path):
    tables = read(
        tmp_path,
        "html",
        "岚皋县2024年民生实事项目表",
        ("序号", "镇", "项目名称", "建设规模", "总投资(万元)"),
        ("1", "滔河镇", "同心村通组路", "6.4公里", "576"),
        ("2", "佐龙镇", "杜坝公路", "5.2公里", "780"),
        ("3", "佐龙镇", "正沟桥公路", "3.8公里", "342"),
    )
    assert list(tables["targets"]["value"]) == [6.4, 5.2, 3.8]
    assert tables["allocations"].empty


@pytest.mark.parametrize(
    "head, cells",
    [("镇", ("佐龙镇", "大同镇")), ("县(区)", ("城关镇", "大同镇")), ("村", ("杜坝村", "马宗村"))],
)
def test_a_column_of_places_pays_nothing(tmp_path, head, cells):
    tables = read(
        tmp_path,
        "html",
        "岚皋县2024年民生实事表",
        ("序号", "项目", "数量", head, "总投资(万元)", "县级(万元)"),
        ("1", "停车场", "120个", cells[0], "330", "30"),
        ("2", "养老院", "2个", cells[1], "520", "20"),
    )
    assert set(tables["funding"]["funder"]) == {"total", "county"}
    assert tables["funding"]["amount_wan"].notna().all()


# ---- what a name says of the figure beside it


@pytest.mark.parametrize(
    "name, unit, bound",
    [
        ("城镇登记失业率控制在(%)以内", "%", "at_most"),
        ("城镇登记失业率低于(%)", "%", "less_than"),
        ("基本养老保险参保率(%)以上", "%", "at_least"),
        ("新增车位不少于(个)", "个", "at_least"),
        ("新增车位(个)", "个", None),
        ("65岁以上老年人(人)", "人", None),
    ],
)
def test_a_name_may_bind_its_figure(name, unit, bound):
    assert unit_in_name(name)[1] == unit
    assert bound_in_name(name) == bound


@pytest.mark.parametrize("form", WRITERS)  # in a text 项目 stands over two blank heads
def test_a_bound_in_the_name_is_the_target_s(tmp_path, form):
    tables = read(
        tmp_path,
        form,
        "广元市昭化区2017年度民生工程目标任务分解表",
        ("项目", "<", "<", "目标", "责任单位"),
        ("就业促进工程", "促进就业创业", "城镇新增就业人数(人)", "1300", "区人社局"),
        ("^", "^", "城镇登记失业率控制在(%)以内", "4.2", "^"),
    )
    rows = [(r.measure, r.value, r.unit, r.bound) for r in tables["targets"].itertuples()]
    assert rows == [("城镇新增就业人数", 1300, "人", "exact"), ("城镇登记失业率", 4.2, "%", "at_most")]


@pytest.mark.parametrize("form", ["html", "txt"])
def test_a_bound_in_the_name_is_the_indicator_s(tmp_path, form):
    tables = read(
        tmp_path,
        form,
        "涞源县“十四五”规划主要指标",
        ("指标", "2020年", "2025年"),
        ("城镇登记失业率控制在(%)以内", "4.2", "4"),
        ("养老保险参保率不低于(%)", "93", "≥95"),
        ("城镇新增就业(人)", "2300", "2500"),
    )
    rows = [(r.unit, r.target, r.bound) for r in tables["indicators"].itertuples()]
    assert rows == [("%", 4, "at_most"), ("%", 95, "at_least"), ("人", 2500, "exact")]


@pytest.mark.parametrize("head", ["累计", "五年累计", "“十四五”累计"])
@pytest.mark.parametrize("form", ["html", "docx", "txt"])
def test_what_stands_under_a_sum_of_years_is_cumulative(tmp_path, form, head):
    tables = read(
        tmp_path,
        form,
        "涞源县“十四五”公共服务主要指标",
        ("指标名称", "2020年", "2025年", head),
        ("学前教育毛入园率(%)", "88.5", "92", "—"),
        ("城镇新增就业(人)", "—", "—", "11000"),
        ("城镇老旧小区改造(个)", "—", "—", "64"),
    )
    rows = [(r.target, r.target_year, bool(r.cumulative), r.form) for r in tables["indicators"].itertuples()]
    assert rows == [
        (92, 2025, False, "level"),
        (11000, 2025, True, "sum"),
        (64, 2025, True, "sum"),
    ]


# ---- how long works are; what a result counts; cells in lines


@pytest.mark.parametrize("head", ["建设里程(公里)", "里程(公里)", "硬化长度(公里)", "建设规模(公里)"])
@pytest.mark.parametrize("form", ["html", "pdf", "txt"])
def test_how_long_each_road_is_to_be_is_its_target(tmp_path, form, head):
    tables = read(
        tmp_path,
        form,
        "岚皋县2024年民生实事农村公路建设任务表",
        ("序号", "镇", "路线名称", head, "路基宽度(米)", "总投资(万元)"),
        ("1", "佐龙镇", "杜坝至马宗公路", "5.2", "6.5", "780"),
        ("2", "滔河镇", "同心村通组路", "6.4", "4.5", "576"),
    )
    assert [(r.value, r.unit) for r in tables["targets"].itertuples()] == [(5.2, "公里"), (6.4, "公里")]
    assert list(tables["funding"].dropna(subset="amount_wan")["amount_wan"]) == [780, 576]
    assert {"6.5", "4.5"} <= set(tables["unread"]["text"])
    assert sure(tables)


@pytest.mark.parametrize("head", ["现有里程(公里)", "已建里程(公里)", "路基宽度(米)", "受益人口(人)"])
def test_what_there_is_and_how_wide_it_is_is_no_target(tmp_path, head):
    tables = read(
        tmp_path,
        "html",
        "岚皋县2024年民生实事农村公路建设任务表",
        ("序号", "路线名称", head, "总投资(万元)"),
        ("1", "杜坝至马宗公路", "5.2", "780"),
        ("2", "同心村通组路", "6.4", "576"),
    )
    assert tables["targets"].empty
    assert {"5.2", "6.4"} <= set(tables["unread"]["text"])


@pytest.mark.parametrize(
    "said, linked, doubted",
    [
        ("已建成达标小区180个。", {180}, False),
        ("在46个小区，建成38个厢房，70个分类亭。", {70}, True),
        ("已建成分类亭70个。", {70}, True),
        ("已建成180个。", {180}, False),
        ("180个已完工。", {180}, False),
        ("已改造路基42个、路面28个。", set(), False),
        ("已改造42个路基，28个路面。", set(), False),
    ],
)
def test_a_result_that_counts_another_thing_is_doubted(tmp_path, said, linked, doubted):
    tables = read(
        tmp_path,
        "html",
        "2023年崇川区政府重点民生实事项目推进情况(1-11月)",
        ("序号", "主要任务", "牵头单位", "推进情况"),
        ("1", "新增垃圾分类达标小区210个。", "城管局", said),
        ("2", "新增停车泊位1500个。", "城管局", "已新增1580个。"),
    )
    outcomes = tables["outcomes"].dropna(subset=["value", "target_id"])
    (first,) = (task for task in tables["tasks"]["task_id"] if task.endswith("/1"))
    assert set(outcomes[outcomes["task_id"] == first]["value"]) == linked
    told = tables["confidence"].set_index("row_id")["confidence"]
    assert (told[first] < 0.8) == doubted


def lines(folder, *rows):
    path = folder / "notice.txt"
    path.write_text("\n\n".join(cell for row in rows for cell in row.split()), encoding="utf-8")
    return read_document(path)


REGIONS = (
    "德州市2022年民生实事任务分解表",
    "县（市、区） 新增车位（个） 改造公厕（座）",
    "全市小计： 450 12",
    "德城区 200 5",
)


def test_cells_in_lines_are_rows_of_regions(tmp_path):
    tables = lines(tmp_path, *REGIONS, "陵城区 150 —", "乐陵市 100 7")
    named = {(m.removesuffix("新增"), r): v for (m, r), v in shares(tables).items()}
    assert named == {
        ("车位", "德城区"): 200,
        ("车位", "陵城区"): 150,
        ("车位", "乐陵市"): 100,
        ("公厕", "德城区"): 5,
        ("公厕", "乐陵市"): 7,
    }
    assert list(tables["targets"]["value"]) == [450, 12]
    assert sure(tables)


def test_lines_of_which_one_lacks_a_cell_are_no_rows(tmp_path):
    tables = lines(tmp_path, *REGIONS, "陵城区 150", "乐陵市 100 7")
    assert tables["allocations"].empty
    assert {"450", "12", "200", "5", "150", "100", "7"} <= set(tables["unread"]["text"])


@pytest.mark.parametrize("form", ["html", "docx", "txt"])
def test_a_part_of_a_result_is_no_rival_of_it(tmp_path, form):
    tables = read(
        tmp_path,
        form,
        "浦城县2022年为民办实事项目完成情况表",
        ("序号", "项目名称", "目标任务", "完成情况", "责任单位"),
        ("1", "学位", "新增学位1350个", "新增学位1440个，其中公办学位900个。", "县教育局"),
        ("2", "托位", "新增托位1000个，其中普惠托位600个", "新增托位1155个，其中普惠托位700个。", "县卫健局"),
    )
    outcomes = tables["outcomes"].dropna(subset=["value", "target_id"])
    assert list(outcomes["value"]) == [1440, 1155, 700]


@pytest.mark.parametrize(
    "heads", [("一季度累计", "二季度累计", "三季度累计"), ("1-3月累计", "1-6月累计", "1-9月累计")]
)
@pytest.mark.parametrize("form", ["html", "txt"])
def test_of_what_was_reached_by_each_quarter_the_last_is_the_result(tmp_path, form, heads):
    rows = (
        ("序号", "项目", "全年目标", "计量单位", *heads, "责任单位"),
        ("1", "新增充电桩", "480", "个", "60", "210", "452", "县发改局"),
        ("2", "山区公路提升", "32", "公里", "4.5", "15", "30.2", "县交通局"),
    )
    told = read(tmp_path, form, "龙游县2024年民生实事项目进展统计(截至9月30日)", *rows)
    assert list(told["outcomes"]["value"]) == [452, 30.2]
    assert {"60", "210", "4.5", "15"} <= set(told["unread"]["text"])
    planned = read(tmp_path, form, "龙游县2024年民生实事项目任务分解表", *rows)
    assert planned["outcomes"].empty  # what a plan wants by each quarter
    assert list(planned["milestones"]["value"]) == [60, 210, 452, 4.5, 15, 30.2]
    assert list(planned["milestones"]["due"])[:3] == ["2024-03-31", "2024-06-30", "2024-09-30"]


PARTS = (
    ("1", "幼有善育", "新增婴幼儿托位260个", "新建普惠性托育机构2家", "县卫生健康局", "10月底"),
    ("^", "^", "^", "改造提升照护驿站6个", "^", "11月底"),
    ("2", "出行安畅", "新改建农村公路45公里", "实施养护工程120公里以上", "县交通运输局", "12月底"),
    ("^", "^", "^", "新增公共停车位1500个", "县建设局", "11月底"),
)


@pytest.mark.parametrize(
    "heads", [("年度工作任务", "<"), ("主要内容", "具体举措"), ("重点任务", "分项任务")], ids="".join
)
@pytest.mark.parametrize("form", ["html", "docx", "xlsx", "pdf"])
def test_a_promise_and_its_parts_are_promised(tmp_path, form, heads):
    head = ("序号", "实事名称", *heads, "牵头单位", "完成时间")
    tables = read(tmp_path, form, "新昌县2024年民生实事项目责任清单", head, *PARTS)
    assert list(tables["targets"]["value"]) == [260, 2, 6, 45, 120, 1500]
    assert list(tables["tasks"]["text"])[1] == "改造提升照护驿站6个"
    assert list(tables["tasks"]["lead_agency"]) == [
        "县卫生健康局",
        "县卫生健康局",
        "县交通运输局",
        "县建设局",
    ]
    assert sure(tables)


def test_steps_beside_a_promise_are_none_of_its_parts(tmp_path):
    tables = read(
        tmp_path,
        "html",
        "新昌县2024年民生实事项目责任清单",
        ("序号", "实事名称", "主要内容", "具体举措", "牵头单位"),
        ("1", "幼有善育", "新增婴幼儿托位260个", "3月底前完成选址2处", "县卫生健康局"),
        ("^", "^", "^", "6月底前建成托位100个", "^"),
        ("2", "出行安畅", "新改建农村公路45公里", "6月底前完成15公里", "县交通运输局"),
        ("^", "^", "^", "9月底前完成30公里", "^"),
    )
    assert set(tables["targets"]["value"]) == {260, 45}
