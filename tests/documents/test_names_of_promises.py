"""What a promise of a page is called: its name says what is done there, and is none of what stands in quotation marks."""

from __future__ import annotations

import pytest
from notices import sure

from minshi_analysis.intake.reader import read_document

PLAN = "磐安县2023年民生实事项目清单"


def lines(suffix, *said):
    """A page of numbered promises."""
    numbered = [f"{number}、{words}。" for number, words in zip("一二三四五六七八九", said, strict=False)]
    if suffix == "html":
        return f"<html><body><h1>{PLAN}</h1>{''.join(f'<p>{line}</p>' for line in numbered)}</body></html>"
    return f"{'# ' if suffix == 'md' else ''}{PLAN}\n\n" + "\n\n".join(numbered)


def named(folder, suffix, *said, kind="plan"):
    path = folder / f"page.{suffix}"
    path.write_text(lines(suffix, *said), "utf-8")
    tables = read_document(path, region="330727", year=2023, kind=kind)
    known = sure(tables)
    rows = [(row.measure, row.value) for row in tables["targets"].itertuples() if known[row.task_id] >= 0.8]
    return rows, tables


@pytest.mark.parametrize("suffix", ["txt", "html", "md"])
def test_a_name_says_what_is_done_there(tmp_path, suffix):
    rows, _ = named(
        tmp_path,
        suffix,
        "建设乡镇卫生院100所，为200个乡镇卫生院配备数字化影像设备",
        "27所中小学校门口安装升降防撞柱",
        "在4个安置小区加装健身器材",
        "为4000名小学生免费筛查配镜、为5000名老人免费安装呼叫器",
        "新建3个村卫生室配备DR",
    )
    assert rows == [
        ("乡镇卫生院", 100),
        ("乡镇卫生院配备数字化影像设备", 200),
        ("中小学校门口安装升降防撞柱", 27),
        ("安置小区加装健身器材", 4),
        ("小学生免费筛查配镜", 4000),
        ("老人免费安装呼叫器", 5000),
        ("村卫生室", 3),
    ]
