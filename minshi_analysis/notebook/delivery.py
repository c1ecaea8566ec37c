"""What was delivered: results against promises, at the year's end or on the way."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from minshi_analysis import charts, metrics
from minshi_analysis.facts.same import counted_once
from minshi_analysis.metrics.progress import year_elapsed
from minshi_analysis.notebook.case import REPORTS, Case
from minshi_analysis.notebook.places import labels, place, short
from minshi_analysis.notebook.reasons import told
from minshi_analysis.notebook.shown import Prose, Table, prose, table
from minshi_analysis.notebook.words import CLASS, KIND, LEVEL, MISSING, amount, date, number, percent

__all__ = ["class_table", "delivery_chart", "delivery_findings", "delivery_table", "not_counted"]

# Words of work before building or doing; a result told only in these reports nothing that is finished.
PREPARING = (
    "招标",
    "招投标",
    "选址",
    "设计",
    "排摸",
    "方案",
    "征求",
    "对接",
    "论证",
    "分解",
    "前期",
    "出台",
    "协商",
)
FINISHED = ("完工", "竣工", "完成验收", "投用", "建成", "基本完成")


def _reports(case: Case) -> tuple[str, ...]:
    """The region's own reports, the last word first: completion before progress, then the latest date."""
    rows = case.documents[case.documents["doc_id"].isin(case.kinds(*REPORTS))]
    rows = rows.assign(final=rows["kind"].eq("completion"))
    rows = rows.sort_values(["final", "as_of", "doc_id"], ascending=[False, False, True], na_position="last")
    return tuple(rows["doc_id"])


def _called(case: Case) -> dict[str, str]:
    """What to call each report where there are several: its kind and date, its id too where these are shared."""
    names = {}
    for doc_id in _reports(case):
        report = case.row(doc_id)
        until = f"截至{date(report['as_of'])}的" if pd.notna(report["as_of"]) else ""
        names[doc_id] = f"{until}{KIND[report['kind']]}"
    shared = [name for name in names.values() if list(names.values()).count(name) > 1]
    return {doc_id: f"{name}（{doc_id}）" if name in shared else name for doc_id, name in names.items()}


def _of_several(case: Case, doc_id: str) -> str:
    """Which report it is, where there are several; nothing where it is the only one."""
    names = _called(case)
    return names[doc_id] if len(names) > 1 else ""


def _lead(case: Case, doc_id: str) -> str:
    """How a sentence about one report of several begins."""
    of = _of_several(case, doc_id)
    return f"{of}中，" if of else ""


def _done(case: Case, doc_ids: tuple[str, ...]) -> pd.DataFrame:
    """One row a target, with what to call it; of several results for one target those with a number."""
    done = metrics.over_completion(tables=case.tables)
    done = done[done["doc_id"].isin(doc_ids)]
    names = labels(case.of("targets", doc_ids), case.of("tasks", doc_ids))
    text = case.of("tasks", doc_ids).set_index("task_id")["text"]
    called = done["target_id"].map(names).fillna(done["task_id"].map(text))
    called = called.str.rstrip("。")
    twice = called.groupby(called).transform("size").gt(1) & done["level"].groupby(called).transform(
        "nunique"
    ).gt(1)
    return done.assign(measure=called.where(~twice, called + "（" + done["level"].map(LEVEL) + "）"))


def _once(case: Case) -> frozenset[str]:
    """The targets that are counted: no part beside its whole, no promise of several lists twice."""
    once = counted_once(case.tables)
    return frozenset(once.loc[once["counts"], "target_id"])


def _judged(done: pd.DataFrame) -> pd.DataFrame:
    known = done[done["target_id"].notna() & done["class"].ne("unknown")]
    return known.drop_duplicates("target_id", keep="last")


def _alike(judged: pd.DataFrame) -> pd.DataFrame:
    """Without results counted in another unit than the promise: their ratio may mean nothing."""
    return judged[judged["promised_unit"].eq(judged["reported_unit"])]


