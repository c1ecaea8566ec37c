"""Rows of the data model from sentences and lists."""
