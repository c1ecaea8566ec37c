"""What is known of a document: each field with the place where it was found and how sure that is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

__all__ = ["DOUBT", "Found", "Identity"]

DOUBT = 0.6
"""A field that is less sure than this is asked for and not guessed."""


class Found(NamedTuple):
    """A value, where it was found (a sentence), and how sure that makes it (0..1)."""

    value: Any
    where: str
    sure: float


@dataclass(frozen=True, slots=True)
class Identity:
    """What was found of a document; None where it says nothing.

    ``notes`` tell where each field was found, ``sure`` how sure it is (0..1); below `DOUBT` it is only a guess.
    """

    title: str | None = None
    issuer: str | None = None
    region: str | None = None
    adcode: str | None = None
    level: str | None = None
    year: int | None = None
    year_end: int | None = None
    kind: str | None = None
    stage: str | None = None
    as_of: str | None = None
    published: str | None = None
    reference_no: str | None = None
    script: str = "hans"
    notes: tuple[str, ...] = ()
    sure: Mapping[str, float] = field(default_factory=dict)

    def note(self, name: str) -> str | None:
        """Where a field was found, or why it was not."""
        return next((n.partition(": ")[2] for n in self.notes if n.startswith(f"{name}: ")), None)

    def doubtful(self, name: str) -> bool:
        """Whether a field is missing or only guessed."""
        return getattr(self, name) is None or self.sure.get(name, 1.0) < DOUBT

    def given(self, said: Mapping[str, Any]) -> Identity:
        """The same with what a person says, which is sure."""
        names = {*said} & {"region", "year", "kind"}
        notes = tuple(n for n in self.notes if n.partition(": ")[0] not in names)
        sure = {name: value for name, value in self.sure.items() if name not in names}
        return replace(
            self,
            **said,
            notes=(*notes, *(f"{n}: given" for n in sorted(names))),
            sure=sure | dict.fromkeys(names, 1.0),
        )

    def told(self) -> list[str]:
        """A line for each field: its value, where it was found, how sure it is.

        Examples
        --------
        >>> Identity(year=2024, notes=("year: '2024年' in the title",), sure={"year": 0.95}).told()
        ["year: 2024 ('2024年' in the title; sure 0.95)"]
        """
        lines = []
        for name in _TOLD:
            value, sure = getattr(self, name), self.sure.get(name)
            if value is None:
                continue
            if name == "region":
                value = " ".join(part for part in (value, self.adcode, self.level) if part)
            if name == "year" and self.year_end:
                value = f"{value} to {self.year_end}"
            note = self.note(name)
            how = note if note == "given" or sure is None else f"{note}; sure {sure:.2f}"
            lines.append(f"{name}: {value}" + (f" ({how})" if how else ""))
        return lines


_TOLD = ("title", "issuer", "region", "year", "kind", "stage", "as_of", "published", "reference_no")
