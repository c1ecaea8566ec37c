"""Tables of other writers: quarters that report, works of towns, effects beside promises, two tables side by side."""

from __future__ import annotations

import pytest

from minshi_analysis.intake.reader import read_document


def read(folder, text, **known):
    path = folder / "table.txt"
    path.write_text(text, encoding="utf-8")
    return read_document(path, **known)


def sure(tables):
    return tables["confidence"].set_index("row_id")["confidence"]


def found(tables, name, *columns):
    rows = tables.get(name)
    rows = [] if rows is None or rows.empty else rows[rows["value"].notna()].to_dict("records")
    return [tuple(row[c] for c in columns) for row in rows]


# ---- quarters that report


@pytest.mark.parametrize(
    ("over", "early", "late"),
    [
        ("进展情况", "一季度", "三季度"),
        ("完成情况", "上半年", "下半年"),
        ("工作进展情况", "4月", "10月"),
        ("落实情况", "6月底", "12月底"),
    ],
)
def test_the_last_of_several_columns_of_progress_has_the_results(tmp_path, over, early, late):
    tables = read(
        tmp_path,
        "余杭区2020年民生实事项目进展情况\n"
        f"序号\t实事内容\t责任单位\t{over}\t{over}\n序号\t实事内容\t责任单位\t{early}\t{late}\n"
        "1\t新增照料中心30家\t区民政局\t已完成5家建设任务。\t累计完成21家。\n"
        "2\t新增停车泊位3000个\t区城管局\t新增泊位420个。\t新增泊位2380个。\n",
    )
    assert found(tables, "outcomes", "value", "unit") == [(21, "家"), (2380, "个")]
    assert found(tables, "milestones", "value") == []
    told = " ".join(tables["unread"]["text"].dropna())
    assert "5家" in told and "420个" in told


def test_quarters_without_a_head_that_tell_what_was_done_are_no_promises(tmp_path):
    tables = read(
        tmp_path,
        "余杭区2020年民生实事项目完成情况\n序号\t实事内容\t责任单位\t一季度\t二季度\n"
        "1\t新增照料中心30家\t区民政局\t目前已完成5家。\t累计完成21家。\n"
        "2\t新增停车泊位3000个\t区城管局\t目前新增泊位420个。\t累计新增泊位2380个。\n",
    )
    assert found(tables, "milestones", "value") == []
    assert set(found(tables, "outcomes", "value")) <= {(21,), (2380,)}


def test_quarters_of_a_plan_stay_promises(tmp_path):
    tables = read(
        tmp_path,
        "余杭区2020年民生实事项目实施计划\n序号\t实事内容\t责任单位\t工作安排\t工作安排\n序号\t实事内容\t责任单位\t二季度\t四季度\n"
        "1\t新增照料中心30家\t区民政局\t完成选址\t建成30家\n2\t新增停车泊位3000个\t区城管局\t新增1200个\t新增3000个\n",
    )
    assert {d[0] for d in found(tables, "milestones", "value")} == {30, 1200, 3000}
    assert tables["outcomes"].empty


# ---- works of towns


@pytest.mark.parametrize(
    ("head", "first", "second"),
    [
        ("路线名称", "张漕线", "横九线"),
        ("学校名称", "中心小学", "实验幼儿园"),
        ("建设内容", "硬化村组路", "新建拦水坝"),
        ("项目类型", "新建", "改建"),
    ],
)
def test_a_column_of_names_beside_the_towns_makes_no_shares(tmp_path, head, first, second):
    tables = read(
        tmp_path,
        "蕲春县2022年建设计划表\n"
        f"乡镇\t{head}\t里程（公里）\t路面宽度（米）\n"
        f"漕河镇\t{first}\t6.8\t6.5\n横车镇\t{second}\t4.25\t5\n青石镇\t{first}\t9.6\t6.5\n",
        kind="plan",
    )
    assert tables["allocations"].empty
    assert {6.5, 5}.isdisjoint({v for (v,) in found(tables, "targets", "value")})
    told = " ".join(tables["unread"]["text"].dropna())
    assert all(figure in told for figure in ("6.8", "4.25", "9.6", "6.5"))


# ---- effects beside promises


