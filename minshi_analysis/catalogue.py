"""The catalogue: what is known of each source document, one small TOML file beside each in ``data/raw``.

Adding a document means adding two files. The TOML may also declare page furniture (site footers and the like)
and, in ``data/corrections/<doc_id>.toml``, what recognition damaged beyond repair.
"""

from __future__ import annotations

import hashlib
import os
import re
import tomllib
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

__all__ = ["CatalogueError", "Correction", "Source", "find_project", "is_litter", "known", "sources"]

PROJECT_VARIABLE = "MINSHI_PROJECT"
_HINT = (
    "each [[correction]] has where (in a text) or ref (a place in any other file), printed, corrected, reason"
)
_LITTER = re.compile(r"^(?:\.|~\$|#.*#$)|(?:~|\.part|\.crdownload|\.tmp|\.bak|\.sw[a-z])$", re.I)


class CatalogueError(ValueError):
    """A source or what is said of it is not as it should be; the message says where and what to do."""


@dataclass(frozen=True, slots=True)
class Correction:
    """A declared correction: where, what is printed, what it should be, and why we know.

    ``printed`` must stand exactly once in the source, or, where ``ref`` names a cell or a paragraph (as ``source_ref``
    does), in that one; where it no longer does, the correction is out of date and the build stops.
    """

    where: str
    printed: str
    corrected: str
    reason: str
    ref: str | None = None


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
        project = Path(os.environ[PROJECT_VARIABLE])
        if not project.is_dir():
            raise CatalogueError(
                f"{PROJECT_VARIABLE} is {project}, and there is no such folder: set it to a project's, or unset it"
            )
        return project
    here = (start or Path.cwd()).resolve()
    for folder in (here, *here.parents):
        if (folder / "data" / "raw").is_dir():
            return folder
    raise CatalogueError(
        f"no project here: {here} and the folders above it have no data/raw; run this in a project, make one with "
        f"`minshi new FOLDER`, or set {PROJECT_VARIABLE}"
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
    kept = sorted(path for path in raw.iterdir() if path.is_file() and not is_litter(path.name))
    found, wrong = [], []
    for path in kept:
        if path.suffix == ".toml":
            try:
                found.append(_source(path, project))
            except CatalogueError as error:
                wrong.append(str(error))
    if wrong:  # all of them, so that they can be mended in one go
        raise CatalogueError("\n".join(wrong))
    described = {source.path.name for source in found}
    lonely = [p.name for p in kept if p.suffix != ".toml" and p.name not in described]
    if lonely:
        raise CatalogueError(
            "\n".join(
                f"data/raw/{name} has no description: run `minshi add data/raw/{name}` or write the TOML file beside it"
                for name in lonely
            )
        )
    return found


def is_litter(name: str) -> bool:
    """Whether a file is no document but what systems, editors and unfinished copies leave in a folder.

    Examples
    --------
    >>> [is_litter(name) for name in (".DS_Store", "Thumbs.db", "plan.txt~", "~$plan.docx", "plan.pdf")]
    [True, True, True, True, False]
    """
    return name.lower() in ("thumbs.db", "desktop.ini") or bool(_LITTER.search(name))


def _source(path: Path, project: Path) -> Source:
    from minshi_analysis import description  # pydantic: a fifth of a second, for those who read descriptions

    name = f"data/raw/{path.name}"
    try:
        said = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise CatalogueError(f"{name} is not TOML: {error}") from error
    confirm = said.pop("confirm", None)
    if confirm is not None:
        left = ", ".join(map(str, confirm)) if isinstance(confirm, list) else confirm
        raise CatalogueError(
            f"{name} still has fields to confirm ({left}): run `minshi confirm {path.stem}`, or check them and delete the "
            "line `confirm`"
        )
    wrong = description.problems(said, description.Description)
    if wrong:
        raise CatalogueError(f"{name}: {'; '.join(wrong)}")
    doc_id = said.pop("doc_id", path.stem)
    file = path.with_name(said.pop("file"))
    if not file.is_file():
        raise CatalogueError(
            f"{name}: its file {file.name!r} is not there: put it back, or delete {path.name} to "
            "take the document out of the catalogue"
        )
    digest = hashlib.sha256(file.read_bytes()).hexdigest()
    if digest != said["sha256"]:
        raise CatalogueError(
            f"data/raw/{file.name} has changed: its sha256 is {digest}, {path.name} says {said['sha256']}; "
            f"restore the file, or, where the new one is right, put its sha256 into {path.name} and `minshi build`"
        )
    dates = {key: value.isoformat() for key, value in said.items() if hasattr(value, "isoformat")}
    furniture = tuple(said.pop("furniture", ()))
    corrections = _corrections(project / "data" / "corrections" / f"{doc_id}.toml")
    return Source(doc_id=doc_id, path=file, furniture=furniture, corrections=corrections, **(said | dates))


def _corrections(path: Path) -> tuple[Correction, ...]:
    if not path.is_file():
        return ()
    from minshi_analysis import description

    name = f"data/corrections/{path.name}"
    try:
        said = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise CatalogueError(f"{name} is not TOML: {error}; {_HINT}") from error
    entries = said.get("correction")
    if set(said) != {"correction"} or not isinstance(entries, list):
        raise CatalogueError(f"{name}: it holds {', '.join(said) or 'nothing'}; {_HINT}")
    for number, entry in enumerate(entries, 1):
        if wrong := description.problems(entry, description.Correction):
            raise CatalogueError(f"{name}, correction {number}: {'; '.join(wrong)}; {_HINT}")
    return tuple(Correction(**({"where": entry.get("ref")} | entry)) for entry in entries)


def known(project: Path, doc_id: str) -> Source:
    """One source of a project.

    Raises
    ------
    CatalogueError
        No such document; the message lists those there are.
    """
    path = project / "data" / "raw" / f"{doc_id}.toml"
    if path.is_file() and (source := _source(path, project)).doc_id == doc_id:
        return source  # whatever is wrong with another document
    found = {source.doc_id: source for source in sources(project)}
    if doc_id not in found:
        raise CatalogueError(f"no document {doc_id!r}: there are {', '.join(found)}")
    return found[doc_id]
