"""Parameters are checked before any kernel starts, against what the tables hold."""

from __future__ import annotations

import pytest
from site_of_reports import Site

from minshi_analysis.reports.parameters import Report, UnknownReport, available, choose


def reports(site: Site) -> list[Report]:
    return available(site.root / "data" / "tables", site.root / "notebooks")


def test_a_region_has_a_report_of_a_year_when_a_document_is_its_own_or_gives_it_a_share(site):
    assert [report.label for report in reports(site)] == [
        "温州市 2022",
        "鹿城区 2022",
        "龙港市 2022",
        "鹿城区 2023",
    ]


def test_regions_of_one_name_have_a_report_each(site):
    documents = "doc_id,title,region,adcode,year,kind\n"
    documents += (
        "x,计划,鼓楼区,320302,2025,plan\nk,计划,鼓楼区,410204,2025,plan\ny,计划,温州市,330300,2025,plan\n"
    )
    site.table("documents", documents)
    site.table("allocations", "doc_id,region,adcode,value\n")
    have = reports(site)
    assert [(report.name, report.label, report.documents) for report in have] == [
        ("city_year/320302-2025", "徐州市鼓楼区 2025", ("x",)),
        ("city_year/温州市-2025", "温州市 2025", ("y",)),
        ("city_year/410204-2025", "开封市鼓楼区 2025", ("k",)),
    ]
    assert [report.documents for report in choose(have, region="410204")] == [("k",)]
    with pytest.raises(UnknownReport) as error:
        choose(have, region="鼓楼区", year=2025)
    assert str(error.value) == "鼓楼区 is 320302 (徐州市) and 410204 (开封市): give the code"


def test_a_code_means_the_report_that_is_called_by_name(site):
    assert [report.name for report in choose(reports(site), region="330302", year=2023)] == [
        "city_year/鹿城区-2023"
    ]


def test_a_notebook_that_is_there_gives_its_reports(site):
    (site.root / "notebooks" / "indicator_trajectories.ipynb").write_text("{}")
    (site.root / "notebooks" / "audit.ipynb").write_text("{}")
    names = [report.name for report in reports(site)]
    assert names[-2:] == ["indicator_trajectories/fyp", "audit/audit"]


def test_a_report_knows_the_documents_it_covers(site):
    assert {report.label: report.documents for report in reports(site)}["鹿城区 2022"] == ("plan-2022",)
    assert [report.label for report in choose(reports(site), doc="county-2023")] == ["鹿城区 2023"]


def test_values_may_come_as_text(site):
    assert [report.label for report in choose(reports(site), region="鹿城区", year="2023")] == ["鹿城区 2023"]


@pytest.mark.parametrize(
    ("wanted", "message"),
    [
        ({"region": "鹿城"}, "no report for 鹿城: did you mean 鹿城区?"),
        ({"region": "温洲市", "year": 2022}, "no report for 温洲市 2022: did you mean 温州市?"),
        ({"region": "北京城"}, "no report for 北京城: there are 温州市, 鹿城区, 龙港市"),
        ({"region": "龙港市", "year": 2023}, "no report for 龙港市 2023: 龙港市 has 2022"),
        ({"year": "2030"}, "no report for 2030: there are 2022, 2023"),
        ({"year": 2023, "doc": "plan-2022"}, "no report for 2023 plan-2022: 2023 has county-2023"),
        ({"year": "2022年"}, "year must be a whole number such as 2022, not '2022年'"),
        ({"year": True}, "year must be a whole number such as 2022, not True"),
        ({"region": 330302}, "region must be text, not 330302"),
        ({"regoin": "鹿城区"}, "no notebook has a parameter regoin; there are: plan, region, year"),
        ({"doc": "plan-2023"}, "no report for plan-2023: did you mean plan-2022"),
    ],
)
def test_what_cannot_be_made_is_said_with_what_can(site, wanted, message):
    with pytest.raises(UnknownReport) as error:
        choose(reports(site), **wanted)
    assert str(error.value).startswith(message)


def test_the_command_says_so_too_and_starts_nothing(site, capsys):
    assert site.report(region="鹿城") == (2, "")
    assert "no report for 鹿城: did you mean 鹿城区?" in capsys.readouterr().err
    assert not site.out.exists()


def test_without_tables_there_is_one_sentence(site, capsys):
    (site.root / "data" / "tables" / "documents.csv").unlink()
    assert site.report(all=True)[0] == 2
    assert "run `minshi build` first" in capsys.readouterr().err


def test_everything_and_a_part_at_once_is_an_error(site, capsys):
    assert site.report(all=True, region="鹿城区")[0] == 2
    assert "--all is every report" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("value", "name"),
    [
        ("../../etc", "n/_.._etc"),
        ("a/b\\c:d*?", "n/a_b_c_d__"),
        ("..", "n/_"),
        ("温州市 2022", "n/温州市_2022"),
    ],
)
def test_a_name_is_a_safe_path(value, name):
    assert Report("n", (("value", value),)).name == name
