"""What a command does not import: half a second of pandas is much for a line of help."""

from __future__ import annotations

import subprocess
import sys

import pytest

# Slow to import, and of no use to a command that only reads the tables.
HEAVY = {
    "IPython", "debugpy", "duckdb", "hypothesis", "ipykernel", "jupyter_client", "lxml", "matplotlib",
    "nbconvert", "nbformat", "opencc", "pandas", "pandera", "papermill", "pypdfium2", "rfc3987_syntax", "scipy",
    "seaborn", "typst",
}  # fmt: skip
READERS = {
    "facts",
    "intake",
    "layout",
    "language.quantities",
    "tables.build",
    "workers",
    "charts",
    "notebook",
    "reports",
}
LOADED = "import sys; {}; print(*sys.modules)"
COMMAND = """
import contextlib, io, sys
from minshi_analysis.cli import main
with contextlib.suppress(SystemExit), contextlib.redirect_stdout(io.StringIO()):
    main({})
print(*sys.modules)
"""


def modules(project, code: str) -> set[str]:
    ran = subprocess.run(
        [sys.executable, "-c", code], cwd=project, capture_output=True, text=True, check=True
    )
    return set(ran.stdout.splitlines()[-1].split())


@pytest.mark.parametrize(
    ("command", "needed"),
    [
        (["--help"], set()),
        (["report", "--help"], set()),
        (["trace", "wenzhou-2022-plan/1.1"], {"pandas", "lxml"}),
        (["query", "SELECT count(*) FROM targets"], {"pandas", "duckdb"}),
    ],
)
def test_a_command_imports_what_it_needs(project, command, needed):
    loaded = modules(project, COMMAND.format(command))
    assert loaded & HEAVY <= needed
    assert not loaded & {f"minshi_analysis.{room}" for room in READERS}


def test_the_package_loads_nothing_and_a_table_loads_pandas(project):
    assert not modules(project, LOADED.format("import minshi_analysis")) & HEAVY
    loaded = modules(project, LOADED.format("import minshi_analysis; minshi_analysis.load('targets')"))
    assert loaded & HEAVY == {"pandas"}
    assert not loaded & {f"minshi_analysis.{room}" for room in READERS}


def test_the_parent_of_kernels_does_without_what_nobody_uses_and_has_the_tables_read(project):
    code = (
        "import sys\n"
        "from minshi_analysis import model\n"
        "from minshi_analysis.tables import files\n"
        "from minshi_analysis.workers import pool, preload\n"
        "assert list(pool.WARM) == ['pages']\n"
        "assert files._once.cache_info().currsize == len(model.TABLES)\n"
        "preload.warm()  # says what is wrong, where the import keeps still\n"
        "print(*sys.modules)"
    )
    said = modules(project, code)
    assert not said & {"debugpy", "hypothesis", "pandera", "rfc3987_syntax"}
    assert {"pandas", "ipykernel", "matplotlib", "nbconvert", "papermill"} <= said
