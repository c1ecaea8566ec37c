"""Idiom by idiom: what each habit of official prose means, with values read by eye."""

import pytest

from minshi_analysis.language.numerals import numeral
from minshi_analysis.language.quantities import canonical_unit, parse_quantities, parse_unit, parse_value


def read(text, **known):
    return [(q.value, q.unit, q.bound) for q in parse_quantities(text, **known)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # scales, separators, numerals
        ("新增车位1.5万个", [(15000, "个", "exact")]),
        ("新增车位1. 5万个", [(15000, "个", "exact")]),
        ("改造面积1,234.5万平方米", [(12345000, "平方米", "exact")]),
        ("新增车位７５００個", [(7500, "个", "exact")]),
        ("新增车位 7 500 个", [(7500, "个", "exact")]),
        ("办三十五件实事", [(35, "件", "exact")]),
        ("万余名党员参加", [(10000, "名", "more_than")]),
        ("投入二百余万元", [(200, "万元", "more_than")]),
        ("走访三千五百户", [(3500, "户", "exact")]),
        ("培训学员4300余人", [(4300, "人", "more_than")]),
        ("受益30多万人", [(300000, "人", "more_than")]),
        ("数十家企业、几百人、上千名志愿者", []),
        # digits and scales that alternate
        ("新增车位1万5千个", [(15000, "个", "exact")]),
        ("惠及2万3千余人", [(23000, "人", "more_than")]),
        ("惠及2万3千人以上", [(23000, "人", "at_least")]),
        ("新增车位1千5百个", [(1500, "个", "exact")]),
        ("总投资1亿2千万元", [(12000, "万元", "exact")]),
        ("总投资2亿3000万元", [(23000, "万元", "exact")]),
        ("总投资1千2百万元", [(1200, "万元", "exact")]),
        ("总投资三亿五千万元", [(35000, "万元", "exact")]),
        ("总投资壹仟贰佰万元", [(1200, "万元", "exact")]),
        ("发放补贴123元1角1分", [(123.11, "元", "exact")]),
        ("总投资约1亿5千余万元", [(15000, "万元", "approx")]),
        ("总投资5千余万元", [(5000, "万元", "more_than")]),
        ("惠及3百多万人", [(3000000, "人", "more_than")]),
        ("新增车位1万5个", []),
        # one number, several or none: not in doubt, or not read
        ("新增车位1000①个", [(1000, "个", "exact")]),
        ("新增车位1200[1]个", [(1200, "个", "exact")]),
        ("新增车位-1500个", []),
        ("气温距平-1.5%", [(-1.5, "%", "exact")]),
        ("小学、初中分别新增学位1200、500个", [(1200, "个", "exact"), (500, "个", "exact")]),
        ("新增学位1、500个", []),
        ("新增车位12OO个", []),
        ("新增车位 1 , 200 个、建成500 / 600 个、新增车位1。200个", []),
        ("新增车位1.500个", []),
        ("新增车位1.500万个", []),
        ("覆盖4.460个居村", []),
        ("4.460万人参保", []),  # 4. and 460万人?
        ("新建公厕5座；4.460万人参保", [(5, "座", "exact")]),
        ("已解决3.128万人饮水问题", [(31280, "人", "exact")]),
        ("为7.497万人、6.007万人办卡", [(74970, "人", "exact"), (60070, "人", "exact")]),
        ("培训12.345万人次", [(123450, "人次", "exact")]),
        ("惠及0.125亿户", [(12500000, "户", "exact")]),
        ("每千人口医师3.125名", [(3.125, "名", "exact")]),
        ("比例1∶8、师生比1：15", []),
        ("新增车位500+个", [(500, "个", "more_than")]),
        ("增速为负2.3%、误差±3%", [(-2.3, "%", "exact")]),
        ("总投资500万，惠及3万", [(500, "万元", "exact")]),
        ("日供水1.2万m³/d", [(12000, "立方米/日", "exact")]),
        ("奖励500元/头", [(500, "元", "exact")]),
        ("1.2024年新建幼儿园3所", [(3, "所", "exact")]),
        # tenths, parts, percent, ratios
        ("提高一成半", [(15, "%", "exact")]),
        ("达到七成多", [(70, "%", "more_than")]),
        ("覆盖率过20%", [(20, "%", "more_than")]),
        ("通过20%的项目", [(20, "%", "exact")]),
        ("控制在万分之三以内", [(0.03, "%", "at_most")]),
        ("上百人次、几千户", []),
        ("近六成", [(60, "%", "approx")]),
        ("逾八成", [(80, "%", "more_than")]),
        ("满意率九成五以上", [(95, "%", "at_least")]),
        ("增长百分之三十", [(30, "%", "exact")]),
        ("死亡率小于5‰", [(5, "‰", "less_than")]),
        ("高出全省2.3个百分点", [(2.3, "百分点", "exact")]),
        ("三分之二的村", [(2 / 3, "", "exact")]),
        ("1/3的初中", [(1 / 3, "", "exact")]),
        ("孕产妇死亡率控制在20.1/10万以内", [(20.1, "/10万", "at_most")]),
        ("收入倍差从2016年的2.08缩小至2020年的1.96", [(2.08, "", "exact"), (1.96, "", "exact")]),
        ("是目标的1.9倍", [(1.9, "倍", "exact")]),
        # units
        ("筹集住房4万套（间）", [(40000, "套(间)", "exact")]),
        ("处理能力4万吨/日", [(40000, "吨/日", "exact")]),
        ("床位6张/千人", [(6, "张/千人", "exact")]),
        ("浓度27微克／立方米以下", [(27, "微克/立方米", "at_most")]),
        ("标准1100元/人·月", [(1100, "元/月", "exact")]),
        ("补贴25.5元/人/天", [(25.5, "元/天", "exact")]),
        ("分别提高到每人每月750元和620元", [(750, "元/月", "exact"), (620, "元/月", "exact")]),
        ("每人每月300元的补贴", [(300, "元/月", "exact")]),
        ("总投资2亿元", [(20000, "万元", "exact")]),
        ("总投资10亿", [(100000, "万元", "exact")]),
        ("惠及54.13万群众", [(541300, "人", "exact")]),
        # bounds around the number, and split from it
        ("充电桩200个(标准桩)以上", [(200, "个", "at_least")]),
        ("至少建成1所幼儿园", [(1, "所", "at_least")]),
        ("不超过4.2%", [(4.2, "%", "at_most")]),
        ("超过2.5万个", [(25000, "个", "more_than")]),
        ("做到128万户,超过110万户的年度任务", [(1280000, "户", "exact"), (1100000, "户", "exact")]),
        ("建成30所以上学校", [(30, "所", "at_least")]),
        ("引进100名以上省外教师", [(100, "名", "at_least")]),
        # thresholds say who qualifies
        ("50户以上村寨的管网", []),
        ("超过5万元的费用", []),
        ("困难群众5万元以上高额费用化解率100%", [(100, "%", "exact")]),
        ("0-3公里范围内的行政村、周边5公里的居民", []),
        # units that are not on the list, and technical ones
        ("助餐能力25万客/日左右", [(250000, "客/日", "approx")]),
        ("处理40单/小时", [(40, "单/小时", "exact")]),
        ("浓度35μg/m3、30微克/m³", [(35, "微克/立方米", "exact"), (30, "微克/立方米", "exact")]),
        ("绿地500m²", [(500, "平方米", "exact")]),
        ("0.4千伏线路200公里", [(200, "公里", "exact")]),
        ("惠及33个行政村13.3万人", [(33, "个", "exact"), (133000, "人", "exact")]),
        # lists
        ("覆盖6乡镇7村596户", [(6, "乡镇", "exact"), (7, "村", "exact"), (596, "户", "exact")]),
        ("建成99个(农村79个)", [(99, "个", "exact"), (79, "个", "exact")]),
        # what is no quantity
        ("2022年11月底前,65周岁以上、0-3岁、3个月内、第二批、第3名", []),
        ("杭政办函〔2024〕4号", []),
        ("拨打12345热线、医疗急救(120)分站、A-24地块、PM2.5、5G网络、360B路", []),
        ("“1+8+X”体系、“15分钟生活圈”、“四好农村路”、一老一小、统一部署", []),
        ("实现1公里便民圈", []),
        ("两家医院、一次检查、一批项目、四级网络", []),
        ("完成两个污水处理厂建设、新建三所幼儿园", [(2, "个", "exact"), (3, "所", "exact")]),
        ("完成三个转变、打造三个“一批”、完成两个100%", [(100, "%", "exact")]),
        ("1.5000户居民", [(5000, "户", "exact")]),
        ("劣Ⅴ类、10千伏及以下线路7503千米", [(7503, "千米", "exact")]),
        # years that are measured
        ("人均预期寿命达到82岁", [(82, "岁", "exact")]),
        ("平均受教育年限11.3年", [(11.3, "年", "exact")]),
    ],
)  # fmt: skip
def test_value_unit_and_bound(text, expected):
    assert read(text) == [(pytest.approx(v), u, b) for v, u, b in expected]


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("2—3个", 2, 3),
        ("1.5万至2万个", 15000, 20000),
        ("10-15万套", 100000, 150000),
        ("5%~8%", 5, 8),
        ("两三个", 2, 3),
        ("两三百个", 200, 300),
        ("2、3个", 2, 3),
        ("3至5家", 3, 5),
        ("3 ~ 5家", 3, 5),
    ],
)
def test_ranges(text, low, high):
    (q,) = parse_quantities("新增" + text)
    assert (q.value, q.upper, q.bound, q.surface) == (low, high, "range", text)


