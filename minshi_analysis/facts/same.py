"""One promise in several lists: a county reports the province's list, the city's and its own, and they overlap.

Two targets of one document, in lists of different levels, are the same promise where they do the same with the same
thing (新增 is not 提升), and the evidence is said: the same figure, the same printed result, or the words alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

import pandas as pd

from minshi_analysis.facts.nature import words_around
from minshi_analysis.facts.tables.tasks import same_unit
from minshi_analysis.language import works
from minshi_analysis.language.text import fold

__all__ = ["counted_once", "deed_of", "same_promises", "thing_of"]

LEVELS = ("nation", "province", "city", "county", "town")
COLUMNS = ("target_id", "same_as", "evidence", "value", "other_value", "result", "score")
_THINGS = frozenset({"个", "处", "家", "所", "座", "项", "幢", "栋"})
_DEEDS = {
    "upgrade": r"提升|改造|整治|整改|规范|优化|更新|修复|提标|加固|大中修|养护",
    "begin": works.BEGUN,
    "new": r"新增|新建|新开|新辟|新配|新安|新投|新[(、改扩迁增]|建成|建设|创建|打造|筹集|配置|设立|组建",
}
_NEW_AND_OLD = re.compile(r"新[(、]*[改扩迁]|改[、)]*扩?建|新\(提升\)|新增\(提升\)")
_VERBS = re.compile(
    r"新\(?[、改扩迁增]*\)?建成?|新增(?:\(提升\))?|新开工|新改造|新配置|新安装|新辟优化|新拓展|新投用|建成(?:投用)?|建设|筹集|完成|打造|打通|"
    r"规范化?提升|提升改造|提升建设|提升|改造|规范化|优化调整|优化|推进|推出|实施|开展|创建|组织|举办|培养|培训|安装|进行|完工"
)
_BRACKETS = re.compile(r"\([^()]*\)")
_NOISE = re.compile(r"[^\w]|的|等|项目|工程")
_NEAR, _NEARLY = 0.75, 0.6


def deed_of(before: str, measure: str) -> str | None:
    """What is done with the thing: new, upgrade, begin; None where no word says it.

    Examples
    --------
    >>> deed_of("新增", "绿道"), deed_of("提升", "绿道"), deed_of("新(改、扩)建", "公办园")
    ('new', 'upgrade', 'new')
    """
    said = fold(f"{before}{measure}")
    if re.search(_DEEDS["begin"], said):
        return "begin"
    if _NEW_AND_OLD.search(said):
        return "new"
    return next((deed for deed in ("new", "upgrade") if re.search(_DEEDS[deed], said)), None)


def thing_of(measure: object) -> str:
    """What is counted, without verbs, brackets and signs.

    Examples
    --------
    >>> thing_of("保障性租赁住房"), thing_of('“15分钟品质文化生活圈”'), thing_of("老旧小区改造")
    ('保障性租赁住房', '15分钟品质文化生活圈', '老旧小区改造')
    """
    return _NOISE.sub("", _BRACKETS.sub("", fold(measure))) if isinstance(measure, str) else ""


def same_promises(tables: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """The pairs of targets that are one promise in the lists of two levels.

    Parameters
    ----------
    tables : mapping of table name to DataFrame
        tasks, targets, and outcomes where there are some.

    Returns
    -------
    DataFrame
        target_id, same_as (the target in the list of the higher level), evidence (`figure`: the same words and figure;
        `result`: the same words, or nearly, and the same printed result; `words`: the same words and another figure),
        value and other_value, result (the printed result that both have), score (1.0, 0.9, 0.6).
    """
    tasks = tables["tasks"].drop_duplicates("task_id").set_index("task_id")
    levels, texts = tasks["level"].to_dict(), tasks["text"].to_dict()
    results, told = _results(tables.get("outcomes"), "value"), _results(tables.get("outcomes"), "text")
    groups: dict[tuple, list[dict]] = {}
    for row in tables["targets"].to_dict("records"):
        level = levels.get(row["task_id"])
        if level in LEVELS and pd.notna(row["value"]):
            text = texts.get(row["task_id"])
            about = {"level": LEVELS.index(level), "thing": thing_of(row["measure"])}
            before = words_around(fold(text), row["value"], fold(str(row["measure"])))[0] if text else ""
            about["deed"] = deed_of(before, str(row["measure"]))
            about["results"] = results.get(row["target_id"], frozenset())
            about["told"] = told.get(row["target_id"], frozenset())
            groups.setdefault((row["doc_id"], _kin(row["unit"])), []).append(row | about)
    pairs = [
        pair for group in groups.values() if len({r["level"] for r in group}) > 1 for pair in _pairs(group)
    ]
    return pd.DataFrame(pairs, columns=list(COLUMNS))


def _results(outcomes: pd.DataFrame | None, column: str) -> dict[str, frozenset]:
    """Target -> the figures, or the words, of its results."""
    if outcomes is None or outcomes.empty:
        return {}
    told = outcomes[outcomes["target_id"].notna() & outcomes["value"].notna()]
    return {target: frozenset(part[column].dropna()) for target, part in told.groupby("target_id")}


def _kin(unit: object) -> str:
    """One word for the units that count the same things."""
    if not isinstance(unit, str):
        return ""
    if unit in _THINGS:
        return "个"
    return next((kin for kin in ("人", "场", "套") if same_unit(kin, unit)), unit)


def _pairs(group: list[dict]) -> Iterator[dict]:
    for own in group:
        best: dict[int, tuple] = {}
        for other in group:
            if other["level"] < own["level"] and (found := _evidence(own, other)):
                score, evidence, result = found
                if score > best.get(other["level"], (0,))[0]:
                    best[other["level"]] = (score, evidence, result, other)
        for score, evidence, result, other in best.values():
            yield {
                "target_id": own["target_id"],
                "same_as": other["target_id"],
                "evidence": evidence,
                "value": own["value"],
                "other_value": other["value"],
                "result": result,
                "score": score,
            }


def _evidence(own: Mapping, other: Mapping) -> tuple[float, str, float] | None:
    if own["deed"] and other["deed"] and own["deed"] != other["deed"]:
        return None
    if not own["thing"] or not other["thing"]:
        return None
    shared = own["results"] & other["results"]
    result = max(shared, default=float("nan"))
    enough = _NEARLY if own["told"] & other["told"] else _NEAR  # reported in the very same words
    same, near = _likeness(own["thing"], other["thing"], enough)
    if own["value"] == other["value"] and (same or (near and shared)):
        return 1.0, "figure", result
    if shared and (same or near):
        return 0.9, "result", result
    return (0.6, "words", result) if same and own["deed"] == other["deed"] else None


def _likeness(a: str, b: str, enough: float) -> tuple[bool, bool]:
    """Whether two things are named alike, and nearly alike: by their characters, verbs left out."""
    a, b = _VERBS.sub("", a) or a, _VERBS.sub("", b) or b
    if a == b:
        return True, True
    common = len(set(a) & set(b))
    return False, 2 * common / (len(set(a)) + len(set(b))) >= enough or (
        min(len(a), len(b)) >= 3 and (a in b or b in a)
    )


def counted_once(tables: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """The targets with what speaks against adding them to others.

    Returns
    -------
    DataFrame
        The targets with `counts` (true where it is neither part of another target nor said already by the list of
        another level), `of` (the target that stands for it) and `evidence` (`part_of`, `figure`, `result`, `words`).
        Of one promise in several lists the largest figure counts: it takes in the others.
    """
    targets = tables["targets"]
    of = {
        row.target_id: (row.part_of, "part_of")
        for row in targets.itertuples()
        if isinstance(row.part_of, str)
    }
    value = dict(zip(targets["target_id"], targets["value"], strict=True))
    leader = {target: target for target in value}

    def top(target: str) -> str:
        while leader[target] != target:
            target = leader[target]
        return target

    evidence: dict[str, str] = {}
    for pair in same_promises(tables).sort_values("score", ascending=False, kind="stable").itertuples():
        a, b = top(pair.target_id), top(pair.same_as)
        if a != b:
            more, less = (a, b) if value[a] > value[b] else (b, a)
            leader[less], evidence[less] = more, pair.evidence
    for target in leader:
        if target not in of and top(target) != target:
            of[target] = (top(target), evidence[target])
    found = targets["target_id"].map(of)
    return targets.assign(
        counts=found.isna(),
        of=[pair[0] if isinstance(pair, tuple) else None for pair in found],
        evidence=[pair[1] if isinstance(pair, tuple) else None for pair in found],
    )
