"""What is left of an executed notebook is decided by its inputs alone."""

from __future__ import annotations

import copy

import nbformat
from site_of_reports import notebook

from minshi_analysis.reports.canonical import canonical, dumps, parameters_source


def executed(outputs: list[dict]) -> nbformat.NotebookNode:
    ran = copy.deepcopy(notebook("x"))
    ran.metadata["papermill"] = {"duration": 1.5, "input_path": "/somewhere/in.ipynb"}
    ran.metadata["language_info"] = {"name": "python", "version": "3.11.7", "file_extension": ".py"}
    tags = {"tags": ["injected-parameters"]}
    injected = nbformat.v4.new_code_cell('# Parameters\nregion = "\\u6e29"', metadata=tags)
    ran.cells.insert(2, injected)
    for cell in ran.cells:
        cell.metadata["papermill"] = {"duration": 0.1}
        cell.metadata["execution"] = {"iopub.status.busy": "2026-01-01T00:00:00Z"}
    ran.cells[-1].outputs = [nbformat.from_dict(output) for output in outputs]
    return ran


def tidy(*outputs: dict, folders=()) -> dict:
    return canonical(executed(list(outputs)), notebook("x"), {"region": "温州市", "year": 2022}, folders)


def stream(text: str, name: str = "stdout") -> dict:
    return {"output_type": "stream", "name": name, "text": text}


def plain(text: str) -> dict:
    return {"output_type": "display_data", "metadata": {}, "data": {"text/plain": text}}


def test_timings_paths_and_versions_leave():
    text = dumps(tidy()).decode()
    for word in ("papermill", 'execution"', "duration", "iopub", "in.ipynb", "3.11.7"):
        assert word not in text


def test_ids_are_the_sources_and_the_injected_cell_has_its_own():
    assert [cell["id"] for cell in tidy()["cells"]] == ["head", "parameters", "injected-parameters", "code-0"]


def test_parameters_are_readable():
    assert tidy()["cells"][2]["source"] == '# Parameters\nregion = "温州市"\nyear = 2022'
    scope: dict = {}
    exec(parameters_source({"a": 'say "好"\n', "b": 2, "c": True, "d": None, "e": 1.5}), scope)
    assert [scope[name] for name in "abcde"] == ['say "好"\n', 2, True, None, 1.5]


def test_the_argument_is_not_changed():
    before = executed([stream("0x7f0000000000")])
    after = copy.deepcopy(before)
    canonical(after, notebook("x"), {})
    assert after == before


def test_streams_that_timing_cut_are_whole():
    cut = tidy(stream("a"), stream("w", "stderr"), stream("b"), plain("p"), stream("c"))
    assert [(each["output_type"], each.get("text")) for each in cut["cells"][-1]["outputs"]] == [
        ("stream", "ab"),
        ("stream", "w"),
        ("display_data", None),
        ("stream", "c"),
    ]


def test_addresses_of_memory_and_folders_go():
    text = "<Axes at 0x7f12ab34cd56> /home/me/project/data/x.csv /tmp/ipykernel_41/2754.py:3 0x41"
    out = tidy(plain(text), folders=[("/home/me/project/", "."), ("/", "never")])
    assert out["cells"][-1]["outputs"][0]["data"]["text/plain"] == "<Axes at 0x…> ./data/x.csv <cell>:3 0x41"


def test_random_style_ids_are_numbered():
    html = '<style>#T_3fa9c_row0 {}</style><table id="T_3fa9c"></table><table id="T_0b1d2"></table>'
    out = tidy({"output_type": "display_data", "metadata": {}, "data": {"text/html": html}})
    expected = '<style>#T_0_row0 {}</style><table id="T_0"></table><table id="T_1"></table>'
    assert out["cells"][-1]["outputs"][0]["data"]["text/html"] == expected


def test_the_bytes_are_a_valid_notebook_that_nbformat_would_write_the_same():
    data = dumps(tidy(stream("一\n二\n"), plain("x")))
    read = nbformat.reads(data.decode(), as_version=4)
    nbformat.validate(read)
    assert nbformat.writes(read) + "\n" == data.decode()