@pytest.mark.parametrize(
    ("text", "measures"),
    [
        ("新增托位7500个以上,其中新增普惠托位4500个", ["托位", "普惠托位"]),
        ("为5000个中小学教室新安装空调及新风系统", ["中小学教室"]),
        ("组建教共体70对以上,完成同步课堂、研修活动等达2000节(次)以上", ["教共体", "同步课堂、研修活动等"]),
        ("新(改、扩)建公办园50所", ["公办园"]),
        ("全市长期护理保险投保人数达到859万人", ["长期护理保险投保人数"]),
        ("新增城市书房25家、文化驿站20家、乡村博物馆60家", ["城市书房", "文化驿站", "乡村博物馆"]),
        (
            "实现困难群众资助参保100%、医疗救助100%、高额费用化解100%",
            ["困难群众资助参保", "医疗救助", "高额费用化解"],
        ),
        ("新增体育公园(体育设施进公园)6个", ["体育公园"]),
        ("3岁以下婴幼儿托位增4万个", ["婴幼儿托位"]),
        ("文化产业、体育产业增加值占比分别达到6.5%、2.0%", ["文化产业增加值占比", "体育产业增加值占比"]),
        ("小学、初中分别新增学位500个、300个", ["小学学位", "初中学位"]),
        ("停车位任务300个、建了518个", ["停车位", "停车位"]),
        # adverbs, prepositions and verbs that are part of a name
        ("基本医疗保险参保人数599万人,在建工地监测覆盖面95%", ["基本医疗保险参保人数", "在建工地监测覆盖面"]),
        ("改造总面积78000平方米,改造整治类危房500幢", ["改造总面积", "改造整治类危房"]),
        ("基本建成数字农场100个,拆除乱搭乱建63万平方米", ["数字农场", "乱搭乱建"]),
        # where, how and for whom is not what
        ("为失业青年提供公益性岗位1.1万个", ["公益性岗位"]),
        ("从省外引进青年医师300名", ["青年医师"]),
        ("接种率以街道(镇)为单位达到90%", ["接种率"]),
        ("支援老区12县建立工作站5所", ["工作站"]),
        # what changes the figure stays
        ("每千人口拥有60岁以上志愿者数达到4.5人", ["每千人口拥有60岁以上志愿者数"]),
        ("每个县(市、区)至少建有1家养老院", ["每个县(市、区)养老院"]),
        ("年均开展演出200场,绿色出行比例提高2个百分点", ["年均演出", "绿色出行比例提高"]),
        ("三级及以上医院占比75%,60%以上县(市、区)达标", ["三级及以上医院占比", "县(市、区)"]),
        # the noun behind a list of names, and for all numbers of an enumeration
        ("新增湖畔书吧、清风书吧等6家城市书吧", ["城市书吧"]),
        ("完成3个(阳光苑)、新开工1个(锦绣里)城中村改造", ["城中村改造", "城中村改造"]),
        ("改造5个小区(建成年限20年以上)", ["小区"]),
    ],
)
def test_measures(text, measures):
    assert [q.measure for q in parse_quantities(text)] == measures


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        ("计划增250张,实际增378张", ["target", "actual"]),
        ("超额113%完成120张床位建设,实际完成136张", ["rate", "target", "actual"]),
        ("建成住房6789套,完成率113.15%", ["actual", "rate"]),
        ("面积由1.3平方米增加到2.3平方米", ["baseline", "target"]),
        ("总投资2亿元", ["amount"]),
        ("提高2个百分点", ["rate"]),
    ],
)
def test_roles(text, roles):
    assert [q.role for q in parse_quantities(text)] == roles


