"""Ways of places: rows, columns, sheets and pages on which nothing is seen, or something else than the file says."""

from __future__ import annotations

from collections.abc import Callable

import openpyxl
import pytest
from openpyxl.formatting.rule import DataBarRule, IconSetRule
from openpyxl.formatting.rule import Rule as Condition
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.styles.numbers import NumberFormat

from minshi_analysis.reading import read
from reading import ways
from reading.plain_pdf import write_pdf
from reading.prints import HIDING, STRIKING, Print
from reading.test_ways import asked, letter, page, seen_in

HEAD = "<tr><td>项目<td>目标"


def row(gone: str) -> str:
    return f"<table>{HEAD}{gone}<tr><td>停车位<td>500个</table>"


TABLES = [
    ("a row that is not displayed", row("<tr style='display:none'><td>停车位<td>100个"), "500 个"),
    ("a row of a hidden class", row("<tr class=hide><td>停车位<td>100个"), "500 个"),
    ("a row that is hidden", row("<tr hidden><td>停车位<td>100个"), "500 个"),
    ("a row that is collapsed", row("<tr style='visibility:collapse'><td>停车位<td>100个"), "500 个"),
    ("a row of white print", row("<tr style='color:#fff'><td>停车位<td>100个"), "500 个"),
    ("a row of no size", row("<tr style='font-size:0'><td>停车位<td>100个"), "500 个"),
    ("a struck row", row("<tr style='text-decoration:line-through'><td>停车位<td>100个"), "500 个"),
    ("a struck row of tags", row("<tr><td><s>停车位</s><td><s>100个</s>"), "500 个"),
    ("a hidden body", row("<tbody hidden><tr><td>停车位<td>100个<tbody>"), "500 个"),
    (
        "a cell that is not displayed",
        f"<table>{HEAD}<tr><td>停车位<td style='display:none'>100个<td>500个</table>",
        "500 个",
    ),
    (
        "white on a dark row",
        row("<tr style='background:#036;color:#fff'><td>学校<td>100个"),
        "100 个; 500 个",
    ),
    (
        "white in a dark old table",
        "<table bgcolor=#003366><tr><td>项目<td>目标<tr><td>停车位<td><font color=white>500个</font></table>",
        "500 个",
    ),
    (
        "white in a dark old table, its cell white",
        "<table bgcolor=#003366><tr><td>项目<td>目标<tr><td>停车位<td bgcolor=white><font color=white>1</font>500个</table>",
        "500 个",
    ),
]


@pytest.mark.parametrize(("body", "expected"), [pytest.param(*case[1:], id=case[0]) for case in TABLES])
def test_rows_of_a_page(tmp_path, body, expected):
    document = read(page(tmp_path, body))
    asked(document, expected)
    assert (
        document.warnings
        or "100 个" in expected
        or "dark old table" in body
        or "bgcolor=#003366><tr>" in body
    )


