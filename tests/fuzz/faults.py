"""Faults on purpose: a fork that works until a step of a number of what it asks of the file system fails."""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Callable

__all__ = ["FULL", "KILLED", "OTHER", "faulty", "steps"]

KILLED, FULL, OTHER = 9, 28, 1
_ASKED = (
    "open",
    "os.rename",
    "os.mkdir",
    "os.remove",
    "os.rmdir",
    "os.link",
    "os.symlink",
    "shutil.rmtree",
    "os.truncate",
)


def _asks(event: str, arguments: tuple) -> bool:
    if event != "open":
        return event in _ASKED
    flags = arguments[2] if isinstance(arguments[2], int) else 0
    return bool(flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT)) and arguments[0] != os.devnull


def faulty(work: Callable[[], object], at: int, how: int) -> int:
    """The status of a fork that works until its step of a number fails; 0 where it had fewer steps.

    `FULL` where it ended with an error that names the full disk in one sentence; so do status codes that a command gives
    back once it has told of it.
    """
    child = os.fork()
    if child:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    count, me = 0, os.getpid()

    def watch(event: str, arguments: tuple) -> None:
        nonlocal count
        if os.getpid() != me or not _asks(event, arguments):
            return
        count += 1
        if count == at and how == KILLED:
            os._exit(KILLED)
        if count >= at and how == FULL and event in ("open", "os.mkdir"):
            raise OSError(28, "No space left on device", str(arguments[0]))

    status = OTHER
    try:
        sys.addaudithook(watch)
        done = work()
        status = FULL if isinstance(done, int) and done else 0
    except OSError as error:
        status = FULL if error.errno == 28 else OTHER
    except ValueError as error:
        status = FULL if "cannot be written (No space left" in str(error) else OTHER
    except BaseException:
        traceback.print_exc()
    finally:
        os._exit(status)


def steps(
    work: Callable[[int], Callable[[], object]], seen: Callable[[int], object], how: int, by: int = 1
) -> int:
    """Fail at every step in turn, or every so-many-th; how many were tried. `seen` is asked after each if all is well."""
    for tried, at in enumerate(range(1, 400, by)):
        status = faulty(work(at), at, how)
        assert status in (0, how), f"step {at} ended with {status}"
        seen(at)
        if status == 0:
            print(tried, "steps failed", how, work)
            return tried
    raise AssertionError("it has more steps than were tried")
