"""The catalogue: two files a document, no Python, and a clear sentence where something is wrong."""

from __future__ import annotations

import hashlib
import shutil

import pytest

from minshi_analysis import catalogue, load
from minshi_analysis.tables import build

TEXT = (
    "区2025年民生实事项目责任分解表\n序号\t项目名称\t牵头单位\t完成时限\n"
    "1\t新增停车位300个\t区住建局\t2025年11月\n2\t新建书房2家\t区文广旅局\t2025年10月\n"
)
TOML = """file = "{file}"
sha256 = "{sha}"
title = "瓯海区2025年民生实事"
region = "瓯海区"
adcode = "330304"
level = "county"
year = 2025
kind = "plan"
"""


@pytest.fixture
def small(tmp_path, project):
    """A project of its own, beside the repository: its reference figures and no documents."""
    (tmp_path / "data" / "raw").mkdir(parents=True)
    shutil.copytree(project / "data" / "reference", tmp_path / "data" / "reference")
    return tmp_path


def put(small, name="ouhai-2025-plan", text=TEXT, toml=TOML):
    raw = small / "data" / "raw"
    (raw / f"{name}.txt").write_text(text, "utf-8")
    sha = hashlib.sha256(text.encode()).hexdigest()
    (raw / f"{name}.toml").write_text(toml.format(file=f"{name}.txt", sha=sha), "utf-8")
    return raw


def test_a_sixth_document_is_two_files(project, tmp_path):
    copied = tmp_path / "project"
    shutil.copytree(project / "data", copied / "data", ignore=shutil.ignore_patterns("tables"))
    put(copied)
    made = build.make_tables(copied)
    tasks = made.tables["tasks"].query("doc_id == 'ouhai-2025-plan'")
    assert tasks["text"].tolist() == ["新增停车位300个", "新建书房2家"]
    assert tasks["deadline"].tolist() == ["2025-11-30", "2025-10-31"]
    assert made.unread["ouhai-2025-plan"] == ()


def test_a_changed_byte_is_an_error(small):
    raw = put(small)
    (raw / "ouhai-2025-plan.txt").write_text(TEXT.replace("300", "3000"), "utf-8")
    with pytest.raises(catalogue.CatalogueError, match="has changed: its sha256 is"):
        catalogue.sources(small)


@pytest.mark.parametrize(
    ("toml", "message"),
    [
        (TOML.replace("year = 2025\n", ""), "missing field year"),
        (TOML + 'color = "red"\n', "unknown field color"),
        (TOML + 'confirm = ["title"]\n', "still has fields to confirm"),
        (TOML.replace("{file}", "other.txt"), "its file 'other.txt' is not there"),
        ("year = = 1", "is not TOML"),
        (TOML.replace("year = 2025", "year = true"), "year: Input should be a valid integer, not True"),
        (TOML.replace("year = 2025", 'year = "2025"'), "year: Input should be a valid integer, not '2025'"),
        (TOML.replace("year = 2025", "year = 20244"), "year: Input should be less than or equal to 2100"),
        (TOML + "year_end = 2021\n", "year_end 2021 is before year 2025"),
        (TOML + "as_of = 2100-01-01\n", "as_of 2100-01-01 lies in the future"),
        (TOML + 'as_of = "June"\n', "as_of: give a date such as 2024-06-30, not 'June'"),
        (TOML + "as_of = 2024-06-30T12:00:00\n", "as_of: give a date such as 2024-06-30"),
        (TOML.replace('"county"', '"city"'), "level city is not that of adcode 330304, which is a county's"),
        (TOML.replace('"330304"', "330304"), "adcode: Input should be a valid string, not 330304"),
        (TOML.replace('"plan"', '"novel"'), "kind: Input should be 'plan', 'progress'"),
        (TOML + 'furniture = "footer"\n', "furniture: Input should be a valid list, not 'footer'"),
        (TOML.replace("{file}", "../{file}"), "is a path: give the name of a file in data/raw"),
        (TOML.replace("瓯海区2025年民生实事", ""), "title: String should have at least 1 character"),
    ],
)
def test_a_bad_description_says_what_to_do(small, toml, message):
    put(small, toml=toml)
    with pytest.raises(catalogue.CatalogueError, match=message):
        catalogue.sources(small)


def test_all_that_is_wrong_is_told_at_once(small):
    put(small, "one", toml=TOML + 'confirm = ["title"]\n')
    put(small, "two", toml=TOML.replace("year = 2025\n", ""))
    with pytest.raises(catalogue.CatalogueError) as error:
        catalogue.sources(small)
    first, second = str(error.value).splitlines()
    assert "one.toml still has fields to confirm" in first and "two.toml: missing field year" in second


def test_a_document_without_a_description_is_named(small):
    (small / "data" / "raw" / "stray.txt").write_text("x", "utf-8")
    with pytest.raises(catalogue.CatalogueError, match=r"minshi add data/raw/stray\.txt"):
        catalogue.sources(small)


@pytest.mark.parametrize(
    "name",
    [
        ".DS_Store",
        "Thumbs.db",
        "desktop.ini",
        "plan.txt~",
        "~$plan.docx",
        ".plan.txt.part",
        "#plan.txt#",
        ".x.swp",
    ],
)
def test_what_systems_and_editors_leave_is_no_document(small, name):
    (put(small) / name).write_text("x", "utf-8")
    assert [source.doc_id for source in catalogue.sources(small)] == ["ouhai-2025-plan"]


@pytest.mark.parametrize(
    ("said", "message"),
    [
        ('[[correction]]\nwhere = "1"\n', "missing field printed"),
        (
            '[[correction]]\nwhere=1\nprinted="x"\ncorrected="y"\nreason="z"\n',
            "where: Input should be a valid str",
        ),
        ('correction = "x"\n', r"each \[\[correction\]\] has where"),
        ("colour = 1\n", "it holds colour"),
        ("= 1\n", "is not TOML"),
    ],
)
def test_a_bad_corrections_file_is_one_sentence(small, said, message):
    put(small)
    (small / "data" / "corrections").mkdir()
    (small / "data" / "corrections" / "ouhai-2025-plan.toml").write_text(said, "utf-8")
    with pytest.raises(catalogue.CatalogueError, match=message) as error:
        catalogue.sources(small)
    assert "data/corrections/ouhai-2025-plan.toml" in str(error.value) and "\n" not in str(error.value)


def test_a_description_is_not_taken_for_a_document(small):
    from minshi_analysis.intake.adding import add

    toml = put(small) / "ouhai-2025-plan.toml"
    before = toml.read_bytes()
    with pytest.raises(ValueError, match="is a description, not a document"):
        add(toml, small)
    assert toml.read_bytes() == before


def test_no_project_here(tmp_path, monkeypatch):
    monkeypatch.delenv(catalogue.PROJECT_VARIABLE, raising=False)
    with pytest.raises(catalogue.CatalogueError, match="no project here"):
        catalogue.find_project(tmp_path)


def test_a_county_whose_name_others_share_can_be_asked_for(small, monkeypatch):
    """There is a 朝阳区 in 北京市 and one in 长春市: both full names."""
    put(small, toml=TOML.replace("瓯海区", "朝阳区").replace("330304", "110105"))
    build.build(small)
    monkeypatch.setenv("MINSHI_PROJECT", str(small))
    assert len(load("tasks", region="朝阳区", year=2025)) == 2
    assert load("allocations", region="朝阳区", year=2025).empty
    with pytest.raises(ValueError, match="no region '朝阳'"):
        load("tasks", region="朝阳")
