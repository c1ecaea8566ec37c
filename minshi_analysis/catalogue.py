"""The catalogue: what is known of each source document, one small TOML file beside each in ``data/raw``.

Adding a document means adding two files. The TOML may also declare page furniture (site footers and the like)
and, in ``data/corrections/<doc_id>.toml``, what recognition damaged beyond repair.
"""

from __future__ import annotations

import hashlib
import os
import tomllib
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

__all__ = ["CatalogueError", "Correction", "Source", "find_project", "known", "sources"]

PROJECT_VARIABLE = "MINSHI_PROJECT"


class CatalogueError(ValueError):
    """A source or what is said of it is not as it should be; the message says where and what to do."""


@dataclass(frozen=True, slots=True)
class Correction:
    """A declared correction: where, what is printed, what it should be, and why we know.

    ``printed`` must stand exactly once in the source; where it no longer does, the correction is out of date and
    the build stops.
    """

    where: str
    printed: str
    corrected: str
    reason: str


@dataclass(frozen=True, slots=True)
class Source:
    """What is known of a document."""

    doc_id: str
    title: str
    region: str
    year: int
    kind: str
    path: Path
    sha256: str
    issuer: str | None = None
    adcode: str | None = None
    level: str | None = None
    stage: str | None = None
    year_end: int | None = None
    as_of: str | None = None
    published: str | None = None
    reference_no: str | None = None
    url: str | None = None
    script: str | None = None
    furniture: tuple[str, ...] = ()
    corrections: tuple[Correction, ...] = field(default=())

    def row(self) -> dict[str, Any]:
        """The row of the ``documents`` table."""
        skip = {"path", "furniture", "corrections"}
        return {f.name: getattr(self, f.name) for f in fields(self) if f.name not in skip} | {
            "file": self.path.name
        }


def find_project(start: Path | None = None) -> Path:
    """The project's folder: ``MINSHI_PROJECT``, else the nearest folder upward that holds ``data/raw``.

    Raises
    ------
    CatalogueError
        No such folder.
    """
    if PROJECT_VARIABLE in os.environ:
        return Path(os.environ[PROJECT_VARIABLE])
    here = (start or Path.cwd()).resolve()
    for folder in (here, *here.parents):
        if (folder / "data" / "raw").is_dir():
            return folder
    raise CatalogueError(
        f"no project here: {here} and the folders above it have no data/raw; run this in a project, or set {PROJECT_VARIABLE}"
    )


def sources(project: Path) -> list[Source]:
    """The sources of a project, by doc_id.

    Raises
    ------
    CatalogueError
        A description that cannot be read, misses a field or has one too many; a file that is absent or whose
        bytes changed; a document without a description.
    """
    raw = project / "data" / "raw"
    found = [_source(path, project) for path in sorted(raw.glob("*.toml"))]
    described = {source.path.name for source in found}
    lonely = sorted(
        p.name for p in raw.iterdir() if p.suffix != ".toml" and p.is_file() and p.name not in described
    )
    if lonely:
        raise CatalogueError(
            f"data/raw/{lonely[0]} has no description: run `minshi add data/raw/{lonely[0]}` or write the TOML file beside it"
        )
    return found


def _source(path: Path, project: Path) -> Source:
    name = f"data/raw/{path.name}"
    try:
        said = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise CatalogueError(f"{name} is not TOML: {error}") from error
    doc_id = said.pop("doc_id", path.stem)
    file = path.with_name(str(said.pop("file", "")))
    if "confirm" in said:
        raise CatalogueError(
            f"{name} still has fields to confirm ({', '.join(said['confirm'])}): check them and delete the line `confirm`"
        )
    allowed = {f.name for f in fields(Source)} - {"doc_id", "path", "corrections"}
    for problem, keys in (
        ("unknown", set(said) - allowed),
        ("missing", {"title", "region", "year", "kind", "sha256"} - set(said)),
    ):
        if keys:
            raise CatalogueError(f"{name}: {problem} field {', '.join(sorted(keys))}")
    if not file.is_file():
        raise CatalogueError(f"{name}: its file {file.name!r} is not there")
    digest = hashlib.sha256(file.read_bytes()).hexdigest()
    if digest != said["sha256"]:
        raise CatalogueError(
            f"data/raw/{file.name} has changed: its sha256 is {digest}, {path.name} says {said['sha256']}; "
            "restore the file, or declare the new one"
        )
    dates = {key: value.isoformat() for key, value in said.items() if hasattr(value, "isoformat")}
    furniture = tuple(said.pop("furniture", ()))
    corrections = _corrections(project / "data" / "corrections" / f"{doc_id}.toml")
    return Source(doc_id=doc_id, path=file, furniture=furniture, corrections=corrections, **(said | dates))


def _corrections(path: Path) -> tuple[Correction, ...]:
    if not path.is_file():
        return ()
    try:
        said = tomllib.loads(path.read_text(encoding="utf-8"))
        return tuple(Correction(**entry) for entry in said["correction"])
    except (tomllib.TOMLDecodeError, KeyError, TypeError) as error:
        raise CatalogueError(
            f"data/corrections/{path.name}: {error}; each [[correction]] has where, printed, corrected, reason"
        ) from error


def known(project: Path, doc_id: str) -> Source:
    """One source of a project.

    Raises
    ------
    CatalogueError
        No such document; the message lists those there are.
    """
    found = {source.doc_id: source for source in sources(project)}
    if doc_id not in found:
        raise CatalogueError(f"no document {doc_id!r}: there are {', '.join(found)}")
    return found[doc_id]