def delivery_findings(case: Case) -> list[str]:
    """How many promises were kept, the largest excesses, what is behind or not countable."""
    out = _elsewhere(case)
    for doc_id in _reports(case):
        done, once = _done(case, (doc_id,)), _once(case)
        done = done[done["target_id"].isna() | done["target_id"].isin(once)]
        judged = _judged(done)
        targets = int(case.of("targets", (doc_id,))["target_id"].isin(once).sum())
        counts = judged["class"].value_counts()
        lead = _lead(case, doc_id)
        if case.row(doc_id)["kind"] == "progress":
            out += _progress_findings(case, doc_id, judged, targets)
            continue
        out.append(
            f"{_of_several(case, doc_id) or '完成情况报告'}的 {targets} 个目标中，{len(judged)} 个的结果印有可比的数字："
            f"{counts.get('over', 0)} 个超额，{counts.get('met', 0)} 个刚好达到，{counts.get('behind', 0)} 个未达到"
            + (f"；其余 {targets - len(judged)} 个无法用数字判定。" if targets > len(judged) else "。")
        )
        most = _alike(judged[judged["class"].eq("over") & judged["value"].notna()])
        most = most.sort_values(["value", "target_id"]).tail(3)[::-1]
        if len(most):
            said = "；".join(f"{row.measure}，{_pair(row)}（{_reached(row)}）" for row in most.itertuples())
            out.append(f"{lead}超额最多的是（结果 / 目标）：{said}。超额幅度大也可能说明目标定得低。")
        behind = judged[judged["class"].eq("behind")]
        if len(behind):
            said = "；".join(f"{row.measure}，{_pair(row)}（{_reached(row)}）" for row in behind.itertuples())
            out.append(f"{lead}按印出的数字未达到目标的有（结果 / 目标）：{said}。")
    return [sentence for sentence in out if sentence]


def _pair(row) -> str:
    return f"{amount(row.reported, row.reported_unit, row.reported_bound)} / {amount(row.promised, row.promised_unit)}"


def _reached(row) -> str:
    """How far a result reaches: a ratio, or for two rates the difference in points."""
    if pd.notna(row.value):
        return percent(row.value)
    if pd.notna(row.difference) and row.difference_unit == "百分点":
        more = "高" if row.difference > 0 else "低"
        return f"{more} {number(abs(row.difference))} 个百分点" if row.difference else "持平"
    return MISSING


def _elsewhere(case: Case) -> list[str]:
    """That the region has no report of its own, and what is known all the same from those below it."""
    below = [sentence for sentence in (_below(case, doc_id) for doc_id in case.below) if sentence]
    if _reports(case):
        return below
    none = f"没有收录{case.region} {case.year} 年自己的完成情况或进展报告，"
    if not below:
        return [f"{none}交付了多少不知道，完成率无法计算。"]
    return [f"{none}总共交付了多少不知道。", *below, f"{case.region}其他地方的结果不知道。"]


def _below(case: Case, doc_id: str) -> str:
    """What a county's report says of the city's tasks."""
    done = _done(case, (doc_id,))
    parts = case.tables["targets"].dropna(subset="part_of")["target_id"]
    city = _judged(done[done["level"].eq("city") & ~done["target_id"].isin(parts)])
    home, kind = case.home(doc_id), case.row(doc_id)["kind"]
    if kind != "completion" or city.empty:
        return ""
    counts = city["class"].value_counts()
    return (
        f"下辖的{home}报告了{LEVEL['city']}任务在当地的结果：{len(city)} 个可比目标中 {counts.get('over', 0)} 个超额、"
        f"{counts.get('met', 0)} 个达到、{counts.get('behind', 0)} 个未达到。"
    )


def _progress(case: Case, doc_id: str, judged: pd.DataFrame) -> pd.DataFrame:
    """Progress of what can be judged; rates of parts of a work (幼儿园已完成65%) are no rate of the whole."""
    known = metrics.progress_to_date(case.region, case.year, tables=case.tables)
    known = known[known["doc_id"].eq(doc_id) & known["value"].notna()]
    return known[known["target_id"].isin(judged["target_id"])].drop_duplicates("target_id", keep="last")


