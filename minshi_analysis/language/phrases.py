"""The words around a quantity, as data: what introduces a noun, what makes it, what promises and what reports.

Read by ``measures`` (what is counted) and ``roles`` (promised or reached). Words are written for tidy, folded text.
"""

from __future__ import annotations

import re

from minshi_analysis.language.grammar import BREAK, SYSTEM, word_set, words

# --- edges of a measure ------------------------------------------------------------------------------------

# Connectors, adverbs, times and modals: never part of a measure's edge.
LINKS = """
    其中 同时 并且 以及 另有 另外 关于 包括 包含 分别 依次 共计 合计 总计 一共 累计 累计达 总数 总共 已经 现已 现有
    目前 当前 基础上 截至 截止 截至目前 截止目前 全年 年内 年底 年底前 年末 今年 明年 去年 上年 上一年 较上一年
    当年 本年度 年度 年均 全市 全省 全县 全区 全州 全国 我市 我省 我县 我区 每年 每人 每月 每人每月
    每人每年 实际数 预计 计划 力争 确保 争取 力促 努力 继续 还有 对于 按照 通过 根据 期间 以来 届时
    底前 月底 月末 月底前 上半年 下半年 前三季度 一季度 二季度 三季度 四季度 至少 左右 以上 以下 及以上
    及以下 以内 要求 进一步 不断 持续 加快 稳步 积极 大力 率先 必须 需要 任务 目标任务
    目标 完成任务 原定 既定 按要求 按计划 规划 规划期内 规划期间 期末 按月 按季 按季度 按年 按年度 按学期 按学年 按日 按周 按时
    按期 按需 按标准 按新标准 按规定 按规定标准 按政策 按比例 五年 五年来 三年 十四五 十三五 时期 时间 月人均
    原计划 年初计划 全年计划 年度计划 今年计划
    不低于 不少于 低于 高于 超过 多于 大约 将近 接近 逐步 有序 深入 统筹 第二期 年计划 月均 从而 陆续 全部
    建成后 投用后 可容纳 容纳 可提供 可新增 可满足 合力 面向 针对 围绕 聚焦 所有
"""
# Adverbs before a verb of making, and attributes of a noun everywhere else (基本完成, 基本养老保险; 同步课堂).
ADVERBS = """
    基本 重点 主要 全面 责任 实际 集中 同步 提前 超额 按时 如期 实质性 联合 共同 协同 免费
    大幅 大幅度 有效 显著 明显 切实 着力 全力 充分 精准 妥善 及时 彻底 尽快 抓紧 稳妥 高质量 高标准 扎实
"""
# Verbs that make, bring or finish something that is then counted.
MAKING = """
    新增 新建 新改建 新扩建 新改扩建 改扩建 改建 扩建 改造 改造提升 改造更新 升级改造 新改造 新建成 建成
    建成投用 建设 修建 修成 兴建 续建 新开工 开工 开工建设 完成 完成了 达到 达 达成 实现 打造 实施 组织
    组织开展 开展 举办 创建 创成 培育 引进 引育 新引育 新引进 引进集聚 集聚 提供 筹集 建设筹集 建设(筹集)
    筹建 配备 配发 配置 新配置 安装 新安装 加装 发放 推出 投放 投入 投用 投入使用 启用 开通 开设 开办 开放
    设立 设置 增设 增加 增至 新添 新辟 优化 新设 改善 提升 提升建设 提升改造 规范提升 规范化提升 提高 扩大
    保持 维持 打通 整治 治理 建立 组建 成立 培训 培养 新培养 新培育 资助 救助 帮助 扶持 支持 解决 惠及
    覆盖 服务 受益 涉及 招聘 招录 吸纳 认定 新认定 评选 选派 遴选 更新 更换 修复 维修 维护 检测 抽检 建有
    附设 新增建成 推进 推动 办理 接收 输送 帮扶 推广 布设 设有 拥有 超额 超额完成 超额完成了 新拓展 拓展
    新开业 新开办 新开通 新开设 新开放 新开辟 开业
    满足 新开 新投用 新投放 铺设 敷设 处置 化解 消除 销号 拆除 征集 征集到 收到 发出 寄发 建起 给予 选聘 放映
    发展 拟建 拟增 新办 巩固 稳定 吸收 扩面 扩容 提质 实行 落实 兑现 做好 抓好 办好 建好 争创 构建 搭建
    推行 制定 出台 评定 命名 授予 表彰 招募 聘请 聘用 输出 储备 配齐 配足 配强 新投入 新增投用 启动
    启动建设 引导 鼓励 促进 全额资助 新培训 加快建设 加快推进 拨付 下达 支付 安排 落地 转移 调整 分配 清运 解危
    进行 缓解 购置 新购置 开辟 挖潜 盘活 升级完善
"""
# ...and such as stand with one of them for what is not made but got, or mended: 新建和|购买|公租房, 改造及|加固|校舍.
BESIDE_MAKING = """
    收购 购买 采购 回购 新购 赎买 租用 承租 租赁 收储 收回 接收 接管 配售 供应 供给 转化 腾退 修缮 加固 养护 管护
    疏浚 清淤
"""
# Verbs that may close what comes before the number (公租房建成 634 套); verbal nouns (棚户区改造) stay with the noun.
CLOSING = """
    新增 新建 新改建 新扩建 新改扩建 改扩建 改建 扩建 新建成 建成 建成投用 修建 修成 兴建 新开工 开工 完工
    竣工 动工 完成 完成了 完成率 达到 达成 实现 打造 开展 举办 创建 创成 培育 引进 提供 配备 配齐 配发 建设
    配置 新配置 安装 加装 发放 推出 投放 投入 投用 投了 启用 开通 开设 设立 设置 增设 增加 增加了
    增加到 增至 新添 提高 提高了 提高到 提高至 提升到 提升至 升到 升至 扩大到 扩到 降到 降至 下降到 下降至
    缩小到 缩小至 保持 保持在 维持 维持在 控制 控制在 稳定在 巩固在 压在 守住 做到 提到 要到 要有 要建成
    要增加 力争升到 建立 组建 成立 惠及 覆盖 涉及 受益 更新 更换 建了 做了 开了 办了 修了 改了 新开 布设
    设有 拥有 建有 附设 新投用 拟建 拟增 拟 定 实有 力争达到 预计达到 处理 收到 征集到 下降 增长 上升 减少
    缩小 改出 共改 仅 由 从 由年 从年 已由 新拓展 认定 累计 总数 达标 达 到 为 是 有 共有 建 增 换 办 共 各 已 约
    近 超 至 将 要 须 应 均 要达 要达到 需 可达 稳定 人均 每人 给予 发展 发展到 恢复到 或 及 和 与 并 按
"""
# What it was before: 日转运能力由原来的|420吨.
CLOSING += " ".join(
    f"{before}{when}"
    for before in "由从"
    for when in ("原来", "原先", "原有", "过去", "以前", "此前", "现在", "现行")
)
SINGLE_LEADS = "为给向让使将把对且含按从由以并和与及或另各共已拟须再还又均也仍约是有到至即"
# Two characters that begin with one of them and are a noun's head all the same.
NOUN_HEADS = word_set("""
    中介 中医 中国 中型 中央 中学 中小 中层 中年 中心 中水 中等 中级 中职 中药 中转 中队 中青 中餐 中高
    为民 为老 从业 以奖 以工 以旧 以租 全员 全域 全日 全民 全科 全程 全职 全自 全额 全龄 共享 共同 共富
    共建 共有 内河 内涝 内科 内部 内镜 再就 再生 均衡 到场 前沿 前置 升学 即时 及时 另外 各类 各级 向阳 含氧
    和谐 和美 和平 和睦 在册 在园 在岗 在建 在校 在线 在编 在职 在读 增值 增收 外来 对口 对外 对接 对象 将军 帮办 帮教
    并网 应对 应届 应征 应急 建制 建筑 或者 把关 投保 投诉 投资 按摩 新业 新产 新兴 新农 新型 新媒 新就
    新居 新市 新式 新技 新时 新村 新生 新能 有害 有效 有机 有线 有组 有轨 末端 由县 由来 约束 给水 要素
    要道 让利 让步 超声 超市 超限 超高 较大 达人 达标 近海 近视 近郊 还建 都市 里程 需求
""")
# Two characters that end like a closing verb and belong to the noun (家庭医生签约, 职业技能鉴定).
NOUN_ENDS = word_set("""
    彩超 B超 商超 村超 供应 响应 反应 签约 预约 节约 履约 鉴定 评定 检定 测定 审定 法定 公共 置换 转换 兑换 通达 抵达 报到 供需 急需
    下达 传达 到达 表达 发达 转达 可达 必达
    行为 作为 平均 自由 承办 协办 代办 领办 提升 基建 搭建 援建 创建 共建 修建 拥有 国有 公有 所有 参与 普及 合并 总和 直达 送达 多达
""")
ACTS = ("改造", "提升", "整治", "治理", "修缮", "检测", "监测", "更新")
BARE_ACTS = frozenset((*ACTS, "验收", "评定", "认定", "申报", "评估", "建设", "创建", "拆除", "消杀", "巡查"))
ACTING = ("实施", "开展", "推进")  # 实施二次供水改造提升8个居民小区: the act before, the thing behind
# A verb that these follow is the head of a noun (完成率, 改造面积, 改造整治类).
NOUN_TAIL = (
    r"[率度量额性型类者员比]|数(?!字|据)|总?面积|规模|能力|里程|人[数次]|村(?![级镇庄民居卫委文社内里道落史医])"
    r"|(?<=服务)(?:[站点]|中心|机构|平台|大厅|窗口|场所|设施)|(?:(?<=招聘)|(?<=培训)|(?<=拓展)|(?<=评选))[会班](?!计)"
)
# A verb of making that is itself the head of a name: 建成区, 培训中心; not 建成区级文化馆, 新建中心小学, 培训站长.
NAMED_BY_MAKING = (
    r"(?<=建成|整治|治理|改造|提升|发展|服务|新建)区(?![级域属间县位分块内])"
    r"|(?<=建设|发展|开放)路(?![灯面口网基桥段边侧沿肩障况])"
    r"|(?<=建设)(?:用地|[局厅委部]|银行|兵团|集团|公司|单位)|(?<=实施)(?:方案|意见|细则|办法)"
    r"|(?<=发展|培训|检测|救助|帮扶|推广|维修|支持|引导|治理|修复)(?:中心(?![城村镇校小学幼敬卫粮])|基地|机构|站(?!长))"
    r"|(?<=救助)(?:金|管理)|(?<=提升)泵|(?<=转移)支付|(?<=发展)(?:资金|基金)|(?<=服务)业|(?<=覆盖)面|(?<=支付)宝"
)
# A thing of which nothing is said but that it is counted: the topic before says what.
EMPTY = word_set("""
    个 人 人数 任务 全市 共 其他 占 合计 实际数 小计 年度 度 总 总数 总计 总量 指标 数 数目 数量 新 标准
    比例 率 现状 的 目标 累计 约 计划 进展 进度 量 额 单位 全覆盖
""")
# Two kinds of one thing, of which only the second may carry its name: 城镇、农村居民收入分别增长7%、8%.
CONTRASTS = word_set("城镇 城市 农村 乡村 公办 民办 小学 初中 高中 学前 男性 女性 国内 入境 机关 企业")
MERE_GROWTH = ("增长", "提高", "下降", "提升", "上升", "增加", "减少", "降低")
FOR = ("为", "给", "对", "让", "向")  # 为所有行政村配齐1名以上乡村医生: what comes before is for whom
# What is made for them: 建设覆盖|1万个村庄|的污水处理设施 counts 村庄.
SERVING = re.compile(
    rf"(?P<made>(?!完成|实施|开展|组织|推进|实现)(?:{words(MAKING)})(?:了|一批|可|能)?)?(?:同时)?"
    r"(?:覆盖|服务|惠及|辐射|涉及|连[接通]|联[通接]|贯[通穿]|串联|带动|通[达往]|面向)(?:了|约|近|到)?$"
)
SERVED_PLACES = re.compile(r"(?:[村镇乡庄县市区]|街道|院落|楼[栋宇]|\(市\)|\([市县]、区\))$")
# Of what the thing behind is a part: 100个|老旧小区的二次管网, 300名|学生的学费.
OWNER = re.compile(r"(?:[村镇乡县区校园院站馆所厂店街巷路河渠库桥]|小学|中学|街道|单位|企业|机构|中心)$")
PEOPLE_OWN = re.compile(r"(?:[人员生童女师民者户]|家庭|群众|对象)$")
CONTAINS = ("有", "涉及", "包括", "包含", "约有")  # 新一批工程涉及5个乡镇: what is counted comes behind
# 在公共场所新增AED, 为毕业生提供岗位, 从市外引进人才: neither the place nor for whom is the thing.
PLACED = re.compile(
    r"(?:[^,;:|]{0,8}?[从在]|[为给向对](?!主|民)|支援|面向)[^,;:|还]{2,24}?"
    r"(?:新增|新建|建成|增设|安装|加装|配备|设置|建设|设立|组建|建立|引进|提供|发放|给予)了?(?P<thing>.*)"
)
# 以乡镇为单位, 以年薪为主要标准; 在常住地: how and where, behind the noun.
MANNER = re.compile(
    r"以[^,;:。|]{1,14}?为[^,;:。|]{0,6}?(?:单位|标准|依据|基础|重点|原则)|在[^在的]{1,5}[地内里]$"
)
# 年服务5000人次以上|残疾人: how often and what is done; whom stands behind.
DONE_YEARLY = re.compile(r"[年月日]均?可?(?:服务|接待|接诊|受理|救助|培训|检测|惠及|保障)")
YEARLY = re.compile(r"(?:年均|每年)(?!龄)")
# 每千人口拥有3岁以下婴幼儿托位数: without it another figure.
PER_HEAD = re.compile(r"每[百千万]{1,2}[名人户个]")
# What of it holds for the next of a list: 每千人口拥有|医师3.5人、护士3.9人, 人均|公园绿地面积14平方米、体育场地面积2.6平方米.
FOR_ALL_HEADS = re.compile(
    r"(?:每[百千万]{1,2}[名人户个](?:[^、,]{0,8}?(?:拥有(?![量率数])|配备|人[员口]中)|(?:常住)?人?口|居民|老年?人|儿童|学生)?"
    r"|[人户]均(?:拥有)?)(?=..)"
)
# 每个县至少建有1家, 在镇里还建设了2处: each of whom and where else is told with the noun behind.
EACH = re.compile(r"^[每各][^,;|]{1,14}?(?=至少|拥有|[建设配附新])|(?<=^在)[^,;|]{2,10}(?=还)")
# 新增2家书房, 附设1个班, 等3家书吧: what is counted comes behind.
TAKES_OBJECT = re.compile(
    r"(?:提供|给予|发放|附设|建有|设立|设置|建设|建成|新建|新增|配备|配齐|安装|打通|引进|创成|解决|改善|缓解)了?$"
)
NO_NOUN = re.compile(r"的?基础上|已|并(?!网)|均(?!衡)|于|其中|全部|完成")
ANSWERS = ("负责", "承担")  # 市政中心负责11公里: who, not what
OWNS = ("拥有", "设有", "建有", "共有")
SPENT = re.compile(r"计划|预计|完成|任务")
OFFICES = ("局", "委", "办", "厅", "部", "中心", "政府", "公司", "集团")
# Verbs that tell by themselves what is counted where no noun does (实办27场, 惠及3万人).
_TELLING = """
    讲 办 改 改出 消除 惠及 受益 服务 拨出 拨付 下达 支付 覆盖 化解 处置 拆除 接收 培训 救助 资助 帮扶
    扶持 吸纳 招聘 到场 参与 参加 受理 办结 接待 检查 发放
"""
TELLING = re.compile(rf"(?:已|实际|实|共|将|拟|预计|累计|全年)*(?:{words(_TELLING)})了?$")
# The head noun behind a number ends where one of these begins.
# ...unless the act is done to it: 残疾人家庭|做|无障碍改造, 大班儿童|接受|视力监测. The verb goes, both stay.
ACT = re.compile(r"(?P<whom>.+?)(?:组织实施|实施|做|进行|接受|提供|给予|开展)(?P<act>[^0-9、]{2,20})$")
ACTED_ON = ("people", "household")
# What is done to it there, and with what: of 200个乡镇卫生院|配备|DR the name is all of it...
_ACT_BEHIND = """
    接受 提供 增设 新安装 安装 加装 享受 领到 免费 开展 实施 给予 发放 配备 设置 设立 建立 打造 创建 配建
    新建 新增 推广 开通
"""
# ...while these only say how far it is, or begin another clause.
_STATE_BEHIND = """
    喝上 用上 住上 吃上 走上 通了 通过 获得 完成 全部 全年 年内 月均 人均 年均 参加 进行 以及 届时 由此
    建成 达到 到位 开工 投入 竣工 完工 进度 的目标 的任务 建有 正在 纳入 启动 创成 落实 得到 实现 中有
    并通过 并投 并交 试点 联网 上线 申领 办理 参保 率先 基本 稳定 顺利 成功
"""
_MODAL_BEHIND = (
    r"(?<!全)覆盖|已|做|被|达标(?![率化准])|均(?!衡)|"
    r"都(?=[能有已])|将(?!军)|能(?=[够上用喝住享走看])|可(?=[享获])|需(?=[要求])|(?<!邻)里$"
)
# What it is for, and by which rule: 500套住房|用于实物配租, 4300名寄宿生|按小学每生每年1000元; not 按摩床.
_USE = "用[于作](?!品)|作为|按(?![摩揭需压键扣钮])"
CUT_RIGHT = re.compile(
    rf"(?:{words(_ACT_BEHIND + _STATE_BEHIND)}|{_MODAL_BEHIND}|(?:和|及|并|(?<![高初完附职一二三四五六七八九十])中|与)$|{_USE}"
    rf"|为[“\"]|、(?:{words(MAKING)}|完善|加强|健全))"
)

