"""What of a web page is the document: not its navigation, sidebars, related links, share bars, tools and footer.

Tags, names of classes, links and the labels that pages print (当前位置, 相关链接, 热点排行) tell what belongs to the
site. An element goes only if the document is not in it: tables of figures, sentences and headings keep it. What is left
out is named in the document's warnings, and stays in ``Document.about`` for who asks whose page it is.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from lxml import etree

from minshi_analysis.language.text import fold, tidy
from minshi_analysis.reading.blocks import Document, Grid, Paragraph

__all__ = ["about_page", "take_out", "without_noise"]

_TAGS = {"nav": "navigation", "footer": "footer", "aside": "sidebar", "header": "head of the site"}
_ROLES = {
    "navigation": "navigation",
    "banner": "head of the site",
    "contentinfo": "footer",
    "complementary": "sidebar",
    "search": "head of the site",
}
_NAMES = {
    "navigation": "nav navbar topnav mainnav subnav menu navigation crumb crumbs breadcrumb breadcrumbs pos position curpos "
    "location dqwz weizhi mianbao",
    "footer": "foot footer copyright bottombar",
    "head of the site": "top topbar header banner logo search login toolbar",
    "share bar": "share sharebar bdshare bdsharebuttonbox jiathis print ewm qrcode",
    "sidebar": "side sidebar rank ranking hot hotlist paihang phb",
    "related links": "related relate relation xgwz xgyd xgbd xglj recommend tuijian prevnext prenext pagination pagebar "
    "friendlink friendlinks yqlj comment comments",
}
_NAMED = {name: kind for kind, names in _NAMES.items() for name in names.split()}
# Labels of what belongs to the site: how a page's element, or a line of a copied page, begins.
_LABELS = (
    (r"您?(?:的|现在|当前)*(?:所在)?(?:的)?位置(?:是)?:|当前位置|网站首页|首页\s*[>›»/]", "navigation"),
    (
        r"(?:相关|推荐|延伸|更多|热门|最新)(?:链接|阅读|新闻|文章|报道|稿件|推荐|资讯|解读|信息)|友情链接|[上下]一[篇条页版]"
        r"|(?:相关|推荐|延伸|拓展|扩展|更多|热门|最新|精彩|往期)(?:阅读|链接|新闻|范文|文[章档件]|资料|内容|专题|回顾|精选|推荐)(?![\u4e00-\u9fff])"
        r"|(?:猜|也许|可能)你?(?:会|还)?(?:喜欢|感兴趣)|(?:大家|网友)[都还]?(?:在|爱)看",
        "related links",
    ),
    (
        r"(?:热点|热门|点击|阅读|新闻|浏览|人气|一周|本周|本月)(?:新闻|文章|内容)?排行|(?:热点|热门)(?:推荐|关注|专题)|排行榜",
        "sidebar",
    ),
    (r"-?分享(?:到|至)?(?:[:-]|$)|(?:用微信)?扫[一描]扫?|一键分享", "share bar"),
    (r"主办(?:单位)?:", "footer"),
    (
        r"版权所有|网站标识码|[\u4e00-\u9fff]ICP备|ICP备|友情链接|建议使用.{0,30}(?:浏览|分辨率)",
        "footer",
    ),
)
_LABEL = tuple((re.compile(rf"^[\[(<>·■◆▶►▲▼●★※*#|\s]*(?:{words})"), kind) for words, kind in _LABELS)
_BESIDE = re.compile(r"[上下]一[篇条]\s*:")  # the article before or behind this one, wherever it is named
_HOSTS = re.compile(r"主办(?:单位)?[:：]")
_SITE = re.compile(
    r"^(?:网站)?首页$|登录|注册|无障碍|关怀版|长者|适老|政务公开|政务服务|互动交流|网站地图|联系我们|繁[体體]|English|^EN$"
)
_BLOCK = frozenset(
    re.findall(
        r"\w+",
        "div section article p ul ol dl table tbody tr td nav footer aside header form center h2 h3 h4 h5 h6 li span a",
    )
)
_CONTAINERS = frozenset(("div", "section", "article", "main", "form", "center", "table", "tbody", "tr", "td"))
_HEADINGS = ("h2", "h3", "h4", "h5", "h6", "p", "strong", "b")
_TOOLS = re.compile(
    r"打印(?:本页|此页)?|关闭(?:窗口|本页)?|分享(?:到|至)?|收藏|字[号体]|(?:浏览|阅读|点击|访问)(?:次数|人次|数|量)|扫一扫在?手机打开当前页?面?|"
    r"微信|微博|QQ空间|朋友圈|无障碍(?:浏览|阅读)?|长者(?:模式|版)|关怀版|繁体版?|简体版?|返回顶部|保护视力色?|我要纠错|纠错|责任编辑|编辑|默认|超大|"
    r"智能问答|登录|注册|首页|EN|English"
)
_BESIDE_TOOLS = re.compile(
    r"(?:发布|发表|更新|成文|公开)?(?:日期|时间)|(?:信息|文章)?来源[:][^\s:]{0,20}|作者[:]?[^\s:]{0,8}|(?<=编辑:)[\u4e00-\u9fff]{2,4}|人次|次数|[大中小](?=[\s\])]|$)|"
    r"(?<=[\s\[(])[大中小]|\d+|[^\w\u4e00-\u9fff]+|[年月日次]"
)
_NUMBERS = "page numbers"
_PAGE = re.compile(
    r"[-—–]{1,2}\d{1,4}[-—–]{1,2}|第?\d{1,4}页(?:[,/]?共\d{1,4}页)?|第[一二三四五六七八九十百]+页"
)
_ITEM = re.compile(
    r"^(?:[一二三四五六七八九十]{1,3}、|[(（][一二三四五六七八九十\d]{1,3}[)）]|\d{1,2}[.、．])"
)


def about_page(root: etree._Element) -> dict[str, str]:
    """What a page says of itself in its head: its title, its site, when it was published."""
    found: dict[str, str] = {}
    title = root.find(".//title")
    if title is not None and (text := " ".join("".join(title.itertext()).split())):
        found["title"] = text
    named = {"sitename": "site", "og:site_name": "site", "pubdate": "published", "articletitle": "title"}
    for meta in root.iter("meta"):
        key = named.get((meta.get("name") or meta.get("property") or "").lower())
        if key and (content := (meta.get("content") or "").strip()):
            found[key] = content
    return found


def take_out(root: etree._Element) -> tuple[list[str], list[str]]:
    """Take what is not the document out of a page's tree.

    Returns
    -------
    list of str, list of str
        The lines that went, and what they were.

    Examples
    --------
    >>> from lxml import html
    >>> page = html.fromstring("<body><ul class=nav><li><a>首页</a></ul><p>新建幼儿园3所。</p></body>")
    >>> take_out(page), page.text_content()
    ((['首页'], ['navigation']), '新建幼儿园3所。')
    """
    body = root.find(".//body")
    body = root if body is None else body
    page = _Page(body)
    lines: list[str] = []
    kinds: list[str] = []
    for element, kind in list(page.foreign()):
        if element.getparent() is not None:
            lines += _lines(element)
            kinds.append(kind)
            element.drop_tree()
    return lines, kinds


@dataclass(slots=True)
class _Measure:
    """How much text an element holds in links and outside, how many links, and how many sentences outside."""

    free: int = 0
    linked: int = 0
    links: int = 0
    sentences: int = 0

    @property
    def density(self) -> float:
        return self.linked / max(1, self.free + self.linked)

    def add(self, text: str | None, in_link: bool) -> None:
        if text and (size := len("".join(text.split()))):
            if in_link:
                self.linked += size
            else:
                self.free += size
                self.sentences += text.count("。")

    def take(self, other: _Measure) -> None:
        self.free += other.free
        self.linked += other.linked
        self.links += other.links
        self.sentences += other.sentences


class _Page:
    """A page's elements and what in them is the site's."""

    def __init__(self, body: etree._Element) -> None:
        self.body = body
        self.sizes = _measured(body)
        self.whole = self.sizes[body].free
        self.main = self._main()
        self.labels = _labels("".join(body.itertext()))

    def foreign(self) -> Iterator[tuple[etree._Element, str]]:
        """Elements that are not the document's, the outer before the inner."""
        todo = [self.body]
        while todo:
            element = todo.pop()
            gone: set[etree._Element] = set()
            for child in element:
                if not isinstance(child.tag, str) or child in gone or child.tag not in _BLOCK:
                    continue
                kind = self._kind(child)
                if kind and not self._holds_document(child, kind):
                    yield child, kind
                    for more in self._what_follows(child, kind):
                        gone.add(more)
                        yield more, kind
                elif len(child):
                    todo.append(child)

    def _main(self) -> etree._Element:
        """The innermost element that holds most of the text outside links."""
        main = self.body
        while True:
            inner = [
                c for c in main if c.tag in _CONTAINERS and self.sizes[c].free >= 0.6 * max(1, self.whole)
            ]
            if not inner:
                return main
            main = inner[0]

    def _kind(self, element: etree._Element) -> str | None:
        """What of the site an element seems to be."""
        if element.tag in ("td", "tr", "tbody", "li", "span") and not self._lays_out(element):
            return "navigation" if element.tag == "td" and self._leads_on(element) else None
        role = _ROLES.get((element.get("role") or "").lower())
        named = role or _TAGS.get(element.tag) or _named(element)
        if named:
            return named
        text = fold(tidy("".join(_texts(element, 60))))
        label = next((kind for pattern, kind in self.labels if pattern.search(text)), None)
        if label:
            return label
        if self._leads_on(element):
            return "navigation"
        size = self.sizes[element]
        outside = not _is_or_holds(element, self.main) and self.main not in element.iterancestors()
        if outside and element.tag in ("ul", "ol", "div", "dl") and size.links >= 3 and size.density >= 0.7:
            return "related links"
        return None

    def _leads_on(self, element: etree._Element) -> bool:
        """Whether it is a row of links to the parts of a site."""
        size = self.sizes[element]
        return size.links >= 2 and size.density >= 0.7 and any(map(_SITE.search, _link_texts(element)))

    def _lays_out(self, element: etree._Element) -> bool:
        """Whether a cell or an item is of a table that only places things: it holds blocks of its own."""
        return element.tag == "td" and any(child.tag in ("div", "ul", "table", "nav") for child in element)

    def _holds_document(self, element: etree._Element, kind: str) -> bool:
        """Whether the document stands in an element, or much of it."""
        size = self.sizes[element]
        if element.find(".//h1") is not None or (
            _is_or_holds(element, self.main) and self.main is not self.body
        ):
            return True
        if size.free > 0.5 * self.whole and size.density < 0.5:
            return True
        if any(self._is_data(table) for table in element.iter("table")):
            return True
        return size.sentences >= 2 and kind != "footer" and size.density < 0.5

    def _is_data(self, table: etree._Element) -> bool:
        """Whether a table is one of the document's: three rows of two cells with text outside links."""
        rows = (
            sum(c.tag in ("td", "th") and self.sizes[c].free > 0 for c in row) for row in table.iter("tr")
        )
        return sum(filled >= 2 for filled in rows) >= 3

    def _what_follows(self, element: etree._Element, kind: str) -> Iterator[etree._Element]:
        """The siblings that a label of its own stands over: lists and lines of links, to the end of their parent."""
        if element.tag not in _HEADINGS or kind not in ("related links", "sidebar"):
            return
        for after in element.itersiblings():
            if not isinstance(after.tag, str):
                continue
            size = self.sizes[after]
            if self._holds_document(after, kind) or re.match("h[1-6]", after.tag):
                return
            if (
                after.tag not in ("ul", "ol", "dl")
                and size.links == 0
                and _ITEM.match("".join(_texts(after, 20)).strip())
            ):
                return
            yield after


