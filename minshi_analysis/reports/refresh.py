"""Run the committed notebooks with their own parameters and keep their outputs: what nbval compares with.

`make notebooks` calls it. A notebook that fails is left as it was.
"""

from __future__ import annotations

import hashlib
import io
import os
import sys
from pathlib import Path
from typing import Any

from minshi_analysis.catalogue import find_project
from minshi_analysis.reports.canonical import canonical, dumps

__all__ = ["changes", "refresh"]

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
    scratch = path.with_name(f".{path.name}.{os.getpid()}.part")  # two may renew it at once
    try:
        scratch.write_bytes(made)
        os.replace(scratch, path)
    finally:
        scratch.unlink(missing_ok=True)
    return True


def changes(before: bytes, after: bytes) -> str:
    """What changed in a notebook, cell by cell, as nbdime tells it; of outputs their plain text.

    Examples
    --------
    >>> import nbformat
    >>> def notebook(text):
    ...     cell = nbformat.v4.new_code_cell(text, id="a")
    ...     return nbformat.writes(nbformat.v4.new_notebook(cells=[cell])).encode()
    >>> "+  1 + 2" in changes(notebook("1 + 1"), notebook("1 + 2"))
    True
    """
    import nbformat
    from nbdime import diff_notebooks
    from nbdime.prettyprint import PrettyPrintConfig, pretty_print_notebook_diff

    old, new = (_plain(nbformat.reads(text.decode("utf-8"), as_version=4)) for text in (before, after))
    told = io.StringIO()
    how = PrettyPrintConfig(out=told, use_git=False, use_diff=False, use_color=False)
    pretty_print_notebook_diff("before", "after", old, diff_notebooks(old, new), how)
    return told.getvalue()


def _plain(notebook: Any) -> Any:
    """A notebook whose outputs are their plain text; of a picture also a mark that changes with it."""
    for cell in notebook.cells:
        for output in cell.get("outputs", ()):
            data = output.get("data")
            if data is not None:
                kept = {"text/plain": data.get("text/plain", "")}
                if "image/png" in data:
                    kept["text/plain"] += (
                        f"\n(picture {hashlib.sha256(data['image/png'].encode()).hexdigest()[:8]})"
                    )
                output["data"] = kept
            output.pop("metadata", None)
    return notebook


def main() -> int:
    """Every notebook of the project: whether its outputs were renewed, and what changed in them."""
    for path in sorted((find_project() / "notebooks").glob("*.ipynb")):
        before = path.read_bytes()
        renewed = refresh(path)
        print(f"{path.name}: {'renewed' if renewed else 'unchanged'}")
        if renewed:
            print(changes(before, path.read_bytes()))
    return 0


if __name__ == "__main__":
    sys.exit(main())
