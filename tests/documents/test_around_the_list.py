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


NEWS = (
    "本报讯(记者 王某)昨日下午,市人大常委会举行通报会,通报民生实事项目落实情况,10个民生实事项目全面落实",
    "某某网1月22日讯(通讯员)去年以来,县委、县政府高度重视民生实事项目,10个民生实事项目全面完成",
    "记者从县政府获悉,10个民生实事项目全面完成",
    "1月12日,记者从县人大常委会了解到,10个民生实事项目全部落实",
)


@pytest.mark.parametrize("news", NEWS)
def test_how_an_article_begins_is_no_task(read, news):
    words = (
        f"磐安县2023年10个民生实事项目全面落实\n{news}。\n"
        "幼儿园建设。全年新建幼儿园48所,超额完成40所的年度目标任务。\n"
        "公厕建设。全年新建公厕19座,超额完成15座的年度目标任务。\n"
        "停车位建设。全年新增停车位682个,超额完成600个的年度目标任务。\n"
    )
    tables = read(words, kind="completion")
    assert tables["targets"]["value"].tolist() == [40, 15, 600]
    assert not tables["tasks"]["text"].str.contains("实事项目").any()
    assert len(tables["tasks"]) == 3


@pytest.mark.parametrize(
    ("rest", "of"),
    [
        ("其余由市、县(区)自筹", "公园5个"),
        ("不足部分由县财政统筹解决", "公园5个"),
        ("所需资金由各乡镇承担", "公园5个"),
        ("提升城区环境品质", "公园5个"),
        ("改善群众居住条件", "公园5个"),
        ("增强群众获得感", "公园5个"),
    ],
)
def test_the_rest_of_a_sentence_is_no_task(read, rest, of):
    words = (
        f"磐安县2023年民生实事\n1.美丽县城工程。改造小区9个,新建{of},{rest}。\n2.教育工程。新建幼儿园4所。\n"
    )
    texts = read(words)["tasks"]["text"].tolist()
    assert texts == ["改造小区9个", f"新建{of},{rest}", "新建幼儿园4所"]


def test_a_clause_that_says_what_is_done_stays_a_task(read):
    words = "磐安县2023年民生实事\n1.美丽县城工程。改造小区9个,推进垃圾分类。\n2.教育工程。新建幼儿园4所。\n"
    assert read(words)["tasks"]["text"].tolist() == ["改造小区9个", "推进垃圾分类", "新建幼儿园4所"]
