"""Results that answer to another thing than they seem to: the parts of other works, what is left, what is only begun."""

from __future__ import annotations

import pytest
from laid import read_rows
from notices import sure

from minshi_analysis.facts.nature import nature_of
from minshi_analysis.intake.reader import read_document

HEAD = ["序号", "工作任务", "责任单位", "落实情况"]


def told(folder, *items, ext="txt"):
    """The tables of a report in numbered lines."""
    lines = "".join(f"{k}.{words}\n" for k, words in enumerate(items, 1))
    path = folder / f"page.{ext}"
    path.write_text(f"芦溪县2023年民生实事项目上半年进展情况\n\n{lines}", encoding="utf-8")
    return read_document(path, region="芦溪县", year=2023, kind="progress")


def laid(folder, form, asked, reported):
    """The tables of a report of one row of a table."""
    rows = [HEAD, ["1", asked, "县住建局", reported], ["2", "新增公交线路2条", "县交通局", "新增公交线路2条"]]
    return read_rows(folder, form, rows, "芦溪县2023年民生实事落实情况", region="芦溪县", year=2023)


def results(tables):
    """The value of each result beside that of its target, nothing where it has none."""
    asked = tables["targets"].set_index("target_id")["value"]
    rows = tables["outcomes"].dropna(subset=["value"])
    return [(row.value, asked.get(row.target_id)) for row in rows.itertuples()]


def rates(tables):
    return tables["outcomes"].dropna(subset=["value"])["rate_claimed"].dropna().tolist()


def left(tables):
    return " ".join(tables["unread"]["text"].dropna())


# ---- a part of the works that another thing's promise names

OTHERS = [
    ("完成县妇幼保健院主体工程建设，7个乡镇卫生院完成搬迁或改扩建", "7所卫生院主体工程已基本完工", "7所"),
    ("完成一中宿舍楼主体工程，新建幼儿园5所", "5所幼儿园主体均已完工，正在装修", "5所"),
    ("改造公厕30座，完成福利院主体工程", "30座公厕主体工程已完工", "30座"),
    ("市民广场开工建设；建设口袋公园6个", "口袋公园开工4个", "4个"),
]


@pytest.mark.parametrize("form", ["html", "docx", "xlsx"])
@pytest.mark.parametrize(("asked", "reported", "figure"), OTHERS)
def test_a_part_that_is_promised_of_other_works_is_no_result_of_these(
    tmp_path, form, asked, reported, figure
):
    tables = laid(tmp_path, form, asked, reported)
    assert results(tables) == [(2, 2)] and figure in left(tables)


@pytest.mark.parametrize(("asked", "reported", "figure"), OTHERS[:3])
def test_nor_does_it_say_in_prose_that_these_are_finished(tmp_path, asked, reported, figure):
    tables = told(tmp_path, f"{asked}。{reported}。")
    assert results(tables) == [] and figure in left(tables)
    assert "met" not in set(tables["outcomes"]["status_claimed"])


@pytest.mark.parametrize(
    ("asked", "reported", "values"),
    [
        ("新建中学3所，年底前主体完工", "3所中学主体均已完工", (3, 3)),
        ("老旧小区整治。开工改造60个", "老旧小区开工62个", (62, 60)),
        ("完成3所中学主体建设，新增停车位200个", "3所中学主体完工", (3, 3)),
        ("新建公园3个，开工建设安置房500套", "安置房开工480套", (480, 500)),
    ],
)
def test_a_part_that_is_promised_of_the_thing_itself_is_one(tmp_path, asked, reported, values):
    assert values in results(laid(tmp_path, "html", asked, reported))


# ---- what only adds to a level

ADDED = [
    ("扩充公办幼儿园学位至1800个", "新增学位1290个", 1290),
    ("全县养老床位达到8000张", "已新增养老床位600张", 600),
    ("城市公交车总量增至900辆", "更新公交车120辆", 120),
    ("参保人数达到80万人", "净增参保2万人", 20000),
]


@pytest.mark.parametrize("form", ["html", "docx", "txt"])
@pytest.mark.parametrize(("asked", "reported", "value"), ADDED)
def test_what_is_added_is_no_result_of_a_level(tmp_path, form, asked, reported, value):
    found = results(laid(tmp_path, form, asked, reported))
    assert found == [(value, None), (2, 2)] or found == [(2, 2), (value, None)]


