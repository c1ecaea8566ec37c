"""Every sentence of the reports of six places, in both languages, literally; every_sentence.toml says how each was checked."""

import tomllib
from pathlib import Path

import pytest

from minshi_analysis import notebook as report
from minshi_analysis.notebook.city import said_of
from minshi_analysis.notebook.headlines import said_first
from minshi_analysis.notebook.plan_said import said_first_of_plan, said_of_plan
from minshi_analysis.reasons import say

SAID = tomllib.loads((Path(__file__).parent / "every_sentence.toml").read_text("utf-8"))["said"]
YEARS = {"温州市": 2022, "乐清市": 2022, "鹿城区": 2024, "杭州市": 2024, "上城区": 2024}
PLAN = "wenzhou-14fyp-social"


def told(name, lang):
    """What a report says: part of the page and sentence, in order."""
    if name == PLAN:
        plan = report.five_year_plan(name, lang)
        parts = {"headline": said_first_of_plan(plan), "finding": said_of_plan(plan)}
    else:
        case = report.city_year(name, YEARS[name], lang)
        parts = {
            "headline": said_first(case),
            "finding": said_of(case),
            "note": [*report.split_notes(case), *report.share_notes(case)],
            "elsewhere": [
                *report.money_elsewhere(case),
                *report.elsewhere(case),
                report.no_milestones(case),
                report.charted_of(case),
            ],
        }
    return [(part, say(sentence, lang)) for part, said in parts.items() for sentence in said if sentence]


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("name", [*YEARS, PLAN])
def test_a_report_says_these_sentences_and_no_other(name, lang):
    expected = [(each["part"], each[lang]) for each in SAID if each["report"] == name]
    assert told(name, lang) == expected


def test_the_list_is_of_these_reports():
    assert {each["report"] for each in SAID} == {*YEARS, PLAN}
