"""`minshi build`."""

from __future__ import annotations

import argparse

from minshi_analysis.commands import common

HELP = "the catalogued documents → data/tables"


def options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--check", action="store_true", help="compare with the committed CSV files, write nothing"
    )
    parser.add_argument("--if-needed", action="store_true", help="do nothing where nothing has changed")
    parser.add_argument(
        "--force", action="store_true", help="read every document again, even those that are as they were"
    )
    common.worker_options(parser, "documents read at once (default: one up to 20 documents, then cores)")
    common.limit_options(parser)
    common.output_options(parser)


def run(options: argparse.Namespace) -> int:
    from minshi_analysis import catalogue
    from minshi_analysis.tables import build

    project = catalogue.find_project()
    if options.if_needed and not options.force and build.is_current(project):
        common.summary(options, "data/tables is up to date", built=False)
        return 0
    where = common.extract_where(options) | {"force": options.force}
    try:
        if options.check:
            differences = build.compare(project, **where)
            say = common.sayer(options)
            for line in differences:
                say(line)
            if options.json:
                common.summary(options, "", differences=differences)
            return 1 if differences else 0
        made = build.build(project, common.sayer(options), **where)
    except build.LostDocument as error:
        return common.refused(options, str(error), 1)
    counts = {name: len(table) for name, table in made.tables.items()}
    common.summary(
        options,
        f"{len(counts)} tables, {sum(counts.values())} rows → data/tables; "
        f"{made.read} document{'s' * (made.read != 1)} read, {made.kept} as they were",
        built=True,
        read=made.read,
        kept=made.kept,
        documents=counts["documents"],
        rows=counts,
        not_understood={doc: len(parts) for doc, parts in made.unread.items()},
    )
    return 0
