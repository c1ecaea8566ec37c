"""Workers on this machine: a few processes, each at one call at a time; one that dies costs one call."""

from __future__ import annotations

import contextlib
import os
import signal
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from multiprocessing.context import BaseContext
from pathlib import Path
from typing import Any

from minshi_analysis.workers.fork import end_group, process_context

__all__ = ["Bench", "Lost", "Pool", "fitting_workers"]

GRACE = 30.0  # seconds that a worker may take longer than its report's timeout before it is held to hang
_HIRES = 5  # attempts to start a worker
KERNEL_MEMORY = 750 * 2**20  # a kernel with pandas, figures and a few tables, and its worker


def fitting_workers(peak_memory: int | None = None, spare: int = 0) -> int:
    """How many calls to have under way at once: one a core, as far as memory allows.

    Parameters
    ----------
    peak_memory : int, optional
        Bytes that one call took before (a report: kernel and worker); three quarters of a gigabyte where nothing is known.
    spare : int
        So many more than cores, where calls also wait for something.
    """
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    free = _free_memory()
    most = cores + spare
    return max(1, most if free is None else min(most, int(free * 0.8) // (peak_memory or KERNEL_MEMORY)))


def _free_memory() -> int | None:
    found = []
    with contextlib.suppress(OSError, ValueError, StopIteration):
        lines = Path("/proc/meminfo").read_text().splitlines()
        found.append(int(next(line for line in lines if line.startswith("MemAvailable:")).split()[1]) * 1024)
    with contextlib.suppress(OSError, ValueError):
        limit = int(Path("/sys/fs/cgroup/memory.max").read_text())
        found.append(limit - int(Path("/sys/fs/cgroup/memory.current").read_text()))
    return min(found, default=None)


@dataclass(frozen=True, slots=True)
class Lost:
    """A call that came to nothing, because it raised or its worker ended; `cause` says how."""

    cause: str


WARM: dict[str, Any] = {}  # what the parent of all workers has made for them already: see `preload`


@dataclass(slots=True)
class Bench:
    """What a worker keeps between calls, given to every call: things that are slow to make, and the kernel's id."""

    on_kernel: Callable[[int], None]
    kept: dict[str, Any] = field(default_factory=dict)

    def keep(self, name: str, make: Callable[[], Any]) -> Any:
        if name not in self.kept:
            self.kept[name] = make()
        return self.kept[name]


@dataclass(slots=True)
class _Worker:
    process: Any
    connection: Connection
    key: Any = None
    busy: bool = False
    deadline: float | None = None
    kernel: int | None = None

    def kill(self) -> None:
        if self.kernel:
            end_group(self.kernel)
        self.process.kill()


class Pool:
    """Runs calls in worker processes.

    Parameters
    ----------
    workers : int
        How many at once.
    context : BaseContext, optional
        Where their processes come from; warm ones where nothing is said.

    Raises
    ------
    ValueError
        Fewer than one.
    """

    def __init__(self, workers: int, context: BaseContext | None = None):
        if workers < 1:
            raise ValueError(f"{workers} workers can do nothing: give 1 or more")
        self._size, self._context = workers, context
        self._workers: list[_Worker] = []

    def __enter__(self) -> Pool:
        return self

    def __exit__(self, *_exc: object) -> None:
        for worker in self._workers:
            worker.kill()
        for worker in self._workers:
            worker.process.join(5)
            worker.connection.close()
        self._workers = []

    def run(
        self, calls: Iterable[tuple[Any, Callable[..., Any], tuple[Any, ...]]], timeout: float | None = None
    ) -> Iterator[tuple[Any, Any]]:
        """Run `function(bench, *arguments)` for every `(key, function, arguments)`.

        Yields
        ------
        (key, result)
            As they come; the result is `Lost` where the function raised, the worker ended, or it took longer than
            `timeout` seconds and half a minute.
        """
        waiting = iter(calls)  # taken as workers come free: there may be many, and each may be large
        while True:
            self._give(waiting, timeout)
            if not any(worker.busy for worker in self._workers):
                return
            now = time.monotonic()
            busy = [worker for worker in self._workers if worker.busy]
            nearest = min((worker.deadline for worker in busy if worker.deadline), default=now + 3600)
            ready = set(wait([worker.connection for worker in busy], max(0.0, nearest - now)))
            for worker in busy:
                if worker.connection in ready:
                    yield from self._hear(worker)
                elif worker.deadline and time.monotonic() > worker.deadline:
                    yield self._lose(worker, "its worker did not answer in time")

    def _give(
        self, waiting: Iterator[tuple[Any, Callable[..., Any], tuple[Any, ...]]], timeout: float | None
    ) -> None:
        """A call for every idle worker, and a worker for every call as far as the pool's size goes."""
        while sum(worker.busy for worker in self._workers) < self._size:
            call = next(waiting, None)
            if call is None:
                return
            while not self._send(call, timeout):
                pass  # that worker had ended while it was idle: nothing was lost

    def _send(self, call: tuple[Any, Callable[..., Any], tuple[Any, ...]], timeout: float | None) -> bool:
        key, function, arguments = call
        idle = next((worker for worker in self._workers if not worker.busy), None) or self._hire()
        try:
            idle.connection.send((function, arguments))
        except OSError:
            self._fire(idle)
            return False
        idle.key, idle.busy, idle.kernel = key, True, None
        idle.deadline = time.monotonic() + timeout + GRACE if timeout else None
        return True

    def _hire(self) -> _Worker:
        context: Any = self._context or process_context()
        ours, theirs = context.Pipe()
        for left in reversed(range(_HIRES)):
            process = context.Process(target=_work, args=(theirs,), name="worker")
            try:
                process.start()
                break
            except (EOFError, OSError):  # the server of forks was killed, and is not yet known to be gone
                if not left:
                    raise
                time.sleep(0.1)
        theirs.close()
        self._workers.append(_Worker(process, ours))
        return self._workers[-1]

    def _hear(self, worker: _Worker) -> Iterator[tuple[Any, Any]]:
        try:
            kind, value = worker.connection.recv()
        except (EOFError, OSError):
            worker.process.join(5)
            yield self._lose(worker, f"its worker {_ending(worker.process.exitcode)}")
            return
        if kind == "kernel":
            worker.kernel = value
        else:
            worker.busy, worker.kernel = False, None
            yield worker.key, value

    def _lose(self, worker: _Worker, cause: str) -> tuple[Any, Lost]:
        self._fire(worker)
        return worker.key, Lost(cause)

    def _fire(self, worker: _Worker) -> None:
        worker.kill()
        worker.process.join(5)
        worker.connection.close()
        self._workers.remove(worker)


def _ending(code: int | None) -> str:
    if code is not None and code < 0:
        return f"was killed by {signal.Signals(-code).name}"
    return f"ended with status {code}"


def _work(connection: Connection) -> None:
    """In a worker: answer calls until nobody asks."""
    import multiprocessing

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the command, which ends its workers
    kernel: list[int] = []
    parent = multiprocessing.parent_process()
    assert parent is not None, "a worker is started by a process"
    sentinel = parent.sentinel
    threading.Thread(target=_outlive_nobody, args=(sentinel, kernel), daemon=True).start()
    sending = threading.Lock()

    def send(*message: Any) -> None:
        with sending:
            connection.send(message)

    def on_kernel(pid: int) -> None:
        kernel[:] = [pid]
        send("kernel", pid)

    bench = Bench(on_kernel, dict(WARM))
    while True:
        try:
            function, arguments = connection.recv()
        except (EOFError, OSError):
            return
        try:
            result = function(bench, *arguments)
        except Exception as error:  # the call's own; the worker is as good as before
            result = Lost(f"{type(error).__name__}: {error}")
        kernel.clear()
        send("done", result)


def _outlive_nobody(sentinel: int, kernel: list[int]) -> None:
    """End with the command, even if it is killed, and take the kernel along."""
    wait([sentinel])
    for pid in kernel:
        end_group(pid)
    os._exit(1)
