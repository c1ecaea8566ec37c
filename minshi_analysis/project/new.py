"""A new project: folders, heads of reference files, notebooks, and what git, make and CI ask for.

Nothing that is there is ever overwritten; a second time makes only what is lacking.
"""

from __future__ import annotations

import csv
import io
import json
import platform
from collections.abc import Callable, Iterator
from importlib import resources
from pathlib import Path

from minshi_analysis.project.locking import lock
from minshi_analysis.reports.parameters import NOTEBOOKS
from minshi_analysis.tables.files import write_file
from minshi_analysis.tables.reference import HEADS

__all__ = ["TUTORIAL", "make", "notebooks"]

TUTORIAL = "tutorial.ipynb"

_TEMPLATES = {
    "README.md": "README.md",
    "Makefile": "Makefile",
    "gitignore": ".gitignore",
    "tables.yml": ".github/workflows/tables.yml",
    "environment.yml": "environment.yml",
}
_EMPTY = {"str": '""', "int": "0"}


def make(folder: Path, say: Callable[[str], None] = lambda line: None) -> list[Path]:
    """Make a project of a folder, or what it lacks.

    Parameters
    ----------
    folder : Path
        Made where it is not there.
    say : callable
        Is told of each file that is written.

    Returns
    -------
    list of Path
        What was written.

    Raises
    ------
    ValueError
        A file stands where a folder has to be.
    """
    written = []
    for name, data in _files(folder.resolve().name):
        path = folder / name
        if not path.exists():
            blocked = next((above for above in path.parents if above.exists() and not above.is_dir()), None)
            if blocked is not None:
                raise ValueError(
                    f"{blocked} is a file, and a project needs a folder there: name another FOLDER"
                )
            write_file(path, data)
            say(f"{path} written")
            written.append(path)
    return written


def notebooks() -> dict[str, str]:
    """The notebooks of the package by file name: without outputs, and with no region, year or plan chosen."""
    kept = _kept("notebooks")
    files = (TUTORIAL, *(each.file for each in NOTEBOOKS))
    return {file: _own((kept / file).read_text(encoding="utf-8")) for file in files}


def _files(name: str) -> Iterator[tuple[str, bytes]]:
    yield "data/raw/.gitkeep", b""
    yield "data/corrections/.gitkeep", b""
    for file, columns in HEADS.items():
        head = io.StringIO()
        csv.writer(head, lineterminator="\n").writerow(columns)
        yield f"data/reference/{file}", head.getvalue().encode()
    for file, text in notebooks().items():
        yield f"notebooks/{file}", text.encode()
    from minshi_analysis import __version__

    about = {"name": name, "version": __version__, "python": ".".join(platform.python_version_tuple()[:2])}
    for template, file in _TEMPLATES.items():
        text = resources.files(__package__).joinpath("templates", template).read_text("utf-8")
        yield file, (text if template == "gitignore" else text.format(**about)).encode()
    yield "requirements.lock", lock("reports").encode()


def _kept(what: str) -> Path:
    """A folder that travels in the package, and in a clone lies where it is kept."""
    here = Path(__file__).resolve().parent
    return here / what if (here / what).is_dir() else here.parents[1] / what


def _own(text: str) -> str:
    """A notebook for another project: nothing that was computed, and nothing chosen."""
    notebook = json.loads(text)
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            cell["outputs"], cell["execution_count"] = [], None
        if "parameters" in cell["metadata"].get("tags", ()):
            lines = "".join(cell["source"]).splitlines()
            cell["source"] = "\n".join(map(_unchosen, lines)).splitlines(keepends=True)
    return json.dumps(notebook, ensure_ascii=False, indent=1) + "\n"


def _unchosen(line: str) -> str:
    """A line of the parameters cell, without the value that a run has to give."""
    from minshi_analysis.reports.typed import declared

    ((name, one),) = declared(line).items() or (("", None),)
    if one is None or one.optional or one.types[:1] not in (("str",), ("int",)):
        return line
    comment = line.partition("#")[2].strip()
    return f"{name}: {one.types[0]} = {_EMPTY[one.types[0]]}" + (f"  # {comment}" if comment else "")
