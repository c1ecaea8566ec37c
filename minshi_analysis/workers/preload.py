"""What a warm kernel has already imported: the forkserver imports this module once, then forks.

No thread, no socket, no figure backend of a notebook: all of those break in a forked child (a preloaded inline
backend made every figure come out as text). Libraries that are not installed are left out.
"""

from __future__ import annotations

import contextlib
import gc
import importlib
import signal
from importlib import resources

from minshi_analysis.workers.without import without

MODULES = (
    "numpy",
    "pandas",
    "pandas.io.formats.style",
    "pyarrow.parquet",
    "matplotlib.figure",
    "matplotlib.pyplot",
    "matplotlib.backends.backend_agg",
    "seaborn",
    "pyarrow.pandas_compat",
    "pyarrow.dataset",
    "pandas.core.methods.to_dict",
    "pandas.core.reshape.reshape",
    "pandas.io.formats.csvs",
    "PIL.JpegImagePlugin",
    "PIL.GifImagePlugin",
    "PIL.PpmImagePlugin",
    "IPython.core.completerlib",
    "IPython.core.debugger",
    "IPython.core.magics.execution",
    "IPython.core.magics.pylab",
    "IPython.extensions.storemagic",
    "ipykernel.debugger",
    "ipykernel.kernelapp",
    "ipykernel.zmqshell",
    "tornado.platform.asyncio",
    "noto_cjk_sans_otc",
    "babel.dates",
    "babel.numbers",
    "sqlite3",
    "psutil",
    "minshi_analysis",
    "minshi_analysis.catalogue",
    "minshi_analysis.tables.reads",
    "minshi_analysis.model",
    "minshi_analysis.tables.files",
    "minshi_analysis.metrics",
    "minshi_analysis.charts",
    "minshi_analysis.notebook",
    "minshi_analysis.account.sheet_words",
    "minshi_analysis.reading.text",
    "minshi_analysis.reports.engine",
    "minshi_analysis.reports.kernels",
    "papermill.execute",
    "nbconvert.exporters.html",
    "uharfbuzz",
    "brotli",
)

gc.disable()  # nothing that is imported is garbage: looking for it takes a tenth of the time
interrupt = signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the command
with without():
    for module in MODULES:
        with contextlib.suppress(
            Exception
        ):  # a module that is broken says so where it is used, in the notebook
            importlib.import_module(module)

with contextlib.suppress(ImportError):
    from matplotlib.backends.registry import backend_registry

    backend_registry.list_all()  # reads the entry points of every installed package


def warm() -> None:
    """Do once what every kernel would do first: read the project's tables, draw a chart."""
    from minshi_analysis import catalogue, charts, locales, metrics, model, reasons, reference
    from minshi_analysis.account import sheet_words
    from minshi_analysis.notebook import case
    from minshi_analysis.tables import files as store

    for package in (charts, metrics):
        for name in package.__all__:
            getattr(package, name)
    _drawn()
    _paged()
    project = catalogue.find_project()
    for name in model.TABLES:
        model.empty(name)
        store.read_valid(project, name)  # the files' stamps tell a kernel whether they are still the same
    case.without_rows()
    for words in resources.files("minshi_analysis.words").iterdir():
        room, language, _ = words.name.split(".")
        reasons.catalogue(language, room)
    sheet_words.words("zh")
    for language in locales.LANGUAGES:
        locales.number(1.5, language)
    reference.count("温州市", None, 2022)


def _drawn() -> None:
    """A chart of nothing: fonts are found and opened, the first figure is made."""
    import pandas as pd

    from minshi_analysis.charts.house import Chart, chart

    def draw(paper):
        drawn = paper.rows(["民生实事"], ["2022"], axis="%")
        drawn.axes.scatter([0], drawn.places)
        return drawn.figure

    chart(lambda: Chart("民生", "2022", "abc", "", pd.DataFrame({"a": [1]}), draw))()


def _paged() -> None:
    """A page of nothing: templates and the notebooks' schema are compiled; workers go on with this page maker."""
    import nbformat

    from minshi_analysis.reports.page import Pages
    from minshi_analysis.workers import pool

    said = nbformat.v4.new_output("execute_result", {"text/html": "<p>民生</p>"})
    cells = [nbformat.v4.new_code_cell("1", outputs=[said]), nbformat.v4.new_markdown_cell("# 民生")]
    notebook = nbformat.reads(nbformat.writes(nbformat.v4.new_notebook(cells=cells)), as_version=4)
    pages = Pages()
    pages.page(notebook, "民生")
    pool.WARM["pages"] = pages


with contextlib.suppress(
    Exception
):  # without a project, tables or font the notebook says so; what else may fail is tested
    warm()

gc.freeze()  # a collection in a fork would touch, and so copy, every page
gc.enable()
signal.signal(signal.SIGINT, interrupt)
