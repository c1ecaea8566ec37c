"""How many items a list has is no figure of its items, however the count is written."""

import pytest

from minshi_analysis.intake.reader import read_document


@pytest.mark.parametrize("count", ["10大惠民实事", "10大民生工程", "12件惠民实事", "8项民生项目", "6大实事"])
def test_the_size_of_a_list_is_told_as_no_loss(tmp_path, count):
    path = tmp_path / "page.txt"
    path.write_text(
        f"永嘉县2023年{count}\n今年办好{count}。\n1.新建公园5个。\n2.改造泵站9座。", encoding="utf-8"
    )
    found = read_document(path)
    assert found["unread"]["text"].tolist() == []
    assert found["targets"]["value"].tolist() == [5, 9]


@pytest.mark.parametrize("thing", ["10大型水库", "3大桥"])
def test_other_things_behind_such_a_count_are_told(tmp_path, thing):
    path = tmp_path / "page.txt"
    path.write_text(f"永嘉县2023年民生实事\n1.新建公园5个。\n2.改造泵站9座,另有{thing}。", encoding="utf-8")
    assert read_document(path)["unread"]["text"].str.contains(thing).any()
