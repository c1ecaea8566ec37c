"""`minshi trace`."""

from __future__ import annotations

import argparse

from minshi_analysis.commands import common

HELP = "the printed source of a value"


def options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("id", help="of any table, such as a target_id; several joined by |")
    common.build_option(parser)
    common.output_options(parser)


def run(options: argparse.Namespace) -> int:
    from minshi_analysis.audit import command

    format = "json" if options.json else "quiet" if options.quiet else "text"
    return command.run_trace(options.id, format, project=common.build_first(options))
