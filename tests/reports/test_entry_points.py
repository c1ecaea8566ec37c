"""Warm kernels are found where Jupyter and papermill look for such things."""

from __future__ import annotations

import tomllib

from minshi_analysis.reports.kernels import PROVISIONER, WarmEngine, WarmProvisioner


def test_pyproject_names_the_provisioner_and_the_engine(project):
    said = tomllib.loads((project / "pyproject.toml").read_text(encoding="utf-8"))["project"]["entry-points"]
    where = "minshi_analysis.reports.kernels"
    assert said["jupyter_client.kernel_provisioners"] == {PROVISIONER: f"{where}:{WarmProvisioner.__name__}"}
    assert said["papermill.engine"] == {"minshi": f"{where}:{WarmEngine.__name__}"}
