"""Names that would mislead about what is counted: cut by a numeral, a bracket or a verb, or of something beside it."""

from __future__ import annotations

import pytest

from minshi_analysis.facts.prose.deeds import deed_of
from minshi_analysis.language.quantities import parse_quantities

LONG_LIST = (
    "13号线一期、17号线二期、18号线三期、19号线二期、8号线二期、27号线一期、30号线一期及轨道交通资阳线等项目"
)


def names(text):
    return [q.measure for q in parse_quantities(text, kind="plan")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"续建地铁10号线三期、{LONG_LIST}9个", [f"地铁10号线三期、{LONG_LIST}"]),
        ("清理1号渠5公里", ["清理1号渠"]),
        ("建设二期工程3个", ["二期工程"]),
        ("改造第三小学2所", ["第三小学"]),
    ],
)
def test_a_numeral_within_a_name_does_not_cut_it(text, expected):
    assert names(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("规划建设“回家的路(上班的路)”社区绿道1000条", ['"回家的路(上班的路)"社区绿道']),
        ("打造“家门口的好学校”试点校10所", ['"家门口的好学校"试点校']),
        ("举办“我的城市我的家”主题活动30场", ['"我的城市我的家"主题活动']),
        ("农村户用厕所改(新)建100万户以上", ["农村户用厕所"]),
        ("农村公路新(改)建30公里", ["农村公路"]),
        ("中小学校舍改(扩)建20所", ["中小学校舍"]),
    ],
)
def test_quotation_marks_and_brackets_keep_what_is_within(text, expected):
    assert names(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("大幅改善4所学校的办学条件", ["学校的办学条件"]),
        ("有效解决3个小区的停车难题", ["小区的停车难题"]),
        ("切实改善6个村的饮水条件", ["村的饮水条件"]),
        ("9个项目乡镇已解决2.3万人饮水不安全问题", ["项目乡镇", "饮水不安全问题"]),
        ("学校食堂已改造9个", ["学校食堂"]),
        ("由省级示范高中与14所县域高中结对", ["县域高中结对"]),
        ("由省级示范高中与14所县域高中", ["县域高中"]),
        ("支持2所县一中", ["县一中"]),
        ("县级财政补助资金下达360万元", ["县级财政补助资金下达"]),
        ("会议精神传达20场", ["会议精神传达"]),
        ("城镇新增就业达5000人", ["城镇新增就业"]),
        ("建成区绿化覆盖率提高到33%", ["建成区绿化覆盖率"]),
        ("培训中心建成3个", ["培训中心"]),
        ("建设用地复垦300亩", ["建设用地复垦"]),
        ("建成区级文化馆2个", ["区级文化馆"]),
        ("建设路灯200盏", ["路灯"]),
        ("建设社区养老服务站8个", ["社区养老服务站"]),
    ],
)
def test_a_verb_is_no_noun_and_a_noun_no_verb(text, expected):
    assert names(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("在册14个项目7661套住房按时达标交付", ["项目", "住房"]),
        ("推进32个项目1.2万套保障房建设", ["项目", "保障房"]),
        ("惠及12个连队3400户职工群众", ["连队", "职工群众"]),
        ("改造老旧小区14个1820户", ["老旧小区", "老旧小区"]),
        ("剩余2个正在收尾", ["剩余"]),
        ("新建中山路3座天桥", ["天桥"]),
        (
            "完成二环路4个立交桥区示范公园及东西城市轴线、南北城市轴线重要节点景观示范场景",
            ["立交桥区示范公园"],
        ),
        ("建成乡镇卫生院中医馆6个，占比达到60%", ["乡镇卫生院中医馆", "乡镇卫生院中医馆占比"]),
        ("普惠性幼儿园在园幼儿占比达85%", ["普惠性幼儿园在园幼儿占比"]),
        ("改造厕所300座;占比60%", ["厕所", "占比"]),
        ("完成在职参保人数6300人", ["在职参保人数"]),
        ("新增在园幼儿300名", ["在园幼儿"]),
        ("建设东湖镇2所卫生院", ["卫生院"]),
        ("新建农村公路3条", ["农村公路"]),
        ("划定2处特定时段免费停车路段", ["特定时段免费停车路段"]),
        ("建设5个城市免费WiFi热点", ["城市免费WiFi热点"]),
        ("为1.8万名老年人免费体检", ["老年人"]),
        ("为200名残疾人按每人每月100元发放补贴", ["残疾人", "残疾人"]),
        ("新建或购买500套住房用于廉租住房实物配租", ["住房"]),
        ("发放300张按摩床", ["按摩床"]),
    ],
)
def test_each_figure_has_the_noun_that_it_counts(text, expected):
    assert names(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("对100个老旧小区的二次管网和换热站实施改造", ["老旧小区的二次管网和换热站"]),
        ("改造30个村的供水管网", ["村的供水管网"]),
        ("减免300名学生的学费", ["学生的学费"]),
        ("惠及5000名困难家庭的学生", ["学生"]),
        ("完成10个示范村的验收", ["示范村"]),
        ("帮扶2000户最困难的家庭", ["家庭"]),
        ("90%以上的乡镇（街道）建有老年大学", ["乡镇(街道)建有老年大学"]),
        ("70%的中小学建成智慧校园", ["中小学建成智慧校园"]),
        ("85%以上的小区实现垃圾分类", ["小区实现垃圾分类"]),
    ],
)
def test_whose_and_which_share_is_said(text, expected):
    assert names(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("义务教育大班额减少1.4万个以上", ["义务教育大班额减少"]),
        ("交通事故下降20起", ["交通事故下降"]),
        ("散煤用户压减1000户", ["散煤用户压减"]),
        ("城市低保标准提高50元", ["城市低保标准提高"]),
        ("贫困人口下降到3万人", ["贫困人口"]),
        ("城市低保标准提高到800元", ["城市低保标准"]),
    ],
)
def test_by_how_much_something_moves_is_no_level(text, expected):
    assert names(text) == expected


