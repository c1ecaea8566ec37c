"""What the project is made of: every licence is one of those allowed, and the bill of materials is whole."""

from __future__ import annotations

import json
import runpy
from pathlib import Path

import pytest


@pytest.fixture(scope="module")
def supply(project: Path) -> dict:
    return runpy.run_path(str(project / ".ci/supply.py"))


def test_every_licence_is_allowed(supply):
    assert supply["refused"]() == []


@pytest.mark.parametrize(
    "said", ["GNU Affero General Public License v3; AGPL-3.0", "GPL-3.0-only", "Proprietary", ""]
)
def test_a_licence_that_is_not_is_refused(supply, monkeypatch, said):
    monkeypatch.setitem(supply["refused"].__globals__, "licence", lambda name: said)
    assert len(supply["refused"]()) == len(supply["locked"]())


def test_the_bill_of_materials_names_every_package_of_the_lock(supply, tmp_path):
    assert supply["main"](["sbom", str(tmp_path / "a.json")]) == 0
    made = json.loads((tmp_path / "a.json").read_text("utf-8"))
    lock = supply["locked"]()
    assert (made["bomFormat"], made["specVersion"]) == ("CycloneDX", "1.5")
    assert {each["name"]: each["version"] for each in made["components"]} == {
        n: v for n, (v, _) in lock.items()
    }
    assert all(each["hashes"] and each["purl"] == each["bom-ref"] for each in made["components"])
    assert sum("licenses" in each for each in made["components"]) > 0.8 * len(lock)
