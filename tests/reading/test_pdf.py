"""PDF pages drawn line by line, as the printers of offices draw them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas
from variants.sheets import Notice, sheet
from variants.writers import register, to_pdf

from minshi_analysis.reading import pdf
from minshi_analysis.reading.blocks import Document
from reading.checks import grids, held_together, lines, texts

SIZE = 10.0
FONT = "STSong-Light"


@pytest.fixture(autouse=True, params=["embedded", "named"])
def font(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Every page in a font that is in the file, and in one that the file only names."""
    words = "".join(sorted(set(Path(__file__).read_text(encoding="utf-8"))))
    monkeypatch.setattr(f"{__name__}.FONT", register(words if request.param == "embedded" else ""))
    return request.param


def drawn(folder: Path, *pages: Callable[[Canvas], None], size=A4) -> Document:
    """A PDF whose pages the functions draw, read."""
    canvas = Canvas(str(folder / "a.pdf"), pagesize=size)
    for page in pages:
        canvas.setFont(FONT, SIZE)
        page(canvas)
        canvas.showPage()
    canvas.save()
    document = pdf.read(folder / "a.pdf")
    held_together(document)
    return document


def at(canvas: Canvas, x: float, top: float, *words: str, leading: float = 14) -> None:
    """Words in lines from ``top`` (from the upper edge) down."""
    for i, text in enumerate(words):
        canvas.drawString(x, A4[1] - top - SIZE - i * leading, text)


def rule(canvas: Canvas, x0: float, y0: float, x1: float, y1: float) -> None:
    canvas.line(x0, A4[1] - y0, x1, A4[1] - y1)


def box(canvas: Canvas, xs: list[float], ys: list[float]) -> None:
    for y in ys:
        rule(canvas, xs[0], y, xs[-1], y)
    for x in xs:
        rule(canvas, x, ys[0], x, ys[-1])


def test_merged_cells_come_from_the_lines_and_not_from_where_the_text_stands(tmp_path):
    def page(c):
        for y in (100, 160):
            rule(c, 100, y, 400, y)
        for x in (100, 200, 300, 400):
            rule(c, x, 100, x, 160)
        rule(c, 200, 130, 400, 130)
        at(c, 105, 145, "低处")  # merged over two rows, its text beside the second one
        at(c, 205, 105, "一")
        at(c, 305, 105, "二")
        at(c, 205, 135, "三")

    (grid,) = grids(drawn(tmp_path, page))
    assert grid.spans
    assert texts(grid) == [["低处", "一", "二"], ["低处", "三", ""]]
    assert grid.rows[0][0] is grid.rows[1][0]
    assert grid.rows[1][1].ref == "p1/t1/r2/c2"


def test_a_table_open_at_its_sides(tmp_path):
    def page(c):
        for y in (100, 120, 140):
            rule(c, 100, y, 400, y)
        rule(c, 250, 100, 250, 140)
        for y, (a, b) in zip((105, 125), (("项目", "任务"), ("学位", "500个")), strict=True):
            at(c, 110, y, a)
            at(c, 260, y, b)

    (grid,) = grids(drawn(tmp_path, page))
    assert texts(grid) == [["项目", "任务"], ["学位", "500个"]]


def test_lines_drawn_as_thin_rectangles_and_in_pieces(tmp_path):
    def page(c):
        for y in (100, 120, 140):
            c.rect(100, A4[1] - y, 150, 0.6, stroke=0, fill=1)
            c.rect(250, A4[1] - y, 150, 0.6, stroke=0, fill=1)
        for x in (100, 250, 400):
            for y in (100, 120):
                c.rect(x, A4[1] - y - 20, 0.6, 20, stroke=0, fill=1)
        for y, (a, b) in zip((105, 125), (("项目", "任务"), ("学位", "500个")), strict=True):
            at(c, 110, y, a)
            at(c, 260, y, b)

    assert texts(grids(drawn(tmp_path, page))[0]) == [["项目", "任务"], ["学位", "500个"]]


def test_full_lines_of_a_cell_go_on_and_ended_ones_do_not(tmp_path):
    def page(c):
        box(c, [100, 210, 320], [100, 150])
        at(c, 105, 105, "新增停车位一万五千", "个以上其中公共的", "占三成")  # nine characters fill the cell
        at(c, 215, 105, "区卫生健康局", "区大数据局")

    (grid,) = grids(drawn(tmp_path, page))
    assert texts(grid) == [["新增停车位一万五千个以上其中公共的\n占三成", "区卫生健康局\n区大数据局"]]


def test_a_number_broken_by_a_narrow_cell_is_whole_again(tmp_path):
    def page(c):
        box(c, [100, 135, 300], [100, 140])
        at(c, 103, 105, "18000", "0")
        at(c, 140, 105, "停车位")

    # five digits of five points leave four points: the sixth did not fit
    assert texts(grids(drawn(tmp_path, page))[0]) == [["180000", "停车位"]]


