"""The same promise in two documents: a city's split and a county's report on the city's programme, one to one.

A city plan gives each county its share; the county's documents print that share as their own target. Both are the
same promise when they speak of the same region, belong to the programme of the same level, count in the same unit
and use the same words. What is left on either side has vanished or was added. A county's document that prints no
level is compared too, but what differs in it, or is missing, may be the county's own.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from minshi_analysis import model
from minshi_analysis.audit.finding import BOUND_WORDS, Finding, damage, equal, figure, label
from minshi_analysis.audit.wording import likeness, own_clause
from minshi_analysis.language import regions
from minshi_analysis.language.kin import same_unit
from minshi_analysis.model import Row, grouped, records
from minshi_analysis.reasons import why, worded

__all__ = ["Link", "between", "check_documents", "families"]

_ALIKE = 0.6
_LEVELS = ("province", "city", "county")


@dataclass(frozen=True, slots=True)
class _Promise:
    """A target as it concerns one region: its words, its value there, and how it binds."""

    target_id: str
    words: str
    text: str
    value: float | None
    unit: str | None
    bound: str
    level: str
    shared: bool
    lost: str = ""
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True)
class Link:
    """Two promises held to be the same."""

    above: _Promise
    below: _Promise
    region: str
    score: float
    how: str

    @property
    def reason(self) -> str:
        """How the two were found to be one."""
        unit = self.above.unit or "-"
        return str(worded([why(f"link_{self.how}", unit=unit, alike=round(100 * self.score))]))

    @property
    def same(self) -> bool:
        above, below = self.above.value, self.below.value
        return above is not None and below is not None and equal(above, below)


@dataclass(frozen=True, slots=True)
class _Pair:
    """Two documents of a year, and what was found between them."""

    upper: str
    lower: str
    region: str
    links: tuple[Link, ...]
    vanished: tuple[_Promise, ...]
    elsewhere: tuple[_Promise, ...]
    added: tuple[_Promise, ...]
    whole: tuple[_Promise, ...]
    candidate: bool = False


def between(tables: Mapping[str, pd.DataFrame]) -> tuple[pd.DataFrame, list[Finding]]:
    """The table ``links``, and what changed, vanished or was added between the documents that it links.

    Parameters
    ----------
    tables : mapping of table name to DataFrame
        documents, tasks, targets, allocations and patches, of all documents or of one family (see `families`).

    Returns
    -------
    DataFrame, list of Finding
        A row a link, the plan's promise first, whose ``value`` is the region's share in it; and the findings.
    """
    pairs = list(_pairs(tables))
    rows = [
        {
            "target_id": link.above.target_id,
            "other_target_id": link.below.target_id,
            "region": link.region,
            "value": link.above.value,
            "other_value": link.below.value,
            "unit": link.above.unit,
            "same": link.same,
            "score": link.score,
            "reason": link.reason,
        }
        for pair in pairs
        for link in pair.links
    ]
    return model.conform("links", rows), [finding for pair in pairs for finding in _told(pair)]


# --- pairs ---------------------------------------------------------------------------------------------------------


def families(documents: pd.DataFrame) -> Iterator[tuple[dict, list[dict]]]:
    """Each document of one year with those of its year whose regions lie within its own: rows of ``documents``."""
    yearly = documents[~documents["kind"].isin(model.SEVERAL_YEARS)].to_dict("records")
    below: dict[tuple, list[dict]] = {}
    for row in yearly:
        region = regions.find(row["adcode"]) if isinstance(row["adcode"], str) else None
        if region is not None:
            below.setdefault((row["year"], row["level"], region.parent), []).append(row)
    for upper in yearly:
        if upper["level"] in _LEVELS[:-1] and isinstance(upper["adcode"], str):
            level = _LEVELS[_LEVELS.index(upper["level"]) + 1]
            if lower := below.get((upper["year"], level, upper["adcode"])):
                yield upper, lower


def _pairs(tables: Mapping[str, pd.DataFrame]) -> Iterator[_Pair]:
    """Documents of one year of which one is of a region within the other's."""
    held = _Held(tables)
    for upper, found in families(tables["documents"]):
        for lower in found:
            shared, whole = _shares(held, upper, lower["region"])
            below = held.promises(lower["doc_id"])
            if shared and any(b.level == upper["level"] for b in below):
                yield _match(upper, lower, shared, whole, below)
            elif shared and below and all(b.level == lower["level"] for b in below):
                yield _match_own(upper, lower, shared, below)


