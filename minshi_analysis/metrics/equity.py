"""Who gets how much: allocations per resident, and how small a share can be told from none."""

import re
from collections.abc import Iterator, Mapping
from math import fsum, isclose

import pandas as pd

from minshi_analysis import reference
from minshi_analysis.metrics.inputs import resolve
from minshi_analysis.metrics.judging import NO_UNIT
from minshi_analysis.metrics.population import NOTES, hosts, included, residents_of, whole
from minshi_analysis.metrics.result import because, join_ids, result
from minshi_analysis.model import Row, grouped, having, records
from minshi_analysis.reasons import Reason, why

__all__ = ["allocation_rates", "coarse", "sparse", "splits"]

PER = 10_000
RATES = ("%", "‰")
_TABLES = ("tasks", "targets", "allocations", "population")
# Units that can be had in any part; all others come whole.
_DIVISIBLE = frozenset({"公里", "米", "平方米", "万平方米", "亩", "公顷", "吨", "万元", "元", "小时"})
# A split whose units are fewer than this many a region says more of whole numbers than of anyone's part.
_FEW = 5
# Words of a measure that leave regions out by what they are, not by what they get.
_RURAL = re.compile(r"农村|乡村|村|渔|山塘|水库|畜|农田|养殖|种养")


def allocation_rates(
    region: str | None = None,
    year: int | None = None,
    *,
    tables: Mapping[str, pd.DataFrame] | None = None,
    population_kind: str = "census",
    population_year: int | None = None,
    denominator: str | pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Each region's share per 10,000 residents, and its location quotient.

    ``rate = 10000 * share / residents``; ``quotient = (share / sum of shares) / (residents / sum of
    residents)`` over the regions with residents and a known share: above 1 a region gets more than its residents' part.

    Parameters
    ----------
    region, year, tables
        See :func:`minshi_analysis.metrics.inputs.resolve`; needs tasks, targets, allocations, population.
    population_kind, population_year, denominator
        See :func:`minshi_analysis.metrics.population.residents`. Default: the last census, which alone
        covers every county of a city; year-end figures of counties are published for some years only.

    Returns
    -------
    DataFrame
        Keys doc_id, target_id, measure, region; value (unit/万人), quotient (倍), allocated (the target's
        unit), quotient_of_one (倍, the smallest quotient the region can have where units come whole), population (人);
        basis (`printed`; `implied_zero`: a county left out of a split that adds up to its target; `not_concerned`: a
        city district left out of a split of rural things, no nought; `not_printed`); coarse (whether the split has too few
        whole units for its regions: one library each says nothing of equity); population notes; stage; source_ids;
        reason. A body without residents, such as the city's own share, has a row without rate.

    Notes
    -----
    A share printed for two bodies together is set against the residents of both. Residents of all ages
    stand in for those a task is for (or another `denominator`); need is not measured. Where most regions' shares
    are not known (1200张,其中岳阳楼区71张) there is a rate and no quotient: the few that are named are no average.
    Read no median of quotients: small regions have large ones, because units come whole.

    Examples
    --------
    >>> found = allocation_rates("温州市", 2022).set_index(["target_id", "region"])
    >>> round(float(found.loc[("wenzhou-2022-plan/5.4#1", "鹿城区"), "value"]), 3)  # 50 for 1,167,165
    0.428
    """
    t = resolve(_TABLES, region, year, tables)
    rows = []
    for target, document, shares in splits(t, population_kind, population_year, denominator):
        unit = target["unit"] if pd.notna(target["unit"]) else NO_UNIT
        counted = [share for share in shares if _known(share["population"]) and _known(share["value"])]
        amount, people = (fsum(share[name] for share in counted) for name in ("value", "population"))
        few, whole = coarse(target, shares), unit not in (*RATES, *_DIVISIBLE)
        alone = sparse(shares)
        for share in shares:
            rate = share["value"] / share["population"]
            obstacle = why("rate_not_divided") if unit in RATES else None
            one = share["population"] and whole and amount and alone is None
            rows.append(
                {
                    "doc_id": document["doc_id"],
                    "target_id": target["target_id"],
                    "measure": target["measure"],
                    "region": share["region"],
                    "value": float("nan") if obstacle else PER * rate,
                    "unit": f"{unit}/万人",
                    "quotient": float("nan") if obstacle or alone or not amount else rate / (amount / people),
                    "quotient_of_one": (1 / share["population"]) / (amount / people) if one else float("nan"),
                    "allocated": share["value"],
                    "allocated_unit": unit,
                    **{name: share[name] for name in ("population", *NOTES)},
                    "basis": share["basis"],
                    "coarse": few,
                    "source_ids": join_ids(
                        target["target_id"], share["share_ids"], share["population_source"]
                    ),
                    "reason": because(
                        obstacle,
                        None if obstacle else alone,
                        why("coarse_split") if few else None,
                        share["reason"],
                    ),
                }
            )
    figures = {
        "value": None,
        "quotient": "倍",
        "quotient_of_one": "倍",
        "allocated": None,
        "population": "人",
    }
    keys = ["doc_id", "target_id", "measure", "region"]
    return result(rows, keys, figures, ["basis", "coarse", *NOTES], t["documents"])


def coarse(target: Mapping, shares: list[dict]) -> bool:
    """Whether a split has so few whole units for its regions that a part cannot be told from a whole number.

    Examples
    --------
    >>> coarse({"unit": "座"}, [{"value": 1.0}] * 12), coarse({"unit": "公里"}, [{"value": 1.0}] * 12)
    (True, False)
    """
    if target["unit"] in (*RATES, *_DIVISIBLE):
        return False
    known = [share["value"] for share in shares if _known(share["value"])]
    return bool(known) and fsum(known) < _FEW * len(known)


def sparse(shares: list[dict]) -> Reason | None:
    """Why a split has no average: of most regions with residents it is not known what they get.

    Examples
    --------
    >>> sparse([{"basis": "printed", "population": 1.0}, {"basis": "not_printed", "population": 1.0}])
    >>> sparse([{"basis": "printed", "population": 1.0}] + [{"basis": "not_printed", "population": 1.0}] * 2).code
    'few_named'
    """
    housed = [share for share in shares if _known(share["population"])]
    named = sum(share["basis"] != "not_printed" for share in housed)
    return why("few_named", named=named, regions=len(housed)) if 2 * named < len(housed) else None


def splits(
    t: Mapping[str, pd.DataFrame],
    kind: str,
    population_year: int | None,
    denominator: str | pd.DataFrame | None = None,
) -> Iterator[tuple[dict, dict, list[dict]]]:
    """(target, document, shares with residents) of each target that is split over regions."""
    documents = {row["doc_id"]: row for row in records(t["documents"])}
    inside = {doc_id: _inside(row["adcode"], t["population"]) for doc_id, row in documents.items()}
    codes = _codes(t["population"])
    population = whole(t["population"])
    known = included(population)
    split = grouped(records(t["allocations"]), "target_id")
    asked: dict[tuple, list[dict]] = {}  # most targets of a document are split over the same regions
    for target in records(t["targets"]):
        if target["target_id"] in split:
            document, shares = documents[target["doc_id"]], split[target["target_id"]]
            together = hosts(shares, known)
            named = {share["region"]: share["adcode"] for share in shares}
            regions = tuple(sorted({*named, *inside[document["doc_id"]]}))
            key = (document["doc_id"], regions, tuple(sorted(together.items())))
            if key not in asked:
                asked[key] = residents_of(
                    population,
                    regions,
                    document["year"],
                    kind,
                    population_year,
                    combined=together.values(),
                    codes=codes | named,
                    denominator=denominator,
                )
            yield target, document, _shares(target, shares, asked[key], together)


def _inside(code: object, population: pd.DataFrame) -> set[str]:
    """Every region right under a document's own, by its code; of the package's census where the tables hold none of them."""
    if not isinstance(code, str) or not code.endswith("00"):
        return set()  # a county's split is over bodies without a code
    for table in (population, reference.census()):
        codes = table["adcode"].fillna("") if "adcode" in table else pd.Series("", index=table.index)
        if code.endswith("0000"):
            under = codes.str.startswith(code[:2]) & codes.str.endswith("00") & ~codes.str.endswith("0000")
        else:
            under = codes.str.startswith(code[:4]) & ~codes.str.endswith("00")
        if under.any():
            return set(table.loc[under, "region"])
    return set()


def _codes(population: pd.DataFrame) -> dict[str, object]:
    return (
        dict(zip(population["region"], population["adcode"], strict=True)) if "adcode" in population else {}
    )


def _known(value: float) -> bool:
    return value == value


def _shares(
    target: Mapping, shares: list[Row], people: list[dict], together: Mapping[str, str]
) -> list[dict]:
    """A record for each region that could have a share: its residents, value (NaN if unknown) and basis."""
    printed = grouped(shares, "region")
    values = {
        region: _sum([share["value"] for share in having(each, "value")]) for region, each in printed.items()
    }
    whole = fsum(value for value in values.values() if _known(value))
    adds_up = pd.notna(target["value"]) and isclose(whole, target["value"], rel_tol=1e-9, abs_tol=1e-8)
    # A region of a boundary that does not hold has neither a share nor residents.
    people = [row for row in people if _known(row["population"]) or row["region"] in values]
    here = {row["region"] for row in people}
    values = {region: values.get(region, float("nan")) for region in here}
    merged = _counted_with(people, together)
    for body, host in merged.items():
        if host in values:
            both = [values[region] for region in (body, host) if region in values]
            values[host] = _sum([value for value in both if _known(value)])
        values.pop(body, None)
    found = []
    for row in people:
        if row["region"] not in values:
            continue
        value, basis, reason = values[row["region"]], "printed", row["reason"]
        if not _known(value):
            rural = row["region"].endswith("区") and _RURAL.search(str(target["measure"]))
            basis = "not_printed" if not adds_up else "not_concerned" if rural else "implied_zero"
            value = 0.0 if basis == "implied_zero" else value
            reason = because(reason, why({"not_printed": "no_share"}.get(basis, basis)))
        bodies = [row["region"], *(body for body, host in merged.items() if host == row["region"])]
        ids = [f"{target['target_id']}@{name}" for name in bodies if name in printed]
        found.append(row | {"value": value, "basis": basis, "reason": reason, "share_ids": ids})
    return found


def _sum(values: list[float]) -> float:
    """Their sum, of nothing NaN."""
    return fsum(values) if values else float("nan")


def _counted_with(people: list[dict], together: Mapping[str, str]) -> dict[str, str]:
    """Bodies whose residents are counted with a host's: their shares must be added to it."""
    named = {row["includes"]: row["region"] for row in people if isinstance(row["includes"], str)}
    return {**named, **together}
