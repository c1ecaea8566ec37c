"""The command line: parses, calls, prints. Every command is a function that a notebook can call too."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

__all__ = ["main"]


def main(argv: list[str] | None = None) -> int:
    """Run a command; 0 done, 1 something failed, 2 bad input (one sentence on standard error says what)."""
    options = _parser().parse_args(argv)
    try:
        return options.run(options)
    except BrokenPipeError:
        sys.stderr.close()
        return 0
    except KeyboardInterrupt:
        print("minshi: stopped", file=sys.stderr)
        return 130
    except OSError as error:
        said = f"{error.filename}: {error.strerror}; check the path" if error.filename else str(error)
        print(f"minshi: {said}", file=sys.stderr)
        return 2
    except ValueError as error:
        print(f"minshi: {error}", file=sys.stderr)
        return 2


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="minshi", description="民生实事 documents as tidy tables, and reports on them"
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    build = commands.add_parser("build", help="the catalogued documents → data/tables")
    build.add_argument(
        "--check", action="store_true", help="compare with the committed CSV files, write nothing"
    )
    build.add_argument("--if-needed", action="store_true", help="do nothing where nothing has changed")
    _worker_options(build, "documents read at once (default: one up to 20 documents, then cores)")
    _limit_options(build)
    build.set_defaults(run=_build)

    extract = commands.add_parser(
        "extract",
        help="the tables of any documents → CSV files",
        description="One FILE gives its tables as CSV files, with columns the model has no place for in tasks.csv. "
        "Several files, or a folder (its .txt .md .html .htm .mhtml .docx .xlsx .pdf, and those of the folders in it), "
        "give one CSV a table over all of them, told apart by doc_id, those columns as extras.csv, and failed.csv: "
        "which files could not be read, and why. The status is 1 where some could not be read, 2 where none could. "
        "A process holds one document at a time (see docs/readers.md for how large one may be); rows wait on disk.",
    )
    extract.add_argument(
        "files", type=Path, nargs="+", metavar="FILE", help="a document, or a folder of them"
    )
    extract.add_argument("--out", type=Path, help="folder for one CSV a table, and unread.csv")
    extract.add_argument(
        "--sheet",
        type=Path,
        metavar="HTML",
        help="of one FILE: the page with every figure marked, to check it by",
    )
    _document_options(extract)
    _worker_options(extract, "documents read at once (default: cores, as far as memory allows)")
    _limit_options(extract)
    extract.set_defaults(run=_extract)

    add = commands.add_parser("add", help="put a document into the catalogue")
    add.add_argument("file", type=Path)
    add.add_argument("--id", dest="doc_id", help="its id (default: from the file's name)")
    _document_options(add)
    add.set_defaults(run=_add)

    report = commands.add_parser("report", help="the tables → reports")
    report.add_argument("--all", action="store_true", help="every report there is")
    report.add_argument("--region")
    report.add_argument("--year")
    report.add_argument("--doc", metavar="DOC_ID")
    report.add_argument("--out", type=Path, help="folder (default: reports)")
    report.add_argument("--force", action="store_true", help="make again what is up to date")
    report.add_argument("--dry-run", action="store_true", help="say what would be made")
    report.add_argument("--why", metavar="REPORT", help="say why a report would be made")
    report.add_argument("--check", action="store_true", help="make all again elsewhere and compare the bytes")
    report.add_argument("--timeout", type=float, metavar="SECONDS", help="for a notebook")
    _worker_options(report, "kernels at once (default: one more than cores, as far as memory allows)")
    report.set_defaults(run=_report)

    lab = commands.add_parser(
        "lab",
        help="JupyterLab in the project, with the tutorial open",
        description="Brings the tables up to date, then opens JupyterLab. What stands behind -- goes to JupyterLab.",
    )
    lab.add_argument("arguments", nargs="*", metavar="-- OPTION", help="an option of JupyterLab")
    lab.set_defaults(run=_lab)

    audit = commands.add_parser("audit", help="what the documents say against what they add up to")
    audit.add_argument("--format", choices=("text", "csv"), default="text")
    audit.set_defaults(run=_audit)

    trace = commands.add_parser("trace", help="the printed source of a value")
    trace.add_argument("id")
    trace.set_defaults(run=_trace)

    query = commands.add_parser("query", help="SQL (DuckDB) over the tables")
    query.add_argument("sql")
    query.add_argument("--format", choices=("table", "csv"), default="table")
    query.set_defaults(run=_query)
    return parser


def _document_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--region", help="name or code, where the document does not say it")
    parser.add_argument("--year", type=int)
    parser.add_argument("--kind", help="plan, progress, completion, five_year_plan or review")


def _worker_options(parser: argparse.ArgumentParser, what: str) -> None:
    where = parser.add_mutually_exclusive_group()
    where.add_argument("--workers", type=_at_least_one, metavar="N", help=what)
    where.add_argument(
        "--scheduler", metavar="ADDRESS", help="a Dask scheduler to send the work to, such as tcp://host:8786"
    )


def _limit_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--limit-memory", type=_at_least_one, metavar="MB", help="memory for one document (default: 4000)"
    )
    parser.add_argument(
        "--limit-time", type=_at_least_one, metavar="SECONDS", help="time for one document (default: 600)"
    )


def _limits(options):
    from minshi_analysis.workers.limits import Limits

    given = {"memory": options.limit_memory, "seconds": options.limit_time}
    return Limits(**{name: value for name, value in given.items() if value})


def _at_least_one(said: str) -> int:
    if not said.isdecimal() or int(said) < 1:
        raise argparse.ArgumentTypeError(f"{said!r} is not a whole number of 1 or more")
    return int(said)


def _build(options) -> int:
    from minshi_analysis import catalogue
    from minshi_analysis.tables import build

    project = catalogue.find_project()
    if options.if_needed and build.is_current(project):
        print("data/tables is up to date")
        return 0
    where = {"workers": options.workers, "scheduler": options.scheduler, "limits": _limits(options)}
    try:
        if options.check:
            differences = build.compare(project, **where)
            for line in differences:
                print(line)
            return 1 if differences else 0
        made = build.build(project, _say, **where)
    except build.LostDocument as error:
        print(f"minshi: {error}", file=sys.stderr)
        return 1
    rows = sum(map(len, made.tables.values()))
    print(f"{len(made.tables)} tables, {rows} rows → data/tables")
    return 0


def _say(line: str) -> None:
    """A line on standard output, above the bar that may stand on the terminal."""
    from tqdm import tqdm

    tqdm.write(line)


def _extract(options) -> int:
    from minshi_analysis.intake.many import read_apart
    from minshi_analysis.tables import files as store

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
        return _extract_many(options, known)
    reading = read_apart(options.files[0], _limits(options), **known)
    if options.sheet is not None:
        from minshi_analysis.account.sheet import sheet_of

        sheet_of(reading).save(options.sheet)
    if options.out is not None:
        store.write_csvs(reading.tables, options.out)
    print("\n".join(reading.found))
    print(reading.ledger.told())
    for name, table in reading.tables.items():
        if len(table) or name == "unread":
            print(f"{name}: {len(table)} row{'s' * (len(table) != 1)}")
    print("\n".join(f"→ {place}" for place in (options.out, options.sheet) if place))
    return 0


def _extract_many(options, known: dict) -> int:
    from minshi_analysis.intake import many as extracting

    files, left_out = extracting.documents_in(options.files)
    for line in left_out:
        print(line)
    where = {"workers": options.workers, "scheduler": options.scheduler, "limits": _limits(options)}
    done = extracting.extract_files(files, options.out, **known, **where, say=_say)
    print(
        f"{done.read} of {len(files)} documents read: {done.rows} rows, {done.unread} parts not understood → {options.out}"
    )
    for path, reason in done.failed.items():
        print(f"  not read: {path}: {reason}")
    return 1 if done.failed else 0


def _add(options) -> int:
    from minshi_analysis import catalogue
    from minshi_analysis.intake import adding

    path = adding.add(
        options.file,
        catalogue.find_project(),
        doc_id=options.doc_id,
        region=options.region,
        year=options.year,
        kind=options.kind,
        say=print,
    )
    print(f"{path} written: check the fields under `confirm`, delete that line, then run `minshi build`")
    return 0


def _report(options) -> int:
    from minshi_analysis.reports import command

    if not any((options.all, options.region, options.year, options.doc, options.why, options.check)):
        raise ValueError("say which reports: --all, or --region, --year or --doc")
    given = {key: value for key, value in vars(options).items() if key != "run" and value is not None}
    return command.run(**given)


def _lab(options) -> int:
    from minshi_analysis import catalogue, lab
    from minshi_analysis.tables import build

    project = catalogue.find_project()
    try:
        if not build.is_current(project):
            build.build(project, _say)
    except (ValueError, build.LostDocument) as error:  # a notebook may be the place to look into it
        print(f"minshi: {error}; JupyterLab opens with the tables there are", file=sys.stderr)
    return lab.open_lab(project, options.arguments)


def _audit(options) -> int:
    from minshi_analysis.audit import command

    return command.run_audit(options.format)


def _trace(options) -> int:
    from minshi_analysis.audit import command

    return command.run_trace(options.id)


def _query(options) -> int:
    from minshi_analysis import catalogue
    from minshi_analysis.tables.query import query

    rows = query(catalogue.find_project(), options.sql)
    if options.format == "csv":
        print(rows.to_csv(index=False), end="")
    elif rows.empty:
        print("  ".join(rows.columns), "0 rows", sep="\n")
    else:
        print(rows.to_string(index=False))
    return 0


if __name__ == "__main__":
    sys.exit(main())
