"""One pass that leaves in an executed notebook only what the inputs decide.

The same inputs give the same bytes, whichever engine ran the cells, on whichever machine: timings and paths of
the run leave (they belong in the run record), ids stop being random, addresses of memory and of folders go.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from typing import Any

__all__ = ["canonical", "dumps", "parameters_source"]

# papermill adds cells that say where it stopped, and shifts the others; the record says it too.
_ERROR_MARK = "papermill-error-cell-tag"
_MEMORY = re.compile(r"\b0x[0-9a-fA-F]{6,16}\b")
_CELL_FILE = re.compile(r"(?:/[^\s:\"'<>]*)?/ipykernel_\d+/\d+\.py")
_STYLER = re.compile(r"\bT_[0-9a-f]{5}(?=[\" _#.{<]|$)")
_TEXT = ("text/plain", "text/html", "text/markdown", "text/latex", "image/svg+xml")
_LINES = (*_TEXT, "application/javascript")
_SVG_DATE = re.compile(r"<dc:date>[^<]*</dc:date>")
_KEPT_LANGUAGE = (
    "name",
    "mimetype",
    "file_extension",
    "pygments_lexer",
    "codemirror_mode",
    "nbconvert_exporter",
)


def parameters_source(parameters: Mapping[str, Any]) -> str:
    """The injected cell as a person would write it: papermill's escapes every Chinese character.

    Examples
    --------
    >>> print(parameters_source({"region": "温州市", "year": 2022}))
    # Parameters
    region = "温州市"
    year = 2022
    """
    lines = [f"{name} = {_literal(value)}" for name, value in parameters.items()]
    return "\n".join(["# Parameters", *lines])


def _literal(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False) if isinstance(value, str) else repr(value)


def canonical(
    notebook: Mapping[str, Any],
    source: Mapping[str, Any],
    parameters: Mapping[str, Any],
    folders: Iterable[tuple[str, str]] = (),
) -> dict[str, Any]:
    """The executed notebook without what only this run knows.

    Parameters
    ----------
    notebook : mapping
        The executed notebook (nbformat 4), as papermill left it.
    source : mapping
        The notebook that was run; its cell ids are kept.
    parameters : mapping
        The parameters injected.
    folders : iterable of (path, name)
        Folders of this machine and what to call them in outputs, the longest first.

    Returns
    -------
    dict
        A new notebook; the argument is not changed.
    """
    folders = [(path.rstrip("/"), name) for path, name in folders if len(path.rstrip("/")) > 1]
    known = {cell["id"] for cell in source["cells"] if "id" in cell}
    dropped = ("papermill", "widgets")
    metadata = {key: value for key, value in notebook["metadata"].items() if key not in dropped}
    if "language_info" in metadata:
        language = metadata["language_info"]
        metadata["language_info"] = {key: language[key] for key in _KEPT_LANGUAGE if key in language}
    cells: list[Any] = []
    styles: dict[str, Any] = {}
    own = [cell for cell in notebook["cells"] if _ERROR_MARK not in cell["metadata"].get("tags", ())]
    for index, cell in enumerate(own):
        cells.append(_cell(cell, index, known, parameters, folders, styles))
    return {"cells": cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}


def dumps(notebook: Mapping[str, Any]) -> bytes:
    """The bytes of a notebook file: sorted keys, one space, Chinese as Chinese (as nbformat writes them)."""
    cells = [_split(cell) for cell in notebook["cells"]]
    text = json.dumps({**notebook, "cells": cells}, ensure_ascii=False, indent=1, sort_keys=True)
    return (text + "\n").encode()


def _cell(cell, index, known, parameters, folders, styles) -> dict[str, Any]:
    meta = {key: value for key, value in cell["metadata"].items() if key not in ("papermill", "execution")}
    if not meta.get("tags", True):
        del meta["tags"]
    out = {
        "cell_type": cell["cell_type"],
        "id": cell["id"] if cell.get("id") in known else f"added-{index}",
        "metadata": meta,
        "source": cell["source"],
    }
    if "injected-parameters" in meta.get("tags", ()):
        out |= {"id": "injected-parameters", "source": parameters_source(parameters)}
    if "attachments" in cell:
        out["attachments"] = cell["attachments"]
    if cell["cell_type"] == "code":
        out["execution_count"] = cell.get("execution_count")
        out["outputs"] = [_output(each, folders, styles) for each in _merged(cell.get("outputs", ()))]
    return out


def _merged(outputs: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Streams as one piece each, where a kernel's timing cut them, and stdout before stderr."""
    merged: list[dict[str, Any]] = []
    for output in outputs:
        output = dict(output)
        if output["output_type"] == "stream":
            run = _run_of_streams(merged)
            same = [each for each in run if each["name"] == output["name"]]
            if same:
                same[0]["text"] += output["text"]
                continue
            if run and output["name"] == "stdout":
                merged.insert(len(merged) - len(run), output)
                continue
        merged.append(output)
    return merged


def _run_of_streams(outputs: list[dict[str, Any]]) -> list[dict[str, Any]]:
    count = 0
    while count < len(outputs) and outputs[-1 - count]["output_type"] == "stream":
        count += 1
    return outputs[len(outputs) - count :]


def _output(output, folders, styles) -> dict[str, Any]:
    def tidy(text: str) -> str:
        text = _CELL_FILE.sub("<cell>", text)
        for path, name in folders:
            text = text.replace(path, name)
        text = _SVG_DATE.sub("", text)
        text = _STYLER.sub(lambda match: styles.setdefault(match[0], f"T_{len(styles)}"), text)
        return _MEMORY.sub("0x…", text)

    output = dict(output)
    output.pop("transient", None)
    if "text" in output:
        output["text"] = tidy(output["text"])
    if "traceback" in output:
        output["traceback"] = [tidy(line) for line in output["traceback"]]
        output["evalue"] = tidy(output["evalue"])
    if "data" in output:
        output["data"] = {
            key: tidy(value) if key in _TEXT else value for key, value in output["data"].items()
        }
    return output


def _split(cell: Mapping[str, Any]) -> dict[str, Any]:
    """Multi-line text as lists of lines, which is how notebooks lie on disk and diff well."""
    out = {**cell, "source": cell["source"].splitlines(keepends=True)}
    if "outputs" in cell:
        out["outputs"] = [_split_output(output) for output in cell["outputs"]]
    return out


def _split_output(output: Mapping[str, Any]) -> dict[str, Any]:
    out = dict(output)
    if "text" in out:
        out["text"] = out["text"].splitlines(keepends=True)
    if "data" in out:
        out["data"] = {
            key: value.splitlines(keepends=True) if key in _LINES and isinstance(value, str) else value
            for key, value in out["data"].items()
        }
    return out
