"""Who gets how much: a city's split over its counties, or one region's part of it."""

from __future__ import annotations

import pandas as pd

from minshi_analysis import charts
from minshi_analysis.notebook.case import Case
from minshi_analysis.notebook.places import labels, place, short
from minshi_analysis.notebook.shown import Prose, Table, prose, table
from minshi_analysis.notebook.words import (
    CENSUS,
    FUNDER,
    MISSING,
    amount,
    date,
    listed,
    money,
    number,
    percent,
    small,
)
from minshi_analysis.reasons import decoded, worded

# Doubts of a census figure that a reader of a table must be told.
DOUBTS = ("census_zones_apart", "census_note", "census_boundary", "census_boundary_unknown")

__all__ = [
    "county_money",
    "estimated",
    "link_findings",
    "money_findings",
    "share_chart",
    "share_findings",
    "share_table",
    "split_chart",
    "split_findings",
    "split_table",
]


def _split_plans(case: Case) -> tuple[str, ...]:
    return tuple(doc for doc in case.kinds("plan") if len(case.of("allocations", (doc,))))


def _rates(case: Case, doc_id: str) -> pd.DataFrame:
    return case.rates[case.rates["doc_id"].eq(doc_id)]


def _census(rates: pd.DataFrame) -> str:
    """The date of the residents that shares are set against."""
    dates = sorted(set(rates["population_date"].dropna()))
    return "、".join(date(day) for day in dates) + "".join(
        CENSUS[k] for k in sorted(set(rates["population_kind"].dropna()))
    )


def _doubts(rates: pd.DataFrame) -> str:
    """What speaks against the residents used: zones counted apart, a note of the census, its boundary."""
    found = [r for codes in rates["reason_codes"].dropna().unique() for r in decoded(codes)]
    kept = dict.fromkeys(r for r in found if r.code in DOUBTS)
    said = [text for r in kept if (text := worded([r], "zh"))]
    return f"人口数须注意：{listed(said, 2, '处')}。" if said else ""


def split_findings(case: Case) -> list[str]:
    """How a city's plan is divided, and who gets most for its residents."""
    out = []
    for doc_id in _split_plans(case):
        shares = case.of("allocations", (doc_id,))
        regions = shares["region"].nunique()
        targets = shares["target_id"].nunique()
        out.append(f"{targets} 个目标分解到 {regions} 个地区或单位，共 {len(shares)} 个份额。")
        out += _largest(case, doc_id)
    return out


def _largest(case: Case, doc_id: str) -> list[str]:
    """Where one region's part of a target is furthest above its part of the residents; splits of a few pieces left out."""
    rates = _rates(case, doc_id)
    rates = rates[rates["quotient"].notna() & ~rates["coarse"].fillna(False).astype(bool)]
    if rates.empty:
        return []
    target, whole = rates["target_id"], rates["allocated"].groupby(rates["target_id"]).transform("sum")
    people = rates["population"].groupby(target).transform("sum")
    aside = _rates(case, doc_id)
    aside = aside[aside["basis"].eq("not_concerned")].groupby("target_id").size()
    rates = rates.assign(part=100 * rates["allocated"] / whole, residents=100 * rates["population"] / people)
    rates = rates.assign(beyond=rates["part"] - rates["residents"])
    top = (
        rates.sort_values(["beyond", "target_id"], ascending=[False, True])
        .drop_duplicates("target_id")
        .head(3)
    )
    said = "；".join(
        f"{row.region}得到{row.measure}的 {percent(row.part)}，常住人口占 {percent(row.residents)}"
        + (f"（不涉及的 {aside[row.target_id]} 个区不计）" if row.target_id in aside.index else "")
        for row in top.itertuples()
    )
    return [f"份额与人口相差最大的是：{said}。人口多不等于需要多，件数只能取整的小额分解不在此列。"]


