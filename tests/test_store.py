"""Tables on disk: whole or not at all, typed, described."""

from __future__ import annotations

import json

import pandas as pd
import pytest

from minshi_analysis import model
from minshi_analysis.tables import files as store


@pytest.fixture
def few():
    rows = {
        "funding_id": ["x/1"],
        "funder": ["total"],
        "amount_wan": [12.0],
        "doc_id": ["x"],
        "patched": [False],
    }
    return {"funding": model.conform("funding", pd.DataFrame(rows))}


def test_what_is_written_comes_back(tmp_path, tables):
    store.write_tables(tmp_path, tables)
    for name, table in tables.items():
        pd.testing.assert_frame_equal(store.read_valid(tmp_path, name), table)


def test_a_failed_write_leaves_the_last_good_tables(tmp_path, few, monkeypatch):
    store.write_tables(tmp_path, few)

    def full_disk(*args, **kwargs):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(store, "write_parquet", full_disk)
    with pytest.raises(OSError, match="No space left"):
        store.write_tables(tmp_path, few)
    assert store.read_table(tmp_path, "funding")["amount_wan"].tolist() == [12.0]
    assert [p.name for p in (tmp_path / "data").iterdir()] == ["tables"]


def test_csv_is_for_people(tmp_path, few):
    store.write_csv(few["funding"], tmp_path / "f.csv")
    assert (tmp_path / "f.csv").read_text("utf-8").splitlines()[1] == "x/1,total,,12,x,,,,False"


def test_the_data_package_describes_every_file(tmp_path, tables):
    store.write_tables(tmp_path, tables)
    package = json.loads((store.tables_folder(tmp_path) / "datapackage.json").read_text("utf-8"))
    for resource in package["resources"]:
        head = (store.tables_folder(tmp_path) / resource["path"]).read_text("utf-8").splitlines()[0]
        assert [field["name"] for field in resource["schema"]["fields"]] == head.split(",")


def test_tables_that_were_not_built(tmp_path):
    with pytest.raises(store.MissingTables, match="run `minshi build`"):
        store.read_table(tmp_path, "tasks")


def test_extracted_tables_do_not_overwrite_other_files(tmp_path, few):
    (tmp_path / "mine.txt").write_text("keep", "utf-8")
    with pytest.raises(ValueError, match="holds other files"):
        store.write_csvs(few, tmp_path)
    assert (tmp_path / "mine.txt").read_text("utf-8") == "keep"
