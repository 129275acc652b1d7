"""Shared by all tests: where the course is, and what must not be skipped in CI."""

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]

# One thread for BLAS, as on the command line; set before anything imports numpy.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")


@pytest.fixture(scope="session")
def root():
    """The course's root folder."""
    return ROOT


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    """In CI a skipped test is a failure: what cannot run there has not been seen to hold."""
    report = yield
    if report.skipped and os.environ.get("CI") and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"skipped in CI: {report.longrepr}"
    return report
