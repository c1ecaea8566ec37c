"""Grids and paragraphs → tables whose columns say what they hold, and passages of prose."""
