"""Broken and hostile files: each is read or refused in one sentence, within its limits; `make fuzz` reads 2,000."""

from __future__ import annotations

import os
import traceback
from pathlib import Path

import pytest

from fuzz.breaking import broken, seeds
from minshi_analysis.intake.reader import read_whole
from minshi_analysis.reading import read
from minshi_analysis.reading.blocks import Document, Paragraph
from minshi_analysis.workers.carried import Carried
from minshi_analysis.workers.crew import crew
from minshi_analysis.workers.limits import Limits, limited, told
from minshi_analysis.workers.pool import Lost

COUNT = int(os.environ.get("MINSHI_FUZZ", "150"))
FIRST = int(os.environ.get("MINSHI_FUZZ_FIRST", "0"))
ROUND = 50  # files of one test, whose failure names them
LIMITS = Limits(memory=1500, seconds=60)
KNOWN = {"region": "330302", "year": 2024, "kind": "plan"}


def outcome(bench, file: Carried, whole: bool) -> str:
    """In a worker: "" where a file is read or refused in one sentence, else what is wrong."""
    try:
        with file.laid_out() as path:
            document = read(path)
            wrong = held(document)
            if whole and not wrong:
                read_whole(path, **KNOWN)
            return wrong
    except ValueError as error:
        said = str(error)
        if len(said) > 700 or "\n" in said.strip():
            return f"not one sentence: {said[:200]}"
        return "" if type(error) is not UnicodeDecodeError else f"UnicodeDecodeError: {said}"
    except MemoryError:
        return "it needs too much memory"
    except Exception:
        return traceback.format_exc(limit=-3)


def held(document: Document) -> str:
    """What of a document does not hold together: every cell's offsets point at its text."""
    for block in document.blocks:
        cells = [block] if isinstance(block, Paragraph) else (cell for row in block.rows for cell in row)
        for cell in cells:
            if document.text[cell.start : cell.end] != cell.text:
                return f"{cell.ref} does not stand where it says"
    return ""


@pytest.mark.parametrize("first", range(FIRST, FIRST + COUNT, ROUND))
def test_broken_files_are_read_or_refused(project: Path, first: int) -> None:
    files = seeds(project)
    made = {number: broken(number, files) for number in range(first, first + ROUND)}
    calls = (
        (number, limited, (LIMITS, outcome, Carried(*file), number % 4 == 0)) for number, file in made.items()
    )
    wrong = {}
    with crew(1, few=1) as hands:
        for number, result in hands.run(calls, timeout=LIMITS.seconds):
            said = told(result.cause, LIMITS) if isinstance(result, Lost) else str(result)
            if said:
                wrong[made[number][0]] = said
    assert not wrong, "\n\n".join(f"{name}: {said}" for name, said in wrong.items())


def test_a_number_always_breaks_the_same_file_in_the_same_way(project: Path) -> None:
    files = seeds(project)
    assert len(files) > 100
    assert broken(7, files) == broken(7, files)
    assert len({broken(number, files)[1] for number in range(60)}) > 55
