"""The same measure in several cities and years, per resident."""

import re
from collections.abc import Mapping

import pandas as pd

from minshi_analysis.facts.nature import words_around
from minshi_analysis.facts.same import counted_once, deed_of
from minshi_analysis.language.text import fold
from minshi_analysis.metrics.inputs import resolve
from minshi_analysis.metrics.judging import NO_UNIT
from minshi_analysis.metrics.population import NOTES, residents
from minshi_analysis.metrics.result import because, join_ids, result
from minshi_analysis.reasons import why

__all__ = ["compare_cities", "described", "measure_key"]

PER = 10_000
RATES = ("%", "‰")
# Units that count the same things by another word.
_KIN = {"套(间)": "套", "名": "人", "位": "人", "场次": "场", "幢": "栋"}
# Words that say what is done with a thing, not what the thing is.
_DEEDS = re.compile(
    r"^(?:新\(?[、改扩迁增]*\)?建成?|新增(?:\(提升\))?|新开工|新改造|新配置|新辟优化|新拓展|建设筹集|建成(?:投用)?|建设|筹集|完成|打造|打通|"
    r"提升(?:改造|建设)?|改造(?:提升)?|规范化?提升|推进|推出|实施|开展|创建|组织|举办|培养|培训|安装|既有|老旧小区|住宅|城镇|居民|"
    r"为|对|其中|再|达到)"
)
_TAIL = re.compile(r"(?:数量|总数|数|任务|项目|工程|改造完工|完工)$")


def measure_key(measure: str) -> str:
    """A measure without quotation marks, brackets, deeds and general words, so that like meets like.

    Examples
    --------
    >>> measure_key("既有住宅加装电梯"), measure_key("老旧小区住宅加装电梯")
    ('加装电梯', '加装电梯')
    >>> measure_key("新增认知障碍照护专区床位")
    '认知障碍照护专区床位'
    """
    key = re.sub(r"[“”\"'「」《》\s]", "", measure.replace("（", "(").replace("）", ")"))
    key = re.sub(r"^(新)\(([改扩迁、]+)\)(建)", r"\1\2\3", key)
    while (shorter := _DEEDS.sub("", key)) != key and len(shorter) >= 2:
        key = shorter
    key = re.sub(r"\([^)]*\)", "", key)
    shorter = _TAIL.sub("", key)
    return shorter if len(shorter) >= 2 else key


def compare_cities(
    measure: str | None = None,
    *,
    tables: Mapping[str, pd.DataFrame] | None = None,
    regions: list[str] | None = None,
    year: int | None = None,
    population_kind: str = "year_end",
    population_year: int | None = None,
    denominator: str | pd.DataFrame | None = None,
    kinds: tuple[str, ...] = ("plan",),
) -> pd.DataFrame:
    """A measure as each document promises it, per 10,000 residents.

    Parameters
    ----------
    measure : str, optional
        Words that the measure, or the text of its task, holds (`加装电梯`). Without it, every measure that
        two documents share under :func:`measure_key` in the same unit, with the same deed.
    tables
        Needs documents, tasks, targets, population; outcomes help to tell one promise of several lists.
    regions, year : optional
        Only these.
    population_kind, population_year, denominator
        See :func:`minshi_analysis.metrics.population.residents`; by default each document's region at the
        end of the document's year.
    kinds : tuple of str
        Of the documents.

    Returns
    -------
    DataFrame
        Keys measure_key (what was asked for), thing (the measure's own key: 城镇新增就业 and 残疾人就业 are never
        added), deed (`new`, `upgrade`, `begin`: 新增绿道 and 提升绿道 are two promises), nature, level (of the list
        that the promise stands in; the lists of several levels are never added), region, year, doc_id; value (unit/万人),
        amount (the unit), population (人), targets (个, added up), aside (个, left out: part of another, or the same promise
        in another list); bound (the weakest of the targets' bounds); measure as printed; matched (measure or
        task_text); population notes; stage; source_ids; reason.

    Notes
    -----
    A part (其中…) is not added to its whole. Of one promise in the lists of several levels the largest figure stands, in the
    row of its level. Units that count the same (套, 套(间)) are one. Levels are set per resident as they stand; they
    are no work of the year. Like words may hide unlike standards: read the printed measure. Cities of different years are set
    side by side, not corrected for the year.

    Examples
    --------
    >>> compare_cities("加装电梯")[["region", "year", "value", "unit"]].round(3).values.tolist()
    [['杭州市', 2024, 0.792, '台/万人'], ['温州市', 2022, 0.134, '台/万人']]
    >>> compare_cities("托位")["amount"].tolist()  # 7500个以上,其中普惠托位4500个
    [7500.0]
    """
    t = resolve(("tasks", "targets", "population"), None, year, tables, optional=("outcomes",), kinds=kinds)
    documents = t["documents"]
    if regions is not None:
        documents = documents[documents["region"].isin(regions)]
        absent = sorted(set(regions) - set(documents["region"]))
        if absent:
            raise ValueError(f"no document of kind {'/'.join(kinds)} is from {', '.join(absent)}")
    documents = documents.set_index("doc_id")
    targets = described(t)
    targets = targets[targets["doc_id"].isin(documents.index)]
    chosen = _common(targets) if measure is None else _matching(targets, measure)
    rows = []
    keys = ["measure_key", "thing", "deed", "nature", "level", "unit"]
    for doc_id, ours in chosen.groupby("doc_id"):
        document = documents.loc[doc_id]
        people = residents(
            t["population"],
            [document["region"]],
            document["year"],
            population_kind,
            population_year,
            codes={document["region"]: document["adcode"]},
            denominator=denominator,
        ).iloc[0]
        left = ours[~ours["counts"]]
        for group, part in ours.groupby(keys):
            own = _once(part)
            if own.empty:
                continue
            row = dict(zip(keys, group, strict=True)) | {"doc_id": doc_id}
            aside = left[left["of"].isin(own["target_id"])]
            rows.append(row | _figures(own, aside, row.pop("unit"), document, people))
    figures = {"value": None, "amount": None, "population": "人", "targets": "个", "aside": "个"}
    notes = ["bound", "measure", "matched", *NOTES]
    order = ["measure_key", "thing", "deed", "nature", "level", "region", "year", "doc_id"]
    return result(rows, order, figures, notes, t["documents"])


