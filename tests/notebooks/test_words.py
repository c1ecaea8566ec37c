"""The words of a report: doctests of the modules, and both catalogues of reasons complete."""

import ast
import doctest
import importlib
import re
import string
from pathlib import Path

import pandas as pd
import pytest

from minshi_analysis import metrics
from minshi_analysis.notebook.shown import table
from minshi_analysis.reasons import catalogue, coded, why, worded

PACKAGE = Path(metrics.__file__).parents[1]


def told(codes: object) -> str:
    return worded(codes, "zh") or ""


ENGLISH = re.compile(r"[a-z]{3,} [a-z]{2,}")


@pytest.mark.parametrize("name", ["showing", "shown", "places", "saying", "naming", "comparing"])
def test_examples_in_docstrings_run(name):
    module = importlib.import_module(f"minshi_analysis.notebook.{name}")
    result = doctest.testmod(module)
    assert result.attempted > 0
    assert result.failed == 0


def test_every_reason_is_worded_in_both_languages():
    """Each code that the package gives stands in both catalogues, with the parameters that it is given."""
    given = {
        code: params for code, params in codes_given().items() if "." not in code
    }  # others: tests/test_say.py
    for language in ("en", "zh"):
        said = catalogue(language)["say"]
        assert set(given) <= set(said), language
        for code, params in given.items():
            named = {name for _, name, _, _ in string.Formatter().parse(said[code]) if name}
            assert named <= params or ANY in params, (language, code)
    english, chinese = catalogue("en")["say"], catalogue("zh")["say"]
    assert set(english) == set(chinese)
    assert set(english) <= set(given) | set(GIVEN_ELSEWHERE)


def test_a_reason_of_a_metric_has_no_english_in_a_report(tables):
    found = metrics.per_capita_funding(tables=tables, by="total")
    assert {text for text in found["reason_codes"].dropna().map(told) if ENGLISH.search(text)} == set()


ANY = "**"  # parameters that come from a mapping
# Codes that a table of codes holds, or that are put together.
GIVEN_ELSEWHERE = (
    "no_baseline", "no_target", "no_share", "implied_zero", "not_concerned", "part_counted", "same_counted",
    "two_at_once", "overtaken", "projects_without_figure", "lines_without_figure", "link_same_level", "link_no_split",
    "link_higher_level", "link_own_list", "status_holds", "status_said_beyond", "status_not_over", "status_missed",
    "status_exceeded", "status_not_missed", "vanished", "candidate_absent", "changed", "differs_or_own",
)  # fmt: skip


def codes_given() -> dict[str, set[str]]:
    """Every code that `why` is called with in the package, and the parameters that it is given."""
    found: dict[str, set[str]] = {}
    for path in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Name)
                and node.func.id == "why"
                and node.args
            ):
                continue
            first = node.args[0]
            parts = (first.body, first.orelse) if isinstance(first, ast.IfExp) else (first,)
            for part in parts:
                if isinstance(part, ast.Constant):
                    given = found.setdefault(part.value, set())
                    given |= {word.arg for word in node.keywords if word.arg}
                    if any(word.arg is None for word in node.keywords):
                        given.add(ANY)
    return found


def test_explanations_are_translated_with_their_figures():
    assert (
        told(coded([why("more", stated=5000, found=5100, gap=100)]))
        == "文件印 5000，所汇总的数字合计 5100，多 100"
    )
    assert told(coded([why("no_target", note="省下目标")])) == "未印目标值（省下目标）"


def test_no_check_of_the_documents_has_english_in_a_report(made):
    said = made.tables["checks"]["codes"].dropna().map(told)
    names = set(made.tables["documents"]["doc_id"])
    left = {text for text in said if ENGLISH.search(re.sub("|".join(names), "", text))}
    assert left == set()


def test_hostile_text_is_escaped():
    shown = table(pd.DataFrame({"任务": ["<script>alert(1)</script>"]}), "t", "<b>标题</b>")
    markup = shown._repr_html_()
    assert "<script>" not in markup
    assert "<b>" not in markup
    assert "&lt;script&gt;" in markup


def test_a_table_without_rows_is_a_sentence():
    assert repr(table(pd.DataFrame({"任务": []}), "t", "标题", empty="没有任务。")) == "没有任务。"
