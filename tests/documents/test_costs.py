"""What promises cost, in columns without a unit and in prose, with the tables it must give."""

from __future__ import annotations

from notices import promised, read

from minshi_analysis.intake.reader import read_document


def test_amounts_without_a_unit_are_told_and_the_tasks_stay(tmp_path):
    """260 may be 元, 万元 or 亿元: each row's amounts are named with what is missing."""
    path = tmp_path / "notice.txt"
    path.write_text(
        "祁阳市2025年重点民生实事项目表\n序号\t项目内容\t牵头单位\t资金合计\t市财政\t完成时限\n"
        "1\t开展职业技能培训4000人次\t市人社局\t260\t200\t2025年11月\n"
        "2\t新建污水管网22.6公里\t市住建局\t5200\t\t2025年12月\n3\t新建书房2家\t市文旅局\t\t\t2025年12月\n"
        "合计\t\t\t5460\t200\t\n",
        "utf-8",
    )
    tables = read_document(path, region="祁阳市")
    assert promised(tables) == [("职业技能培训", 4000, "人次"), ("污水管网", 22.6, "公里"), ("书房", 2, "家")]
    assert len(tables["funding"]) == len(tables["funding_tasks"]) == 0
    assert tables["unread"]["text"].tolist() == ["260 | 200", "5200", "5460 | 200"]
    assert (
        tables["unread"]["reason"].str.startswith("no unit is printed for the amounts under 资金合计").all()
    )


def test_the_unit_of_money_in_the_title_or_with_each_amount(tmp_path):
    rows = "1\t开展职业技能培训4000人次\t市人社局\t{}\n2\t新建污水管网22.6公里\t市住建局\t{}\n"
    head = "序号\t项目内容\t牵头单位\t资金合计\n"
    titled = f"祁阳市2025年重点民生实事资金安排表（单位：亿元）\n{head}" + rows.format("0.026", "0.52")
    money = read(tmp_path, titled, region="祁阳市")["funding"]
    assert money["amount_wan"].tolist() == [260, 5200]
    own = f"祁阳市2025年重点民生实事资金安排表\n{head}" + rows.format("260万元", "0.52亿元")
    money = read(tmp_path, own, region="祁阳市")["funding"]
    assert money["amount_wan"].tolist() == [260, 5200]


def money(tables):
    """Who pays how much for which tasks, in the order of print."""
    rows = tables["funding"].merge(tables["funding_tasks"][["funding_id", "task_id"]], on="funding_id")
    numbers = rows["task_id"].str.rpartition("/")[2]
    return list(zip(numbers, rows["funder"], rows["amount_wan"], strict=True))


def test_what_a_promise_in_prose_costs_is_money_and_no_target(tmp_path):
    """江西: the sum and its parts behind each item; loans are promised themselves."""
    text = (
        "石城县2025年民生实事项目\n"
        "1.改造老旧小区20个，总投资6500万元，其中：上级补助2000万元，县级财政3500万元，社会资本投入1000万元。责任单位：县住建局\n"
        "2.发放创业担保贷款1.5亿元，发放消费券300万元。责任单位：县就业局\n"
        "3.计划投资0.2亿元，新建学校2所。责任单位：县教体局\n"
    )
    tables = read(tmp_path, text, region="石城县")
    assert promised(tables) == [
        ("老旧小区", 20, "个"),
        ("创业担保贷款", 15000, "万元"),
        ("消费券", 300, "万元"),
        ("学校", 2, "所"),
    ]
    assert tables["tasks"]["lead_agency"].tolist() == ["县住建局", "县就业局", "县教体局"]
    assert money(tables) == [
        ("1.1", "total", 6500),
        ("1.1", "superior", 2000),
        ("1.1", "county", 3500),
        ("1.1", "social", 1000),
        ("1.3", "total", 2000),
    ]
    rows = tables["funding"]
    printed = [text[a:b] for a, b in zip(rows["source_start"], rows["source_end"], strict=True)]
    assert printed == ["6500万元", "2000万元", "3500万元", "1000万元", "0.2亿元"]


def test_one_sum_is_for_all_tasks_of_a_named_item_and_each_of_several_for_those_before_it(tmp_path):
    text = (
        "石城县2025年民生实事项目\n"
        "1.“安居”工程，改造老旧小区20个、危房35户，总投资800万元（其中县财政500万元、市级财政300万元）。\n"
        "2.“畅通”工程，改造农村公路12公里，投入资金900万元；新建公交站亭8个，安排资金40万元。\n"
        "3.“清源”工程，总投资600万元，其中省级补助450万元。\n"
    )
    tables = read(tmp_path, text, region="石城县")
    assert promised(tables) == [
        ("老旧小区", 20, "个"),
        ("危房", 35, "户"),
        ("农村公路", 12, "公里"),
        ("公交站亭", 8, "个"),
    ]
    assert tables["tasks"]["programme"].tolist() == ["安居", "安居", "畅通", "畅通", "清源"]
    assert sorted(money(tables)) == [
        ("1.1", "county", 500),
        ("1.1", "superior", 300),
        ("1.1", "total", 800),
        ("1.2", "county", 500),
        ("1.2", "superior", 300),
        ("1.2", "total", 800),
        ("2.1", "total", 900),
        ("2.2", "total", 40),
        ("3.1", "superior", 450),
        ("3.1", "total", 600),
    ]
    assert len(tables["funding"]) == 7


def test_a_second_sum_of_one_promise_is_told(tmp_path):
    path = tmp_path / "notice.txt"
    path.write_text(
        "石城县2025年民生实事项目\n1.改造老旧小区20个，总投资800万元，年度计划投资300万元，每户补助2万元。\n",
        "utf-8",
    )
    tables = read_document(path, region="石城县")
    assert money(tables) == [("1.1", "total", 800)]
    assert tables["unread"]["reason"].tolist() == [
        "the words do not say which part of the sum this is",
        "a standard for each case",
    ]
