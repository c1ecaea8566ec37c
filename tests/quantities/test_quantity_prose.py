"""The labelled sample of numbers in the prose of the five sources: false quantities and recall."""

import json
from collections import Counter, defaultdict
from pathlib import Path

from minshi_analysis.language.quantities import parse_quantities

HERE = Path(__file__).parent
RAW = HERE.parents[1] / "data" / "raw"


def _labelled():
    rows = [
        json.loads(line) for line in (HERE / "prose_numbers.jsonl").read_text(encoding="utf-8").splitlines()
    ]
    by_source = defaultdict(list)
    for row in rows:
        by_source[row["source"]].append(row)
    return by_source


def test_numbers_in_prose(capsys):
    count, faults = Counter(), []
    for source, rows in _labelled().items():
        text = (RAW / source).read_bytes().decode("utf-8")
        found = parse_quantities(text)
        for row in rows:
            start, end = row["start"], row["start"] + len(row["surface"])
            assert text[start:end] == row["surface"]
            hits = [q for q in found if q.start < end and start < q.end]
            count["labelled"] += 1
            count["quantities"] += row["quantity"]
            if hits and not row["quantity"]:
                count["false"] += 1
                faults.append(f"false: {text[max(0, start - 15) : end + 10]!r} ({row['why']})")
            if row["quantity"]:
                right = [
                    q for q in hits if abs(q.value - row["value"]) < 1e-6 and q.unit == (row["unit"] or "")
                ]
                count["found"] += bool(hits)
                count["right"] += bool(right)
                if not right:
                    around = text[max(0, start - 15) : end + 10]
                    faults.append(f"missed or misread: {around!r}, expected {row['value']} {row['unit']}")
    none = count["labelled"] - count["quantities"]
    with capsys.disabled():
        print(
            f"\nprose: {count['labelled']} numbers labelled, {count['quantities']} quantities; "
            f"false {count['false']} of {none} "
            f"({count['false'] / none:.1%}), found {count['found'] / count['quantities']:.1%}, "
            f"value and unit right {count['right'] / count['quantities']:.1%}"
        )
    assert count["labelled"] >= 300
    assert count["false"] <= 0.02 * none, "\n".join(faults)
    assert count["right"] >= 0.97 * count["quantities"], "\n".join(faults)
