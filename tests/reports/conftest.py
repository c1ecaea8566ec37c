from __future__ import annotations

import pytest
from site_of_reports import Site


@pytest.fixture
def site(tmp_path):
    return Site(tmp_path / "project")
