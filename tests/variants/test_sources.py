"""The five sources laid out anew give the same tables, cell for cell, whatever the file and its layout.

Each variant is written from the source's own tables (`sources.notice`), read by the reader of its format, and held
against what the source itself gives; only what depends on the file (where a value stands) may differ.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from pathlib import Path

import pytest

from minshi_analysis import catalogue
from minshi_analysis.account.catalogued import extract_source
from minshi_analysis.account.extract import Extraction
from variants import sources, writers
from variants.sheets import Notice, in_traditional, reordered, with_synonyms

PROJECT = Path(__file__).resolve().parents[2]
SOURCES = {source.doc_id: source for source in catalogue.sources(PROJECT)}
WORDS = {
    "牵头单位": "责任部门",
    "责任单位": "主办单位",
    "牵头部门": "责任单位",
    "配合单位": "协办单位",
    "项目内容": "建设内容",
    "任务数": "目标任务",
    "进展情况": "推进情况",
    "年度完成情况": "完成情况",
    "预计完成时间": "时间节点",
    "完成时限": "完成时间",
    "工作计划和进度安排": "工作计划",
    "责任人": "联系人",
}
LAYINGS: dict[str, Callable[[Notice], Notice]] = {
    "as printed": lambda notice: notice,
    "traditional": in_traditional,
    "other order": lambda notice: reordered(notice, 11),
    "other words": lambda notice: with_synonyms(notice, WORDS),
    "all at once": lambda notice: reordered(with_synonyms(in_traditional(notice), WORDS), 5),
}
FORMS: dict[str, tuple[str, Callable[[Notice, Path], Path]]] = {
    "html": ("html", writers.to_html),
    "html, gb18030": ("html", lambda notice, path: writers.to_html(notice, path, "gb18030")),
    "docx": ("docx", writers.to_docx),
    "xlsx": ("xlsx", writers.to_xlsx),
    "pdf": ("pdf", lambda notice, path: writers.to_pdf(notice, path, 12, embedded=True)),
    "pdf, breaks moved": ("pdf", lambda notice, path: writers.to_pdf(notice, path, 5, embedded=True)),
    "pipes": ("txt", writers.to_pipes),
    "tabs": ("txt", writers.to_tabs),
}


SOME = ("html", "pdf, breaks moved", "tabs")
RELAID = [
    *(("as printed", form) for form in FORMS),
    *((laying, form) for laying in ("traditional", "other order", "other words") for form in SOME),
    *(("all at once", form) for form in ("html", "docx", "xlsx", "pdf", "pipes", "tabs")),
]


@functools.cache
def original(doc_id: str) -> tuple[Notice, Extraction]:
    return sources.notice(SOURCES[doc_id]), extract_source(SOURCES[doc_id])


@pytest.mark.parametrize(("laying", "form"), RELAID)
@pytest.mark.parametrize("doc_id", SOURCES)
def test_the_same_tables(tmp_path: Path, doc_id: str, laying: str, form: str) -> None:
    notice, expected = original(doc_id)
    suffix, write = FORMS[form]
    found = sources.extracted(write(LAYINGS[laying](notice), tmp_path / f"a.{suffix}"), SOURCES[doc_id])
    for table in set(expected.tables) - {
        "confidence",
        "unread",
    }:  # how it was laid is in doubt, not what it says
        assert sources.facts(found, table) == sources.facts(expected, table), table
