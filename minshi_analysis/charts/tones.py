"""Colours, and the marks and hatches that say the same without them."""

from __future__ import annotations

from typing import Any

__all__ = [
    "BLUE",
    "FAINT",
    "FUNDERS",
    "GREEN",
    "HATCHES",
    "INK",
    "ORANGE",
    "PURPLE",
    "RED",
    "RULE",
    "SKY",
    "SOFT",
    "STANDINGS",
    "STANDING_BARS",
    "STARTS",
]

INK, SOFT, FAINT, RULE = "#1f2328", "#59636e", "#b4bcc5", "#e6eaee"
BLUE, ORANGE, GREEN, RED, PURPLE, SKY = "#0072b2", "#e69f00", "#009e73", "#d55e00", "#cc79a7", "#56b4e9"

FUNDERS = {  # colour and hatch, in the order in which they are stacked
    "county": (BLUE, ""),
    "other": (ORANGE, ""),
    "city": (INK, ""),
    "superior": (PURPLE, "////"),
    "province": (SKY, "\\\\\\\\"),
    "town": (RED, "xxxx"),
    "social": (GREEN, "----"),
    "bond": (SOFT, "||||"),
    "unexplained": (FAINT, "++++"),
}
HATCHES = [(BLUE, ""), (ORANGE, ""), (GREEN, "////"), (PURPLE, "xxxx"), (SKY, "----"), (INK, "")]
STANDINGS = {  # colour and mark of a result beside its promise
    "over": (BLUE, "^"),
    "met": (GREEN, "o"),
    "ahead": (SKY, ">"),
    "in_progress": (ORANGE, "s"),
    "behind": (RED, "v"),
    "unknown": (SOFT, "D"),
}
STANDING_BARS = {  # colour and hatch of the same
    "over": (BLUE, ""),
    "met": (SKY, "////"),
    "in_progress": (ORANGE, ""),
    "behind": (RED, "xxxx"),
    "unknown": (FAINT, "----"),
}
STARTS: dict[str, tuple[str, Any]] = {  # colour and dashes of a path, by where it starts
    "below": (BLUE, "-"),
    "met": (GREEN, ":"),
    "better": (RED, (0, (4, 2))),
    "unknown": (SOFT, "-."),
}
