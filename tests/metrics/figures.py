"""Tables typed from the printed documents by eye, the printed words beside them, for results worked by hand.

Ids follow the model; offsets are left out, since no metric reads them.
"""

from pathlib import Path

import pandas as pd

from minshi_analysis import model
from minshi_analysis.tables.reference import load_reference

REFERENCE = Path(__file__).parents[2] / "data" / "reference"

DOCUMENTS = """
wenzhou-2022-plan       温州市 330300 city   2022 -    plan           -          2022-04-09
hangzhou-2024-plan      杭州市 330100 city   2024 -    plan           -          2024-02-04
yueqing-2022-completion 乐清市 330382 county 2022 -    completion     -          -
lucheng-2024-progress   鹿城区 330302 county 2024 -    progress       2024-06-30 -
wenzhou-14fyp-social    温州市 330300 city   2021 2025 five_year_plan -          -
"""

# id | programme | deadline | text | lead agency
# (3.2 is named in the programme's head only: its line in the annex, with money and split, is lost.)
TASKS = """
wenzhou-2022-plan/1.1   | 温馨教室 | 2022-11-30 | 为5000个中小学教室新安装空调 | 市教育局
wenzhou-2022-plan/3.1   | 幸福颐养 | 2022-11-30 | 打造示范型居家养老服务照料中心110个 | 市民政局
wenzhou-2022-plan/3.2   | 幸福颐养 | 2022-11-30 | 新(改)建农村老人活动中心60个以上 | -
wenzhou-2022-plan/3.4   | 幸福颐养 | 2022-11-30 | 新增认知障碍照护专区床位900张 | 市民政局
wenzhou-2022-plan/4.1   | 畅通美丽 | 2022-11-30 | 整治堵点10个 | 市交通运输局
wenzhou-2022-plan/4.2   | 畅通美丽 | 2022-11-30 | 打通断头路20条以上 | 市住建局
wenzhou-2022-plan/4.3   | 畅通美丽 | 2022-11-30 | 新增停车位1.5万个 | 市住建局
wenzhou-2022-plan/5.4   | 安居改造 | 2022-11-30 | 既有住宅加装电梯130台以上 | 市住建局
wenzhou-2022-plan/6.5   | 食药无忧 | 2022-11-30 | 建设民生药事服务站30家 | 市市场监管局
wenzhou-2022-plan/8.4   | 共享惠民 | 2022-11-30 | 建成"15分钟品质文化生活圈"850个 | 市文广旅局
wenzhou-2022-plan/11.3  | 避灾除险 | 2022-11-30 | 完成病险水库除险加固13座 | 市水利局
wenzhou-2022-plan/12.1  | 就业提升 | 2022-11-30 | 开展"金蓝领"职业技能培训15万人次以上 | 市人力社保局
wenzhou-2022-plan/12.2  | 就业提升 | 2022-11-30 | 新增技能人才5.5万名 | 市人力社保局
wenzhou-2022-plan/12.3  | 就业提升 | 2022-11-30 | 新增高技能人才2.7万人 | 市人力社保局
wenzhou-2022-plan/12.4  | 就业提升 | 2022-11-30 | 培训家政服务人员1.5万人 | 市人力社保局
hangzhou-2024-plan/1.1  | 幸福助老 | 2024-11-30 | 新增老年助餐服务点227个 | 市民政局
hangzhou-2024-plan/3.3  | 春雨计划 | 2024-11-30 | 城镇新增就业25万人 | 市人力社保局
hangzhou-2024-plan/3.5  | 春雨计划 | 2024-11-30 | 提供见习岗位1.1万个 | 市人力社保局
hangzhou-2024-plan/4.3  | 美好家园 | 2024-11-30 | 推进老旧小区住宅加装电梯1000台 | 市住保房管局
hangzhou-2024-plan/5.1  | 快乐成长 | 2024-11-30 | 养育照护师资培训2000人次、活动2000场 | 市卫生健康委
hangzhou-2024-plan/9.2  | 强文健体 | 2024-05-31 | 新增认定乡村(社区)博物馆20家 | 市园文局
hangzhou-2024-plan/9.5  | 强文健体 | 2024-09-30 | 实现公共体育场馆惠民开放60家 | 市体育局
yueqing-2022-completion/province.2  | - | - | 新增托位1140个,普惠托位685个 | 市卫健局
yueqing-2022-completion/province.7  | - | - | 开展职业技能培训22600人次以上 | 市人力社保局
yueqing-2022-completion/city.9      | 幸福颐养 | - | 新增持证养老护理员150人 | 市民政局
yueqing-2022-completion/city.16     | 畅通美丽 | - | 提升绿道10公里 | 住建局
yueqing-2022-completion/city.18     | 安居改造 | - | 完成回迁安置857户以上 | 市住建局
yueqing-2022-completion/city.35     | 共享惠民 | - | 部门联合服务进小区155场次以上 | 市委组织部
yueqing-2022-completion/county.15   | 出行畅安 | - | 新能源公用充电站15座以上,充电枪100把以上 | 市发改局
yueqing-2022-completion/county.17   | 放心食安 | - | 80%以上的餐饮单位完成阳光厨房创建 | 市市场监管局
yueqing-2022-completion/county.20   | 城乡蝶变 | - | 建成乐清城市噪声自动监测网络 | 市生态环境局
yueqing-2022-completion/county.28   | 健康驿站 | - | 开展红十字救护员培训5000人次以上 | 市红十字会
lucheng-2024-progress/1.1 | 教育优学 | - | 新投用小学、幼儿园5所 | 区教育局
lucheng-2024-progress/3.1 | 安居提质 | - | 建设筹集保障性租赁住房5000套(间) | 区住建局
lucheng-2024-progress/6.2 | 助残帮困 | - | 为困难群众免费治疗白内障80例 | 区卫生健康局
lucheng-2024-progress/9.3 | 除险保安 | - | 实质性解危城乡存量危房20幢 | 区住建局
lucheng-2024-progress/10.2 | 文体惠民 | - | 新增基层体育场地设施10个 | 区文广旅体局
"""