def _counts(rates: pd.DataFrame) -> pd.DataFrame:
    """For each region with residents: how many targets it has the highest share per resident of, and how many none."""
    rates = rates[rates["quotient"].notna()]
    compared = rates[~rates["coarse"].fillna(False).astype(bool)]
    ordered = compared.sort_values(["quotient", "region"])
    first = ordered.groupby("target_id").tail(1)["region"].value_counts()
    frame = pd.DataFrame(index=pd.Index(sorted(rates["region"].unique()), name="region"))
    frame["first"] = first.reindex(frame.index).fillna(0).astype(int)
    none = rates[rates["quotient"].eq(0)].groupby("region").size()
    frame["none"] = none.reindex(frame.index).fillna(0).astype(int)
    return frame


def split_chart(case: Case) -> charts.Picture | Prose | None:
    """The heat map of a city's split; nothing where there is none, words where nobody's residents are known."""
    plans = _split_plans(case)
    if not plans:
        return None
    rates = _rates(case, plans[0])
    if rates["quotient"].isna().all():
        return prose("没有收录各地的常住人口，份额无法按人均比较。")
    order = case.of("targets", plans)["target_id"].tolist()
    return charts.allocation_heatmap(rates, order)


def split_table(case: Case) -> Table | Prose | None:
    """A city's split by region: how many targets, the median share per resident, the money estimated."""
    plans = _split_plans(case)
    if not plans:
        return None if case.above else prose(f"{case.region}的文件没有把任务分解到地区。")
    doc_id = plans[0]
    rates = _rates(case, doc_id)
    shares = case.of("allocations", (doc_id,))
    counts = shares[shares["value"].notna()].groupby("region")["target_id"].nunique()
    middle = _counts(rates)
    paid = _paid(case, doc_id)
    whole = case.of("targets", (doc_id,))["target_id"].nunique()
    order = shares["region"].unique()  # as printed
    rows = []
    for region in order:
        row = {"地区": region, "有份额的目标（个）": number(counts.get(region, 0))}
        known = region in middle.index
        if len(middle):
            row |= {
                "人均居首的目标（个）": number(middle.at[region, "first"]) if known else MISSING,
                "份额为零的目标（个）": number(middle.at[region, "none"]) if known else MISSING,
            }
        if len(paid):
            row["县市区财政负担估算（万元）"] = paid.get(region, MISSING)
        rows.append(row)
    frame = pd.DataFrame(rows)
    note = f"计划共 {whole} 个目标；各目标单位不同，份额不能相加。"
    if len(middle):
        note += f"人均按常住人口（{_census(rates)}）；件数只能取整的小额分解不比；没有常住人口数的单位为“—”。{_doubts(rates)}"
    note += "负担估算按任务量比例分摊县市区资金，只能分摊其中一部分，见下。" if len(paid) else ""
    return table(frame, "split", f"各地区得到的份额。{note}", list(frame.columns[1:]))


def _paid(case: Case, doc_id: str) -> pd.Series:
    if case.of("funding", (doc_id,)).empty:
        return pd.Series(dtype="str")
    rows = _attributed(case, doc_id)
    return pd.Series([_range(row) for row in rows.itertuples()], index=rows["payer"], dtype="str")


def _range(row) -> str:
    """An estimate as the range that it leaves, in two figures."""
    if pd.isna(row.value):
        return MISSING
    low, high = (_rounded(value) for value in (row.low, row.high))
    return number(low, 0) if low == high else f"{number(low, 0)}～{number(high, 0)}"


def _rounded(value: float) -> float:
    """To two figures: an estimate has no more."""
    return float(f"{value:.2g}")


def county_money(case: Case) -> Prose | None:
    """How far the counties' money can be attributed to counties, and what that gives for this region."""
    return prose(*money_findings(case))


def money_findings(case: Case) -> list[str]:
    """The estimate of the region's part of the counties' money, in sentences."""
    said = []
    for doc_id in (*_split_plans(case), *case.above):
        home = case.home(doc_id)
        if case.of("funding", (doc_id,)).empty:
            if doc_id in case.above:
                said.append(f"{home}的计划没有印资金，{case.region}要出多少钱不知道。")
            continue
        parts = _attributed(case, doc_id)
        if not parts["value"].gt(0).any():
            continue
        left = parts[~parts["estimate"].fillna(False).astype(bool)]
        rest = (
            f"（其余 {money(left['value'].sum())}因几项任务合用一笔资金等原因不能分摊）" if len(left) else ""
        )
        own = estimated(case, doc_id)
        said.append(
            f"{home}的计划只印{FUNDER['county']}合计，没有印各地各出多少。按任务量分摊、并容许各地单价相差一倍（服务类一半），可分摊其中 "
            f"{percent(100 - left['share'].sum())}{rest}"
            + (f"，估算{own}；这是估算，不是文件所印。" if own else "。")
        )
    return said


