"""Heads of documents from the whole country: each field right, or asked for; never another."""

from __future__ import annotations

import pytest
from documents.heads import HEADS

from minshi_analysis.intake.identify import identify
from minshi_analysis.reading.text import parse


@pytest.mark.parametrize("head", HEADS, ids=lambda head: head[0].split("\n")[0])
def test_a_head_says_region_year_kind_and_stage(head):
    text, *right = head
    said = identify(parse(f"{text}\n"))
    known = [
        None if said.doubtful("region") else said.region,
        None if said.doubtful("region") else said.adcode,
        None if said.doubtful("region") else said.level,
        None if said.doubtful("year") else said.year,
        None if said.doubtful("year") else said.year_end,
        None if said.doubtful("kind") else said.kind,
        said.stage,
    ]
    assert known == right
