"""A query reads the tables and does nothing else."""

from __future__ import annotations

import pytest

from minshi_analysis.tables.query import query


@pytest.mark.parametrize(
    ("sql", "said"),
    [
        ("COPY tasks TO '{out}'", "a query only reads"),
        ("EXPORT DATABASE '{out}'", "a query only reads"),
        ("ATTACH '{out}'", "a query only reads"),
        ("INSTALL httpfs", "a query only reads"),
        ("SET enable_external_access = true", "a query only reads"),
        ("CREATE TABLE mine AS SELECT 1", "a query only reads"),
        ("DELETE FROM tasks", "a query only reads"),
        ("SELECT * FROM read_csv('{secret}')", "file system operations are disabled"),
        ("SELECT * FROM read_text('{secret}')", "file system operations are disabled"),
        ("SELECT * FROM '{secret}'", "cannot be answered"),
        ("SELECT * FROM glob('*')", "file system operations are disabled"),
        ("SELECT * FROM rows", "does not exist"),
        ("SELECT 1; SELECT 2", "is 2 statements"),
        ("", "is empty"),
        ("SELECT * FROM task", 'Did you mean "tasks"'),
    ],
)
def test_what_is_more_than_reading_is_refused(project, tmp_path, sql, said):
    secret = tmp_path / "secret.csv"
    secret.write_text("a\n1\n", "utf-8")
    with pytest.raises(ValueError, match=said) as error:
        query(project, sql.format(out=tmp_path / "out", secret=secret))
    assert "\n" not in str(error.value)
    assert [path.name for path in tmp_path.iterdir()] == ["secret.csv"]


def test_values_are_those_of_the_table(project, tables):
    rows = query(project, "SELECT target_id, value FROM targets WHERE doc_id = 'wenzhou-2022-plan'")
    own = tables["targets"].query("doc_id == 'wenzhou-2022-plan'")
    assert rows["value"].fillna(-1).tolist() == own["value"].fillna(-1).tolist()
