"""The tables: names, columns, types, vocabularies and the checks that every build makes.

This is the one registry. The store writes what it says, the loaders document what it says, the data package
describes what it says, and pandera holds the rows to it.
"""

from minshi_analysis.model.rows import Row, grouped, having, records
from minshi_analysis.model.rules import InvalidTables, conform, empty, validate
from minshi_analysis.model.tables import (
    BOUNDS,
    FUNDERS,
    KINDS,
    LEVELS,
    POPULATION_KINDS,
    SEVERAL_YEARS,
    TABLES,
    Column,
    Table,
)

__all__ = [
    "BOUNDS",
    "FUNDERS",
    "KINDS",
    "LEVELS",
    "POPULATION_KINDS",
    "SEVERAL_YEARS",
    "TABLES",
    "Column",
    "InvalidTables",
    "Row",
    "Table",
    "conform",
    "empty",
    "grouped",
    "having",
    "records",
    "validate",
]
