"""Whatever is killed, filled or started twice: nothing is lost, nothing half written, the next run makes the rest."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import nbformat
import pytest
from site_of_reports import QUICK, Site

from minshi_analysis.reports import kernels

pytestmark = pytest.mark.slow

# A shell that starts this in the background has it ignore Ctrl-C: a terminal's command does not.
COMMAND = """
import signal, sys
signal.signal(signal.SIGINT, signal.default_int_handler)
from minshi_analysis.reports.command import run
if len(sys.argv) > 2:
    import resource
    resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]), int(sys.argv[2])))
sys.exit(run(project=sys.argv[1], workers=2))
"""
# One report waits until the test lets it go on, and says who runs it.
WAITS = """
import os, pathlib, time
here = pathlib.Path(os.environ["MINSHI_PROJECT"])
if region == "龙港市" and not (here / "go").exists():
    (here / "kernel.part").write_text(str(os.getpid()))
    (here / "kernel.part").rename(here / "kernel")
    while not (here / "go").exists():
        time.sleep(0.02)
print(region, year)
"""


def start(site: Site, *arguments: str) -> subprocess.Popen:
    command = [sys.executable, "-c", COMMAND, str(site.root), *arguments]
    pipe = subprocess.PIPE
    return subprocess.Popen(command, stdout=pipe, stderr=pipe, text=True, start_new_session=True)


def until(met: Callable[[], object], seconds: float = 60) -> object:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if found := met():
            return found
        time.sleep(0.02)
    raise AssertionError("it did not happen in time")


def kernel_of(site: Site) -> int:
    """The kernel that waits, once another report is written."""
    path = site.root / "kernel"
    until(lambda: path.exists() and len(list((site.out / "city_year").glob("*.json"))) >= 2)
    return int(path.read_text())


def gone(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except OSError:
        return True


def parent_of(pid: int) -> int:
    return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])


def workers_of(kernel: int) -> list[int]:
    """The other children of the process that the kernel was forked from."""
    server = parent_of(kernel)
    children = Path(f"/proc/{server}/task/{server}/children").read_text().split()
    return [int(pid) for pid in children if os.getpgid(int(pid)) == os.getpgid(server)]


def whole(site: Site) -> None:
    """Every file that is there is a whole one, and no unfinished one is left."""
    for path in site.out.rglob("*"):
        if path.suffix == ".json":
            json.loads(path.read_text(encoding="utf-8"))
        elif path.suffix == ".ipynb":
            nbformat.validate(nbformat.read(path, as_version=4))
        elif path.suffix == ".html":
            assert path.read_text(encoding="utf-8").rstrip().endswith("</html>")
        elif path.suffix == ".pdf":
            assert path.read_bytes().rstrip().endswith(b"%%EOF")
        else:
            copied = path.parent == site.out / "tables" and path.suffix in (".csv", ".parquet")
            assert path.is_dir() or path.name == ".lock" or copied, path


def completes(site: Site, written: int) -> None:
    """The next run makes the rest, and only the rest."""
    (site.root / "go").touch()
    status, said = site.report(all=True)
    assert (status, said.splitlines()[-1].split(",")[0]) == (
        0,
        f"{written} report{'s' * (written > 1)} written",
    )
    whole(site)
    assert list(site.files()) == site.expected()
    assert "nothing to do" in site.report(all=True)[1]


@pytest.fixture
def waiting(tmp_path):
    return Site(tmp_path / "project", [WAITS])


def test_a_killed_command_leaves_whole_files_and_no_process(waiting):
    command = start(waiting)
    kernel = kernel_of(waiting)
    until(lambda: len(workers_of(kernel)) == 2)  # a kernel just forked is not in a group of its own yet
    server, workers = parent_of(kernel), workers_of(kernel)
    command.kill()
    command.wait()
    until(lambda: all(gone(pid) for pid in (kernel, *workers, server)), 10)
    made = len(list((waiting.out / "city_year").glob("*.json")))
    completes(waiting, 4 - made)


def test_a_killed_kernel_costs_its_report(waiting):
    command = start(waiting)
    os.kill(kernel_of(waiting), signal.SIGKILL)
    said, _ = command.communicate(timeout=60)
    assert command.returncode == 1
    assert "3 reports written, 0 unchanged, 1 failed" in said
    assert "city_year/龙港市-2022: the kernel was killed by SIGKILL in cell 4; its memory peaked at" in said
    whole(waiting)
    completes(waiting, 1)


def test_a_killed_worker_costs_its_report_and_takes_its_kernel_along(waiting):
    command = start(waiting)
    kernel = kernel_of(waiting)
    until(lambda: len(list((waiting.out / "city_year").glob("*.json"))) == 3)  # the other worker is idle
    for worker in workers_of(kernel):
        os.kill(worker, signal.SIGKILL)
    said, _ = command.communicate(timeout=60)
    assert command.returncode == 1
    assert "city_year/龙港市-2022: its worker was killed by SIGKILL" in said
    until(lambda: gone(kernel), 10)
    whole(waiting)
    completes(waiting, 1)


EACH_WAITS = """
import os, pathlib, time
here = pathlib.Path(os.environ["MINSHI_PROJECT"])
(here / f"{os.getpid()}.part").write_text("")
(here / f"{os.getpid()}.part").rename(here / f"{os.getpid()}.kernel")
while not (here / "go").exists():
    time.sleep(0.02)
