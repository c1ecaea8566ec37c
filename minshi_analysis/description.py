"""What may stand in a description (``data/raw/<doc_id>.toml``) and in a corrections file, as one schema each."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated, Any, Literal, Self, TypeAlias

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, model_validator

from minshi_analysis.model.tables import KINDS, LEVELS, STAGES

__all__ = ["Correction", "Description", "problems"]


def _iso(value: object) -> object:
    """A date of TOML, or one written as text."""
    if isinstance(value, datetime.datetime) or not isinstance(value, datetime.date | str):
        raise ValueError("give a date such as 2024-06-30")
    try:
        return datetime.date.fromisoformat(str(value)).isoformat()
    except ValueError:
        raise ValueError("give a date such as 2024-06-30") from None


if TYPE_CHECKING:  # a checker knows no values that stand elsewhere
    Kind: TypeAlias = str
    Level: TypeAlias = str
    Stage: TypeAlias = str
else:
    Kind, Level, Stage = Literal[KINDS], Literal[LEVELS], Literal[STAGES]
Words = Annotated[str, Field(min_length=1)]
Year = Annotated[int, Field(ge=1949, le=2100)]
Date = Annotated[str, BeforeValidator(_iso)]


class _Strict(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)


class Correction(_Strict):
    """One entry of a corrections file."""

    where: Words | None = None
    ref: Words | None = None
    printed: Words
    corrected: str
    reason: Words

    @model_validator(mode="after")
    def _names_a_place(self) -> Self:
        if self.where is None and self.ref is None:
            raise ValueError("missing field where, or ref")
        if self.printed == self.corrected:
            raise ValueError("it changes nothing: printed and corrected are the same")
        return self


class Description(_Strict):
    """One description."""

    file: Words
    sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
    title: Words
    region: Words
    year: Year
    kind: Kind
    doc_id: Annotated[str, Field(pattern=r"^[\w.-]+$")] | None = None
    issuer: Words | None = None
    adcode: Annotated[str, Field(pattern=r"^\d{6}$")] | None = None
    level: Level | None = None
    year_end: Year | None = None
    stage: Stage | None = None
    as_of: Date | None = None
    published: Date | None = None
    reference_no: Words | None = None
    url: Words | None = None
    script: Literal["hans", "hant"] | None = None
    furniture: list[Words] = Field(default_factory=list)

    @model_validator(mode="after")
    def _agree(self) -> Self:
        """Fields that cannot be true together."""
        if self.year_end is not None and self.year_end < self.year:
            raise ValueError(f"year_end {self.year_end} is before year {self.year}")
        today = datetime.date.today().isoformat()
        for name, date in (("as_of", self.as_of), ("published", self.published)):
            if date is not None and date > today:
                raise ValueError(f"{name} {date} lies in the future")
        wanted = _level(self.adcode)
        if self.level is not None and wanted is not None and self.level != wanted:
            raise ValueError(f"level {self.level} is not that of adcode {self.adcode}, which is a {wanted}'s")
        if "/" in self.file or "\\" in self.file:
            raise ValueError(f"file {self.file} is a path: give the name of a file in data/raw")
        return self


def _level(adcode: str | None) -> str | None:
    if adcode is None:
        return None
    return "province" if adcode.endswith("0000") else "city" if adcode.endswith("00") else "county"


def problems(said: Mapping[str, Any], schema: type[BaseModel]) -> list[str]:
    """What is wrong with what a file says: a sentence each, with the field.

    Examples
    --------
    >>> entry = {"where": "4.3", "printed": "x", "corrected": "y", "reason": 1}
    >>> problems(entry, Correction)
    ['reason: Input should be a valid string, not 1']
    """
    try:
        schema.model_validate(said)
    except ValidationError as error:
        return [_sentence(each) for each in error.errors(include_url=False)]
    return []


def _sentence(error: Mapping[str, Any]) -> str:
    where = ".".join(map(str, error["loc"]))
    kind, told = error["type"], error["msg"].removeprefix("Value error, ")
    if kind == "missing":
        return f"missing field {where}"
    if kind == "extra_forbidden":
        return f"unknown field {where}"
    return f"{where}: {told}, not {error['input']!r}" if where else told