def test_the_kind_of_document_decides_where_words_do_not():
    assert [parse_quantities("绿道110公里", kind=kind)[0].role for kind in ("plan", "completion")] == [
        "target",
        "actual",
    ]
    with pytest.raises(ValueError, match="kind 'diary' is not known"):
        parse_quantities("绿道110公里", kind="diary")


def test_unit_by_argument_caption_and_header():
    assert read("鹿城 350,龙湾 350.5", unit="万元") == [(350, "万元", "exact"), (350.5, "万元", "exact")]
    assert read("单位：亿元 总投资 12") == [(120000, "万元", "exact")]
    assert read("总投资（亿元） 10.00") == [(100000, "万元", "exact")]
    assert read("万人以上的县 | 就业（万人） | 目标5.2") == [(52000, "人", "exact")]
    with pytest.raises(ValueError, match="unit '把戏' is not known"):
        parse_quantities("5", unit="把戏")


def test_an_agency_is_no_caption():
    assert read("责任单位：市教育局 完成 12") == []


def test_cumulative_is_a_sum_over_a_period():
    first, second = parse_quantities("累计新增技能人才40万人,毕业生60万人")
    assert (first.cumulative, second.cumulative) == (True, False)


@pytest.mark.parametrize(
    ("cell", "unit", "expected"),
    [
        ("4350", "平方米", (4350, "平方米", "exact", False)),
        ("＞90", "（%）", (90, "%", "more_than", False)),
        ("≥94", "%", (94, "%", "at_least", False)),
        ("<3.5", "%", (3.5, "%", "less_than", False)),
        ("〔45〕", "万人", (450000, "人", "exact", True)),
        ("1.8左右", None, (1.8, "", "approx", False)),
        ("91左右", "%", (91, "%", "approx", False)),
        ("98/98", "%", (98, "%", "exact", False)),
        ("5(4)個", None, (5, "个", "exact", False)),
        (" 584.75", "万人", (5847500, "人", "exact", False)),
        ("4万 平方米", None, (40000, "平方米", "exact", False)),
        ("20條(城鄉公交)", None, (20, "条", "exact", False)),
        ("0", "万元", (0, "万元", "exact", False)),
        ("不少于100个", None, (100, "个", "at_least", False)),
        ("14.7", "年", (14.7, "年", "exact", False)),
        # what is one number for certain
        ("1\u2009200", "万元", (1200, "万元", "exact", False)),
        ("1\u200b200", "万元", (1200, "万元", "exact", False)),
        ("1，500", "万元", (1500, "万元", "exact", False)),
        ("1200①", "万元", (1200, "万元", "exact", False)),
        ("1200[1]", "万元", (1200, "万元", "exact", False)),
        ("壹仟贰佰万元", None, (1200, "万元", "exact", False)),
        ("2亿3000万元", "万元", (23000, "万元", "exact", False)),
        ("300(其中省级100)", "万元", (300, "万元", "exact", False)),
        ("[30]以上", "个", (30, "个", "at_least", True)),
        ("−2.3", "%", (-2.3, "%", "exact", False)),
        # a cell's own scale and unit stand above its head's
        ("1.5亿", "万元", (15000, "万元", "exact", False)),
        ("3000万", "万元", (3000, "万元", "exact", False)),
        ("1200元", "万元", (0.12, "万元", "exact", False)),
        ("1.5万", "万人", (15000, "人", "exact", False)),
        ("完成5个,100%", "%", (100, "%", "exact", False)),
        # units that only describe elsewhere
        ("55", "分贝", (55, "分贝", "exact", False)),
        ("15分钟", "分钟", (15, "分钟", "exact", False)),
    ],
)
def test_cells(cell, unit, expected):
    q = parse_value(cell, unit)
    assert (q.value, q.unit, q.bound, q.cumulative) == expected
    assert cell[q.start : q.end] == q.surface


