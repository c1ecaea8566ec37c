"""The audit as a report: what does not hold and why, what is explained, what two documents say of one promise."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from minshi_analysis.notebook.places import place
from minshi_analysis.notebook.reasons import told
from minshi_analysis.notebook.shown import Prose, Table, findings, table, title
from minshi_analysis.notebook.sources import VERDICT, by_class, check_table, correction_table, document_table
from minshi_analysis.notebook.words import number

__all__ = [
    "Audit",
    "audit",
    "audit_findings",
    "audit_heading",
    "changed_table",
    "corrected_table",
    "documents_table",
    "explained_table",
    "kind_table",
    "mismatch_table",
    "unlinked_table",
    "unsure_table",
]

KINDS = {
    "allocation_sum": "总数与分解之和",
    "funding_sum": "总额与各级资金",
    "grand_total": "总计与各行之和",
    "summary_vs_list": "汇总表与项目表",
    "count_vs_table": "所称件数与所列",
    "rate_claimed": "所称比率与数字",
    "status_claimed": "自报状态与数字",
    "prose_vs_table": "正文与表格",
    "parts_vs_whole": "部分与整体",
    "milestone": "节点与目标、时限",
    "plan_vs_baseline": "目标与基期",
    "plan_period": "年限与规划期投资",
    "duplicate": "重复列入",
    "same_thing_twice": "同一事项两处数字",
    "between_documents": "两份文件之间",
    "project_kind": "新建续建与开工年份",
    "note_without_row": "注与指标表",
    "ends_early": "节点与完成时限",
    "heading_vs_body": "标题与正文",
}
_TABLES = ("documents", "checks", "links", "patches", "targets", "tasks")


@dataclass(frozen=True)
class Audit:
    """The tables that the report is made of, of one document or of all."""

    doc_id: str | None
    tables: Mapping[str, pd.DataFrame]

    @property
    def checks(self) -> pd.DataFrame:
        return self.tables["checks"]

    def where(self, verdict: str) -> pd.DataFrame:
        return self.checks[self.checks["verdict"].eq(verdict)]


def audit(doc_id: str | None = None, tables: Mapping[str, pd.DataFrame] | None = None) -> Audit:
    """The audit of a document, or of all of them.

    Parameters
    ----------
    doc_id : str, optional
        One document; without it every catalogued one.
    tables : mapping of table name to DataFrame, optional
        Without it the built tables are loaded.

    Raises
    ------
    ValueError
        No document of that doc_id; the message lists those there are.
    """
    if tables is None:
        import minshi_analysis

        tables = {name: minshi_analysis.load(name) for name in _TABLES}
    if doc_id is None:
        return Audit(None, tables)
    known = tables["documents"]["doc_id"]
    if doc_id not in set(known):
        raise ValueError(f"no document {doc_id!r}: there are {', '.join(known)}")
    own = {
        name: rows[rows["doc_id"].eq(doc_id)] if "doc_id" in rows else rows for name, rows in tables.items()
    }
    links = tables["links"]
    ends = [links[column].str.partition("/")[0].eq(doc_id) for column in ("target_id", "other_target_id")]
    return Audit(doc_id, {**own, "links": links[ends[0] | ends[1]]})


def audit_heading(case: Audit) -> Prose:
    """The title: of all documents, or of the one."""
    if case.doc_id is None:
        return title("数据核对：文件说了什么，加起来是多少")
    return title(f"数据核对：{case.tables['documents'].iloc[0]['title']}")


def audit_findings(case: Audit) -> Prose:
    """How much was checked, how much of it does not hold, and how promises fared between documents."""
    counts = case.checks["verdict"].value_counts()
    said = "，".join(f"{VERDICT[name]} {counts[name]} 条" for name in VERDICT if name in counts)
    built = int(
        (case.checks["verdict"].eq("ok") & case.checks["by_construction"].fillna(False).astype(bool)).sum()
    )
    wrong = case.where("mismatch")
    facts = wrong[wrong["follows"].isna()]
    links = case.tables["links"]
    same = int(links["same"].sum())
    return findings(
        [
            f"可核对的算术关系和说法共 {len(case.checks)} 条：{said}。"
            + (f"相符的之中 {built} 条本来就只能相符，不作数。" if built else ""),
            f"查出的事实 {len(facts)} 处（另有 {len(wrong) - len(facts)} 条说的是同一事实）：{by_class(facts)}。"
            if len(facts)
            else "没有不符的。",
            f"两份文件之间对上 {len(links)} 项承诺：数值相同 {same} 项，不同 {len(links) - same} 项。"
            if len(links)
            else "",
        ]
    )


def kind_table(case: Audit) -> Table | Prose:
    """What was asked, how often, and with which verdicts."""
    counts = pd.crosstab(case.checks["kind"], case.checks["verdict"])
    counts = counts.reindex([kind for kind in KINDS if kind in counts.index])
    verdicts = [name for name in VERDICT if name in counts]
    rows = pd.DataFrame({"核对": [KINDS[kind] for kind in counts.index]})
    for name in verdicts:
        rows[VERDICT[name]] = counts[name].astype(str).to_numpy()
    return table(
        rows, "kinds", "核对了什么，各有多少条。", [VERDICT[name] for name in verdicts], "没有可核对的。"
    )


def mismatch_table(case: Audit) -> Table | Prose:
    """What does not hold within documents."""
    within = case.checks[case.checks["kind"].ne("between_documents")]
    return check_table(within, case.tables["documents"])


def explained_table(case: Audit) -> Table | Prose:
    """What looks wrong and is not: a bound explains it, or damage that a correction mends."""
    holds = case.where("ok")
    codes = holds["codes"].fillna("")
    rows = holds[codes.str.contains("explained|damage_mended")]
    return _listing(
        case,
        rows,
        "explained",
        "看似不符、其实有解释的：印有“以上”等字样，或识别损坏已由更正补上。",
        "没有这样的。",
    )


def unsure_table(case: Audit) -> Table | Prose:
    """What cannot be checked, and why."""
    rows = case.checks[case.checks["verdict"].isin(["cannot_check", "not_additive"])]
    rows = rows[rows["kind"].ne("between_documents")]
    return _listing(case, rows, "unsure", "不能核对的，及其原因。", "没有不能核对的。")


def changed_table(case: Audit) -> Table | Prose:
    """Promises that two documents both make, with different numbers."""
    rows = case.tables["links"]
    rows = rows[~rows["same"]]
    frame = pd.DataFrame(
        {
            "承诺": rows["target_id"],
            "地区": rows["region"],
            "所分份额": rows["value"].map(number),
            "下级文件": rows["other_target_id"],
            "所印目标": rows["other_value"].map(number),
            "单位": rows["unit"],
            "相似度": rows["score"].map(number),
        }
    )
    return table(
        frame,
        "changed",
        "两份文件都有而数字不同的承诺。",
        ["所分份额", "所印目标", "相似度"],
        "没有数字不同的承诺。",
    )


def unlinked_table(case: Audit) -> Table | Prose:
    """Promises that vanished from the lower document, were added in it, or cannot be compared."""
    rows = case.checks[case.checks["kind"].eq("between_documents")]
    rows = rows[rows["expected"].isna() | rows["actual"].isna()]
    return _listing(case, rows, "unlinked", "只在一份文件里的承诺，及不能比较的。", "每项承诺都对上了。")


def _listing(case: Audit, rows: pd.DataFrame, name: str, caption: str, empty: str) -> Table | Prose:
    frame = pd.DataFrame(
        {
            "种类": rows["kind"].map(KINDS),
            "核对": rows["subject"],
            "所印": rows["expected"].map(number),
            "所得": rows["actual"].map(number),
            "说明": rows["codes"].map(told),
            "出处": place(rows.assign(source_ref=None), case.tables["documents"]),
        }
    )
    return table(frame, name, caption, ["所印", "所得"], empty)


def corrected_table(case: Audit) -> Table | Prose:
    """The corrections that apply."""
    return correction_table(case.tables["patches"], case.tables["documents"])


def documents_table(case: Audit) -> Table:
    """The documents that were audited."""
    return document_table(case.tables["documents"])