# target | measure | value | unit | bound
TARGETS = """
wenzhou-2022-plan/1.1#1  | 中小学教室 | 5000 | 个 | exact
wenzhou-2022-plan/3.1#1  | 示范型居家养老服务照料中心 | 110 | 个 | exact
wenzhou-2022-plan/3.2#1  | 农村老人活动中心 | 60 | 个 | at_least
wenzhou-2022-plan/3.4#1  | 认知障碍照护专区床位 | 900 | 张 | exact
wenzhou-2022-plan/4.1#1  | 堵点 | 10 | 个 | exact
wenzhou-2022-plan/4.2#1  | 断头路 | 20 | 条 | at_least
wenzhou-2022-plan/4.3#1  | 停车位 | 15000 | 个 | exact
wenzhou-2022-plan/5.4#1  | 既有住宅加装电梯 | 130 | 台 | at_least
wenzhou-2022-plan/6.5#1  | 民生药事服务站 | 30 | 家 | exact
wenzhou-2022-plan/8.4#1  | 15分钟品质文化生活圈 | 850 | 个 | exact
wenzhou-2022-plan/11.3#1 | 病险水库除险加固 | 13 | 座 | exact
wenzhou-2022-plan/12.1#1 | 金蓝领职业技能培训 | 150000 | 人次 | at_least
wenzhou-2022-plan/12.2#1 | 技能人才 | 55000 | 名 | exact
wenzhou-2022-plan/12.3#1 | 高技能人才 | 27000 | 人 | exact
wenzhou-2022-plan/12.4#1 | 家政服务人员 | 15000 | 人 | exact
hangzhou-2024-plan/1.1#1 | 老年助餐服务点 | 227 | 个 | exact
hangzhou-2024-plan/3.3#1 | 城镇新增就业 | 250000 | 人 | exact
hangzhou-2024-plan/3.5#1 | 见习岗位 | 11000 | 个 | exact
hangzhou-2024-plan/4.3#1 | 老旧小区住宅加装电梯 | 1000 | 台 | exact
hangzhou-2024-plan/5.1#1 | 养育照护师资培训 | 2000 | 人次 | exact
hangzhou-2024-plan/5.1#2 | 养育照护活动 | 2000 | 场 | exact
hangzhou-2024-plan/9.2#1 | 乡村(社区)博物馆 | 20 | 家 | exact
hangzhou-2024-plan/9.5#1 | 公共体育场馆惠民开放 | 60 | 家 | exact
yueqing-2022-completion/province.2#1 | 托位 | 1140 | 个 | exact
yueqing-2022-completion/province.2#2 | 普惠托位 | 685 | 个 | exact
yueqing-2022-completion/province.7#1 | 职业技能培训 | 22600 | 人次 | at_least
yueqing-2022-completion/city.9#1 | 持证养老护理员 | 150 | 人 | exact
yueqing-2022-completion/city.16#1 | 绿道 | 10 | 公里 | exact
yueqing-2022-completion/city.18#1 | 回迁安置 | 857 | 户 | at_least
yueqing-2022-completion/city.35#1 | 部门联合服务进小区 | 155 | 场次 | at_least
yueqing-2022-completion/county.15#1 | 新能源公用充电站 | 15 | 座 | at_least
yueqing-2022-completion/county.15#2 | 充电枪 | 100 | 把 | at_least
yueqing-2022-completion/county.17#1 | 餐饮单位完成阳光厨房创建 | 80 | % | at_least
yueqing-2022-completion/county.28#1 | 红十字救护员培训 | 5000 | 人次 | at_least
lucheng-2024-progress/1.1#1 | 小学、幼儿园 | 5 | 所 | exact
lucheng-2024-progress/3.1#1 | 保障性租赁住房 | 5000 | 套(间) | exact
lucheng-2024-progress/6.2#1 | 免费治疗白内障 | 80 | 例 | exact
lucheng-2024-progress/9.3#1 | 解危城乡存量危房 | 20 | 幢 | exact
lucheng-2024-progress/10.2#1 | 基层体育场地设施 | 10 | 个 | exact
"""

