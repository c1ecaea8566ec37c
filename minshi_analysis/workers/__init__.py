"""Where work is done: warm processes on this machine, or a Dask cluster; both take the same calls."""
