"""The Frictionless data package that describes the CSV files."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from minshi_analysis import __version__, model

__all__ = ["descriptor"]

_FRICTIONLESS = {"text": "string", "number": "number", "integer": "integer", "flag": "boolean"}


def descriptor(tables: Mapping[str, pd.DataFrame]) -> dict:
    """The Frictionless data package of the CSV files: every column with its type, meaning and constraints."""
    resources = []
    for name in tables:
        table = model.TABLES[name]
        fields = []
        for column in table.columns:
            rules = {
                "required": column.required,
                "unique": column.unique,
                "enum": list(column.among),
                "pattern": column.pattern,
            }
            field = {"name": column.name, "type": _FRICTIONLESS[column.type], "description": column.about}
            field |= {"unit": column.unit} if column.unit else {}
            constraints = {key: value for key, value in rules.items() if value}
            fields.append(field | ({"constraints": constraints} if constraints else {}))
        links = [
            {"fields": key, "reference": {"resource": other.split(".")[0], "fields": other.split(".")[1]}}
            for key, other in table.refers.items()
            if key != "source_id" and other.split(".")[0] in tables  # source_id may name several sources
        ]
        schema = {"fields": fields, "missingValues": [""]}
        schema |= {"primaryKey": table.key} if table.key else {}
        schema |= {"foreignKeys": links} if links else {}
        resources.append(
            {
                "name": name,
                "path": f"{name}.csv",
                "title": f"one row: {table.row}",
                "profile": "tabular-data-resource",
                "encoding": "utf-8",
                "schema": schema,
            }
        )
    return {
        "name": "minshi-tables",
        "title": "民生实事: plans, progress and completion reports as tidy tables",
        "profile": "tabular-data-package",
        "version": __version__,
        "keywords": ["民生实事", "China", "public policy"],
        "sources": _sources(tables),
        "contributors": _contributors(tables),
        "licenses": [{"name": "CC0-1.0", "title": "official documents are in the public domain"}],
        "resources": resources,
    }


def _sources(tables: Mapping[str, pd.DataFrame]) -> list[dict[str, str]]:
    """The documents that the tables were read from, and the publications of reference figures."""
    found = []
    for name in ("documents", "sources"):
        for row in tables[name].to_dict("records") if name in tables else ():
            found.append(
                {"title": row["title"]} | ({"path": row["url"]} if isinstance(row["url"], str) else {})
            )
    return found


def _contributors(tables: Mapping[str, pd.DataFrame]) -> list[dict[str, str]]:
    """Who issued the documents, and what turned them into tables."""
    issuers = tables["documents"]["issuer"].dropna().unique() if "documents" in tables else ()
    authors = [{"title": issuer, "role": "author"} for issuer in sorted(issuers)]
    return [*authors, {"title": f"minshi-analysis {__version__}", "role": "wrangler"}]
