"""The registry: every table's columns, their types and meanings, and the words they may hold."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

__all__ = [
    "BOUNDS",
    "CHECK_CLASSES",
    "FUNDERS",
    "INDICATOR_FORMS",
    "KINDS",
    "LEVELS",
    "MILESTONE_KINDS",
    "MONEY",
    "NATURES",
    "SEVERAL_YEARS",
    "STAGES",
    "TABLES",
    "Column",
    "Table",
]

BOUNDS = ("exact", "at_least", "more_than", "at_most", "less_than", "approx", "range")
KINDS = ("plan", "progress", "completion", "five_year_plan", "review")
SEVERAL_YEARS = ("five_year_plan", "review")  # kinds of documents that are of several years
LEVELS = ("nation", "province", "city", "county", "town")
STAGES = ("candidate", "adopted", "revised")
NATURES = ("flow", "stock", "rate", "stage")
FUNDERS = ("total", "superior", "province", "city", "county", "town", "social", "bond", "other")
STATUSES = ("over", "met", "behind", "in_progress")
VERDICTS = ("ok", "mismatch", "not_additive", "cannot_check")
CHECK_CLASSES = ("arithmetic", "wording", "change", "repeat", "policy", "reading")
MILESTONE_KINDS = ("quantity", "percent", "stage", "qualitative")
INDICATOR_FORMS = ("level", "sum", "increase")
MONEY = ("万元", "亿元")
POPULATION_KINDS = ("census", "year_end")


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name, type (text, number, integer, flag), meaning, and what its values may be."""

    name: str
    type: str
    about: str
    required: bool = False
    unique: bool = False
    among: tuple[str, ...] = ()
    pattern: str = ""
    at_least: float | None = None

    @property
    def unit(self) -> str:
        """What its figures are counted in; empty where it has none, or another column of the row says it."""
        ends = {"_wan": "万元", "_yi": "亿元", "rate_claimed": "%", "population": "人"}
        return next(
            (unit for end, unit in ends.items() if self.type != "text" and self.name.endswith(end)), ""
        )


@dataclass(frozen=True, slots=True)
class Table:
    """A table: what one row is, its columns in order, and the columns that refer to other tables."""

    name: str
    row: str
    columns: tuple[Column, ...]
    refers: Mapping[str, str]
    extracted: bool = True

    @property
    def names(self) -> list[str]:
        return [column.name for column in self.columns]

    def column(self, name: str) -> Column:
        """One column."""
        return next(column for column in self.columns if column.name == name)

    @property
    def key(self) -> str | None:
        """The column that names a row, where one does."""
        return next((column.name for column in self.columns if column.unique), None)


_DATE = r"\d{4}-\d{2}-\d{2}"


def _text(name, about, **more):
    return Column(name, "text", about, **more)


def _number(name, about, **more):
    return Column(name, "number", about, **more)


def _date(name, about):
    return Column(name, "text", f"{about} (ISO date)", pattern=_DATE)


def _key(name, about):
    return Column(name, "text", about, required=True, unique=True)


def _ref(name, about, required=True):
    return Column(name, "text", about, required=required)


_PROVENANCE = (
    Column("source_start", "integer", "character offset of the printed text in the source", at_least=0),
    Column("source_end", "integer", "offset behind the printed text", at_least=0),
    _text("source_ref", "page, table, row and column, for sources without plain text"),
    Column("patched", "flag", "a declared correction applied", required=True),
)


_DOC_ID = _ref("doc_id", "the document")
_BOUND = _text("bound", "how the value binds", among=BOUNDS)
_ADCODE = _text("adcode", "GB/T 2260 code; missing for bodies without one", pattern=r"\d{6}")
_UPPER = "the upper end of a range, of which the value is the lower"
_VALUE = "in base units; money in 万元; % as printed; missing where the source prints none"
_CUMULATIVE = Column("cumulative", "flag", "a sum over the years of a plan period")


