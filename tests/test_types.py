"""A type checker knows what the public functions give, those too that are imported when first asked for."""

from __future__ import annotations

import os
import re
import subprocess
import sys

import pytest

USED = """
import minshi_analysis as minshi

reveal_type(minshi.parse_quantities("新增3个"))
reveal_type(minshi.trace("x"))
reveal_type(minshi.read_document("x"))
reveal_type(minshi.load_targets)
minshi.parse_quantities(3)
"""


@pytest.mark.slow
def test_mypy_knows_the_public_functions(tmp_path, project):
    (tmp_path / "used.py").write_text(USED, "utf-8")
    words = ["--ignore-missing-imports", "--follow-imports=silent", "--cache-dir", str(tmp_path / "cache")]
    done = subprocess.run(
        [sys.executable, "-m", "mypy", *words, "used.py"],
        cwd=tmp_path,
        env={**os.environ, "MYPYPATH": str(project)},
        capture_output=True,
        text=True,
    )
    said = re.findall(r'Revealed type is "(.*)"', done.stdout)
    assert said == [
        "list[minshi_analysis.language.quantities.Quantity]",
        "minshi_analysis.audit.trace.Trace",
        "dict[str, Any]",
        "minshi_analysis.tables.loaders.Loader",
    ], done.stdout
    (wrong,) = [line for line in done.stdout.splitlines() if " error: " in line]
    assert 'Argument 1 to "parse_quantities"' in wrong
