"""How much memory and time one document may take: a file from the open web must not take the whole machine."""

from __future__ import annotations

import contextlib
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

__all__ = ["Limits", "limited", "told"]


@dataclass(frozen=True, slots=True)
class Limits:
    """What a call may take beyond what its process has already.

    Attributes
    ----------
    memory : int
        Megabytes of address space, kept where the system can (Linux).
    seconds : float
        Of the clock. A process that takes longer ends; whoever gave it the call finds it lost.
    """

    memory: int = 4000
    seconds: float = 600

    @contextlib.contextmanager
    def kept(self) -> Iterator[None]:
        """Keep to the limits for a while."""
        with self._within_memory(), self._within_time():
            yield

    @contextlib.contextmanager
    def _within_memory(self) -> Iterator[None]:
        if not sys.platform.startswith("linux"):  # elsewhere the system does not keep such a limit
            yield
            return
        import resource

        pages = int(Path("/proc/self/statm").read_text().split()[0])
        soft, hard = resource.getrlimit(resource.RLIMIT_AS)
        most = pages * resource.getpagesize() + self.memory * 1_000_000
        most = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(resource.RLIMIT_AS, (most, hard))
        try:
            yield
        finally:
            resource.setrlimit(resource.RLIMIT_AS, (soft, hard))

    @contextlib.contextmanager
    def _within_time(self) -> Iterator[None]:
        """End the process when time is over: a library that loops inside a call listens to nothing else."""
        if hasattr(signal, "setitimer") and threading.current_thread() is threading.main_thread():
            before = signal.signal(signal.SIGALRM, signal.SIG_DFL)
            signal.setitimer(signal.ITIMER_REAL, self.seconds)
            try:
                yield
            finally:
                signal.setitimer(signal.ITIMER_REAL, 0)
                signal.signal(signal.SIGALRM, before)
            return
        watch = threading.Timer(self.seconds, os._exit, (1,))  # a worker of a cluster works in a thread
        watch.daemon = True
        watch.start()
        try:
            yield
        finally:
            watch.cancel()


def limited(bench: Any, limits: Limits, function: Callable[..., Any], *arguments: Any) -> Any:
    """In a worker: a call within limits. Where it needs more memory, that is its answer, as a ValueError."""
    try:
        with limits.kept():
            return function(bench, *arguments)
    except MemoryError:
        pass  # the frames that hold the memory have to go before anything else is done
    return ValueError(_too_much(limits))


def told(cause: str, limits: Limits) -> str:
    """How a worker's end (see `Lost`) is told to a user.

    Examples
    --------
    >>> told("its worker was killed by SIGALRM", Limits(seconds=60))
    'it took more than 60 seconds: allow more with --limit-time, or split it'
    """
    if "SIGALRM" in cause:
        return f"it took more than {limits.seconds:g} seconds: allow more with --limit-time, or split it"
    if "SIGABRT" in cause or "SIGTRAP" in cause or "SIGILL" in cause:  # how libraries end without memory
        return _too_much(limits)
    return cause


def _too_much(limits: Limits) -> str:
    return f"it needs more than {limits.memory:,} MB of memory: allow more with --limit-memory, or split it"
