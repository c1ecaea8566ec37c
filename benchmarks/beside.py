"""Reading, beside other checkouts: the processor's seconds of each, in turn, and how many times faster this one is.

`python benchmarks/beside.py ../before` reads the same documents with the code of each checkout in processes of their own
(with the checkout's `.venv`, where it has one), `--rounds` times in turn, and prints the least seconds of each. The documents
are this checkout's: a part of the generated country, the five sources, the real ones of `tests/corpus`, a table in each
format, and running text for `parse_quantities`. A first reading of the sources is not counted: it imports and compiles.
"""

from __future__ import annotations

import argparse
import csv
import gc
import json
import os
import subprocess
import tempfile
import time
import tomllib
from collections.abc import Iterator
from contextlib import suppress
from functools import partial
from pathlib import Path

from spent import python_of

HERE = Path(__file__).resolve().parents[1]
HINTS = ("region", "year", "kind", "year_end")
TEXT = 400_000  # characters of running text
TABLES = ("text, rows with pipes", "HTML, a table", "DOCX, a table", "XLSX, rows", "PDF, ruled pages")
ROWS = 500


def corpora(folder: Path, count: int) -> dict[str, list[tuple[str, dict]]]:
    """Of each corpus its documents: the file, and what is said of it."""
    from corpus import documents

    made = [
        (
            str(document.write(folder)),
            {"region": document.place.adcode, "year": document.year, "kind": document.kind},
        )
        for document in documents(count)
    ]
    found = {
        f"generated country ({count})": made,
        "five sources": list(_sources()),
        "tests/corpus": list(_real()),
    }
    return found | {name: [(str(path), known)] for name, path, known in _tables(folder)}


def _tables(folder: Path) -> Iterator[tuple[str, Path, dict]]:
    """A table of one length in each format."""
    from growth import MAKERS

    for name in TABLES:
        suffix, _, make = MAKERS[name]
        path = folder / f"table.{suffix}"
        make(path, ROWS // 40 if suffix == "pdf" else ROWS)
        yield f"{name} ({ROWS} rows)", path, {"region": "330302", "year": 2025, "kind": "plan"}


def _sources() -> Iterator[tuple[str, dict]]:
    for path in sorted((HERE / "data" / "raw").glob("*.toml")):
        said = tomllib.loads(path.read_text("utf-8"))
        known = {key: said[key] for key in HINTS if key in said}
        yield str(path.parent / said["file"]), known | {"region": said["adcode"]}


def _real() -> Iterator[tuple[str, dict]]:
    for meta in sorted((HERE / "tests" / "corpus").glob("*/expected/meta.csv")):
        with meta.open(encoding="utf-8-sig", newline="") as file:
            said = next(csv.DictReader(file))
        known = {key: said[key].partition("|")[0] for key in HINTS if said.get(key)}  # a|b: either is right
        known |= {key: int(float(known[key])) for key in ("year", "year_end") if key in known}
        yield from ((str(path), known) for path in meta.parents[1].glob("document.*"))


def read(asked: dict[str, list[tuple[str, dict]]]) -> dict[str, float]:
    """In a process of one checkout: the seconds of the processor that each corpus takes."""
    from minshi_analysis import read_document
    from minshi_analysis.language.quantities import parse_quantities

    def quantities() -> None:
        parse_quantities(text)

    def reading(files: list[tuple[str, dict]]) -> None:
        for path, known in files:
            with suppress(ValueError):  # one that the other checkout cannot read yet: its time counts
                read_document(path, **known)

    text = "".join(
        Path(path).read_text("utf-8") for path, _ in asked["five sources"] if path.endswith(".txt")
    )
    text = (text * (TEXT // len(text) + 1))[:TEXT]
    calls = {f"quantities of {TEXT:,} characters": quantities}
    calls |= {name: partial(reading, files) for name, files in asked.items()}
    reading(asked["five sources"])  # imports, patterns
    taken = {}
    for name, call in calls.items():
        gc.collect()
        began = time.process_time()
        call()
        taken[name] = time.process_time() - began
    return taken


def run(checkout: Path, asked: Path) -> dict[str, float]:
    """The seconds of one checkout, from a process of its own."""
    done = subprocess.run(
        [python_of(checkout), __file__, "--read", asked],
        env=os.environ | {"PYTHONPATH": str(checkout)},
        cwd=checkout,
        capture_output=True,
        text=True,
    )
    if done.returncode:
        raise SystemExit(f"{checkout} cannot read the documents:\n{done.stderr}")
    taken = json.loads(done.stdout.splitlines()[-1])
    if Path(taken.pop("package")).resolve().parents[1] != checkout.resolve():
        raise SystemExit(f"{checkout} holds no package minshi_analysis")
    return taken


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("before", type=Path, nargs="*", help="other checkouts")
    parser.add_argument("--documents", type=int, default=200, help="how many of the generated country")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--read", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.read:
        import minshi_analysis

        taken = read(json.loads(options.read.read_text("utf-8")))
        print(json.dumps(taken | {"package": minshi_analysis.__file__}))
        return
    sides = {"now": HERE} | {path.name: path.resolve() for path in options.before}
    with tempfile.TemporaryDirectory(prefix="minshi-beside-") as folder:
        found = corpora(Path(folder), options.documents)
        asked = Path(folder, "asked.json")
        asked.write_text(json.dumps(found), "utf-8")
        rounds = [{side: run(path, asked) for side, path in sides.items()} for _ in range(options.rounds)]
    counts = {name: len(files) for name, files in found.items() if len(files) > 1}
    print("| read | " + " | ".join([*(f"{side}: s | documents/s" for side in sides), "times faster |"]))
    print("| --- |" + " ---: |" * (2 * len(sides) + 1))
    for name in rounds[0]["now"]:
        least = {side: min(each[side][name] for each in rounds) for side in sides}
        cells = [
            f"{taken:.2f} | {counts[name] / taken:.1f}" if name in counts else f"{taken:.2f} | "
            for taken in least.values()
        ]
        faster = ", ".join(f"{least[path.name] / least['now']:.2f}" for path in options.before)
        print(f"| {name} | " + " | ".join(cells) + f" | {faster} |")


if __name__ == "__main__":
    main()