@pytest.mark.parametrize(("asked", "reported", "value"), ADDED)
def test_nor_is_it_in_prose(tmp_path, asked, reported, value):
    found = results(
        told(tmp_path, f"{asked}。截至6月底，{reported}。", "改造公厕30座。截至6月底，已改造公厕12座。")
    )
    assert (12, 30) in found and all(goal is None for done, goal in found if done == value)


@pytest.mark.parametrize("form", ["html", "docx"])
@pytest.mark.parametrize(
    ("asked", "reported", "values"),
    [
        ("养老机构达到40家", "新建养老机构3家，总数达到41家", (41, 40)),
        ("充电桩保有量提高到900台", "新增充电桩120台，保有量达到860台", (860, 900)),
        ("城镇新增就业达到5万人", "新增就业3万人", (30000, 50000)),
        ("养老床位达到8000张", "养老床位增加到8100张", (8100, 8000)),
        ("城镇新增就业人数保持在5万人以上", "新增就业4.8万人", (48000, 50000)),
    ],
)
def test_the_level_beside_it_is_one(tmp_path, form, asked, reported, values):
    assert values in results(laid(tmp_path, form, asked, reported))


@pytest.mark.parametrize(
    ("text", "value", "nature"),
    [
        ("扩充公办幼儿园学位至1800个", 1800, "stock"),
        ("扩大长者食堂至60家", 60, "stock"),
        ("1月至6月建设食堂12家", 12, "flow"),
        ("改造农村危桥50座", 50, "flow"),
    ],
)
def test_up_to_so_many_is_a_level(text, value, nature):
    unit = text[-1]
    assert nature_of({"measure": "", "value": float(value), "unit": unit, "bound": "exact"}, text) == nature


# ---- what is finished, where so many were to be begun

BEGUN = [
    ("计划新开工保障性住房3.2万套", "全年实际新开工3.35万套，竣工1.48万套", 33500, 14800, 32000),
    ("开工建设停车位3000个", "已开工建设停车位3100个，其中建成900个", 3100, 900, 3000),
    ("启动老旧小区改造60个", "目前已启动改造62个，完工21个", 62, 21, 60),
    ("新开工棚户区改造5000套", "全年新开工5100套，基本建成2300套", 5100, 2300, 5000),
]


@pytest.mark.parametrize("form", ["html", "docx", "txt"])
@pytest.mark.parametrize(("asked", "reported", "begun", "ended", "goal"), BEGUN)
def test_what_is_finished_is_no_result_of_what_was_to_be_begun(
    tmp_path, form, asked, reported, begun, ended, goal
):
    found = results(laid(tmp_path, form, asked, reported))
    assert (begun, goal) in found and (ended, goal) not in found and (ended, None) in found


@pytest.mark.parametrize(("asked", "reported", "begun", "ended", "goal"), BEGUN)
def test_nor_is_it_in_running_words(tmp_path, asked, reported, begun, ended, goal):
    tables = told(tmp_path, f"{asked}。{reported}。", "改造公厕30座。截至6月底，已改造公厕12座。")
    found = results(tables)
    assert (begun, goal) in found and (ended, goal) not in found and (12, 30) in found
    assert (ended, None) in found or str(ended) in left(tables)


@pytest.mark.parametrize("form", ["html", "docx"])
@pytest.mark.parametrize(
    ("asked", "reported", "value"),
    [
        ("新开工棚户区改造5000套", "竣工5100套", (5100, 5000)),
        ("新建污水管网100公里", "开工90公里，建成45公里", (45, 100)),
        ("开工及竣工安置房500套", "竣工安置房480套", (480, 500)),
    ],
)
def test_what_is_finished_was_begun_and_counts_where_that_is_asked(tmp_path, form, asked, reported, value):
    assert value in results(laid(tmp_path, form, asked, reported))


# ---- so many, and the rest is under way

REST = [
    ("改造农村危桥50座", "改造农村危桥31座，其余19座正在施工", 31, 50),
    ("新建幼儿园10所", "新建幼儿园4所，其余6所正在主体施工", 4, 10),
    ("新建公园20个", "新建公园8个，剩余12个正在施工", 8, 20),
    ("更新老旧电梯200部", "更新老旧电梯90部，另有40部正在安装", 90, 200),
    ("改造小区40个", "改造小区15个，余下25个已进场施工", 15, 40),
]