# The printed splits (市直240个,鹿城350个,龙湾350个,...); a county that is not named has no row.
ALLOCATIONS = """
wenzhou-2022-plan/1.1#1 | 市本级 240 鹿城区 350 龙湾区 350 瓯海区 350 洞头区 89 乐清市 760
wenzhou-2022-plan/1.1#1 | 瑞安市 700 永嘉县 610 文成县 180 平阳县 485 泰顺县 200 苍南县 500
wenzhou-2022-plan/1.1#1 | 龙港市 220 浙南产业集聚区 66
wenzhou-2022-plan/4.3#1 | 鹿城区 4000 龙湾区 4000 瓯海区 5600 浙南产业集聚区 1000 温州生态园 400
wenzhou-2022-plan/5.4#1 | 鹿城区 50 龙湾区 10 瓯海区 10 洞头区 4 乐清市 10 瑞安市 10
wenzhou-2022-plan/5.4#1 | 永嘉县 4 文成县 4 平阳县 10 泰顺县 4 苍南县 10 龙港市 10
wenzhou-2022-plan/8.4#1 | 鹿城区 115 龙湾区(含浙南产业集聚区) 55 瓯海区 85 洞头区 50 乐清市 105
wenzhou-2022-plan/8.4#1 | 瑞安市 105 永嘉县 65 文成县 50 平阳县 85 泰顺县 60 苍南县 65 龙港市 10
wenzhou-2022-plan/11.3#1 | 瓯海区 1 洞头区 1 乐清市 2 瑞安市 1 文成县 2 平阳县 1 泰顺县 2 苍南县 3
hangzhou-2024-plan/4.3#1 | 上城区 120 拱墅区 200 西湖区 110 滨江区 100 萧山区 90 余杭区 70 临平区 100
hangzhou-2024-plan/4.3#1 | 钱塘区 50 富阳区 60 临安区 20 桐庐县 40 淳安县 10 建德市 30
"""

