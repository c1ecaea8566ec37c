"""How a notebook begins: its parameters held to what it declares, its project found, its tables there."""

from __future__ import annotations

import os
import sys
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from typing import Any

from minshi_analysis.catalogue import PROJECT_VARIABLE, CatalogueError, find_project, sources
from minshi_analysis.reasons import say
from minshi_analysis.reports.parameters import available
from minshi_analysis.reports.typed import INJECTED, BadParameters, declared, hold
from minshi_analysis.sentences import few
from minshi_analysis.tables import stamps
from minshi_analysis.tables.files import MissingTables

__all__ = ["begin"]


def begin(*, example: bool = False) -> None:
    """Begin a notebook: called in the first cell, before anything is computed.

    Holds the parameters of the run to the parameters cell (see `reports.typed`), and finds the project from where the
    notebook runs, where it lies, or where the environment lies that runs it.

    Parameters
    ----------
    example : bool
        Where the project has no document yet, go on with a made-up one, and say so.

    Raises
    ------
    BadParameters
        A parameter is unknown, missing or of another type.
    CatalogueError
        There is no project; the message says where was looked.
    MissingTables
        The tables have not been built.
    """
    shell = _shell()
    if shell is not None:
        _hold(list(shell.user_ns.get("In", ())), shell.user_ns)
    project = _project(shell.user_ns if shell is not None else {})
    if example and (project / "data" / "raw").is_dir() and not sources(project):
        from minshi_analysis.project.example import example as made_up

        project = made_up(project)
        os.environ[PROJECT_VARIABLE] = str(project)
        print(*(say("notebook.made_up_example", lang) for lang in ("zh", "en")), sep="\n")
    os.environ.setdefault(PROJECT_VARIABLE, str(project))
    if stamps.read(project) is None:
        raise MissingTables(f"the tables of {project.name} have not been built: run `minshi build` there")


def _shell() -> Any:
    """The IPython that runs this, if any does."""
    ipython = sys.modules.get("IPython")
    return ipython.get_ipython() if ipython else None


def _hold(cells: Sequence[str], names: dict[str, Any]) -> None:
    """Hold the parameters to the nearest cell before this one that declares some, and to what was put in after it."""
    put_in: dict[str, Any] = {}
    injected = False
    before = list(cells[:-1])
    while before:
        cell = before.pop()
        if cell.startswith(INJECTED) or _scheduled(before, cell):
            put_in = {name: names[name] for name in declared(cell) if name in names}
            injected = True
        elif takes := declared(cell):
            own = {name: names[name] for name in takes if name in names}
            try:
                hold(takes, put_in if injected else own, injected)
            except BadParameters as error:
                raise BadParameters(f"{error}{_there(takes, names)}") from None
            return


def _scheduled(before: Sequence[str], cell: str) -> bool:
    """Whether jupyter-scheduler put the cell in: assignments without types, straight behind a cell that has types."""
    if not before or not declared(cell):
        return False
    typed, plain = (any(each.types for each in declared(one).values()) for one in (before[-1], cell))
    return typed and not plain


def _there(takes: Collection[str], names: dict[str, Any]) -> str:
    """What the tables would allow in place of the parameters that are refused."""
    try:
        project = _project(names)
        every = available(project / "data" / "tables", project / "notebooks")
    except (CatalogueError, OSError):
        return ""
    labels = [
        " ".join(f"{name}={value!r}" for name, value in report.parameters)
        for report in every
        if report.parameters and dict(report.parameters).keys() <= set(takes)
    ]
    return f"; the tables have {few(labels, '; ', 5)}" if labels else ""


def _project(names: dict[str, Any]) -> Path:
    try:
        return find_project()
    except CatalogueError as error:
        for place in _places(names):
            try:
                return find_project(place)
            except CatalogueError:
                continue
        raise error


def _places(names: dict[str, Any]) -> Iterator[Path]:
    """Where a project may be, when the notebook runs in a folder outside any."""
    for said in (names.get("PAPERMILL_INPUT_PATH"), os.environ.get("JPY_SESSION_NAME")):
        if said and Path(said).is_absolute():
            yield Path(said).parent
    yield from _of_the_command()
    yield Path(sys.prefix)


def _of_the_command() -> Iterator[Path]:
    """The folder of the notebook that the command above this kernel names (`papermill A.ipynb B.ipynb`)."""
    import psutil  # ipykernel needs it too

    try:
        command = psutil.Process().parent()
        if command is None:
            return
        folder, words = Path(command.cwd()), command.cmdline()
    except (AttributeError, OSError, psutil.Error):
        return
    for word in words:
        if word.endswith(".ipynb") and (folder / word).is_file():
            yield (folder / word).resolve().parent
