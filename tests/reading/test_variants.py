"""A table laid out in any format comes back as the same grid, place for place."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from variants.sheets import Box, Notice, Sheet, broken, in_traditional, reordered, sheet, with_synonyms
from variants.writers import to_docx, to_html, to_pdf, to_xlsx

from minshi_analysis.reading import docx, html, pdf, xlsx
from minshi_analysis.reading.blocks import Document, Grid, Paragraph
from reading.checks import grids, held_together, lines, texts

PLAN = sheet(
    "2022年度市政府民生实事项目任务分解表",
    2,
    [
        ["序号", "项目", "任务内容", "资金来源(万元)", "<", "<", "牵头单位", "完成时限"],
        ["^", "^", "^", "合计", "市级", "县级", "^", "^"],
        [
            "1",
            "温馨教室",
            "为5000个中小学教室新安装空调及新风系统",
            "50000",
            "10000",
            "40000",
            "市教育局",
            "11月底",
        ],
        ["2", "优托护苗", "新增0-3岁婴幼儿照护托育机构25家", "3500", "0", "3500", "市卫健委", "11月底"],
        ["^", "^", "新增托位7500个以上,其中新增普惠托位4500个", "^", "^", "^", "市卫健委", "11月底"],
        [
            "^",
            "^",
            "新(改、扩)建公办园50所,新增公办幼儿学位1万个",
            "150000",
            "",
            "150000",
            "市教育局",
            "10月底",
        ],
        ["3", "畅通美丽", "整治堵点10个,打通断头路20条以上", "180000", "0", "180000", "市住建局", "^"],
        ["^", "^", "新增停车位1.5万个:鹿城4000个,龙湾1500个,瓯海1600个,洞头300个", "^", "^", "^", "^", "^"],
        ["合计", "<", "<", "383500", "10000", "373500", "", ""],
    ],
)
PROGRESS = sheet(
    "2024年度区政府民生实项目半年度进展表",
    1,
    [
        ["序号", "类别", "项目内容", "责任单位", "进展情况"],
        ["一、教育方面", "<", "<", "<", "<"],
        ["1", "教育优学", "新投用小学、幼儿园5所。", "区教育局", "小学:已完成85%。\n幼儿园:已完成65%。"],
        ["^", "^", "为750个教室安装空调。", "^", "已发布招标公告。"],
        ["二、健康方面", "<", "<", "<", "<"],
        ["2", "医疗健康", "长期护理保险参保人数达80万人。", "市医疗保障局", "参保人数已达85万人。"],
    ],
)
NOTICE = Notice(("关于2022年度市政府民生实事候选项目情况的报告", "现将有关情况报告如下。"), (PLAN, PROGRESS))
WORDS = {"牵头单位": "责任单位", "任务内容": "目标任务", "完成时限": "完成时间", "进展情况": "完成情况"}
RELAID = {
    "as printed": NOTICE,
    "traditional": in_traditional(NOTICE),
    "other order": reordered(NOTICE, 7),
    "other words": with_synonyms(NOTICE, WORDS),
    "all at once": reordered(with_synonyms(in_traditional(NOTICE), WORDS), 3),
}


def same_merges(sheet: Sheet, grid: Grid) -> None:
    """A merged cell is the same object at every place, and two cells never are."""
    for row, cells in zip(sheet.places(), grid.rows, strict=True):
        for box, cell in zip(row, cells, strict=True):
            if box is not None:
                assert cell is grid.rows[box.row][box.column]
                assert cell.text == box.text
    assert len({id(cell) for row in grid.rows for cell in row}) == len(sheet.boxes) + sum(
        box is None for row in sheet.places() for box in row
    )


@pytest.mark.parametrize("relaid", RELAID)
@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_html(tmp_path: Path, relaid: str, encoding: str) -> None:
    document = html.read(to_html(RELAID[relaid], tmp_path / "a.html", encoding))
    check_all(document, RELAID[relaid])


@pytest.mark.parametrize("relaid", RELAID)
def test_docx(tmp_path: Path, relaid: str) -> None:
    check_all(docx.read(to_docx(RELAID[relaid], tmp_path / "a.docx")), RELAID[relaid])


@pytest.mark.parametrize("relaid", RELAID)
def test_xlsx(tmp_path: Path, relaid: str) -> None:
    document = xlsx.read(to_xlsx(RELAID[relaid], tmp_path / "a.xlsx"))
    held_together(document)
    for laid, grid in zip(RELAID[relaid].sheets, grids(document), strict=True):
        same_merges(laid, grid)
    assert [b.text for b in document.blocks if isinstance(b, Paragraph) and not b.level] == [
        *RELAID[relaid].paragraphs,
        *(laid.title for laid in RELAID[relaid].sheets),
    ]


def check_all(document: Document, notice: Notice) -> None:
    held_together(document)
    found = grids(document)
    assert len(found) == len(notice.sheets)
    for laid, grid in zip(notice.sheets, found, strict=True):
        assert grid.spans
        same_merges(laid, grid)
    printed = lines(document)
    assert printed == [*notice.paragraphs, *(laid.title for laid in notice.sheets)]


@pytest.mark.parametrize("relaid", RELAID)
@pytest.mark.parametrize("rows_per_page", [3, 50])
@pytest.mark.parametrize("rotated", [False, True], ids=["upright", "rotated"])
@pytest.mark.parametrize("embedded", [False, True], ids=["named font", "embedded font"])
def test_pdf(tmp_path: Path, relaid: str, rows_per_page: int, rotated: bool, embedded: bool) -> None:
    notice = RELAID[relaid]
    path = to_pdf(notice, tmp_path / "a.pdf", rows_per_page, rotated=rotated, heads=True, embedded=embedded)
    document = pdf.read(path)
    held_together(document)
    breaks = [range(laid.header + rows_per_page, laid.height, rows_per_page) for laid in notice.sheets]
    parts = [part for laid, at in zip(notice.sheets, breaks, strict=True) for part in broken(laid, at)]
    found = grids(document)
    assert [texts(grid) for grid in found] == [part.expanded() for part in parts]
    for part, grid in zip(parts, found, strict=True):
        same_merges(part, grid)
    printed = lines(document)
    heads = [] if any("running head" in w for w in document.warnings) else ["民生实事项目汇编"]
    assert [text for text in printed if text not in heads] == [
        *notice.paragraphs,
        *(laid.title for laid in notice.sheets),
    ]


@st.composite
def tilings(draw: st.DrawFn) -> Sheet:
    """Any grid in which every row and every column begins some cell, and the outer rows are not merged."""
    height, width = draw(st.integers(3, 7)), draw(st.integers(2, 6))
    free = {(r, c) for r in range(1, height - 1) for c in range(width)}
    boxes = [Box(r, c) for r in (0, height - 1) for c in range(width)]
    for r in range(1, height - 1):
        for c in range(width):
            if (r, c) not in free:
                continue
            rows, columns = draw(st.integers(1, height - 1 - r)), draw(st.integers(1, width - c))
            if c == 0:
                columns = min(columns, width - 1)  # so that something else begins in this row
            places = {(i, j) for i in range(r, r + rows) for j in range(c, c + columns)}
            if not places <= free:
                rows = columns = 1
                places = {(r, c)}
            free -= places
            boxes.append(Box(r, c, rows, columns))
    lone = {
        box.row for box in boxes if box.rows == 1
    }  # a row of merged cells only would have no height in a PDF
    texts = draw(st.permutations(range(len(boxes))))
    words = (Box(b.row, b.column, b.rows, b.columns, f"第{n}格") for b, n in zip(boxes, texts, strict=True))
    assume(len(lone) == height)
    return Sheet("表", 1, tuple(words))


@settings(max_examples=40, deadline=None)
@given(tiling=tilings())
def test_any_tiling_in_any_format(tmp_path_factory: pytest.TempPathFactory, tiling: Sheet) -> None:
    folder = tmp_path_factory.mktemp("tiling")
    notice = Notice((), (tiling,))
    for document in (
        html.read(to_html(notice, folder / "a.html")),
        docx.read(to_docx(notice, folder / "a.docx")),
        xlsx.read(to_xlsx(notice, folder / "a.xlsx")),
        pdf.read(to_pdf(notice, folder / "a.pdf", 50)),
    ):
        held_together(document)
        (grid,) = grids(document)
        same_merges(tiling, grid)