# What things of which a share is promised come to have: 90%的|乡镇建有老年大学, 70%的|中小学建成智慧校园.
HAS_OR_DOES = re.compile(
    r"(?:都?(?:建有|设有|配有|拥有|建成|建立|配备|配置|设置|设立|安装|开设|开展|实现|达到|通上?|用上|喝上|纳入|享受|享有|接受|完成|参加)).{2,}"
)
STATE_BEHIND = re.compile(rf"{words(_STATE_BEHIND)}|{_MODAL_BEHIND}|了")
ACT_BEHIND = re.compile(rf"(?:{words(_ACT_BEHIND)}).{{2,}}")
MADE = re.compile(
    rf"(?!完成|实施|开展|组织|推进|实现)(?:{words(MAKING)})"
)  # more than that something is done
SAYS_WHAT_IS_MADE = re.compile(rf"(?:{words(MAKING)})+.{{3,}}")
# A rate by which things are chosen, between their number and their noun (631个|农宅空置率30%-50%|"空心村"治理)...
_RATE_CHOOSING = (
    r"[^,;:。、\d]{1,12}(?:率|比重|比例|占比)(?:[不超高低大小多少达到于过约足在]{0,3})"
    r"\d[\d.]{0,5}%?(?:[-~至到]\d[\d.]{0,5}%)?(?<=%)(?:[及或]?以[上下内]|左右)?"
)
_NO_THING = (
    rf"(?:[及或]?以[上下内]|左右|目标|任务|要求|标准|水平|进度|计划|指标|[和与及并且,]|{words(MAKING)})"
)
CHOSEN_BY_RATE = re.compile(
    rf'(?:{_RATE_CHOOSING})(?:的(?!{_NO_THING})"?(?=[\u4e00-\u9fff])|(?!{_NO_THING})(?="?[\u4e00-\u9fff]{{2}}))(?=[^,;:。、\d]+(?:$|[,;:。、]))'
)
# ...or before both: 覆盖率90%以上的|村民小组200个, 入住率低于50%的|30个小区.
NAMES_RATE = re.compile("(?:率|比重|比例|占比)$")
CHOSEN_BEFORE = re.compile(rf"的(?!{_NO_THING})[^,;:。、\d]{{0,12}}\d[\d.万]{{0,6}}[^%％‰\d]")
# A length of time that a thing is named by: 24小时自助图书馆, 15分钟便民生活圈, 九年一贯制学校; not 24小时内, 3天完成.
NAMED_BY = re.compile(
    rf"(?<=[时钟天])(?!(?:{words(MAKING)})(?<!开放)(?<!服务))(?![内里中前后的起以之左上下间期来到至缩延])[\u4e00-\u9fff]{{2}}"
    rf"|(?:一贯)?{SYSTEM}"
)
# Characters that things and people end in; a bare word of two that does not (添置30套健身器材) is what is done to them.
THING_ENDS = frozenset(
    "路街巷道桥隧河湖渠库塘坝堤防沟井站所厅室馆院园场楼房屋厕店市城镇乡村区县校班队组亭台点位网线管灯杆机器具车船床椅桌牌标栏箱"
    "桶池泵气田地面林木苗草花山岗人员民众生师医童幼户家社企厂棚材料品物件书报课卡证项目率数量费金险业贫障圈源屏"
)