@pytest.mark.parametrize(
    ("cell", "unit", "low", "high"),
    [("97-98", "%", 97, 98), ("300-500", "万元", 300, 500), ("两三百", "个", 200, 300)],
)
def test_cells_with_a_range(cell, unit, low, high):
    q = parse_value(cell, unit)
    assert (q.value, q.upper, q.unit, q.bound) == (low, high, unit, "range")


@pytest.mark.parametrize(
    "cell",
    ["1200\n300", "1200 300", "1 200", "50+30", "12OO", "1,2345.6", "1,50", "1, 500", "78.93〔1〕", "〔1〕200", "1'500", "97/98", "1:8",
     "-1500", "—5", "12万美元", "12\u202e00", "1.2.3", "省级300,县级200", "5个", "60%", "1500/2", "2021-2025"],
)  # fmt: skip
def test_a_cell_of_money_with_no_one_amount_gives_none(cell):
    assert parse_value(cell, "万元") is None


@pytest.mark.parametrize("unit", ["万美元", "美元", "万港元", "亿欧元"])
@pytest.mark.parametrize("cell", ["98/98", "98/98(1)", "1/3", "98", "98、98"])
def test_a_cell_of_foreign_money_is_no_value(cell, unit):
    assert parse_value(cell, unit) is None


