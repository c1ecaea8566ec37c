"""A small project of one made-up plan, for a tutorial that is opened before there is any document."""

from __future__ import annotations

import hashlib
from importlib import resources
from pathlib import Path

from minshi_analysis.project import new
from minshi_analysis.tables import build
from minshi_analysis.tables.files import write_file

__all__ = ["example"]


def example(project: Path) -> Path:
    """The example's folder, in the cache of a project, with its tables built.

    Its plan says of itself that it is made up, and no table or report of the project holds anything of it.
    """
    folder = project / ".cache" / "example"
    templates = resources.files(__package__).joinpath("templates")
    plan = templates.joinpath("example.txt").read_bytes()
    said = (
        templates.joinpath("example.toml").read_text("utf-8").format(sha256=hashlib.sha256(plan).hexdigest())
    )
    new.make(folder)
    for name, data in (("example-plan.txt", plan), ("example-plan.toml", said.encode())):
        path = folder / "data" / "raw" / name
        if not path.is_file() or path.read_bytes() != data:
            write_file(path, data)
    if not build.is_current(folder):
        build.build(folder)
    return folder