def estimated(case: Case, doc_id: str) -> str:
    """The region's part of the counties' money as estimated from a plan; empty where it cannot be."""
    parts = _attributed(case, doc_id)
    for row in parts[parts["payer"].eq(case.region)].itertuples():
        each = ""
        if pd.notna(row.per_capita):
            by = f"{date(row.population_date)}{CENSUS[row.population_kind]}"
            share = (row.low / row.value, row.high / row.value) if row.value else (1.0, 1.0)
            ends = [number(_rounded(row.per_capita * part), 1) for part in share]
            each = f"，人均 {ends[0]}～{ends[1]} 元（按{by}人口）"
        return f"{case.region}财政负担 {money(_rounded(row.low))}～{money(_rounded(row.high))}{each}"
    return ""


def _attributed(case: Case, doc_id: str) -> pd.DataFrame:
    return case.attributed[case.attributed["doc_id"].eq(doc_id)]


def link_findings(case: Case) -> list[str]:
    """How the shares that a plan above gives the region agree with what its own report says was asked."""
    links = case.tables["links"]
    links = links[links["region"].eq(case.region)]
    if links.empty:
        return []
    other = links[~links["same"]]
    names = labels(case.tables["targets"], case.tables["tasks"])
    said = "；".join(
        f"{names[row.other_target_id]}（计划 {amount(row.value, row.unit)}，报告 {amount(row.other_value, row.unit)}）"
        for row in other.itertuples()
    )
    told = f"，{len(other)} 项不同：{said}。" if len(other) else "。"
    alike = len(links) - len(other)
    return [f"上级计划分给{case.region}的份额与它自己报告的任务数对上 {len(links)} 项，{alike} 项相同{told}"]


def share_findings(case: Case) -> list[str]:
    """What a plan above gives the region, and where that is far from its part of the residents."""
    out = []
    for doc_id in case.above:
        own = case.shares[case.shares["doc_id"].eq(doc_id)]
        of = case.of("allocations", (doc_id,))["target_id"].nunique()
        named = own.loc[own["value"].notna(), "target_id"].nunique()
        rest = f"，另外 {of - named} 个见第三节。" if of > named else "。"
        out.append(
            f"{case.home(doc_id)}的计划把 {of} 个目标分解到各地，其中 {named} 个印有{case.region}的份额{rest}"
        )
        rates = _rates(case, doc_id)
        whole = ~rates["coarse"].fillna(False).astype(bool)
        mine = rates[rates["region"].eq(case.region) & rates["quotient"].notna() & whole]
        if mine.empty:
            out.append(f"{case.region}没有常住人口数，不能与其他地区比较人均。")
            continue
        held = mine[mine["quotient"].gt(0)].sort_values(["quotient", "target_id"])
        ranks = rates.groupby("target_id")["quotient"].rank(ascending=False, method="min")
        first = mine[ranks.reindex(mine.index).eq(1)]
        high = "；".join(
            f"{row.measure}（{number(row.quotient)} 倍）" for row in held.tail(3)[::-1].itertuples()
        )
        low = "；".join(f"{row.measure}（{number(row.quotient)} 倍）" for row in held.head(3).itertuples())
        out.append(f"按人口平均，{case.region}得到最多的是：{high}；最少的是：{low}（1 倍为各地平均）。")
        more = int(mine["quotient"].gt(1).sum())
        out.append(f"{len(mine)} 个可比目标中，{more} 个高于平均，{len(first)} 个为各地最高。")
    return out


def share_chart(case: Case) -> charts.Picture | None:
    """The region's shares against the others'; nothing where they cannot be compared."""
    for doc_id in case.above:
        rates = _rates(case, doc_id)
        if (rates["region"].eq(case.region) & rates["quotient"].gt(0)).any():
            return charts.share_strip(rates, case.region)
    return None