def test_printed_spaces_part_names_and_do_not_join_columns(tmp_path):
    def page(c):
        box(c, [100, 250, 400], [100, 120])
        at(c, 105, 105, "黄扬武 郑鹏")
        at(c, 255, 105, "AED 10 台")
        for i, row in enumerate(["区域        任务数", "鹿城        4000", "龙湾        1500"]):
            at(c, 100, 160 + 20 * i, row)

    ruled, loose = grids(drawn(tmp_path, page))
    assert texts(ruled) == [["黄扬武 郑鹏", "AED 10 台"]]
    assert texts(loose) == [["区域", "任务数"], ["鹿城", "4000"], ["龙湾", "1500"]]


def test_a_table_inside_a_cell(tmp_path):
    def page(c):
        box(c, [100, 200, 500], [100, 120, 220])
        box(c, [250, 350, 450], [140, 160, 180])
        for x, y, text in (
            (105, 105, "项目"), (205, 105, "分解"), (105, 150, "停车位"), (205, 122, "见下"),
            (255, 145, "鹿城"), (355, 145, "4000"), (255, 165, "龙湾"), (355, 165, "1500"),
        ):  # fmt: skip
            at(c, x, y, text)

    outer, inner = grids(drawn(tmp_path, page))
    assert texts(outer) == [["项目", "分解"], ["停车位", "见下"]]
    assert texts(inner) == [["鹿城", "4000"], ["龙湾", "1500"]]


def test_a_frame_around_the_page_and_underlines_are_no_tables(tmp_path):
    def page(c):
        box(c, [50, 550], [50, 800])
        at(c, 100, 100, "附件1")
        rule(c, 100, 113, 130, 113)
        at(c, 100, 130, "正文")

    document = drawn(tmp_path, page)
    assert lines(document) == ["附件1", "正文"]
    assert grids(document) == []


def test_columns_without_lines(tmp_path):
    def page(c):
        at(c, 100, 60, "任务分解如下")
        for i, row in enumerate(
            [("区域", "任务数", "牵头单位"), ("鹿城区", "4000", "区住建局"), ("龙湾区", "1500", "区交通局"),
             ("瓯海区", "--", "区住建局")]
        ):  # fmt: skip
            for x, text in zip((100, 220, 340), row, strict=True):
                at(c, x, 100 + 20 * i, text)
        at(c, 100, 220, "注:单位为个")

    document = drawn(tmp_path, page)
    (grid,) = grids(document)
    assert not grid.spans
    assert texts(grid) == [
        ["区域", "任务数", "牵头单位"], ["鹿城区", "4000", "区住建局"],
        ["龙湾区", "1500", "区交通局"], ["瓯海区", "--", "区住建局"],
    ]  # fmt: skip
    assert lines(document) == ["任务分解如下", "注:单位为个"]


def test_columns_without_lines_in_which_cells_run_over_two_lines(tmp_path):
    def page(c):
        at(c, 100, 100, "项目")
        at(c, 300, 100, "任务")
        at(c, 100, 130, "停车位")
        at(c, 300, 130, "新增一万五千个停车位", "其中公共的占三成", leading=12)
        at(c, 100, 170, "绿道")
        at(c, 300, 170, "新增绿道一百公里其中市区三十公里")

    (grid,) = grids(drawn(tmp_path, page))
    assert texts(grid) == [
        ["项目", "任务"],
        ["停车位", "新增一万五千个停车位\n其中公共的占三成"],
        ["绿道", "新增绿道一百公里其中市区三十公里"],
    ]


def test_rules_between_the_rows_part_rows_without_columns_lines(tmp_path):
    def page(c):
        for y in (98, 118, 148, 168):
            rule(c, 90, y, 460, y)
        at(c, 100, 103, "项目")
        at(c, 300, 103, "任务")
        at(c, 100, 127, "停车位")
        at(c, 300, 121, "新增一万五千个停车位", "其中公共的占三成", leading=12)
        at(c, 100, 153, "绿道")
        at(c, 300, 153, "新增一百公里")

    (grid,) = grids(drawn(tmp_path, page))
    assert [row[0] for row in texts(grid)] == ["项目", "停车位", "绿道"]


def test_paragraphs_over_lines_and_over_a_page_break(tmp_path):
    full = "深入践行以人民为中心的发展理念以群众普遍有感受益为衡量标准认真办好十方面"

    def first(c):
        at(c, 120, 100, full[:-2])
        at(c, 100, 114, full, full, "按照要求完成。")
        at(c, 120, 156, full[:-2])

    def second(c):
        at(c, 100, 80, "接着上页。")

    assert lines(drawn(tmp_path, first, second)) == [
        full[:-2] + full + full + "按照要求完成。",
        full[:-2] + "接着上页。",
    ]


