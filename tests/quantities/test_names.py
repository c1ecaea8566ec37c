"""What a figure is called: names that begin with a number, what is done to a thing or there, and lists of promises."""

from __future__ import annotations

import pytest

from minshi_analysis.language.figures import figures
from minshi_analysis.language.quantities import parse_quantities


def names(text: str) -> list[tuple[str, float]]:
    return [(q.measure, q.value) for q in parse_quantities(text, kind="plan")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "为全县3万名妇女免费做宫颈癌筛查、为全县2万名妇女免费做乳腺癌筛查",
            [("妇女宫颈癌筛查", 3e4), ("妇女乳腺癌筛查", 2e4)],
        ),
        (
            "为5000名老人免费安装呼叫器、为800名儿童免费配镜",
            [("老人", 5000), ("儿童", 800)],
        ),
        (
            "对12个村卫生室配备心电图机、对30所学校更换护眼灯",
            [("村卫生室", 12), ("学校更换护眼灯", 30)],
        ),
        (
            "为全州7万名35-64岁妇女免费做宫颈癌筛查、为全州6.1万名35-64岁妇女免费做乳腺癌筛查",
            [("35-64岁妇女宫颈癌筛查", 7e4), ("35-64岁妇女乳腺癌筛查", 6.1e4)],
        ),
        ("绘制5处文化墙、添置8套课桌椅、修剪200株行道树", [("文化墙", 5), ("课桌椅", 8), ("行道树", 200)]),
        ("新建3所幼儿园、公厕5座", [("幼儿园", 3), ("公厕", 5)]),
        ("幼儿园3所、公厕5座", [("幼儿园", 3), ("公厕", 5)]),
    ],
)
def test_the_next_promise_of_a_list_has_a_name_of_its_own(text, expected):
    assert names(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "新建3人制篮球场2片、5人制足球场4片、24小时自助图书馆3个",
            [("3人制篮球场", 2), ("5人制足球场", 4), ("24小时自助图书馆", 3)],
        ),
        ("建成15分钟便民生活圈5个", [("15分钟便民生活圈", 5)]),
        ("新建九年一贯制学校2所、12年制学校1所", [("九年一贯制学校", 2), ("12年制学校", 1)]),
        ("建设四好农村路60公里,打造8小时工作制岗位300个", [("四好农村路", 60), ("8小时工作制岗位", 300)]),
        ("建成2个24小时开放书房", [("24小时开放书房", 2)]),
        # a length of time that says how long something takes is in no name
        (
            "3天内完成危房改造30户,30天建成公厕5座,9年培训教师3000名",
            [("危房改造", 30), ("公厕", 5), ("教师", 3000)],
        ),
    ],
)
def test_a_name_begins_with_its_number(text, expected):
    assert names(text) == expected


def test_the_players_of_a_field_are_no_people():
    assert [(f.surface, f.reason) for f in figures("新建3人制篮球场2片")] == [("3人", "name"), ("2片", None)]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("完善10个基层综合文化站(中心)设施设备", "基层综合文化站(中心)设施设备"),
        ("制作14个道路旅游标识牌", "道路旅游标识牌"),
        ("进一步添置30套健身器材", "健身器材"),
        ("疏浚12公里河道", "河道"),
        ("带动1500户脱贫农户", "脱贫农户"),
        # what stands before the number is the thing, and behind it what is done to it
        ("道路12公里拓宽改造", "道路"),
        ("危房200户加固", "危房"),
        ("户厕1000户改造提升", "户厕"),
        ("剩余2个正在收尾", "剩余"),
        ("完成路基28公里和路面20公里", "路基"),
    ],
)
def test_an_unknown_verb_yields_to_the_noun_behind_the_unit(text, name):
    assert names(text)[0][0] == name


@pytest.mark.parametrize(
    "text",
    [
        "“十四五”期间改造城镇老旧小区96个",
        "十四五期间改造城镇老旧小区96个",
        "“十五五”时期城镇老旧小区改造96个",
    ],
)
def test_a_name_carries_no_period(text):
    assert names(text)[0][0].removesuffix("改造") == "城镇老旧小区"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("新建三所幼儿园、五座公厕", [("幼儿园", 3), ("公厕", 5)]),
        ("设置两个全科诊室、一个药房、健康小屋", [("全科诊室", 2), ("药房", 1)]),
        ("改造三条街巷和两处停车场", [("街巷", 3), ("停车场", 2)]),
        ("新建3所幼儿园、五座公厕、一个公园", [("幼儿园", 3), ("公厕", 5), ("公园", 1)]),
        ("打通两条断头路", [("断头路", 2)]),
        ("坚持一个中心、两个基本点", []),
        ("实现两个转变、三个提升", []),
        ("推进两个中心建设", []),
    ],
)
def test_chinese_numerals_of_a_list_each_count(text, expected):
    assert names(text) == expected


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("完成秦南路南小河桥至花船子3.4公里道路拓宽改造工程", "道路拓宽改造工程"),
        ("实施东门桥至西门口2.5公里河道清淤", "河道清淤"),
        ("新建李村到王庄6公里水泥路", "水泥路"),
        ("新建李村至王庄公路6公里", "李村至王庄公路"),
    ],
)
def test_a_length_is_not_called_by_where_it_runs(text, name):
    assert names(text)[0][0] == name