def share_table(case: Case) -> Table | None:
    """Every share of the region, with the whole target beside it."""
    own = case.shares
    if own.empty:
        return None
    targets = case.tables["targets"].set_index("target_id")
    names = labels(case.tables["targets"], case.tables["tasks"])
    rates = pd.concat([_rates(case, doc_id) for doc_id in case.above])
    rates = rates[rates["region"].eq(case.region)].set_index("target_id")
    peopled = rates["population"].notna().any()
    rows = []
    for row in own.to_dict("records"):
        target = targets.loc[row["target_id"]]
        rate = rates.loc[row["target_id"]] if row["target_id"] in rates.index else None
        part = 100 * row["value"] / target["value"] if target["unit"] not in ("%", "‰") else float("nan")
        rows.append(
            {
                "任务": names[row["target_id"]],
                "全域目标": amount(target["value"], target["unit"], target["bound"]),
                "本地份额": amount(row["value"], row["unit"]),
                "占比": percent(part),
                **(_per_resident(rate) if peopled else {}),
                "备注": row["note"],
            }
        )
    frame = pd.DataFrame(rows)
    frame["出处"] = (own["target_id"].map(short) + "，" + place(own, case.documents)).to_numpy()
    frame["备注"] = frame["备注"].astype(object).fillna("")
    caption = f"{case.region}得到的份额。"
    if peopled:
        caption += f"每万人按常住人口（{_census(rates)}）；“—”为不适用或没有人口数。{_doubts(rates)}"
    else:
        caption += f"没有收录{case.region}的常住人口，份额无法按人均比较。"
        caption += "“—”为不适用。" if frame.eq(MISSING).any(axis=None) else ""
    caption += "".join(_unnamed(case, doc_id) for doc_id in case.above)
    return table(frame, "shares", caption, list(frame.columns[1 : 6 if peopled else 4]))


def _per_resident(rate: pd.Series | None) -> dict[str, str]:
    value, quotient = (MISSING, MISSING) if rate is None else (small(rate["value"]), number(rate["quotient"]))
    return {"每万人": value, "与平均之比（倍）": quotient}


def _unnamed(case: Case, doc_id: str) -> str:
    """How many targets of a plan print no share of the region, and why."""
    shares, targets = case.of("allocations", (doc_id,)), case.of("targets", (doc_id,))
    divided = targets[targets["target_id"].isin(shares["target_id"])]
    own = shares[shares["region"].eq(case.region) & shares["value"].notna()]
    lost = divided[~divided["target_id"].isin(own["target_id"])]
    home, whole = case.home(doc_id), len(targets) - len(divided)
    undivided = f"{home}的计划另有 {whole} 个目标没有分解到地区。" if whole else ""
    if lost.empty:
        return undivided
    names = labels(targets, case.of("tasks", (doc_id,)))
    rates = _rates(case, doc_id)
    rates = rates[rates["region"].eq(case.region) & rates["population"].notna()]
    basis = rates.set_index("target_id")["basis"]
    reasons: dict[str, list[str]] = {}
    for target in lost.to_dict("records") if len(basis) else ():
        if basis.get(target["target_id"]) == "implied_zero":
            why = "按零计，因为各地份额之和已等于目标"
        elif target["unit"] in ("%", "‰"):
            why = "是比率，没有逐地印"
        elif pd.isna(target["value"]):
            why = "不知道，因为目标没有印总数"
        else:
            why = "不知道，因为可辨认的各地份额之和不等于目标"
        reasons.setdefault(why, []).append(names[target["target_id"]])
    said = "；".join(f"{len(group)} 个{why}（{listed(group, 5, '个')}）" for why, group in reasons.items())
    if not said and len(lost) <= 5:  # of a body that has a share of little, all the names say nothing
        said = "、".join(lost["target_id"].map(names))
    said = f"：{said}。" if said else "。"
    return f"分解到各地的 {len(divided)} 个目标中 {len(lost)} 个没有印{case.region}的份额{said}{undivided}"