print(region, year)
"""


def test_the_killed_server_of_forks_costs_no_report(tmp_path):
    """Kernels that run end well, though nobody can tell their status; those still to come start without it."""
    site = Site(tmp_path / "project", [EACH_WAITS])
    command = start(site)
    made = until(lambda: len(found := list(site.root.glob("*.kernel"))) == 2 and found)
    os.kill(parent_of(int(made[0].stem)), signal.SIGKILL)
    time.sleep(2.5)  # the engine asks every second whether its kernel lives
    (site.root / "go").touch()
    said, complaint = command.communicate(timeout=60)
    assert (command.returncode, complaint) == (0, "")
    assert "4 reports written, 0 unchanged, 0 failed" in said
    whole(site)
    assert list(site.files()) == site.expected()


def test_an_interrupted_command_ends_at_once(waiting):
    command = start(waiting)
    kernel = kernel_of(waiting)
    workers = workers_of(kernel)
    began = time.monotonic()
    os.killpg(command.pid, signal.SIGINT)  # as a terminal does: to all of them
    _, complaint = command.communicate(timeout=60)
    assert time.monotonic() - began < 5  # a second on a machine that is not busy; the kernel waits for ever
    assert command.returncode == 130
    assert complaint == "minshi report: interrupted; what is written is whole, the next run makes the rest\n"
    until(lambda: all(gone(pid) for pid in (kernel, *workers)), 10)
    whole(waiting)
    completes(waiting, 4 - len(list((waiting.out / "city_year").glob("*.json"))))


def test_a_full_disk_costs_the_reports_that_do_not_fit(tmp_path):
    site = Site(tmp_path / "project", ["if region == '龙港市':\n    print('满' * 200_000)\nprint(region)"])
    command = start(site, "300000")
    said, _ = command.communicate(timeout=60)
    assert command.returncode == 1
    assert "3 reports written, 0 unchanged, 1 failed" in said
    assert "city_year/龙港市-2022: it could not be written: File too large" in said
    whole(site)
    completes(site, 1)


def test_a_disk_without_any_room_is_said_for_every_report(tmp_path):
    site = Site(tmp_path / "project")
    command = start(site, "100")
    said, complaint = command.communicate(timeout=60)
    assert command.returncode == 1
    assert said.count("FAILED") == 4
    assert said.count("File too large") >= 4
    assert "Traceback" not in complaint
    whole(site)
    completes(site, 4)


def test_two_runs_at_once_make_every_report_once(waiting):
    first = start(waiting)
    kernel_of(waiting)
    second = start(waiting)
    line = second.stdout.readline()
    assert line == f"another run is at work in {waiting.out}: waiting for it\n"
    (waiting.root / "go").touch()
    assert "4 reports written" in first.communicate(timeout=60)[0]
    said, _ = second.communicate(timeout=60)
    assert (first.returncode, second.returncode) == (0, 0)
    assert said.startswith("0 reports written, 4 unchanged, 0 failed")
    whole(waiting)


def test_what_a_killed_run_left_unfinished_is_cleared(site):
    unfinished = site.out / ".unfinished"
    unfinished.mkdir(parents=True)
    (unfinished / "1-x.html").write_bytes(b"<ht")
    site.cells(QUICK)
    assert site.report(all=True)[0] == 0
    whole(site)
    assert not unfinished.exists()


def test_a_time_limit_may_be_a_part_of_a_second_and_is_never_none(monkeypatch):
    monkeypatch.setattr(kernels.time, "monotonic", lambda: 100.0)
    assert kernels._left(100.5) == 0.5
    assert kernels._left(95.0) == 0.01  # nbclient takes 0 for no limit
    assert kernels._left(None) is None
