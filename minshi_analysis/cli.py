"""The command line: parses, calls, prints. Each command is a module of `commands`."""

from __future__ import annotations

import argparse
import contextlib
import difflib
import errno
import importlib
import io
import os
import sys
from pathlib import Path
from typing import Any

from minshi_analysis import commands
from minshi_analysis.commands import common

__all__ = ["main", "parser"]


def main(argv: list[str] | None = None) -> int:
    """Run a command; 0 done, 1 something failed, 2 bad input (one sentence on standard error says what)."""
    _speak()
    options = parser().parse_args(argv)
    try:
        return options.run(options)
    except KeyboardInterrupt:
        print("minshi: stopped", file=sys.stderr)
        return 130
    except ModuleNotFoundError as error:
        if (said := common.brought(error.name)) is None or options.verbose:
            raise
        return common.refused(options, said)
    except OSError as error:
        if options.verbose:
            raise
        return common.refused(options, _of_the_disk(error))
    except ValueError as error:
        if options.verbose:
            raise
        return common.refused(options, str(error))


def _of_the_disk(error: OSError) -> str:
    """What a file or folder refused, and the next step; a file half written is called by its folder, which is what a person knows."""
    where = Path(str(error.filename)) if error.filename else None
    if where is not None and where.name.startswith("."):
        where = where.parent
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        at = f" for {where}" if where else ""
        return f"no room is left on the disk{at}: free some and run this again; what was there before is as it was"
    return f"{where}: {error.strerror}; check the path" if where else str(error)


def _speak() -> None:
    """Print under any encoding: what a terminal cannot show is written as an escape, not refused."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    out = sys.stdout
    if out is sys.__stdout__ and isinstance(out, io.TextIOWrapper):
        raw = _Unheard(out.fileno(), "w", closefd=False)
        sys.stdout = io.TextIOWrapper(
            io.BufferedWriter(raw), out.encoding, "backslashreplace", line_buffering=True
        )


class _Unheard(io.FileIO):
    """Standard output that goes on where nobody listens any more, as behind `| head -1`: the work is done all the same."""

    def write(self, data: Any, /) -> int:
        try:
            return super().write(data)
        except BrokenPipeError:
            with contextlib.suppress(OSError):
                os.dup2(os.open(os.devnull, os.O_WRONLY), self.fileno())
            return len(data)


class _Parser(argparse.ArgumentParser):
    """Says what a mistyped command or option may have meant."""

    def parse_known_args(self, args=None, namespace=None):
        found, unknown = super().parse_known_args(args, namespace)
        if unknown:  # said here, by the command's own parser, which knows its options
            self.error(f"unrecognized arguments: {' '.join(unknown)}")
        return found, unknown

    def error(self, message: str):
        mistyped, known = None, []
        for action in self._actions:
            if isinstance(action, argparse._SubParsersAction) and "invalid choice: '" in message:
                mistyped, known = (
                    message.partition("invalid choice: '")[2].partition("'")[0],
                    [*action.choices],
                )
        if message.startswith("unrecognized arguments: -"):
            mistyped = message.partition(": ")[2].split()[0]
            known = [word for action in self._actions for word in action.option_strings]
        near = difflib.get_close_matches(mistyped, known, n=1) if mistyped else []
        if mistyped and not mistyped.startswith("-"):
            message = f"there is no command {mistyped}"
            message += "" if near else f"; there are {', '.join(known)}"
        if message.startswith("the following arguments are required: "):
            message = f"say {message.partition(': ')[2]}"
        if near:
            message += f": did you mean {near[0]}?"
        elif "there are " not in message:
            message += f"; `{self.prog} --help` says more"
        self.exit(2, f"{self.prog}: {message}\n")


def parser() -> argparse.ArgumentParser:
    """The parser of the whole command line."""
    from minshi_analysis import __version__

    main = _Parser(prog="minshi", description="民生实事 documents as tidy tables, and reports on them")
    main.add_argument("--version", action="version", version=f"minshi {__version__}")
    below = main.add_subparsers(required=True, metavar="COMMAND", parser_class=_Parser)
    for name in commands.NAMES:
        module = importlib.import_module(f"minshi_analysis.commands.{name}")
        own = below.add_parser(
            name,
            help=module.HELP,
            description=getattr(module, "DESCRIPTION", module.HELP),
            allow_abbrev=False,
        )
        module.options(own)
        own.add_argument("-v", "--verbose", action="store_true", help="show where an error comes from")
        own.set_defaults(run=module.run)
    return main


if __name__ == "__main__":
    sys.exit(main())
