"""`minshi lab`."""

from __future__ import annotations

import argparse
import sys

HELP = "JupyterLab in the project, with the tutorial open"
DESCRIPTION = "Brings the tables up to date, then opens JupyterLab. What stands behind -- goes to JupyterLab."


def options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("arguments", nargs="*", metavar="-- OPTION", help="an option of JupyterLab")


def run(options: argparse.Namespace) -> int:
    from minshi_analysis import catalogue, lab
    from minshi_analysis.tables import build

    project = catalogue.find_project()
    try:
        if not build.is_current(project):
            build.build(project, print)
    except (ValueError, build.LostDocument) as error:  # a notebook may be the place to look into it
        print(f"minshi: {error}; JupyterLab opens with the tables there are", file=sys.stderr)
    return lab.open_lab(project, options.arguments)
