"""`minshi audit`."""

from __future__ import annotations

import argparse

from minshi_analysis.commands import common

HELP = "what the documents say against what they add up to"


def options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--format", choices=("text", "csv"), default="text")
    parser.add_argument("--doc", metavar="DOC_ID", help="only what was found of one document")
    common.build_option(parser)
    common.output_options(parser)


def run(options: argparse.Namespace) -> int:
    from minshi_analysis.audit import command

    format = "json" if options.json else "quiet" if options.quiet else options.format
    return command.run_audit(format, doc_id=options.doc, project=common.build_first(options))
