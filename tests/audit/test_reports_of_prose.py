"""The audit of documents of our own making that print their results in prose, or rates in a column of their own."""

from __future__ import annotations

import pytest

from minshi_analysis import model
from minshi_analysis.audit import run_checks
from minshi_analysis.intake.reader import read_document
from minshi_analysis.reading import read

PROSE = "一、新增城镇就业3800人。全年实现城镇新增就业4105人，完成率108%。"


def checks(tmp_path, text, suffix):
    path = tmp_path / f"notice{suffix}"
    path.write_text(text, "utf-8")
    tables = {name: model.empty(name) for name in model.TABLES} | read_document(path, doc_id="notice")
    found = run_checks(tables, {"notice": read(path)})
    return dict(zip(found["kind"], found["verdict"], strict=True))


@pytest.mark.parametrize(
    ("suffix", "text"),
    [
        (".txt", f"洪江市2024年民生实事完成情况的通报\n{PROSE}\n"),
        (
            ".html",
            f"<html><body><h1>洪江市2024年民生实事完成情况的通报</h1><p>{PROSE}</p></body></html>",
        ),
    ],
)
def test_a_report_in_prose_has_no_table_to_differ_from(tmp_path, suffix, text):
    """4105 done is no other version of the promised 3800, and 完成率108% no claim that it was just met."""
    assert checks(tmp_path, text, suffix) == {"rate_claimed": "ok"}


def test_a_rate_in_its_own_column_is_held_against_the_result(tmp_path):
    text = (
        "宝应县2024年度民生实事项目完成情况\n序号\t项目内容\t完成情况\t完成率\t责任单位\n"
        "1\t新增医疗床位300张\t新增医疗床位260张\t{}\t县卫健委\n"
    )
    assert checks(tmp_path, text.format("86.7%"), ".txt")["rate_claimed"] == "ok"
    assert checks(tmp_path, text.format("96.7%"), ".txt")["rate_claimed"] == "mismatch"