def _named(element: etree._Element) -> str | None:
    """What a class or an id calls an element: share-box, TopNav, right_side."""
    words = f"{element.get('class') or ''} {element.get('id') or ''}"
    parts = re.findall(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])", words)
    return next((_NAMED[part.lower()] for part in parts if part.lower() in _NAMED), None)


def _measured(body: etree._Element) -> dict[etree._Element, _Measure]:
    """The measure of every element, in one pass."""
    sizes: dict[etree._Element, _Measure] = {}
    links = 0  # around the place
    for event, node in etree.iterwalk(body, events=("start", "end")):
        silent = not isinstance(node.tag, str) or node.tag in ("script", "style")
        if event == "start":
            links += node.tag == "a"
            sizes[node] = _Measure()
            if not silent:
                sizes[node].add(node.text, links > 0)
            continue
        size = sizes[node]
        if node.tag == "a":
            links -= 1
            size.links += size.linked > 0
        if node is not body:
            above = sizes[node.getparent()]
            above.take(size)
            above.add(node.tail, links > 0)
    return sizes


def _texts(element: etree._Element, enough: int) -> Iterator[str]:
    """The beginning of an element's text."""
    seen = 0
    for text in element.itertext():
        yield text
        seen += len(text.strip())
        if seen > enough:
            return


