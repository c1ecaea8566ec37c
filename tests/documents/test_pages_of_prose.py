"""Habits of lists, notices and news that public pages have, each with what a person reads from it."""

from __future__ import annotations

import pytest

from minshi_analysis.intake.reader import read_document


@pytest.fixture
def read(tmp_path):
    def reading(words: str, **said):
        path = tmp_path / "page.txt"
        path.write_text(words, encoding="utf-8")
        return read_document(path, **{"region": "330727", "year": 2023} | said)

    return reading


def values(tables, name):
    """Value and unit of each row."""
    return [(row.value, row.unit) for row in tables[name].itertuples()]


def sure(tables):
    return tables["confidence"].set_index("row_id")["confidence"]


def test_a_name_that_is_printed_as_a_sentence_is_the_name(read):
    found = read(
        "磐安县2023年民生实事完成情况\n第一项：校舍维修工程。\n包括完成三所小学的屋面翻新。该项目总投资约86万元，资金由街道负责。"
        "该项目已于8月20日前完工并投入使用。\n第二项：农路大修工程。\n包括东线、西线。其中东线投资约25万元、西线投资约10万元。该项目已于10月中旬完工。"
    )
    tasks = found["tasks"]
    assert list(tasks["programme"]) == ["校舍维修工程", "农路大修工程"]
    assert tasks["lead_agency"].isna().all()  # who pays is not who answers
    assert tasks["deadline"].isna().all()  # the day when it was finished is no deadline
    assert list(found["funding"]["amount_wan"]) == [86]  # 25 and 10 are parts of a sum that is not printed
    assert list(found["outcomes"]["status_claimed"]) == ["met", "met"]


@pytest.mark.parametrize(
    "words",
    [
        "绿道工程已完成驿站选点36处，总进度80%。",
        "绿道工程已完成驿站选点36处，湖西桥下空间改造进度50%。",
        "排水工程已完成驿站选点36处，工程整体进度约69%。",
    ],
)
def test_how_far_works_have_come_is_no_rate_of_a_result(read, words):
    found = read(f"磐安县2023年民生实事10月推进情况\n一、道路\n{words}")
    assert found["outcomes"]["rate_claimed"].isna().all()
    assert any("%" in row.text for row in found["unread"].itertuples())


@pytest.mark.parametrize(
    "words",
    [
        "改扩建学校21所、9所已完成。",
        "改扩建学校21所，9所已建成。",
        "改扩建学校21所（其中9所已投用）。",
        "改扩建学校21所，其中9所已全部竣工。",
    ],
)
def test_the_part_that_is_done_is_the_result_of_the_whole(read, words):
    found = read(
        f"磐安县2023年民生实事完成情况\n一、教育\n{words}\n二、就业\n新增就业3200人，完成目标的106%。"
    )
    targets = found["targets"].set_index("target_id")["value"]
    first = next(row for row in found["outcomes"].itertuples() if row.unit == "所")
    assert (first.value, targets[first.target_id]) == (9, 21)


def test_what_is_raised_from_an_old_share_is_not_compared(read):
    found = read(
        "磐安县2023年民生实事完成情况\n一、医保\n门诊报销比例从50%提高到60%，住院报销比例从70%提高到75%。"
    )
    assert values(found, "outcomes") == [(60, "%"), (75, "%")]


def test_lines_that_each_have_their_answer_below_are_items(read):
    found = read(
        "磐安县2021年十大实事任务分解\n关键词 教育\n新增学位2.1万个。\n主管领导：王某\n责任单位：县教育局\n主要责任人：李某\n"
        "进度安排：6月底前开工8所；12月底前全部建成。\n关键词 就业\n新增就业5万人。\n主管领导：赵某\n责任单位：县人社局\n主要责任人：孙某\n"
    )
    assert values(found, "targets") == [(21000, "个"), (50000, "人")]
    assert list(found["tasks"]["lead_agency"]) == ["县教育局", "县人社局"]
    assert list(found["tasks"]["responsible"]) == ["王某", "赵某"]


def test_whom_a_promise_is_for_and_what_it_reaches(read):
    found = read(
        "磐安县2018年民生实事清单\n1.对签约居民中的16种慢性病患者，延长用药量；新增母婴室120处。\n2.实现2万台以上电梯维保全覆盖，新建书房8家。\n"
        "3.对20户以上自然村通路。"
    )
    assert values(found, "targets") == [(120, "处"), (20000, "台"), (8, "家")]


def test_a_notice_on_how_results_will_be_judged_promises(read):
    found = read(
        "磐安县关于做好2018年民生实事项目绩效考核工作的通知\n一、项目内容\n（一）新建书房8家。\n（二）改造农路30公里。"
    )
    assert found["documents"]["kind"].tolist() == ["plan"]
    assert len(found["targets"]) == 2


def test_what_a_heading_reports_before_its_list_stands_under_it(read):
    found = read(
        "磐安县2022年民生实事完成情况\n一、医疗行动\n全年支出1.2亿元，完成计划的108%。一是救助困难群众3.1万人次。二是建成门诊12家，完成计划的120%。"
    )
    assert set(found["tasks"]["programme"]) == {"医疗行动"}
    assert found["tasks"]["deadline"].isna().all()  # 全年 in the words of a result