class _Held:
    """What documents promise and how they split it: each is worked out once, however many it is compared with."""

    def __init__(self, tables: Mapping[str, pd.DataFrame]):
        names = ("tasks", "targets", "allocations")
        self._own = {name: grouped(records(tables[name]), "doc_id") for name in names}
        self._promises: dict[str, list[_Promise]] = {}
        self._splits: dict[str, dict[str, list[Row]]] = {}
        self.patches = records(tables["patches"])

    def promises(self, doc_id: str) -> list[_Promise]:
        """A document's promises, of whatever level."""
        if doc_id not in self._promises:
            self._promises[doc_id] = _promises(self._of("tasks", doc_id), self._of("targets", doc_id))
        return self._promises[doc_id]

    def splits(self, doc_id: str) -> dict[str, list[Row]]:
        """The shares of each target that a document divides."""
        if doc_id not in self._splits:
            self._splits[doc_id] = grouped(self._of("allocations", doc_id), "target_id")
        return self._splits[doc_id]

    def _of(self, name: str, doc_id: str) -> list[Row]:
        return self._own[name].get(doc_id, [])


def _shares(held: _Held, document: Mapping, region: str) -> tuple[list[_Promise], list[_Promise]]:
    """What a plan gives a region, and what it promises without a split.

    A split that was damaged and has nothing left for the region is a promise of unknown value.
    """
    shared, whole = [], []
    splits = held.splits(document["doc_id"])
    for promise in held.promises(document["doc_id"]):
        if promise.level != document["level"]:
            continue
        split = splits.get(promise.target_id)
        if split is None:
            whole.append(promise)
            continue
        own = next((share for share in split if share["region"] == region), None)
        if own is not None:
            value = None if pd.isna(own["value"]) else float(own["value"])
            shared.append(_share(promise, value, own["unit"]))
        elif (hit := damage(held.patches, split)) is not None:
            shared.append(_share(promise, None, promise.unit, hit["where"]))
    return shared, whole


def _share(promise: _Promise, value: float | None, unit: str | None, lost: str = "") -> _Promise:
    from dataclasses import replace

    return replace(promise, value=value, unit=unit, shared=True, lost=lost)


def _promises(tasks: list[Row], targets: list[Row]) -> list[_Promise]:
    by_id = {task["task_id"]: task for task in tasks}
    out = []
    for t in targets:
        task = by_id[t["task_id"]]
        if task["level"] not in _LEVELS:
            continue
        clause = own_clause(task["text"], t["value"], t["unit"], t["measure"])
        measure = t["measure"] if isinstance(t["measure"], str) else str(task["text"])
        out.append(
            _Promise(
                t["target_id"],
                clause.words if clause and clause.words else measure,
                clause.text if clause else str(task["text"]),
                None if pd.isna(t["value"]) else float(t["value"]),
                t["unit"] if isinstance(t["unit"], str) else None,
                t["bound"],
                task["level"],
                False,
                "",
                None if pd.isna(t["source_start"]) else int(t["source_start"]),
                None if pd.isna(t["source_end"]) else int(t["source_end"]),
            )
        )
    return out


# --- matching ------------------------------------------------------------------------------------------------------


def _match(
    upper: Mapping, lower: Mapping, shared: list[_Promise], whole: list[_Promise], below: list[_Promise]
) -> _Pair:
    """First the list of the plan's own level, then what a higher programme took over; then promises without a split."""
    region = lower["region"]
    own = [b for b in below if b.level == upper["level"]]
    above = [b for b in below if b.level in _LEVELS[: _LEVELS.index(upper["level"])]]
    elsewhere = tuple(b for b in below if b.level not in _LEVELS[: _LEVELS.index(upper["level"]) + 1])
    links, rest = _assign(shared, own, region, "same_level")
    taken = {link.below.target_id for link in links}
    unsplit, _ = _assign(whole, [b for b in own if b.target_id not in taken], region, "no_split")
    links += [
        link for link in unsplit if link.same
    ]  # a county's share of an unsplit promise is not its change
    again, rest = _assign(rest, above, region, "higher_level")
    links += again
    taken = {link.below.target_id for link in links}
    linked = {link.above.target_id for link in links}
    added = tuple(b for b in own if b.target_id not in taken)
    return _Pair(
        upper["doc_id"],
        lower["doc_id"],
        region,
        tuple(links),
        tuple(rest),
        elsewhere,
        added,
        tuple(w for w in whole if w.target_id not in linked),
        candidate="candidate" in (upper.get("stage"), lower.get("stage")),
    )


def _match_own(upper: Mapping, lower: Mapping, shared: list[_Promise], below: list[_Promise]) -> _Pair:
    """A document that prints no level: what the plan gave the region may stand among the region's own promises.

    What is left on either side says nothing: neither list claims to hold all of the other's.
    """
    region = lower["region"]
    links, _ = _assign(shared, below, region, "own_list")
    return _Pair(upper["doc_id"], lower["doc_id"], region, tuple(links), (), tuple(below), (), ())


