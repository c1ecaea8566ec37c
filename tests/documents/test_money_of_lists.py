"""Money that is said of a whole list: it is of all its items, and the line that says it is no item."""

from __future__ import annotations

import pytest

ITEMS = ["新建幼儿园4所,新增学位1080个", "改造卫生院3所", "硬化公路120公里"]
WORDS = (
    "以上3件实事计划总投资4.6亿元,其中争取上级资金3.2亿元,县级财政配套0.8亿元,引入社会资本0.6亿元。",
    "上述三项民生工程共投资4.6亿元,其中:上级资金3.2亿元;县级财政0.8亿元;社会资本0.6亿元。",
    "全部实事预计总投资4.6亿元。其中上级资金3.2亿元,县级财政0.8亿元,社会资本0.6亿元。",
    "三件实事共投资4.6亿元,其中上级资金3.2亿元,县级财政0.8亿元,社会资本0.6亿元。",
)
PAID = [("total", 46000), ("superior", 32000), ("county", 8000), ("social", 6000)]
NUMBERED = "".join(f"{n}.{words}。\n" for n, words in enumerate(ITEMS, 1))
SPOKEN = "".join(f"{n}是{words};\n" for n, words in zip("一二三", ITEMS, strict=True))
RUNNING = "今年办好3件民生实事:" + "".join(f"{n}是{words};" for n, words in zip("一二三", ITEMS, strict=True))
TITLE = "磐安县2023年民生实事\n"


@pytest.fixture
def money(read):
    """The tasks' targets, (funder, amount) of each row, and the numbers of the items that they are of."""

    def reading(words: str, ext: str = "txt"):
        tables = read(words)
        paid = list(tables["funding"][["funder", "amount_wan"]].itertuples(index=False, name=None))
        served = tables["funding_tasks"].merge(tables["tasks"], on="task_id")["item_no"].tolist()
        return len(tables["tasks"]), paid, served

    return reading


@pytest.mark.parametrize("words", WORDS)
@pytest.mark.parametrize("items", [NUMBERED, SPOKEN])
def test_money_below_a_list_is_of_all_items(money, items, words):
    assert money(TITLE + items + words + "\n各位代表!民生无小事。") == (3, PAID, ["1", "2", "3"])


@pytest.mark.parametrize("words", WORDS[:3])
def test_money_behind_a_running_list_is_of_all_items(money, words):
    assert money(TITLE + RUNNING[:-1] + "。" + words) == (3, PAID, ["1", "2", "3"])


@pytest.mark.parametrize(
    "lead",
    [
        "今年办好3件民生实事,总投资4.6亿元,其中上级资金3.2亿元,县级财政0.8亿元,社会资本0.6亿元。\n",
        "2023年3件民生实事计划总投资4.6亿元,其中:上级资金3.2亿元,县级财政0.8亿元,社会资本0.6亿元。具体如下:\n",
        "今年安排3项民生实事项目,总投资4.6亿元(其中上级资金3.2亿元、县级财政0.8亿元、社会资本0.6亿元):\n",
    ],
)
def test_money_before_a_list_is_of_all_items(money, lead):
    assert money(TITLE + lead + NUMBERED) == (3, PAID, ["1", "2", "3"])


@pytest.mark.parametrize("label", ["注:", "备注:", "说明:"])
def test_money_in_a_note_is_of_all_items(money, label):
    assert money(TITLE + NUMBERED + label + WORDS[0]) == (3, PAID, ["1", "2", "3"])


def test_money_of_chapters_is_of_what_is_below_them(money):
    words = f"{TITLE}一、教育\n1.新建幼儿园4所。\n2.新增学位1080个。\n二、健康\n3.改造卫生院3所。\n以上2项实事共投资300万元。"
    assert money(words) == (3, [("total", 300)], ["1", "2", "3"])


def test_money_of_the_promises_above_where_none_stand_above_is_told(read):
    """以上实事 at the head of a page, such as one that was cut: what stands below is not what it speaks of."""
    tables = read(TITLE + "上述实事计划总投资4.6亿元,其中上级资金3.2亿元。\n" + NUMBERED)
    assert len(tables["tasks"]) == 3 and tables["funding"].empty
    assert tables["unread"]["text"].str.contains("4.6亿元").any()


@pytest.mark.parametrize(
    "words",
    [
        TITLE + NUMBERED + "以上8件实事计划总投资4.6亿元。",
        TITLE + "1.新建幼儿园4所,投资100万元。\n2.改造卫生院3所,投资200万元。\n以上2件实事共投资300万元。",
    ],
)
def test_money_of_which_nobody_knows_whose_it_is_is_told(read, words):
    tables = read(words)
    amount = "4.6亿元" if "8件" in words else "300万元"
    assert (46000 if "8件" in words else 300) not in tables["funding"]["amount_wan"].tolist()
    assert tables["unread"]["text"].str.contains(amount).any()
    assert len(tables["tasks"]) == (3 if "8件" in words else 2)


def test_money_of_an_items_own_works_stays_with_it(money):
    words = (
        TITLE + "1.新建幼儿园4所,改造校舍5栋。以上项目总投资300万元。\n2.改造卫生院3所。\n3.硬化公路120公里。"
    )
    assert money(words) == (3, [("total", 300)], ["1"])
