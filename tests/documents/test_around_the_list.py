"""What stands around a list on a page and is none of its items: titles of other articles, the site's own words, news."""

from __future__ import annotations

import pytest

LIST = "某县2023年民生实事\n一是新建幼儿园4所;\n二是改造卫生院3所;\n三是硬化公路120公里。\n"


@pytest.mark.parametrize(
    "foot",
    [
        "更多范文:2022年某县十件实事完成情况  2023年政府工作报告范文(精选5篇)",
        "相关阅读:2022年某县10件民生实事完成情况(精选3篇)",
        "【延伸阅读】某市公布2023年20件民生实事 新建学校28所",
        "▶推荐阅读 某市2023年计划新建公园12个",
        "拓展阅读:某区新增停车位3000个",
        "上一篇:某市新建公厕20座",
        "下一篇：某区建成口袋公园15个",
        "猜你喜欢\n某市2023年计划新建公园12个\n某区新增停车位3000个",
        "往期精选|某市2023年计划新建公园12个",
        "大家都在看:某市2023年计划新建公园12个",
    ],
)
def test_titles_of_other_articles_promise_nothing(read, foot):
    tables = read(LIST + foot)
    assert tables["targets"]["value"].tolist() == [4, 3, 120]
    assert len(tables["tasks"]) == 3
    assert tables["unread"]["reason"].str.contains("related links").any()


def test_the_article_before_may_be_named_above_the_list(read):
    tables = read("上一篇:某市新建公厕20座\n" + LIST)
    assert tables["targets"]["value"].tolist() == [4, 3, 120]


@pytest.mark.parametrize(
    "foot",
    [
        "标题导航 | 版权所有 某某日报报业集团 | 网警备案",
        "关于我们|联系我们|版权所有:某县人民政府",
        "网站地图 | 浙ICP备05000001号 | 技术支持",
        "某县人民政府办公室承办 | 网站标识码3300000001",
    ],
)
def test_the_sites_own_line_is_no_task(read, foot):
    tables = read(LIST + foot)
    assert len(tables["tasks"]) == 3
    assert tables["unread"]["reason"].str.contains("left out of the page").any()


def test_words_that_only_begin_like_a_label_stay(read):
    tables = read("某县2023年民生实事\n1.更多内容丰富的文化活动下基层100场\n2.相关文件规定的危房改造20户\n")
    assert tables["targets"]["value"].tolist() == [100, 20]
