"""The worked cases: shares of right values, units, bounds, measures and roles, printed and held."""

import re

import pytest
from quantity_scoring import align, cases, score

from minshi_analysis.language.quantities import parse_quantities

FILES = ["cases.jsonl", "fresh.jsonl", "fresh2.jsonl", "fresh3.jsonl", "fresh4.jsonl"]


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("with_kind", [False, True], ids=["text alone", "kind known"])
def test_shares_of_right_fields(name, with_kind, capsys):
    result = score(cases(name), with_kind)
    with capsys.disabled():
        print(f"\n{name} ({'kind known' if with_kind else 'text alone'}): {result}")
    misses = "\n".join(result.misses)
    assert result.f1 >= 0.97, misses
    assert result.share("bound") >= 0.97, misses
    assert result.share("measure") >= 0.85, misses
    assert result.share("role") >= 0.85, misses


@pytest.mark.parametrize("name", FILES)
def test_offsets_point_at_the_printed_figure(name):
    for row in cases(name):
        found = parse_quantities(row["text"])
        at = 0
        for i, j in align(row["quantities"], found):
            surface = row["quantities"][i]["surface"]
            start = re.compile(rf"(?<![\d.]){re.escape(surface)}").search(row["text"], at).start()
            q = found[j]
            assert row["text"][q.start : q.end] == q.surface
            assert q.start < start + len(surface) and q.end > start, (row["text"], surface, q.surface)
            at = start + 1
