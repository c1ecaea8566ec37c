"""`minshi confirm`."""

from __future__ import annotations

import argparse
import sys

from minshi_analysis.commands import common

HELP = "confirm what was found of a document"
DESCRIPTION = (
    "Shows each field that waits for a person, with the place where it was found and how sure that is. On a terminal it "
    "asks for each; elsewhere, and beside, give the answers as options. The TOML in data/raw stays the truth: it is what "
    "is changed, and may as well be changed by hand. The status is 1 while something is left to confirm."
)
_FIELDS = {
    "title": "its title",
    "issuer": "who issued it",
    "stage": "candidate, draft or adopted, where it is none of the usual",
    "as_of": "the day a progress report speaks of, such as 2024-06-30",
    "published": "the day it was published",
    "reference_no": "its number",
}


def options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("doc_id", nargs="*", metavar="DOC_ID", help="default: all that wait")
    parser.add_argument("--yes", action="store_true", help="take what was found, where it is sure")
    common.document_options(parser)
    for name, about in _FIELDS.items():
        parser.add_argument(f"--{name.replace('_', '-')}", help=about)
    parser.add_argument(
        "--none", action="append", default=[], metavar="FIELD", help="the document has no such field"
    )
    common.output_options(parser)


def run(options: argparse.Namespace) -> int:
    from minshi_analysis import catalogue
    from minshi_analysis.intake import confirming

    project = catalogue.find_project()
    say = common.sayer(options)
    waiting = options.doc_id or confirming.waiting(project)
    given = {name: getattr(options, name) for name in ("region", "year", "kind", *_FIELDS)}
    answers = {name: value for name, value in given.items() if value is not None}
    answers |= dict.fromkeys(options.none)
    if answers and len(waiting) != 1:
        raise ValueError(f"answers are for one document: name it ({', '.join(waiting) or 'none waits'})")
    ask = _ask if sys.stdin.isatty() and not (options.yes or answers or options.json) else None
    left = {}
    for doc_id in waiting:
        questions = confirming.questions(project, doc_id)
        say(f"{doc_id}: {questions.file}")
        for question in questions.open if ask is None else ():
            say(f"  {question}")
        still = confirming.answer(project, doc_id, answers, yes=options.yes, ask=ask)
        if still:
            left[doc_id] = still
    common.summary(
        options, _end(waiting, left, not any((project / "data" / "raw").glob("*.toml"))), left=left
    )
    return 1 if left else 0


def _ask(question) -> str | None:
    """What a person at the terminal says of a field, asked again until it may stand; None at the end of the input."""
    from minshi_analysis.intake.confirming import checked

    print(f"  {question}")
    while True:
        try:
            said = input("    Enter: right · the right value · - none · ? later > ").strip()
        except EOFError:
            return None
        if said == "?" or (question.unknown and not said):
            return None
        try:
            checked(question.name, said)
        except ValueError as error:
            print(f"    {error}")
        else:
            return said


def _end(waiting: list[str], left: dict[str, list[str]], empty: bool) -> str:
    if empty:
        return "there is no document yet; next: `minshi add FILE`"
    if not waiting:
        return "nothing waits to be confirmed; next: `minshi build`"
    if not left:
        return "all is confirmed; next: `minshi build`"
    doc_id, fields = next(iter(left.items()))
    option = f"--{fields[0].replace('_', '-')}"
    waits = "; ".join(f"{doc}: {', '.join(names)}" for doc, names in left.items())
    return (
        f"left to confirm: {waits}. "
        f"`minshi confirm --yes` takes what is sure, `minshi confirm {doc_id} {option} VALUE` answers, "
        f"and `minshi confirm` on a terminal asks"
    )
