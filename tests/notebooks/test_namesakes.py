"""Two districts of one name in one project: each is asked for by its code, and nothing is mixed."""

import shutil

import pytest

from minshi_analysis import load, metrics
from minshi_analysis import notebook as report
from minshi_analysis.catalogue import find_project
from minshi_analysis.intake.adding import add
from minshi_analysis.tables.build import build

XUZHOU = "鼓楼区2025年为民办实事项目\n序号\t项目内容\t责任单位\n1\t新增普惠托位300个\t区卫健局\n"
KAIFENG = "鼓楼区2025年民生实事项目\n序号\t项目内容\t责任单位\n1\t改造老旧小区35个\t区住建局\n2\t新增停车位500个\t区城管局\n"
REFUSED = r"^鼓楼区 is 320302 \(徐州市\) and 410204 \(开封市\): give the code$"


@pytest.fixture(scope="module")
def districts(project, tmp_path_factory):
    """A built project of both."""
    root = tmp_path_factory.mktemp("districts")
    (root / "data" / "raw").mkdir(parents=True)
    shutil.copytree(project / "data" / "reference", root / "data" / "reference")
    for code, text in (("320302", XUZHOU), ("410204", KAIFENG)):
        file = root / f"{code}.txt"
        file.write_text(text, "utf-8")
        assert not add(file, root, doc_id=f"d{code}", region=code, yes=True).confirm
    build(root)
    return root


@pytest.fixture(autouse=True)
def here(districts, monkeypatch):
    monkeypatch.setenv("MINSHI_PROJECT", str(districts))
    assert find_project() == districts


@pytest.mark.parametrize(("code", "tasks"), [("320302", 1), ("410204", 2)])
def test_a_code_means_one_of_them(code, tasks):
    assert len(load("tasks", region=code)) == tasks
    assert load("documents", region=code)["doc_id"].tolist() == [f"d{code}"]
    assert len(load("links", region=code)) == len(load("observations", region=code)) == 0
    case = report.city_year(code, 2025)
    assert (case.region, case.adcode, case.own) == ("鼓楼区", code, (f"d{code}",))
    assert len(case.of("tasks")) == tasks


def test_a_report_of_one_of_them_says_whose_district_it_is():
    assert "徐州市鼓楼区 2025 年" in repr(report.heading(report.city_year("320302", 2025)))


def test_the_name_alone_is_refused():
    for asked in (
        lambda: load("tasks", region="鼓楼区"),
        lambda: load("allocations", region="鼓楼区"),
        lambda: report.city_year("鼓楼区", 2025),
        lambda: metrics.milestone_curve("鼓楼区", 2025),
    ):
        with pytest.raises(ValueError, match=REFUSED):
            asked()


def test_a_code_of_a_region_without_rows_is_an_empty_answer_and_a_wrong_one_a_slip():
    assert load("tasks", region="330302").empty
    with pytest.raises(ValueError, match="no region '999999'"):
        load("tasks", region="999999")
