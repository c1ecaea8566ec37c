"""Corrections of a web page, a Word file, a workbook and a PDF: declared by cell, built, and traced to what is printed."""

from __future__ import annotations

import hashlib
import shutil

import pytest
from lxml import html
from variants import writers
from variants.sheets import Notice, sheet

import minshi_analysis
from minshi_analysis import cli
from minshi_analysis.account.extract import EXTRACTED
from minshi_analysis.catalogue import CatalogueError, Correction
from minshi_analysis.reading import read
from minshi_analysis.reading.blocks import Grid
from minshi_analysis.reading.corrections import mend
from minshi_analysis.tables import loaders

NOTICE = Notice(
    ("关于2024年洋县民生实事项目的通知",),
    (
        sheet(
            "2024年洋县民生实事项目表",
            1,
            [
                ["序号", "项目名称", "目标任务", "年度投资(万元)", "牵头单位"],
                ["1", "停车位", "新增停车位15O0个", "300", "县往建局"],
                ["2", "公园", "建成公园4个", "120", "^"],
                ["3", "书房", "新建书房12家", "8.8", "县文旅局"],
            ],
        ),
    ),
)
FORMS = {
    "html": (writers.to_html, "t1/r{}/c{}"),
    "docx": (writers.to_docx, "t1/r{}/c{}"),
    "xlsx": (writers.to_xlsx, ""),
    "pdf": (writers.to_pdf, "p1/t1/r{}/c{}"),
}
TOML = """file = "{file}"
sha256 = "{sha256}"
title = "2024年洋县民生实事项目表"
region = "洋县"
adcode = "610723"
level = "county"
year = 2024
kind = "plan"
"""
ENTRY = '[[correction]]\nref = "{}"\nprinted = "{}"\ncorrected = "{}"\nreason = "{}"\n\n'


def ref(suffix: str, row: int, column: int) -> str:
    """The place of a cell of the table, its head in row 1; in the workbook two rows stand above the head."""
    form = FORMS[suffix][1]
    return form.format(row, column) if form else f"表1!{'ABCDE'[column - 1]}{row + 2}"


@pytest.fixture
def built(tmp_path, project, monkeypatch):
    """Build a project of one document with corrections; the status."""
    shutil.copytree(project / "data" / "reference", tmp_path / "data" / "reference")
    raw, declared = tmp_path / "data" / "raw", tmp_path / "data" / "corrections"
    raw.mkdir()
    declared.mkdir()
    monkeypatch.setenv("MINSHI_PROJECT", str(tmp_path))

    def build(suffix: str, *entries: tuple[str, str, str, str], notice: Notice = NOTICE) -> int:
        path = FORMS[suffix][0](notice, raw / f"n.{suffix}")
        sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
        (raw / "n.toml").write_text(TOML.format(file=path.name, sha256=sha256), "utf-8")
        (declared / "n.toml").write_text("".join(ENTRY.format(*entry) for entry in entries), "utf-8")
        return cli.main(["build"])

    return build


@pytest.mark.parametrize("suffix", FORMS)
def test_a_cell_is_corrected_built_and_traced(built, suffix, capsys):
    place = ref(suffix, 2, 3)
    assert built(suffix, (place, "15O0", "1500", "字母O是零：正文另有此数")) == 0
    targets = loaders.load_targets().set_index("target_id")
    assert targets["value"].to_dict() == {"n/1.1#1": 1500, "n/2.1#1": 4, "n/3.1#1": 12}
    assert targets["patched"].to_dict() == {"n/1.1#1": True, "n/2.1#1": False, "n/3.1#1": False}
    assert targets.loc["n/1.1#1", ["measure", "unit", "source_ref"]].tolist() == ["停车位", "个", place]
    money = loaders.load_funding()
    assert money["amount_wan"].tolist() == [300, 120, 8.8] and not money["patched"].any()
    (patch,) = loaders.load_patches().to_dict("records")
    assert (patch["where"], patch["printed"], patch["corrected"]) == (place, "15O0", "1500")
    assert (patch["source_ref"], patch["reason"]) == (place, "字母O是零：正文另有此数")

    capsys.readouterr()
    assert cli.main(["trace", "n/1.1#1"]) == 0
    told = capsys.readouterr().out
    assert f"n.{suffix}, {place}" in told and "新增停车位15O0个" in told
    assert f"corrected ({place}): '15O0' reads '1500'\n    because 字母O是零" in told
    assert "as corrected: 1 ⇥ 停车位 ⇥ 新增停车位1500个 ⇥ 300" in told
    assert cli.main(["trace", "n/2.1#1"]) == 0
    told = capsys.readouterr().out
    assert "»建成公园4个«" in told and "corrected" not in told


