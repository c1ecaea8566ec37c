"""Figures that stand beside promises and results and are neither: titles printed again, places, sizes, ceilings, counts of tasks."""

from __future__ import annotations

import pytest
from notices import sure

from minshi_analysis.facts.prose.duties import agencies
from minshi_analysis.intake.reader import read_document


@pytest.fixture
def read(tmp_path):
    def reading(words: str, suffix: str = ".txt", **said):
        path = tmp_path / f"page{suffix}"
        path.write_text(words, encoding="utf-8")
        return read_document(path, **{"region": "520624", "year": 2023} | said)

    return reading


def values(tables, name):
    return [(row.value, row.unit) for row in tables[name].itertuples() if row.value == row.value]


REPORT = "思南县2023年十件实事完成情况\n"


@pytest.mark.parametrize(
    "words",
    [
        "一、改造农村危房2100户，新建集中供水点16处。\n1.改造农村危房2100户\n此项工作已完成。截至12月底，全县完成改造农村危房2134户。\n"
        "2.新建集中供水点16处\n此项工作已完成。全县建成集中供水点17处。",
        "一、改造农村危房2100户，新建集中供水点16处。\n改造农村危房2100户。已改造2134户。\n新建集中供水点16处。已建成17处。",
        "一、实施改造农村危房2100户，其中新建集中供水点16处（责任单位：县住建局）已完成\n1.改造农村危房2100户（责任单位：县住建局）\n"
        "截至11月底完成农村危房改造2134户。\n2.新建集中供水点16处（责任单位：县水务局）\n目前已建成集中供水点17处。",
    ],
)
def test_the_title_of_an_item_printed_again_is_no_result(read, words):
    found = read(REPORT + words)
    assert not {(2100, "户"), (16, "处")} & set(values(found, "outcomes"))
    assert {(2100, "户"), (16, "处")} <= set(values(found, "targets"))


@pytest.mark.parametrize(
    "words",
    [
        "目标：新建公厕3座。\n完成情况：新建公厕3座。",
        "目标任务：新建公厕3座。\n完成情况：新建公厕3座，已投入使用。",
    ],
)
def test_a_result_that_equals_its_target_is_one_where_a_label_says_so(read, words):
    found = read(f"{REPORT}一、公厕\n{words}\n二、道路\n目标：改造道路9条。\n完成情况：改造道路8条。")
    assert (3, "座") in values(found, "outcomes")


def test_names_end_where_the_bracket_around_them_does():
    said = agencies("责任单位：县水务局、各乡镇政府〈街道〉）该件实事已全面完成")
    assert said == {"lead_agency": "县水务局、各乡镇政府〈街道〉"}
    assert agencies("责任单位：县教育局（县体育局））已完成")["lead_agency"] == "县教育局（县体育局）"
    assert agencies("牵头单位：县交通局；配合单位：县财政局") == {
        "lead_agency": "县交通局",
        "partner_agencies": "县财政局",
    }


@pytest.mark.parametrize(
    "words",
    [
        "新建下穿通道1条，总长约1400米，宽50米",
        "修建河堤3公里、顶宽6米",
        "改造便民桥2座，桥长86米、高12米，宽约8米",
    ],
)
@pytest.mark.parametrize("suffix", [".txt", ".html"])
def test_how_wide_or_high_works_are_is_not_promised(read, words, suffix):
    page = f"思南县2023年民生实事项目清单\n1.{words}。（责任单位：县住建局）\n2.改造老旧小区31个。（责任单位：县住建局）"
    if suffix == ".html":
        page = "<html><body>" + "".join(f"<p>{line}</p>" for line in page.splitlines()) + "</body></html>"
    found = read(page, suffix)
    assert not {50, 6, 12, 8} & {value for value, _ in values(found, "targets")}
    assert found["unread"]["text"].str.contains("米").any()