def _link_texts(element: etree._Element) -> Iterator[str]:
    for link in element.iter("a"):
        yield "".join("".join(link.itertext()).split())


def _is_or_holds(element: etree._Element, other: etree._Element) -> bool:
    return element is other or element in other.iterancestors()


def _lines(element: etree._Element) -> list[str]:
    return [line for text in element.itertext() if (line := tidy(text).strip())]


def without_noise(document: Document) -> Document:
    """A document without the lines that its page printed around it, and with one sentence on what is left out.

    Examples
    --------
    >>> from minshi_analysis.reading.text import parse
    >>> said = without_noise(parse("当前位置:首页>政务公开\\n新建幼儿园3所。\\n打印 关闭 分享到:\\n"))
    >>> [block.text for block in said.blocks], said.warnings
    (['新建幼儿园3所。'], ('left out of the page: navigation, tools of the page',))
    """
    about = dict(document.about)
    kinds = about.pop("left_out", "").split("|") if about.get("left_out") else []
    kept: list[Paragraph | Grid] = []
    gone: list[Paragraph | Grid] = []
    under: str | None = None
    last = len(document.blocks)
    pages = _page_edges(document.blocks)
    labels = _labels("\n".join(block.text for block in document.blocks if isinstance(block, Paragraph)))
    for number, block in enumerate(document.blocks):
        late = number >= last // 2
        kind, under = (pages[number], under) if number in pages else _noise(block, under, labels, late)
        if kind:
            gone.append(block)
            kinds.append(kind)
        else:
            kept.append(block)
    if not kinds:
        return document
    if not kept:  # a page of nothing else is read as it stands
        return replace(document, about=about)
    told = ", ".join(
        kind for kind in dict.fromkeys(kinds) if kind != _NUMBERS
    )  # nobody misses a page's number
    lines = [about["page"]] if about.get("page") else []
    lines += [text for block in gone for text in _printed(block)]
    return replace(
        document,
        text=_blanked(document.text, [(block.start, block.end) for block in gone]),
        blocks=tuple(kept),
        warnings=(*document.warnings, *([f"left out of the page: {told}"] if told else ())),
        about=about | {"page": "\n".join(lines)},
    )


