"""Where processes come from: one warm forkserver where the system forks safely, else fresh interpreters."""

from __future__ import annotations

import contextlib
import multiprocessing
import multiprocessing.forkserver
import multiprocessing.resource_tracker
import os
import signal
import sys
from collections.abc import Iterator, Mapping
from multiprocessing.context import BaseContext
from pathlib import Path

__all__ = [
    "end_group",
    "environment",
    "fork_context",
    "near_context",
    "peak_memory",
    "process_context",
    "reproducible_environment",
]

# Sums depend on the number of threads, the order of sets on the hash seed, figures on the user's matplotlibrc.
REPRODUCIBLE = {
    "MATPLOTLIBRC": str(Path(__file__).parent / "matplotlibrc"),
    "MPLBACKEND": "module://matplotlib_inline.backend_inline",  # as ipykernel has it
    "PYTHONHASHSEED": "0",
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "PYDEVD_DISABLE_FILE_VALIDATION": "1",
    "JUPYTER_PLATFORM_DIRS": "1",
    "SOURCE_DATE_EPOCH": "0",
    "TZ": "UTC",
}


def reproducible_environment(base: Mapping[str, str]) -> dict[str, str]:
    """An environment in which the same code gives the same bytes; what the user set of it stays.

    Examples
    --------
    >>> reproducible_environment({"SOURCE_DATE_EPOCH": "86400"})["SOURCE_DATE_EPOCH"]
    '86400'
    """
    return {**base, **REPRODUCIBLE, **{key: base[key] for key in ("SOURCE_DATE_EPOCH",) if key in base}}


def fork_context() -> BaseContext | None:
    """The forkserver, or None where a fork is not to be had.

    macOS has it but its system libraries do not survive it; a daemonic process (a Dask worker under its nanny)
    may have no children of this kind.
    """
    if not sys.platform.startswith("linux") or "forkserver" not in multiprocessing.get_all_start_methods():
        return None
    if multiprocessing.current_process().daemon or os.environ.get("MINSHI_COLD"):
        return None
    context = multiprocessing.get_context("forkserver")
    if _share_server():
        return context
    context.set_forkserver_preload(["minshi_analysis.workers.preload"])
    with environment(reproducible_environment(os.environ)):
        multiprocessing.forkserver.ensure_running()
    return context


def _share_server() -> bool:
    """In a process that the forkserver made, have further ones made by the same server.

    That is what `multiprocessing` says it does, and it hands the server's address and pipe down for it; but its
    check whether the server runs knows only a server of one's own, and starts another, with three seconds of
    imports. Where these names are not as they are now, that other server is started, and all is only slower.
    """
    server = getattr(multiprocessing.forkserver, "_forkserver", None)
    inherited = all(
        getattr(server, name, b"") is not None
        for name in ("_forkserver_address", "_forkserver_alive_fd", "_forkserver_authkey")
    )
    if server is None or not inherited or getattr(server, "_forkserver_pid", 0) is not None:
        return False
    server.ensure_running = multiprocessing.resource_tracker.ensure_running
    return True


def process_context() -> BaseContext:
    """Where worker processes come from: the forkserver, or fresh interpreters."""
    return fork_context() or multiprocessing.get_context("spawn")


def near_context() -> BaseContext:
    """Where a single process is soonest had: a fork of this one, with all that it has imported."""
    if not sys.platform.startswith("linux"):
        return multiprocessing.get_context("spawn")
    return multiprocessing.get_context("fork")


@contextlib.contextmanager
def environment(values: Mapping[str, str]) -> Iterator[None]:
    """Environment variables for a while: what a forkserver inherits at its start, there is no argument for it."""
    before = {key: os.environ.get(key) for key in values}
    os.environ.update(values)
    try:
        yield
    finally:
        for key, value in before.items():
            if value is None:
                del os.environ[key]
            else:
                os.environ[key] = value


def end_group(pid: int) -> None:
    """End a process and what it has started, at once, where systems have such groups; else the process alone."""
    with contextlib.suppress(OSError):
        if hasattr(os, "killpg"):
            os.killpg(pid, signal.SIGKILL)
        else:
            os.kill(pid, signal.SIGTERM)


def peak_memory(pid: int | str) -> int | None:
    """The most memory, in bytes, that a process ("self" for one's own) has had, where the system tells."""
    try:
        status = Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return None
    lines = [line for line in status.splitlines() if line.startswith("VmHWM:")]
    return int(lines[0].split()[1]) * 1024 if lines else None
