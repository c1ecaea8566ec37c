"""Workers on other machines: the same calls through a Dask scheduler.

Scheduling, retries and the loss of workers are Dask's. What is ours: workers share no disk with us, so the inputs
travel as one bundle, which Dask makes again where the worker that held it is lost, and every result comes back
here to be written.
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
from pathlib import Path
from typing import Any

from minshi_analysis.hashes import code_hashes, digest
from minshi_analysis.workers.pool import Bench, Lost

__all__ = ["Bundle", "Cluster", "pack"]

CONNECT = 5.0  # seconds to wait for the scheduler
BUNDLED = ("data", "notebooks", "requirements.lock")


@dataclass(frozen=True, slots=True)
class Bundle:
    """The inputs of reports as they travel: a tar file, its hash, and the hash of the library that packed it."""

    data: bytes
    name: str
    library: str


def pack(project: Path, parts: Iterable[str] = BUNDLED) -> Bundle:
    """Pack what notebooks read of a project; the same files give the same bundle."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as tar:
        for part in parts:
            top = project / part
            for path in [top, *sorted(top.rglob("*"))]:
                if path.is_file():
                    entry = tarfile.TarInfo(path.relative_to(project).as_posix())
                    entry.size = path.stat().st_size
                    tar.addfile(entry, io.BytesIO(path.read_bytes()))
    return Bundle(out.getvalue(), digest(out.getvalue()), _library())


@functools.cache  # what a worker has imported does not change with the files
def _library() -> str:
    return digest(repr(sorted(code_hashes().items())).encode())


class Cluster:
    """Runs calls on a Dask cluster, as `Pool` does on this machine.

    Parameters
    ----------
    address : str
        The scheduler, such as tcp://host:8786.
    project : Path
        The project whose inputs go along.
    """

    def __init__(self, address: str, project: Path):
        self._address, self._project = address, project
        self._client: Any = None
        self._bundle: Any = None

    def __enter__(self) -> Cluster:
        from distributed import Client

        try:
            self._client = Client(self._address, timeout=CONNECT, set_as_default=False)
        except OSError as error:
            raise ConnectionError(f"no Dask scheduler answers at {self._address}: {error}") from error
        name = f"minshi-bundle-{uuid.uuid4().hex}"
        self._bundle = self._client.submit(_same, pack(self._project), key=name)
        return self

    def __exit__(self, *_exc: object) -> None:
        self._client.close()

    def run(
        self, calls: Iterable[tuple[Any, Callable[..., Any], tuple[Any, ...]]], timeout: float | None = None
    ) -> Iterator[tuple[Any, Any]]:
        """Run `function(bench, *arguments)` for every `(key, function, arguments)`; see `Pool.run`."""
        from distributed import as_completed

        bundle, keys = self._bundle, {}
        for key, function, arguments in calls:
            name = f"minshi-{function.__name__}-{uuid.uuid4().hex}"
            keys[self._client.submit(_on_worker, bundle, function, arguments, key=name, retries=1)] = key
        for future in as_completed(list(keys), loop=self._client.loop):
            error = future.exception()
            yield keys[future], future.result() if error is None else Lost(f"{type(error).__name__}: {error}")


def _same(bundle: Bundle) -> Bundle:
    return bundle


def _on_worker(bundle: Bundle, function: Callable[..., Any], arguments: tuple[Any, ...]) -> Any:
    """On a worker: unpack the inputs where nobody did yet, and answer the call."""
    from distributed import get_worker

    if bundle.library != _library():
        raise RuntimeError("this worker has another version of minshi_analysis than the one that asks")
    worker = get_worker()
    project = _unpack(bundle, Path(worker.local_directory))
    with _lock(worker):
        benches = worker.__dict__.setdefault("minshi_benches", {})
        bench = benches.setdefault(threading.get_ident(), Bench(lambda _pid: None))
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
