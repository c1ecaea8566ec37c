"""Workers on other machines: the same calls through a Dask scheduler.

Scheduling, retries and the loss of workers are Dask's. What is ours: workers share no disk with us, so what a call
reads travels with it, or, where every call reads the same, as one bundle, which Dask makes again where the worker
that held it is lost; and every result comes back here to be written. Only a few calls for each of the cluster's
threads are under way at a time, so neither the calls' nor the results' bytes have to fit into memory.
"""

from __future__ import annotations

import contextlib
import functools
import io
import os
import tarfile
import tempfile
import threading
import uuid
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from minshi_analysis.hashes import code_hashes, digest
from minshi_analysis.tables import stamps
from minshi_analysis.workers.pool import Bench, Lost

__all__ = ["Bundle", "Cluster", "pack"]

CONNECT = 5.0  # seconds to wait for the scheduler
AHEAD = 3  # calls under way for each thread of the cluster: one that runs, and some that wait for it there
BUNDLED = ("data", "notebooks", "requirements.lock")


@dataclass(frozen=True, slots=True)
class Bundle:
    """The inputs of reports as they travel: a tar file and its hash."""

    data: bytes
    name: str


def pack(project: Path, parts: Iterable[str] = BUNDLED) -> Bundle:
    """Pack what notebooks read of a project; the same files give the same bundle."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as tar:
        for part in parts:
            top = project / part
            for path in [top, *sorted(top.rglob("*"))]:
                if path.is_file():
                    data = path.read_bytes()
                    entry = tarfile.TarInfo(path.relative_to(project).as_posix())
                    data = stamps.timeless(data) if path.name == stamps.NAME else data
                    entry.size = len(data)
                    tar.addfile(entry, io.BytesIO(data))
    return Bundle(out.getvalue(), digest(out.getvalue()))


@functools.cache  # what a worker has imported does not change with the files
def _library() -> str:
    return digest(repr(sorted(code_hashes().items())).encode())


class Cluster:
    """Runs calls on a Dask cluster, as `Pool` does on this machine.

    Parameters
    ----------
    address : str
        The scheduler, such as tcp://host:8786.
    project : Path, optional
        The project whose inputs go along, for calls that read them; without it a call carries all that it needs.
    """

    def __init__(self, address: str, project: Path | None = None):
        self._address, self._project = address, project
        self._lost = f"the Dask scheduler at {address} was lost: run this again"
        self._client: Any = None
        self._bundle: Any = None
        self._large: Any = None

    def __enter__(self) -> Cluster:
        import dask
        from distributed import Client
        from distributed.comm.addressing import parse_address
        from distributed.comm.registry import get_backend

        try:
            get_backend(parse_address(self._address)[0])  # of an unknown one a client would complain twice
            self._client = Client(self._address, timeout=CONNECT, set_as_default=False)
        except (OSError, ValueError) as error:
            raise ConnectionError(f"no Dask scheduler answers at {self._address}: {error}") from error
        # A call carries its document; that it may be large is no mistake to be warned of.
        self._large = dask.config.set({"distributed.admin.large-graph-warning-threshold": "1 TB"})
        if self._project:
            name = f"minshi-bundle-{uuid.uuid4().hex}"
            self._bundle = self._client.submit(_same, pack(self._project), key=name)
        return self

    def __exit__(self, *_exc: object) -> None:
        with self._large:
            self._client.close()

    def run(
        self, calls: Iterable[tuple[Any, Callable[..., Any], tuple[Any, ...]]], timeout: float | None = None
    ) -> Iterator[tuple[Any, Any]]:
        """Run `function(bench, *arguments)` for every `(key, function, arguments)`; see `Pool.run`.

        Raises
        ------
        ConnectionError
            The scheduler was lost, and with it all that was under way.
        """
        from distributed import as_completed

        waiting = iter(calls)
        keys: dict[Any, Any] = {}
        under_way = as_completed(loop=self._client.loop)

        def send_more() -> None:
            for key, function, arguments in islice(waiting, max(0, self._room() - len(keys))):
                future = self._send(function, arguments)
                keys[future] = key
                under_way.add(future)

        send_more()
        for future in under_way:
            if future.cancelled():
                raise ConnectionError(self._lost)
            key, error = keys.pop(future), future.exception()
            result = future.result() if error is None else Lost(f"{type(error).__name__}: {error}")
            future.release()
            send_more()
            yield key, result

    def _room(self) -> int:
        """How many calls to have under way now; workers come and go."""
        try:
            return AHEAD * max(1, sum(self._client.nthreads().values()))
        except OSError as error:
            raise ConnectionError(self._lost) from error

    def _send(self, function: Callable[..., Any], arguments: tuple[Any, ...]) -> Any:
        name = f"minshi-{function.__name__}-{uuid.uuid4().hex}"
        return self._client.submit(
            _on_worker, _library(), self._bundle, function, arguments, key=name, retries=1
        )


def _same(bundle: Bundle) -> Bundle:
    return bundle


def _on_worker(
    library: str, bundle: Bundle | None, function: Callable[..., Any], arguments: tuple[Any, ...]
) -> Any:
    """On a worker: unpack the inputs, where there are any and nobody did yet, and answer the call."""
    from distributed import get_worker

    if library != _library():
        raise RuntimeError("this worker has another version of minshi_analysis than the one that asks")
    worker = get_worker()
    with _lock(worker):
        benches = worker.__dict__.setdefault("minshi_benches", {})
        bench = benches.setdefault(threading.get_ident(), Bench(lambda _pid: None))
    if bundle is None:
        return function(bench, *arguments)
    project = _unpack(bundle, Path(worker.local_directory))
    moved = (each.moved(str(project)) if hasattr(each, "moved") else each for each in arguments)
    return function(bench, *moved)


def _lock(worker: Any) -> threading.Lock:
    return worker.__dict__.setdefault("minshi_lock", threading.Lock())  # setdefault is atomic


def _unpack(bundle: Bundle, below: Path) -> Path:
    project = below / f"minshi-{bundle.name}"
    if not project.is_dir():
        scratch = Path(tempfile.mkdtemp(prefix="minshi-", dir=below))
        with tarfile.open(fileobj=io.BytesIO(bundle.data)) as tar:
            tar.extractall(scratch, filter="data")
        with contextlib.suppress(OSError):  # another thread was first
            os.rename(scratch, project)
    return project
