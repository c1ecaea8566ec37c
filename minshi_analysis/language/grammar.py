"""The grammar of Chinese official quantities, as data: numerals, scales, units, bounds, and what is no quantity.

Everything here is a habit of official prose, read by ``scanner`` (which number is a quantity) and ``units``. To teach
the parser a unit or a comparator, add it here; the words for what is counted and promised are in ``phrases``. The
patterns are written for tidy, folded text (``text.clean`` and ``text.fold``): simplified, ASCII punctuation.
"""

from __future__ import annotations

import re
from types import MappingProxyType

__all__: list[str] = []  # everything here is data; readers name what they use


def words(block: str) -> str:
    """A block of words as a pattern of which the longest is tried first.

    A tree by their characters: an alternation of hundreds would be tried word by word at every place.

    Examples
    --------
    >>> words("全面 全 新 新增"), words("全面")
    ('全(?:面)?|新(?:增)?', '全面')
    """
    by_first: dict[str, list[str]] = {}
    for word in dict.fromkeys(block.split()):
        by_first.setdefault(word[0], []).append(word[1:])
    branches = []
    for first, rests in by_first.items():
        ends, longer = "" in rests, " ".join(filter(None, rests))
        behind = words(longer)
        if ends and longer:
            behind = f"(?:{behind})?"
        elif "|" in behind:
            behind = f"(?:{behind})"
        branches.append(re.escape(first) + behind)
    return "|".join(branches)


def word_set(block: str) -> frozenset[str]:
    """A block of words as a set."""
    return frozenset(block.split())


def _by_word(blocks: dict[str, str]) -> MappingProxyType[str, str]:
    """Blocks of words by kind, turned round: the kind of each word."""
    return MappingProxyType({word: kind for kind, block in blocks.items() for word in block.split()})


def _pairs(block: str) -> MappingProxyType:
    """``a:b`` pairs."""
    return MappingProxyType(dict(pair.split(":") for pair in block.split()))


BREAK = "\ue000"  # stands for a printed line or paragraph end
TORN = "\ue001"  # stands for a tab, a line end or a direction mark inside of what may be one number

# --- terminals ---------------------------------------------------------------------------------------------

