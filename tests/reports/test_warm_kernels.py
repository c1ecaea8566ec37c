"""A warm kernel is an ordinary IPython kernel that has its imports behind it: the same outputs, sooner."""

from __future__ import annotations

import asyncio
import json
from dataclasses import replace

import nbformat
import papermill
import pytest
from site_of_reports import notebook

from minshi_analysis.reports.canonical import canonical, dumps
from minshi_analysis.reports.engine import make
from minshi_analysis.reports.kernels import _Client
from minshi_analysis.reports.parameters import Report
from minshi_analysis.reports.task import Task

REPORT = Report("city_year", (("region", "温州市"), ("year", 2022)))

# Everything that is known to come out differently when a kernel is not started as usual.
CELLS = (
    "import sys, os, warnings, logging\nimport numpy as np, pandas as pd, matplotlib.pyplot as plt, seaborn as sns",
    "print(region, year); print('err', file=sys.stderr); warnings.warn('careful'); logging.warning('logged')",
    "pd.DataFrame({'地区': ['鹿城区', '龙港市'], '数': [1.5, np.nan]})",
    "pd.DataFrame({'a': [1, 2]}).style.format('{:.1f}')",
    "fig, ax = plt.subplots(figsize=(3, 2))\n_ = ax.plot([1, 3, 2])",
    "_ = sns.barplot(x=['a', 'b'], y=[1, 2], hue=['a', 'b'])\nplt.show()\nplt.plot([1, 2])",
    "print({'b', 'a', 'c'}, hash('民生'), os.getcwd(), __name__, sys.argv[0][-18:], plt.get_backend())",
    "%matplotlib inline\nplt.rcParams['figure.dpi'], plt.rcParams['svg.hashsalt'], ...",
    "from IPython.display import HTML, Markdown, SVG, display\ndisplay(HTML('<b>x</b>'), Markdown('*y*'))",
    "%config InlineBackend.figure_formats = ['svg']\n_ = plt.plot([3, 1, 2])",
    "import random; random.seed(1); np.random.default_rng(1).random(2), random.random()",
    "try:\n    input()\nexcept Exception as error:\n    print(type(error).__name__)",
    "import subprocess; subprocess.run([sys.executable, '-c', 'print(1)'], capture_output=True, check=True).stdout",
    "import multiprocessing, threading\nmultiprocessing.get_context('fork').Pool(2).map(abs, [-1, -2])",
    "get_ipython().ast_node_interactivity, In[1][:6], _i1[:6], sys.flags.hash_randomization",
    "undefined_name",
)  # fmt: skip


@pytest.fixture
def task(tmp_path):
    (tmp_path / "notebooks").mkdir()
    return Task(REPORT, "", str(tmp_path), str(tmp_path / "notebooks"), timeout=120)


def asking(task: Task, *cells: str) -> Task:
    return replace(task, source=nbformat.writes(notebook(*cells)))


def outputs(data: bytes) -> list:
    return [cell["outputs"] for cell in json.loads(data)["cells"] if cell["cell_type"] == "code"]


def test_outputs_are_those_of_an_ordinary_kernel(task):
    task = asking(task, *CELLS)
    warm, cold = make(task), make(replace(task, warm=False))
    for one, other in zip(outputs(warm.notebook), outputs(cold.notebook), strict=True):
        assert one == other
    assert warm.notebook == cold.notebook
    assert warm.cause == cold.cause == "NameError: name 'undefined_name' is not defined in cell 19"


def test_outputs_are_those_of_plain_papermill(task, tmp_path):
    cells = [*CELLS[:3], CELLS[4], CELLS[5]]
    task = asking(task, *cells)
    warm = make(task)
    (tmp_path / "in.ipynb").write_text(task.source, encoding="utf-8")
    parameters = dict(REPORT.parameters)
    plain = papermill.execute_notebook(
        tmp_path / "in.ipynb", tmp_path / "out.ipynb", parameters, progress_bar=False, log_output=False
    )
    source = nbformat.reads(task.source, as_version=4)
    assert warm.notebook == dumps(canonical(plain, source, parameters))


def test_figures_are_pictures(task):
    made = make(asking(task, "import matplotlib.pyplot as plt\nfig, ax = plt.subplots()"))
    (output,) = outputs(made.notebook)[-1]
    assert {"image/png", "text/plain"} == output["data"].keys()


def test_a_warm_kernel_has_its_imports_behind_it_and_its_own_group(task):
    cells = ("import sys, os\n'pandas' in sys.modules, os.getpgid(0) == os.getpid()",)
    warm = make(asking(task, *cells))
    assert outputs(warm.notebook)[-1][0]["data"]["text/plain"] == ["(True, True)"]


def test_kernels_do_not_see_each_other(task):
    make(asking(task, "import pandas, os\npandas.mine = 1\nos.environ['MINE'] = '1'"))
    made = make(asking(task, "import pandas, os\nhasattr(pandas, 'mine'), 'MINE' in os.environ"))
    assert outputs(made.notebook)[-1][0]["data"]["text/plain"] == ["(False, False)"]


