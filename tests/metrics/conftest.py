"""The tables typed by hand, and those that the sources give."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))


@pytest.fixture(scope="session")
def tables():
    import figures

    return figures.build()


@pytest.fixture(scope="session")
def built(made):
    return made.tables