DIGITS = MappingProxyType({c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2})
SCALES = MappingProxyType({"十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8})

# Runs of digits are possessive and groups are counted: a megabyte of them is never tried twice.
_AFTER_CHINESE = r"(?<=[\u4e00-\u9fff])"
ARABIC = (
    r"[0-9]{1,3}(?:,[0-9]{3}){1,5}+(?:\.[0-9]++)?(?![0-9])"  # 1,140
    rf"|{_AFTER_CHINESE}[0-9]{{1,3}}(?: [0-9]{{3}}){{1,4}}+(?![0-9.])"  # 1 140, a stray space
    rf"|{_AFTER_CHINESE}[0-9]{{1,6}}(?: ?\. | \.)[0-9]{{1,4}}(?![0-9])"  # 1. 5
    r"|[0-9]++(?:\.[0-9]++)?"
)
HAN = r"[一二两三四五六七八九十][零〇一二两三四五六七八九十百千万亿点]*+|[百千万](?=[余多名户]|人次)|百分之百"
SCALE = r"[十百千]?万亿?|[十百千]?亿|[百千](?![分米克瓦伏])"
NUMBER = re.compile(
    rf"(?P<part>[百千万]分之)?(?P<num>{ARABIC}|{HAN})(?P<mid>[余多来几](?=[百千万亿]))?"
    rf"(?P<scale>{SCALE})?(?P<post>余|几|来(?=[个名家所人条])|多(?!个样|种多|元化|[式功层于])|\+(?![0-9A-Za-z×+]))?"
)
VAGUE = re.compile(r"[几数][十百千万亿]+|[上成][百千万亿]+")  # 数十家, 几百人, 上千名: no number is printed
# Where NUMBER can begin: finding the next one is three times as fast with it.
NUMBER_START = re.compile(r"[0-9一二两三四五六七八九十百千万]")
COMPOUND = re.compile(  # 1万5千, 2亿3000万, 1千2百万
    r"(?P<digits>[0-9]++(?:\.[0-9]++)?[十百千]?[万亿]*"
    r"(?:零?[0-9]++(?:\.[0-9]++)?[十百千]?(?P<mid>[余多](?=[万亿]))?[万亿]*)++)"
    r"(?P<post>余|几|来(?=[个名家所人条])|多(?!个样|种多|元化|[式功层于]))?"
)
COINS = re.compile(r"(?:([0-9]{1,2})角)?(?:([0-9]{1,2})分)?")  # 123元1角1分
# What joins two runs of digits into one printed number, or into a form that is no number: 1,50 50+30 1·5 12OO.
# Where such a run was not read as one number, no part of it is one.
_JOINT = rf" ?(?:[,'`´·•・.+×*/:]|{TORN}+) ?| |[OoIl]"
JOINTS = frozenset(f"{TORN},'`´·•・.+×*/: OoIl")  # one of these begins it
JOINED = re.compile(
    rf"(?:{_JOINT})(?=[0-9])(?:[0-9]++(?:(?:{_JOINT})(?=[0-9]))?)++(?:\+[A-Za-z]{{1,2}})?"
    rf"|[OoIl]{{1,3}}(?![A-Za-z])|{TORN}"
)
# A footnote's mark between a figure and its unit: 1200[1]个, 1000①个.
_RAISED = "".join(map(chr, range(ord("①"), ord("⒇") + 1))) + "¹²³⁰⁴⁵⁶⁷⁸⁹†‡"
MARK = re.compile(rf"[{_RAISED}]{{1,3}}|\[[0-9]{{1,2}}\]|\*{{1,2}}(?=[\u4e00-\u9fff])")
MARKS = frozenset(f"{_RAISED}[*")  # one of these begins it
ASIDE = re.compile(r"\([0-9]{1,9}\)")
RANGE = re.compile(r" ?(?:-{1,2}|~|至|到) ?(?=[0-9一二两三四五六七八九十])")
PER_SO_MANY = re.compile(r"每|均|率|比|密度|系数")  # of which there may be fractions (每千人3.125名)
YEAR = re.compile(r"(?:19|20)[0-9]{2}")
LISTED = re.compile(  # 1200、500个: a list whose unit stands behind its last number
    r"、(?P<more>(?:[0-9]{1,9}(?:\.[0-9]{1,4})?(?:、|和|与|及)){0,8}+)(?P<last>[0-9]{1,9}(?:\.[0-9]{1,4})?)(?![0-9.])"
)
MINUS = "-−－﹣‒➖负"  # as printed, before a number
FOREIGN_SIGNS = tuple("$＄€£￡₩")
MONEY_SIGNS = (*FOREIGN_SIGNS, "¥", "￥")
FRACTION = re.compile(r"/([0-9]{1,3})(?![0-9/.年月])")
PARTS = re.compile(r"分之([一二三四五六七八九])")  # 三分之二
PER_HEAD = re.compile(r"/((?:10{0,2})?[十百千]?[万千百]人?口?)(?!元)")  # 20.1/10万, 0.29/千人
REACHES = re.compile(r"[^,;。|0-9]{0,8}(?:到|至|为|成)(?:[0-9]{4}年的?)?")  # from 2.31 (缩小到) 2.26
CJK = re.compile(r"[\u4e00-\u9fff]")

# --- units -------------------------------------------------------------------------------------------------

_COUNTING = {
    "people": """
        人 人口 人次 名 位 学员
    """,
    "count": """
        个 家 所 处 条 座 套 间 台 张 项 件 只 场 场次 次 批 批次 份 例 起 宗 桩 枪 笔 本 册 部 篇 幅 块 片
        根 杆 枚 支 组 队 辆 艘 架 列 班 班次 车次 架次 趟 趟次 户次 例次 台次 幢 栋 单元 门 节 课 堂 堂课
        期次 对 双 副 把 盏 株 棵 头 羽 尾 匹 箱 袋 瓶 盒 支次 针次 剂 剂次 针 粒 口 眼 孔 道 段 床 席 桌
        铺 舱 窗 岗 点位 个次 项次 家次 件次 份次 人份 标段 课时 学时 学分 顶 扇 宗地 种 段次 泊位 车位 具
        台套 床位 标箱 学位 托位 路段 平台 网点 站点 线路 个班 教学班 机位 标准车 标台 亩次 县次 村次 封 间次
    """,
    "household": """
        户 农户
    """,
    "place": """
        村 乡镇 镇 乡 县 街道 社区 省 市 区 区县 县区 行政村 自然村 校 县市区 镇街 组
    """,
    "length": """
        公里 千米 米 延米 延长米 单公里 车道公里 厘米 毫米 海里 皮长公里 线路公里 km m
    """,
    "area": """
        平方米 平方公里 亩 公顷 平米 m2 m² ㎡ km2 km² 平方千米 平方
    """,
    "volume": """
        立方米 方 立方 升 毫升 库容 m3 m³ 吨 千克 公斤 克 斤 毫克 微克 μg ug mg 标准立方米 kg t 吨标准煤 立方米水
    """,
    "energy": """
        千瓦 千瓦时 兆瓦 兆瓦时 度 度电 千伏安 兆伏安 kW MW kWh MWh
    """,
    "data": """
        Mbps Gbps GB TB PB MB
    """,
    "score": """
        分
    """,
    "money": """
        元 元人民币
    """,
    "foreign": """
        美元 美金 港元 港币 欧元 日元 英镑 韩元 澳元 加元 卢布 新台币 澳门元 新加坡元
    """,
    "percent": """
        % ‰ 个百分点 百分点 个千分点 倍 成 pct
    """,
}
UNITS = _by_word(_COUNTING)

# Units of dates, ages, durations, ratings: the number before them describes, it is no quantity...
_NOT_COUNTING = {
    "date": """
        年 年度 月 月份 日 号 时 世纪 年代 年级 学年 学期 季度 点 点钟 月底 月末 月初
    """,
    "age": """
        岁 周岁 月龄 岁龄
    """,
    "duration": """
        年 个月 个年 天 周 个周 小时 个小时 分钟 秒 秒钟 个工作日 工作日 个自然日 个季度 个学期 个学年
        年期 周年 个日 星期 个星期 昼夜 日内
    """,
    "attribute": """
        千伏 kV KV 伏 V 级 类 星 星级 代 期 届 路 号线 号楼 摄氏度 ℃ 分贝 dB 分贝(A) dB(A) 兆 寸 英寸 吋 维 D
    """,
}
DESCRIBING = _by_word(_NOT_COUNTING)
# ...unless a head declares them as the unit of what is measured (响应时间（分钟）, 噪声（分贝）),
MEASURING = word_set(
    "岁 年 级 星级 分贝 dB 分贝(A) dB(A) ℃ 摄氏度 小时 个小时 分钟 秒 天 个工作日 工作日 千伏 kV 寸"
)
# ...or the words before say that years are what is measured (人均预期寿命 82 岁, 平均受教育年限 11.3 年).
MEASURED_IN_YEARS = ("寿命", "教育年限", "年龄")
# ...or what is held again and again: 培训班12期, 公益课堂3期.
HELD = re.compile(r"(?:班|课|课程|课堂|讲堂|培训|研修|讲座|活动|沙龙|论坛|讲坛|[夏冬]令营|训练营)$")

# What may not follow a unit, because its character then begins another word (12部门, 3处理).
NOT_FOLLOWED_BY = _pairs("""
    部:门分委队署长 具:有体备 口:径岸 门:诊类户槛 处:理置于罚 条:件例款 场:所馆景 节:点能日约气假水目 次:日年月高要
    对:口象外接于标应符比 户:籍型口 家:庭 名:录称额 位:于置 本:科级市年次区月省县专届 道:路德口
    人:大民才均社口 台:风州湾 度:假过 片:区面 块:状 米:粉面 床:头 分:之别类布析期 项:目 市:场民政委区直县
    区:域间块划 县:级域委城 省:级内外直委道 镇:区级 村:庄民级居 校:园区车长 组:织建合成 乡:村亲 套:餐
    支:付出持 元:旦素 只:有要能 例:如行会 份:额 架:构 班:级子额 个班:级点次车线额位期列主会子 方:面向式法案针位便米 立方:米 起:草
    街道:办 行政村:委 个年:产均收轻货底内末初 个月:产均收销饼底末初 个周:转边 天:然
""")
CANONICAL = _pairs("""
    人口:人 ㎡:平方米 m2:平方米 平米:平方米 平方:平方米 km2:平方公里 m3:立方米 km:公里 立方:立方米 m:米
    个百分点:百分点 pct:百分点 kg:千克 t:吨 kW:千瓦 kWh:千瓦时 MW:兆瓦 元人民币:元 个千分点:千分点
    延长米:延米 d:日 h:小时 m²:平方米 km²:平方公里 m³:立方米 μg:微克 ug:微克 mg:毫克
""")
# In 元/人, 元/户 the beneficiary is the measure's, not the unit's: a standard is 元, 元/月 or 元/年.
BENEFICIARIES = word_set("人 名 户 人次 位 生 份 例 次 家 孩 胎 床位")
_PER_WHAT = """
    人口 常住人口 户籍人口 老年人 平方公里 立方米 平方米 公里 人次 人 名 户 月 年 日 天 小时 时 周 亩 公顷
    m3 m³ m2 m² d h 张 床 次 家 个 所 班 村 台 吨 千瓦时 度 学期 学年 学时 课时 场 套 间 位 季度 季 生 份 例 升 孩 胎 辆
    车
"""
PER = re.compile(
    rf"/(?P<scale>[0-9]{{0,3}}[十百千万]{{0,2}})(?P<unit>{words(_PER_WHAT)})"
    rf"(?:(?<=[月年日天])[·./*•](?P<whom>{words(' '.join(BENEFICIARIES))})|[·./*•]?(?P<period>月|年|日|天|次|学期|学年))?"
)
PERIODS = (
    (("每月", "月均", "月人均", "按月", "每人月"), "月"),
    (("每年", "年人均", "每人年", "每学年"), "年"),
)
# ...or the name of the standard itself: 城市低保月标准, 年补助标准; not 今年补助, 6月发放.
PERIOD_IN_NAME = re.compile(
    r"(?<![0-9今本去当明上往前后近历半全个多两])(?P<period>[月年])(?:人均|均)?(?:标准|补[助贴差]|保障|最低|救助|资助|供养|工资|津贴)"
)
OPEN_PER = re.compile(r"/[\u4e00-\u9fff]")  # 300元/头
# 25万客/日, 40单/小时: a noun that something regular follows is a unit, whatever it is.
OPEN_UNIT = re.compile(
    r"([\u4e00-\u9fff]{1,3})/(日|天|年|月|小时|时|周|季度|次|户|人|公里|平方米|立方米)(?![\u4e00-\u9fff]*/)"
)
UNIT_ALTERNATIVE = re.compile(r"\(([^()]{1,4})\)")  # 套(间), 人(次), 节(次)
# 0-3公里范围, 3公里半径内: where, and no length that is built.
REACH = re.compile(r"(?:以内|之内|内)?的?(?:范围|半径|圈层|缓冲)")
AROUND = re.compile(r"(?:周边|方圆|沿边|相距|半径(?<!服务半径))(?:约|为|在)?$")
SYSTEM = "制(?![定作造订品图])"  # 3人制, 九年一贯制: behind a number it makes a name of both
CIRCLE = re.compile(r"[\u4e00-\u9fff]{0,8}?圈")  # 1公里生活圈 is a name

# 3.5万群众, 120万农牧民: people without a classifier.
PEOPLE = re.compile(
    words("""
        群众 人口 居民 村民 市民 农民 牧民 职工 员工 学生 儿童 婴幼儿 幼儿 老人 老年人 妇女 患者 毕业生
        人才 劳动力 残疾人 教师 师生 游客 旅客 观众 用户 考生 农民工 青年 青少年 女生 男性 女性 从业人员
        人员 人群 群体 对象 消费者 劳动者 就业者 从业者 参保人 新市民 病人 家长 乘客 党员 志愿者 大学生 新生儿 孕产妇 干部 民众 百姓 读者
    """)
)
INVESTED = re.compile(r"(?:投资|资金|经费|预算|总额)(?:约|达|为|共|估算)*$")
MONEY_WORDS = re.compile(
    words("""
        投资 资金 经费 筹 拨 支出 收入 补助 补贴 贷款 总额 金额 产值 增加值 营收 销售额 债券 发行 税 GDP
        财政 救助金
    """)
)
# 收入比压在1.8左右, 倍差从2016年的2.08缩小至…: measures that are bare numbers.
RATIO_NAMES = re.compile(
    r"(?:收入比|倍差|系数|指数|比例?)"
    r"(?:[^,;。|0-9]{0,4}?(?:在|为|到|至|达|于|过|是)|[^,;。|0-9]{0,2}(?:由|从)(?:[0-9]{4}年的?)?)?$"
)
# A labelled cell of a row whose unit stands in an earlier cell.
LABEL = re.compile(
    r"(?:目标|任务|计划|实际|实绩|完成|进度|累计|现状|比例|率|完成数|目标值|完成值|实现值)[^|]{0,4}$"
)

# --- bounds ------------------------------------------------------------------------------------------------

BEFORE = _by_word(
    {
        "at_least": """
            不少于 不低于 不小于 不下于 不下 至少 最少 最低 不得少于 不得低于 大于等于 大于或等于 ≥ >= ≧ 起码
        """,
        "more_than": """
            超过了 超过 超 逾 大于 多于 高于 > 突破 远超
        """,
        "at_most": """
            不超过 不超 不高于 不大于 不多于 不得超过 不得高于 至多 最多 最高 小于等于 小于或等于 ≤ <= ≦
            不突破
        """,
        "less_than": """
            低于 小于 少于 < 不足 不到 未满 不满
        """,
        "approx": """
            约 大约 近 将近 接近 大概 约为 约有 约达 ≈ 约计 大致
        """,
    }
)
ANY_BEFORE = "|".join(map(re.escape, sorted(BEFORE, key=len, reverse=True)))
# 最近, 附近 ... end like a comparator and are none.
NOT_BEFORE = tuple(
    word_set(
        "最近 附近 就近 邻近 靠近 临近 节约 预约 公约 签约 违约 合约 履约 集约 契约 赶超 彩超 B超 商超 村超"
    )
)
PAST, NOT_PAST = "过破", ("通过", "经过", "透过", "不过", "超过", "突破")  # 过20%
_LEAVING_OPEN = r"及|或|和"
AFTER = re.compile(
    r"(?:\([^()]{1,12}\))?(?P<noun>[\u4e00-\u9fff]{0,4}(?:床位|学位|泊位|车位|托位|座位))??"
    rf"(?P<word>(?:{_LEAVING_OPEN})?以上(?!学|限)|以上(?=学校|学生|学历)|左右(?![两岸侧江手])|上下(?![学班游水联])"
    rf"|(?:{_LEAVING_OPEN})?以内|之内|(?:{_LEAVING_OPEN})?以下|以外|之多)"
)
AFTER_BOUND = _pairs(
    "以上:at_least 左右:approx 上下:approx 以内:at_most 之内:at_most 以下:at_most 以外:more_than 之多:exact"
)
AT_LEAST_EARLIER = re.compile(r"至少|最少|不少于|不低于")  # 至少建成1家
# What a share or a multiple is of may stand between them: 不低于当地最低生活保障标准的1.6倍.
COMPARED = re.compile(r"不(?P<how>低于|少于|小于|高于|超过|大于|多于)[^,;。:、\d]{2,30}的$")
COMPARED_BOUND = _pairs(
    "低于:at_least 少于:at_least 小于:at_least 高于:at_most 超过:at_most 大于:at_most 多于:at_most"
)
# A level that is not to be passed, with no 以内 behind it: 失业登记人数控制在732人, 分别控制在5%和6%.
KEPT_UNDER = re.compile(
    r"(?:控制|限制|限定|压控|管控)(?:在|到|为|于|至)(?:每[^\d,;。]{1,6})?$"
    r"|分别(?:控制|限制|限定|压控|管控)(?:在|到|为|于|至)[^,;。]{1,24}[、和与及]$"
)
TOTAL = "累计"  # a sum over a period
_WHOSE_TARGET = "年度 全年 年 既定 原定 预定 预期 工作 总 考核 责任 约束性 省定 市定 下达"
OF_THE_TARGET = re.compile(rf"的?(?:{words(_WHOSE_TARGET)}){{0,3}}(?:目标|任务|计划|指标)")
TARGET_BRACKET = ("任务(", "目标(", "计划(")  # 完成年度任务(50家)的94%
SHORT_BRACKET = re.compile(r"\([\u4e00-\u9fff、]{1,4}\)")

# --- what is no quantity -----------------------------------------------------------------------------------

GLUE = frozenset("+×*_#.")  # 1+8+X, PM2.5
BY_WHEN = ("目前", "当前", "此前", "日前", "底前", "月前", "末前", "以前", "之前", "提前")
RANK = ("前", "第", "每", "top", "排名", "Top", "TOP", "NO.", "No.")
# 引进100名以上教师: behind such a word a comparator and a noun make a target, not a threshold.
MADE = re.compile(
    "(?:"
    + words("""
        新建 建成 新增 改造 扩建 改建 新开 建设 打造 完成 创建 培育 引进 设立 开通 增设 建立 配备 安装
        投用 开工 整治 修建 实施 启用 新设 支持 扶持 遴选 认定 组建 达到 达 覆盖 选派 招聘 培养 培训 举办
        开展 组织 新建成 推进 发展 提供 治理 新改建 建 增 创成 集聚 吸纳 惠及 发放 补助 救助 资助 服务
        推出 更新 更换 维修 提升 新配置 配置 解决 帮助 推动 引导 鼓励 组成 带动 联合 为 对 给 让 有 约 近
        超 逾 过 到 共 至少
    """)
    + ")$"
)
# 支援山区26县和6个海岛县组建学校5所: the places are for whom it is made.
FOR_PLACES = re.compile(r"(?:支援|面向|对口)[^,;:。|]*$")
# 500人以上的行政村, 20户以上自然村: how many live in the place that is meant.
HAS_SO_MANY = re.compile(
    r"(?:具备条件|符合条件|常住人口|居住)?的?[^,;:。|\d]{0,8}?(?:村寨?|社区|小区|学校|企业|机构|乡镇|[乡镇]|单位|寨|居住区|安置[点区]|居民点|片区|楼栋?)"
    r"(?!居?民|群众|老[人年]|职工|员工|学生|师生|家庭|人员|内|里|中|干部|医生|教师)"
)
MADE_THERE = re.compile(
    r"[^,;:。|]{0,12}?(?:组建|建立|建成|建设|新建|新增|设立|选派|派出|提供)[^,;:。|\d]{1,20}\d"
)
# A single Chinese numeral counts only where something is made or a comparator stands (两家医院 only describes).
NEWLY_MADE = (
    *(
        "新建",
        "建成",
        "新增",
        "改造",
        "扩建",
        "改建",
        "新改扩建",
        "增设",
        "新开",
        "新改建",
        "打造",
        "改造提升",
        "建成投用",
    ),
    *("建设", "安装", "设置", "设立", "开设"),
    *("新设", "修建", "迁建", "升级改造", "完成", "提升改造", "创建", "创成", "培育", "购置", "配备"),
)
# 十个乡镇卫生院改造提升: at the head of a clause, and the making behind.
MADE_BEHIND = re.compile(
    r"[^,;:。|\d]{2,14}?(?:改造|提升|建设|新建|扩建|改建|整治|迁建|修缮)(?:工程|项目|任务)?(?:[,;。|(]|$)"
)
# 完成两个转变, 打造三个层次: what no document delivers by the piece.
ABSTRACT = re.compile(
    r"[\d“\"一]|转变|层次|方面|目标|阶段|任务|重点|统一|坚持|结合|维度|环节|确保|全覆盖|到位|清零|关键|原则|步骤|能力|优势|大类|类别|特色"
)
ANYTHING = word_set("个 家 张 成 倍 元")  # what is counted so may be no thing: 推进两个中心
SINGLE_HAN_UNITS = word_set("个 家 所 座 处 条 台 间 套 栋 幢 部 辆 艘 架 成 倍 公里 亩 张 元 户")

# --- boundaries --------------------------------------------------------------------------------------------

CLAUSE = ",;。:!?()|" + BREAK
