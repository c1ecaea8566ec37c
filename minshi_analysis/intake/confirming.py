"""What waits to be confirmed of a catalogued document, with the evidence, and the answers of a person."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import tomlkit

from minshi_analysis import description
from minshi_analysis.catalogue import CatalogueError
from minshi_analysis.intake.adding import FOLLOWS, TO_CONFIRM, UNKNOWN
from minshi_analysis.intake.identify import DOUBT, Identity, identify, stated
from minshi_analysis.reading import read
from minshi_analysis.tables.files import write_file

__all__ = ["Question", "Questions", "answer", "checked", "questions", "waiting"]


_FILLED = {"title": "?", "region": "?", "year": 2000, "kind": "plan"}  # in the place of what still waits
_STANDS = {"file": "?", "sha256": "0" * 64}
_NOTE = f"# {TO_CONFIRM[:18]}"  # how the comment above `confirm` begins, in older descriptions too


@dataclass(frozen=True, slots=True)
class Question:
    """A field that waits: its value in the description, where that was found, and how sure it is (0..1)."""

    name: str
    value: Any
    where: str
    sure: float

    @property
    def unknown(self) -> bool:
        return self.value in UNKNOWN

    def __str__(self) -> str:
        if self.unknown:
            return f"{self.name}: not known; {self.where or 'the document does not say it'}"
        return f"{self.name}: {self.value} ({self.where or 'as it stands in the TOML'}; sure {self.sure:.2f})"


@dataclass(frozen=True, slots=True)
class Questions:
    """The document, and what of it waits."""

    file: Path
    open: tuple[Question, ...]


def waiting(project: Path) -> list[str]:
    """The documents of which something waits to be confirmed."""
    found = sorted((project / "data" / "raw").glob("*.toml"))
    return [path.stem for path in found if _said(path).get("confirm") is not None]


def questions(project: Path, doc_id: str) -> Questions:
    """What waits to be confirmed of a document.

    A field follows another where one answer gives both: a region its code and level, a year the year it ends.

    Raises
    ------
    CatalogueError
        No such document, or its description cannot be read.
    """
    path = _path(project, doc_id)
    said = _said(path)
    file = path.with_name(str(said.get("file", "")))
    if not file.is_file():
        raise CatalogueError(f"data/raw/{path.name}: its file {file.name!r} is not there")
    names = list(dict.fromkeys(FOLLOWS.get(name, name) for name in said.get("confirm") or ()))
    found = identify(read(file), path.stem) if names else Identity()
    return Questions(file, tuple(_question(name, said, found) for name in names))


def _question(name: str, said: Mapping[str, Any], found: Identity) -> Question:
    value, guessed = said.get(name), getattr(found, name, None)
    if value in (*UNKNOWN, None):
        return Question(name, UNKNOWN[name == "year"], found.note(name) or "", 0.0)
    if value != guessed:  # a person wrote it
        return Question(name, value, "", 1.0)
    shown = " ".join(str(said[key]) for key in ("region", "adcode", "level") if key in said)
    end = f" to {said['year_end']}" if name == "year" and said.get("year_end") else ""
    value = shown if name == "region" else f"{value}{end}" if end else value
    return Question(name, value, found.note(name) or "", found.sure.get(name, 1.0))


def answer(
    project: Path,
    doc_id: str,
    answers: Mapping[str, Any],
    *,
    yes: bool = False,
    ask: Callable[[Question], str | None] | None = None,
) -> list[str]:
    """Write a person's answers into the description; what is answered no longer waits.

    Parameters
    ----------
    project : Path
    doc_id : str
    answers : mapping
        Fields and their right values; None: the document has no such field.
    yes : bool
        Take what was found, where it is at least as sure as `DOUBT`.
    ask : callable, optional
        Asked for each field that is left: gives the right value, "" where the value is right, "-" where there is none,
        None for later.

    Returns
    -------
    list of str
        The fields that still wait.

    Raises
    ------
    ValueError
        An answer that no description may have; nothing is written.
    """
    path = _path(project, doc_id)
    asked = questions(project, doc_id)
    given, left = dict(answers), []
    for question in asked.open:
        if question.name in given:
            continue
        said = ask(question) if ask else None
        if said:
            given[question.name] = None if said == "-" else said
        elif question.unknown or (said is None and not (yes and question.sure >= DOUBT)):
            left.append(question.name)
    document = tomlkit.parse(path.read_text(encoding="utf-8"))
    for name, value in _fields(given).items():
        if value is None:
            document.pop(name, None)
        else:
            document[name] = value
    still = [name for name in document.pop("confirm", ()) if FOLLOWS.get(name, name) in left]
    lines = tomlkit.dumps(document).splitlines()
    text = "\n".join(line for line in lines if not line.startswith(_NOTE)).rstrip() + "\n"
    if still:
        text += tomlkit.dumps({"confirm": still}).replace("confirm", f"# {TO_CONFIRM}\nconfirm", 1)
    known = {name: value for name, value in document.unwrap().items() if name not in still}
    _hold({name: _FILLED[name] for name in still if name in _FILLED} | known, path)
    write_file(path, text.encode())
    return left


def _fields(given: Mapping[str, Any]) -> dict[str, Any]:
    """The answers as fields of a description: a region brings its code and level."""
    known = {name: given[name] for name in ("region", "kind") if given.get(name)}
    if given.get("year"):
        if not str(given["year"]).isdecimal():
            raise ValueError(f"{given['year']!r} is no year: give a number such as 2024")
        known["year"] = int(given["year"])
    return {**given, **stated(**known)}


def checked(name: str, value: str) -> None:
    """Raise ValueError where a field may not have this value; an empty one and "-" may always stand."""
    if value in ("", "-"):
        if value and name in _FILLED:
            raise ValueError(f"a document has a {name}: give it")
        return
    wrong = description.problems(_FILLED | _STANDS | _fields({name: value}), description.Description)
    if wrong:
        raise ValueError("; ".join(wrong))


def _hold(said: Mapping[str, Any], path: Path) -> None:
    """Refuse what no description may have."""
    if wrong := description.problems(said, description.Description):
        raise CatalogueError(f"data/raw/{path.name}: {'; '.join(wrong)}")


def _path(project: Path, doc_id: str) -> Path:
    path = project / "data" / "raw" / f"{doc_id}.toml"
    if not path.is_file():
        there = ", ".join(sorted(each.stem for each in path.parent.glob("*.toml"))) or "none"
        raise CatalogueError(f"no document {doc_id!r} in data/raw: there are {there}")
    return path


def _said(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise CatalogueError(f"data/raw/{path.name} is not TOML: {error}") from error
