"""`minshi new`."""

from __future__ import annotations

import argparse
from pathlib import Path

from minshi_analysis.commands import common

HELP = "a project of one's own in a folder"
DESCRIPTION = (
    "Makes data/raw, data/corrections, the reference files with their heads, the notebooks, .gitignore, README, "
    "Makefile, a CI workflow, environment.yml and a lock. What is there is left alone: run it again to get back what "
    "you deleted."
)


def options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("folder", type=Path, metavar="FOLDER")
    common.output_options(parser)


def run(options: argparse.Namespace) -> int:
    from minshi_analysis.project.new import make

    written = make(options.folder, common.sayer(options))
    line = (
        f"next: `cd {options.folder}`, then `minshi add FILE`"
        if written
        else f"{options.folder} lacks nothing: nothing was written"
    )
    common.summary(options, line, folder=str(options.folder), written=[str(path) for path in written])
    return 0
