"""Where the repository and the artifacts of the conformance corpus lie: see `../test`."""

import os
import pathlib
import sys
import threading

import pytest

ROOT = pathlib.Path(__file__).resolve().parents[3]


@pytest.fixture(scope="session")
def matchers():
    return pathlib.Path(os.environ["INTERDICT_MATCHERS"])


@pytest.fixture(scope="session")
def rules(matchers):
    from interdict import Matcher

    return Matcher.open(matchers / "rules.matcher")


@pytest.fixture(scope="session")
def readme():
    return (ROOT / "README.md").read_text("utf-8")


def turns_beside(work):
    """How often another thread had its turn while `work` ran. The lock is hardly ever taken away from
    whoever holds it, so that only work that gives it up leaves turns."""
    turns, done = 0, threading.Event()

    def run():
        try:
            work()
        finally:
            done.set()

    sys.setswitchinterval(5)
    try:
        thread = threading.Thread(target=run)
        thread.start()
        while not done.wait(0.001):
            turns += 1
        thread.join()
    finally:
        sys.setswitchinterval(0.005)
    return turns
