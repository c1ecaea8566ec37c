"""The examples in deploy/: each read as its scheduler reads it, and what it would run is run."""

from __future__ import annotations

import json
import os
import re
import runpy
import shutil
import subprocess
import sys
import tomllib
import types
from pathlib import Path

import jsonschema
import pytest
import yaml

ROOT = Path(__file__).resolve().parents[1]
DEPLOY = ROOT / "deploy"
FIELD = r"(?:\*|\d+)(?:[-/,]\d+)*"
STUB = '#!/bin/sh\necho "$@" >> "$MINSHI_PROJECT/called"\necho "{\\"status\\": 0}"\nexit ${STATUS:-0}\n'


@pytest.fixture
def stub(tmp_path, monkeypatch):
    """A project whose `minshi` notes what it is called with."""
    program = tmp_path / ".venv" / "bin" / "minshi"
    program.parent.mkdir(parents=True)
    program.write_text(STUB, "utf-8")
    program.chmod(0o755)
    shutil.copytree(DEPLOY, tmp_path / "deploy")
    monkeypatch.setenv("MINSHI_PROJECT", str(tmp_path))
    return tmp_path


def called(stub) -> list[str]:
    return (stub / "called").read_text("utf-8").splitlines()


NIGHT = ["build --if-needed --json", "report --json --all"]


def test_the_nightly_run_prints_a_json_object_a_step(project):
    own = {
        **os.environ,
        "MINSHI_PROJECT": str(project),
        "MINSHI": str(Path(sys.executable).parent / "minshi"),
    }
    words = ["--region", "乐清市", "--year", "2022", "--dry-run"]
    done = subprocess.run([DEPLOY / "minshi-nightly", *words], env=own, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    tables, reports = map(json.loads, done.stdout.splitlines())
    assert "built" in tables and reports["status"] == 0
    words[1] = "乐清"
    done = subprocess.run([DEPLOY / "minshi-nightly", *words], env=own, capture_output=True, text=True)
    assert done.returncode == 2 and "did you mean 乐清市" in done.stderr


def test_a_step_that_fails_ends_the_night_with_its_status(stub):
    done = subprocess.run([DEPLOY / "minshi-nightly"], env={**os.environ, "STATUS": "1"}, capture_output=True)
    assert done.returncode == 1 and called(stub) == NIGHT[:1]


def test_cron(stub):
    lines = [
        line
        for line in (DEPLOY / "cron" / "minshi.cron").read_text("utf-8").splitlines()
        if line[:1] not in "#"
    ]
    setting, line = lines
    assert re.fullmatch(r"MINSHI_PROJECT=/\S+", setting)
    command = re.fullmatch(rf"(?:{FIELD} ){{5}}(.+)", line)[1]
    assert "%" not in command  # cron takes it for the end of the line
    assert subprocess.run(["/bin/sh", "-c", command]).returncode == 0
    assert called(stub) == NIGHT
    log = (stub / ".cache" / "nightly.jsonl").read_text("utf-8").splitlines()
    assert [json.loads(entry) for entry in log] == [{"status": 0}] * 2


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="no systemd here")
def test_systemd(stub):
    units = [str(stub / "deploy" / "systemd" / f"minshi.{kind}") for kind in ("service", "timer")]
    done = subprocess.run(["systemd-analyze", "verify", "--man=no", *units], capture_output=True, text=True)
    told = [line for line in done.stderr.splitlines() if "minshi" in line]
    assert told == []
    run = re.search(r"ExecStart=/bin/sh /srv/minshi/(\S+)", Path(units[0]).read_text("utf-8"))[1]
    assert subprocess.run(["/bin/sh", stub / run], capture_output=True).returncode == 0
    assert called(stub) == NIGHT


WORKFLOW = {
    "type": "object",
    "required": ["name", "on", "jobs"],
    "additionalProperties": False,
    "properties": {
        "name": {"type": "string"},
        "on": {
            "type": "object",
            "required": ["schedule"],
            "properties": {
                "schedule": {
                    "items": {
                        "properties": {"cron": {"pattern": rf"^(?:{FIELD} ?){{5}}$"}},
                        "required": ["cron"],
                    }
                }
            },
        },
        "permissions": {"type": "object"},
        "concurrency": {"type": "object", "required": ["group"]},
        "jobs": {
            "additionalProperties": {
                "required": ["runs-on", "steps"],
                "properties": {
                    "steps": {
                        "items": {
                            "oneOf": [{"required": ["uses"]}, {"required": ["run"]}],
                            "properties": {"uses": {"pattern": "^[a-z-]+/[a-z-]+@v[0-9]+$"}},
                        }
                    }
                },
            }
        },
    },
}


