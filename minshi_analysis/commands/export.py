"""`minshi export`."""

from __future__ import annotations

import argparse
from pathlib import Path

from minshi_analysis.commands import common

HELP = "the tables → a workbook, a database, Parquet or CSV"
DESCRIPTION = (
    "Writes all tables, with a codebook of their columns, for Excel, SQLite, DuckDB or anything that reads Parquet or CSV. "
    "In files for spreadsheets no text is ever a formula (docs/tables.md says how)."
)
_TO = ("xlsx", "sqlite", "duckdb", "parquet", "csv")


def options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--to", choices=_TO, required=True)
    parser.add_argument("--out", type=Path, help="the file or, for parquet and csv, the folder")
    parser.add_argument("--table", action="append", metavar="NAME", help="only this table; may be said again")
    parser.add_argument(
        "--excel", action="store_true", help="CSV for a spreadsheet: byte order mark, no formulas"
    )
    parser.add_argument("--force", action="store_true", help="write over a file that is there")
    common.build_option(parser)
    common.output_options(parser)


def run(options: argparse.Namespace) -> int:
    from minshi_analysis.tables.export import export

    project = common.build_first(options)
    out = export(
        project, options.to, options.out, names=options.table, excel=options.excel, force=options.force
    )
    common.summary(options, f"→ {out}", written=str(out))
    return 0
