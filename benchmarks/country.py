"""What the country costs: a project of made documents, from `minshi new` to its reports, at several sizes.

`python benchmarks/country.py 250 500 1000` runs the commands as a user does and prints, for each step, seconds of the
processor (of the command and all that it starts), what a document adds to them, and what 15,000 documents would take at
that slope. A step is linear where a document adds as much at every size: the last column but one is the slope between the
two largest sizes over that between the two smallest. With `--before ../other-checkout` each step is also done with the code
of another checkout, in turn, and a second table says how many times as long it takes there.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import os
import re
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from corpus import Made, documents
from spent import Spent, python_of, spent

HERE = Path(__file__).resolve().parents[1]
COUNTRY = 15_000  # three thousand counties and cities, five years


def describe(made: Made, path: Path) -> None:
    """Write what is known of a document beside it."""
    place = made.place
    said = {"file": path.name, "title": path.stem, "region": place.name, "adcode": place.adcode}
    said |= {"level": place.level, "kind": made.kind, "sha256": hashlib.sha256(path.read_bytes()).hexdigest()}
    lines = [f'{key} = "{value}"' for key, value in said.items()]
    path.with_suffix(".toml").write_text("\n".join([*lines, f"year = {made.year}", ""]), encoding="utf-8")


def change(path: Path) -> None:
    """Give a document another line, as a new version of it would have."""
    path.write_bytes(path.read_bytes() + b"\n")
    beside, sha256 = path.with_suffix(".toml"), hashlib.sha256(path.read_bytes()).hexdigest()
    beside.write_text(re.sub(r'sha256 = "\w+"', f'sha256 = "{sha256}"', beside.read_text("utf-8")), "utf-8")


def steps(project: Path, command: list[str]) -> Iterator[tuple[str, Callable[[], Spent]]]:
    """The steps of a project's life, in their order, and what does each."""

    def minshi(*argv: str) -> Callable[[], Spent]:
        return lambda: spent([*command, *argv], project)

    def changed() -> Spent:
        change(min((project / "data" / "raw").glob("*.txt")))
        return minshi("build", "--quiet")()

    yield "build", minshi("build", "--quiet")
    yield "build, nothing changed", minshi("build", "--quiet")
    yield "build, one document changed", changed
    yield "build --if-needed, nothing changed", minshi("build", "--quiet", "--if-needed")
    yield "audit", minshi("audit", "--format", "csv")
    yield "plan of all reports", minshi("report", "--all", "--dry-run", "--quiet")
    yield (
        "reports of a county's year",
        lambda: spent([*command, "report", *asked(project), "--force", "--quiet"], project),
    )


def asked(project: Path) -> list[str]:
    """The region and year of the first document that tells results, as `minshi report` is asked."""
    with (project / "data" / "tables" / "documents.csv").open(encoding="utf-8", newline="") as file:
        row = next(row for row in csv.DictReader(file) if row["kind"] == "completion")
    return ["--region", row["adcode"], "--year", row["year"]]


def measure(count: int, command: list[str]) -> dict[str, Spent]:
    """What each step takes at a size."""
    with tempfile.TemporaryDirectory(prefix="minshi-country-") as folder:
        project = Path(folder) / "country"
        found = {"new": spent([*command, "new", str(project)], Path(folder))}
        raw = project / "data" / "raw"
        shutil.rmtree(raw, ignore_errors=True)
        raw.mkdir(parents=True)
        for made in documents(count):
            describe(made, made.write(raw))
        for name, step in steps(project, command):
            found[name] = step()
            print(f"{count} {name}: {found[name]}", file=sys.stderr)
    return found


def table(found: dict[int, dict[str, Spent]]) -> str:
    """The steps as a table in Markdown."""
    sizes = sorted(found)
    heads = [
        "step",
        *(f"{size:,}" for size in sizes),
        "a document adds",
        f"{COUNTRY:,} documents",
        "growth",
        "memory",
    ]
    lines = ["| " + " | ".join(heads) + " |", "|---|" + "---:|" * (len(heads) - 1)]
    for name in found[sizes[0]]:
        took = [found[size][name].processor for size in sizes]
        slopes = [(took[i + 1] - took[i]) / (sizes[i + 1] - sizes[i]) for i in range(len(sizes) - 1)]
        last = slopes[-1] if slopes else took[0] / sizes[0]
        whole = took[-1] + last * (COUNTRY - sizes[-1])
        growth = f"{slopes[-1] / slopes[0]:.1f}" if len(slopes) > 1 and slopes[0] > 0 else "–"
        cells = [f"{each:.1f} s" for each in took] + [f"{1000 * last:.1f} ms", clock(whole), growth]
        lines.append("| " + " | ".join([name, *cells, f"{found[sizes[-1]][name].memory:.0f} MB"]) + " |")
    return "\n".join(lines)


def clock(seconds: float) -> str:
    """Seconds as a person says them."""
    return f"{seconds:.0f} s" if seconds < 120 else f"{seconds / 60:.0f} min"


def command_of(checkout: Path) -> list[str]:
    """The command `minshi` with the code of a checkout, in its environment where it has one."""
    return ["env", f"PYTHONPATH={checkout.resolve()}", python_of(checkout), "-m", "minshi_analysis.cli"]


def beside(now: dict[int, dict[str, Spent]], before: dict[int, dict[str, Spent]]) -> str:
    """How many times as long each step takes with the other code."""
    sizes = sorted(now)
    lines = ["| step | " + " | ".join(f"{size:,}" for size in sizes) + " |", "|---|" + "---:|" * len(sizes)]
    for name in now[sizes[0]]:
        pairs = [(before[size][name].processor, now[size][name].processor) for size in sizes]
        cells = [f"{then:.1f} s, {then / own:.2f} times" for then, own in pairs]
        lines.append("| " + " | ".join([name, *cells]) + " |")
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("documents", type=int, nargs="*", default=[250, 500, 1000])
    parser.add_argument("--before", type=Path, help="another checkout, measured in turn with this one")
    options = parser.parse_args()
    sides = [HERE, *([options.before] if options.before else [])]
    found: dict[Path, dict[int, dict[str, Spent]]] = {side: {} for side in sides}
    for count in options.documents:
        for side in sides:
            found[side][count] = measure(count, command_of(side))
    print(f"{os.cpu_count()} cores, Python {sys.version.split()[0]}; seconds of the processor\n")
    print(table(found[HERE]))
    if options.before:
        print(f"\nWith the code of {options.before.name}:\n\n{beside(found[HERE], found[options.before])}")


if __name__ == "__main__":
    main()
