"""Trace: every row of every extracted table points at text in which its figure stands; chains reach the rows."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pandas as pd
import pytest

from minshi_analysis.audit.command import run_audit, run_trace
from minshi_analysis.audit.quoting import mended, stands
from minshi_analysis.audit.trace import UnknownId, row_ids, trace
from minshi_analysis.language.text import fold, tidy
from minshi_analysis.reading.text import decode

PLAN = "wenzhou-2022-plan"
FIGURES = {
    "targets": ("value",),
    "allocations": ("value",),
    "funding": ("amount_wan",),
    "outcomes": ("value",),
    "milestones": ("value",),
    "indicators": ("baseline", "target"),
    "investments": ("total_yi", "plan_period_yi", "start_year", "end_year"),
    "totals": ("value",),
}


@pytest.fixture(scope="module")
def sources(tables, project) -> dict[str, str]:
    files = tables["documents"].set_index("doc_id")["file"]
    return {doc: decode((project / "data" / "raw" / name).read_bytes(), name) for doc, name in files.items()}


@pytest.fixture(scope="module")
def patches(tables) -> dict[str, list[dict]]:
    return {doc: rows.to_dict("records") for doc, rows in tables["patches"].groupby("doc_id")}


def _printed(row: dict, sources: dict[str, str], patches: dict[str, list[dict]]) -> str:
    """The text that a row's provenance points at; for a patched row as the corrections leave it."""
    source, start, end = sources[row["doc_id"]], int(row["source_start"]), int(row["source_end"])
    return mended(source, patches[row["doc_id"]], start, end) if row["patched"] else source[start:end]


@pytest.mark.parametrize("name", FIGURES)
def test_every_figure_stands_where_its_row_points(name, tables, sources, patches):
    lost, seen = [], 0
    for row in tables[name].to_dict("records"):
        text = _printed(row, sources, patches)
        for column in FIGURES[name]:
            if pd.notna(row[column]):
                seen += 1
                if not stands(float(row[column]), text):
                    lost.append((row, column, text))
    assert seen
    assert lost == []


def test_every_rate_stands_in_the_printed_lines(tables, sources):
    claimed = tables["outcomes"].dropna(subset=["rate_claimed"])
    assert len(claimed)
    for row in claimed.to_dict("records"):
        source, start, end = sources[row["doc_id"]], int(row["source_start"]), int(row["source_end"])
        line = source[source.rfind("\n", 0, start) + 1 : source.find("\n", end)]
        assert stands(float(row["rate_claimed"]), line), row


@pytest.mark.parametrize("name", ["tasks", "milestones"])
def test_every_text_begins_in_the_lines_that_its_row_points_at(name, tables, sources, patches):
    for row in tables[name].to_dict("records"):
        source, start, end = sources[row["doc_id"]], int(row["source_start"]), int(row["source_end"])
        first, last = source.rfind("\n", 0, start) + 1, source.find("\n", end)
        own = [p for p in patches.get(row["doc_id"], []) if row["patched"]]
        lines = mended(source, own, first, len(source) if last < 0 else last)
        words = fold(row["text"]).strip(' "')[:6]
        assert words in fold(tidy(lines)), row


def test_corrections_are_declared_for_every_patched_row(tables):
    corrections = tables["patches"]
    for name in FIGURES:
        for row in tables[name][tables[name]["patched"]].itertuples():
            touching = (corrections["source_start"] < row.source_end) & (
                corrections["source_end"] > row.source_start
            )
            assert touching.any(), (name, row)


