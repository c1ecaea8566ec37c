"""`minshi completion`."""

from __future__ import annotations

import argparse

HELP = "a script that completes commands in a shell"
SHELLS = ("bash", "zsh", "tcsh")


def options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("shell", choices=SHELLS)


def run(options: argparse.Namespace) -> int:
    import shtab

    from minshi_analysis.cli import parser

    print(shtab.complete(parser(), options.shell))
    return 0
