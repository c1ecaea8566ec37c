"""What does without a package that one person keeps: the regions are our own copy, the font may be the system's."""

from __future__ import annotations

import csv
import sys

import pytest

from minshi_analysis import fonts
from minshi_analysis.language import regions


@pytest.mark.parametrize(
    ("code", "name", "level", "parent"),
    [
        ("110101", "东城区", "county", "110000"),  # a municipality's district stands directly under it
        ("330383", "龙港市", "county", "330300"),  # a city since 2019
        ("441900", "东莞市", "city", "440000"),  # a city without counties
        ("530000", "云南省", "province", None),
        ("659012", "白杨市", "county", "650000"),  # of 2023, under its region
    ],
)
def test_regions_by_their_codes(code, name, level, parent):
    (region,) = regions.index()[code]
    assert (region.name, region.level, region.parent) == (name, level, parent)


def test_the_list_of_regions_is_whole(project):
    with (project / "minshi_analysis/reference/regions.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    codes = {row["adcode"]: row for row in rows}
    assert len(codes) == len(rows)
    assert sum(row["level"] == "province" for row in rows) == 34
    assert all(row["parent"] in codes for row in rows if row["level"] != "province")
    assert all(len(row["adcode"]) == 6 and row["region"] for row in rows)
    under = {"province": (), "city": ("province",), "county": ("province", "city")}
    assert all(codes[row["parent"]]["level"] in under[row["level"]] for row in rows if row["parent"])


@pytest.fixture
def no_package(monkeypatch):
    monkeypatch.delenv(fonts.VARIABLE, raising=False)
    monkeypatch.setitem(sys.modules, "noto_cjk_sans_otc", None)  # as where it is not installed


def test_without_its_package_the_font_is_the_systems(no_package, monkeypatch, tmp_path):
    file = tmp_path / "NotoSansCJK-Regular.ttc"
    file.touch()
    monkeypatch.setattr(fonts, "_SYSTEM", (str(tmp_path / "none.ttc"), str(file)))
    assert fonts.font_file() == file


def test_without_any_font_the_message_says_how_to_get_one(no_package, monkeypatch):
    monkeypatch.setattr(fonts, "_SYSTEM", ())
    with pytest.raises(fonts.MissingFont, match="install noto-cjk-sans-otc, or set MINSHI_FONT"):
        fonts.font_file()


def test_a_font_of_ones_own_comes_first(monkeypatch, tmp_path):
    file = tmp_path / "own.ttc"
    file.touch()
    monkeypatch.setenv(fonts.VARIABLE, str(file))
    assert fonts.font_file() == file
    file.unlink()
    with pytest.raises(fonts.MissingFont, match="names no file"):
        fonts.font_file()