def _assign(
    above: list[_Promise], below: list[_Promise], region: str, how: str
) -> tuple[list[Link], list[_Promise]]:
    """The pairing with the greatest likeness in all; promises of unknown value are paired and set aside."""
    from scipy.optimize import linear_sum_assignment

    if not above or not below:
        return [], above
    scores = np.array([[_score(a, b) for b in below] for a in above])
    # Of two that are worded alike the one with the same number: a hair, so that words decide first.
    hair = np.array(
        [
            [1e-3 * (a.value is not None and b.value is not None and equal(a.value, b.value)) for b in below]
            for a in above
        ]
    )
    chosen = {
        int(i): int(j)
        for i, j in zip(*linear_sum_assignment(-(scores + hair)), strict=True)
        if scores[i, j] >= _ALIKE
    }
    links = [
        Link(
            a,
            below[j],
            region,
            round(float(scores[i, j]), 3),
            how,
        )
        for i, a in enumerate(above)
        if (j := chosen.get(i)) is not None and a.value is not None and below[j].value is not None
    ]
    linked = {link.above.target_id for link in links}
    return links, [a for a in above if a.target_id not in linked]


def _score(a: _Promise, b: _Promise) -> float:
    return likeness(a.words, b.words) if same_unit(a.unit, b.unit) else 0.0


# --- findings ------------------------------------------------------------------------------------------------------


def check_documents(tables: Mapping[str, pd.DataFrame]) -> list[Finding]:
    """What changed, vanished or was added between a plan and a report of one of its regions."""
    return between(tables)[1]


def _told(pair: _Pair) -> Iterator[Finding]:
    for link in pair.links:
        yield _linked(pair, link)
    for promise in pair.vanished:
        if promise.lost:
            continue
        candidate = pair.candidate
        code = "candidate_absent" if candidate else "vanished"
        about = {"upper": pair.upper, "lower": pair.lower, "region": pair.region, "much": _much(promise)}
        own = max(pair.elsewhere, key=functools.partial(_score, promise), default=None)
        said = [why(code, **about)]
        if own is not None and _score(promise, own) >= _ALIKE:
            task = label(own.target_id.partition("#")[0])
            said.append(why("own_list_promises", task=task, much=_much(own)))
        verdict = "cannot_check" if candidate else "mismatch"
        yield _finding(pair, promise.target_id, _subject(promise), verdict, tuple(said), promise.value)
    lost = [p for p in (*pair.vanished, *pair.whole) if p.lost or not p.shared]
    for promise in pair.added:
        yield _added(pair, promise, lost)


def _finding(
    pair: _Pair, key: str, subject: str, verdict: str, said, expected=None, actual=None, at=None, built=False
) -> Finding:
    where = {"start": at.start, "end": at.end} if at is not None else {}
    return Finding(
        pair.lower,
        "between_documents",
        key,
        f"{subject} {pair.region}",
        verdict,
        said,
        expected,
        actual,
        **where,
        built=built,
    )


def _subject(promise: _Promise) -> str:
    return label(promise.target_id.partition("#")[0], promise.text)


def _much(promise: _Promise) -> str:
    if promise.value is None:
        return "?"
    bound = BOUND_WORDS.get(promise.bound, "") if not promise.shared else ""
    return f"{figure(promise.value)}{promise.unit or ''}{bound}"


def _linked(pair: _Pair, link: Link) -> Finding:
    place = link.below.target_id.partition("/")[2]
    about: dict[str, Any] = {
        "upper": pair.upper,
        "above": _much(link.above),
        "lower": pair.lower,
        "below": _much(link.below),
    }
    about |= {"where": place, "how": link.how, "alike": round(100 * link.score)}
    own = _LEVELS.index(link.below.level) > _LEVELS.index(link.above.level)
    said = why("same_promise" if link.same else "differs_or_own" if own else "changed", **about)
    verdict = "ok" if link.same else "cannot_check" if own else "mismatch"
    return _finding(
        pair,
        link.above.target_id,
        _subject(link.above),
        verdict,
        said,
        link.above.value,
        link.below.value,
        link.below,
        built=link.how == "no_split",  # linked only where it is equal
    )


def _added(pair: _Pair, promise: _Promise, lost: list[_Promise]) -> Finding:
    """A promise of the report that the plan's split does not give the region."""
    likely = max(lost, key=lambda p: _score(p, promise), default=None)
    if likely is not None and _score(likely, promise) >= _ALIKE:
        said = (
            why("share_damaged", lower=pair.lower, much=_much(promise), where=likely.lost)
            if likely.lost
            else why("share_unsplit", lower=pair.lower, much=_much(promise))
        )
    else:
        about = {"lower": pair.lower, "upper": pair.upper, "region": pair.region}
        said = why("added", much=_much(promise), **about)
    return _finding(
        pair, promise.target_id, _subject(promise), "cannot_check", said, None, promise.value, promise
    )
