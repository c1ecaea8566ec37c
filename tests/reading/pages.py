"""Pages of sites built in several ways: what of each is the document, and what is the site's."""

from __future__ import annotations

from dataclasses import dataclass

TABLE = (
    "<table><tr><td>序号</td><td>项目内容</td><td>责任单位</td></tr>"
    "<tr><td>1</td><td>改造老旧小区31个</td><td>县住建局</td></tr>"
    "<tr><td>2</td><td>新增托位420个</td><td>县卫健局</td></tr>"
    "<tr><td>3</td><td>新建公厕17座</td><td>县城管局</td></tr></table>"
)
TABLE_WORDS = ("改造老旧小区31个", "新增托位420个", "新建公厕17座", "县城管局")
PROSE = (
    "<p>经县第十七届人民代表大会第四次会议票决,确定今年办好以下实事。</p><p>1.新建幼儿园3所,新增学位810个。</p>"
    "<p>2.改造农村公路64公里。</p><p>3.新建口袋公园5个。</p>"
)
PROSE_WORDS = ("新建幼儿园3所", "改造农村公路64公里", "新建口袋公园5个")


@dataclass(frozen=True)
class Page:
    name: str
    body: str
    kept: tuple[str, ...]
    gone: tuple[str, ...]

    @property
    def html(self) -> str:
        return f"<html><head><meta charset=utf-8><title>民生实事_某县人民政府</title></head><body>{self.body}</body></html>"


PAGES = (
    Page(
        "landmarks",
        "<header><img><a>登录</a></header><nav><a>首页</a><a>要闻</a></nav><main><h1>某县2024年民生实事</h1>"
        f"{PROSE}</main><aside>热点 全县一季度新增就业1260人</aside><footer>地址:人民路88号</footer>",
        PROSE_WORDS,
        ("要闻", "1260", "人民路88号"),
    ),
    Page(
        "names of classes",
        f"<div class='topBar'>今日气温12度</div><div id='main-nav'>概况 政务</div><h1>某县2024年民生实事</h1><div id='zoom'>{TABLE}</div>"
        "<div class='right_side'>去年新增停车位900个</div><div class='shareBox'>微信</div><div class='Foot'>热线12345</div>",
        TABLE_WORDS,
        ("今日气温12度", "概况", "900", "微信", "12345"),
    ),
    Page(
        "a page laid out by tables",
        "<table width=100%><tr><td colspan=2><a>首页</a> <a>政务公开</a> <a>互动交流</a></td></tr><tr><td valign=top>"
        "<div>点击排行</div><ul><li><a>全县新增就业1260人</a></li><li><a>新建公园77个</a></li></ul></td>"
        f"<td><h1>某县2024年民生实事</h1>{TABLE}{PROSE}</td></tr></table>",
        TABLE_WORDS + PROSE_WORDS,
        ("互动交流", "1260", "77个"),
    ),
    Page(
        "names that mislead: the document in a hot list on the right side",
        f"<div class='side right'><h1>某县2024年民生实事</h1><div class='hot list'>{PROSE}</div><div class='share'>{TABLE}</div></div>",
        TABLE_WORDS + PROSE_WORDS,
        (),
    ),
    Page(
        "a table within related links",
        f"<h1>某县2024年民生实事</h1>{PROSE}<div class='related'><p>相关附件</p>{TABLE}</div>",
        TABLE_WORDS + PROSE_WORDS,
        (),
    ),
    Page(
        "promises that are links",
        "<div class='nav'><a>首页</a></div><div class='content'><h1>某县2024年民生实事</h1><ul><li><a>新建幼儿园3所</a></li>"
        "<li><a>改造农村公路64公里</a></li><li><a>新建口袋公园5个</a></li></ul></div>",
        PROSE_WORDS,
        ("首页",),
    ),
    Page(
        "related links under a heading in the text",
        f"<div class='con'><h1>某县2024年民生实事</h1>{PROSE}<h3>相关链接</h3><ul><li><a>2023年新增托位55个</a></li>"
        "<li><a>2022年新增托位44个</a></li></ul><p>上一篇:<a>2021年建成公园66个</a></p></div>",
        PROSE_WORDS,
        ("55个", "44个", "66个", "相关链接"),
    ),
    Page(
        "paragraphs only",
        f"<p>您当前的位置:首页&gt;政务公开&gt;实事</p><h1>某县2024年民生实事</h1><p>浏览次数:3321 字号:[大 中 小] 打印</p>{PROSE}"
        "<p>推荐阅读</p><p><a>去年新增停车位900个</a></p><p><a>新建充电桩77个</a></p><p>版权所有:某县人民政府</p>",
        PROSE_WORDS,
        ("首页", "3321", "900", "77个", "版权所有"),
    ),
    Page(
        "much-read pages after the text, without a name",
        f"<div><h1>某县2024年民生实事</h1>{PROSE}</div><div><h4>阅读排行</h4><p>1 全县一季度新增就业1260人</p>"
        "<p>2 新增停车位900个</p></div><div>扫一扫在手机打开当前页</div>",
        PROSE_WORDS,
        ("1260", "900", "扫一扫"),
    ),
    Page(
        "a list of links beside the text, without a label",
        f"<div><h1>某县2024年民生实事</h1>{PROSE}</div><div><ul><li><a>全县一季度新增就业1260人</a></li><li><a>新增停车位900个</a></li>"
        "<li><a>新建充电桩77个</a></li></ul></div>",
        PROSE_WORDS,
        ("1260", "900", "77个"),
    ),
    Page(
        "an item that speaks of sharing and of the next page",
        "<h1>某县2024年民生实事</h1><p>1.建成共享单车停车点40处。</p><p>2.完成扫码分享服务点12个。</p><p>3.首页服务改版1次。</p>"
        "<p>责任单位:县教育局</p>",
        ("40处", "12个", "1次", "县教育局"),
        (),
    ),
    Page(
        "a last section of the plan that is called related tasks",
        f"<h1>某县2024年民生实事</h1>{PROSE}<h3>四、相关工作</h3><ul><li>4.新增充电桩150个</li><li>5.新建驿站9个</li></ul>",
        (*PROSE_WORDS, "150个", "9个"),
        (),
    ),
)