def _progress_findings(case: Case, doc_id: str, judged: pd.DataFrame, targets: int) -> list[str]:
    day = case.row(doc_id)["as_of"]
    lead = _lead(case, doc_id)
    known = _progress(case, doc_id, judged)
    reached = judged[judged["class"].isin(["over", "met"])]
    slow = known[known["calendar"].eq("behind")]
    since = (
        f"截至{date(day)}（全年时间过去 {percent(year_elapsed(day), 0)}）"
        if pd.notna(day)
        else "文件未写截止日期"
    )
    out = [
        f"{'' if pd.notna(day) and doc_id not in lead else lead}{since}，{targets} 个目标中 {len(judged)} 个报告了"
        f"可比的完成数字，其中 {len(reached)} 个已达到或超过全年目标。"
    ]
    over = _alike(judged[judged["class"].eq("over")]).sort_values(["value", "target_id"]).tail(3)[::-1]
    if len(over):
        said = "；".join(f"{row.measure}，{_pair(row)}" for row in over.itertuples())
        out.append(f"{lead}已经超过全年目标的有（结果 / 目标）：{said}。")
    if len(slow):
        names = _done(case, (doc_id,)).drop_duplicates("target_id").set_index("target_id")["measure"]
        said = "、".join(f"{names[row.target_id]}（{percent(row.value)}）" for row in slow.itertuples())
        out.append(f"{lead}慢于日历进度的有：{said}。工程往往先招标后集中完工，慢于日历是问题，不是结论。")
    early = _preparing(case, doc_id)
    if len(early):
        said = "、".join(text.rstrip("。") for text in early["任务"].head(6))
        rest = "等" if len(early) > 6 else ""
        out.append(
            f"{lead}{len(early)} 项任务只报告了招标、选址、设计、排摸一类前期工作，没有完成数量：{said}{rest}。"
        )
    return out


def _preparing(case: Case, doc_id: str) -> pd.DataFrame:
    rows = _silent(case, doc_id)
    words = rows["报告原文"].fillna("")
    early = [
        any(word in text for word in PREPARING) and not any(word in text for word in FINISHED)
        for text in words
    ]
    return rows.loc[rows.index[early]]


def _silent(case: Case, doc_id: str) -> pd.DataFrame:
    """Tasks none of whose targets can be judged by numbers, with what the report prints."""
    done = _done(case, (doc_id,))
    judged = set(_judged(done)["task_id"])
    tasks = case.of("tasks", (doc_id,))
    tasks = tasks[~tasks["task_id"].isin(judged)]
    outcomes = case.of("outcomes", (doc_id,)).drop_duplicates("task_id").set_index("task_id")
    why = done.dropna(subset=["reason_codes"]).drop_duplicates("task_id").set_index("task_id")["reason_codes"]
    return pd.DataFrame(
        {
            "任务": tasks["text"],
            "报告原文": tasks["task_id"].map(outcomes["text"]),
            "为何不能判定": tasks["task_id"].map(why).map(told),
            "出处": tasks["task_id"].map(short) + "，" + place(tasks, case.documents),
        }
    )


def delivery_chart(case: Case) -> charts.Picture | None:
    """Completion of what can be counted, in the last report that has numbers; nothing where there is none."""
    for doc_id in _reports(case):
        if case.row(doc_id)["kind"] == "progress":
            rows = metrics.progress_to_date(case.region, case.year, tables=case.tables)
            rows = rows[rows["doc_id"].eq(doc_id) & rows["value"].notna() & rows["target_id"].notna()]
            rows = rows.drop_duplicates("target_id", keep="last")
            done = _done(case, (doc_id,)).drop_duplicates("target_id", keep="last").set_index("target_id")
            rows = rows.assign(measure=rows["target_id"].map(done["measure"]))
            pairs = [_pair(done.loc[target]) for target in rows["target_id"]]
            if len(rows):
                return _named(charts.progress_dots(rows, pairs), case, doc_id)
            continue
        judged = _alike(_judged(_done(case, (doc_id,))))
        if judged["value"].sub(100).abs().gt(1e-6).any():
            drawn = charts.completion_dots(judged)
            return _named(drawn, case, doc_id)
    return None


def _named(drawn: charts.Picture, case: Case, doc_id: str) -> charts.Picture:
    """A chart of one report of several says which."""
    of = _of_several(case, doc_id)
    return replace(drawn, alt=f"{of}：{drawn.alt}") if of else drawn


