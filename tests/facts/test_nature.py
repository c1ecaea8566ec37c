"""Flows, levels, rates and stages; wholes and parts; one promise in several lists."""

from __future__ import annotations

import pandas as pd
import pytest

from minshi_analysis import model
from minshi_analysis.facts.nature import nature_of, with_natures, with_parts
from minshi_analysis.facts.same import counted_once, same_promises


@pytest.mark.parametrize(
    ("text", "measure", "value", "unit", "nature"),
    [
        ("新增托位7500个以上", "托位", 7500, "个", "flow"),
        ("全市托位总数达到5.19万个", "托位", 51900, "个", "stock"),
        ("长期护理保险参保人数达80万人。", "长期护理保险参保人数", 800000, "人", "stock"),
        ("全额资助困难群众参加商业补充保险14.7万人", "困难群众参加商业补充保险", 147000, "人", "flow"),
        ("全市养老服务床位数达到1.7万张", "养老服务床位数", 17000, "张", "stock"),
        ("免费结直肠癌筛查,筛查人数26.9万人次", "筛查人数", 269000, "人次", "flow"),
        ("全市困难群众医疗费用综合保障率达到83%", "综合保障率", 83, "%", "rate"),
        ("每千人口拥有3岁以下婴幼儿托位数达到4.5个", "每千人口拥有3岁以下婴幼儿托位数", 4.5, "个", "rate"),
        ("人均公园绿地面积达到14.5平方米", "人均公园绿地面积", 14.5, "平方米", "rate"),
        ("城乡居民收入比缩小至1.9左右", "城乡居民收入比", 1.9, None, "rate"),
        ("人均预期寿命达到82岁", "人均预期寿命", 82, "岁", "stock"),
        ("新开工保障房100万平方米", "保障房", 1000000, "平方米", "stage"),
        ("公共停车位开工建设1.5万个", "公共停车位", 15000, "个", "stage"),
        ("完成3个、新开工1个老旧小区改造。", "老旧小区改造", 1, "个", "stage"),
        ("完成3个、新开工1个老旧小区改造。", "老旧小区改造", 3, "个", "flow"),
        ("年内开工并竣工便民桥6座", "便民桥", 6, "座", "flow"),
        ("向新居民提供每人每月300元的住房租赁补贴。", "住房租赁补贴", 300, "元/月", "stock"),
        ("最低生活保障标准达到13000元以上", "年平均最低生活保障标准", 13000, "元", "stock"),
        ("完成重点项目投资3亿元", "重点项目投资", 30000, "万元", "flow"),
        ("确保每所特殊教育学校至少附设1个“卫星班”。", '"卫星班"', 1, "个", "stock"),
        ("为750个教室安装空调。", "教室", 750, "个", "flow"),
        ("年均开展社会培训200万人次以上", "年均社会培训", 2000000, "人次", "flow"),
    ],
)
def test_the_words_around_a_figure_say_what_kind_it_is(text, measure, value, unit, nature):
    assert nature_of({"measure": measure, "value": float(value), "unit": unit}, text) == nature


def test_a_ceiling_is_a_level():
    text = "新建初中学校规模不超过42个班级"
    target = {"measure": "初中学校规模", "value": 42.0, "unit": "个", "bound": "at_most"}
    assert nature_of(target, text) == "stock"


def lines(*tasks: tuple[str, str, list[tuple[str, float, str]]]) -> dict[str, pd.DataFrame]:
    """Tables of one document: (number, text, [(measure, value, unit)])."""
    made, targets = [], []
    for number, text, figures in tasks:
        level = number.rpartition(".")[0] if number[0].isalpha() else "city"
        made.append({"doc_id": "d", "task_id": f"d/{number}", "text": text, "level": level})
        for k, (measure, value, unit) in enumerate(figures, 1):
            row = {"target_id": f"d/{number}#{k}", "task_id": f"d/{number}", "measure": measure, "unit": unit}
            targets.append(row | {"value": float(value), "doc_id": "d", "bound": "exact"})
        targets[-len(figures) :] = with_natures(targets[-len(figures) :], text)
    return {
        "tasks": model.conform("tasks", pd.DataFrame(made)),
        "targets": model.conform("targets", pd.DataFrame(targets)),
        "outcomes": model.empty("outcomes"),
    }


def parts(tables, text=""):
    found = with_parts(tables["targets"], text)
    return {a: b for a, b in zip(found["target_id"], found["part_of"], strict=True) if isinstance(b, str)}


def test_a_part_is_found_where_another_place_names_it():
    """The 其中 of 温州's list stands in the cell of the programme, whole and part in two lines of the split."""
    tables = lines(
        ("2.2", "新增托位7500个以上", [("托位", 7500, "个")]),
        ("2.3", "新增普惠托位4500个", [("普惠托位", 4500, "个")]),
        ("2.4", '新增"安心托"可视互动50家', [('"安心托"可视互动', 50, "家")]),
    )
    text = '新增托位 7500 个以上,其中新增普惠托位 4500 个,新增"安心托"可视互动 50 家;'
    assert parts(tables, text) == {"d/2.3#1": "d/2.2#1"}


