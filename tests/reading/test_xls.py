"""Old workbooks are read as new ones are: the same cells, and what nobody sees left out and told."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from minshi_analysis.reading import read
from minshi_analysis.reading.blocks import Grid
from minshi_analysis.reading.opening import kind

HERE = Path(__file__).parent
LOOKS = HERE / "files" / "looks.xls"
CORPUS = HERE.parent / "corpus"


def printed(path: Path) -> list:
    return [
        [[(cell.text, cell.ref) if cell else None for cell in row] for row in block.rows]
        if isinstance(block, Grid)
        else block.text
        for block in read(path).blocks
    ]


def test_an_old_workbook_says_what_the_new_one_says():
    """The old one was saved from the new one by a spreadsheet program."""
    old, new = (CORPUS / f"lingshan-2021-{form}" / f"document.{form}" for form in ("xls", "xlsx"))
    assert kind(old) == "xls"
    assert printed(old) == printed(new)


def test_cells_read_as_a_person_sees_them():
    """Row 3 is crossed out in its target, row 5 shows 元 in 万元 and a raised mark, row 7 and the second sheet are hidden."""
    document = read(LOOKS)
    (grid,) = (block for block in document.blocks if isinstance(block, Grid))
    rows = [[cell.text if cell else "" for cell in row] for row in grid.rows]
    assert rows == [
        ["序号", "项目", "单位", "目标值", "投资(万元)", "责任单位"],
        ["1", "新建幼儿园", "所", "5", "1200.5", "县教育局"],
        ["1", "改造小学", "所", "", "300", "县教育局"],
        ["2", "医保参保率", "%", "98.5%", "6.0万元", "县医保局"],
        ["3", "新建公厕", "座", "12", "80", "县城管局"],
    ]
    assert grid.rows[1][0] is grid.rows[2][0]  # one cell over two rows
    assert grid.rows[1][3].ref == "分解表!D3"
    told = " ".join(document.warnings)
    for words in ("1 hidden rows", "sheet 隐藏 is hidden", "struck out and not read: 9", "raised or lowered"):
        assert words in told


@pytest.mark.parametrize("share", [0.3, 0.6, 0.9])
def test_a_damaged_old_workbook_is_refused_in_one_sentence(tmp_path, share):
    data = LOOKS.read_bytes()
    path = tmp_path / "通知.xls"
    path.write_bytes(data[: int(len(data) * share)])
    with pytest.raises(ValueError, match=r"^通知\.xls is .*(save it|get the file) "):
        read(path)


def test_a_workbook_with_a_password_says_so(tmp_path):
    """The record that says it (FILEPASS) put behind the first of the workbook's stream."""
    import olefile

    with olefile.OleFileIO(LOOKS) as parts:
        records = parts.openstream("Workbook").read()
    first = 4 + int.from_bytes(records[2:4], "little")
    locked = records[:first] + b"\x2f\x00\x06\x00" + b"\0" * 6 + records[first:]
    path = tmp_path / "通知.xls"
    path.write_bytes(LOOKS.read_bytes().replace(records, locked[: len(records)]))
    with pytest.raises(ValueError, match=r"^通知\.xls is encrypted: open it with its password"):
        read(path)


def test_a_chain_of_sectors_that_leads_back_to_itself_ends(tmp_path):
    data = bytearray((CORPUS / "lingshan-2021-xls" / "document.xls").read_bytes())
    table = int.from_bytes(data[0x4C:0x50], "little")  # the first sector of the table of chains
    for i in range(8):
        at = 512 * (table + 1) + 4 * i
        data[at : at + 4] = (i).to_bytes(4, "little")
    path = tmp_path / "通知.xls"
    path.write_bytes(bytes(data))
    with pytest.raises(ValueError, match=r"^通知\.xls is .*save it"):
        read(path)


def test_a_workbook_inside_another_old_file_does_not_make_it_one(tmp_path):
    """What is embedded in an old Word file has a stream of the same name, but not at the root."""
    path = tmp_path / "a.doc"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504 + "WordDocument".encode("utf-16-le"))
    with pytest.raises(ValueError, match="old Word file"):
        read(path)


def test_the_name_is_not_asked(tmp_path):
    path = tmp_path / "附件.doc"
    shutil.copy(LOOKS, path)
    assert printed(path) == printed(LOOKS)
