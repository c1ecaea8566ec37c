"""Small files that would take the machine: each is read within seconds, or stops at a limit with one sentence."""

from __future__ import annotations

from pathlib import Path

import pytest

from minshi_analysis.reading import read
from minshi_analysis.reading.html import decode

HEAD = "<html><meta charset=utf-8>"
PAGE = HEAD + "<style>{}</style><p>新增800个<table>{}</table>"
ROWS = "<tr><td>1<td>2" * 1500
HOSTILE = {
    "row spans.html": HEAD
    + "<table>"
    + "<tr><td rowspan=65534>1<td rowspan=65534>2<td>3" * 10_000
    + "</table>",
    "spans of all lengths.html": HEAD
    + "<table>"
    + "".join(f"<tr><td rowspan={i * 7919 % 9000 + 2}>1" for i in range(9000))
    + "</table>",
    "attributes.html": HEAD + "<p>新增800个<p " + " ".join(f"a{i}=1" for i in range(100_000)) + ">",
    "open brackets.html": PAGE.format("{" * 100_000, ROWS),
    "open rules.html": PAGE.format("a{" * 50_000, ROWS),
    "long selector.html": PAGE.format("td " * 30_000 + "{color:red}", ROWS),
    "negations.html": PAGE.format("*" + ":not(.a)" * 10_000 + "{color:red}", ROWS),
    "many rules.html": PAGE.format("td{color:#fff}" * 20_000, ROWS),
    "large sheet.html": PAGE.format("td{color:#fff}" * 50_000, ROWS),
    "depth.html": HEAD + "<p>新增800个" + "<div>" * 100_000,
    "struck depth.html": HEAD + "<p>新增800个" + "<s>" * 1500 + "5",
    "caption in a cell.html": HEAD + "<table><tr><td>甲<caption>表</caption><td>乙</table>",
    "open row.txt": "| 序号 | 项目 |\n| 1 | 新增停车位\n" + "续行文字\n" * 40_000,
    "open rows.txt": "| 序号 | 项目 |\n" + "| 1 | 新增停车位\n" * 40_000,
    "tildes.md": "~~a" * 100_000,
    "tags.md": "<del>" * 100_000,
    "strokes.md": "1\u0336" * 100_000 + "完",
    "numbered lines.txt": "".join(f"{i}.新增停车位{i}个。\n" for i in range(1, 8001)),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_ends(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_text(HOSTILE[name], "utf-8")
    try:
        assert read(path).blocks
    except ValueError as error:
        assert len(str(error).splitlines()) == 1


@pytest.mark.parametrize("label", ["zlib", "rot13", "base64", "hex", "undefined", "nothing-such", "idna"])
def test_a_page_may_declare_what_is_no_encoding(label: str) -> None:
    data = f"<meta charset={label}><p>新增800个".encode("gb18030")
    assert "新增800个" in decode(data)[0]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "gb18030"])
def test_a_text_cut_inside_a_character_is_read_and_told(tmp_path: Path, encoding: str) -> None:
    (tmp_path / "a.txt").write_bytes(("新增停车位800个。\n" * 40 + "完").encode(encoding)[:-1])
    document = read(tmp_path / "a.txt")
    assert document.text.startswith(("新增停车位800个", "\ufeff新增停车位800个"))
    assert document.damaged
    assert document.warnings[0].startswith("damaged: ")
