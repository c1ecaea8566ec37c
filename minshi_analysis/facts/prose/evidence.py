"""The evidence by which a figure's readings are weighed: words before it and behind it in its clause, each with a weight."""

from __future__ import annotations

import re

from minshi_analysis.language import works

__all__ = ["AIM", "QUOTED", "REASONS", "RULES", "SET_ASIDE"]

# Why a figure is no value of a row: what it is can be told...
SET_ASIDE = {
    "past": "an amount of an earlier year",
    "state": "what there is already",
    "need": "a need, not a promise",
    "forecast": "a forecast",
    "rest": "what is not done yet",
    "surplus": "by how much the target was passed",
    "standard": "a standard for each case",
    "norm": "a standard for each case",
    "qualifier": "a threshold: who or what qualifies",
    "list": "it counts the items, bodies or works themselves",
    "vote": "a vote or a proposal",
    "refused": "put to the vote and not chosen",
    "old": "the value before",
    "done": "what was done, in a plan",
    "steps": "a step of the works",
    "where": "how many places it concerns",
    "size": "how wide, high or deep the works are",
    "extent": "how large the works are, or what they can do",
    "part": "a part of a sum that is printed beside it",
    "among": "how many places it concerns",
    "won": "money to be won from others, beside what is promised",
    "whole": "how many there are in all: how many of them are done stands beside it",
    "led": "how the work is led, and not what is done",
    "next": "what is planned next, or what stands in the way",
}
# ...or cannot be told well enough.
REASONS = SET_ASIDE | {
    "begun": "works begun: how many are finished is not printed",
    "spent": "money whose target is not printed",
    "result": "a result, in a plan",
    "aim": "a target that no result is printed of",
    "rate": "the words do not say of which result this is the rate",
    "cost": "the words do not say which part of the sum this is",
}

