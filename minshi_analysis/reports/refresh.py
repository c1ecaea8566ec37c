"""Run the committed notebooks with their own parameters and keep their outputs: what nbval compares with.

`make notebooks` calls it. A notebook that fails is left as it was.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from minshi_analysis.catalogue import find_project
from minshi_analysis.reports.canonical import canonical, dumps

__all__ = ["refresh"]

UNKEPT = "nbval-ignore-output"  # tag of a cell whose output is not compared, and so not kept


def refresh(path: Path) -> bool:
    """Execute a notebook where it stands; True where its outputs changed.

    Raises
    ------
    nbclient.exceptions.CellExecutionError
        A cell failed; the file is not touched.
    """
    import nbformat
    from nbclient import NotebookClient

    notebook = nbformat.read(path, as_version=4)
    source = notebook.copy()
    client = NotebookClient(
        notebook, kernel_name="python3", resources={"metadata": {"path": str(path.parent)}}
    )
    client.execute()
    for cell in notebook.cells:
        if UNKEPT in cell.metadata.get("tags", ()):
            cell.outputs, cell.execution_count = [], None
    project = find_project(path.parent)
    made = dumps(canonical(notebook, source, {}, [(str(project), "."), (str(Path.home()), "~")]))
    if made == path.read_bytes():
        return False
    scratch = path.with_name(f".{path.name}.part")
    scratch.write_bytes(made)
    os.replace(scratch, path)
    return True


def main() -> int:
    """Every notebook of the project, a line each."""
    for path in sorted((find_project() / "notebooks").glob("*.ipynb")):
        print(f"{path.name}: {'renewed' if refresh(path) else 'unchanged'}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
