"""`minshi report`."""

from __future__ import annotations

import argparse
from pathlib import Path

from minshi_analysis.commands import common

HELP = "the tables → reports"


def options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--all", action="store_true", help="every report there is")
    parser.add_argument("--region")
    parser.add_argument("--year")
    parser.add_argument("--doc", metavar="DOC_ID")
    parser.add_argument("--lang", choices=("zh", "en"), help="language of the reports (default: zh)")
    parser.add_argument("--out", type=Path, help="folder (default: reports)")
    parser.add_argument("--force", action="store_true", help="make again what is up to date")
    parser.add_argument("--dry-run", action="store_true", help="say what would be made")
    parser.add_argument("--why", metavar="REPORT", help="say why a report would be made")
    parser.add_argument("--check", action="store_true", help="make all again elsewhere and compare the bytes")
    parser.add_argument("--timeout", type=common.seconds, metavar="SECONDS", help="for a notebook")
    parser.add_argument("--names", action="store_true", help="show officials' names on pages of sources")
    common.build_option(parser)
    common.worker_options(parser, "kernels at once (default: one more than cores, as far as memory allows)")
    common.output_options(parser)


def run(options: argparse.Namespace) -> int:
    from minshi_analysis.reports import command

    if not any((options.all, options.region, options.year, options.doc, options.why, options.check)):
        raise ValueError("say which reports: --all, or --region, --year or --doc")
    if not (options.dry_run or options.why):
        common.needs("reports")
    project = common.build_first(options, refuse=True)
    passed = (
        "all",
        "region",
        "year",
        "doc",
        "lang",
        "out",
        "force",
        "dry_run",
        "why",
        "check",
        "timeout",
        "names",
    )
    given = {name: getattr(options, name) for name in (*passed, "workers", "scheduler", "quiet", "json")}
    return command.run(project=project, **{name: value for name, value in given.items() if value is not None})
