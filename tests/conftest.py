"""What every test shares: the repository as a project, and the tables that its sources give."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import settings

ROOT = Path(__file__).resolve().parents[1]

settings.register_profile("everyday", deadline=None)  # no test measures time
settings.register_profile("long", max_examples=2000, deadline=None)  # `make fuzz`
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "everyday"))


@pytest.fixture(scope="session")
def project() -> Path:
    return ROOT


@pytest.fixture(autouse=True)
def no_project_left_behind():
    """A notebook's first cell says in the environment where its project is: the next test has its own."""
    before = os.environ.get("MINSHI_PROJECT")
    yield
    os.environ.pop("MINSHI_PROJECT", None)
    if before is not None:
        os.environ["MINSHI_PROJECT"] = before


@pytest.fixture(scope="session")
def made():
    """The build of the five documents, made once for all tests of a worker, not written."""
    from minshi_analysis.tables.build import make_tables

    return make_tables(ROOT)


@pytest.fixture(scope="session")
def tables(made):
    return made.tables