def class_table(case: Case) -> Table | None:
    """Tasks by class, as computed and as the report claims, by the level whose programme they are of."""
    reports = _reports(case)
    if not reports:
        return None
    found = metrics.completion_summary(case.region, case.year, by="level", tables=case.tables)
    found = found[found["doc_id"].isin(reports)]
    rows = []
    for doc_id, level in ((doc_id, level) for doc_id in reports for level in LEVEL):
        part = found[found["doc_id"].eq(doc_id) & found["level"].eq(level)].set_index("class")
        if part.empty:
            continue
        if part["claimed"].drop("unknown").sum() == 0:
            claims = "报告没有自报状态"
        else:
            claims = "，".join(
                f"{CLASS[name]} {number(part.at[name, 'claimed'])}"
                for name in ("over", "met", "behind")
                if part.at[name, "claimed"]
            )
        of = _of_several(case, doc_id)
        rows.append(
            ({"报告": of} if of else {})
            | {
                "层级": LEVEL[level],
                "任务（项）": number(part["tasks"].iloc[0]),
                **{f"{CLASS[name]}（项）": number(part.at[name, "value"]) for name in part.index},
                "报告自报（项）": claims,
            }
        )
    frame = pd.DataFrame(rows)
    frame = frame.drop(columns=[column for column in frame if (frame[column] == "0").all()])
    numbers = [column for column in frame.columns[:-1] if column.endswith("（项）")]
    note = "一项任务有几个目标时取最弱的一个；“无法判定”指结果或目标没有可比的数字。"
    note += "有几份报告时，图画的是最后一份有可比数字的报告。" if len(reports) > 1 else ""
    return table(frame, "classes", f"按数字判定的完成情况与报告自报。{note}", numbers)


def delivery_table(case: Case) -> Table | Prose | None:
    """Every promise with its result, rate, class and claim."""
    reports = _reports(case)
    if not reports:
        return prose(*_elsewhere(case))
    done = pd.concat([_done(case, (doc_id,)) for doc_id in reports], ignore_index=True)
    done = done[done["target_id"].notna()]
    outcome = case.of("outcomes", reports).drop_duplicates("target_id").set_index("target_id")
    outcome = outcome.reindex(done["target_id"])
    where = outcome.reset_index()
    spots = place(where, case.documents).to_numpy()
    rows = pd.DataFrame(
        {
            "报告": done["doc_id"].map(_called(case)),
            "层级": done["level"].map(LEVEL),
            "任务": done["measure"],
            "牵头单位": done["lead_agency"],
            "目标": [amount(row.promised, row.promised_unit, row.bound) for row in done.itertuples()],
            "结果": [
                amount(row.reported, row.reported_unit, row.reported_bound) for row in done.itertuples()
            ],
            "完成率": [_reached(row) for row in done.itertuples()],
            "判定": done["class"].map(CLASS),
            "自报": done["status_claimed"].map(CLASS).fillna(MISSING),
            "自报完成率": done["rate_claimed"].map(percent),
        }
    )
    rows["出处"] = [
        f"{short(target)}，{spot}".rstrip("，") for target, spot in zip(done["target_id"], spots, strict=True)
    ]
    silent = [column for column in ("自报", "自报完成率") if rows[column].isin([MISSING]).all()]
    silent += [column for column in ("报告", "层级") if rows[column].nunique() == 1]
    rows = rows.drop(columns=silent)
    note = "完成率＝结果÷目标，比率之间只给百分点之差；“—”为报告没有印可比的数字。"
    note += "自报为报告所称，未经核实。" if {"自报", "自报完成率"} - set(silent) else ""
    numbers = [column for column in ("目标", "结果", "完成率", "自报完成率") if column in rows]
    rows = rows.drop_duplicates()
    return table(rows, "delivery", f"{case.region}{case.year}年的承诺与结果。{note}", numbers)


def not_counted(case: Case) -> Table | None:
    """Tasks that numbers cannot judge, in the words of the last report that has some."""
    for doc_id in _reports(case):
        rows = _silent(case, doc_id)
        if len(rows):
            of = _of_several(case, doc_id)
            told = f"{of}中不能用数字判定的" if of else "不能用数字判定的"
            return table(rows, "not-counted", f"{told} {len(rows)} 项任务，及报告原文。")
    return None