def test_foreign_money_is_told_by_its_unit_and_never_read_as_ours():
    assert parse_unit("计划投资（万美元）") == (10000, "美元")
    assert parse_value("120000", "美元") is None
    assert read("引进外资1200万美元、投资3000万元") == [(3000, "万元", "exact")]
    assert read("利用外资 5", unit="亿美元") == []


@pytest.mark.parametrize("cell", ["省下目标", "—", "——", "--", "待定", "", "2022年11月", "市教育局"])
def test_cells_without_a_figure(cell):
    assert parse_value(cell, "%") is None


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("总投资（亿元）", (10000, "万元")),
        ("单位：万元", (1, "万元")),
        ("职业技能培训（万人次）", (10000, "人次")),
        ("公交分担率（不含步行）（%）", (1, "%")),
        ("城市细颗粒物（PM2.5）平均浓度（微克/立方米）", (1, "微克/立方米")),
        ("传染病收治能力（床/万人口）", (1, "床/万人口")),
        ("发行总额（亿）", (10000, "万元")),
        ("最低生活保障标准（元/年）", (1, "元/年")),
        ("建设规模（套（间））", (1, "套(间)")),
        ("人均预期寿命（岁）", (1, "岁")),
        ("城乡居民收入比", None),
        ("完成时间（月）", None),
        ("噪声（分贝）", (1, "分贝")),
        ("响应时间（分钟）", (1, "分钟")),
        ("平均浓度（μg/m3）", (1, "微克/立方米")),
        ("-", None),
        ("/", None),
        ("任务数", None),
    ],
)
def test_declared_units(header, expected):
    assert parse_unit(header) == expected


