"""Where the repository and the artifacts of the conformance corpus lie: see `../test`."""

import os
import pathlib

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
