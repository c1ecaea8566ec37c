"""Exports hold equal values and types in each program that reads them, and nothing that a spreadsheet computes."""

from __future__ import annotations

import csv
import decimal
import sqlite3

import duckdb
import frictionless
import openpyxl
import pandas as pd
import pytest
from pyarrow import parquet

from minshi_analysis import __version__, cli
from minshi_analysis.model import TABLES
from minshi_analysis.tables import codebook, files
from minshi_analysis.tables.export import export

FORMULAS = ['=HYPERLINK("x","新增停车位")', "+1+1", "-2+3", "@SUM(A1)"]


@pytest.fixture(scope="module")
def project(tmp_path_factory, made):
    """The tables of the repository, with what a spreadsheet would compute in four texts."""
    root = tmp_path_factory.mktemp("exported")
    (root / "data" / "raw").mkdir(parents=True)
    tables = dict(made.tables)
    tasks = tables["tasks"].copy()
    tasks.loc[:3, "text"] = FORMULAS
    files.write_tables(root, tables | {"tasks": tasks}, {})
    return root


@pytest.fixture(scope="module")
def truth(project):
    return {name: files.read_valid(project, name) for name in TABLES}


def plain(table: pd.DataFrame) -> list[tuple]:
    """Rows as Python values, None for what is missing, flags as truth values."""
    columns = [values.astype(object).where(values.notna(), None).tolist() for _, values in table.items()]
    return list(zip(*columns, strict=True))


def typed(rows) -> list[list[str]]:
    return [[type(value).__name__ for value in row] for row in rows]


@pytest.mark.parametrize("name", TABLES)
def test_sqlite_reads_the_same(name, truth, sqlite):
    rows = [
        tuple(
            bool(v) if c.type == "flag" and v is not None else v
            for c, v in zip(TABLES[name].columns, row, strict=True)
        )
        for row in sqlite.execute(f'SELECT * FROM "{name}"')
    ]
    assert rows == plain(truth[name])
    assert typed(rows) == typed(plain(truth[name]))


@pytest.fixture(scope="module")
def sqlite(project, tmp_path_factory):
    base = sqlite3.connect(export(project, "sqlite", tmp_path_factory.mktemp("x") / "t.sqlite"))
    yield base
    base.close()


def test_sqlite_knows_the_keys(sqlite):
    assert sqlite.execute("PRAGMA foreign_key_check").fetchall() == []
    keys = sqlite.execute("PRAGMA foreign_key_list(targets)").fetchall()
    assert {(key[3], key[2]) for key in keys} == {
        ("task_id", "tasks"),
        ("part_of", "targets"),
        ("doc_id", "documents"),
    }
    with pytest.raises(sqlite3.IntegrityError):
        sqlite.execute("INSERT INTO documents SELECT * FROM documents LIMIT 1")
    kind = dict(sqlite.execute("SELECT name, type FROM pragma_table_info('documents')").fetchall())
    assert (kind["adcode"], kind["year"]) == ("TEXT", "BIGINT")


def test_duckdb_reads_the_same(project, truth, tmp_path):
    with duckdb.connect(str(export(project, "duckdb", tmp_path / "t.duckdb")), read_only=True) as base:
        for name, table in truth.items():
            rows = base.execute(f'SELECT * FROM "{name}"').fetchall()
            assert rows == plain(table) and typed(rows) == typed(plain(table)), name
        said = (
            "SELECT comment FROM duckdb_columns() WHERE table_name = 'funding' AND column_name = 'amount_wan'"
        )
        assert "万元" in base.execute(said).fetchone()[0]
        assert base.execute("SELECT typeof(adcode), typeof(year) FROM documents LIMIT 1").fetchone() == (
            "VARCHAR",
            "BIGINT",
        )


def test_openpyxl_reads_the_same_and_no_formula(project, truth, tmp_path):
    book = openpyxl.load_workbook(export(project, "xlsx", tmp_path / "t.xlsx"))
    assert book.sheetnames == [*TABLES, "codebook"]
    for name, table in truth.items():
        head, *rows = book[name].iter_rows(values_only=True)
        assert list(head) == list(table.columns)
        assert rows == plain(table), name
    assert not any(cell.data_type == "f" for sheet in book for row in sheet.iter_rows() for cell in row)
    (code,) = [cell for cell in book["documents"][2] if cell.value == "330100"]
    assert (code.data_type, code.number_format) == ("s", "@")
    (formula,) = [cell for cell in book["tasks"][2] if cell.value == FORMULAS[0]]
    assert (formula.data_type, bool(formula.quotePrefix)) == ("s", True)


