"""Pages that say that promises were kept: reports of the year that they are of, whatever their title is called after."""

from __future__ import annotations

import pytest

from minshi_analysis import read_document
from minshi_analysis.intake.identify import DOUBT, identify
from minshi_analysis.reading.text import parse

DONE = "■ 住房保障工程\n\n发放租赁补贴6186户。实施农房抗震改造2.1万户。\n\n■ 教育惠民工程\n\n新建改扩建幼儿园13所。\n"


def said(title, opening, closing=""):
    return identify(parse(f"{title}\n\n{opening}\n\n{DONE}\n{closing}\n"))


@pytest.mark.parametrize(
    "title",
    [
        "承诺的10件惠民实事 都办好了",
        "十件民生实事全办成了!",
        "这些民生实事清单落地啦",
        "去年承诺的项目 一件件办结了",
        "全市10件惠民实事项目建成了",
    ],
)
def test_a_title_that_says_that_promises_are_kept_is_a_reports(title):
    found = said(title, "2021年,州人民政府提出办好10件惠民实事。")
    assert (found.kind, found.year) == ("completion", 2021)
    assert found.sure["kind"] >= DOUBT


@pytest.mark.parametrize(
    "title",
    ["办好10件惠民实事 增进民生福祉", "2021年民生实事办成了吗?征集意见", "承诺的10件惠民实事清单"],
)
def test_other_titles_with_the_same_verbs_are_no_reports(title):
    assert said(title, "2021年,州人民政府提出10件惠民实事。力争年底前完成。").kind == "plan"


@pytest.mark.parametrize(
    "opening",
    [
        "2021年,州人民政府提出办好10件惠民实事。经过一年努力,承诺的10件惠民实事全面完成。",
        "县里确定十件实事。一年来,这十件实事均已办结。",
        "市政府定了12项任务。承诺的12项任务都已如期完成。",
    ],
)
def test_an_opening_that_says_that_all_is_done_speaks_against_a_plans_title(opening):
    found = said("承诺的10件惠民实事清单", opening)
    assert found.kind == "completion" and 0.5 < found.sure["kind"] < 0.8


@pytest.mark.parametrize(
    "opening",
    [
        "去年承诺的10件惠民实事全面完成。2021年,新的清单来了。",
        "2020年10件实事全部完成。2021年办好下列10件惠民实事。",
        "过去一年,新增就业6.2万人,十件民生实事全部完成。今年,我们将继续办好十件民生实事。",
        "2021年,州人民政府提出办好10件惠民实事,确保10件惠民实事全面完成。",
    ],
)
def test_last_years_promises_and_those_to_be_kept_leave_a_plan(opening):
    found = said("承诺的10件惠民实事清单", opening)
    assert found.kind == "plan" and found.sure["kind"] >= 0.8


@pytest.mark.parametrize(
    "closing",
    [
        "编后:民生无小事。2022年,我州将再办10件惠民实事。",
        "2022年,全市继续办好民生实事。",
        "目前,2022年计划实施的民生实事正在征集。",
    ],
)
def test_a_look_ahead_gives_a_report_no_year(closing):
    found = said("承诺的10件惠民实事 都办好了", "2021年,州人民政府提出办好10件惠民实事。", closing)
    assert found.year == 2021
    alone = said("承诺的10件惠民实事 都办好了", "州人民政府兑现承诺。", closing)
    assert alone.year != 2022 or alone.sure["year"] < DOUBT


def test_what_such_a_page_says_is_a_result_and_no_target(tmp_path):
    path = tmp_path / "page.txt"
    path.write_text(f"承诺的10件惠民实事 都办好了\n\n2021年,州里提出办好10件惠民实事。\n\n{DONE}", "utf-8")
    tables = read_document(path, region="532900")
    assert tables["targets"].empty
    assert set(tables["outcomes"]["value"]) >= {6186, 21000, 13}
