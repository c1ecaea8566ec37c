"""What work takes, with all that it starts: seconds of the processor and of the clock, and memory.

A command leaves processes behind that nobody waits for, such as a server of forks; here they are adopted (Linux) and
waited for, so that what they took is counted too.
"""

from __future__ import annotations

import contextlib
import ctypes
import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import astuple, dataclass
from pathlib import Path

__all__ = ["Spent", "python_of", "spent", "timed"]

ORPHANS = 36  # PR_SET_CHILD_SUBREAPER


@dataclass(frozen=True, slots=True)
class Spent:
    """Seconds of the processor and of the clock, and the memory of the largest process so far in MB."""

    processor: float
    clock: float
    memory: float


def python_of(checkout: Path) -> str:
    """The interpreter of a checkout's own environment, or this one."""
    own = checkout.resolve() / ".venv" / "bin" / "python"
    return str(own if own.exists() else sys.executable)


def timed(work: Callable[[], object]) -> Spent:
    """What the processes that a piece of work starts take, to the end of the last of them; the clock stops before that."""
    if sys.platform.startswith("linux"):
        ctypes.CDLL(None).prctl(ORPHANS, 1, 0, 0, 0)
    before, began = _used(), time.perf_counter()
    work()
    clock = time.perf_counter() - began
    with contextlib.suppress(ChildProcessError):
        while True:
            os.wait()
    memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    return Spent(_used() - before, clock, memory)


def _used() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def spent(argv: list[str], folder: Path) -> Spent:
    """What a command takes in a folder, measured in a process that has no other children."""
    done = subprocess.run([sys.executable, __file__, *argv], cwd=folder, capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(f"{' '.join(argv)} in {folder} ended with {done.returncode}: {done.stderr[-2000:]}")
    return Spent(*json.loads(done.stdout.splitlines()[-1]))


def _main(argv: list[str]) -> None:
    ran: list[int] = []
    took = timed(lambda: ran.append(subprocess.run(argv, stdout=subprocess.DEVNULL).returncode))
    print(json.dumps(astuple(took)))
    sys.exit(ran[0])


if __name__ == "__main__":
    _main(sys.argv[1:])