@pytest.mark.parametrize(
    ("text", "figures", "found"),
    [
        (
            "新增床位100张(其中普惠30张、公办70张)",
            [("床位", 100, "张"), ("普惠", 30, "张"), ("公办", 70, "张")],
            2,
        ),
        (
            "新增学位900个,其中公办学位600个,新建学校3所",
            [("学位", 900, "个"), ("公办学位", 600, "个"), ("学校", 3, "所")],
            1,
        ),
        ("改造小区20个(东区9个、西区11个)", [("小区", 20, "个"), ("小区", 9, "个"), ("小区", 11, "个")], 2),
        ("新增绿道110公里,提升绿道50公里", [("绿道", 110, "公里"), ("绿道", 50, "公里")], 0),
        ("新建甲类5个、乙类3个、丙类2个", [("甲类", 5, "个"), ("乙类", 3, "个"), ("丙类", 2, "个")], 0),
        ("新建公园8个,其中新建广场9个", [("公园", 8, "个"), ("广场", 9, "个")], 0),
    ],
)
def test_parts_of_a_line(text, figures, found):
    assert parts(lines(("1.1", text, figures)), text) == {
        f"d/1.1#{k}": "d/1.1#1" for k in range(2, 2 + found)
    }


def test_each_of_two_lists_of_parts_has_its_own_whole():
    """Also at the beginning of a document, with less before the first 其中 than is looked at."""
    text = "新建学校12所,其中小学7所;增加床位50张,其中护理型床位42张"
    figures = [("学校", 12, "所"), ("小学", 7, "所"), ("床位", 50, "张"), ("护理型床位", 42, "张")]
    assert parts(lines(("1.1", text, figures)), text) == {"d/1.1#2": "d/1.1#1", "d/1.1#4": "d/1.1#3"}


@pytest.mark.parametrize(
    ("text", "figures", "found"),
    [
        (
            "实施学校重点项目12个,计划竣工3个,其中幼儿园7个、小学4个、初中1个",
            [
                ("学校重点项目", 12, "个"),
                ("学校重点项目", 3, "个"),
                ("幼儿园", 7, "个"),
                ("小学", 4, "个"),
                ("初中", 1, "个"),
            ],
            {"3": "1", "4": "1", "5": "1"},
        ),
        (
            "改造老旧小区40个,年内开工25个,其中东城区22个、西城区18个",
            [("老旧小区", 40, "个"), ("老旧小区", 25, "个"), ("东城区", 22, "个"), ("西城区", 18, "个")],
            {"3": "1", "4": "1"},
        ),
        (
            "新建公路90公里,完工60公里,其中县道50公里、村道10公里",
            [("公路", 90, "公里"), ("公路", 60, "公里"), ("县道", 50, "公里"), ("村道", 10, "公里")],
            {"3": "2", "4": "2"},
        ),
        (
            "新建公园8个,提升广场5个,其中口袋公园2个",
            [("公园", 8, "个"), ("广场", 5, "个"), ("口袋公园", 2, "个")],
            {"3": "2"},
        ),
    ],
)
def test_parts_are_of_the_figure_that_they_add_up_to(text, figures, found):
    """Between a whole and its 其中 may stand how many of it are finished or begun in the year."""
    assert parts(lines(("1.1", text, figures)), text) == {
        f"d/1.1#{part}": f"d/1.1#{whole}" for part, whole in found.items()
    }


@pytest.mark.parametrize(
    ("text", "figures", "nature"),
    [
        (
            "新增停车泊位1500个,其中公共停车泊位不少于400个",
            [("停车泊位", 1500, "个"), ("公共停车泊位", 400, "个")],
            "flow",
        ),
        ("新增托位900个,其中普惠托位达到600个", [("托位", 900, "个"), ("普惠托位", 600, "个")], "flow"),
        ("新开工保障房800套,其中公租房200套", [("保障房", 800, "套"), ("公租房", 200, "套")], "stage"),
        (
            "养老床位总数达到5000张,其中护理型床位3000张",
            [("养老床位", 5000, "张"), ("护理型床位", 3000, "张")],
            "stock",
        ),
        (
            "养老床位总数达到5000张,其中新增护理型床位300张",
            [("养老床位", 5000, "张"), ("护理型床位", 300, "张")],
            "flow",
        ),
        ("改造小区20个,其中开工小区5个", [("小区", 20, "个"), ("小区", 5, "个")], "stage"),
    ],
)
def test_a_part_has_the_nature_of_its_whole_unless_it_tells_of_its_own_deed(text, figures, nature):
    found = with_parts(lines(("1.1", text, figures))["targets"], text).set_index("target_id")
    assert found.loc["d/1.1#2", ["part_of", "nature"]].tolist() == ["d/1.1#1", nature]


