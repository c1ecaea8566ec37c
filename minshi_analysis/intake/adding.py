"""Put a document into the catalogue: the file, and a TOML with what it says of itself."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

import tomlkit

from minshi_analysis.intake.identify import identify, stated
from minshi_analysis.reading import read

__all__ = ["add"]

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
_NEEDED = ("title", "region", "year", "kind")


def add(
    file: Path,
    project: Path,
    *,
    doc_id: str | None = None,
    region: str | None = None,
    year: int | None = None,
    kind: str | None = None,
    say: Callable[[str], None] = lambda line: None,
) -> Path:
    """Copy a document into ``data/raw`` and describe it.

    Fields that were found rather than given are listed under ``confirm``: the build refuses the document until a
    person has checked them and deleted that line. ``say`` is told of each where it was found and how sure it is.

    Returns
    -------
    Path
        The TOML file.

    Raises
    ------
    ValueError
        The file cannot be read, the id is taken, or an argument names nothing known.
    """
    if file.suffix.lower() == ".toml":
        raise ValueError(f"{file.name} is a description, not a document: name the document")
    given = stated(region, year, kind)
    known = identify(read(file), file.stem).given(given)
    said = asdict(known)
    name = doc_id or _name(file.stem, said)
    if doc_id is not None and not re.fullmatch(r"[a-z0-9][a-z0-9-]*", doc_id):
        raise ValueError(
            f"{doc_id!r} is no id: use small letters, digits and hyphens, such as ouhai-2025-plan"
        )
    if not name:
        raise ValueError(f"{file.name}: no id can be made of this name; give one with --id")
    raw = project / "data" / "raw"
    target = raw / f"{name}{file.suffix.lower()}"
    description = raw / f"{name}.toml"
    if description.exists() or (target.exists() and target.resolve() != file.resolve()):
        raise ValueError(f"data/raw already has {name}: give another id with --id")
    text = _toml(target.name, hashlib.sha256(file.read_bytes()).hexdigest(), said, given, known.told())
    if target.resolve() != file.resolve():
        scratch = target.with_name(f".{target.name}.part")
        shutil.copyfile(file, scratch)
        os.replace(scratch, target)
    scratch = description.with_name(f".{description.name}.part")
    scratch.write_text(text, encoding="utf-8")
    os.replace(scratch, description)
    for line in known.told():
        say(line)
    return description


def _name(stem: str, said: dict) -> str:
    """An id from a file's name, or, where that is Chinese, from what is known: 321023-2024-progress-06."""
    if stem.isascii():
        return re.sub(r"[^0-9a-z]+", "-", stem.lower()).strip("-")
    parts = [said["adcode"], said["year"], (said["kind"] or "").replace("_", "-")]
    if said["kind"] == "progress" and said["as_of"]:
        parts.append(said["as_of"][5:7])
    return "-".join(map(str, parts)) if all(parts) else ""


def _toml(file: str, sha256: str, said: dict, given: dict, notes: list[str]) -> str:
    document = tomlkit.document()
    document["file"] = file
    document["sha256"] = sha256
    for note in notes:
        document.add(tomlkit.comment(note))
    confirm = []
    for key in _ORDER:
        value = said.get(key)
        if value is None and key in _NEEDED:
            value = 0 if key == "year" else "?"
        if value is not None:
            document[key] = value
            if key not in given and key != "script":
                confirm.append(key)
    document.add(tomlkit.comment("check these fields, then delete this line"))
    document["confirm"] = confirm
    return tomlkit.dumps(document)
