"""A Prefect flow: the tables, then the reports, with what each step summed up as its result."""

from __future__ import annotations

import json
import os
import subprocess
from typing import Any

from prefect import flow, task

PROJECT = os.environ.get("MINSHI_PROJECT", "/srv/minshi")


@task(retries=1, retry_delay_seconds=300)
def minshi(*words: str) -> dict[str, Any]:
    """One command; what it prints as JSON, or an error with the sentence that it says."""
    command = [f"{PROJECT}/.venv/bin/minshi", *words, "--json"]
    done = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(f"status {done.returncode}: {done.stderr.strip() or done.stdout.strip()}")
    return json.loads(done.stdout)


@flow(name="minshi")
def nightly() -> dict[str, Any]:
    """Tables and reports."""
    tables = minshi("build", "--if-needed")
    return {"tables": tables, "reports": minshi("report", "--all")}


if __name__ == "__main__":
    nightly.serve(name="nightly", cron="30 3 * * *")
