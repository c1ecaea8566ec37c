"""Where it comes from: documents, reference figures, corrections, and whether the documents add up."""

from __future__ import annotations

import pandas as pd

from minshi_analysis import reference
from minshi_analysis.notebook.case import Case
from minshi_analysis.notebook.places import place
from minshi_analysis.notebook.reasons import told
from minshi_analysis.notebook.shown import Prose, Table, prose, table
from minshi_analysis.notebook.words import CENSUS, KIND, listed, number

__all__ = [
    "by_class",
    "check_findings",
    "check_table",
    "cited",
    "correction_table",
    "document_table",
    "reference_table",
    "source_table",
]

CLASSES = {
    "arithmetic": "文件自相矛盾",
    "wording": "说法与数字不合",
    "change": "两份文件不同",
    "repeat": "重复列入",
    "policy": "目标比起点宽松",
    "reading": "读取存疑",
}
VERDICT = {"ok": "相符", "mismatch": "不符", "not_additive": "不可加", "cannot_check": "无法核对"}


def document_table(documents: pd.DataFrame) -> Table:
    """The documents used."""
    rows = pd.DataFrame(
        {
            "编号": documents["doc_id"],
            "标题": documents["title"],
            "发布单位": documents["issuer"],
            "种类": documents["kind"].map(KIND),
            "文号": documents["reference_no"],
            "日期": documents["published"].fillna(documents["as_of"]),
            "网址": documents["url"],
            "文件（SHA-256 前12位）": documents["file"] + "（" + documents["sha256"].str[:12] + "）",
        }
    )
    rows = rows.drop(columns=[column for column in ("文号", "网址") if rows[column].isna().all()])
    return table(rows, "documents", "本报告所依据的文件，原件在 data/raw。")


def reference_table(case: Case) -> Table | Prose:
    """The population figures used, and who published them."""
    population = case.tables["population"]
    regions = {
        case.region,
        *case.of("allocations", (*case.own, *case.above))["region"],
        *case.documents["region"],
    }
    rows = population[population["region"].isin(regions)]
    census = rows["kind"].eq("census")
    yearly = rows["kind"].eq("year_end") & rows["date"].str[:4].eq(str(case.year))
    rows = rows[census | yearly].sort_values(["kind", "adcode", "boundary"], na_position="last")
    rows = pd.concat([rows, _stand_ins(case, regions - set(population["region"]))])
    frame = pd.DataFrame(
        {
            "地区": rows["region"],
            "常住人口": rows["population"].map(number),
            "时点": rows["date"],
            "口径": rows["kind"].map(CENSUS) + rows["boundary"].map(_boundary),
            "来源": rows["source_id"].str.replace("|", "、"),
        }
    )
    return table(frame, "population", "人口数及其来源（来源代号见下表）。", ["常住人口"], "没有用到人口数。")


def _stand_ins(case: Case, regions: set[str]) -> pd.DataFrame:
    """Figures of the package's census for regions of which the tables hold none."""
    codes = dict(zip(case.documents["region"], case.documents["adcode"], strict=True))
    shares = case.of("allocations", (*case.own, *case.above))
    codes |= dict(zip(shares["region"], shares["adcode"], strict=True))
    found = {name: reference.count(name, codes.get(name), case.year) for name in sorted(regions)}
    rows = [
        {
            "region": name,
            "population": count.value,
            "date": reference.DATE,
            "kind": "census",
            "source_id": reference.SOURCE,
        }
        for name, count in found.items()
        if count.ids
    ]
    return pd.DataFrame(rows, columns=["region", "population", "date", "kind", "boundary", "source_id"])


def _boundary(boundary: object) -> str:
    known = {"combined": "，含并入的功能区", "2021_new": "，2021年后区划", "old_2020": "，2021年前区划"}
    return known.get(boundary, "") if isinstance(boundary, str) else ""


