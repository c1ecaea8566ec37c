"""How parsed quantities are held against hand-made ones: alignment, and the criterion of each field."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from pathlib import Path

from minshi_analysis.language.quantities import Quantity, parse_quantities
from minshi_analysis.language.text import fold, tidy

HERE = Path(__file__).parent


def cases(name: str) -> list[dict]:
    """The worked clauses of a file, one JSON object a line."""
    return [
        json.loads(line) for line in (HERE / name).read_text(encoding="utf-8").splitlines() if line.strip()
    ]


def plain(measure: str) -> str:
    """A measure without quotation marks, brackets and spaces."""
    return re.sub(r"[\"'()\[\]“”‘’《》\s]", "", fold(tidy(measure)))


def same_measure(ours: str, expected: str) -> bool:
    """Equal, or one inside the other with at least two characters, once quotes and brackets are off."""
    a, b = plain(ours), plain(expected)
    return a == b or (min(len(a), len(b)) >= 2 and (a in b or b in a)) or (bool(b) and len(b) == 1 and b in a)


def printed_bound(q: Quantity) -> str:
    """The bound in the words of the cases: 累计 without a comparator is 'cumulative', a range (its lower end) 'exact'."""
    if q.cumulative and q.bound == "exact":
        return "cumulative"
    return "exact" if q.bound == "range" else q.bound


def align(expected: list[dict], got: list[Quantity]) -> list[tuple[int, int]]:
    """Pairs of equal value and unit, in order (longest common subsequence)."""

    def same(e: dict, q: Quantity) -> bool:
        return abs(e["value"] - q.value) <= 1e-9 * max(1.0, abs(e["value"])) and e["unit"] == q.unit

    n, m = len(expected), len(got)
    best = [[0] * (m + 1) for _ in range(n + 1)]
    for i in range(n - 1, -1, -1):
        for j in range(m - 1, -1, -1):
            best[i][j] = max(best[i + 1][j], best[i][j + 1], best[i + 1][j + 1] + same(expected[i], got[j]))
    pairs, i, j = [], 0, 0
    while i < n and j < m:
        if same(expected[i], got[j]) and best[i][j] == best[i + 1][j + 1] + 1:
            pairs.append((i, j))
            i, j = i + 1, j + 1
        elif best[i + 1][j] >= best[i][j + 1]:
            i += 1
        else:
            j += 1
    return pairs


@dataclass
class Score:
    """Counts over a file of cases."""

    expected: int = 0
    found: int = 0
    right: int = 0
    bound: int = 0
    measure: int = 0
    measure_exact: int = 0
    role: int = 0
    misses: list[str] = field(default_factory=list)

    @property
    def f1(self) -> float:
        """Of value and unit."""
        return 2 * self.right / (self.expected + self.found)

    def share(self, name: str) -> float:
        """Of all expected quantities (one that was not found is wrong in every field)."""
        return getattr(self, name) / self.expected

    def __str__(self) -> str:
        return (
            f"{self.expected} quantities: value+unit F1 {self.f1:.1%}, bound {self.share('bound'):.1%}, "
            f"measure {self.share('measure'):.1%} (exactly {self.share('measure_exact'):.1%}), "
            f"role {self.share('role'):.1%}"
        )


def score(rows: list[dict], with_kind: bool = False) -> Score:
    """Parse every clause and count what is right."""
    out = Score()
    for row in rows:
        got = parse_quantities(row["text"], kind=row.get("kind") if with_kind else None)
        expected = row["quantities"]
        out.expected += len(expected)
        out.found += len(got)
        pairs = align(expected, got)
        out.right += len(pairs)
        if len(pairs) < max(len(expected), len(got)):
            e = [(x["value"], x["unit"]) for i, x in enumerate(expected) if i not in {p[0] for p in pairs}]
            f = [(x.value, x.unit) for j, x in enumerate(got) if j not in {p[1] for p in pairs}]
            out.misses.append(f"{row['id']} {row['text']}\n    value: expected {e}, got {f}")
        for i, j in pairs:
            e, q = expected[i], got[j]
            for name, ok, ours in (
                ("bound", printed_bound(q) == e["bound"], printed_bound(q)),
                ("measure", same_measure(q.measure, e["measure"]), q.measure),
                ("role", ("target" if q.role == "standard" else q.role) == e["role"], q.role),
            ):
                setattr(out, name, getattr(out, name) + ok)
                if not ok:
                    out.misses.append(
                        f"{row['id']} {e['surface']} in {row['text']}\n    {name}: expected {e[name]}, got {ours}"
                    )
            out.measure_exact += plain(q.measure) == plain(e["measure"])
    return out
