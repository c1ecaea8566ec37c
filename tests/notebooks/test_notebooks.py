"""The notebooks as a user runs them, for regions of every kind. As committed, nbval compares them."""

import re
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

pytestmark = pytest.mark.slow

# A city's plan with money and one without, a report of each kind, a county and a body known from a split only.
REGIONS = [
    ("温州市", 2022),
    ("杭州市", 2024),
    ("乐清市", 2022),
    ("鹿城区", 2024),
    ("永嘉县", 2022),
    ("温州生态园", 2022),
]
NAMES = sorted(path.stem for path in (Path(__file__).parents[2] / "notebooks").glob("*.ipynb"))
NAMES.remove("tutorial")  # takes no parameters
MACHINE = re.compile(r"/(?:home|root|tmp|usr|work)/|\bat 0x[0-9a-f]+|\bNone\b|\bnan\b|\bNaN\b|<NA>")


def run(project, name, **parameters):
    """A notebook executed with these parameters, and the plain text of each output."""
    notebook = nbformat.read(project / "notebooks" / f"{name}.ipynb", as_version=4)
    cell = next(cell for cell in notebook.cells if "parameters" in cell.metadata.get("tags", ()))
    cell.source += "\n" + "\n".join(f"{key} = {value!r}" for key, value in parameters.items())
    client = NotebookClient(notebook, kernel_name="python3", resources={"metadata": {"path": str(project)}})
    return client.execute()


def outputs(notebook):
    return [output for cell in notebook.cells if cell.cell_type == "code" for output in cell.outputs]


def check(notebook):
    """Nothing but results: no stream, no trace of the machine, every picture described."""
    for output in outputs(notebook):
        assert output.output_type == "execute_result", output
        for kind in ("text/plain", "text/html"):
            assert not MACHINE.search(output.data.get(kind, "")), output.data[kind][:300]
        if "image/png" in output.data:
            assert output.metadata["image/png"]["alt"]
            assert output.data["text/plain"].startswith("[图]")


@pytest.mark.parametrize(("region", "year"), REGIONS)
def test_city_year(project, region, year):
    notebook = run(project, "city_year", region=region, year=year)
    check(notebook)
    text = "\n".join(output.data["text/plain"] for output in outputs(notebook))
    listed = {"温州市": "（候选项目）", "杭州市": "", "鹿城区": ""}.get(region, "（上级计划为候选项目）")
    assert text.startswith(f"{region} {year} 年民生实事{listed}\n民生实事是")
    first = text.partition("\n要点\n")[2].splitlines()[1]
    if listed:  # and the first finding says what that means
        assert "候选项目清单，不是最终确定的计划" in first
    pictures = [output for output in outputs(notebook) if "image/png" in output.data]
    wanted = {"温州市": 2, "杭州市": 2, "乐清市": 2, "鹿城区": 1, "永嘉县": 1, "温州生态园": 0}
    assert len(pictures) == wanted[region]


def test_indicator_trajectories(project):
    notebook = run(project, "indicator_trajectories", plan="wenzhou-14fyp-social")
    check(notebook)
    assert sum("image/png" in output.data for output in outputs(notebook)) == 2


@pytest.mark.parametrize("name", NAMES)
def test_cells_are_small_and_one_is_tagged(project, name):
    notebook = nbformat.read(project / "notebooks" / f"{name}.ipynb", as_version=4)
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert [cell for cell in code if "parameters" in cell.metadata.get("tags", ())] == code[:1]
    assert max(len(cell.source.splitlines()) for cell in code) <= 12