def cited(sources: pd.DataFrame, ids: pd.Series) -> Table | Prose:
    """The sources behind these source ids (joined by `|`)."""
    wanted = {part for joined in ids.dropna() for part in joined.split("|")}
    rows = sources[sources["source_id"].isin(wanted)]
    if reference.SOURCE in wanted and reference.SOURCE not in set(rows["source_id"]):
        rows = pd.concat([rows, pd.DataFrame([reference.CITATION])])
    frame = pd.DataFrame(
        {
            "代号": rows["source_id"],
            "标题": rows["title"],
            "发布者": rows["publisher"],
            "日期": rows["date"],
            "网址": rows["url"],
            "核实方式": rows["how_verified"],
        }
    )
    return table(frame, "sources", "参考数据的来源。", empty="没有用到参考数据。")


def source_table(case: Case) -> Table | Prose:
    """Who published the population figures."""
    population = case.tables["population"]
    regions = {
        case.region,
        *case.of("allocations", (*case.own, *case.above))["region"],
        *case.documents["region"],
    }
    rows = population[population["region"].isin(regions)]
    rows = rows[rows["kind"].eq("census") | rows["date"].str[:4].eq(str(case.year))]
    rows = pd.concat([rows, _stand_ins(case, regions - set(population["region"]))])
    return cited(case.tables["sources"], rows["source_id"])


def correction_table(patches: pd.DataFrame, documents: pd.DataFrame) -> Table | Prose:
    """What was corrected by hand in these documents."""
    rows = pd.DataFrame(
        {
            "文件": patches["doc_id"],
            "位置": patches["where"],
            "印作": patches["printed"],
            "改作": patches["corrected"].fillna("（删去）"),
            "依据": patches["reason"],
            "出处": place(patches, documents),
        }
    )
    return table(rows, "patches", "对识别损坏处的更正，均有声明。", empty="这些文件没有更正。")


def check_findings(checks: pd.DataFrame) -> list[str]:
    """Whether documents add up, with what does not."""
    if checks.empty:
        return []
    facts = checks[checks["verdict"].eq("mismatch") & checks["follows"].isna()]
    unsure = int(checks["verdict"].isin(["cannot_check", "not_additive"]).sum())
    asked = checks[~checks["by_construction"].fillna(False).astype(bool)]
    said = f"核对了文件中的算术关系和说法 {len(asked)} 条，{unsure} 条无法核对"
    if facts.empty:
        return [f"{said}，没有不符的。"]
    odd = facts["subject"].map(_brief).drop_duplicates()
    return [f"{said}；查出 {len(facts)} 处：{by_class(facts)}。最要紧的是：{listed(odd, 5, '处')}。"]


def by_class(facts: pd.DataFrame) -> str:
    """How many facts of each class, in words."""
    counts = facts["class"].value_counts()
    return "、".join(f"{CLASSES[name]} {counts[name]} 处" for name in CLASSES if name in counts)


def _brief(subject: str) -> str:
    subject = subject.rstrip("。")
    return subject if len(subject) <= 24 else f"{subject[:23]}…"


def check_table(checks: pd.DataFrame, documents: pd.DataFrame) -> Table | Prose:
    """What does not add up in documents, with the explanation.

    Parameters
    ----------
    checks : DataFrame
        Rows of the table checks.
    documents : DataFrame
        The documents they are of.
    """
    if checks.empty:
        return prose("没有可以核对的算术关系或说法。")
    rows = checks[checks["verdict"].eq("mismatch") & checks["follows"].isna()]
    frame = pd.DataFrame(
        {
            "类别": rows["class"].map(CLASSES),
            "核对": rows["subject"],
            "应为": rows["expected"].map(number),
            "实为": rows["actual"].map(number),
            "相差": rows["difference"].map(number),
            "说明": rows["codes"].map(told),
            "出处": place(rows.assign(source_ref=None), documents),
        }
    )
    empty = f"核对了 {len(checks)} 条算术关系和说法，没有不符的。"
    return table(
        frame, "checks", "查出的地方，按轻重排列；同一事实只列一次。", ["应为", "实为", "相差"], empty
    )
