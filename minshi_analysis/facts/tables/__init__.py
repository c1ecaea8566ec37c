"""Rows of the data model from tables: one module a question."""
