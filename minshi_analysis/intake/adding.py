"""Put a document into the catalogue: the file, and a TOML with what it says of itself."""

from __future__ import annotations

import hashlib
import os
import re
import tomllib
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

import tomlkit

from minshi_analysis.catalogue import PROJECT_VARIABLE, CatalogueError, find_project
from minshi_analysis.intake.identify import Identity, identify, stated
from minshi_analysis.locks import held
from minshi_analysis.reading import read
from minshi_analysis.tables.files import write_file

__all__ = ["FOLLOWS", "TO_CONFIRM", "UNKNOWN", "Added", "add", "catalogued", "project_for"]

TO_CONFIRM = "check these fields (`minshi confirm`, or by hand and then delete this line)"
UNKNOWN = ("?", 0)  # stands in a description for a text and a year that nobody knows yet
FOLLOWS = {"adcode": "region", "level": "region", "year_end": "year"}  # fields that are as sure as another

_ORDER = (
    "title",
    "issuer",
    "region",
    "adcode",
    "level",
    "year",
    "year_end",
    "kind",
    "stage",
    "as_of",
    "published",
    "reference_no",
    "script",
)
_NAMELESS = re.compile(  # what browsers and sites call any file
    r"(?:document|download|index|content|attachment|file|page|post|[a-z]{0,2}\d{5,})[-_ .()\d]*", re.I
)
_NEEDED = ("title", "region", "year", "kind")


@dataclass(frozen=True, slots=True)
class Added:
    """A catalogued document: its id, its description, the fields that wait for a person, and whether it is new."""

    doc_id: str
    path: Path
    confirm: tuple[str, ...] = ()
    new: bool = True


def project_for(folder: Path, say: Callable[[str], None] = lambda line: None) -> Path:
    """The project of a folder; where it is in none, the folder becomes one, which is said."""
    try:
        return find_project(folder)
    except CatalogueError:
        if PROJECT_VARIABLE in os.environ:
            raise  # a folder that was named wrongly is not made
        (folder / "data" / "raw").mkdir(parents=True)
        say(f"{folder} is a project now: data/raw is made; `minshi new .` adds notebooks and the rest")
        return folder


def add(
    file: Path,
    project: Path,
    *,
    doc_id: str | None = None,
    region: str | None = None,
    year: int | None = None,
    kind: str | None = None,
    yes: bool = False,
    say: Callable[[str], None] = lambda line: None,
) -> Added:
    """Copy a document into ``data/raw`` and describe it.

    Fields that were found rather than given are listed under ``confirm``: the build refuses the document until a
    person has confirmed them (`minshi confirm`, or by hand). ``say`` is told of each where it was found and how sure
    it is. With ``yes`` what is sure is taken, and only guesses wait.

    Returns
    -------
    Added
        ``new`` is false where the very same bytes are in the catalogue already; then nothing is changed.

    Raises
    ------
    ValueError
        The file cannot be read, the id is taken, or an argument names nothing known.
    """
    if file.suffix.lower() == ".toml":
        raise ValueError(f"{file.name} is a description, not a document: name the document")
    sha256 = hashlib.sha256(file.read_bytes()).hexdigest()
    raw = project / "data" / "raw"
    raw.mkdir(parents=True, exist_ok=True)
    if already := catalogued(file, project):
        say(f"{file.name} is in the catalogue already, as {already.doc_id}")
        return already
    given = stated(region, year, kind)
    known = identify(read(file), file.stem, placed=region is not None).given(given)
    with held(raw):  # who adds the same file at the same time finds it there
        if already := catalogued(file, project):
            say(f"{file.name} is in the catalogue already, as {already.doc_id}")
            return already
        return _put(file, project, sha256, doc_id, known, given, yes, say)


def _put(
    file: Path,
    project: Path,
    sha256: str,
    doc_id: str | None,
    known: Identity,
    given: dict,
    yes: bool,
    say: Callable[[str], None],
) -> Added:
    raw = project / "data" / "raw"
    said = asdict(known)
    name = doc_id or _name(file.stem, said)
    if doc_id is not None and not re.fullmatch(r"[a-z0-9][a-z0-9-]*", doc_id):
        raise ValueError(
            f"{doc_id!r} is no id: use small letters, digits and hyphens, such as ouhai-2025-plan"
        )
    if not name:
        raise ValueError(
            "no id can be made of its name, nor of what it says (region and year): add it alone with --id, or with "
            "--region and --year"
        )
    target = raw / f"{name}{file.suffix.lower()}"
    description = raw / f"{name}.toml"
    # The same bytes without a description are what a killed run left.
    other = target.exists() and target.read_bytes() != file.read_bytes()
    if description.exists() or other:
        raise ValueError(
            f"data/raw already has {name}, another document: add this one alone, with another id (--id)"
        )
    confirm = _open(known, said, given, yes)
    text = _toml(target.name, sha256, said, known.told(), confirm)
    if target.resolve() != file.resolve():
        write_file(target, file.read_bytes())
    write_file(description, text.encode())
    say(f"{file.name} → {target.relative_to(project)}, and what it says of itself → {description.name}")
    for line in known.told():
        say(f"  {line}")
    return Added(name, description, tuple(confirm))


def catalogued(file: Path, project: Path) -> Added | None:
    """The entry of the catalogue that already has the bytes of a file."""
    sha256 = hashlib.sha256(file.read_bytes()).hexdigest()
    for path in sorted((project / "data" / "raw").glob("*.toml")):
        try:
            said = tomllib.loads(path.read_text(encoding="utf-8"))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError):
            continue  # the build says what is wrong with it
        if said.get("sha256") == sha256:
            return Added(said.get("doc_id", path.stem), path, tuple(said.get("confirm", ())), new=False)
    return None


def _open(known: Identity, said: dict, given: dict, yes: bool) -> list[str]:
    """The fields that a person has to confirm: those not given, or where that is asked only those not sure."""
    found = [key for key in _ORDER if said.get(key) is not None or key in _NEEDED]
    waits = [key for key in found if key not in given and key != "script"]
    return [key for key in waits if known.doubtful(FOLLOWS.get(key, key))] if yes else waits


def _name(stem: str, said: dict) -> str:
    """An id from a file's name, or, where that is Chinese, from what is known: 321023-2024-progress-06."""
    if stem.isascii() and not _NAMELESS.fullmatch(stem):
        return re.sub(r"[^0-9a-z]+", "-", stem.lower()).strip("-")
    parts = [said["adcode"], said["year"], (said["kind"] or "").replace("_", "-")]
    if said["kind"] == "progress" and said["as_of"]:
        parts.append(said["as_of"][5:7])
    if all(parts):
        return "-".join(map(str, parts))
    return re.sub(r"[^0-9a-z]+", "-", stem.lower()).strip("-") if stem.isascii() else ""


def _toml(file: str, sha256: str, said: dict, notes: list[str], confirm: list[str]) -> str:
    document = tomlkit.document()
    document["file"] = file
    document["sha256"] = sha256
    for note in notes:
        document.add(tomlkit.comment(note))
    for key in _ORDER:
        value = said.get(key)
        if value is None and key in _NEEDED:
            value = UNKNOWN[key == "year"]
        if value is not None:
            document[key] = value
    if confirm:
        document.add(tomlkit.comment(TO_CONFIRM))
        document["confirm"] = confirm
    return tomlkit.dumps(document)