def test_every_row_has_an_id_that_traces(tables, project):
    ids = {row_id for row_id, _, _ in row_ids(tables)}
    kinds = {name for _, name, _ in row_ids(tables)}
    assert kinds >= {
        "targets",
        "allocations",
        "funding",
        "outcomes",
        "milestones",
        "indicators",
        "checks",
        "links",
    }
    for row_id in sorted(ids)[:: max(1, len(ids) // 60)]:
        found = trace(row_id, tables=tables, project=project)
        assert found.steps[0].row_id == row_id


def test_a_target_shows_its_line_with_the_figure_marked(tables, project):
    text = str(trace(f"{PLAN}/4.3#1", tables=tables, project=project))
    assert "新增停车位 »1.5 万个«: 鹿城 4000 个" in text
    assert "wenzhou-2022-plan.txt, line 74" in text


def test_a_share_shows_its_own_figure(tables, project):
    assert "»鹿城 4000 个«" in str(trace(f"{PLAN}/4.3#1@鹿城区", tables=tables, project=project))


def test_a_patched_row_shows_the_correction_and_its_reason(tables, project):
    text = str(trace(f"{PLAN}/8.7#1@泰顺县", tables=tables, project=project))
    assert "corrected (附件，工程八，乡村博物馆一行)" in text
    assert "because 五个金额中的三个" in text
    assert "泰顺 5 家, 苍南 8 家, 龙港 1 家。" in text


def test_a_record_marks_its_figures(tables, project):
    printed = trace("wenzhou-14fyp-social/indicator-24", tables=tables, project=project).steps[0].printed
    assert "»4.57«" in printed and "»6«" in printed


def test_a_check_leads_back_to_its_rows(tables, project):
    found = trace(f"{PLAN}/allocation_sum/3.6#1", tables=tables, project=project)
    behind = {step.row_id for step in found.steps if step.depth}
    shares = tables["allocations"].query(f"target_id == '{PLAN}/3.6#1'")
    assert behind >= {f"{PLAN}/3.6#1@{region}" for region in shares["region"]}


def test_a_check_between_documents_leads_to_both(tables, project):
    found = trace(f"yueqing-2022-completion/between_documents/{PLAN}/4.2#1", tables=tables, project=project)
    behind = {step.row_id for step in found.steps}
    assert behind >= {f"{PLAN}/4.2#1@乐清市", "yueqing-2022-completion/city.14#1"}
    assert "»乐清2条«" in str(found) and "»3条以上«" in str(found)


def test_a_metrics_row_leads_back_by_its_source_ids(tables, project):
    row = pd.Series({"value": 0.3, "source_ids": f"{PLAN}/4.3#1|{PLAN}/funding-4.3"})
    text = str(trace(row, tables=tables, project=project))
    assert "»1.5 万个«" in text and "»180000«" in text


def test_a_reference_figure_shows_its_source(tables, project):
    source = tables["sources"].iloc[0]
    assert source.title in str(trace(source.source_id, tables=tables, project=project))


def test_a_notebook_shows_the_mark(tables, project):
    html = trace(f"{PLAN}/4.3#1", tables=tables, project=project)._repr_html_()
    assert "<mark>1.5 万个</mark>" in html


def test_an_unknown_id_is_one_sentence_with_what_is_near(tables, project):
    with pytest.raises(UnknownId, match=rf"{PLAN}/4\.33.*nearest.*{PLAN}/4\.3") as error:
        trace(f"{PLAN}/4.33", tables=tables, project=project)
    assert "\n" not in str(error.value)


def test_a_row_without_ids_says_so(tables, project):
    with pytest.raises(UnknownId, match="no source_ids"):
        trace({"value": 1.0}, tables=tables, project=project)


@pytest.fixture(scope="module")
def built(tables, project, tmp_path_factory) -> Path:
    """A project of its own with tables built from the same sources."""
    from minshi_analysis.tables.files import write_tables

    folder = tmp_path_factory.mktemp("project")
    (folder / "data").mkdir()
    (folder / "data" / "raw").symlink_to(project / "data" / "raw")
    write_tables(folder, tables)
    return folder


def test_the_command_prints_a_trace(built):
    out = io.StringIO()
    assert run_trace(f"{PLAN}/4.3#1", project=built, out=out) == 0
    assert "»1.5 万个«" in out.getvalue()


def test_the_command_answers_an_unknown_id_with_2(built):
    err = io.StringIO()
    assert run_trace("no-such-thing", project=built, err=err) == 2
    assert err.getvalue().startswith("minshi: no row has the id 'no-such-thing'")
    assert err.getvalue().count("\n") == 1


def test_the_audit_prints_what_fails_first(built):
    out = io.StringIO()
    assert run_audit(project=built, out=out) == 0
    text = out.getvalue()
    assert text.startswith("does not hold: ")
    assert f"{PLAN}/allocation_sum/5.3#1" in text
    assert "linked" in text.splitlines()[-1]


def test_the_audit_prints_csv(built, tables):
    out = io.StringIO()
    assert run_audit("csv", project=built, out=out) == 0
    rows = pd.read_csv(io.StringIO(out.getvalue()))
    assert rows["check_id"].tolist() == tables["checks"]["check_id"].tolist()


@pytest.mark.parametrize("bad", [{"format": "xml"}, {"table": "tasks"}, {"doc_id": "nowhere"}])
def test_the_audit_refuses_what_it_does_not_know(bad, built):
    with pytest.raises(ValueError, match="there are"):
        run_audit(project=built, out=io.StringIO(), **bad)


def test_audit_and_trace_answer_programs_with_one_object(built, tables):
    out = io.StringIO()
    assert run_audit("json", project=built, out=out) == 0
    said = json.loads(out.getvalue())
    verdicts = tables["checks"]["verdict"].value_counts().to_dict()
    assert {verdict: count for verdict, count in said["checks"].items() if count} == verdicts
    assert len(said["mismatches"]) == said["checks"]["mismatch"] > 0
    assert sum(said["links"].values()) == len(tables["links"])
    out = io.StringIO()
    assert run_trace(f"{PLAN}/4.3#1", "json", project=built, out=out) == 0
    steps = json.loads(out.getvalue())["steps"]
    assert steps[0]["row_id"] == f"{PLAN}/4.3#1"
    assert "»1.5 万个«" in steps[0]["printed"]


def test_a_quiet_audit_says_only_what_does_not_hold(built, tables):
    out = io.StringIO()
    assert run_audit("quiet", project=built, out=out) == 0
    lines = out.getvalue().splitlines()
    assert lines[0] == f"does not hold: {(tables['checks']['verdict'] == 'mismatch').sum()}"
    assert not [line for line in lines if line.startswith(("holds", "cannot", "promises"))]
    out = io.StringIO()
    assert run_audit("quiet", doc_id="lucheng-2024-progress", project=built, out=out) == 0
    assert "wenzhou" not in out.getvalue()


def test_a_quiet_trace_answers_by_its_status(built):
    out, err = io.StringIO(), io.StringIO()
    assert run_trace(f"{PLAN}/4.3#1", "quiet", project=built, out=out) == 0
    assert run_trace("no-such-thing", "quiet", project=built, out=out, err=err) == 2
    assert out.getvalue() == ""
    assert err.getvalue()
