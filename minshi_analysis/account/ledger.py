"""The ledger of figures: every printed number of a document ends in exactly one place.

Whoever makes a row says from which printed figures its values come; whoever drops a figure says why. At the end the
ledger walks the document itself, cell by cell and paragraph by paragraph, and asks of every numeral where it went: into a
row (and then the row's value must be that number), set aside with a reason, or not understood. What is over is not
understood: no reader can lose a figure without its showing here.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from minshi_analysis.account.claiming import DIGITS, Claim
from minshi_analysis.account.promising import is_made, may_be_promised
from minshi_analysis.facts.matching import alike
from minshi_analysis.facts.prose.background import OPEN
from minshi_analysis.facts.tables.units import unit_said
from minshi_analysis.language import grammar as g
from minshi_analysis.language.figures import REASONS, Figure, figures
from minshi_analysis.language.text import fold, simplified
from minshi_analysis.layout.tables import Layout, Unread
from minshi_analysis.reading.blocks import Cell, Document, Paragraph

__all__ = ["Entry", "Ledger", "close", "same_number"]

# A figure may be claimed by rows of two tables (a target and its milestone), never by two rows of one of these.
_ONCE = frozenset({"targets", "funding"})
# Columns whose figures are no values of ours: what they are instead.
_OF_ROLE: Mapping[str, tuple[str, str]] = {
    "index": ("read", "the number of a row"),
    "deadline": ("read", "a date"),
    "period": ("read", "a date"),
    "unit": ("read", "a unit"),
    "lead": ("read", "a name"),
    "partner": ("read", "a name"),
    "owner": ("read", "a name"),
    "person": ("read", "a name"),
    "programme": ("aside", "part of a name"),
    "project": ("aside", "part of a name"),
    "indicator": ("aside", "part of a name"),
    "sub_name": ("aside", "part of a name"),
    "kind": ("aside", "kept as it is printed"),
    "location": ("aside", "kept as it is printed"),
    "content": ("aside", "kept as it is printed"),
    "note": ("aside", "kept as it is printed"),
    "aside": ("aside", "kept as it is printed"),
    "ranked": ("aside", "how it was voted for or ranked"),
    "status": ("aside", "kept as it is printed"),
    "leaf": ("aside", "part of a name"),
    "unkept": ("aside", "a note of a project, which no row keeps"),
}
_UNKEPT, _NOTES = (
    "unkept",
    frozenset({"note", "aside", "status"}),
)  # a task's notes are kept, a project's are not
# Of these only a bare number, or what says how many bodies, is accounted for by its column: a quantity there is none of it.
_NO_QUANTITY = frozenset({"index", "deadline", "period", "lead", "partner", "owner", "person"})
# Of these what is said to be made or finished is told: 备注: 新增床位300张.
_TELLING = frozenset({"ranked", "programme", "project", "kind", "location", "note", "aside", "status"})
# A row with quantities may be no head, nor a grid with some the box over a page: what its figures must be to be told.
_COUNTED_IN: Mapping[str, tuple[str | None, ...]] = {"header": (None, "bare"), "metadata": (None,)}
# Of these a cell that prints nothing else than 5期 or 10分钟 prints what is measured.
_MEASURED = frozenset({"target", "result", "measure"})
_COMPARATOR = 4  # characters: 10分钟以内, 不少于5期
_FORMS = frozenset({"duration", "rating", "age", "threshold", "word", "vague"})
_BODIES = re.compile(
    r"[个家]?(?:[^,;:。、|\d]{0,6}?)(?:单位|部门|局|委|办|街道|乡|镇|村|社区|县|区|市|园区|学校|企业|公司)"
)
_NUMERAL = re.compile(r"[0-9０-９〇零一二两三四五六七八九十百千万亿壹贰叁肆伍陆柒捌玖拾佰仟①-⑳%％]")
_SENTENCE = re.compile(r"[^。；;\n]*[。；;\n]?")
_WHOLE_BLOCK = 240  # characters up to which a block with an unread figure is told whole
_SAID_AGAIN = frozenset({"targets", "outcomes"})
_ALIKE = 0.5  # how alike two measures are at least that are one
_LISTED = frozenset({"件", "项", "个"})
_SIZE = re.compile(
    r"[省市州县区镇]?[级重点大]{0,3}(?:(?:[\u4e00-\u9fff]{0,4}民生|惠民|为民|利民)[\u4e00-\u9fff]{0,4}(?:实事|项目|工程)|实事)"
)
_LONG = 2_000_000  # characters of a document up to which every entry is kept, and not only counted


@dataclass(frozen=True, slots=True)
class Entry:
    """A printed figure and where it went.

    Attributes
    ----------
    start, end : int
        Offsets in ``Document.text``.
    ref : str
        Page, table, row and column, for sources without plain text.
    text : str
        As printed.
    state : str
        read, aside or unread.
    what : str
        For a figure that is read the table (or 'a date', 'the number of a row', …), else the reason.
    row_id : str
        The row that it is in; "" for none.
    """

    start: int
    end: int
    ref: str
    text: str
    state: str
    what: str
    row_id: str = ""


@dataclass(frozen=True, slots=True)
class Ledger:
    """The closed account of a document's figures.

    Attributes
    ----------
    entries : tuple of Entry
        In reading order; empty for a document too long to keep them.
    counts : mapping of (state, what) to int
    over : tuple of Unread
        The figures that no one accounted for, a row for each sentence or cell.
    twice : tuple of Entry
        Figures that two rows of one table claim: an error of the reader.
    invented : frozenset of str
        Ids of rows with a value that stands nowhere in what they claim: an error of the reader.
    """

    entries: tuple[Entry, ...]
    counts: Mapping[tuple[str, str], int]
    over: tuple[Unread, ...]
    twice: tuple[Entry, ...]
    invented: frozenset[str]

    def count(self, state: str) -> int:
        """How many figures ended in a state."""
        return sum(number for (each, _), number in self.counts.items() if each == state)

    def told(self) -> str:
        """One sentence for a person: how many figures were read, set aside and why, and not understood."""
        aside = Counter({what: n for (state, what), n in self.counts.items() if state == "aside"})
        why = ", ".join(f"{n} {what}" for what, n in aside.most_common(4))
        return (
            f"{self.count('read')} figures read, {self.count('aside')} set aside"
            + (f" ({why}{', …' if len(aside) > 4 else ''})" if why else "")
            + f", {self.count('unread')} not understood"
        )


def close(
    document: Document,
    layout: Layout,
    claims: Iterable[Claim],
    unread: Sequence[Unread],
    aside: Sequence[Unread],
    year: int | None = None,
) -> Ledger:
    """Close the account: every printed figure of the document in exactly one place.

    Parameters
    ----------
    document : Document
    layout : Layout
        Its tables say what the columns hold that make no rows (numbers of rows, agencies, dates).
    claims : iterable of Claim
        Of all rows (see `claims_of`).
    unread, aside : sequence of Unread
        What was not understood, and what was set aside, each with its reason.
    year : int, optional
        Of the document.
    """
    by_block = _Index(document)
    known: dict[tuple[float, str], list[str]] = defaultdict(list)
    rates: set[float] = set()
    for claim in claims:
        by_block.add(claim)
        if claim.measure and claim.table in _SAID_AGAIN:
            known[claim.values[0], claim.unit].append(claim.measure)
        if claim.table == "outcomes":
            rates.update(claim.values)
    roles = _roles(layout)
    spans = _Spans(unread), _Spans(aside)
    entries: list[Entry] = []
    counts: Counter[tuple[str, str]] = Counter()
    over: list[Unread] = []
    twice: list[Entry] = []
    keep = len(document.text) <= _LONG
    for block in by_block.blocks:
        found = _figures(block.text, year)
        here = by_block.claims(block) if found else ()
        left: list[Entry] = []
        for figure in found:
            entry, again = _entry(block, figure, here, by_block, roles, *spans)
            if entry.state == "unread" and not spans[0].covers(entry.start, entry.end):
                noted = roles.get(block.start) in _OF_ROLE
                if _is_again(figure, known, rates if noted else (), isinstance(block, Cell)):
                    entry = replace(entry, state="aside", what="printed again: a row holds it")
                else:
                    left.append(entry)
            counts[entry.state, entry.what] += 1
            if again:
                twice.append(entry)
            if keep:
                entries.append(entry)
        over += _grouped(block, left)
    return Ledger(tuple(entries), dict(counts), tuple(over), tuple(twice), by_block.invented())


def _figures(text: str, year: int | None) -> list[Figure]:
    """The figures of a block, read as tasks are, so that what was read for them is known: no role counts here."""
    return figures(text, kind="plan", year=year) if _NUMERAL.search(text) else []


class _Index:
    """The printed blocks of a document (paragraphs and cells, each once) and the claims to places in them."""

    def __init__(self, document: Document):
        found: dict[int, Cell | Paragraph] = {}
        for block in document.blocks:
            if isinstance(block, Paragraph):
                found.setdefault(block.start, block)
                continue
            for row in block.rows:
                for cell in row:
                    if cell:
                        found.setdefault(cell.start, cell)
        self.blocks = [found[start] for start in sorted(found)]
        self._starts = [block.start for block in self.blocks]
        self._claims: dict[int, list[Claim]] = defaultdict(list)
        self._valued: set[str] = set()  # rows with a value
        self._met: set[str] = set()  # and those of which a figure met a claim

    def add(self, claim: Claim) -> None:
        """A claim stands with every block that it reaches into."""
        i = max(0, bisect_right(self._starts, claim.start) - 1)
        while i < len(self._starts) and self._starts[i] < max(claim.end, claim.start + 1):
            if self.blocks[i].end > claim.start:
                self._claims[self._starts[i]].append(claim)
            i += 1
        if claim.values:
            self._valued.add(claim.row_id)

    def claims(self, block: Cell | Paragraph) -> Sequence[Claim]:
        return self._claims.get(block.start, ())

    def meet(self, claim: Claim) -> None:
        """Note that a figure stands where a row claims it."""
        self._met.add(claim.row_id)

    def invented(self) -> frozenset[str]:
        """Rows of which no claim met a figure of its value."""
        return frozenset(self._valued - self._met)


class _Spans:
    """Parts with reasons, by place; the shortest that covers a figure speaks."""

    def __init__(self, parts: Sequence[Unread]):
        self._parts = sorted((p for p in parts if p.end > p.start), key=lambda p: p.start)
        self._starts = [p.start for p in self._parts]
        self._longest = max((p.end - p.start for p in self._parts), default=0)

    def covers(self, start: int, end: int) -> Unread | None:
        i = bisect_right(self._starts, start) - 1
        best: Unread | None = None
        while i >= 0 and self._starts[i] >= start - self._longest:
            part = self._parts[i]
            if (
                part.start <= start
                and part.end >= end - 1
                and (best is None or part.end - part.start < best.end - best.start)
            ):
                best = part
            i -= 1
        return best


def _roles(layout: Layout) -> dict[int, str]:
    """Start of a cell -> the role of its column, for the columns whose figures are no values and those of what is measured."""
    found: dict[int, str] = {}
    for table in layout.tables:
        named = [
            (j, c.role) for j, c in enumerate(table.columns) if c.role in _OF_ROLE or c.role in _MEASURED
        ]
        if not named:
            continue
        for record in table.records:
            if record.kind != "row":
                continue
            for j, role in named:
                cell = record.cells.get(j)
                if cell is not None:
                    lost = table.kind == "investments" and role in _NOTES
                    found.setdefault(cell.start, _UNKEPT if lost else role)
    return found


def _entry(
    block: Cell | Paragraph,
    figure: Figure,
    claims: Sequence[Claim],
    index: _Index,
    roles: Mapping[int, str],
    unread: _Spans,
    aside: _Spans,
) -> tuple[Entry, bool]:
    """Where a figure went, and whether two rows of one table claim it."""
    start, end = block.start + figure.start, block.start + figure.end

    def entry(state: str, what: str, row_id: str = "") -> Entry:
        return Entry(start, end, block.ref, figure.surface, state, what, row_id)

    here = [claim for claim in claims if claim.values and claim.start < end and claim.end > start]
    numbers = _numbers_of(figure) if here else ()
    owners = [claim for claim in here if any(_scaled(n, v) for n in numbers for v in claim.values)]
    if owners:
        for claim in owners:
            index.meet(claim)
        exact = min(owners, key=lambda claim: claim.end - claim.start)
        place = exact.table, exact.start, exact.end
        rivals = {claim.row_id for claim in owners if (claim.table, claim.start, claim.end) == place}
        return entry("read", exact.table, exact.row_id), exact.table in _ONCE and len(rivals) > 1
    if part := unread.covers(start, end):
        return entry("unread", part.reason), False
    part = aside.covers(start, end)
    if part and figure.reason not in _COUNTED_IN.get(part.reason, ()):
        return entry("aside", part.reason), False
    if figure.reason is not None and figure.reason not in ("bare", "unclear", "foreign_money"):
        if _is_open(figure, block.text, roles.get(block.start)):
            return entry("unread", f"{OPEN}: {REASONS[figure.reason]}"), False
        return entry("aside", REASONS[figure.reason]), False
    digits = DIGITS.findall(fold(figure.surface))
    kept = (set(DIGITS.findall(fold(c.measure))) for c in claims if c.table == "kept")
    if digits and any(numbers.issuperset(digits) for numbers in kept):
        return entry("aside", "kept as it is printed"), False
    behind = fold(simplified(block.text[figure.end : figure.end + 12]))
    listed = behind.startswith("大") or (figure.quantity is not None and figure.quantity.unit in _LISTED)
    if listed and _SIZE.match(behind) and not is_made(figure, block.text, built=True):
        return entry("aside", "how many items a list has"), False
    if (role := roles.get(block.start)) in _OF_ROLE:
        return entry(*_of_column(role, figure, block.text, behind)), False
    if any(claim.table == "text" and claim.start <= start and claim.end >= end for claim in claims):
        return entry("unread", "a figure in a task's words that is none of its targets"), False
    return entry("unread", REASONS.get(figure.reason or "", "a figure that is in no row")), False


def _is_open(figure: Figure, text: str, role: str | None) -> bool:
    """Whether a figure whose form is that of none (5期, 10分钟) may be promised or reported: by its words, or as all that a
    column of targets or results prints of a row."""
    if role is None:
        return may_be_promised(figure, text)
    alone = figure.reason in _FORMS and len(text.strip()) - len(figure.surface) <= _COMPARATOR
    return role in _MEASURED and (alone or may_be_promised(figure, text))


def _of_column(role: str, figure: Figure, text: str, behind: str) -> tuple[str, str]:
    """What a figure is in a column whose figures are no values of ours, and where it went."""
    if role == _UNKEPT and figure.quantity is not None:
        return "unread", _OF_ROLE[role][1]
    shares = role == "location" and figure.quantity is not None and not g.CJK.match(behind)
    if shares or (role in _TELLING and is_made(figure, text)):
        return "unread", f"{OPEN}: {_OF_ROLE[role][1]}"
    if not _is_of(role, figure, text):
        return "unread", "a quantity in a column of names, dates, units or numbers of rows"
    return _OF_ROLE[role]


def _is_of(role: str, figure: Figure, text: str) -> bool:
    """Whether a figure is what a column of its role holds, and no quantity that stands there besides (年底前,其中3所6月底前)."""
    if role == "unit":
        return unit_said(text) == text
    if role not in _NO_QUANTITY or figure.quantity is None or figure.reason is not None:
        return True
    return role not in ("index", "deadline", "period") and bool(
        _BODIES.match(text, figure.end - len(figure.quantity.unit))
    )


def _is_again(
    figure: Figure, known: Mapping[tuple[float, str], Sequence[str]], rates: Collection[float], in_cell: bool
) -> bool:
    """Whether a figure says again what a row says: the same quantity of the same thing, or a note the rate beside it.

    In a sentence one that names nothing may be of another thing: 另建5所, beside 敬老院5所 in another item.
    """
    said = figure.quantity
    if said is None:
        return False
    if said.unit == "%" and said.value in rates:
        return True
    measures = known.get((said.value, said.unit), ())
    if not said.measure:
        return bool(measures) and in_cell
    return any(alike(said.measure, measure) >= _ALIKE for measure in measures)


def _numbers_of(figure: Figure) -> list[float]:
    """The numbers of which one, in whatever scale, is the value of a row that the figure is in."""
    read = figure.quantity
    said = [] if read is None else [read.value] if read.upper is None else [read.value, read.upper]
    return _numbers(figure.surface) + said


def same_number(text: str, value: object) -> bool:
    """Whether a row's value is the number that is printed, in whatever scale.

    Examples
    --------
    >>> same_number("1.5万个", 15000.0), same_number("400个", 15000.0)
    (True, False)
    """
    return isinstance(value, int | float) and any(_scaled(number, value) for number in _numbers(text))


def _numbers(text: str) -> list[float]:
    return [float(n.replace(",", "")) for n in DIGITS.findall(fold(text))]


def _scaled(number: float, value: float) -> bool:
    if number == value or number == 0 or value == 0:
        return number == value
    power = math.log10(abs(value / number))
    return abs(power - round(power)) < 1e-9 and -9 <= round(power) <= 9


def _grouped(block: Cell | Paragraph, left: Sequence[Entry]) -> Iterator[Unread]:
    """Unaccounted figures as parts to read: a short block whole, of a long one each sentence that holds some."""
    if not left:
        return
    if len(block.text) <= _WHOLE_BLOCK:
        yield Unread(block.start, block.end, block.ref, block.text, left[0].what)
        return
    for sentence in _SENTENCE.finditer(block.text):
        here = [e for e in left if sentence.start() <= e.start - block.start < sentence.end()]
        if here:
            start, end = block.start + sentence.start(), block.start + sentence.end()
            yield Unread(start, end, block.ref, sentence[0].strip(), here[0].what)