# line | total superior city county other | tasks ('-': not printed)
FUNDING = """
wenzhou-2022-plan/1.1   | 17853 0 920 16933 0 | 1.1
wenzhou-2022-plan/3.1   | 6600 0 2420 4180 0 | 3.1
wenzhou-2022-plan/3.4   | 1350 1185 0 165 0 | 3.4
wenzhou-2022-plan/4.1   | 70238 0 3200 58180 8858 | 4.1
wenzhou-2022-plan/4.2   | 44000 0 4000 40000 0 | 4.2
wenzhou-2022-plan/4.3   | 180000 0 0 120000 60000 | 4.3
wenzhou-2022-plan/5.4   | 858 0 858 0 0 | 5.4
wenzhou-2022-plan/6.5   | 0 0 0 0 0 | 6.5
wenzhou-2022-plan/8.4   | 5000 0 0 5000 0 | 8.4
wenzhou-2022-plan/11.3  | 4942.2 1936.2 0 2338 668 | 11.3
wenzhou-2022-plan/12.1  | 15000 0 0 0 15000 | 12.1 12.2 12.3
wenzhou-2022-plan/12.4  | 300 0 0 0 300 | 12.4
"""

# target | value unit bound | status | rate claimed
OUTCOMES = """
yueqing-2022-completion/province.2#1 | 1155 个 exact | over | -
yueqing-2022-completion/province.2#2 | 1155 个 exact | over | -
yueqing-2022-completion/province.7#1 | 45307 人次 exact | over | 200
yueqing-2022-completion/city.9#1 | 248 人 exact | met | -
yueqing-2022-completion/city.16#1 | 21.2 公里 exact | over | -
yueqing-2022-completion/city.18#1 | 956 户 exact | met | -
yueqing-2022-completion/city.35#1 | 155 场次 at_least | met | -
yueqing-2022-completion/county.15#1 | 15 座 exact | met | -
yueqing-2022-completion/county.15#2 | 212 把 exact | met | -
yueqing-2022-completion/county.17#1 | 82.4 % exact | met | -
yueqing-2022-completion/county.20 | - - - | met | -
yueqing-2022-completion/county.28#1 | 6895 人 exact | met | -
lucheng-2024-progress/1.1#1 | 85 % exact | - | -
lucheng-2024-progress/1.1#1 | 65 % exact | - | -
lucheng-2024-progress/3.1#1 | 5109 套(间) exact | - | -
lucheng-2024-progress/6.2#1 | 108 例 exact | - | -
lucheng-2024-progress/9.3#1 | 16 幢 exact | - | -
lucheng-2024-progress/10.2#1 | - - - | - | -
"""