def test_list_items_stay_apart_and_larger_print_is_a_heading(tmp_path):
    def page(c):
        c.setFont(FONT, 18)
        c.drawString(200, A4[1] - 80, "民生实事项目")
        c.setFont(FONT, SIZE)
        at(c, 100, 120, "1.新增学位一千个,其中公办学位五百个,由市教育局牵头;", "2.新增床位一百张。")

    document = drawn(tmp_path, page)
    assert [(b.text, b.level) for b in document.blocks] == [
        ("民生实事项目", 1),
        ("1.新增学位一千个,其中公办学位五百个,由市教育局牵头;", 0),
        ("2.新增床位一百张。", 0),
    ]


def test_running_heads_and_page_numbers_are_left_out_and_named(tmp_path):
    def page(number: int) -> Callable[[Canvas], None]:
        def draw(c):
            at(c, 100, 40, "温州市人民政府公报")
            at(c, 100, 200, f"第{number}段正文。")
            at(c, 280, 790, f"— {number} —")

        return draw

    document = drawn(tmp_path, *map(page, range(1, 5)))
    assert lines(document) == ["第1段正文。", "第2段正文。", "第3段正文。", "第4段正文。"]
    assert document.warnings == (
        "a line that recurs at the edge of 4 pages is left out as a running head: 温州市人民政府公报",
    )


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
@pytest.mark.parametrize("declared", [True, False], ids=["page turned", "text turned"])
def test_pages_turned_any_way(tmp_path, turn, declared):
    """Either the page says that it is turned, or its text is drawn along another edge, or both at once."""

    def page(c):
        if declared:
            c.setPageRotation(turn)
        else:
            c.translate(A4[0] / 2, A4[1] / 2)
            c.rotate(turn)
            c.translate(-A4[0] / 2, -A4[1] / 2)
        box(c, [200, 300, 400], [300, 320, 340])
        at(c, 205, 305, "项目")
        at(c, 305, 305, "任务")
        at(c, 205, 325, "学位")
        at(c, 305, 325, "500个")

    (grid,) = grids(drawn(tmp_path, page))
    assert texts(grid) == [["项目", "任务"], ["学位", "500个"]]


def test_bold_print_drawn_twice_is_read_once(tmp_path):
    def page(c):
        at(c, 100, 100, "一、目标任务")
        at(c, 100.3, 100, "一、目标任务")

    assert lines(drawn(tmp_path, page)) == ["一、目标任务"]


def test_a_watermark_across_the_page_is_left_out_and_named(tmp_path):
    def page(c):
        at(c, 100, 300, "正文一行", "正文二行")
        c.translate(200, 300)
        c.rotate(45)
        c.drawString(0, 0, "内部资料")

    document = drawn(tmp_path, page)
    assert lines(document) == ["正文一行", "正文二行"]
    assert document.warnings == ("slanted text is left out as a watermark: 内部资料",)


def test_lines_inside_a_form_are_where_the_form_stands(tmp_path):
    def page(c):
        c.beginForm("frame")
        for y in (0, 20, 40):
            c.line(0, y, 200, y)
        for x in (0, 100, 200):
            c.line(x, 0, x, 40)
        c.endForm()
        c.translate(100, A4[1] - 140)
        c.doForm("frame")
        c.setFont(FONT, SIZE)
        for x, y, text in ((5, 25, "项目"), (105, 25, "任务"), (5, 5, "学位"), (105, 5, "500个")):
            c.drawString(x, y, text)

    assert texts(grids(drawn(tmp_path, page))[0]) == [["项目", "任务"], ["学位", "500个"]]


LONG = sheet(
    "任务表",
    2,
    [["序号", "资金", "<", "单位"], ["^", "市级", "县级", "^"]]
    + [[str(i), str(i * 10), str(i * 20), "市教育局"] for i in range(1, 8)]
    + [["合计", "280", "<", ""]],
)


def test_a_table_over_pages_has_the_same_columns_on_each(tmp_path):
    """The last page's only row has no line between the two money columns; the grid has the column all the same."""
    document = pdf.read(to_pdf(Notice((), (LONG,)), tmp_path / "a.pdf", rows_per_page=7))
    first, second = grids(document)
    assert pdf.joins(first, second)
    assert texts(second)[-1] == ["合计", "280", "280", ""]
    assert len(first.rows[0]) == len(second.rows[0]) == 4


def test_a_scan_says_that_it_needs_recognition(tmp_path):
    from PIL import Image

    Image.new("L", (200, 300), 255).save(tmp_path / "scan.png")
    with pytest.raises(ValueError, match="scan without a text layer"):
        drawn(tmp_path, lambda c: c.drawImage(str(tmp_path / "scan.png"), 0, 0, *A4))


def test_a_scanned_page_among_others_is_named(tmp_path):
    from PIL import Image

    Image.new("L", (200, 300), 255).save(tmp_path / "scan.png")
    document = drawn(
        tmp_path,
        lambda c: at(c, 100, 100, "正文"),
        lambda c: c.drawImage(str(tmp_path / "scan.png"), 0, 0, *A4),
    )
    assert document.warnings == ("1 pages are pictures without text and are not read (pages 2)",)