QUOTED = r'(?:"[^"]{2,30}"[\u4e00-\u9fff]{0,6})?'  # "城市公厕建设"计划新建30座
_THAN = r"(?:(?<!占)比(?![例率重值赛对])|较(?![大小多好高强快难为]))"
_OWN = r"(?:年度|全年|当年|年初|年|省定|市定|省|市|既定|原定|预定|总|总体|计划|考核|工作|责任)*"
AIM = rf"{_OWN}(?:目标|任务|计划|指标)(?:任务|数|量|值|总数|总量)*"
_LISTED = r"(?:民生|为民|惠民|办|实事|重点|考核|年度|工作|目标|任务|指标|项目|事项|工程|个|省|市|县|区|里|中|大|类|方面|的)*"
_FINISHED = rf"(?:完成|{works.FINISHED}|投入|验收|达标|运营|达到)"
_ABOUT = r"(?:约|为|达到?|共|近|是|有)*"
# What those do who lead: 对15件实事实行台账管理, 每季度通报1次.
_LEADING = r"(?:调度|台账|清单管理|清单化|挂图|销号|通报|督[查办导]|跟踪|问效|会商|例会|专班|包[抓联保])"
_STARTED = rf"{works.BEGUN}|在建|招标|签约(?![率居家服医对])|立项|施工"
_ENDED = rf"(?:完成|达到|达标|落实|推进|确定|超|提前|{works.BEGUN}|{works.FINISHED})"
_WORKS = r"(?:整治|改造|治理|提升|硬化|亮化|绿化|改善)(?:\([^()]*\))?$"  # 2000个行政村环境整治 names works
# Evidence: reading, weight, and what has to stand in the clause before the figure, and behind it.
_EVIDENCE: tuple[tuple[str, float, str, str], ...] = (
    ("aim", 12, "", rf"的?{AIM}(?!的?\d)"),
    ("aim", 7, rf"{AIM}(?:为|是|:|\(|共)?(?:新[建增]|完成|建设|改造)?$", r"(?!%)"),
    (
        "aim",
        6,
        rf"^{QUOTED}(?:今年|全年|年初|原|本年)?(?:原)?计划(?:全年|今年)?(?!投资|单列)[^,;。\d]{{0,24}}$",
        "",
    ),
    (
        "aim",
        7,
        r"(?<![供适反响对回])应当?(?:建[设成]?|完成|解决|改造|新[建增]|发放|培训|安装)[^,;。\d]{0,14}$",
        "",
    ),
    ("aim", 6, r"^(?:今年|全年|年度|本年)的?$", r"[^,;。\d]{0,16}(?:任务|计划|目标)$"),
    ("extent", 7, r"(?:日|年|每[天日年])均?(?:处理|供|产|发电|转运|接待|消纳)[^,;。\d]{0,14}$", ""),
    (
        "surplus",
        9,
        rf"超(?:出|过|额)?(?:完成)?(?:了)?{AIM}$|超(?:额|出)(?:完成)?(?:了)?$|多(?:完成|建成|增)了?$",
        "",
    ),
    ("surplus", 9, rf"(?:高|低|多|少|快|优)(?:于|出)[^,;。\d]{{0,4}}{AIM}[^,;。]{{0,12}}$", ""),
    ("surplus", 9, rf"{_THAN}[^,;。\d]{{2,14}}[高低多少]出?$", ""),
    ("rest", 6, r"(?:剩余?|剩下|其余|余下|尚有|还有|尚未(?:完成|开工)|未完成|仅剩)的?$", ""),
    (
        "state",
        5,
        r"(?:现有|共有(?!产)|现已有|已有|原有|存量|现存)[^,;。\d]{0,12}$|(?<![百千万名])(?:常住|户籍)人口[^,;。\d每]{0,4}$|(?:在园|在校)[^,;。\d]{0,4}$",
        "",
    ),
    ("state", 6, r"(?:仅|只)(?:为|有|占|达到?)?$", ""),
    ("need", 8, r"(?:针对|面对|聚焦|围绕)[^,;。]{0,10}$", r"[^,;。]{0,16}(?:问题|难题|短板|需求|现状|不足)"),
    ("need", 6, r"(?:缺口|缺额|短缺|缺少|尚缺|缺|尚需|需求量?)[^,;。\d]{0,8}$", ""),
    ("need", 6, "", r"[^,;。\d]{0,6}缺口"),
    ("past", 6, rf"{_THAN}[^,;。]{{0,12}}(?:增加|增长|多|减少|提高|下降)[^,;。\d]{{0,4}}$", r"(?!%)"),
    ("forecast", 6, r"(?:预测|有望|投用后|建成后|届时|完工后|竣工后|达产后)[^;。]{0,20}$", ""),
    (
        "forecast",
        6,
        r"(?:^|[^认许])可(?:再|同时)?(?:新增|增加|提供|满足|容纳|接纳|解决|惠及|覆盖|服务|辐射)[^,;。]{0,16}$",
        "",
    ),
    ("forecast", 6, r"预计(?:可|将|能|会|到|新增|受益|惠及|服务|达)[^;。]{0,16}$", ""),
    ("begun", 5, rf"(?:{_STARTED})(?:建设|改造|实施|新建|、)*[^,;。\d]{{0,10}}$", ""),
    (
        "begun",
        5,
        "",
        rf"(?!、)[^,;。\d]{{0,14}}(?:已|均|全部|全面|正在?|陆续|相继)*(?:{_STARTED}|推进)(?!率)",
    ),
    ("begun", 5, "", r"[^,;。\d]{0,4}(?:正在?|仍在|尚在|处于|即将)(?!使用|运营|运行)"),
    ("begun", 7, rf"(?:{works.SETTLED})(?:了|出|好)?$", ""),
    ("begun", 7, "", r"[^,;。\d]{0,12}(?:位置|选址|点位|可研|立项|图纸)"),
    ("begun", 7, r"(?:测绘|勘察|设计|选址|招标|规划|摸底|审批|立项|清表)(?:面积|项目|工作)?$", ""),
    (
        "begun",
        7,
        r"^(?:其中|另有?|还有|剩余|有)*$",
        rf"(?:子|在建)?(?:项目|工程|标段)(?![^,;。]*{_FINISHED})[^,;。\d]{{2,}}$",
    ),
    ("begun", 7, r"(?:^|其中)(?:在建|续建|新开工)(?:项目|工程)$", ""),
    ("begun", 7, rf"(?:{works.SHELL})(?:工程|结构|建设)?[^,;。\d]{{0,6}}$", r"[^,;。\d]{0,10}"),
    ("begun", 7, "", rf"[^,;。\d]{{0,10}}(?:{works.TOPPED_OUT})"),
    ("vote", 7, "", r"[^,;。\d]{0,4}(?:人大|政协|党)?(?:代表|委员|候选|建议|意见|留言|投票|问卷)"),
    (
        "vote",
        7,
        r"(?:(?:征集|收集|收到)[^,;。]{0,10}(?:建议|意见|留言|提案|项目)|发放问卷|赞成|得票|投票|票决|候选|满意度?|满意率|测评)[^,;。\d]{0,16}$",
        "",
    ),
    ("vote", 7, "", r"票(?!价|证)"),
    (
        "led",
        14,
        r"(?:对|将|把|围绕)[^,;。\d]{0,8}$",
        rf"[^,;。\d]{{0,8}}(?:实事|项目|事项|任务|工程)[^,;。\d]{{0,10}}{_LEADING}",
    ),
    ("led", 14, rf"每[季月周旬][^,;。\d]{{0,8}}{_LEADING}[^,;。\d]{{0,4}}$", r"(?!%)"),
    ("led", 14, r"每(?:个?[季月周旬]度?|半[年月])[^,;。\d]{0,6}$", rf"[^,;。\d]{{0,4}}{_LEADING}"),
    ("list", 6, "", rf"{_LISTED}(?:实事|指标|项目|事项|任务)(?!标段|部)[^,;。\d]{{0,10}}{_ENDED}"),
    ("list", 6, r"(?:指标|实事|事项|任务)(?:共|共有|有|分别有|为)$", r"(?![\u4e00-\u9fff])"),
    ("list", 13, "", r"(?:考核|重点|民生|具体|分项|子)*(?:指标|小项|子项)(?!体系|房|[\d:为])"),
    (
        "list",
        6,
        "",
        r"(?:大类?|个?方面|项|件)?(?:重点|民生|为民|惠民|办|年度|省|市|县|区)*(?:实事|民[生心]工程|惠民工程|民生项目)",
    ),
    ("list", 6, "", r"[^,;。\d]{0,8}(?:民[生心](?:实事|大事|好事)|为民(?:办|兴办)?实事)"),
    (
        "list",
        7,
        "",
        r"(?:国|省|市|县|区|州)[定列级]的?(?:民生|重点)?(?:项目|实事|工程|任务|事项)(?!建设|改造)",
    ),
    ("aim", 8, r"(?:完成|实现|达到)了?[^,;。]{0,14}$", rf"[^,;。\d]{{0,20}}的{AIM}$"),
    (
        "among",
        7,
        r"^(?:其中|全[省市县区州])?$",
        rf"(?:行政村|自然村|村|社区|乡镇|镇|乡|县|区|县区|区县|单位|部门|企业|学校)(?![^,;。]*(?:{_FINISHED}|{_WORKS}))[^,;。\d]{{3,}}",
    ),
    ("among", 7, "", r"(?:区县|县区|县市区|市县|乡镇|镇街)(?=\d+个?(?:行政)?村)"),
    (
        "list",
        7,
        r"(?:实事|民[生心]工程|民生项目)(?:共|的|、|有|\d+个?(?:大?类|方面|[件项]))*$",
        r"(?:(?:大?类|方面)?\d+[个件项]?)*(?:具体|子)?(?:项目|事项|任务|小项|子项)",
    ),
    (
        "where",
        9,
        r"(?:^|[,;])从[^,;。\d]{0,6}$",
        r"(?!候选)[^,;。\d]{1,10}中[^,;。\d]{0,4}(?:选|挑|评|筛|确定)",
    ),
    ("where", 8, "", r"[^,;。]{0,30}(?:项目|工程|任务|小区)(?:中|里|当中)(?=$|已|有|的)"),
    ("list", 6, "", r"[^,;。\d]{0,12}(?:单位|政府|部门)[^,;。]{0,20}(?:完成|达到|落实)"),
    (
        "where",
        5,
        r"涉及[^,;。]{0,24}$",
        r"(?:个)?(?:县|市|区|旗|镇|乡|街道|村|社区|行政村|自然村|小区|园区|[^,;。]{0,2}乡镇)",
    ),
    (
        "extent",
        6,
        rf"^(?:该|本)?(?:项目|工程)?(?:总|规划|设计)?(?:占地|建筑|建设|用地|使用)?(?:面积|规模|长度|全长|总长|宽度?|高度?|库容|容积|占地|日?处理能力){_ABOUT}$",
        r"(?!%)",
    ),
    (
        "where",
        7,
        r"在全[省市县区州]$",
        r"(?:个)?(?:乡镇|镇街|镇乡|区县|县区|镇|乡|街道|村|社区)",
    ),  # 在全区20个镇街新增30家
    (
        "where",
        7,
        r"(?:^|全[省市县区州])$",
        r"(?:项目|试点|示范|贫困)?(?:乡镇|区县|县区|县|市|区|旗|镇|乡|街道|村|社区|行政村)(?:\([^()]*\))?(?:已|均|共|累计)[^,;。]*\d",
    ),
    ("size", 6, r"(?:拓宽|加宽|展宽|加高|加厚|加深|[路桥坝河]面?宽度?)(?:至|到|为|达|约)*$", r"(?!%)"),
    ("standard", 5, r"每[\u4e00-\u9fff]{1,3}?[^,;。\d]{0,10}$", ""),
    ("norm", 5, r"(?:人均|户均|按照?|标准)[^,;。\d]{0,10}$", ""),
    (
        "done",
        4,
        rf"(?:已经?|累计已?|业已)(?:达|{works.DONE})[^,;。\d]{{0,12}}$",
        "",
    ),
    ("done", 4, r"(?:今年以来|截[至止][^,;。]{1,10}|目前|到目前为止),?[^;。]{0,20}$", ""),
    ("result", 2, rf"(?:已|实际|累计|共|均|全部|达到?|完成|新增|{works.FINISHED})[^,;。\d]{{0,12}}$", ""),
    ("promise", 2, r"(?:将|计划|力争|确保|拟|要|年内|今年|年底前|届时)[^,;。\d]{0,16}$", ""),
)
RULES = tuple(
    (reading, weight, re.compile(before) if before else None, re.compile(after) if after else None)
    for reading, weight, before, after in _EVIDENCE
)
