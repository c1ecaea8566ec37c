"""The pool of workers: calls in, results out, and what happens to calls that go wrong."""

from __future__ import annotations

import os
import signal
import sys
import threading

import pytest

from minshi_analysis.workers.crew import crew
from minshi_analysis.workers.pool import Lost, Pool, fitting_workers


def doubled(bench, number):
    bench.kept["calls"] = bench.kept.get("calls", 0) + 1
    return 2 * number, bench.kept["calls"]


def raises(bench, number):
    raise ValueError(f"no {number}")


def dies(bench, number):
    os.kill(os.getpid(), signal.SIGKILL)


@pytest.fixture
def pool():
    with Pool(2) as pool:
        yield pool


def test_every_call_has_its_result(pool):
    results = dict(pool.run((number, doubled, (number,)) for number in range(20)))
    assert {number: twice for number, (twice, _) in results.items()} == {n: 2 * n for n in range(20)}


def test_a_worker_keeps_what_was_slow_to_make():
    with Pool(1) as pool:
        assert [count for _, (_, count) in pool.run((n, doubled, (n,)) for n in range(3))] == [1, 2, 3]


def test_a_call_that_raises_or_kills_its_worker_is_lost_alone(pool):
    calls = [(1, doubled, (1,)), (2, raises, (2,)), (3, dies, (3,)), (4, doubled, (4,)), (5, doubled, (5,))]
    results = dict(pool.run(calls))
    assert [results[key][0] for key in (1, 4, 5)] == [2, 8, 10]
    assert results[2] == Lost("ValueError: no 2")
    assert results[3] == Lost("its worker was killed by SIGKILL")


def test_calls_are_taken_as_workers_come_free(pool):
    taken = []

    def calls():
        for number in range(6):
            taken.append(number)
            yield number, doubled, (number,)

    results = pool.run(calls())
    next(results)
    assert len(taken) <= 4


def test_memory_limits_the_workers():
    assert fitting_workers() >= 1
    assert fitting_workers(2**50) == 1


def test_a_pool_of_nobody_is_refused():
    with pytest.raises(ValueError, match="0 workers can do nothing"):
        Pool(0)


def imported(bench):
    return "reading.test_only_here" in sys.modules


@pytest.mark.parametrize(
    ("how", "near"), [({"few": 3}, True), ({"workers": 2, "few": 3}, False), ({}, False)]
)
def test_few_calls_are_done_by_a_fork_of_this_process_and_more_by_warm_ones(monkeypatch, how, near):
    monkeypatch.setitem(sys.modules, "reading.test_only_here", sys)
    with crew(3, **how) as hands:
        assert list(hands.run([(1, imported, ())])) == [(1, near)]


def hangs(bench, number):
    threading.Event().wait(300)
    return "too late"


def test_a_worker_that_does_not_answer_is_given_up_and_the_others_go_on(monkeypatch):
    monkeypatch.setattr("minshi_analysis.workers.pool.GRACE", 0.5)
    with Pool(2) as pool:
        results = dict(pool.run([(1, hangs, (1,)), *((n, doubled, (n,)) for n in (2, 3))], timeout=10))
    assert results[1] == Lost("its worker did not answer in time")
    assert [results[n][0] for n in (2, 3)] == [4, 6]


def test_the_server_of_forks_may_be_killed_and_the_other_calls_go_on():
    from multiprocessing import forkserver

    def calls():
        for number in range(6):
            if number == 3:  # what is hired from here on needs another server
                os.kill(forkserver._forkserver._forkserver_pid, signal.SIGKILL)
            yield number, dies if number == 2 else doubled, (number,)

    with Pool(2) as pool:
        results = dict(pool.run(calls()))
    assert set(results) == set(range(6))
    assert (
        sum(result[0] == 2 * number for number, result in results.items() if not isinstance(result, Lost))
        >= 3
    )
