"""An Airflow DAG: the tables, then the reports."""

from __future__ import annotations

import os
from datetime import datetime, timedelta

from airflow import DAG
from airflow.operators.bash import BashOperator

PROJECT = os.environ.get("MINSHI_PROJECT", "/srv/minshi")
SETTINGS = {"env": {"MINSHI_PROJECT": PROJECT}, "append_env": True, "cwd": PROJECT}

with DAG(
    dag_id="minshi",
    schedule="30 3 * * *",
    start_date=datetime(2026, 1, 1),
    catchup=False,
    max_active_runs=1,
    default_args={"retries": 1, "retry_delay": timedelta(minutes=5)},
) as dag:
    tables = BashOperator(
        task_id="tables", bash_command=".venv/bin/minshi build --if-needed --json", **SETTINGS
    )
    reports = BashOperator(task_id="reports", bash_command=".venv/bin/minshi report --all --json", **SETTINGS)
    tables >> reports
