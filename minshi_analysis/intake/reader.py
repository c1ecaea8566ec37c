"""Read a document that no catalogue knows: the same tables, with how sure the reader is of each row."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from minshi_analysis.account.extract import extract
from minshi_analysis.facts.context import Context
from minshi_analysis.intake.identify import Identity, identify, stated
from minshi_analysis.reading import read

if TYPE_CHECKING:
    import pandas as pd

    from minshi_analysis.account.ledger import Ledger
    from minshi_analysis.catalogue import Source
    from minshi_analysis.layout.tables import Unread
    from minshi_analysis.reading.blocks import Document
    from minshi_analysis.reading.corrections import Cut

__all__ = [
    "Reading",
    "Unidentified",
    "name_of",
    "read_catalogued",
    "read_document",
    "read_tables",
    "read_whole",
]
_TOLD = 0.7  # a kind that is less sure is told by the sentences alone


class Unidentified(ValueError):
    """The document does not say its region, year or kind; the message asks for just those."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A document read: its tables, where its identity was found, the account of its figures, and the file's own words.

    Attributes
    ----------
    tables : mapping of str to DataFrame
        As `read_document` gives them.
    found : tuple of str
        Of each field of ``documents`` where it was found and how sure that is, a line each.
    ledger : Ledger
        Every printed figure, and where it went.
    document : Document
        What the file prints.
    unread, aside : tuple of Unread
        What is in no row, and what is known to be no data.
    cuts : tuple of Cut
        The declared corrections of a catalogued document, and where they stand in ``document``.
    """

    tables: Mapping[str, pd.DataFrame]
    found: tuple[str, ...]
    ledger: Ledger
    document: Document
    unread: tuple[Unread, ...]
    aside: tuple[Unread, ...]
    cuts: tuple[Cut, ...] = ()


def read_document(
    path: str | Path,
    *,
    region: str | None = None,
    year: int | None = None,
    kind: str | None = None,
    year_end: int | None = None,
    as_of: str | None = None,
    doc_id: str | None = None,
) -> dict[str, pd.DataFrame]:
    """The tables of a document that is not in the catalogue.

    Parameters
    ----------
    path : str or Path
        Text, Markdown, HTML, DOCX, XLSX, or PDF with a text layer.
    region : str, optional
        Full name, unambiguous short name, path of names (常州市钟楼区), or code; found in the document where it is
        not given.
    year, year_end : int, optional
        Year of the promises; for a plan of several years, its first and last.
    kind : str, optional
        plan, progress, completion, five_year_plan or review.
    as_of : str, optional
        ISO date the reported state is of.
    doc_id : str, optional
        Id for the rows; made from the file's name where it is not given (see `name_of`).

    Returns
    -------
    dict of DataFrame
        Every extracted table of the data model and ``documents`` with one row; ``confidence`` says how sure the
        reader is of each row, ``unread`` what is in none. `read_whole` also says where the document's identity was
        found and where each printed figure went.

    Raises
    ------
    Unidentified
        Region, year or kind is neither given nor found.
    ValueError
        The file cannot be read, or an argument names nothing known.
    """
    known = {"region": region, "year": year, "kind": kind, "year_end": year_end, "as_of": as_of}
    return dict(read_whole(path, **known, doc_id=doc_id).tables)


def read_whole(path: str | Path, **known: Any) -> Reading:
    """As `read_document`, with the account of every printed figure.

    Parameters
    ----------
    path : str or Path
    **known : optional
        What is known of it, as for `read_document`.
    """
    reading = _read(path, **known)
    tables = dict(reading.tables)
    tables["tasks"] = _with_extras(tables["tasks"], tables.pop("extras"))
    return replace(reading, tables=tables)


def read_catalogued(source: Source) -> Reading:
    """A document of the catalogue, read as the build reads it: as it is described, and its corrections applied.

    Offsets are those of the corrected document, which is the one that the reading holds.

    Raises
    ------
    CatalogueError
        A correction does not fit what the source prints.
    """
    from minshi_analysis import model
    from minshi_analysis.account.catalogued import extract_corrected

    document, corrected, found = extract_corrected(source, read(source.path))
    documents = model.conform("documents", [source.row()])
    tables = {"documents": documents, **found.tables}
    return Reading(tables, (), found.ledger, document, found.unread, found.aside, corrected.cuts)


def read_tables(path: str | Path, **known: Any) -> dict[str, pd.DataFrame]:
    """As `read_document`, but every table has the same columns for every document.

    What stands in columns that the model has no place for is the table ``extras`` (one row a cell), and not columns
    of ``tasks`` under their printed labels. So documents can stand below one another.
    """
    return dict(_read(path, **known).tables)


def _read(
    path: str | Path,
    *,
    region: str | None = None,
    year: int | None = None,
    kind: str | None = None,
    year_end: int | None = None,
    as_of: str | None = None,
    doc_id: str | None = None,
) -> Reading:
    from minshi_analysis import model

    path = Path(path)
    document = read(path)
    says = identify(document, path.stem, placed=region is not None)
    known = _known(says, path, region, year, kind)
    context = Context(
        doc_id or name_of(path) or f"{known.adcode or known.region}-{known.year}-{known.kind}",
        known.kind,
        known.year,
        year_end or known.year_end,
        known.region,
        known.adcode,
        known.level,
        as_of or known.as_of,
        guessed=known.sure.get("kind", 1.0) < _TOLD,
        published=known.published,
    )
    found = extract(document, context)
    about = asdict(known) | {"doc_id": context.doc_id, "year_end": context.year_end, "as_of": context.as_of}
    row = {k: v for k, v in about.items() if k not in ("notes", "sure")} | {
        "file": path.name,
        "title": known.title or path.stem,
    }
    documents = model.conform("documents", [row | {"sha256": _sha256(path)}])
    tables = {"documents": documents, **found.tables}
    return Reading(tables, tuple(known.told()), found.ledger, document, found.unread, found.aside)


def name_of(path: Path, folders: int = 0, *, suffix: bool = False) -> str:
    """An id from a file's name: its letters and digits in small, Chinese ones too, with hyphens for the rest.

    Parameters
    ----------
    path : Path
    folders : int
        How many of the folders that it lies in go before it.
    suffix : bool
        Whether its suffix goes behind it.

    Examples
    --------
    >>> name_of(Path("鹿城区/2024 Plan.pdf")), name_of(Path("鹿城区/2024 Plan.pdf"), 1, suffix=True)
    ('2024-plan', '鹿城区-2024-plan-pdf')
    """
    above = path.parent.parts[-folders:] if folders else ()
    words = "-".join((*above, path.name if suffix else path.stem))
    return re.sub(r"(?:[^\w-]|_)+", "-", unicodedata.normalize("NFC", words)).strip("-").lower()


def _with_extras(tasks: pd.DataFrame, extras: pd.DataFrame) -> pd.DataFrame:
    """Tasks with the columns that the model has no place for, under their printed labels."""
    if extras.empty:
        return tasks
    for label, cells in extras.groupby("column", sort=False):
        named = label if label not in tasks else f"{label} (printed)"
        said = cells.dropna(subset="text").groupby("task_id", sort=False)["text"]
        tasks = tasks.assign(**{named: tasks["task_id"].map(said.agg("；".join))})
    return tasks


def _known(found: Identity, path: Path, region: str | None, year: int | None, kind: str | None) -> Identity:
    """What is given, before what was found; an error that asks for what is missing."""
    known = found.given(stated(region, year, kind))
    missing = [name for name in ("region", "year", "kind") if known.doubtful(name)]
    if missing:
        asked = " and ".join(name + (f" ({why})" if (why := known.note(name)) else "") for name in missing)
        options = " ".join(f"--{name} …" for name in missing)
        clearly = "clearly " if any(getattr(known, name) is not None for name in missing) else ""
        raise Unidentified(f"{path.name} does not {clearly}say its {asked}: give {options}")
    return known


def _sha256(path: Path) -> str:
    import hashlib

    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
