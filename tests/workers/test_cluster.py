"""A Dask cluster as a pool: calls in, results out, and what becomes of those whose worker is lost."""

from __future__ import annotations

import os
import re
import shlex
import signal
import socket
import subprocess
import sys
import time
from contextlib import ExitStack
from pathlib import Path

import pytest

from minshi_analysis.workers.carried import carry
from minshi_analysis.workers.cluster import AHEAD, Cluster
from minshi_analysis.workers.fork import fork_context
from minshi_analysis.workers.pool import Lost

pytestmark = pytest.mark.slow


def doubled(bench, number):
    return 2 * number


def raises(bench, number):
    raise LookupError(f"no {number}")


def dies_once(bench, flag):
    if not Path(flag).exists():
        Path(flag).write_text("here")
        os.kill(os.getpid(), signal.SIGKILL)
    return "done"


def length(bench, file):
    with file.laid_out() as path:
        return path.name, len(path.read_bytes()), str(path)


def has_warm_kernels(bench):
    return fork_context() is not None


def local_cluster(workers):
    from distributed import LocalCluster

    return LocalCluster(n_workers=workers, threads_per_worker=1, dashboard_address=":0", silence_logs=50)


@pytest.fixture(scope="module")
def address():
    with local_cluster(2) as cluster:
        yield cluster.scheduler_address


def test_a_few_calls_are_under_way_at_a_time(address):
    taken = []

    def calls():
        for number in range(50):
            taken.append(number)
            yield number, doubled, (number,)

    ahead = []
    with Cluster(address) as cluster:
        found = {}
        for key, result in cluster.run(calls()):
            found[key] = result
            ahead.append(len(taken) - len(found))
    assert found == {number: 2 * number for number in range(50)}
    assert max(ahead) <= 2 * AHEAD


def test_results_that_were_handed_on_are_kept_nowhere(address):
    from distributed import Client

    with Cluster(address) as cluster, Client(address, set_as_default=False) as watcher:
        results = cluster.run((n, doubled, (n,)) for n in range(30))
        for _ in range(29):
            next(results)
        deadline = time.monotonic() + 10
        while len(watcher.run_on_scheduler(lambda dask_scheduler: list(dask_scheduler.tasks))) > 2:
            assert time.monotonic() < deadline
            time.sleep(0.1)
        assert len(list(results)) == 1


def test_a_call_that_raises_is_lost_alone(address):
    with Cluster(address) as cluster:
        results = dict(cluster.run([(1, doubled, (1,)), (2, raises, (2,)), (3, doubled, (3,))]))
    assert (results[1], results[3]) == (2, 6)
    assert results[2] == Lost("LookupError: no 2")


def test_a_call_whose_worker_dies_is_done_by_another(tmp_path, address):
    with Cluster(address) as cluster:
        calls = [(0, dies_once, (str(tmp_path / "flag"),)), *((n, doubled, (n,)) for n in range(1, 10))]
        results = dict(cluster.run(calls))
    assert results == {0: "done", **{n: 2 * n for n in range(1, 10)}}


def test_a_file_goes_along_with_its_call(tmp_path, address):
    (tmp_path / "通知.txt").write_bytes(b"x" * 11_000_000)  # more than Dask would warn of
    call = ("key", length, (carry(tmp_path / "通知.txt"),))
    (tmp_path / "通知.txt").unlink()
    with Cluster(address) as cluster:
        ((_, (name, size, path)),) = cluster.run([call])
    assert (name, size) == ("通知.txt", 11_000_000)
    assert not Path(path).exists() and tmp_path not in Path(path).parents


def test_the_commands_of_the_docs_start_a_cluster_with_warm_kernels(tmp_path, project):
    """From another folder and on a free port, else as the page says."""
    from distributed import Client

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = str(probe.getsockname()[1])
    page = (project / "docs" / "architecture.md").read_text("utf-8")
    lines = re.findall(r"^(?:\S+=\S+ )?dask .*$", page, re.M)
    assert [re.search(r"dask (\w+)", line)[1] for line in lines] == ["scheduler", "worker"]
    paths = {name: os.environ.get(name, "") for name in ("PATH", "PYTHONPATH")}
    paths["PATH"] = os.pathsep.join([str(Path(sys.executable).parent), paths["PATH"]])
    paths["PYTHONPATH"] = os.pathsep.join([str(Path(__file__).parent), paths["PYTHONPATH"]])
    with ExitStack() as started:
        for line in lines:
            words = shlex.split(line.replace("8786", port).replace("//host", "//127.0.0.1"), comments=True)
            given = dict(word.split("=") for word in words if "=" in word)
            process = subprocess.Popen(
                [*words[len(given) :], "--no-dashboard"],
                cwd=tmp_path,
                env={**os.environ, **paths, **given},
                stderr=subprocess.DEVNULL,
            )
            started.callback(process.wait, 30)
            started.callback(process.terminate)
        address = f"tcp://127.0.0.1:{port}"
        with Client(address, timeout=60, set_as_default=False) as client:
            client.wait_for_workers(1, timeout=60)
        with Cluster(address) as hands:
            assert list(hands.run([("warm", has_warm_kernels, ())])) == [("warm", True)]


@pytest.mark.parametrize("address", ["tcp://127.0.0.1:9", "carrier-pigeon://coop"])
def test_no_scheduler_is_one_sentence(address):
    with pytest.raises(ConnectionError, match=f"no Dask scheduler answers at {address}"), Cluster(address):
        pass


def test_a_scheduler_that_is_lost_is_one_sentence():
    cluster = local_cluster(1)
    address = cluster.scheduler_address
    lost = pytest.raises(ConnectionError, match=f"the Dask scheduler at {address} was lost")
    with lost, Cluster(address) as hands:
        for _ in hands.run((n, doubled, (n,)) for n in range(10_000)):
            cluster.close()