# --- votes: alternatives for larger patterns -------------------------------------------------------------------

VOTED = "票|表决|[候备入当落]选"  # a vote was held, or is to be
BALLOT = "赞成|反对|弃权|得票"
CHOSEN = "入选|当选|列入|通过|正式|采纳"
NOT_CHOSEN = f"未(?:能|被|获|予)?(?:{CHOSEN})|落选|淘汰"
SPARE = "备选|候补"  # not chosen where others were

# --- shares and rates ------------------------------------------------------------------------------------------

_PLANNED = r"(?:目标任务|任务|目标|计划|预算|筹资|投资|总数|总量|总额|总工程量|工程量|项目进度|进度|序时进度)"
SHARE = re.compile(
    rf"(?:占|为|达到?|是|完成|做到|相当于|超)[^、,;:|\d]{{0,14}}?(?P<what>(?:年度|全年|年|总|既定|省定|市定|预定|总体|筛查|改造|建设|接种)?{_PLANNED}[数量额]?)的?$"
)
OF_PLAN = re.compile(rf"{_PLANNED}[数量额]?的$")
RATE = re.compile(
    r"(?:完成(?:率|比例|度|进度|任务)?|达成率|进度|占比?|占[^,;、|]{0,12}|兑付率|执行率|开工率|完工率|竣工率|拨付率|支付率|交付率|"
    r"(?:同比|环比|较[^,;|]{0,8}|比[^,;|]{0,8})?(?:增长|增幅|增加|提高|提升|上升|下降|降低|减少|高|低|高出|扩大|缩小)|超额|超)"
    r"(?:约|为|达到?|超过|分别(?:为|达|是)?|依次(?:为|是)?|了)*$"
)
GROWTH = re.compile(r"增长|增速|增幅|同比|环比")