@pytest.mark.parametrize(
    ("words", "measure"),
    [
        ("管网改造完成总工程量的50%", "管网改造完成总工程量"),
        ("主体工程完成总投资的60%", "主体工程完成总投资"),
        ("道路改造完成工程总量的80%以上", "道路改造完成工程总量"),
        ("水库除险加固完成年度投资的约70%", "水库除险加固完成年度投资"),
    ],
)
def test_a_part_of_all_works_says_whose(words, measure):
    assert [q.measure for q in parse_quantities(words, kind="plan")] == [measure]


@pytest.mark.parametrize("per", ["年人均", "月人均", "每人每年", "人均"])
@pytest.mark.parametrize("rise", ["由", "从"])
def test_a_rise_per_head_names_what_rises(rise, per):
    found = parse_quantities(f"农村低保标准{rise}{per}1400元提高到1600元", kind="plan")
    assert {q.measure for q in found} == {"农村低保标准"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("完成631个农宅空置率30%-50%“空心村”治理", [('"空心村"治理', 631)]),
        ("改造120个老龄化率20%以上的村", [("村", 120)]),
        ("整治85个空置率超过30%的村庄", [("村庄", 85)]),
        ("建成30个绿化覆盖率40%以上公园", [("公园", 30)]),
        ("完成覆盖率90%以上的村民小组200个", [("村民小组", 200)]),
        # a rate that is reached there is promised
        ("实现120个村生活污水治理率90%以上", [("村生活污水治理率", 120), ("村生活污水治理率", 90)]),
        ("新建公厕20座,卫生厕所普及率达到95%", [("公厕", 20), ("卫生厕所普及率", 95)]),
    ],
)
def test_a_rate_that_says_which_things_are_counted_is_no_promise_and_no_name(text, expected):
    assert names(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("建设覆盖1万个村庄的农村生活污水处理设施", [("村庄", 1e4)]),
        ("建设服务200个村的快递站点50个", [("村", 200), ("快递站点", 50)]),
        ("新建辐射30个社区的养老服务中心", [("社区", 30)]),
        ("建成惠及5个乡镇的供水管网", [("乡镇", 5)]),
        ("打造服务5000户居民的便民服务圈", [("居民", 5000)]),
        # where nothing is made, those who are served are told by the last word
        ("惠及5000名困难家庭的学生", [("学生", 5000)]),
    ],
)
def test_whom_a_thing_serves_is_counted_and_not_the_thing(text, expected):
    assert names(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "每千人口拥有执业(助理)医师3.5人、注册护士3.9人",
            [("每千人口拥有执业(助理)医师", 3.5), ("每千人口拥有注册护士", 3.9)],
        ),
        ("每万人拥有公交车12辆、出租车20辆", [("每万人拥有公交车", 12), ("每万人拥有出租车", 20)]),
        (
            "人均公园绿地面积达到14平方米、体育场地面积2.6平方米",
            [("人均公园绿地面积", 14), ("人均体育场地面积", 2.6)],
        ),
        (
            "每千名老年人拥有养老床位40张、护理员5名和护士3名",
            [("每千名老年人拥有养老床位", 40), ("每千名老年人拥有护理员", 5), ("每千名老年人拥有护士", 3)],
        ),
        (
            "每千人口执业医师数3.2人，注册护士数3.8人",
            [("每千人口执业医师数", 3.2), ("每千人口注册护士数", 3.8)],
        ),
        # what is done, or of another size, is of all
        ("每万人拥有公交车12辆、新增出租车20辆", [("每万人拥有公交车", 12), ("出租车", 20)]),
        ("人均公园绿地面积14平方米、绿化覆盖率42%", [("人均公园绿地面积", 14), ("绿化覆盖率", 42)]),
        (
            "人均体育场地面积2.6平方米、社会体育指导员3000名",
            [("人均体育场地面积", 2.6), ("社会体育指导员", 3000)],
        ),
    ],
)
def test_for_how_many_heads_is_said_once_for_a_list(text, expected):
    assert names(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("实现10万台以上电梯维保透明全覆盖", [("电梯维保透明全覆盖", 1e5)]),
        ("实现120个行政村快递服务全覆盖", [("行政村快递服务全覆盖", 120)]),
        ("推动80个社区网格化管理全覆盖", [("社区网格化管理全覆盖", 80)]),
        ("完成2万户燃气改造全覆盖", [("燃气改造全覆盖", 2e4)]),
        # the verb alone is in no name
        ("实现全覆盖200个村", [("村", 200)]),
        ("快递服务覆盖120个村", [("快递服务", 120)]),
        ("新增2000个点位覆盖城区", [("点位", 2000)]),
    ],
)
def test_what_is_reached_everywhere_keeps_its_word(text, expected):
    assert names(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("新开工建设和收购政策性保障住房60万平方米", [("政策性保障住房", 6e5)]),
        ("新建和购买公租房500套", [("公租房", 500)]),
        ("维修与新购公交车200辆", [("公交车", 200)]),
        ("改造和加固校舍5座", [("校舍", 5)]),
        ("收购和新建公租房300套", [("公租房", 300)]),
        # the second word is the thing itself, or begins it
        ("新建和租赁住房200套", [("租赁住房", 200)]),
        ("新建和美乡村20个", [("和美乡村", 20)]),
    ],
)
def test_of_two_verbs_neither_or_both_are_in_a_name(text, expected):
    assert names(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("莲塘等片区20个排水单元", [("排水单元", 20)]),
        ("城关等街道12个老旧小区改造", [("老旧小区改造", 12)]),
        ("7个乡镇1000公里管网", [("乡镇", 7), ("管网", 1000)]),
        ("改造5个社区30栋楼房", [("社区", 5), ("楼房", 30)]),
        ("新建5个乡镇20个村级服务站", [("乡镇", 5), ("村级服务站", 20)]),
        # of what is no place nothing else is counted
        ("新建幼儿园5所20个班", [("幼儿园", 5), ("幼儿园", 20)]),
        ("改造老旧小区20个3000户", [("老旧小区", 20), ("老旧小区", 3000)]),
    ],
)
def test_where_things_are_is_not_what_is_counted(text, expected):
    assert names(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("县城30公里范围内农村客运班线公交化运行率达到85%", [("农村客运班线公交化运行率", 85)]),
        ("城区500米半径内公交站点覆盖率达到90%", [("公交站点覆盖率", 90)]),
        ("市区5公里范围内停车场50个", [("停车场", 50)]),
        ("按月发放补贴2万人", [("补贴", 2e4)]),
        ("生活补助按季度发放1.2万人", [("生活补助", 1.2e4)]),
        ("按新标准发放高龄津贴3万人", [("高龄津贴", 3e4)]),
        ("按照省定标准发放孤儿生活费300人", [("孤儿生活费", 300)]),
        ("满足年一万人次以上惠老助餐需求", [("惠老助餐", 1e4)]),
        ("满足每年5000人次以上康复需求", [("康复", 5000)]),
    ],
)
def test_how_far_how_often_and_by_what_rule_is_in_no_name(text, expected):
    assert names(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("改造市中心240片低洼积水片", [("低洼积水片", 240)]),
        ("整治县中心18处易涝路段", [("易涝路段", 18)]),
        ("整治主城12个背街小巷", [("背街小巷", 12)]),
        ("对中心城区43条、45万平方米土路实施硬铺装", [("土路", 43), ("土路", 45e4)]),
        ("对老城区12条、3.5公里道路进行改造", [("道路", 12), ("道路", 3.5)]),
        ("救助中心3个、新建公厕5座", [("救助中心", 3), ("公厕", 5)]),
    ],
)
def test_a_place_before_a_number_is_not_what_is_counted(text, expected):
    assert names(text) == expected


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("日转运能力由原来的420吨提高到650吨", "日转运能力"),
        ("日处理能力由过去的2万吨提升到4万吨", "日处理能力"),
        ("最低工资从原先的每月600元提高到720元", "最低工资"),
        ("日供水量由现在的3万吨增加到5万吨", "日供水量"),
        ("覆盖率由目前的60%提高到80%", "覆盖率"),
    ],
)
def test_words_of_what_it_was_before_are_no_name(text, name):
    assert [measure for measure, _ in names(text)] == [name, name]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("健身器材30个点位", "健身器材点位"),
        ("充电桩50个站点", "充电桩站点"),
        ("便民菜店12处网点建设", "便民菜店网点"),
    ],
)
def test_the_sites_of_a_thing_are_counted_and_not_the_thing(text, name):
    assert [measure for measure, _ in names(text)] == [name]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "新增住宅供热面积800万平方米,其中新建住宅供热700万平方米,补建老住宅供热100万平方米",
            ["住宅供热面积", "新建住宅供热", "补建老住宅供热"],
        ),
        ("建设公厕50座,其中新建公厕20座、改建公厕30座", ["公厕", "新建公厕", "改建公厕"]),
        ("新增床位500张,其中新建养老院床位300张", ["床位", "新建养老院床位"]),
        ("建设学校9所,其中新建幼儿园4所。新建公厕3座", ["学校", "幼儿园", "公厕"]),
    ],
)
def test_a_part_keeps_the_word_that_tells_it_from_its_whole(text, expected):
    assert [measure for measure, _ in names(text)] == expected
