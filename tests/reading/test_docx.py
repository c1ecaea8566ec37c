"""Word files: merged and nested cells, revisions, numbers that Word makes itself."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from minshi_analysis.reading import docx
from minshi_analysis.reading.blocks import Document
from reading.checks import grids, held_together, lines, texts

_HEAD = (
    '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><w:body>'
)


def word(folder: Path, body: str, **parts: str) -> Document:
    """A Word file of that body (in which ``w:`` is Word's namespace) and further parts."""
    path = folder / "a.docx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("word/document.xml", f"{_HEAD}{body}<w:sectPr/></w:body></w:document>")
        for name, xml in parts.items():
            space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
            archive.writestr(f"word/{name}.xml", f"<w:{name} {space}>{xml}</w:{name}>")
    document = docx.read(path)
    held_together(document)
    return document


def p(text: str, looks: str = "") -> str:
    return f"<w:p><w:pPr>{looks}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"


def tc(content: str, looks: str = "") -> str:
    return f"<w:tc><w:tcPr>{looks}</w:tcPr>{content if '<' in content else p(content)}</w:tc>"


def tbl(*rows: str) -> str:
    return "<w:tbl><w:tblPr/><w:tblGrid/>" + "".join(f"<w:tr>{row}</w:tr>" for row in rows) + "</w:tbl>"


SPAN2 = '<w:gridSpan w:val="2"/>'
DOWN, ON = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"


def test_grid_spans_and_vertical_merges(tmp_path):
    document = word(
        tmp_path,
        p("附件1")
        + tbl(
            tc("序号", DOWN) + tc("资金来源", SPAN2) + tc("单位"),
            tc("", ON) + tc("市级") + tc("县级") + tc("部门"),
            tc("1", DOWN) + tc("100") + tc("200") + tc("教育局", DOWN),
            tc("", ON) + tc("300", SPAN2) + tc("", '<w:vMerge w:val="continue"/>'),
        )
        + p("注:单位为万元"),
    )
    (grid,) = grids(document)
    assert grid.spans
    assert texts(grid) == [
        ["序号", "资金来源", "资金来源", "单位"],
        ["序号", "市级", "县级", "部门"],
        ["1", "100", "200", "教育局"],
        ["1", "300", "300", "教育局"],
    ]
    assert grid.rows[2][3] is grid.rows[3][3]
    assert lines(document) == ["附件1", "注:单位为万元"]


def test_a_row_that_begins_late(tmp_path):
    late = "<w:trPr><w:gridBefore w:val='1'/></w:trPr>"
    (grid,) = grids(word(tmp_path, tbl(tc("甲") + tc("乙"), late + tc("丙"), tc("丁") + tc("戊"))))
    assert texts(grid) == [["甲", "乙"], ["", "丙"], ["丁", "戊"]]


def test_a_continued_cell_without_a_beginning_is_a_cell(tmp_path):
    (grid,) = grids(word(tmp_path, tbl(tc("甲") + tc("乙"), tc("丙", ON) + tc("丁"))))
    assert texts(grid) == [["甲", "乙"], ["丙", "丁"]]


def test_nested_tables_follow_their_outer_one(tmp_path):
    inner = tbl(tc("鹿城") + tc("4000"), tc("龙湾") + tc("1500"))
    document = word(
        tmp_path,
        tbl(
            tc("项目") + tc("分解"), tc("停车位") + tc(p("见下") + inner + p("共5500")), tc("绿道") + tc("3")
        ),
    )
    first, second = grids(document)
    assert texts(first) == [["项目", "分解"], ["停车位", "见下\n共5500"], ["绿道", "3"]]
    assert texts(second) == [["鹿城", "4000"], ["龙湾", "1500"]]


def test_a_frame_around_the_text_is_no_table(tmp_path):
    document = word(
        tmp_path, tbl(tc(p("一、目标") + p("正文") + tbl(tc("甲") + tc("1"), tc("乙") + tc("2"))))
    )
    assert lines(document) == ["一、目标", "正文"]
    assert texts(grids(document)[0]) == [["甲", "1"], ["乙", "2"]]


def test_tracked_changes_read_as_accepted(tmp_path):
    body = (
        "<w:p><w:r><w:t>新增</w:t></w:r><w:del><w:r><w:delText>500</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>700</w:t></w:r></w:ins><w:moveFrom><w:r><w:t>旧</w:t></w:r></w:moveFrom>"
        "<w:moveTo><w:r><w:t>个</w:t></w:r></w:moveTo></w:p>"
        + tbl(tc("甲") + tc("1"), "<w:trPr><w:del/></w:trPr>" + tc("删") + tc("9"), tc("乙") + tc("2"))
    )
    document = word(tmp_path, body)
    assert lines(document) == ["新增700个"]
    assert texts(grids(document)[0]) == [["甲", "1"], ["乙", "2"]]


def test_runs_tabs_breaks_fields_and_hidden_text(tmp_path):
    body = (
        "<w:p><w:r><w:t>停</w:t></w:r><w:r><w:t>车位</w:t><w:tab/><w:t>1.5万个</w:t></w:r>"
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t>藏</w:t></w:r><w:r><w:br/><w:t>第二行</w:t></w:r>"
        "<w:r><w:instrText>PAGE</w:instrText></w:r><w:hyperlink><w:r><w:t>链接</w:t></w:r></w:hyperlink></w:p>"
    )
    assert lines(word(tmp_path, body)) == ["停车位\t1.5万个\n第二行链接"]


def test_text_boxes_are_read_once(tmp_path):
    box = f"<w:txbxContent>{p('框内')}</w:txbxContent>"
    body = (
        "<w:p><w:r><w:t>正文</w:t></w:r><w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wps:txbx>"
        f"{box}</wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict>{box}</w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r></w:p>"
    )
    assert lines(word(tmp_path, body)) == ["正文", "框内"]


NUMBERING = (
    '<w:abstractNum w:abstractNumId="7">'
    '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1、"/></w:lvl>'
    '<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%2."/></w:lvl>'
    '<w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="bullet"/><w:lvlText w:val="●"/></w:lvl></w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>'
    '<w:num w:numId="2"><w:abstractNumId w:val="7"/>'
    '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>'
)


def numbered(text: str, level: int, list_id: int = 1) -> str:
    return p(text, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{list_id}"/></w:numPr>')


def test_automatic_numbers_are_printed(tmp_path):
    body = "".join(
        [
            numbered("教育", 0), numbered("学位", 1), numbered("空调", 1), numbered("备注", 2),
            numbered("健康", 0), numbered("床位", 1), numbered("附件", 0, 2),
        ]
    )  # fmt: skip
    assert lines(word(tmp_path, body, numbering=NUMBERING)) == [
        "一、教育", "1. 学位", "2. 空调", "备注", "二、健康", "1. 床位", "一、附件",
    ]  # fmt: skip


def test_a_column_of_automatic_numbers(tmp_path):
    rows = [tc(numbered("", 1)) + tc(name) for name in ("学位", "床位")]
    (grid,) = grids(word(tmp_path, tbl(tc("序号") + tc("项目"), *rows), numbering=NUMBERING))
    assert texts(grid) == [["序号", "项目"], ["1.", "学位"], ["2.", "床位"]]


def test_headings_by_style_by_its_base_and_by_outline(tmp_path):
    styles = (
        '<w:style w:styleId="1"><w:name w:val="heading 1"/></w:style>'
        '<w:style w:styleId="own"><w:name w:val="公文标题"/><w:basedOn w:val="1"/></w:style>'
    )
    body = p("通知", '<w:pStyle w:val="own"/>') + p("一、目标", '<w:outlineLvl w:val="1"/>') + p("正文")
    document = word(tmp_path, body, styles=styles)
    assert [(b.text, b.level) for b in document.blocks] == [("通知", 1), ("一、目标", 2), ("正文", 0)]


def test_notes_stand_at_the_end_and_pictures_are_reported(tmp_path):
    notes = f'<w:footnote w:id="1">{p("脚注:含市本级")}</w:footnote><w:footnote w:type="separator" w:id="0"/>'
    body = (
        "<w:p><w:r><w:t>正文</w:t><w:footnoteReference w:id='1'/></w:r></w:p>"
        "<w:p><w:r><w:drawing><blip/></w:drawing></w:r></w:p>"
    )
    document = word(tmp_path, body, footnotes=notes)
    assert lines(document) == ["正文", "脚注:含市本级"]
    assert document.warnings == ("1 pictures are not read",)


def test_a_file_of_pictures_only_says_so(tmp_path):
    with pytest.raises(ValueError, match="holds no text"):
        word(tmp_path, "<w:p><w:r><w:drawing><blip/></w:drawing></w:r></w:p>")