@pytest.mark.parametrize("head", ["绩效目标", "预期效益目标", "受益目标"])
def test_what_works_bring_about_is_not_what_is_promised(tmp_path, head):
    tables = read(
        tmp_path,
        f"彭阳县2021年民生实事项目表\n序号\t项目名称\t建设任务\t{head}\t责任单位\n"
        "1\t肉牛圈棚\t新建标准化圈棚320座\t受益农户312户\t县农业农村局\n"
        "2\t农村供水\t铺设管道42.6公里\t受益人口4410人\t县水务局\n",
    )
    assert found(tables, "targets", "value", "unit") == [(320, "座"), (42.6, "公里")]
    told = " ".join(tables["unread"]["text"].dropna())
    assert "312户" in told and "4410人" in told


def test_two_columns_that_promise_different_things_are_doubted(tmp_path):
    tables = read(
        tmp_path,
        "彭阳县2021年民生实事项目表\n序号\t建设任务\t年度目标\t责任单位\n"
        "1\t新建标准化圈棚320座\t完成圈棚主体并补栏600头\t县农业农村局\n2\t铺设管道42.6公里\t入户1260户\t县水务局\n",
    )
    assert (sure(tables) < 0.8).all()
    told = " ".join(tables["unread"]["text"].dropna())
    assert "320座" in told and "42.6公里" in told


# ---- side by side, and without heads


def test_two_halves_of_a_table_of_towns_stand_one_below_the_other(tmp_path):
    tables = read(
        tmp_path,
        "桐城市2023年农村户厕改造任务完成情况统计表\n"
        "镇（街道）\t任务数（户）\t完成数（户）\t完成率\t镇（街道）\t任务数（户）\t完成数（户）\t完成率\n"
        "文昌街道\t120\t118\t98.3%\t新渡镇\t260\t248\t95.4%\n范岗镇\t310\t310\t100%\t合计\t690\t676\t98%\n",
    )
    assert found(tables, "targets", "value", "unit") == [(690, "户")]
    assert found(tables, "allocations", "region", "value") == [
        ("文昌街道", 120),
        ("范岗镇", 310),
        ("新渡镇", 260),
    ]
    whole = tables["outcomes"][tables["outcomes"]["region"].isna()]
    assert whole["value"].tolist() == [676] and whole["rate_claimed"].tolist() == [98]


def test_a_column_of_dates_without_a_head_says_when(tmp_path):
    tables = read(
        tmp_path,
        "奉化区2024年度民生实事项目\n\n"
        "实事一 | 新建公办幼儿园4所 | 区教育局 | 10月底\n实事二 | 改造城镇老旧小区11个 | 区住建局 | 12月底\n"
        "实事三 | 新增公共停车位1200个 | 区综合执法局 | 11月底前\n",
    )
    assert tables["tasks"]["deadline"].tolist() == ["2024-10-31", "2024-12-31", "2024-11-30"]


# ---- names over tasks, places in results


def test_of_two_columns_of_tasks_the_one_with_the_figures_has_them(tmp_path):
    tables = read(
        tmp_path,
        "余杭区2020年民生实事项目任务分解表\n实事内容\t工作任务\t责任单位\n"
        "养老助残\t创建20个无障碍社区\t区残联\n养老助残\t新增30家照料中心\t区民政局\n便民停车\t新增停车泊位3000个\t区城管局\n",
    )
    assert tables["tasks"]["text"].tolist() == [
        "创建20个无障碍社区",
        "新增30家照料中心",
        "新增停车泊位3000个",
    ]
    assert tables["tasks"]["programme"].tolist() == ["养老助残", "养老助残", "便民停车"]


@pytest.mark.parametrize(
    "said",
    [
        "其中北山街道4个，西溪街道5个，三墩镇6个，其中3个点位已完成建设。",
        "北山街道4个、西溪街道5个、三墩镇6个，正在施工。",
        "任务分解到北山街道4个、三墩镇11个。",
    ],
)
def test_results_named_by_places_may_be_the_targets_shares(tmp_path, said):
    tables = read(
        tmp_path,
        "西湖区2024年民生实事项目进展情况\n序号\t项目\t牵头单位\t进展情况\n"
        f"1\t新增老年食堂15个\t区民政局\t{said}\n2\t新增护理型床位500张\t区民政局\t已完成500张。\n",
        region="杭州市西湖区",
    )
    doubted = sure(tables)
    wrong = tables["outcomes"]
    wrong = wrong[wrong["value"].isin([4, 5, 6, 11])]
    assert all(doubted[task] < 0.8 for task in wrong["task_id"])
