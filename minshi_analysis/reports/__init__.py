"""Reports: a notebook, its typed parameters and the tables in, an executed notebook and a page out.

`command.run` is `minshi report`; `engine.make` makes one report; `kernels` are warm kernels for any papermill.
"""