@pytest.mark.parametrize(
    "words",
    [
        "县委、县政府十件实事涉及的16项工作任务全面完成。",
        "全年安排的16项重点任务均已完成。",
        "十件实事分解的16项目标任务已全部完成。",
    ],
)
def test_tasks_that_are_counted_are_no_target(read, words):
    found = read(f"{REPORT}{words}\n一、新建公厕3座，已建成3座。\n二、改造道路9条，已完成8条。")
    assert (16, "项") not in values(found, "targets") + values(found, "outcomes")


def test_a_figure_behind_in_says_where(read):
    table = (
        "<table><tr><td>序号</td><td>项目</td><td>目标任务</td><td>完成情况</td></tr>"
        "<tr><td>1</td><td>垃圾分类</td><td>新增达标小区210个</td><td>在46个小区，建成投放厢房38座</td></tr>"
        "<tr><td>2</td><td>公厕</td><td>新建公厕3座</td><td>已建成3座</td></tr></table>"
    )
    found = read(f"<html><body><h1>{REPORT}</h1>{table}</body></html>", ".html")
    assert (46, "个") not in values(found, "outcomes")
    assert found["unread"]["text"].str.contains("46个").any()
    prose = read(f"{REPORT}一、健康\n目标：建设村卫生室45个。\n完成情况：在全县18个乡镇，建成村卫生室45个。")
    assert values(prose, "outcomes") == [(45, "个")]


def test_a_figure_of_a_list_is_no_target_of_its_neighbour(read):
    found = read(
        f"{REPORT}一、人居环境整治：外墙抹灰5300平方米，粉刷涂料5700平方米，围墙压顶1270米，护坡完成3100平方米。\n二、公厕：已建成公厕3座。"
    )
    assert (5700, "平方米") not in values(found, "targets")
    assert found["unread"]["text"].str.contains("5700平方米").any() or (5700, "平方米") in values(
        found, "outcomes"
    )


@pytest.mark.parametrize("words", ["每户补助不超过5000元", "每户补助最高不超过5000元", "每户奖补5000元以内"])
def test_a_ceiling_of_each_case_is_not_promised(read, words):
    found = read(
        f"思南县2023年民生实事项目清单\n1.完成老年人家庭适老化改造1200户，{words}。（责任单位：县民政局）\n2.改造老旧小区31个。（责任单位：县住建局）"
    )
    assert values(found, "targets") == [(1200, "户"), (31, "个")]


def test_a_floor_of_each_case_is_promised(read):
    found = read(
        "思南县2023年民生实事项目清单\n1.困难残疾人生活补贴每人每月不低于55元。（责任单位：县民政局）\n2.改造老旧小区31个。（责任单位：县住建局）"
    )
    assert len(values(found, "targets")) == 2


@pytest.mark.parametrize(
    "words",
    [
        "新增公办学位8600个，其中甲山区3000个、乙水区2100个、丙田区3500个",
        "改造农房900户，其中东坝镇500户、西岭乡400户",
    ],
)
def test_targets_named_by_places_that_add_up_are_doubted_or_shares(read, words):
    table = (
        "<table><tr><td>序号</td><td>事项</td><td>目标任务</td><td>牵头单位</td></tr>"
        f"<tr><td>1</td><td>民生</td><td>{words}</td><td>县教育局</td></tr>"
        "<tr><td>2</td><td>公厕</td><td>新建公厕3座、改造公厕5座</td><td>县住建局</td></tr></table>"
    )
    found = read(f"<html><body><h1>思南县2023年民生实事任务分解</h1>{table}</body></html>", ".html")
    first, second = found["tasks"]["task_id"]
    of = sure(found)
    assert of[first] < 0.8 or len(found["allocations"]) > 1
    assert of[second] >= 0.8


def test_a_state_of_what_no_words_name_is_doubted(read):
    found = read(
        f"{REPORT}一、饮水：6个任务村的新建水源已全部完工。\n二、活动室：其中10个任务村活动室已完工。\n三、公厕：已建成公厕3座。"
    )
    of = sure(found)
    nameless = found["targets"][found["targets"]["measure"].fillna("") == ""]
    assert all(of[task] < 0.8 for task in nameless["task_id"])
