"""The same measure in several cities and years, per resident."""

import re
from collections.abc import Mapping

import pandas as pd

from minshi_analysis.metrics.completion import NO_UNIT
from minshi_analysis.metrics.inputs import resolve
from minshi_analysis.metrics.population import residents
from minshi_analysis.metrics.result import because, join_ids, result

__all__ = ["compare_cities", "measure_key"]

PER = 10_000
RATES = ("%", "‰")
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
    kinds: tuple[str, ...] = ("plan",),
) -> pd.DataFrame:
    """A measure as each document promises it, per 10,000 residents.

    Parameters
    ----------
    measure : str, optional
        Words that the measure, or the text of its task, holds (`加装电梯`). Without it, every measure that
        two documents share under :func:`measure_key` in the same unit.
    tables
        Needs documents, tasks, targets, population.
    regions, year : optional
        Only these.
    population_kind, population_year
        See :func:`minshi_analysis.metrics.population.residents`; by default each document's region at the
        end of the document's year.
    kinds : tuple of str
        Of the documents.

    Returns
    -------
    DataFrame
        Keys measure_key, region, year, doc_id; value (unit/万人), amount (the unit), population (人),
        targets (个, added up); bound (the weakest of the targets' bounds); measure as printed; matched
        (measure or task_text); population notes; source_ids; reason.

    Notes
    -----
    Like words may hide unlike standards: read the printed measure. Cities of different years are set side by
    side, not corrected for the year.

    Examples
    --------
    >>> compare_cities("加装电梯")[["region", "year", "value", "unit"]].round(3).values.tolist()
    [['杭州市', 2024, 0.792, '台/万人'], ['温州市', 2022, 0.134, '台/万人']]
    """
    t = resolve(("tasks", "targets", "population"), None, year, tables, kinds=kinds)
    documents = t["documents"]
    if regions is not None:
        documents = documents[documents["region"].isin(regions)]
        absent = sorted(set(regions) - set(documents["region"]))
        if absent:
            raise ValueError(f"no document of kind {'/'.join(kinds)} is from {', '.join(absent)}")
    documents = documents.set_index("doc_id")
    targets = t["targets"][t["targets"]["doc_id"].isin(documents.index)].copy()
    targets["text"] = targets["task_id"].map(t["tasks"].set_index("task_id")["text"])
    targets["unit"] = targets["unit"].fillna(NO_UNIT)
    chosen = _common(targets) if measure is None else _matching(targets, measure)
    rows = []
    for (key, doc_id, unit), part in chosen.groupby(["measure_key", "doc_id", "unit"]):
        document = documents.loc[doc_id]
        people = residents(
            t["population"], [document["region"]], document["year"], population_kind, population_year
        ).iloc[0]
        amount = part["value"].sum(min_count=1)
        lost = int(part["value"].isna().sum())
        rate = unit in RATES
        bounds = sorted(set(part["bound"].dropna()) - {"exact"})
        rows.append(
            {
                "measure_key": key,
                "region": document["region"],
                "year": int(document["year"]),
                "doc_id": doc_id,
                "value": float("nan") if rate else PER * amount / people["population"],
                "unit": f"{unit}/万人",
                "amount": float("nan") if rate and len(part) > 1 else amount,
                "amount_unit": unit,
                **{name: people[name] for name in _POPULATION},
                "targets": len(part),
                "bound": bounds[0] if bounds else "exact",
                "measure": "|".join(sorted(set(part["measure"].dropna()))),
                "matched": "|".join(sorted(set(part["matched"]))),
                "source_ids": join_ids(part["target_id"], people["population_source"]),
                "reason": because(
                    "a rate is compared as it is" if rate else None,
                    f"{lost} of {len(part)} targets print no number" if lost else None,
                    people["reason"],
                ),
            }
        )
    figures = {"value": None, "amount": None, "population": "人", "targets": "个"}
    notes = ["bound", "measure", "matched", *_POPULATION[1:]]
    return result(rows, ["measure_key", "region", "year", "doc_id"], figures, notes)


_POPULATION = ("population", "population_kind", "population_date", "population_boundary", "population_note")


def _matching(targets: pd.DataFrame, measure: str) -> pd.DataFrame:
    in_measure = targets["measure"].fillna("").str.contains(measure, regex=False)
    # Where the measure is cut to 电梯, the words of a task that counts one thing decide: 加装电梯130台.
    alone = targets.groupby("task_id")["target_id"].transform("size").eq(1)
    in_text = targets["text"].fillna("").str.contains(measure, regex=False) & alone & ~in_measure
    chosen = targets[in_measure | in_text].assign(measure_key=measure)
    if chosen.empty:
        raise ValueError(f"no target counts {measure!r}: look for its words in the measures of the targets")
    return chosen.assign(matched=in_measure[chosen.index].map({True: "measure", False: "task_text"}))


def _common(targets: pd.DataFrame) -> pd.DataFrame:
    keyed = targets[targets["measure"].notna()].copy()
    keyed["measure_key"] = keyed["measure"].map(measure_key)
    documents = keyed.groupby(["measure_key", "unit"])["doc_id"].transform("nunique")
    return keyed[documents.ge(2)].assign(matched="measure")