def test_the_users_own_settings_do_not_reach_a_kernel(task, tmp_path, monkeypatch):
    startup = tmp_path / "ipython" / "profile_default" / "startup"
    startup.mkdir(parents=True)
    (startup / "00-mine.py").write_text("mine = 1")
    monkeypatch.setenv("IPYTHONDIR", str(tmp_path / "ipython"))
    monkeypatch.setenv("MPLBACKEND", "svg")
    made = make(asking(task, "import matplotlib\n'mine' in globals(), matplotlib.get_backend()"))
    assert outputs(made.notebook)[-1][0]["data"]["text/plain"] == [
        "(False, 'module://matplotlib_inline.backend_inline')"
    ]


def test_without_fork_there_is_the_ordinary_kernel(task, monkeypatch):
    monkeypatch.setenv("MINSHI_COLD", "1")
    made = make(asking(task, "import sys\n'pandas' in sys.modules"))
    assert made.cause == ""
    assert outputs(made.notebook)[-1][0]["data"]["text/plain"] == ["False"]


@pytest.mark.parametrize(
    ("cell", "cause"),
    [
        ("1 / 0", "ZeroDivisionError: division by zero in cell 5"),
        (
            "import os, signal; os.kill(os.getpid(), signal.SIGKILL)",
            "the kernel was killed by SIGKILL in cell 5",
        ),
        (
            "import os, signal; os.kill(os.getpid(), signal.SIGSEGV)",
            "the kernel was killed by SIGSEGV in cell 5",
        ),
        ("import os; os._exit(3)", "the kernel ended by itself with status 3 in cell 5"),
    ],
)
def test_a_failure_has_its_cause_and_leaves_what_ran(task, cell, cause):
    made = make(asking(task, "print('before')", cell, "print('after')"))
    assert made.cause.partition(";")[0] == cause
    assert made.page == b""
    before, _, after = outputs(made.notebook)[-3:]
    assert before == [{"name": "stdout", "output_type": "stream", "text": ["before\n"]}]
    assert after == []


def test_a_killed_kernel_tells_its_memory(task):
    grow = "import os, signal, time\nkept = bytearray(300_000_000)\nkept[::4096] = bytes([1]) * len(kept[::4096])"
    made = make(asking(task, grow, "time.sleep(0.5); os.kill(os.getpid(), signal.SIGKILL)"))
    assert made.kernel_peak_memory > 300_000_000
    assert f"its memory peaked at {made.kernel_peak_memory / 2**20:.0f} MB" in made.cause


@pytest.mark.parametrize("hang", ["import time\ntime.sleep(60)", "while True: pass"])
def test_a_hanging_kernel_is_ended(task, hang):
    made = make(asking(replace(task, timeout=2), "print('before')", hang))
    assert made.cause.startswith("no end after 2 s in cell 5")
    assert outputs(made.notebook)[-2][0]["text"] == ["before\n"]


def test_an_ordinary_kernel_fails_with_the_same_cause(task):
    task = asking(task, "import os, signal; os.kill(os.getpid(), signal.SIGKILL)")
    assert make(replace(task, warm=False)).cause.startswith("the kernel was killed by SIGKILL in cell 4")


def test_papermill_takes_the_engine_by_name(task, tmp_path):
    from papermill.engines import papermill_engines

    from minshi_analysis.reports.kernels import WarmEngine

    papermill_engines.register("minshi", WarmEngine)
    (tmp_path / "in.ipynb").write_text(asking(task, "print(region)").source, encoding="utf-8")
    ran = papermill.execute_notebook(
        str(tmp_path / "in.ipynb"),
        str(tmp_path / "out.ipynb"),
        {"region": "龙港市", "year": 2022},
        engine_name="minshi",
        progress_bar=False,
    )
    assert ran.cells[-1].outputs[0].text == "龙港市\n"
    assert (tmp_path / "out.ipynb").is_file()


class _Channel(list):
    """What a kernel has sent, as a channel of jupyter_client gives it out."""

    socket = property(lambda self: self)

    async def msg_ready(self) -> bool:
        return bool(self)

    async def poll(self, _milliseconds: int) -> bool:
        return bool(self)

    async def get_msg(self, timeout: float) -> dict:
        return self.pop(0)


def _client(heard: int, alive: int = 1000) -> _Client:
    """A client whose subscription reaches the kernel before its `heard`-th question, and that lives `alive` looks."""

    class Asking(_Client):
        shell_channel, iopub_channel = _Channel(), _Channel()
        asked = looks = 0

        def kernel_info(self, *_args, **_options) -> None:
            self.asked += 1
            self.shell_channel.append(
                {"msg_type": "kernel_info_reply", "content": {"protocol_version": "5.3"}}
            )
            if self.asked >= heard:
                self.iopub_channel.append({"msg_type": "status", "content": {}})

        async def is_alive(self) -> bool:
            self.looks += 1
            return self.looks <= alive

    return Asking()


@pytest.mark.parametrize("heard", [1, 2, 5])
def test_a_kernel_that_greets_nobody_is_asked_until_its_outputs_reach_us(heard):
    client = _client(heard)
    asyncio.run(client.wait_for_ready(timeout=5))
    assert client.asked == heard


@pytest.mark.parametrize(
    ("alive", "timeout", "said"), [(3, 60, "Kernel died"), (10**9, 0.01, "didn't respond in 0.01 seconds")]
)
def test_a_kernel_that_is_never_heard_is_waited_for_no_longer_than_it_lives_or_is_given(alive, timeout, said):
    with pytest.raises(RuntimeError, match=said):
        asyncio.run(_client(heard=10**9, alive=alive).wait_for_ready(timeout))