def _page_edges(blocks: Sequence[Paragraph | Grid]) -> dict[int, str]:
    """Printed page numbers, and the lines beside them that recur from page to page."""
    lines = {i: b.said.norm for i, b in enumerate(blocks) if isinstance(b, Paragraph) and len(b.text) <= 60}
    numbers = [i for i, text in lines.items() if _PAGE.fullmatch(text)]
    beside = [j for i in numbers for j in (i - 1, i + 1) if j in lines and j not in numbers]
    often = Counter(lines[j] for j in beside)
    heads = {j: "running heads" for j in beside if often[lines[j]] >= 3}
    return dict.fromkeys(numbers, _NUMBERS) | heads


def _labels(text: str) -> Sequence[tuple[re.Pattern[str], str]]:
    """The labels of what belongs to the site of a page with this text: a site names who runs it once, a list of items
    says 主办单位 of each."""
    return (
        _LABEL if len(_HOSTS.findall(text)) < 2 else [(p, kind) for p, kind in _LABEL if not p.match("主办:")]
    )


def _noise(
    block: Paragraph | Grid, under: str | None, labels: Sequence[tuple[re.Pattern[str], str]], late: bool
) -> tuple[str | None, str | None]:
    """What of a page a block is, and the label that the blocks after it stand under."""
    if isinstance(block, Grid):
        if len(block.rows) > 1:
            return None, None
        if _is_tools(fold(tidy(" ".join(c.text for c in block.rows[0])))):
            return "tools of the page", under
        found = (_label_of(cell.said.folded, labels) for cell in block.rows[0] if late)
        return ("footer", under) if any(one and one[0] == "footer" for one in found) else (None, None)
    text = block.said.folded
    if len(text) > 200:
        return None, None
    parts = [text, *text.split("|")] if "|" in text else [text]  # 标题导航 | 版权所有 某某报社 | 网警备案
    label = next(filter(None, (_label_of(part, labels) for part in parts)), None)
    if label and "。" not in text:
        kind, match = label
        rest = match.string[match.end() :].strip(" :>-·")
        below = (
            kind
            if kind in ("related links", "sidebar") and late and not match[0].endswith(("篇", "条"))
            else None
        )
        if (
            kind in ("navigation", "share bar")
            or _BESIDE.match(text)
            or (kind == "footer" and not _HOSTS.match(match[0]))
            or not rest
            or late
        ):
            return kind, below
    if _is_tools(text):
        return "tools of the page", under
    if under and len(text) <= 80 and "。" not in text and not _ITEM.match(text):
        return under, under
    return None, None


def _label_of(text: str, labels: Sequence[tuple[re.Pattern[str], str]]) -> tuple[str, re.Match[str]] | None:
    """What of the site a line's label says that it is, and the label."""
    return next(((kind, m) for pattern, kind in labels if (m := pattern.search(text))), None)


def _is_tools(text: str) -> bool:
    """Whether a line holds nothing but the tools and the counters of a page, perhaps with a date beside them."""
    if len(text) > 150 or "。" in text or _ITEM.match(text) or not _TOOLS.search(text):
        return False
    rest = _BESIDE_TOOLS.sub(" ", text)
    rest = _TOOLS.sub(" ", rest)
    return len(re.sub(r"[^\u4e00-\u9fffA-Za-z]", "", rest)) <= 4


def _printed(block: Paragraph | Grid) -> Iterable[str]:
    if isinstance(block, Paragraph):
        return [block.text]
    return [" ".join(cell.text for cell in row) for row in block.rows]


def _blanked(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """The text with blanks for what is left out: all offsets stay as they are."""
    parts, at = [], 0
    for start, end in spans:
        parts += [text[at:start], re.sub(r"[^\n]", " ", text[start:end])]
        at = end
    return "".join((*parts, text[at:]))