@pytest.mark.parametrize("suffix", FORMS)
def test_a_merged_cell_and_a_head_change_every_row_that_they_speak_of(built, suffix, capsys):
    """A lead agency over two rows, misprinted, and a head with the wrong unit of money."""
    lead, head = ref(suffix, 2, 5), ref(suffix, 1, 4)
    assert built(suffix, (lead, "往", "住", "错字"), (head, "万元", "元", "通知正文以元计")) == 0
    tasks = loaders.load_tasks().set_index("task_id")
    assert tasks["lead_agency"].tolist() == ["县住建局", "县住建局", "县文旅局"]
    assert tasks["patched"].tolist() == [True, True, False]
    money = loaders.load_funding()
    assert money["amount_wan"].tolist() == pytest.approx([0.03, 0.012, 0.00088])
    assert money["patched"].all()
    capsys.readouterr()
    assert cli.main(["trace", "n/2.1"]) == 0
    told = capsys.readouterr().out
    assert f"corrected ({lead})" in told and "通知正文以元计" not in told
    assert cli.main(["trace", "n/funding-3.1"]) == 0
    assert "because 通知正文以元计" in capsys.readouterr().out


@pytest.mark.parametrize("suffix", FORMS)
def test_the_sheet_of_a_catalogued_document_shows_it_corrected(built, suffix):
    place = ref(suffix, 2, 3)
    assert built(suffix, (place, "15O0", "1500", "字母O是零")) == 0
    page = html.fromstring(minshi_analysis.sheet("n").html)
    (parking,) = [m for m in page.xpath("//article//mark") if m.text == "1500个"]
    assert parking.get("data-row") == "n/1.1#1" and parking.get("class") == "read"
    (cell,) = page.xpath("//*[@data-mended]")
    assert parking.getparent() is cell and cell.get("data-ref") is None
    (sign,) = page.xpath("//article//ins")
    assert sign.getparent() is cell and sign.get("title") == "原印“15O0”，改作“1500”。字母O是零"
    assert f"{place}。原印“15O0”" in page.xpath("string(//aside)")
    assert "15O0" not in page.xpath("string(//article)")


@pytest.mark.parametrize("suffix", ["html", "docx", "pdf"])
def test_a_paragraph_is_corrected(built, suffix, capsys):
    listed = Notice(("2024年洋县民生实事项目", "1.新增停车位15O0个。", "2.新建书房12家。"), ())
    place = "p1/p2" if suffix == "pdf" else "p2"
    assert built(suffix, (place, "15O0", "1500", "字母O是零"), notice=listed) == 0
    targets = loaders.load_targets()
    assert targets["value"].tolist() == [1500, 12] and targets["patched"].tolist() == [True, False]
    assert not (loaders.load_checks()["verdict"] == "mismatch").any()
    capsys.readouterr()
    assert cli.main(["trace", targets.loc[0, "target_id"]]) == 0
    told = capsys.readouterr().out
    assert "1.新增停车位15O0个。" in told and "as corrected: 1.新增停车位1500个。" in told


@pytest.mark.parametrize("suffix", FORMS)
def test_a_check_says_that_a_correction_mended_its_sum(built, suffix, capsys):
    shared = sheet(
        "2024年洋县民生实事项目表",
        1,
        [["序号", "目标任务", "牵头单位"], ["1", "新增停车位1500个:洋州街道8OO个,龙亭镇700个", "县住建局"]],
    )
    place = ref(suffix, 2, 2) if suffix != "xlsx" else "表1!B3"
    assert built(suffix, (place, "8OO", "800", "字母O是零"), notice=Notice((), (shared,))) == 0
    shares = loaders.load_allocations()
    assert shares["value"].tolist() == [800, 700] and shares["patched"].all()
    assert shares["source_ref"].tolist() == [place] * 2
    checks = loaders.load_checks().set_index("kind")
    assert checks.loc["allocation_sum", "verdict"] == "ok"
    assert f"damage in the source ({place}), mended" in checks.loc["allocation_sum", "explanation"]
    capsys.readouterr()
    assert cli.main(["trace", "n/patch-1"]) == 0
    told = capsys.readouterr().out
    assert f"{place}" in told and "8OO" in told


