"""Through a Dask scheduler: the same bytes, written here, whatever becomes of a worker."""

from __future__ import annotations

import os
import signal
import threading
import time

import pytest
from site_of_reports import Site

from minshi_analysis.workers.cluster import pack

pytestmark = pytest.mark.slow

WAITS = """
import os, pathlib, time
if region == "龙港市":
    flag = pathlib.Path(os.environ["FLAG"])
    if not flag.exists():
        flag.write_text(str(os.getppid()))
        time.sleep(600)
print(region, year)
"""


@pytest.fixture(scope="module")
def cluster():
    from distributed import LocalCluster

    with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None, silence_logs=50) as cluster:
        yield cluster


def test_the_cluster_gives_the_same_bytes_from_another_folder(tmp_path, cluster):
    cell = "import os\nprint(os.getcwd(), len(os.listdir('../data/tables')))"
    here, there = Site(tmp_path / "here", [cell]), Site(tmp_path / "there", [cell])
    assert here.report(all=True)[0] == 0
    status, said = there.report(all=True, scheduler=cluster.scheduler_address)
    assert (status, "4 reports written, 0 unchanged, 0 failed" in said) == (0, True)
    assert there.files() == here.files()


def test_a_lost_worker_costs_nothing(tmp_path, cluster):
    site = Site(tmp_path / "project", [WAITS.replace('os.environ["FLAG"]', repr(str(tmp_path / "flag")))])
    lost = []

    def lose_a_worker() -> None:
        flag = tmp_path / "flag"
        while not (flag.exists() and flag.read_text()):
            time.sleep(0.05)
        lost.append(int(flag.read_text()))
        os.kill(lost[0], signal.SIGKILL)

    thread = threading.Thread(target=lose_a_worker, daemon=True)
    thread.start()
    status, said = site.report(all=True, scheduler=cluster.scheduler_address)
    thread.join(10)
    assert len(lost) == 1
    assert (status, "4 reports written, 0 unchanged, 0 failed" in said) == (0, True)
    assert list(site.files()) == site.expected()


def test_a_failure_on_the_cluster_is_told_as_here(tmp_path, cluster):
    site = Site(tmp_path / "project", ["if region == '龙港市':\n    1 / 0"])
    status, said = site.report(all=True, scheduler=cluster.scheduler_address)
    assert status == 1
    assert "city_year/龙港市-2022: ZeroDivisionError: division by zero in cell 4" in said


def test_no_scheduler_is_one_sentence(tmp_path, capsys):
    site = Site(tmp_path / "project")
    assert site.report(all=True, scheduler="tcp://127.0.0.1:9")[0] == 2
    assert "no Dask scheduler answers at tcp://127.0.0.1:9" in capsys.readouterr().err


def test_the_same_project_is_the_same_bundle(tmp_path):
    one, other = Site(tmp_path / "one"), Site(tmp_path / "other")
    assert pack(one.root) == pack(other.root)
    other.table("documents", "doc_id\n")
    assert pack(one.root).name != pack(other.root).name