def _extracted(name, row, columns, refers=()):
    """A table read from documents: its columns, then the document and the place in it."""
    has_doc = any(column.name == "doc_id" for column in columns)
    return Table(
        name,
        row,
        (*columns, *(() if has_doc else (_DOC_ID,)), *_PROVENANCE),
        {"doc_id": "documents.doc_id"} | dict(refers),
    )


_ALL = (
    Table(
        "documents",
        "a source document",
        (
            _key("doc_id", "readable id of the document"),
            _text("title", "printed title", required=True),
            _text("issuer", "who issued it"),
            _text("region", "full official name of the region", required=True),
            _ADCODE,
            _text("level", "level of the region", among=LEVELS),
            Column(
                "year", "integer", "year the promises are for (first year of a plan period)", required=True
            ),
            Column("year_end", "integer", "last year of the period"),
            _text("kind", "kind of document", required=True, among=KINDS),
            _text("stage", "put to the vote, adopted, or revised, where the words say it", among=STAGES),
            _date("as_of", "date the reported state is of"),
            _date("published", "date of publication"),
            _text("reference_no", "official reference number"),
            _text("url", "address it was obtained from"),
            _text("file", "file name in data/raw", required=True),
            _text("sha256", "SHA-256 of the file", required=True, pattern=r"[0-9a-f]{64}"),
            _text("script", "characters used", among=("hans", "hant")),
        ),
        {},
        extracted=False,
    ),
    _extracted(
        "tasks",
        "a printed task line",
        (
            _key("task_id", "document/programme.item"),
            _text("level", "whose programme the task belongs to", among=LEVELS),
            _text("programme_no", "number of the programme as printed"),
            _text("programme", "name of the programme"),
            _text("item_no", "number of the task in its programme or list"),
            _text("text", "the task, tidy", required=True),
            _text("lead_agency", "lead agency as printed"),
            _text("partner_agencies", "other agencies as printed"),
            _text("responsible", "persons named as responsible"),
            _date("deadline", "date due; a month is its last day"),
        ),
    ),
    _extracted(
        "targets",
        "a quantity a task promises",
        (
            _key("target_id", "task_id#k"),
            _ref("task_id", "the task"),
            _text("measure", "what is counted"),
            _number("value", _VALUE),
            _number("upper", _UPPER),
            _text("unit", "unit of the value"),
            _BOUND,
            _CUMULATIVE,
            _text(
                "nature",
                "flow (so many new ones), stock (a level to stand at), rate, or stage of the works",
                among=NATURES,
            ),
            _text("part_of", "target_id of the whole that an 其中 names"),
        ),
        {"task_id": "tasks.task_id", "part_of": "targets.target_id"},
    ),
    _extracted(
        "allocations",
        "a target's share for one region",
        (
            _ref("target_id", "the target"),
            _text("region", "full official name", required=True),
            _ADCODE,
            _number("value", _VALUE, at_least=0),
            _text("unit", "unit of the value"),
            _text("note", "what is printed beside the share"),
        ),
        {"target_id": "targets.target_id"},
    ),
    _extracted(
        "funding",
        "an amount from one funder",
        (
            _ref("funding_id", "one printed line of money; a row for each funder"),
            _text(
                "funder",
                "who pays; total is the printed sum, superior any level above the document's own",
                required=True,
                among=FUNDERS,
            ),
            _text("funder_printed", "the words that name the funder"),
            _number("amount_wan", "万元", at_least=0),
        ),
    ),
    _extracted(
        "funding_tasks",
        "a funding line and a task that it serves",
        (_ref("funding_id", "the funding line"), _ref("task_id", "a task it serves")),
        {"task_id": "tasks.task_id", "funding_id": "funding.funding_id"},
    ),
    _extracted(
        "outcomes",
        "a result reported for a target",
        (
            _ref("task_id", "the task"),
            _ref("target_id", "the target, where one is meant", required=False),
            _text("region", "the part that the result is of; missing for the whole"),
            _ADCODE,
            _text("measure", "what is counted"),
            _number("value", _VALUE, at_least=0),
            _number("upper", _UPPER),
            _text("unit", "unit of the value"),
            _BOUND,
            _text("status_claimed", "status that the document claims", among=STATUSES),
            _number("rate_claimed", "% that the document claims"),
            _date("as_of", "date the result is of"),
            _text("text", "the printed result, tidy"),
        ),
        {"task_id": "tasks.task_id", "target_id": "targets.target_id"},
    ),
    _extracted(
        "milestones",
        "a promised intermediate state",
        (
            _ref("task_id", "the task"),
            _ref("target_id", "the target, where one is meant", required=False),
            _date("due", "date due; a month is its last day"),
            _number("value", _VALUE, at_least=0),
            _number("upper", _UPPER),
            _text("unit", "unit of the value"),
            _BOUND,
            _text("kind", "what is promised", required=True, among=MILESTONE_KINDS),
            _text("text", "the printed promise, tidy", required=True),
        ),
        {"task_id": "tasks.task_id", "target_id": "targets.target_id"},
    ),
    _extracted(
        "indicators",
        "a plan indicator",
        (
            _key("indicator_id", "document/indicator number, and the sub-indicator's number"),
            _text("indicator_no", "printed number", required=True),
            _text("field", "printed field"),
            _text("name", "printed name", required=True),
            _text("sub_name", "printed name of a part"),
            _text("unit", "unit of baseline and target"),
            Column("baseline_year", "integer", "year of the baseline"),
            _number("baseline", _VALUE),
            _text("baseline_bound", "how the baseline binds", among=BOUNDS),
            Column("target_year", "integer", "year of the target"),
            _number("target", _VALUE),
            _number("upper", _UPPER),
            _BOUND,
            _CUMULATIVE,
            _text(
                "form",
                "level, sum of the period (〔45〕), or increase over the baseline",
                among=INDICATOR_FORMS,
            ),
            _text("baseline_form", "level, or sum of a period", among=("level", "sum")),
            _text("note", "what is printed instead of or beside a value"),
        ),
    ),
    Table(
        "observations",
        "a later observed value of an indicator",
        (
            _text("region", "full official name", required=True),
            _ref("indicator_id", "the indicator"),
            Column("year", "integer", "year observed", required=True),
            _number("value", _VALUE, required=True),
            _text("unit", "unit of the value"),
            _text("source_id", "row of sources, for a reference figure"),
            _text("note", "what the reference says of it: derived, conflicting, low reliability"),
            _ref("doc_id", "the document that prints it, for a review or report", required=False),
            *_PROVENANCE,
        ),
        {
            "indicator_id": "indicators.indicator_id",
            "source_id": "sources.source_id",
            "doc_id": "documents.doc_id",
        },
    ),
    _extracted(
        "investments",
        "a major project of a plan",
        (
            _key("investment_id", "document/item number"),
            _text("item_no", "printed number", required=True),
            _text("field", "printed field"),
            _text("name", "printed name", required=True),
            _text("kind", "新建, 续建, ..."),
            Column("start_year", "integer", "first year"),
            Column("end_year", "integer", "last year"),
            _text("location", "printed place"),
            _number("total_yi", "total investment, 亿元", at_least=0),
            _number("plan_period_yi", "investment in the plan period, 亿元", at_least=0),
            _text("owner", "who carries it out"),
            _text("text", "printed content and size, tidy"),
        ),
    ),
    Table(
        "population",
        "a population figure",
        (
            _text("region", "full official name", required=True),
            _ADCODE,
            _date("date", "date the figure is of"),
            Column("population", "integer", "persons", at_least=0),
            _text("kind", "census or year_end", required=True, among=POPULATION_KINDS),
            _text("source_id", "row of sources", required=True),
            _text("boundary", "boundary the figure is for: unchanged, 2021_new, old_2020, combined"),
            _text("note", "what the reference says of it"),
        ),
        {"source_id": "sources.source_id"},
        extracted=False,
    ),
    Table(
        "sources",
        "a cited source of reference figures",
        (
            _key("source_id", "short id"),
            _text("title", "title", required=True),
            _text("publisher", "publisher"),
            _text("date", "date of publication as known"),
            _text("url", "address"),
            _text("how_verified", "how the figures were checked"),
        ),
        {},
        extracted=False,
    ),
    _extracted(
        "extras",
        "a cell of a task's column that the model has no place for",
        (
            _ref("task_id", "the task"),
            _text("column", "the column's printed label", required=True),
            _text("text", "what is printed in it, tidy"),
        ),
        {"task_id": "tasks.task_id"},
    ),
    _extracted(
        "totals",
        "a printed sum: a grand total, or a line of a summary table",
        (
            _text("of", "the table it sums up", required=True, among=("funding", "investments")),
            _text("subject", "what the line is about, as printed"),
            _text("column", "funder, or number, total_yi, plan_period_yi", required=True),
            _number("value", "the printed sum"),
            _text("unit", "万元, 亿元 or 个"),
        ),
    ),
    Table(
        "unread",
        "a part of a document that is in no row",
        (_DOC_ID, *_PROVENANCE[:3], _text("text", "what is printed"), _text("reason", "why it is in no row")),
        {"doc_id": "documents.doc_id"},
    ),
    Table(
        "confidence",
        "how sure the reader is of a task, an indicator, a money line or a project",
        (
            _DOC_ID,
            _key("row_id", "id of the task, indicator, money line or project"),
            _number("confidence", "0..1", required=True, at_least=0),
            _text("reasons", "what is in doubt, separated by ;"),
        ),
        {"doc_id": "documents.doc_id"},
    ),
    Table(
        "checks",
        "an arithmetic statement that the documents make or imply",
        (
            _key("check_id", "readable id"),
            _text("kind", "kind of check", required=True),
            _text("subject", "what is checked", required=True),
            _number("expected", "what the statement says"),
            _number("actual", "what it adds up to"),
            _number("difference", "actual - expected"),
            _text("verdict", "the outcome", required=True, among=VERDICTS),
            _text("class", "what kind of finding it is", among=CHECK_CLASSES),
            _number("importance", "0..1, by which findings are listed", at_least=0),
            _text("explanation", "what a reader should know"),
            _text("codes", "the explanation as codes with parameters, for another language"),
            _text("follows", "check_id of the finding that says the same fact"),
            Column("by_construction", "flag", "it was only asked because it holds: no evidence of care"),
            _DOC_ID,
            Column("source_start", "integer", "offset of the statement in the source", at_least=0),
            Column("source_end", "integer", "offset behind it", at_least=0),
        ),
        {"doc_id": "documents.doc_id"},
        extracted=False,
    ),
    Table(
        "links",
        "the same promise in two documents",
        (
            _ref("target_id", "the promise in the higher document"),
            _ref("other_target_id", "the promise in the lower document"),
            _text("region", "the region it is about"),
            _number("value", "value in the first document"),
            _number("other_value", "value in the second"),
            _text("unit", "unit of both"),
            Column("same", "flag", "the values are equal", required=True),
            _number("score", "0..1, how alike the two promises are"),
            _text("reason", "why they are held to be the same"),
        ),
        {"target_id": "targets.target_id", "other_target_id": "targets.target_id"},
        extracted=False,
    ),
    Table(
        "patches",
        "a manual correction",
        (
            _DOC_ID,
            _text("where", "where in the document", required=True),
            _text("printed", "what is printed", required=True),
            _text("corrected", "what it should be"),
            _text("reason", "why we know", required=True),
            Column("source_start", "integer", "offset of the printed words", at_least=0),
            Column("source_end", "integer", "offset behind them", at_least=0),
            _text("source_ref", "page, table, row and column, for sources without plain text"),
        ),
        {"doc_id": "documents.doc_id"},
        extracted=False,
    ),
)

TABLES: Mapping[str, Table] = {table.name: table for table in _ALL}
