"""The tidy form and the way back to the printed character."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minshi_analysis.language.text import clean, fold, tidy


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("市政 府  ５ 家", "市政府5家"),
        ("新增 托位 7500 个", "新增托位7500个"),
        ("完成幸福河湖農村水係整治100公裏", "完成幸福河湖农村水系整治100公里"),
        ("AED 250 台", "AED 250台"),
        ("PM2.5 and\n GDP", "PM2.5 and GDP"),
        ("  前  言  ", "前言"),
        ("谘詢門診", "咨询门诊"),
        ("1．5％", "1.5％"),
        ("零\u200b宽\ufeff字", "零宽字"),
        ("a\u200bb", "ab"),
        ("", ""),
        (" ", ""),
        ("e\u0301cole 5", "\u00e9cole 5"),
    ],
)
def test_tidy(printed, expected):
    assert tidy(printed) == expected


@pytest.mark.parametrize(
    "printed", ["新增托位 ７500 個", "a b 中 文 1 2", " 共 5 家 ", "\ufeff市政\u200b府 5", "cafe\u0301 5 家"]
)
def test_offsets_point_at_the_printed_character(printed):
    text = clean(printed, 100)
    assert len(text.at) == len(text.norm) + 1
    assert text.at[-1] == 100 + len(printed)
    for i, char in enumerate(text.norm):
        there = printed[text.at[i] - 100]
        assert tidy(there + "\u0301") == char if char == "\u00e9" else char == " " or tidy(there) == char


def test_span_and_slice():
    text = clean("新增托位 ７500 個")
    assert text.span(4, 8) == (5, 9)
    assert text.span(8, 9) == (10, 11)
    part = text.slice(4, 9)
    assert part.norm == "7500个"
    assert part.span(0, 4) == (5, 9)
    assert list(part.at) == [5, 6, 7, 8, 10, 11]


@pytest.mark.parametrize("printed", ["五家", "五 家", "\u0041\u030a家"])
def test_a_position_outside_is_an_error(printed):
    text = clean(printed)
    assert text.at[2] == len(printed)
    with pytest.raises(IndexError):
        text.at[3]


@given(st.text(max_size=60), st.integers(0, 60), st.integers(0, 60))
def test_a_part_of_a_text_is_folded_and_placed_as_the_whole_is(printed, start, end):
    text = clean(printed, 7)
    end = min(end, len(text.norm))
    part = text.slice(min(start, end), end)
    assert part.folded == text.folded[min(start, end) : end]
    assert list(part.at) == list(text.at)[min(start, end) : end + 1]


def test_fold_keeps_the_length():
    printed = "（一）50％：“甲”〔45〕—～　"
    assert fold(printed) == '(一)50%:"甲"[45]-~ '
    assert len(fold(printed)) == len(printed)


@given(st.text(max_size=60))
def test_any_text(printed):
    text = clean(printed)
    assert len(text.at) == len(text.norm) + 1
    assert all(a < b for a, b in zip(text.at[:-1], text.at[1:], strict=False))
    assert text.at[-1] == len(printed) or not printed
    assert len(fold(printed)) == len(printed)


def test_half_a_surrogate_pair_is_no_error():
    assert tidy("甲\ud800乙") == "甲\ufffd乙"


def test_a_name_that_only_looks_traditional_stays():
    assert [tidy(name) for name in ("乾安县", "乾县", "乾安縣", "乾净卫生", "乾淨衛生")] == [
        "乾安县",
        "乾县",
        "乾安县",
        "乾净卫生",
        "干净卫生",
    ]


def test_every_common_character_stays_as_it_is_beside_a_traditional_one_too():
    rows = (bytes([row, column]) for row in range(0xB0, 0xD8) for column in range(0xA1, 0xFF))
    common = [char for pair in rows if (char := pair.decode("gb2312", "ignore"))]  # its first level
    assert len(common) == 3755
    assert [char for char in common if tidy(char) != char] == []
    assert [char for char in common if tidy(f"損{char}設") != f"损{char}设"] == ["乾"]  # there it is 干
