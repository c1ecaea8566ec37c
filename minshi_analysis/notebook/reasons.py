"""What the metrics and the audit say, in the language of the report."""

from __future__ import annotations

from minshi_analysis.reasons import worded

__all__ = ["told"]


def told(codes: object) -> str:
    """The reasons of a metric (its `reason_codes`) or a check (its `codes`) in Chinese; nothing where there is none.

    Examples
    --------
    >>> from minshi_analysis.reasons import coded, why
    >>> told(coded([why("more", stated=65, found=77, gap=12)]))
    '文件印 65，所汇总的数字合计 77，多 12'
    """
    return worded(codes, "zh") or ""