def test_pandas_reads_parquet_the_same(project, truth, tmp_path):
    out = export(project, "parquet", tmp_path / "parquet")
    for name, table in truth.items():
        pd.testing.assert_frame_equal(pd.read_parquet(out / f"{name}.parquet"), table)
    field = parquet.read_schema(out / "funding.parquet").field("amount_wan")
    assert field.metadata[b"unit"] == "万元".encode() and field.metadata[b"description"]
    assert len(pd.read_parquet(out / "codebook.parquet")) == sum(len(t.columns) for t in TABLES.values())


def _number(value):
    return float(value) if isinstance(value, decimal.Decimal) else value


def test_frictionless_and_pandas_read_csv_the_same(project, truth, tmp_path):
    out = export(project, "csv", tmp_path / "csv")
    report = frictionless.validate(str(out / "datapackage.json"))
    assert report.valid, report.flatten(["type", "note"])[:5]
    package = frictionless.Package(str(out / "datapackage.json"))
    assert package.version == __version__
    assert package.get_resource("documents").schema.primary_key == ["doc_id"]
    issuers = set(truth["documents"]["issuer"].dropna())
    assert {each["title"] for each in package.contributors} == issuers | {f"minshi-analysis {__version__}"}
    assert len(package.sources) == len(truth["documents"]) + len(truth["sources"])
    for name, table in truth.items():
        pd.testing.assert_frame_equal(files.read_csv(name, out / f"{name}.csv"), table)
        rows = [tuple(row.to_dict().values()) for row in package.get_resource(name).read_rows()]
        assert [tuple(map(_number, row)) for row in rows] == plain(table), name


def test_csv_for_a_spreadsheet(project, truth, tmp_path):
    out = export(project, "csv", tmp_path / "excel", excel=True)
    assert (out / "tasks.csv").read_bytes()[:3] == b"\xef\xbb\xbf"
    for name, table in truth.items():
        texts = {column.name for column in TABLES[name].columns if column.type == "text"}
        with (out / f"{name}.csv").open(encoding="utf-8-sig", newline="") as file:
            for printed, row in zip(csv.DictReader(file), table.to_dict("records"), strict=True):
                for column in texts:
                    value = row[column] if isinstance(row[column], str) else ""
                    risky = value.startswith(("=", "+", "-", "@", "\t", "\r"))
                    assert printed[column] == ("'" + value if risky else value)
                    assert not printed[column].startswith(("=", "+", "-", "@"))
                for column in table.columns.difference(list(texts)):
                    assert not printed[column].startswith("'")


def test_a_file_that_is_there_is_not_written_over(project, tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("MINSHI_PROJECT", str(project))
    (tmp_path / "mine.xlsx").write_text("mine")
    words = ["export", "--to", "xlsx", "--table", "documents", "--out", str(tmp_path / "mine.xlsx")]
    assert cli.main(words) == 2 and "is there already: give --force" in capsys.readouterr().err
    assert (tmp_path / "mine.xlsx").read_text() == "mine"
    assert cli.main([*words, "--force"]) == 0
    assert openpyxl.load_workbook(tmp_path / "mine.xlsx").sheetnames == ["documents", "codebook"]
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "mine.txt").write_text("")
    assert cli.main(["export", "--to", "csv", "--out", str(tmp_path / "folder")]) == 2
    assert cli.main(["export", "--to", "xlsx", "--table", "taks"]) == 2
    assert cli.main(["export", "--to", "xlsx", "--excel"]) == 2
    assert [path.name for path in tmp_path.glob(".*")] == []


def test_what_a_workbook_cannot_hold_is_refused_and_nothing_is_left(project, tmp_path, monkeypatch):
    from minshi_analysis.tables import export as module

    monkeypatch.setattr(module, "_CELL", 30)
    with pytest.raises(ValueError, match="more than a cell holds"):
        export(project, "xlsx", tmp_path / "t.xlsx")
    assert list(tmp_path.iterdir()) == []


def test_the_page_of_the_tables_is_the_model(pytestconfig):
    page = (pytestconfig.rootpath / "docs" / "tables.md").read_text("utf-8")
    assert page == codebook.page(), "run `make docs`"
    assert all(f"\n## {name}\n" in page for name in TABLES)
