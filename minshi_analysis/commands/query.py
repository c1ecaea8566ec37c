"""`minshi query`."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from minshi_analysis.commands import common

HELP = "SQL (DuckDB) over the tables"
FORMATS = ("table", "csv", "json", "parquet")


def options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("sql", help='one statement that reads, such as "SELECT * FROM targets"')
    how = parser.add_mutually_exclusive_group()
    how.add_argument("--format", choices=FORMATS, default="table")
    how.add_argument("--json", action="store_const", const="json", dest="format", help="as --format json")
    parser.add_argument("--out", type=Path, metavar="FILE", help="write the rows here")
    common.build_option(parser)


def run(options: argparse.Namespace) -> int:
    from minshi_analysis.tables.query import query, shown

    rows = query(common.build_first(options), options.sql)
    data = shown(rows, options.format)
    if options.out is not None:
        from minshi_analysis.tables.files import write_file

        write_file(options.out, data)
    elif options.format == "parquet" and sys.stdout.isatty():
        raise ValueError("Parquet is not for a terminal: give --out FILE")
    elif options.format == "parquet":
        sys.stdout.buffer.write(data)
    else:
        print(data.decode(), end="")
    return 0