# --- roles -----------------------------------------------------------------------------------------------------

BASE = re.compile(r"(?:从|由)[^,;。:|]{0,16}$")
RISE = re.compile(
    r"(?:[、和与及][0-9.,]{1,12}[^\d,;。|、]{0,4}){0,4}[^,;。|\d]{0,6}?(?:升|提|扩|增|降|缩|减|变|改善|跃|攀|压|延长|跨越|恢复)[^,;。|\d]{0,6}?(?:到|至|为|成)|[^,;。|\d]{0,3}(?:到|至)(?=\d)"
)
# ...and beside it: 在45%的基础上, 较2020年的45%, 原来的45%.
BASE_BESIDE = re.compile(r"(?:[较比](?:[^,;:。|]{0,8}年[底末]?|上年|去年)|原来?|原先)的$")
# What is told beside a promise and is none: the year before, what there is, what is wanting, so much for each.
PAST_WORD = re.compile("[去上前往]一?年|[近过]去?[一二三两几0-9]年")
PAST = re.compile(
    r"(?<![较比同于])(?:去年|上年度?|上一年度?|前年|往年|[近过]去?[一二三两几\d]年)[^;。|今本]*$"
)
PAST_YEAR = re.compile(
    r"(?:(?<=截[至止])|(?<=截止到)|(?<![较比由从至到-]))((?:19|20)[0-9]{2})年(?![末底]?[以之]?前|[^,;。|]{0,10}的)"
)
THIS_YEAR = re.compile(r"今年|本年|全年|年内|拟|将|计划|力争")
STATE = re.compile(r"(?:现有|现已有|已有|原有|现存|目前共?有)[^,;:。|\d]{0,12}$")
NEED = re.compile(r"(?:缺口|缺额|短缺|缺少|尚缺|尚需)[^,;:。|\d]{0,8}$")
NEED_BEHIND = re.compile(r"[^,;:。|\d]{0,6}缺口")
EACH_ONE = re.compile(
    r"(?:每[人名户生个床亩孩座家年月村台辆平次学张]|人均|户均|按照?|标准为?|最高|一次性)[^,;:。|]{0,14}$"
)
PAID = re.compile(r"补[贴助]|奖[励补]|津贴|慰问|抚恤|给予|发放|资助|救助|报销|按照?|标准")
RAISED = re.compile(r"[提增上调升加][高加调升]?(?:到|至|为)|达到|不低于|月?人?均?增加|提高|不少于|不超过")
# Every alternative begins with a character of its own: so places for them are found quickly.
PROMISED = re.compile(
    r"目标|任务(?!的)|计划(?!的)|拟|原定|定(?=$)|应(?!急)|须|力争|将(?!军)|要(?!求)|确保|争取|届时|年内|预期|指标|到20[0-9]{2}年|拟定"
)
REPORTED = re.compile(
    r"已(?!有的)|实际|实办|实训|实增|实改|目前|现已|截至|截止|累计|改出|了(?<=[建做办改开修投增通成发达]了)|同比|前三季度|上半年|进度|现有|共有"
)
_OF_TARGET = r"(?:年度|全年|计划|目标|任务|年计划|预算|总)[^,;。]{0,6}\d"
REPORT = re.compile(
    r"已|了|实际|累计|截至|截止|超额|完成率|完成比例|完成度|上(?<!较上)(?:一年|年)|同比|比上年|"
    rf"为{_OF_TARGET}|占{_OF_TARGET}|达到?{_OF_TARGET}|是{_OF_TARGET}|完成{_OF_TARGET}|"
    r"任务的\d|目标的\d|计划的\d|超任务|超计划|完工\d|竣工\d|在建\d|开工\d|期间|以来|进度|完成\d+(?:\.\d+)?%|月底?前?(?:共|累计)|共有|满意率|执行率|办结率|开工率|完工率|竣工率|占[^,;。|\d]{2,10}的\d|清零|优于|持平|"
    + "|".join(
        rf"{word}(?<=[\u4e00-\u9fff]{word})" for word in ("通了", "用上", "喝上", "住上", "领到", "接受")
    )
)
PLAN = re.compile(
    r"将(?!军)|拟|力争|计划|确保|要(?!求|素)|年内|到20\d\d年|届时|目标|任务|不少于|不低于|以上|须|应(?!急|届)|争取|不超过|控制在|支持|推动|引导|为[^,;。]{2,20}提供|每"
)
LIST_SIZE = re.compile(
    r"^(?:重点|民生|惠民|为民|市级|省级|政府|年度){0,2}(?:实事|工作|工程|指标|任务|项目|事项|举措|民生工程|民生项目|民生实事)"
)
PART_OF_LIST = re.compile(r"完成|已|其中")
DEFAULT_ROLE = {
    "plan": "target", "target": "target", "five_year_plan": "target", "indicator": "target", "funding": "target",
    "progress": "actual", "completion": "actual", "outcome": "actual", "actual": "actual", "report": "actual",
}  # fmt: skip
SENTENCE_END = "。!?" + BREAK
