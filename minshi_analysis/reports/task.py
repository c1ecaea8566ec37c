"""What is asked of the engine and what comes back: plain values that travel between processes and machines."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from minshi_analysis.reports.parameters import Report

__all__ = ["Built", "Made", "Place", "SourceDocument", "Task"]


@dataclass(frozen=True, slots=True)
class Task:
    """All that is needed to make a report.

    `source` is the notebook's JSON, `project` the folder whose tables it reads, `cwd` where its kernel starts,
    `timeout` seconds for the whole notebook, `warm` whether its kernel may be a fork, `date`
    the day of its newest document.
    """

    report: Report
    source: str
    project: str
    cwd: str
    timeout: float | None = None
    warm: bool = True
    date: str = ""

    def moved(self, project: str) -> Task:
        """The same task where the project lies elsewhere."""
        return replace(self, project=project, cwd=self.cwd.replace(self.project, project, 1))


@dataclass(frozen=True, slots=True)
class Built:
    """The project whose tables are asked for."""

    project: str

    def moved(self, project: str) -> Built:
        """The same where the project lies elsewhere."""
        return replace(self, project=project)


@dataclass(frozen=True, slots=True)
class Made:
    """What came of a task: `cause` says in one sentence why it failed, and is empty where it did not."""

    report: Report
    notebook: bytes = b""
    page: bytes = b""
    pdf: bytes = b""
    cause: str = ""
    seconds: Mapping[str, float] = field(default_factory=dict)
    kernel_peak_memory: int | None = None
    worker_peak_memory: int | None = None
    last_cell: int | None = None
    reads: tuple[str, ...] | None = None
    warnings: tuple[str, ...] = ()
    versions: Mapping[str, str] = field(default_factory=dict)

    @property
    def outputs(self) -> dict[str, bytes]:
        """The report's files, by suffix."""
        return {"ipynb": self.notebook, "html": self.page, "pdf": self.pdf}


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a document that something is said of.

    Attributes
    ----------
    start, end : int or None
        Characters of a text file.
    ref : str
        Page, table, row and column of any other.
    table, row_id, told : str
        The row that cites it, and its figure; for a correction what it should be, and why; for a part that was not
        understood the reason.
    """

    start: int | None
    end: int | None
    ref: str
    table: str
    row_id: str = ""
    told: str = ""
    printed: str = ""
    corrected: str = ""

    @property
    def anchor(self) -> str:
        """What the place is called on the page."""
        from minshi_analysis.notebook.links import anchor

        return anchor(self.start, self.end, self.ref)


@dataclass(frozen=True, slots=True)
class SourceDocument:
    """All that a source's page shows; it travels to whoever makes the page.

    `about` are labels and values of what is known of the document, an address among them becomes a link; `hidden` are the names
    of officials that the page leaves out, `others` where the page is in other languages.
    """

    doc_id: str
    title: str
    file: str
    data: bytes
    about: tuple[tuple[str, str], ...]
    places: tuple[Place, ...]
    date: str = ""
    lang: str = "zh"
    hidden: tuple[str, ...] = ()
    others: tuple[tuple[str, str], ...] = ()
