"""What becomes of a promise: listed, adopted, divided among regions, taken up by the list of a region, reported."""

from collections.abc import Mapping

import pandas as pd

from minshi_analysis.facts.same import counted_once
from minshi_analysis.metrics.inputs import resolve
from minshi_analysis.metrics.result import because, join_ids, result
from minshi_analysis.reasons import why

__all__ = ["promise_survival"]


def promise_survival(
    region: str | None = None,
    year: int | None = None,
    *,
    tables: Mapping[str, pd.DataFrame] | None = None,
) -> pd.DataFrame:
    """Which share of a list's promises survives each step on the way from candidate to result.

    Parameters
    ----------
    region, year, tables
        See :func:`minshi_analysis.metrics.inputs.resolve`; needs documents of the regions below too, tasks, targets,
        allocations, outcomes and links. Region and year choose the list.

    Returns
    -------
    DataFrame
        Keys doc_id (the list), other_doc_id (the report of a region below, from `shared` on), step; value (% of the step
        before), promises (个, that survive) and of (个, that the step before has); certainty (0..1, the mean score of the
        links, where the step rests on likeness of words); stage; source_ids; reason. Steps: `listed`; `adopted` (only where
        a document says so: of a list of candidates it is not known); `split` (divided among regions); then for each
        report of a region below: `shared` (the region has a share), `taken_up` (its list has the promise), `reported` (with
        a result). Parts, and one promise said twice, count once.

    Examples
    --------
    >>> found = promise_survival("温州市", 2022).set_index("step")
    >>> bool(found.loc["adopted", "value"] != found.loc["adopted", "value"])  # candidates: not known
    True
    """
    every = resolve(("tasks", "targets", "allocations"), None, year, tables, optional=("outcomes", "links"))
    plans = resolve(("targets",), region, year, tables, kinds=("plan",))["documents"]
    targets = counted_once(every)
    targets = targets[targets["counts"]]
    rows = []
    for plan in plans.itertuples():
        own = targets[targets["doc_id"].eq(plan.doc_id)]["target_id"]
        divided = every["allocations"][every["allocations"]["target_id"].isin(own)]
        stage = plan.stage if "stage" in plans and isinstance(plan.stage, str) else None
        adopted = len(own) if stage in ("adopted", "revised") else float("nan")
        unknown = None if stage in ("adopted", "revised") else why("adoption_unknown")
        split = sorted(divided["target_id"].unique())
        rows += [
            _row(plan.doc_id, None, "listed", own, len(own), len(own)),
            _row(plan.doc_id, None, "adopted", own, adopted, len(own), reason=unknown),
            _row(plan.doc_id, None, "split", split, len(split), len(own)),
        ]
        for other in _below(every["documents"], divided, plan).itertuples():
            rows += _taken_up(plan.doc_id, other, divided, every)
    figures = {"value": "%", "promises": "个", "of": "个", "certainty": "0..1"}
    return result(rows, ["doc_id", "other_doc_id", "step"], figures, (), plans)


def _row(doc_id, other, step, ids, promises, of, certainty=float("nan"), reason=None) -> dict:
    return {
        "doc_id": doc_id,
        "other_doc_id": other,
        "step": step,
        "value": 100 * promises / of if of else float("nan"),
        "promises": promises,
        "of": of,
        "certainty": certainty,
        "source_ids": join_ids(list(ids)) or doc_id,
        "reason": because(reason, None if of else why("nothing_before")),
    }


def _below(documents: pd.DataFrame, divided: pd.DataFrame, plan) -> pd.DataFrame:
    """Reports of the year of a region that the list gives a share."""
    reports = documents["kind"].isin(["progress", "completion"]) & documents["year"].eq(plan.year)
    return documents[
        reports & documents["region"].isin(divided["region"]) & documents["doc_id"].ne(plan.doc_id)
    ]


def _taken_up(doc_id: str, other, divided: pd.DataFrame, t: Mapping[str, pd.DataFrame]) -> list[dict]:
    mine = divided[divided["region"].eq(other.region) & divided["value"].notna()]
    shared = sorted(mine["target_id"].unique())
    whole = divided["target_id"].nunique()
    links = t["links"]
    here = links["other_target_id"].fillna("").str.startswith(f"{other.doc_id}/")
    links = links[here & links["target_id"].isin(shared)]
    told = t["outcomes"][t["outcomes"]["value"].notna() | t["outcomes"]["status_claimed"].notna()]
    tasks = links["other_target_id"].str.split("#").str[0]
    done = links[tasks.isin(told["task_id"])]
    sure = float(links["score"].mean()) if len(links) else float("nan")
    ids = join_ids(links["target_id"] + "=" + links["other_target_id"]).split("|") if len(links) else []
    shares = [f"{target}@{other.region}" for target in shared]
    reported = [f"{a}={b}" for a, b in zip(done["target_id"], done["other_target_id"], strict=True)]
    by_words = why("linked_by_words")
    return [
        _row(doc_id, other.doc_id, "shared", shares, len(shared), whole),
        _row(
            doc_id, other.doc_id, "taken_up", ids, links["target_id"].nunique(), len(shared), sure, by_words
        ),
        _row(
            doc_id,
            other.doc_id,
            "reported",
            reported,
            done["target_id"].nunique(),
            links["target_id"].nunique(),
            sure,
            by_words,
        ),
    ]