def _figures(own, aside, unit: str, document: pd.Series, people: pd.Series) -> dict:
    amount = own["value"].sum(min_count=1)
    lost = int(own["value"].isna().sum())
    rate = unit in RATES
    bounds = sorted(set(own["bound"].dropna()) - {"exact"})
    return {
        "region": document["region"],
        "year": int(document["year"]),
        "value": float("nan") if rate else PER * amount / people["population"],
        "unit": f"{unit}/万人",
        "amount": float("nan") if rate and len(own) > 1 else amount,
        "amount_unit": unit,
        "population": people["population"],
        **{name: people[name] for name in NOTES},
        "targets": len(own),
        "aside": len(aside),
        "bound": bounds[0] if bounds else "exact",
        "measure": "|".join(sorted(set(own["measure"].dropna()))),
        "matched": "|".join(sorted(set(own["matched"]))),
        "source_ids": join_ids(own["target_id"], people["population_source"]),
        "reason": because(
            why("rate_as_it_is") if rate else None,
            why("targets_without_number", some=lost, all=len(own)) if lost else None,
            [_aside(row) for row in aside.itertuples()],
            people["reason"],
        ),
    }


def _aside(row):
    code = "part_counted" if row.evidence == "part_of" else "same_counted"
    return why(code, target=row.target_id, of=row.of, evidence=row.evidence)


def described(t: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """The targets with their task's words and level, what is done with the thing, and what speaks against adding them."""
    targets = counted_once(t)
    tasks = t["tasks"].drop_duplicates("task_id").set_index("task_id")
    text = targets["task_id"].map(tasks["text"])
    level = targets["task_id"].map(tasks["level"]) if "level" in tasks else None
    deeds = [
        deed_of(words_around(fold(words), value, fold(measure))[0], measure) or "-"
        if isinstance(words, str) and isinstance(measure, str)
        else "-"
        for words, value, measure in zip(text, targets["value"], targets["measure"], strict=True)
    ]
    unit = targets["unit"].fillna(NO_UNIT)
    return targets.assign(
        text=text,
        level="-" if level is None else level.fillna("-"),
        deed=deeds,
        nature=targets["nature"].fillna("-"),
        thing=[measure_key(m) if isinstance(m, str) else "-" for m in targets["measure"]],
        unit=unit.map(lambda word: _KIN.get(word, word)),
    )


def _once(part: pd.DataFrame) -> pd.DataFrame:
    """The targets to add up: those that no other of the measure stands for already.

    A part whose whole is not among them (普惠托位 asked for alone) counts.
    """
    here = set(part["among"].iloc[0])
    return part[part["counts"] | ~part["of"].isin(here)]


def _matching(targets: pd.DataFrame, measure: str) -> pd.DataFrame:
    in_measure = targets["measure"].fillna("").str.contains(measure, regex=False)
    # Where the measure is cut to 电梯, the words of a task that counts one thing decide: 加装电梯130台.
    alone = targets.groupby("task_id")["target_id"].transform("size").eq(1)
    in_text = targets["text"].fillna("").str.contains(measure, regex=False) & alone & ~in_measure
    chosen = targets[in_measure | in_text].assign(measure_key=measure)
    if chosen.empty:
        raise ValueError(f"no target counts {measure!r}: look for its words in the measures of the targets")
    chosen = chosen.assign(matched=in_measure[chosen.index].map({True: "measure", False: "task_text"}))
    return _with_company(chosen)


def _common(targets: pd.DataFrame) -> pd.DataFrame:
    keyed = targets[targets["measure"].notna()].copy()
    keyed["measure_key"] = keyed["thing"]
    documents = keyed.groupby(["measure_key", "unit", "deed", "nature"])["doc_id"].transform("nunique")
    return _with_company(keyed[documents.ge(2)].assign(matched="measure"))


def _with_company(chosen: pd.DataFrame) -> pd.DataFrame:
    """With the ids of all targets of the same measure in each row: what may stand for it."""
    company = chosen.groupby("measure_key")["target_id"].agg(frozenset)
    return chosen.assign(among=chosen["measure_key"].map(company))
