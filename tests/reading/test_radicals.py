"""A PDF that a browser prints has radicals in place of the characters that look the same: they are read as what is seen."""

import unicodedata

import pytest

from minshi_analysis.intake.reader import read_document
from minshi_analysis.language.text import RADICALS, clean, simplified

SEEN = [
    "⼈人",
    "⼾户",
    "⾥里",
    "⽉月",
    "⽇日",
    "⽼老",
    "⼉儿",
    "⺠民",
    "⾼高",
    "⼭山",
    "⻔门",
    "⻋车",
    "⻓长",
    "⼀一",
    "⼗十",
    "⾦金",
    "⽣生",
    "⼯工",
    "⽔水",
    "⻢马",
]


@pytest.mark.parametrize("both", SEEN)
def test_a_radical_is_the_character_that_it_looks_like(both):
    radical, seen = both
    assert clean(radical).norm == clean(radical).folded == seen


def test_every_radical_of_the_old_dictionary_is_its_character_in_simplified_script():
    for radical in map(chr, range(0x2F00, 0x2FD6)):
        seen = RADICALS[radical]
        assert seen in (simplified(unicodedata.normalize("NFKC", radical)), "青", "户"), radical


def test_where_it_was_printed_is_known():
    text = clean("新 建⽼年⻝堂5所")
    assert text.norm == "新建老年食堂5所"
    assert text.span(2, 4) == (3, 5)


PAGE = """永嘉县2023年⺠⽣实事项⽬
1.新建⽼年⻝堂5所。（县⺠政局，11⽉底前）
2.改造⼾厕1200⼾。（县⽔利局）
3.完成⼀⼆三⼯程，新增停⻋位⼗个。（县住建局）
"""


@pytest.mark.parametrize("ext", ["txt", "html"])
def test_a_page_pasted_from_such_a_print(tmp_path, ext):
    path = tmp_path / f"page.{ext}"
    path.write_text(PAGE if ext == "txt" else "<p>" + PAGE.replace("\n", "</p><p>"), encoding="utf-8")
    found = read_document(path)
    assert found["documents"]["region"].tolist() == ["永嘉县"]
    assert found["documents"]["script"].tolist() == ["hans"]
    assert found["tasks"]["lead_agency"].tolist() == ["县民政局", "县水利局", "县住建局"]
    assert list(zip(found["targets"]["measure"], found["targets"]["value"], strict=True)) == [
        ("老年食堂", 5),
        ("户厕", 1200),
        ("停车位", 10),
    ]
