"""JupyterLab for a project: its kernel is named for the project and finds it wherever a notebook runs."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from importlib.util import find_spec
from pathlib import Path

from minshi_analysis.catalogue import PROJECT_VARIABLE

__all__ = ["command", "kernel_folder", "open_lab"]

TUTORIAL = Path("notebooks") / "tutorial.ipynb"
KERNEL = "python3"  # the name that the notebooks carry; papermill and nbval find the ordinary kernel by it

QUIET = (  # nothing is asked of the network unless the user asks for it
    "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
    "--LabApp.news_url=None",
    "--LabApp.extension_manager=readonly",
)
NEWS = "@jupyterlab/apputils-extension:announcements"  # asks whether it may fetch news


def kernel_folder(project: Path) -> Path:
    """Write the project's kernel and say where: a folder for ``JUPYTER_PATH``.

    It is this interpreter, told where the project is. So a copy of a notebook that a scheduler runs elsewhere finds it,
    and JupyterLab shows which project a notebook computes with.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     made = kernel_folder(Path(folder)) / "kernels" / "python3" / "kernel.json"
    ...     json.loads(made.read_text("utf-8"))["display_name"] == f"minshi · {Path(folder).name}"
    True
    """
    folder = project.resolve() / ".cache" / "jupyter"
    kernel = folder / "kernels" / KERNEL
    said = {
        "argv": [sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"],
        "display_name": f"minshi · {project.resolve().name}",
        "language": "python",
        "env": {PROJECT_VARIABLE: str(project.resolve())},
        "metadata": {"debugger": True},
    }
    _put(kernel / "kernel.json", said)
    return folder


def _put(target: Path, said: Mapping[str, object]) -> None:
    """Write a file of settings whole or not at all: a lab that is open already may be reading it."""
    target.parent.mkdir(parents=True, exist_ok=True)
    scratch = target.with_name(f".{target.name}-{os.getpid()}")
    try:
        scratch.write_text(json.dumps(said, ensure_ascii=False, indent=1) + "\n", "utf-8")
        scratch.replace(target)
    finally:
        scratch.unlink(missing_ok=True)


def command(project: Path, arguments: Sequence[str] = ()) -> tuple[list[str], dict[str, str]]:
    """The command line that opens a project in JupyterLab, and its environment.

    Raises
    ------
    ValueError
        JupyterLab is not installed.
    """
    if find_spec("jupyterlab") is None:
        raise ValueError("JupyterLab is not installed here: pip install 'minshi-analysis[lab]'")
    project = project.resolve()
    words = [sys.executable, "-m", "jupyterlab", f"--ServerApp.root_dir={project}", *QUIET]
    if (project / TUTORIAL).is_file():
        words.append(f"--LabApp.default_url=/lab/tree/{TUTORIAL.as_posix()}")
    folder = kernel_folder(project)
    _put(folder / "config" / "labconfig" / "page_config.json", {"disabledExtensions": {NEWS: True}})
    environment = {
        **os.environ,
        "JUPYTER_PATH": _before(folder, "JUPYTER_PATH"),
        "JUPYTER_CONFIG_PATH": _before(folder / "config", "JUPYTER_CONFIG_PATH"),
    }
    if PROJECT_VARIABLE in environment:  # else a terminal in the lab is in the project of its own folder
        environment[PROJECT_VARIABLE] = str(project)
    return [*words, *arguments], environment


def _before(folder: Path, variable: str) -> str:
    """A list of folders with one more at its head."""
    return os.pathsep.join([str(folder), *filter(None, [os.environ.get(variable)])])


def open_lab(project: Path, arguments: Sequence[str] = ()) -> int:
    """Open JupyterLab with the tutorial and give the status it ends with; this process becomes JupyterLab where it can."""
    words, environment = command(project, arguments)
    sys.stdout.flush()
    if os.name == "nt":
        return subprocess.call(words, env=environment)
    os.execve(words[0], words, environment)