def test_parts_that_a_split_prints_line_by_line():
    """杭州 6.2: 100 lines of five kinds, 20 + 40 + 20 + 10 + 10, without 其中."""
    kinds = [("城乡公交", 20), ("地铁接驳线", 40), ("社区微公交", 20), ("敬老公交", 10), ("定制公交", 10)]
    name = "城乡公交、地铁接驳线、社区微公交、敬老爱老公交线、定制公交线路"
    tables = lines(("6.2", f"新辟优化{name}100条", [(name, 100, "条"), *((k, v, "条") for k, v in kinds)]))
    assert parts(tables) == {f"d/6.2#{k}": "d/6.2#1" for k in range(2, 7)}


def reported(tables, **results):
    rows = [
        {"doc_id": "d", "task_id": f"d/{key}", "target_id": f"d/{key}#1", "value": value}
        for key, value in results.items()
    ]
    return tables | {"outcomes": model.conform("outcomes", pd.DataFrame(rows))}


def test_one_promise_in_three_lists_counts_once():
    """乐清: 6,600 flats in the province's and the city's list, 4,500 in its own, 6,789 reported for each."""
    tables = lines(
        ("province.14", "建设(筹集)保障性租赁住房6600套(间)", [("保障性租赁住房", 6600, "套(间)")]),
        ("city.19", "建设筹集保障性租赁住房6600套(间)。", [("保障性租赁住房", 6600, "套(间)")]),
        ("county.44", "筹集保障性租赁住房4500套。", [("保障性租赁住房", 4500, "套")]),
        ("city.15", "新增绿道8公里。", [("绿道", 8, "公里")]),
        ("county.16", "提升绿道8公里。", [("绿道", 8, "公里")]),
    )
    tables = reported(tables, **{"province.14": 6789, "city.19": 6789, "county.44": 6789})
    pairs = same_promises(tables).set_index(["target_id", "same_as"])["evidence"].to_dict()
    assert pairs == {
        ("d/city.19#1", "d/province.14#1"): "figure",
        ("d/county.44#1", "d/province.14#1"): "result",
        ("d/county.44#1", "d/city.19#1"): "result",
    }
    once = counted_once(tables).set_index("target_id")
    assert once["counts"].to_dict() == {
        "d/province.14#1": True,
        "d/city.19#1": False,
        "d/county.44#1": False,
        "d/city.15#1": True,
        "d/county.16#1": True,
    }


def test_natures_of_the_documents(tables):
    """Read by eye: the levels of the four lists, and the works that are only to be begun."""
    found = tables["targets"].set_index("target_id")["nature"]
    found = found[~found.index.str.startswith("wenzhou-14fyp")]
    levels = {
        "hangzhou-2024-plan/1.5#1",
        "lucheng-2024-progress/2.1#1",
        "lucheng-2024-progress/8.2#1",
        "lucheng-2024-progress/8.4#2",
        "yueqing-2022-completion/province.13#1",
    }
    begun = {
        "hangzhou-2024-plan/3.6#1",
        "yueqing-2022-completion/province.15#1",
        "yueqing-2022-completion/province.15#2",
        "yueqing-2022-completion/province.23#1",
        "yueqing-2022-completion/county.4#1",
        "yueqing-2022-completion/county.41#1",
        "yueqing-2022-completion/county.45#2",
    }
    assert set(found[found.eq("stock")].index) == levels
    assert set(found[found.eq("stage")].index) == begun


def test_parts_of_the_documents(tables):
    found = tables["targets"].dropna(subset="part_of").set_index("target_id")["part_of"].to_dict()
    assert found == {
        **{f"hangzhou-2024-plan/6.2#{k}": "hangzhou-2024-plan/6.2#1" for k in range(2, 7)},
        "wenzhou-2022-plan/2.3#1": "wenzhou-2022-plan/2.2#1",
        "wenzhou-2022-plan/12.3#1": "wenzhou-2022-plan/12.2#1",
        "yueqing-2022-completion/province.2#2": "yueqing-2022-completion/province.2#1",
        "yueqing-2022-completion/city.3#2": "yueqing-2022-completion/city.3#1",
        "yueqing-2022-completion/county.22#2": "yueqing-2022-completion/county.22#1",
        "yueqing-2022-completion/county.22#3": "yueqing-2022-completion/county.22#1",
    }


@pytest.mark.parametrize(
    ("measure", "value", "unit", "words"),
    [
        ("开发公益性岗位", 740, "个", "开发公益性岗位不少于740个"),
        ("开发公益性岗位", 740, "个", "开发公益性岗位740个以上"),
        ("充电车位", 300, "个", "新增停车位800个,其中充电车位不少于300个"),
        ("志愿者", 500, "名", "招募志愿者不低于500名"),
    ],
)
def test_a_bound_alone_makes_no_level(measure, value, unit, words):
    target = {"measure": measure, "value": float(value), "unit": unit, "bound": "at_least"}
    assert nature_of(target, words) == "flow"


def test_a_number_that_stands_is_a_level_with_a_bound_too():
    target = {"measure": "参保人数", "value": 300000.0, "unit": "人", "bound": "at_least"}
    assert nature_of(target, "参保人数不低于30万人") == "stock"
