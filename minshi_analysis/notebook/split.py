"""Who gets how much: a city's split over its counties, or one region's part of it."""

from __future__ import annotations

import pandas as pd

from minshi_analysis import charts
from minshi_analysis.notebook.case import Case
from minshi_analysis.notebook.places import labels, place, short
from minshi_analysis.notebook.shown import Prose, Table, prose, table
from minshi_analysis.notebook.words import MISSING, amount, date, listed, money, number, percent, small

__all__ = [
    "county_money",
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
    kinds = {"census": "普查", "year_end": "年末"}
    return "、".join(date(day) for day in dates) + "".join(
        kinds[k] for k in sorted(set(rates["population_kind"].dropna()))
    )


def split_findings(case: Case) -> list[str]:
    """How a city's plan is divided, and who gets most for its residents."""
    out = []
    for doc_id in _split_plans(case):
        shares = case.of("allocations", (doc_id,))
        regions = shares["region"].nunique()
        targets = shares["target_id"].nunique()
        out.append(f"{targets} 个目标分解到 {regions} 个地区或单位，共 {len(shares)} 个份额。")
        middle = _medians(_rates(case, doc_id))
        middle = middle[
            middle["targets"].ge(middle["targets"].max() / 2)
        ]  # a median of few targets ranks nothing
        if len(middle) > 3:
            high = "、".join(
                f"{row.region}（{number(row.median)} 倍）" for row in middle.head(3).itertuples()
            )
            low = "、".join(
                f"{row.region}（{number(row.median)} 倍）" for row in middle.tail(3)[::-1].itertuples()
            )
            out.append(
                f"按常住人口平均，各目标份额的中位数最高的是{high}，最低的是{low}；1 倍为各地平均。"
                "人口多不等于需要多，这里只比较人均。"
            )
    return out


def _medians(rates: pd.DataFrame) -> pd.DataFrame:
    rates = rates[rates["quotient"].notna()]
    grouped = rates.groupby("region")["quotient"]
    frame = pd.DataFrame({"median": grouped.median(), "targets": grouped.size()})
    first = rates.sort_values(["quotient", "region"]).groupby("target_id").tail(1)["region"].value_counts()
    frame["first"] = first.reindex(frame.index).fillna(0).astype(int)
    frame["none"] = (
        rates[rates["quotient"].eq(0)].groupby("region").size().reindex(frame.index).fillna(0).astype(int)
    )
    return frame.sort_values("median", ascending=False, kind="stable").reset_index()


def split_chart(case: Case) -> charts.Picture | None:
    """The heat map of a city's split; nothing where there is none."""
    plans = _split_plans(case)
    if not plans:
        return None
    rates = _rates(case, plans[0])
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
    middle = _medians(rates).set_index("region")
    paid = _paid(case, doc_id)
    order = [*middle.index, *(region for region in counts.index if region not in middle.index)]
    rows = []
    for region in order:
        known = region in middle.index
        rows.append(
            {
                "地区": region,
                "有份额的目标（个）": number(counts.get(region, 0)),
                "人均份额中位数（倍）": number(middle.at[region, "median"]) if known else MISSING,
                "居首的目标（个）": number(middle.at[region, "first"]) if known else MISSING,
                "份额为零的目标（个）": number(middle.at[region, "none"]) if known else MISSING,
                **(
                    {"县市区财政负担估算（万元）": number(paid.get(region, float("nan")), 0)}
                    if len(paid)
                    else {}
                ),
            }
        )
    frame = pd.DataFrame(rows)
    note = f"倍数为按常住人口（{_census(rates)}）平均的份额与各地平均之比；没有常住人口数的单位为“—”。"
    note += "负担估算按任务量比例分摊县市区资金，只能分摊其中一部分，见下。" if len(paid) else ""
    return table(frame, "split", f"各地区得到的份额。{note}", list(frame.columns[1:]))


def _paid(case: Case, doc_id: str) -> pd.Series:
    if case.of("funding", (doc_id,)).empty:
        return pd.Series(dtype="float64")
    return _attributed(case, doc_id).set_index("payer")["value"]


def county_money(case: Case) -> Prose | None:
    """How far the counties' money can be attributed to counties, and what that gives for this region."""
    return prose(*money_findings(case))


def money_findings(case: Case) -> list[str]:
    """The estimate of the region's part of the counties' money, in sentences."""
    said = []
    for doc_id in (*_split_plans(case), *case.above):
        if case.of("funding", (doc_id,)).empty:
            if doc_id in case.above:
                said.append(f"{case.home(doc_id)}的计划没有印资金，{case.region}要出多少钱不知道。")
            continue
        parts = _attributed(case, doc_id)
        left = parts[~parts["estimate"].fillna(False).astype(bool)]
        own = parts[parts["payer"].eq(case.region)]
        for row in own.itertuples():
            each = ""
            if pd.notna(row.per_capita):
                each = f"，人均 {number(row.per_capita, 0)} 元（按{date(row.population_date)}普查人口）"
            said.append(
                f"{case.home(doc_id)}的计划没有印各县出多少钱。若各地单价相同，按任务量分摊，估算{case.region}财政负担 "
                f"{money(row.value)}{each}；这是估算，不是文件所印。"
            )
        said.append(
            f"计划只印县市区财政合计，没有分县数字；按任务量比例可分摊其中 {percent(100 - left['share'].sum())}，"
            f"其余 {money(left['value'].sum())}因几项任务合用资金等原因不能分摊。"
        )
    return said


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
        home, known = case.home(doc_id), own["value"].notna().sum()
        of = case.of("allocations", (doc_id,))["target_id"].nunique()
        out.append(f"{home}的计划把 {of} 个分解到地区的目标中的 {known} 个分给{case.region}。")
        rates = _rates(case, doc_id)
        mine = rates[rates["region"].eq(case.region) & rates["quotient"].notna()]
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
        none = mine[mine["quotient"].eq(0)]
        if len(none):
            out.append(
                f"{len(none)} 个目标没有份额（各地份额之和已等于目标）：{listed(none['measure'], 5)}。"
            )
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
                "每万人": small(rate["value"]) if rate is not None else MISSING,
                "与平均之比（倍）": number(rate["quotient"]) if rate is not None else MISSING,
                "备注": row["note"],
            }
        )
    frame = pd.DataFrame(rows)
    frame["出处"] = (own["target_id"].map(short) + "，" + place(own, case.documents)).to_numpy()
    frame["备注"] = frame["备注"].fillna("")
    caption = f"{case.region}得到的份额。每万人按常住人口（{_census(rates)}）；“—”为不适用或没有人口数。"
    return table(frame, "shares", caption, list(frame.columns[1:6]))
