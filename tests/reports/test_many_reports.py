"""Many reports: the index in pages, each thing on one of them, and a plan that reads each table once."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path

import pytest
from corpus import YEARS, places
from lxml import html

from minshi_analysis.reports import index as indexes
from minshi_analysis.reports import parameters
from minshi_analysis.reports.glyphs import Glyphs
from minshi_analysis.reports.index import Entry, Index, Known, paged
from minshi_analysis.reports.landing import landing_page
from minshi_analysis.reports.parameters import Report


def index_of(count: int, **more) -> Index:
    """An index of the country's places, five years each, the audit, a plan of several years and a place without a code."""
    entries = [Entry(Report("audit", title="审计"), True)]
    plan = Report("indicator_trajectories", (("plan", "d"),), "纲要", ("d",), ("温州市", "330300"))
    entries.append(Entry(plan, True))
    known = [Known("瓯江口产业集聚区", "", 2025, ("plan",))]
    for place in places()[: count // len(YEARS)]:
        for year in YEARS:
            said, region = (("region", place.adcode), ("year", year)), (place.name, place.adcode)
            entries.append(
                Entry(Report("city_year", said, f"{place.name} {year}", ("d",), region), True, ("甲",))
            )
            known.append(Known(place.name, place.adcode, year, ("plan",)))
    return Index(tuple(entries), tuple(known), documents=count, **more)


@pytest.fixture(scope="module")
def glyphs() -> Glyphs:
    return Glyphs()


def test_an_index_of_few_reports_is_one_page():
    index = index_of(100)
    assert paged(index) == [index]


def test_everything_stands_on_one_page_of_many():
    index = index_of(15_000, lang="en", langs=("zh", "en"), date="2025-01-01")
    *provinces, first = paged(index)
    assert Counter(entry for page in (first, *provinces) for entry in page.entries) == Counter(index.entries)
    assert Counter(each for page in provinces for each in page.known) == Counter(index.known)
    assert [entry.report.notebook for entry in first.entries] == ["audit"]
    assert all(
        code[:2] == page.part for page in provinces for _, code in [e.report.region for e in page.entries]
    )
    assert [page.part for page in provinces] == [part.code for part in first.parts]
    assert sum(part.reports for part in first.parts) + 1 == len(index.entries)
    assert {(page.lang, page.langs, page.date) for page in provinces} == {("en", ("zh", "en"), "2025-01-01")}
    assert set(first.names) == {(each.region, each.code) for each in index.known}
    assert max(len(page.entries) for page in provinces) < 1_500


def test_the_first_page_is_light_and_leads_to_every_place(glyphs):
    *provinces, first = paged(index_of(15_000))
    data = landing_page(first, glyphs)
    assert len(data) < 1_000_000
    page = html.document_fromstring(data)
    names = json.loads(page.get_element_by_id("names").text)
    assert len(names) == 3_001
    found = {name: (above, words.split(), code, file) for name, above, words, code, file in names}
    assert found["乐清市"][0] == "温州市" and found["乐清市"][2:] == ("330382", "index-33.html")
    assert {"yueqing", "yq", "lq"} <= set(found["乐清市"][1])
    assert found["瓯江口产业集聚区"][2:] == ("", "index-00.html")
    links = page.xpath("//table[@id='provinces']//a/@href")
    assert links == [f"index-{each.part}.html" for each in provinces] and {file for *_, file in names} == set(
        links
    )
    assert "15,002" in page.text_content()  # reports, on whatever page


def test_a_province_has_its_rows_findings_and_reports(glyphs):
    *provinces, _ = paged(index_of(15_000, langs=("zh", "en")))
    (zhejiang,) = (page for page in provinces if page.part == "33")
    page = html.document_fromstring(landing_page(zhejiang, glyphs))
    assert page.xpath("//h1")[0].text == "浙江省"
    row = page.get_element_by_id("r330382")
    assert row.xpath("./th")[0].text_content() == "乐清市 温州市"
    assert len(row.xpath(".//a")) == len(YEARS)
    assert page.xpath("//a[@hreflang='en']/@href") == ["index-33.en.html"]
    assert "纲要" in page.text_content() and "审计" not in page.text_content()


def test_a_name_cannot_end_the_list_of_names(glyphs):
    bad = "</script><b>x"
    index = Index((), parts=(indexes.Part("33", (2022,), 1, 1),), names=((bad, ""),))
    page = landing_page(index, glyphs).decode()
    assert "</script><b>" not in page
    (names,) = re.findall(r'<script type="application/json" id="names">(.*?)</script>', page)
    assert json.loads(names)[0][0] == bad


def test_a_plan_of_all_reports_reads_each_table_once(project, monkeypatch):
    opened: list[str] = []
    whole = Path.open

    def counting(path: Path, *args, **more):
        opened.append(path.name)
        return whole(path, *args, **more)

    monkeypatch.setattr(Path, "open", counting)
    found = parameters.available(project / "data" / "tables", project / "notebooks")
    assert len(found) > 20
    assert Counter(opened) == Counter(["documents.csv", "allocations.csv", "funding.csv", "milestones.csv"])