@pytest.mark.parametrize(
    ("entries", "said"),
    [
        (
            [("t9/r1/c1", "300", "30", "x")],
            "no cell or paragraph has the ref 't9/r1/c1': refs here look like p1",
        ),
        ([("t1/r2/c4", "3OO", "300", "x")], "stand 0 times in t1/r2/c4, where '300' stands, not once"),
        ([("t1/r2/c4", "0", "8", "x")], "stand 2 times in t1/r2/c4"),
        ([("t1/r2/c4", "30", "80", "x")], "begin or end inside a longer number"),
        ([("t1/r4/c4", ".8", ".9", "x")], "begin or end inside a longer number"),
        ([("t1/r2/c4", "300", "300", "x")], "correction 1: it changes nothing"),
        ([("t1/r2/c4", "300", "30", "x")] * 2, "it overlaps the correction before it"),
        ([("t1/r3/c3", "建成公园", "建公园", "x"), ("t1/r3/c3", "公园4个", "公园5个", "x")], "it overlaps"),
        ([("t1/r2/c4", "", "30", "x")], "printed: String should have at least 1 character"),
        ([("", "300", "30", "x")], "ref: String should have at least 1 character"),
    ],
)
def test_a_correction_that_does_not_fit_is_refused_in_one_sentence(built, tmp_path, capsys, entries, said):
    assert built("html", *entries) == 2
    (sentence,) = capsys.readouterr().err.splitlines()
    assert sentence.startswith("minshi: data/corrections/n.toml") and said in sentence
    assert not (tmp_path / "data" / "tables").exists()


def test_a_correction_without_a_place_is_refused(built, tmp_path, capsys):
    page = read(writers.to_html(NOTICE, tmp_path / "n.html"))
    with pytest.raises(CatalogueError, match="name its cell or paragraph as ref"):
        mend(page, [Correction("line 2", "300", "30", "")], "n")


def test_a_text_has_lines_and_no_refs(tmp_path):
    file = tmp_path / "n.txt"
    file.write_text("1.新增停车位15O0个。\n", "utf-8")
    with pytest.raises(CatalogueError, match="a text has no places to refer to"):
        mend(read(file), [Correction("x", "15O0", "1500", "", ref="p1")], "n")


def test_what_a_text_left_out_is_still_told_when_it_is_corrected(tmp_path):
    file = tmp_path / "n.txt"
    file.write_bytes(
        "1.新增停车位15O0个~~旧~~。\n2.建成公园4个。\n".encode() + "其他说明。\n".encode() * 60 + b"\xff\n"
    )
    page = read(file)
    mended, _ = mend(page, [Correction("x", "15O0", "1500", "")], "n")
    assert mended.damaged and mended.warnings == page.warnings and len(page.warnings) == 2


@pytest.mark.parametrize("suffix", FORMS)
def test_every_place_holds_its_own_words_after_a_longer_and_a_shorter_correction(tmp_path, suffix):
    page = read(FORMS[suffix][0](NOTICE, tmp_path / f"n.{suffix}"))
    longer = Correction("", "15O0", "很长很长的1500", "", ref=ref(suffix, 2, 3))
    shorter = Correction("", "新建书房", "建", "", ref=ref(suffix, 4, 3))
    mended, corrected = mend(page, [shorter, longer], "n")
    (before,), (after,) = ([b for b in d.blocks if isinstance(b, Grid)] for d in (page, mended))
    for old, new in zip(before.rows, after.rows, strict=True):
        for was, now in zip(old, new, strict=True):
            assert mended.text[now.start : now.end] == now.text and now.ref == was.ref
            assert corrected.printed(now.start, now.end)[:2] == (was.start, was.end)
    assert [row[2].text for row in after.rows[1:]] == ["新增停车位很长很长的1500个", "建成公园4个", "建12家"]
    assert after.rows[1][4] is after.rows[2][4] and after.rows[1][4].text == "县往建局"


def test_every_table_can_say_that_it_is_patched():
    """What a correction touches must be able to say so: every extracted table but the reader's own accounts."""
    from minshi_analysis import model

    without = {name for name in EXTRACTED if "patched" not in model.TABLES[name].names}
    assert without == {"confidence", "unread"}
