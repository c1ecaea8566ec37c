"""Speed of the quantity grammar: MB/s on the five sources, growth with the length, hostile text, other readers.

    python benchmarks/quantities.py [--mb 50] [--rivals-mb 1]

The five sources repeated to 1, 5, 10, 25 and 50 MB; hostile text of 1 and 4 MB; and, where the ``bench`` extra is
installed, the same text through JioNLP (``ner.extract_money``) and cn2an (``transform``) in the same run. Processor
time, so that a busy machine does not change it; compare the ratios of one run, not figures of two machines.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import time
import warnings
from collections.abc import Callable
from pathlib import Path

from minshi_analysis.language.quantities import parse_quantities
from minshi_analysis.language.text import clean

RAW = Path(__file__).resolve().parents[1] / "data" / "raw"
HOSTILE = [
    "9",
    "万",
    "十",
    "(",
    "((1",
    "1,111",
    "1个",
    "1-",
    "、1",
    "“",
    "(万元)1",
    "|目标1",
    "e\u0301",
    "\n",
    " ",
]
TRICKY = ["走访两三个村", "统一部署一批项目", "投入二百余万元", "近六成", "新增学位1.5万个以上"]


def sources() -> str:
    """The five source documents in one text."""
    return "\n".join(path.read_text(encoding="utf-8") for path in sorted(RAW.glob("*.txt")))


def of_size(text: str, megabytes: float) -> str:
    """``text`` repeated and cut to about so many MB of UTF-8."""
    size = len(text.encode("utf-8"))
    times, rest = divmod(int(megabytes * 1e6), size)
    return text * times + text.encode("utf-8")[:rest].decode("utf-8", errors="ignore")


def seconds(read: Callable[[str], object], text: str) -> float:
    """Processor time of one reading."""
    start = time.process_time()
    read(text)
    return time.process_time() - start


def growth(text: str, largest: float) -> None:
    print(f"{'MB':>6} {'s':>8} {'MB/s':>7} {'quantities':>11} {'time per MB, of the first':>26}")
    first = None
    for size in [s for s in (1, 5, 10, 25) if s < largest] + [largest]:
        sample = of_size(text, size)
        found: list = []
        taken = seconds(lambda t, found=found: found.append(len(parse_quantities(t))), sample)
        first = first or taken / size
        print(f"{size:6g} {taken:8.2f} {size / taken:7.2f} {found[0]:11d} {taken / size / first:26.2f}")


def hostile() -> None:
    print("\nhostile text, 1 MB and 4 MB (linear: 4 times as long)")
    for pattern in HOSTILE:
        one, four = (seconds(parse_quantities, of_size(pattern * 1000, size)) for size in (1, 4))
        print(f"{pattern!r:>12} {one:7.2f} s {four:7.2f} s   x {four / one:.1f}")


def rivals(text: str, megabytes: float) -> None:
    """The same text through the other readers."""
    readers = {"minshi_analysis": parse_quantities, "  (its clean alone)": clean}
    shown = {"minshi_analysis": lambda t: [(q.value, q.unit, q.bound) for q in parse_quantities(t)]}
    with contextlib.suppress(ImportError):
        import cn2an

        readers["cn2an.transform"] = shown["cn2an.transform"] = lambda t: cn2an.transform(t, "cn2an")
    with contextlib.suppress(ImportError), contextlib.redirect_stdout(io.StringIO()):
        import jionlp

        readers["jionlp extract_money"] = shown["jionlp extract_money"] = jionlp.ner.extract_money
    sample = of_size(text, megabytes)
    print(f"\n{megabytes:g} MB of the same text")
    ours = None
    for name, read in readers.items():
        read("新增托位7500个")
        taken = seconds(read, sample)
        ours = ours or taken
        print(f"{name:>22} {megabytes / taken:8.2f} MB/s   time x {taken / ours:.2f}")
    for clause in TRICKY:
        print(f"\n{clause}")
        for name, read in shown.items():
            print(f"{name:>22}: {read(clause)}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--mb", type=float, default=50, help="largest text in MB")
    parser.add_argument("--rivals-mb", type=float, default=1, help="text for the other readers in MB")
    given = parser.parse_args()
    warnings.filterwarnings("ignore")  # cn2an warns for every 万 that it cannot read
    text = sources()
    parse_quantities(text[:2000])
    growth(text, given.mb)
    hostile()
    rivals(text, given.rivals_mb)


if __name__ == "__main__":
    main()