def cell(content: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr><w:p>{content}</w:p></w:tc>"


def word_row(number: str, row_properties: str = "", cell_properties: str = "", run: str = "") -> str:
    cells = cell(ways.run("停车位", run), cell_properties) + cell(
        ways.run(f"{number}个", run), cell_properties
    )
    return f"<w:tr><w:trPr>{row_properties}</w:trPr>{cells}</w:tr>"


def word_table(gone: str, table: str = "") -> str:
    return f"<w:tbl><w:tblPr>{table}</w:tblPr>{word_row('500')}{gone}</w:tbl>"


_CROSSED = '<w:tcBorders><w:tl2br w:val="single"/></w:tcBorders>'
WORD_ROWS = [
    ("a hidden row", word_table(word_row("100", "<w:hidden/>")), "500 个"),
    ("a deleted row", word_table(word_row("100", "<w:del/>")), "500 个"),
    ("a row of no height", word_table(word_row("100", '<w:trHeight w:val="20" w:hRule="exact"/>')), "500 个"),
    (
        "a row at least so high",
        word_table(word_row("100", '<w:trHeight w:val="20" w:hRule="atLeast"/>')),
        "500 个; 100 个",
    ),
    ("a row of hidden print", word_table(word_row("100", run="<w:vanish/>")), "500 个"),
    ("a row of white print", word_table(word_row("100", run='<w:color w:val="FFFFFF"/>')), "500 个"),
    (
        "white print in dark cells",
        word_table(
            word_row(
                "100",
                cell_properties='<w:shd w:val="clear" w:fill="1F4E78"/>',
                run='<w:color w:val="FFFFFF"/>',
            )
        ),
        "500 个; 100 个",
    ),
    (
        "white print in a dark table",
        word_table(
            word_row("100", run='<w:color w:val="FFFFFF"/>'), '<w:shd w:val="clear" w:fill="1F4E78"/>'
        ),
        "500 个; 100 个",
    ),
    (
        "dark print in cells as dark",
        word_table(
            word_row(
                "100",
                cell_properties='<w:shd w:val="clear" w:fill="1F4E78"/>',
                run='<w:color w:val="1F4E78"/>',
            )
        ),
        "500 个",
    ),
    ("a struck row", word_table(word_row("100", run="<w:strike/>")), "500 个"),
    (
        "a crossed cell",
        word_table(word_row("100", cell_properties=_CROSSED)).replace("停车位", "车位"),
        "500 个",
    ),
    ("a deleted cell", word_table(word_row("100", cell_properties='<w:cellDel w:id="1"/>')), "500 个"),
]


@pytest.mark.parametrize(("table", "expected"), [pytest.param(*case[1:], id=case[0]) for case in WORD_ROWS])
def test_rows_of_a_word_file(tmp_path, table, expected):
    document = read(letter(tmp_path, "", table))
    asked(document, expected)
    assert document.warnings or "100 个" in expected or "w:hidden" in table or "<w:trPr><w:del/>" in table


def book() -> openpyxl.Workbook:
    made = openpyxl.Workbook()
    for line in (["项目", "目标"], ["停车位", "500个"], ["公园", "100个"], ["合计", "见附件"]):
        made.active.append(line)
    return made


def font(**said: object) -> Callable[[openpyxl.Workbook], None]:
    def change(made: openpyxl.Workbook) -> None:
        made.active["B3"].font = Font(**said)

    return change


def fill(colour: str, **said: object) -> Callable[[openpyxl.Workbook], None]:
    def change(made: openpyxl.Workbook) -> None:
        made.active["B3"].font = Font(**said)
        made.active["B3"].fill = PatternFill("solid", fgColor=colour)

    return change


def set_on(path: str, **said: object) -> Callable[[openpyxl.Workbook], None]:
    def change(made: openpyxl.Workbook) -> None:
        here = made.active
        for name in path.split("."):
            here = here[3] if name == "3" else here["B"] if name == "B" else getattr(here, name)
        for name, value in said.items():
            setattr(here, name, value)

    return change


def condition(**said: object) -> Callable[[openpyxl.Workbook], None]:
    def change(made: openpyxl.Workbook) -> None:
        made.active["B3"] = 100
        rule = Condition(type="cellIs", operator="greaterThan", formula=["1"], dxf=DifferentialStyle(**said))
        made.active.conditional_formatting.add("B3:B3", rule)

    return change


def bars(rule: Condition) -> Callable[[openpyxl.Workbook], None]:
    def change(made: openpyxl.Workbook) -> None:
        made.active["B3"] = 100
        made.active.conditional_formatting.add("B3", rule)

    return change


def crossing(**said: bool) -> Callable[[openpyxl.Workbook], None]:
    def change(made: openpyxl.Workbook) -> None:
        made.active["B3"].border = Border(diagonal=Side("thin"), **said)

    return change


def narrow(made: openpyxl.Workbook) -> None:
    made.active["B3"] = 1234567
    made.active.column_dimensions["B"].width = 4


def merged(made: openpyxl.Workbook) -> None:
    made.active["C2"] = "900个"
    made.active.merge_cells("B2:C2")
    made.active._cells[2, 3] = openpyxl.cell.cell.Cell(made.active, row=2, column=3, value="900个")


def hidden_sheet(made: openpyxl.Workbook) -> None:
    made.active["B3"] = "无"
    made.create_sheet("底稿").append(["停车位", "100个"])
    made["底稿"].sheet_state = "veryHidden"


BOOKS: list[tuple[str, Callable[[openpyxl.Workbook], None], str]] = [
    ("as it is", lambda made: None, "500 个; 100 个"),
    ("struck", font(strike=True), "500 个"),
    ("tiny", font(sz=1), "500 个"),
    ("white", font(color="FFFFFFFF"), "500 个"),
    ("white of the theme", font(color=openpyxl.styles.colors.Color(theme=0)), "500 个"),
    ("nearly white", font(color="FFFCFCFC"), "500 个"),
    ("white on dark", fill("FF1F4E78", color="FFFFFFFF"), "500 个; 100 个"),
    ("dark on as dark", fill("FF1F4E78", color="FF1F4E78"), "500 个"),
    ("black on black", fill("FF000000", color="FF000000"), "500 个"),
    ("raised", font(vertAlign="superscript"), "500 个"),
    ("lowered", font(vertAlign="subscript"), "500 个"),
    ("a hidden row", set_on("row_dimensions.3", hidden=True), "500 个"),
    ("a row of no height", set_on("row_dimensions.3", height=0.1), "500 个"),
    ("a row as high as a hair", set_on("row_dimensions.3", height=1.5), "500 个"),
    ("a hidden column", set_on("column_dimensions.B", hidden=True), ""),
    ("a column of no width", set_on("column_dimensions.B", width=0.1), ""),
    ("a very hidden sheet", hidden_sheet, "500 个"),
    ("under a merged cell", merged, "told but 500 个; 100 个"),
    ("white by a condition", condition(font=Font(color="FFFFFFFF")), "told but 500 个; 100 个"),
    ("struck by a condition", condition(font=Font(strike=True)), "told but 500 个; 100 个"),
    ("a format by a condition", condition(numFmt=NumberFormat(200, ";;;")), "told but 500 个; 100 个"),
    ("red by a condition", condition(font=Font(color="FFFF0000")), "500 个; 100 个"),
    (
        "noughts not shown",
        lambda made: (setattr(made.active.sheet_view, "showZeros", False), made.active.__setitem__("B3", 0)),
        "500 个",
    ),
    (
        "bars instead of values",
        bars(DataBarRule("min", None, "max", None, "FF638EC6", showValue=False)),
        "told but 500 个; 100 个",
    ),
    (
        "signs instead of values",
        bars(IconSetRule("3Arrows", "percent", [0, 33, 67], showValue=False)),
        "told but 500 个; 100 个",
    ),
    ("bars beside values", bars(DataBarRule("min", None, "max", None, "FF638EC6")), "500 个; 100 个"),
    (
        "black by a condition",
        condition(fill=PatternFill("solid", bgColor="FF000000")),
        "told but 500 个; 100 个",
    ),
    ("white by a tint", font(color=openpyxl.styles.colors.Color(theme=1, tint=1.0)), "500 个"),
    ("grey by a tint", font(color=openpyxl.styles.colors.Color(theme=1, tint=0.5)), "500 个; 100 个"),
    ("crossed out", crossing(diagonalUp=True), "500 个"),
    ("crossed out twice", crossing(diagonalUp=True, diagonalDown=True), "500 个"),
    ("shown as ####", narrow, "told but 500 个; 1234567 个"),
    ("formulas shown", set_on("sheet_view", showFormulas=True), "told but 500 个; 100 个"),
    (
        "filled with repetitions",
        lambda made: setattr(made.active["B3"], "alignment", Alignment(horizontal="fill")),
        "told but 500 个",
    ),
]


@pytest.mark.parametrize(("change", "expected"), [pytest.param(*case[1:], id=case[0]) for case in BOOKS])
def test_places_of_a_sheet(tmp_path, change, expected, request):
    made = book()
    change(made)
    made.save(tmp_path / "a.xlsx")
    document = read(tmp_path / "a.xlsx")
    asked(document, expected.removeprefix("told but "), "个")
    said = change is not BOOKS[0][1] and "nought" not in request.node.name and expected != "500 个; 100 个"
    assert bool(document.warnings) == said


@pytest.mark.parametrize("embedded", [True, False])
@pytest.mark.parametrize(
    ("how", "parts", "expected"),
    [
        *(
            pytest.param(how, ("新增停车位", "1", "500个"), "500 个", id=f"hidden: {way}")
            for way, how in HIDING.items()
        ),
        *(
            pytest.param(how, ("新增停车位", "1000", "800个"), "800 个", id=f"struck: {way}")
            for way, how in STRIKING.items()
        ),
        *(
            pytest.param(how, ("新增停车位100", "20", "300个"), "told", id=f"between: {way}")
            for way, how in STRIKING.items()
        ),
    ],
)
def test_a_print(tmp_path, how, parts, expected, embedded):
    made = Print(tmp_path / "a.pdf", embedded)
    made.plain(parts[0])
    how(made, parts[1])
    made.plain(parts[2])
    made.canvas.save()
    document = read(tmp_path / "a.pdf")
    asked(document, expected)
    assert document.warnings


def placed(*parts: tuple[int, bytes]) -> bytes:
    return b"".join(b"BT /F1 12 Tf %d 700 Td (%s) Tj ET " % part for part in parts)


def form(body: bytes, box: bytes = b"0 0 595 842") -> dict:
    head = b"<</Type/XObject/Subtype/Form/BBox[%s]/Resources<</Font<</F1 5 0 R>>>>/Length %d>>" % (
        box,
        len(body),
    )
    return {"resources": b"/XObject<</Fm 11 0 R>>", "more": {11: head + b"stream\n" + body + b"\nendstream"}}


BOTH = placed((72, b"1"), (79, b"500km"))
LAYER = {
    "catalog": b"/OCProperties<</OCGs[10 0 R]/D<</OFF[10 0 R]>>>>",
    "resources": b"/Properties<</MC0 10 0 R>>",
    "more": {10: b"<</Type/OCG/Name(hid)>>"},
}
PLAIN = [
    ("as it is", placed((72, b"1500km")), {}, "1500 公里"),
    ("in parts", BOTH, {}, "1500 公里"),
    ("in another order", placed((79, b"500km"), (72, b"1")), {}, "1500 公里"),
    (
        "another text said for it",
        b"/Span <</ActualText(500km)>> BDC " + placed((72, b"1500km")) + b"EMC",
        {},
        "1500 公里",
    ),
    ("clipped", b"q 79 0 500 842 re W n " + BOTH + b"Q", {}, "500 公里"),
    ("clipped twice", b"q 0 0 595 842 re W n 79 0 500 842 re W n " + BOTH + b"Q", {}, "500 公里"),
    ("clipped in a form", b"/Fm Do", form(b"q 79 0 500 842 re W n " + BOTH + b"Q"), "500 公里"),
    ("outside of its form", b"/Fm Do", form(BOTH, b"79 0 595 842"), "500 公里"),
    ("outside of its form, moved", b"q 1 0 0 1 50 -50 cm /Fm Do Q", form(BOTH, b"79 0 595 842"), "500 公里"),
    (
        "of a layer that is off",
        b"/OC /MC0 BDC " + placed((72, b"1")) + b"EMC " + placed((79, b"500km")),
        LAYER,
        "doubted",
    ),
    (
        "raised by the line",
        b"BT /F1 12 Tf 72 700 Td (1200) Tj 7 Ts /F1 7 Tf (1) Tj 0 Ts /F1 12 Tf (km) Tj ET",
        {},
        "1200 公里",
    ),
    (
        "upside down",
        placed((72, b"Way 22km")) + b"BT /F1 12 Tf -1 0 0 -1 200 650 Tm (1500km) Tj ET",
        {},
        "22 公里; 1500 公里",
    ),
    ("spaced", b"BT /F1 12 Tf 8 Tc 72 700 Td (1500km) Tj ET", {}, "told"),
    ("apart by a digit", placed((72, b"1"), (86, b"500km")), {}, "told"),
    ("apart by two spaces", b"BT /F1 12 Tf 72 700 Td (1  500km) Tj ET", {}, "told"),
    ("in two columns", placed((72, b"1"), (120, b"500km")), {}, "told"),
    ("printed over each other", placed((72, b"1000km"), (72, b"8500km")), {}, "told"),
    ("a digit that its font does not know", placed((72, b"1\\2005\\2000km")), {}, "told"),
    (
        "a field of a form",
        placed((72, b"1"), (90, b"00km")),
        {"page": b"/Annots[<</Type/Annot/Subtype/Widget/FT/Tx/Rect[79 690 90 710]/V(5)/T(a)>>]"},
        "told",
    ),
    (
        "outlined in white",
        b"BT /F1 12 Tf 1 1 1 RG 1 Tr 72 700 Td (1) Tj 0 Tr (500km) Tj ET",
        {},
        "500 公里",
    ),
    ("outlined in black", b"BT /F1 12 Tf 1 Tr 72 700 Td (1500km) Tj ET", {}, "1500 公里"),
    (
        "under a run of colours",
        placed((72, b"1500km")) + b"q 72 698 7 14 re W n /Sh sh Q",
        {
            "resources": b"/Shading<</Sh<</ShadingType 2/ColorSpace/DeviceGray/Coords[0 0 595 0]/Extend[true true]"
            b"/Function<</FunctionType 2/Domain[0 1]/C0[1]/C1[1]/N 1>>>>>>"
        },
        "500 公里",
    ),
    (
        "over a run of colours",
        b"q 0 690 595 30 re W n /Sh sh Q " + placed((72, b"1500km")),
        {
            "resources": b"/Shading<</Sh<</ShadingType 2/ColorSpace/DeviceGray/Coords[0 0 595 0]/Extend[true true]"
            b"/Function<</FunctionType 2/Domain[0 1]/C0[1]/C1[0.8]/N 1>>>>>>"
        },
        "1500 公里",
    ),
    (
        "of a layer that is not viewed",
        b"/OC /MC0 BDC " + placed((72, b"1")) + b"EMC " + placed((79, b"500km")),
        LAYER
        | {
            "catalog": b"/OCProperties<</OCGs[10 0 R]/D<</AS[<</Event/View/Category[/View]/OCGs[10 0 R]>>]>>>>",
            "more": {10: b"<</Type/OCG/Name(h)/Usage<</View<</ViewState/OFF>>>>>>"},
        },
        "doubted",
    ),
    (
        "under a remark",
        placed((72, b"500km")),
        {"page": b"/Annots[<</Type/Annot/Subtype/Square/Rect[70 690 130 715]/IC[1 1 1]/C[1 1 1]>>]"},
        "said",
    ),
    (
        "under a line of a remark",
        placed((72, b"500km")),
        {"page": b"/Annots[<</Type/Annot/Subtype/Line/Rect[70 690 130 715]/L[72 704 120 704]>>]"},
        "said",
    ),
    (
        "a remark on the page",
        placed((72, b"500km")),
        {"page": b"/Annots[<</Type/Annot/Subtype/FreeText/Rect[60 690 71 710]/Contents(1)/DA(/F1 12 Tf)>>]"},
        "said",
    ),
]


@pytest.mark.parametrize(
    ("content", "more", "expected"), [pytest.param(*case[1:], id=case[0]) for case in PLAIN]
)
def test_a_print_by_hand(tmp_path, content, more, expected):
    document = read(write_pdf(tmp_path / "a.pdf", content, **more))
    if expected == "doubted":
        assert document.damaged
    elif expected == "said":
        assert seen_in(document) == ("500 公里", True)
    else:
        asked(document, expected)