@pytest.mark.parametrize("mark", ["①", "⑴", "●", "一是", "1.", "(1)", "-", ""])
def test_marks_of_items_are_no_part_of_a_name(mark):
    assert names(f"{mark}新增托位160个") == ["托位"]
    assert names(f'{mark}为适龄妇女"两癌"筛查5000人') == ['适龄妇女"两癌"筛查']


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("关于“新增停车位1.5万个”", ["停车位"]),
        ("关于“筹集建设保障性住房1.2万套”", ["保障性住房"]),
        ("关于新建改造公园15个", ["公园"]),
    ],
)
def test_what_a_promise_is_about_is_named_without_about(text, expected):
    assert names(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("城乡低保标准分别提高到每人每月650元、480元", ["城市低保标准", "农村低保标准"]),
        ("城乡居民收入分别增长7%、8%", ["城镇居民收入", "农村居民收入"]),
        ("城乡特困人员供养标准分别提高到1000元、800元", ["城市特困人员供养标准", "农村特困人员供养标准"]),
        (
            "为5200名困难残疾人、3100名重度残疾人发放补贴，标准分别为每人每月60元、80元",
            ["困难残疾人", "重度残疾人"] * 2,
        ),
        (
            "为1200名孤儿、500名事实无人抚养儿童发放生活费，标准分别为每人每月1500元、1100元",
            ["孤儿", "事实无人抚养儿童"] * 2,
        ),
    ],
)
def test_what_is_told_of_several_at_once_is_told_of_each(text, expected):
    assert names(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("城市低保月标准由656元提高到680元", ["元/月", "元/月"]),
        ("农村特困年补助标准提高到8000元", ["元/年"]),
        ("孤儿月补助标准1500元", ["元/月"]),
        ("今年补助标准500元", ["元"]),
        ("6月发放补贴500元", ["元"]),
    ],
)
def test_the_period_of_a_standard_may_stand_in_its_name(text, expected):
    assert [q.unit for q in parse_quantities(text, kind="plan")] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("在张家川镇西街等8个村实施北山生态综合治理工程", ""),
        ("在3个乡镇开展环境整治工程", ""),
        ("为200个卫生院配备救护车", "卫生院配备救护车"),
    ],
)
def test_works_in_places_are_not_counted_by_the_places(text, expected):
    assert [deed_of(q, text) for q in parse_quantities(text)] == [expected]