# task or target | due | value unit bound | kind | text
MILESTONES = """
hangzhou-2024-plan/1.1   | 2024-03-31 | - - - | qualitative | 3月底前确定项目点位以及实施名单
hangzhou-2024-plan/1.1#1 | 2024-09-30 | 100 个 at_least | quantity | 9月底前完成新增助餐服务点不少于100个
hangzhou-2024-plan/3.3#1 | 2024-03-31 | 60000 人 exact | quantity | 3月底前完成城镇新增就业6万人
hangzhou-2024-plan/3.3#1 | 2024-06-30 | 130000 人 exact | quantity | 6月底前完成城镇新增就业13万人
hangzhou-2024-plan/3.3#1 | 2024-09-30 | 200000 人 exact | quantity | 9月底前完成城镇新增就业20万人
hangzhou-2024-plan/3.3#1 | 2024-11-30 | 250000 人 exact | quantity | 11月底前确保完成城镇新增就业25万人
hangzhou-2024-plan/3.5   | 2024-03-31 | 20 % exact | percent | 3月底前完成20%
hangzhou-2024-plan/3.5   | 2024-06-30 | 40 % exact | percent | 6月底前完成40%
hangzhou-2024-plan/3.5   | 2024-09-30 | 80 % exact | percent | 9月底前完成80%
hangzhou-2024-plan/3.5   | 2024-11-30 | 100 % exact | percent | 11月底前完成100%
hangzhou-2024-plan/4.3   | 2024-03-31 | - - - | qualitative | 3月底前与各地充分对接
hangzhou-2024-plan/4.3#1 | 2024-06-30 | 500 台 exact | quantity | 6月底前完成老旧小区住宅加装电梯500台
hangzhou-2024-plan/4.3#1 | 2024-09-30 | 750 台 exact | quantity | 9月底前完成老旧小区住宅加装电梯750台
hangzhou-2024-plan/4.3#1 | 2024-11-30 | 1000 台 exact | quantity | 11月底前确保完成老旧小区住宅加装电梯1000台
hangzhou-2024-plan/5.1   | 2024-06-30 | 50 % exact | percent | 6月底前,加快实施,各项任务完成50%
hangzhou-2024-plan/5.1   | 2024-09-30 | 100 % exact | percent | 9月底前,加快实施,各项任务完成100%
hangzhou-2024-plan/9.2   | 2024-04-30 | - - - | qualitative | 4月底前完成结对帮扶对标提升工作
hangzhou-2024-plan/9.5#1 | 2024-09-30 | 60 家 exact | quantity | 9月底前确保60家公共体育场馆实现惠民开放
"""

# no | name | unit | baseline bound | target bound cumulative
INDICATORS = """
2  | 每千人口拥有3岁以下婴幼儿托位数 | 个 | 2.0 exact | 4.5 exact -
5  | 普惠幼儿园(含公办园)比例 | % | 91.91 exact | 90 more_than -
3  | 婴幼儿照护服务机构从业人员持证率 | % | - - | 80 at_least -
11 | 新增城镇就业人数 | 人 | 142000 exact | 450000 exact cumulative
12 | 城镇登记失业率 | % | 1.79 exact | 3.5 less_than -
13 | 职业技能培训 | 人次 | 100000 exact | 500000 exact cumulative
16 | 常住人口城镇化率 | % | 72.16 exact | 75 exact -
17 | 城乡居民收入比 | - | 1.96 exact | 1.9 exact -
31 | 户籍人口基本医疗保险参保率 | % | 99 more_than | 99 more_than -
45 | 公众食品安全满意度 | % | 83 at_least | 85 at_least -
48 | 基本药物抽检合格率 | % | 100 exact | 99.5 exact -
51 | 城市空气质量优良天数比率 | % | 97 exact | - - -
52 | 城市细颗粒物(PM2.5)平均浓度 | 微克/立方米 | 25 exact | 27 at_most -
"""

# All targets are flows (so many new ones), but for the rate, as read by eye; 12.3 is the 其中 of 12.2.
RATES = ("yueqing-2022-completion/county.17#1",)
PARTS = {
    "wenzhou-2022-plan/12.3#1": "wenzhou-2022-plan/12.2#1",
    "yueqing-2022-completion/province.2#2": "yueqing-2022-completion/province.2#1",
}
STAGES = {"wenzhou-2022-plan": "candidate", "hangzhou-2024-plan": "adopted"}
FUNDERS = ("total", "superior", "city", "county", "other")  # the columns of the figures below


def _cells(text: str) -> list[list[str | None]]:
    lines = [line.split("|") for line in text.strip().splitlines()]
    return [[None if cell.strip() == "-" else cell.strip() for cell in line] for line in lines]


def _words(text: str | None) -> list[str | None]:
    return [None if word == "-" else word for word in (text or "").split()]


def _doc(row_id: str) -> str:
    return row_id.split("/")[0]


def _number(text: str | None) -> float | None:
    return None if text is None else float(text)


