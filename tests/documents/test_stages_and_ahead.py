"""What a report says of some works alone, of a part of the year, and of what is still to come."""

from __future__ import annotations

import pytest

PROGRESS = {"kind": "progress"}


@pytest.mark.parametrize(
    "words",
    [
        "原计划改造老旧小区不少于200个,实际开工改造255个,其中236个已完工。",
        "农村卫生室计划建设100所,进场施工64所,其中23所已竣工。",
        "计划新建公园50个,目前开工40个,已有12个已建成。",
        "磐安县2023年民生实事进展\n1.改造泵站90座。目前开工60座,其中31座已交付。\n2.新建公厕9座。已建成9座。",
    ],
)
def test_works_that_are_done_claim_no_state_of_their_task(read, words):
    states = read(words, **PROGRESS)["outcomes"]["status_claimed"]
    assert "met" not in states.tolist()


def test_a_state_that_is_claimed_of_the_task_stands(read):
    words = "计划新建公园50个,建成51个,其中40个已投用,提前完成年度任务。"
    assert "met" in read(words, **PROGRESS)["outcomes"]["status_claimed"].tolist()


@pytest.mark.parametrize(
    "words",
    [
        "下半年,我县将对24个项目实行月调度,确保12月底前全部完成。",
        "下一步,将对未完工的9个项目进行督导,力争年底前全部建成。",
        "我们将对15件实事实行台账管理,每季度通报1次进展。",
        "把20项民生实事列入重点督查,每月调度2次。",
    ],
)
@pytest.mark.parametrize("kind", ["progress", "plan"])
def test_how_the_work_is_led_is_no_task(read, words, kind):
    told = ("已建成4所。", "已完成2个。", "已建成8座。") if kind == "progress" else ("", "", "")
    items = zip(("1.新建学校5所。", "2.改造小区3个。", "3.新建公厕9座。"), told, strict=True)
    found = read("\n".join(["磐安县2023年民生实事", *map("".join, items), words]), kind=kind)
    assert found["targets"]["value"].tolist() == [5, 3, 9]
    assert found["outcomes"]["value"].tolist() == ([4, 2, 8] if kind == "progress" else [])
    told = found["unread"]["text"].str.contains("对|把").sum()
    assert told == sum(sign in words for sign in ("24", "9个", "15", "20")) + ("次" in words)


@pytest.mark.parametrize(
    "words",
    [
        "“文化惠民项目”计划二季度完成公益演出20场,实际完成27场。",
        "“智慧书吧项目”二季度计划完成读书活动20场,实际完成27场。",
        "“置换天然气项目”计划累计完成管网改造20公里,实际完成27公里。",
        "公园建设上半年目标为20个,实际完成27个。",
    ],
)
def test_the_target_of_a_stage_is_in_doubt(read, words):
    found = read(words, **PROGRESS)
    assert found["targets"]["value"].tolist() == [20]
    assert found["confidence"]["confidence"].max() < 0.8
    assert found["confidence"]["reasons"].str.contains("a part of the year").all()


def test_the_target_of_the_year_is_not(read):
    found = read("“文化惠民项目”全年计划完成公益演出20场,实际完成27场。", **PROGRESS)
    assert found["confidence"]["confidence"].max() >= 0.8
