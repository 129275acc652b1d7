"""Diagnosis ends, whatever is replayed."""

import gc
import signal
import threading
import time

import pytest

from coursekit.mistakes.budget import Budget


def endless():
    while True:
        pass


def test_what_ends_in_time_returns_its_value():
    assert 3 == Budget().run(lambda: 3)


def test_what_does_not_end_is_stopped():
    started = time.process_time()

    assert Budget(one_seconds=0.05).run(endless) is None
    assert time.process_time() - started < 1.0


def test_code_that_swallows_every_exception_is_stopped_too():
    def stubborn():
        while True:
            try:
                endless()
            except Exception:
                continue

    assert Budget(one_seconds=0.05).run(stubborn) is None


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_an_alarm_that_is_lost_in_a_destructor_rings_again():
    class Deaf:
        def __del__(self):
            end = time.process_time() + 0.1
            while time.process_time() < end:
                pass

    def work():
        Deaf()
        endless()

    assert Budget(one_seconds=0.05).run(work) is None


def test_what_is_raised_goes_through():
    with pytest.raises(ZeroDivisionError):
        Budget().run(lambda: 1 / 0)


def test_replays_are_counted():
    budget = Budget(replays=2)

    assert [1, 1, None] == [budget.run(lambda: 1) for _ in range(3)]
    assert budget.spent


def test_all_replays_together_have_a_limit():
    budget = Budget(one_seconds=0.05, all_seconds=0.1)
    found = [budget.run(endless) for _ in range(4)]

    assert [None] * 4 == found
    assert budget.spent
    assert budget.run(lambda: 1) is None


def test_the_alarm_is_as_it_was_afterwards():
    before = signal.getsignal(signal.SIGPROF)
    Budget(one_seconds=0.05).run(endless)

    assert before == signal.getsignal(signal.SIGPROF)
    assert (0.0, 0.0) == signal.getitimer(signal.ITIMER_PROF)


def test_outside_the_main_thread_replays_are_only_counted():
    budget, found = Budget(replays=1), []
    thread = threading.Thread(target=lambda: found.extend(budget.run(lambda: 5) for _ in range(2)))
    thread.start()
    thread.join()

    assert [5, None] == found


def test_the_collector_rests_while_the_clock_runs_and_goes_on_afterwards():
    """An alarm that rings in one of its callbacks would be lost."""
    seen = []

    Budget(10, 5.0, 5.0).run(lambda: seen.append(gc.isenabled()))

    assert [False] == seen
    assert gc.isenabled()
