"""One numbering for the items of one list, whatever the first words of a single one look like."""

from __future__ import annotations

import pytest

TITLE = "磐安县2023年民生实事\n"


def numbers(tables):
    found = tables["tasks"][["task_id", "programme", "item_no"]].astype(object)
    rows = found.where(found.notna(), None).itertuples(index=False, name=None)
    return [(task_id.partition("/")[2], *rest) for task_id, *rest in rows]


@pytest.mark.parametrize(
    "odd",
    [
        "实施“保护视力、提高成绩”项目,为4000名小学生免费配镜",
        "推进“双美”建设,维护信报箱200户;疏通下水道1000米。更新垃圾房10处",
        "教育惠民工程。新建幼儿园4所,新增学位500个",
        "健康行动:改造卫生院3所",
    ],
)
@pytest.mark.parametrize(
    "marks", [("1.", "2.", "3.", "4."), ("一、", "二、", "三、", "四、"), ("一是", "二是", "三是", "四是")]
)
@pytest.mark.parametrize("at", [0, 2])
def test_a_list_without_names_is_numbered_alike(read, odd, marks, at):
    items = ["改造农村危房20户", "建设农村公路50公里", "新建公园5个"]
    items.insert(at, odd)
    tables = read(TITLE + "".join(f"{mark}{words}。\n" for mark, words in zip(marks, items, strict=True)))
    assert numbers(tables) == [(f"1.{n}", None, str(n)) for n in range(1, 5)]


def test_the_figures_of_such_an_item_stay(read):
    words = "1.实施“双美”建设,维护信报箱200户;疏通下水道1000米。更新垃圾房10处。\n2.新建公园5个。\n3.改造小区9个。\n"
    tables = read(TITLE + words)
    assert tables["targets"]["value"].tolist() == [200, 1000, 10, 5, 9]
    assert tables["tasks"]["text"][0] == "实施“双美”建设,维护信报箱200户;疏通下水道1000米。更新垃圾房10处"


def test_a_list_of_names_keeps_them(read):
    words = "1.“温馨教室”工程,装空调50台。\n2.“清凉校园”工程,装风扇90台,建书房2家。\n3.改造农房9户。\n4.“书香”工程,建书房5家。\n"
    assert numbers(read(TITLE + words)) == [
        ("1.1", "温馨教室", "1"),
        ("2.1", "清凉校园", "1"),
        ("2.2", "清凉校园", "2"),
        ("3", None, "3"),
        ("4.1", "书香", "1"),
    ]


def test_a_list_of_several_chapters_is_judged_by_chapter(read):
    words = (
        "一、教育\n1.新建幼儿园4所。\n2.“书香”项目,建书房5家。\n3.新增学位500个。\n"
        "二、健康\n4.“光明”项目,配镜90副。\n5.“暖心”项目,体检700人。\n6.“平安”项目,装报警器80个。\n"
    )
    assert [(row[0], row[1]) for row in numbers(read(TITLE + words))] == [
        ("1.1", "教育"),
        ("1.2", "教育"),
        ("1.3", "教育"),
        ("4.1", "光明"),
        ("5.1", "暖心"),
        ("6.1", "平安"),
    ]