def test_canonical_units():
    assert [canonical_unit(u) for u in ("套（間）", "㎡", "％", "节（次）", "人·次")] == [
        "套(间)",
        "平方米",
        "%",
        "节(次)",
        "人·次",
    ]


@pytest.mark.parametrize(
    ("text", "value"),
    [("1,140", 1140), ("三百零五", 305), ("一亿二千万", 120000000), ("一点五", 1.5), ("十", 10), ("二十", 20),
     ("一万零五十", 10050), ("一一", None), ("三四五", None), ("9" * 19, None)],
)  # fmt: skip
def test_numerals(text, value):
    assert numeral(text) == value


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        ("养老金由574元、271元分别提高到609元、300元", ["baseline", "baseline", "target", "target"]),
        ("报销比例由45%提高到50%", ["baseline", "target"]),
        ("在45%的基础上提高到50%", ["baseline", "target"]),
        ("较2020年的45%提高5个百分点", ["baseline", "rate"]),
        ("去年完成供热改造300户,今年再完成500户", ["background", "target"]),
        ("上年完成2.1万人", ["background"]),
        ("比上年增加200个", ["target"]),
        ("2023年新增停车位700个。2024年新增停车位800个", ["background", "target"]),
        ("截至2023年底共有床位3000张。新增床位500张", ["background", "target"]),
        ("现有幼儿园45所,缺口1200个学位。今年新建幼儿园3所", ["background", "background", "target"]),
        ("改造2000年以前建成的小区12个", ["target"]),
        ("完成2000年底前建成的小区改造30个", ["target"]),
        ("标准为每人500元、800元", ["standard", "standard"]),
        ("常住人口达到1000万人", ["target"]),
        ("改造城乡存量危房20幢", ["target"]),
        ("为500名学生每人每月发放800元补助", ["target", "standard"]),
        ("每个村补助10万元", ["standard"]),
        ("低保标准提高到每人每月800元", ["target"]),
        ("救助标准不低于每人每年12000元", ["target"]),
    ],
)
def test_roles_of_what_stands_beside_a_promise(text, roles):
    assert [q.role for q in parse_quantities(text, kind="plan", year=2024)] == roles


def test_a_report_tells_of_earlier_states_as_results():
    told = "去年底现有床位3000张"
    assert [parse_quantities(told, kind=kind)[0].role for kind in ("plan", "completion")] == [
        "background",
        "actual",
    ]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("500人以上的行政村通硬化路", []),
        ("20户以上具备条件的自然村通硬化路5条", [5]),
        ("为500人以上社区老人体检", [500]),
        ("为所有行政村配齐1名以上乡村医生", [1]),
    ],
)
def test_how_many_live_in_a_place_is_a_threshold(text, values):
    assert [q.value for q in parse_quantities(text)] == values


def test_what_words_say_is_surer_than_what_the_kind_of_document_suggests():
    said, meant = (parse_quantities(text, kind="plan")[0].sure for text in ("计划新增托位500个", "托位500个"))
    against = parse_quantities("已新增托位500个", kind="plan")[0]
    assert 1 > said > meant > 0 and (against.role, against.sure < said) == ("actual", True)


@pytest.mark.parametrize(
    ("words", "measure"),
    [
        ("居民个人卫生支出占卫生总费用的比重降低到23%以下", "居民个人卫生支出占卫生总费用的比重"),
        ("占卫生总费用的比重降低到23%以下", "卫生总费用的比重"),
        ("公共服务支出占财政支出的比重提高到75%以上", "公共服务支出占财政支出的比重"),
        ("研发投入占比上升至3%", "研发投入占比"),
        ("孕产妇死亡率降低至9/10万", "孕产妇死亡率"),
        ("占GDP的比重提高1.2个百分点", "GDP的比重提高"),
        ("单位GDP能耗降低13.5%", "单位GDP能耗降低"),
    ],
)
def test_a_level_is_called_by_what_moves_and_a_change_by_its_movement_too(words, measure):
    assert parse_quantities(words, kind="plan")[0].measure == measure
