"""The parameters cell of a notebook says which parameters it takes and of what type; a run is held to it.

    region: str = "温州市"  # full official name
    year: int = 2022
    lang: str = "zh"  # optional: zh or en

A run that gives parameters gives them all, but those that may be None or whose comment says `optional`: else a run
with a misspelt or forgotten region would be a report on another one. papermill shows the same cell to people
(`papermill --help-notebook`); it reads no `|` in an annotation, so say that in the comment: `# type: str|None`.
"""

from __future__ import annotations

import ast
import difflib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

__all__ = ["BadParameters", "Declared", "declared", "hold"]

INJECTED = (
    "# Parameters"  # the first line of the cell that papermill puts in; jupyter-scheduler gives its own none
)
_ALWAYS = ("PAPERMILL_INPUT_PATH", "PAPERMILL_OUTPUT_PATH")
_TYPES: dict[str, tuple[Any, str]] = {
    "str": (str, "text"),
    "int": (int, "a whole number"),
    "float": ((int, float), "a number"),
    "bool": (bool, "True or False"),
    "None": (type(None), "None"),
}


class BadParameters(ValueError):
    """A run was given parameters that its notebook does not take."""


@dataclass(frozen=True, slots=True)
class Declared:
    """One parameter: the names of its types (none where the cell does not say), and whether a run may leave it out."""

    types: tuple[str, ...]
    optional: bool


def declared(source: str) -> dict[str, Declared]:
    """What a parameters cell declares; empty where the text is no such cell.

    Examples
    --------
    >>> declared('region: str = "温州市"\\nyear: int = 2022  # optional')
    {'region': Declared(types=('str',), optional=False), 'year': Declared(types=('int',), optional=True)}
    >>> declared("print(1)")
    {}
    """
    try:
        body = ast.parse(source, type_comments=True).body
    except SyntaxError:
        return {}
    found: dict[str, Declared] = {}
    for node in body:
        target = node.targets[0] if isinstance(node, ast.Assign) else getattr(node, "target", None)
        if not isinstance(node, ast.Assign | ast.AnnAssign) or not isinstance(target, ast.Name):
            return {}
        line = source.splitlines()[(node.end_lineno or 0) - 1].encode()
        comment = line[node.end_col_offset or 0 :].decode().strip(" #")
        types = _types(_annotation(node))
        found[target.id] = Declared(types, "None" in types or comment.lower().startswith("optional"))
    return found


def _annotation(node: ast.Assign | ast.AnnAssign) -> ast.expr | None:
    """A parameter's type, behind its name or in a type comment."""
    if isinstance(node, ast.AnnAssign):
        return node.annotation
    said = (node.type_comment or "").split()
    try:
        return ast.parse(said[0], mode="eval").body if said else None
    except SyntaxError:
        return None


def _types(node: ast.expr | None) -> tuple[str, ...]:
    """The names of the types that an annotation allows; none where it says something else."""
    if isinstance(node, ast.Constant) and node.value is None:
        return ("None",)
    if isinstance(node, ast.Name):
        return (node.id,) if node.id in _TYPES else ()
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.BitOr):
        left, right = _types(node.left), _types(node.right)
        return (*left, *right) if left and right else ()
    return ()


def hold(takes: Mapping[str, Declared], given: Mapping[str, Any], injected: bool = True) -> None:
    """Hold what a run was given to what the notebook takes.

    Parameters
    ----------
    takes : mapping
        See `declared`; where it is empty nothing is held.
    given : mapping
        The values of this run.
    injected : bool
        Whether they come from a command, which must give them all, or stand in the notebook.

    Raises
    ------
    BadParameters
        A name that the notebook does not take, one it needs, or a value of another type.

    Examples
    --------
    >>> hold(declared('region: str = "温州市"'), {"regoin": "乐清市"})
    Traceback (most recent call last):
        ...
    minshi_analysis.reports.typed.BadParameters: no parameter 'regoin': did you mean region?
    """
    if not takes:
        return
    for name in given:
        if name not in takes and name not in _ALWAYS:
            near = difflib.get_close_matches(name, takes, n=1)
            there = f"did you mean {near[0]}?" if near else f"there are {', '.join(takes)}"
            raise BadParameters(f"no parameter {name!r}: {there}")
    for name, value in given.items():
        if name in takes:
            _held(name, value, takes[name].types)
    needed = [name for name, each in takes.items() if not each.optional]
    lacking = [name for name in needed if name not in given]
    if injected and given.keys() - set(_ALWAYS) and lacking:
        raise BadParameters(f"no value for {', '.join(lacking)}: a run that gives parameters gives them all")
    if blank := [name for name in needed if name in given and given[name] in ("", 0)]:
        raise BadParameters(
            f"no value for {', '.join(blank)}: give them, or write them into the parameters cell"
        )


def _held(name: str, value: Any, types: tuple[str, ...]) -> None:
    for each in types:
        if isinstance(value, _TYPES[each][0]) and (each == "bool" or not isinstance(value, bool)):
            return
    if types:
        wanted = " or ".join(_TYPES[each][1] for each in types)
        hint = f"; papermill takes it as text with -r {name} {value}" if types[0] == "str" else ""
        raise BadParameters(f"{name} must be {wanted}, not {value!r}{hint if value is not None else ''}")
