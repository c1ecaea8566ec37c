"""Who does the work: one process beside this, warm ones, or a cluster; all take the same calls."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

from minshi_analysis.workers.fork import near_context
from minshi_analysis.workers.pool import Pool, fitting_workers

__all__ = ["crew", "watched"]


def crew(
    calls: int,
    workers: int | None = None,
    scheduler: str | None = None,
    *,
    few: int = 0,
    project: Path | None = None,
    peak_memory: int | None = None,
    spare: int = 0,
) -> AbstractContextManager[Any]:
    """Who does so many calls: enter it, then `run` the calls.

    Parameters
    ----------
    calls : int
        How many there will be.
    workers : int, optional
        Processes at once; one a core as far as memory allows where nothing is said.
    scheduler : str, optional
        Address of a Dask scheduler, to send them there.
    few : int
        As many calls, where nobody asks for workers, are done by a fork of this process: it takes three seconds to
        warm others.
    project : Path, optional
        What the calls read beside what they carry, which goes along to a cluster.
    peak_memory : int, optional
        Bytes that a call takes, where that is known.
    spare : int
        Processes beyond the cores, where a call also waits for something.
    """
    if scheduler:
        from minshi_analysis.workers.cluster import Cluster

        return Cluster(scheduler, project)
    if workers is None and calls <= few:
        return Pool(1, near_context())
    return Pool(max(1, min(calls, workers or fitting_workers(peak_memory, spare))))


def watched(results: Iterable[Any], total: int) -> Iterator[Any]:
    """The results of calls on documents as they come, with a bar for a person at a terminal."""
    from tqdm import tqdm

    with tqdm(total=total, unit="document", file=sys.stderr, disable=None, leave=False) as bar:
        for result in results:
            yield result
            bar.update()