def workflow(path: Path) -> dict:
    found = yaml.safe_load(
        re.sub(r"(?m)^on:", '"on":', path.read_text("utf-8"))
    )  # YAML 1.1 takes a bare on for true
    jsonschema.validate(found, WORKFLOW)
    return found


def test_our_own_workflow_runs_every_python_and_the_oldest_and_newest_packages():
    jobs = workflow(ROOT / ".github" / "workflows" / "tests.yml")["jobs"]
    said = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["classifiers"]
    pythons = [each.rpartition(" ")[2] for each in said if re.search(r":: 3\.\d+$", each)]
    matrix = jobs["versions"]["strategy"]["matrix"]
    assert matrix["python"] == pythons
    more = {each["target"]: each["python"] for each in matrix["include"]}
    assert more == {"lowest": pythons[0], "newest": pythons[-1]}
    for target, resolution in (("lowest", "lowest-direct"), ("newest", "highest")):
        recipe = subprocess.run(
            ["make", "-n", target], cwd=ROOT, capture_output=True, text=True, check=True
        ).stdout
        assert f"--resolution {resolution} " in recipe and 'pytest -q -n auto -m "not slow"' in recipe
    assert {"run": ".ci/run"} in jobs["every-test"]["steps"]


def test_github_actions(stub):
    found = workflow(DEPLOY / "github-actions" / "minshi.yml")
    runs = [step["run"] for step in found["jobs"]["reports"]["steps"] if "run" in step]
    assert runs == ["make env", "deploy/minshi-nightly"] and re.search(
        r"(?m)^env:", (ROOT / "Makefile").read_text("utf-8")
    )
    assert subprocess.run(["/bin/sh", "-c", runs[1]], cwd=stub, capture_output=True).returncode == 0
    assert called(stub) == NIGHT


def module(monkeypatch, name: str, **names) -> None:
    made = types.ModuleType(name)
    made.__dict__.update(names)
    monkeypatch.setitem(sys.modules, name, made)


def test_airflow(stub, monkeypatch):
    """The DAG in an Airflow of the test's own, which keeps the operators and their order."""
    made = []

    class Dag:
        def __init__(self, **settings):
            self.settings = settings

        def __enter__(self):
            return self

        def __exit__(self, *_):
            return None

    class Operator:
        def __init__(self, *, task_id, bash_command, env, append_env, cwd):
            self.command, self.env, self.cwd, self.after = bash_command, env, cwd, []
            made.append(self)

        def __rshift__(self, other):
            other.after.append(self)
            return other

    module(monkeypatch, "airflow", DAG=Dag)
    module(monkeypatch, "airflow.operators", bash=None)
    module(monkeypatch, "airflow.operators.bash", BashOperator=Operator)
    dag = runpy.run_path(str(DEPLOY / "airflow" / "minshi_dag.py"))["dag"]
    assert dag.settings["max_active_runs"] == 1 and dag.settings["catchup"] is False
    assert made[1].after == [made[0]]
    for each in made:
        assert (
            subprocess.run(
                ["/bin/bash", "-c", each.command], cwd=each.cwd, env={**os.environ, **each.env}
            ).returncode
            == 0
        )
    assert called(stub) == ["build --if-needed --json", "report --all --json"]


def test_prefect(stub, monkeypatch):
    module(monkeypatch, "prefect", flow=lambda **_: lambda f: f, task=lambda **_: lambda f: f)
    nightly = runpy.run_path(str(DEPLOY / "prefect" / "minshi_flow.py"))["nightly"]
    assert nightly() == {"tables": {"status": 0}, "reports": {"status": 0}}
    assert called(stub) == ["build --if-needed --json", "report --all --json"]
    monkeypatch.setenv("STATUS", "2")
    with pytest.raises(RuntimeError, match="status 2"):
        nightly()
