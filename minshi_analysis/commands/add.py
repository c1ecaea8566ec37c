"""`minshi add`."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from minshi_analysis.commands import common

HELP = "put documents into the catalogue"
DESCRIPTION = (
    "Copies each document into data/raw and writes beside it, as TOML, what it says of itself. What was found and not "
    "given is to be confirmed (`minshi confirm`); with --yes it is taken where it is sure. A folder means the documents "
    "in it and below. What is in the catalogue already is left alone. In a folder that is no project yet, data/raw is made."
)


def options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("files", type=Path, nargs="+", metavar="FILE", help="a document, or a folder of them")
    parser.add_argument("--id", dest="doc_id", help="its id (default: from the file's name)")
    parser.add_argument("--yes", action="store_true", help="take what was found, where it is sure")
    parser.add_argument(
        "--sheet",
        type=Path,
        metavar="HTML",
        help="of one FILE: also the page with every figure marked; of one in the catalogue as its corrections leave it",
    )
    common.document_options(parser)
    common.output_options(parser)


def run(options: argparse.Namespace) -> int:
    from minshi_analysis.intake import adding, many
    from minshi_analysis.workers.crew import watched

    say = common.sayer(options)
    project = adding.project_for(Path.cwd(), say)
    files, left_out = many.documents_in(options.files)
    one = len(files) == 1 and not options.files[0].is_dir()
    if options.doc_id and not one:
        raise ValueError(f"--id is for one document, and these are {len(files)}: add it alone")
    if options.sheet and not one:
        raise ValueError(f"--sheet is for one document, and these are {len(files)}: add it alone")
    for line in left_out:
        say(line)
    known = {"region": options.region, "year": options.year, "kind": options.kind, "doc_id": options.doc_id}
    done, failed, written = [], {}, []
    if options.sheet:
        added, page = _with_sheet(files[0], options, project, known, say)
        written.append(str(page))
        done, files = [added], []
    for file in watched(files, len(files)):
        try:
            done.append(adding.add(file, project, yes=options.yes, say=say, **known))
        except (ValueError, OSError) as error:
            if one:
                raise
            failed[str(file)] = str(error)
            print(f"minshi: {file}: {error}", file=sys.stderr)
    open_ones = [added.doc_id for added in done if added.confirm]
    common.summary(
        options,
        _end(len(done), open_ones),
        added=[added.doc_id for added in done if added.new],
        to_confirm={added.doc_id: list(added.confirm) for added in done if added.confirm},
        failed=failed,
        written=written,
    )
    return (1 if done else 2) if failed else 0


def _with_sheet(file: Path, options: argparse.Namespace, project: Path, known: dict, say):
    """Add a document and write its reading sheet; where there can be no sheet, nothing is added."""
    from minshi_analysis import catalogue
    from minshi_analysis.account.sheet import in_folder, sheet_of
    from minshi_analysis.intake import adding
    from minshi_analysis.intake.many import read_apart
    from minshi_analysis.intake.reader import read_catalogued

    in_folder(options.sheet)
    given = {name: value for name, value in known.items() if name != "doc_id"}
    reading = None if adding.catalogued(file, project) else read_apart(file, **given)
    added = adding.add(file, project, yes=options.yes, say=say, **known)
    if not added.confirm:
        reading = read_catalogued(catalogue.known(project, added.doc_id))
    elif reading is None or reading.tables["documents"]["doc_id"].iloc[0] != added.doc_id:
        reading = read_apart(file, **(known | {"doc_id": added.doc_id}))
    page = sheet_of(reading).save(options.sheet)
    say(f"every figure of it, marked: {page}")
    return added, page


def _end(count: int, open_ones: list[str]) -> str:
    if not count:
        return "nothing was added"
    if not open_ones:
        return "next: `minshi build`"
    which = open_ones[0] if len(open_ones) == 1 else ""
    return (
        f"next: `minshi confirm {which}".rstrip()
        + "` (what was found is not yet confirmed), then `minshi build`"
    )
