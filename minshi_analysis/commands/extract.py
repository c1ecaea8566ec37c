"""`minshi extract`."""

from __future__ import annotations

import argparse
from pathlib import Path

from minshi_analysis.commands import common

HELP = "the tables of any documents → CSV files"
DESCRIPTION = (
    "One FILE gives its tables as CSV files, with columns the model has no place for in tasks.csv. "
    "Several files, or a folder (its .txt .md .html .htm .mhtml .mht .docx .xlsx .xls .pdf, and those of the folders in it), "
    "give one CSV a table over all of them, told apart by doc_id, those columns as extras.csv, and failed.csv: "
    "which files could not be read, and why. The status is 1 where some could not be read, 2 where none could. "
    "A process holds one document at a time (see docs/readers.md for how large one may be); rows wait on disk."
)


def options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("files", type=Path, nargs="+", metavar="FILE", help="a document, or a folder of them")
    parser.add_argument("--out", type=Path, help="folder for one CSV a table, and unread.csv")
    parser.add_argument(
        "--sheet",
        type=Path,
        metavar="HTML",
        help="of one FILE: the page with every figure marked, to check it by",
    )
    common.document_options(parser)
    common.worker_options(parser, "documents read at once (default: cores, as far as memory allows)")
    common.limit_options(parser)
    common.output_options(parser)


def run(options: argparse.Namespace) -> int:
    if options.out is None and options.sheet is None:
        raise ValueError(
            "say where to: --out FOLDER for the tables, --sheet FILE for the page to check them by"
        )
    known = {"region": options.region, "year": options.year, "kind": options.kind}
    if len(options.files) > 1 or options.files[0].is_dir() or options.scheduler:
        if options.sheet is not None:
            raise ValueError(
                "--sheet is for one document read on this machine: give one FILE, no --scheduler"
            )
        return _many(options, known)
    return _one(options, known)


def _one(options: argparse.Namespace, known: dict) -> int:
    from minshi_analysis.intake.many import read_apart
    from minshi_analysis.tables import files as store

    say = common.sayer(options)
    reading = read_apart(options.files[0], common.extract_where(options)["limits"], **known)
    if options.sheet is not None:
        from minshi_analysis.account.sheet import sheet_of

        sheet_of(reading).save(options.sheet)
    if options.out is not None:
        store.write_csvs(reading.tables, options.out)
    for line in (*_uncorrected(options.files[0]), *reading.found, reading.ledger.told()):
        say(line)
    rows = {name: len(table) for name, table in reading.tables.items()}
    for name, count in rows.items():
        if count or name == "unread":
            say(f"{name}: {count} row{'s' * (count != 1)}")
    places = [str(place) for place in (options.out, options.sheet) if place]
    common.summary(options, "\n".join(f"→ {place}" for place in places), rows=rows, written=places)
    return 0


def _uncorrected(file: Path) -> list[str]:
    """A line where the file has declared corrections, which an extraction knows nothing of."""
    from minshi_analysis.catalogue import CatalogueError, find_project
    from minshi_analysis.intake.adding import catalogued

    try:
        project = find_project(file.resolve().parent)
    except CatalogueError:
        return []
    known = catalogued(file, project)
    if known is None or not (project / "data" / "corrections" / f"{known.doc_id}.toml").is_file():
        return []
    return [
        f"{file.name} is in the catalogue as {known.doc_id}: it is read as printed here, its corrections are for "
        "`minshi build` and `minshi add FILE --sheet HTML`"
    ]


def _many(options: argparse.Namespace, known: dict) -> int:
    from minshi_analysis.intake import many

    say = common.sayer(options)
    files, left_out = many.documents_in(options.files)
    for line in left_out:
        say(line)
    done = many.extract_files(files, options.out, **known, **common.extract_where(options), say=say)
    failed = {str(path): reason for path, reason in done.failed.items()}
    lines = [
        f"{done.read} of {len(files)} documents read: {done.rows} rows, {done.unread} parts not understood → {options.out}"
    ]
    lines += [f"  not read: {path}: {reason}" for path, reason in failed.items()]
    common.summary(
        options,
        "\n".join(lines),
        read=done.read,
        rows=done.rows,
        not_understood=done.unread,
        failed=failed,
        written=[str(options.out)],
    )
    return 1 if failed else 0