@pytest.mark.parametrize("first", ["", "新改建农村公路465公里，完成年度任务的58.1%；"])
@pytest.mark.parametrize(("asked", "reported", "value", "goal"), REST)
def test_what_stands_before_the_rest_is_done(tmp_path, first, asked, reported, value, goal):
    road = "新改建农村公路800公里，" if first else ""
    tables = told(tmp_path, f"{road}{asked}。上半年，{first}{reported}。")
    assert results(tables) == [(465, 800)] * bool(first) + [(value, goal)]
    assert len(tables["targets"]) == 1 + bool(first)
    assert not tables["outcomes"]["value"].isna().any()


@pytest.mark.parametrize("form", ["html", "docx", "txt"])
@pytest.mark.parametrize(("asked", "reported", "value", "goal"), REST)
def test_nor_is_it_anything_else_in_a_table(tmp_path, form, asked, reported, value, goal):
    tables = laid(tmp_path, form, asked, reported)
    assert results(tables) == [(value, goal), (2, 2)] and sure(tables).ge(0.9).all()


@pytest.mark.parametrize(
    "reported",
    ["改造小区40个，其中12个正在施工", "40个小区已开工，8个正在装修，其余32个正在施工"],
)
def test_works_of_which_all_are_in_hand_have_no_result(tmp_path, reported):
    tables = told(tmp_path, f"改造小区40个。上半年，{reported}。")
    assert results(tables) == []


# ---- what is still to come, and how far works have come


@pytest.mark.parametrize(
    ("asked", "reported", "value", "ahead"),
    [
        ("新增学位5000个", "已新增学位1600个，预计9月新增学位2100个", 1600, "2100"),
        ("新增停车位3000个", "已新增停车位1200个，确保年底前新增停车位3100个", 1200, "3100"),
        ("建设书屋12个", "已完成6个，将于9月再建成4个", 6, "4"),
        ("改造管网80公里", "已改造50公里，计划10月底完成80公里", 50, "80"),
        ("开展培训5000人次", "已培训2600人次，力争11月底培训5200人次", 2600, "5200"),
    ],
)
def test_what_is_still_to_come_is_no_result(tmp_path, asked, reported, value, ahead):
    tables = told(tmp_path, f"{asked}。截至6月底，{reported}。")
    assert [done for done, _ in results(tables)] == [value]
    assert ahead in left(tables)


def test_nor_is_it_behind_works_that_are_begun(tmp_path):
    words = "新建公办幼儿园20所，新增学位5000个。20所公办幼儿园已全部开工，其中8所主体完工，预计9月新增学位2100个。"
    tables = told(tmp_path, words)
    assert results(tables) == [] and set(tables["targets"]["value"]) == {20, 5000}


@pytest.mark.parametrize("share", ["主体完成约70%", "主体工程完成70%", "已完成工程量的70%", "完成了近70%"])
def test_how_far_works_have_come_is_no_promise(tmp_path, share):
    tables = told(
        tmp_path, f"东湖苑二期新建工程。该项目于2月开工，目前{share}。", "改造公厕30座。已改造12座。"
    )
    assert list(tables["targets"]["value"]) == [30]


@pytest.mark.parametrize("share", ["工程量的60%", "总工作量的60%", "工程总量的60%"])
def test_a_share_of_the_works_is_no_rate_of_what_is_counted_beside_them(tmp_path, share):
    words = f"新建社区养老站点2个。已改造老站点1个，春塘站点2月开始装修，已完成{share}。"
    assert rates(told(tmp_path, words)) == []


@pytest.mark.parametrize(
    "words",
    [
        "市级重点民生实事项目分解至我区任务5项",
        "省定民生实事涉及我市事项8件",
        "我县承担市级民生实事任务4项",
        "省级民心工程下达我县项目共6项",
    ],
)
def test_how_many_promises_others_hand_down_is_none(tmp_path, words):
    path = tmp_path / "plan.txt"
    path.write_text(f"芦溪县2024年民生实事\n\n1.{words}。\n2.新建公厕30座。\n3.办好下放事项50项。\n", "utf-8")
    tables = read_document(path, region="芦溪县", year=2024, kind="plan")
    assert list(tables["targets"]["value"]) == [30, 50]
