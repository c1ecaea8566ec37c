"""`minshi doctor`."""

from __future__ import annotations

import argparse
from dataclasses import asdict

from minshi_analysis.commands import common

HELP = "what is missing here, and what to do about it"
DESCRIPTION = (
    "Looks at Python, packages, font, kernel, project, documents, reference files, notebooks and tables, and names the "
    "remedy for what is not well. The status is 1 where something is wrong; an extra that is not installed is optional."
)


def options(parser: argparse.ArgumentParser) -> None:
    common.output_options(parser)


def run(options: argparse.Namespace) -> int:
    from minshi_analysis.project.doctor import examine

    found = examine()
    for each in found:
        if not (options.json or (options.quiet and each.state in ("ok", "optional"))):
            print(each)
    states = {
        state: sum(each.state == state for each in found) for state in ("ok", "optional", "missing", "wrong")
    }
    line = ", ".join(f"{count} {state}" for state, count in states.items())
    common.summary(options, line, **states, findings=[asdict(each) for each in found])
    return 1 if states["wrong"] else 0