def build() -> dict[str, pd.DataFrame]:
    """All tables, as the store would give them."""
    names = ["doc_id", "region", "adcode", "level", "year", "year_end", "kind", "as_of", "published"]
    documents = pd.DataFrame([_words(line) for line in DOCUMENTS.strip().splitlines()], columns=names)
    documents["stage"] = documents["doc_id"].map(STAGES)
    rows: dict[str, list[dict]] = {"documents": documents.to_dict("records")}
    rows["tasks"] = [
        {
            "doc_id": _doc(i),
            "task_id": i,
            "level": level,
            "programme_no": number,
            "programme": programme,
            "text": text,
            "item_no": i.split(".")[-1],
            "lead_agency": agency,
            "deadline": deadline,
        }
        for i, programme, deadline, text, agency in _cells(TASKS)
        for number, level in [_place(i)]
    ]
    rows["targets"] = [
        {
            "doc_id": _doc(i),
            "target_id": i,
            "task_id": i.split("#")[0],
            "measure": measure,
            "value": float(value),
            "unit": unit,
            "bound": bound,
            "nature": "rate" if i in RATES else "flow",
            "part_of": PARTS.get(i),
        }
        for i, measure, value, unit, bound in _cells(TARGETS)
    ]
    units = {row["target_id"]: row["unit"] for row in rows["targets"]}
    rows["allocations"] = [
        {
            "doc_id": _doc(i),
            "target_id": i,
            "region": region.split("(")[0],
            "value": float(value),
            "unit": units[i],
            "note": region.split("(")[1].rstrip(")") if "(" in region else None,
        }
        for i, text in _cells(ALLOCATIONS)
        for region, value in zip(text.split()[::2], text.split()[1::2], strict=True)
    ]
    lines = _cells(FUNDING)
    rows["funding"] = [
        {"doc_id": _doc(i), "funding_id": f"{i}@funding", "funder": funder, "amount_wan": _number(amount)}
        for i, amounts, _ in lines
        for funder, amount in zip(FUNDERS, _words(amounts), strict=True)
    ]
    rows["funding_tasks"] = [
        {"doc_id": _doc(i), "funding_id": f"{i}@funding", "task_id": f"{_doc(i)}/{task}"}
        for i, _, tasks in lines
        for task in _words(tasks)
    ]
    rows["outcomes"] = []
    for i, result, status, rate in _cells(OUTCOMES):
        value, unit, bound = _words(result)
        rows["outcomes"].append(
            {
                "doc_id": _doc(i),
                "task_id": i.split("#")[0],
                "target_id": i if "#" in i else None,
                "value": _number(value),
                "unit": unit,
                "bound": bound,
                "status_claimed": status,
                "rate_claimed": _number(rate),
            }
        )
    rows["milestones"] = []
    for i, due, promise, kind, text in _cells(MILESTONES):
        value, unit, bound = _words(promise)
        rows["milestones"].append(
            {
                "doc_id": _doc(i),
                "task_id": i.split("#")[0],
                "target_id": i if "#" in i else None,
                "due": due,
                "value": _number(value),
                "unit": unit,
                "bound": bound,
                "kind": kind,
                "text": text,
            }
        )
    rows["indicators"] = []
    for number, name, unit, start, goal in _cells(INDICATORS):
        baseline, baseline_bound = _words(start)
        target, bound, cumulative = _words(goal)
        rows["indicators"].append(
            {
                "doc_id": "wenzhou-14fyp-social",
                "indicator_id": f"wenzhou-14fyp-social/{number}",
                "indicator_no": number,
                "name": name,
                "unit": unit,
                "baseline_year": 2020,
                "baseline": _number(baseline),
                "baseline_bound": baseline_bound,
                "target_year": 2025,
                "target": _number(target),
                "bound": bound,
                "cumulative": cumulative is not None,
                "note": "省下目标" if number == "51" else None,
            }
        )
    tables = {name: model.conform(name, pd.DataFrame(table)) for name, table in rows.items()}
    return tables | load_reference(REFERENCE, tables["indicators"], tables["documents"])


def _place(task_id: str) -> tuple[str | None, str]:
    """Number of the programme and level, as the ids have them."""
    head = task_id.split("/")[1].split(".")[0]
    if not head.isdigit():
        return None, head
    return head, "county" if task_id.startswith("lucheng") else "city"
