"""The region that a document speaks for: its title's, its issuer's, its page's; a place in the text only as a last help."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cached_property

from minshi_analysis.intake.identify.front import Front, Line
from minshi_analysis.intake.identify.identity import Found
from minshi_analysis.language import places, regions
from minshi_analysis.language.places import Mention
from minshi_analysis.language.regions import Region
from minshi_analysis.reading.blocks import Grid

__all__ = ["region_of"]

_LETTERS = "省市区县州盟旗镇乡"
# Words by which a government calls itself: 区政府, 我县, 全市.
_OWN = re.compile(
    rf"(?:^|[^\u4e00-\u9fff]|[年度关于对由、和经按将])([{_LETTERS}])(?=人民政府|政府|委[、,办]|府办|本?级?财政|人大|领导)"
    rf"|(?:全|我|本)([{_LETTERS}])(?![\u4e00-\u9fff]*?(?:部门|单位))"
)
_AGENCY = re.compile(
    rf"(?:^|[^\u4e00-\u9fff]|[由和])([{_LETTERS}])(?:直|属)?(?=[\u4e00-\u9fff]{{1,12}}?(?:局|委|厅|办|中心|联合会|残联|妇联))",
    re.M,
)
_OFFICE = re.compile(
    r"(?:第?[一二三四五六七八九十]{1,3}届)?(?:人民|人大|政府|政协|市?[省市区县州盟旗镇乡]?委(?!托)|党[委工]|办公|管委会|管理委员会|行政公署|"
    r"(?!今年|明年|去年|将|拟|再|新)[\u4e00-\u9fff]{0,12}(?:[局厅委署]|办(?![好理实\d])|中心|部门|领导小组|指挥部)|门户|政务|融媒|日报|发布)"
)
_PUBLISHER = re.compile(
    r"^(?:来源|信息来源|文章来源|发布机构|发文机关|发文机构|发布单位|发文单位|制发机关|公开主体|主办|主办单位|版权所有|网站名称)[:]"
)
_NATIONAL = re.compile(
    r"^(?:中华人民共和国|中共中央|国务院|国家(?:发展|卫生|统计|医疗|税务|能源|体育|文物|林业|乡村|疾病|广播|市场|数据)[\u4e00-\u9fff]{0,12}[委局署办]|"
    r"(?:教育|民政|财政|人力资源社?和?社会保障|住房和城乡建设|交通运输|水利|农业农村|文化和旅游|生态环境|自然资源|科学技术|工业和信息化|公安|司法|商务|"
    r"应急管理|退役军人事务)部(?![门分]))"
)
_OTHERS = re.compile(r"(?:对口(?:支援|帮扶|协作)|援|学习|借鉴|转发|赴|兄弟)$")

# A title that speaks of a street or a town without its name: 这一街道发布十大实事项目, 街道2023年实事项目, 在镇党委领导下.
_A_TOWN = re.compile(
    r"(?:^|[在由我本该这一此])(?:街道|镇|乡)(?=20\d\d|党|人民|政府|人大|今年|明年|发布|晒出|公布|办|民生|为民|实事|要)"
)

_MOSTLY_NO_NAME = ("城区", "郊区", "矿区")


def region_of(front: Front, title: str, headings: Sequence[str], year: int | None) -> Found | None:
    """The region with where it was found; a value of None with a sentence where the words leave it open."""
    evidence = _Evidence(front, title, headings, year)
    if re.match(r"全国|国务院|中华人民共和国|国家", title):
        return Found(_nation(), "the title", 0.95)
    found = (
        evidence.of_title()
        or evidence.of_list()
        or evidence.of_issuers()
        or evidence.of_page()
        or evidence.of_lead()
        or evidence.of_lines()
        or evidence.of_body()
        or evidence.of_file_name()
    )
    if (
        found
        and found.value
        and found.value.level in ("province", "city", "county")
        and _A_TOWN.search(title)
    ):
        return Found(found.value, f"{found.where}, but the title speaks of a town or a street", 0.5)
    return found


def _nation() -> Region:
    return Region(regions.NATION, None, "nation")


class _Evidence:
    """The places that a document names, by where it names them."""

    def __init__(self, front: Front, title: str, headings: Sequence[str], year: int | None):
        self.front, self.title, self.headings, self.year = front, title, headings, year
        issued = [line.text for line in front.lines if _is_office_line(line)]
        self.issued = [text for text in issued if text != title]
        about = front.document.about
        self.page = [about[key] for key in ("site", "title") if about.get(key)]
        self.own = next((a or b for a, b in _OWN.findall(title)), None)

    @cached_property
    def agencies(self) -> Counter[str]:
        """The kinds of governments whose offices the text names."""
        return Counter(_AGENCY.findall(self.front.body[:20_000]))

    @cached_property
    def letters(self) -> Counter[str]:
        """The kinds of governments that the text speaks of."""
        said = f"{self.title}\n{self.front.lead}"
        return Counter(a or b for a, b in _OWN.findall(said)) + self.agencies

    def of_title(self) -> Found | None:
        """The title's place, then those of its attachments' titles."""
        found = self._titled(self.title, "the title", 0.95)
        return found or next(
            (found for text in self.headings if (found := self._titled(text, "a heading", 0.85))), None
        )

    def _titled(self, text: str, where: str, sure: float) -> Found | None:
        """The place that a title speaks of, or why it is open; None where it names none."""
        found = [m for m in self._mentions(text) if not _OTHERS.search(text[: m.start])]
        found = [m for m in found if m.clear or where == "the title"]
        if not found:
            return None
        chosen = self._deepest(found)
        if chosen.unlisted and chosen.above:
            return Found(None, f"{chosen.above.name} has no {chosen.unlisted} in today's list", 0.0)
        if len(chosen.regions) > 1:
            told = self._told_apart(chosen.regions, where)
            weak = not chosen.clear or chosen.regions[0].name in _MOSTLY_NO_NAME
            return None if told.value is None and weak else told
        words = f"{text[chosen.start : chosen.end]!r} in {where}"
        apart = [m for m in found if m.region and not _same_line(m.region, chosen.region)]
        if apart:
            return Found(chosen.region, f"{words}, which names {apart[0].region.name} too", 0.5)
        return self._checked(chosen, words, sure)

    def of_list(self) -> Found | None:
        """A town or a zone whose own list the title, a heading or the first sentences name.

        The offices above it, whose decisions it follows (围绕区委、区政府决策部署), do not make it theirs.
        """
        texts = (("the title", self.title, 0.9), *(("a heading", text, 0.85) for text in self.headings))
        unclear = ""
        opening = "\n".join(line.text for line in self.front.lines if line.where == "text")[:2_000]
        for where, text, sure in (*texts, ("the text", opening, 0.75)):
            found = places.owners(text, self.year)
            told = [place for _, place in found if place and place.name.endswith(unclear)]
            if len(told) == 1 and all(told[0].name.endswith(name) for name, _ in found):
                return self._listed(told[0], where, sure)
            unclear = unclear or next((name for name, place in found if place is None), "")
        if not unclear:
            return None
        fuller = (found for found in (self.of_issuers(), self.of_page(), self.of_lead()) if found)
        named = next((f for f in fuller if f.value and f.value.name.endswith(unclear)), None)
        return named or Found(None, f"the list is of {unclear}, and nothing says of which", 0.0)

    def _listed(self, place: Region, where: str, sure: float) -> Found:
        """The place of a list, held against the lines that sign the document."""
        words = f"the list of {place.name} in {where}"
        signed = next((s for s in self._signed() if s.name != place.name), None)
        return (
            Found(place, f"{words}, but {signed.name} signs it", 0.5) if signed else Found(place, words, sure)
        )

    def of_issuers(self) -> Found | None:
        """A line that is an office of the place, or the label of one."""
        if any(_NATIONAL.match(text) for text in self.issued[:12]) and not self.letters:
            return Found(_nation(), "a national body issues it", 0.85)
        found = []
        for text in self.issued:
            for m in self._mentions(text):
                if _OFFICE.match(text, m.end) and (m.start <= 3 or _PUBLISHER.match(text)):
                    found.append((m, text))
        return self._chosen(found, 0.85)

    def of_page(self) -> Found | None:
        """The site that the page is of."""
        found = []
        for text in self.page:
            for m in self._mentions(text):
                if m.end == len(text) or _OFFICE.match(text, m.end):
                    found.append((m, text))
        return self._chosen(found, 0.7)

    def of_lead(self) -> Found | None:
        """An office of the place in the first sentences: 仁化县第十六届人民代表大会."""
        lead = self.front.lead[:600]
        found = [(m, lead) for m in self._mentions(lead) if _OFFICE.match(lead, m.end)]
        return self._chosen(found, 0.75)

    def of_lines(self) -> Found | None:
        """A line that is the place's name and nothing else, where only one place has such a line."""
        alone = {
            m.region
            for text in self.issued
            for m in self._mentions(text)
            if m.region and not m.short and m.start == 0 and m.end == len(text)
        }
        letter = self.own or self._letter()
        if len(alone) == 1 and letter in (None, (region := alone.pop()).name[-1]):
            return Found(region, f"a line {region.name!r} of its own", 0.7)
        return None

    def of_body(self) -> Found | None:
        """Places that the text names again and again; below a doubt where that is all there is."""
        counts: Counter[Region] = Counter()
        for m in self._mentions(self.front.body[:20_000]):
            if m.region is not None and not m.short and m.region.level in ("city", "county"):
                counts[m.region] += 1
        counts.update(self._columns())
        if not counts:
            return None
        letter = self._letter()
        parents = Counter(r.parent for r in counts if r.level == "county" and r.parent)
        code, children = parents.most_common(1)[0] if parents else (None, 0)
        above = regions.find(code) if code else None
        if above and children >= 3 and letter in (above.name[-1], None):
            return Found(above, f"{children} of its counties are named in the text", 0.7 if letter else 0.6)
        best, count = counts.most_common(1)[0]
        one_line = all(r == best or _related(r, best) for r in counts)
        if one_line and count >= 2 and letter == best.name[-1]:
            return Found(
                best, f"{best.name} is named {count} times in the text, and no place elsewhere", 0.65
            )
        return Found(best, f"{best.name} is only named in the text", 0.3)

    def of_file_name(self) -> Found | None:
        name = self.front.file_name
        found = [m for m in self._mentions(name) if m.region is not None]
        return Found(found[0].region, "the file's name", 0.6) if found else None

    # ------------------------------------------------------------------ what the evidence comes to

    def _mentions(self, text: str) -> list[Mention]:
        return places.mentions(text, self.year)

    def _deepest(self, found: Sequence[Mention]) -> Mention:
        """Of several places in one title the one within the first: 宁波市2023年民生实事江北区完成情况."""
        chosen = found[0]
        for m in found[1:]:
            if chosen.region and m.regions and chosen.region.adcode:
                under = tuple(
                    r for r in m.regions if r.adcode and regions.holds(chosen.region.adcode, r.adcode)
                )
                if len(under) == 1 and (m.clear or not m.short):
                    chosen = Mention(m.start, m.end, under, chosen.region, m.short, m.clear)
        return chosen

    def _checked(self, m: Mention, where: str, sure: float) -> Found:
        """A title's place, held against the lines that sign the document."""
        region = m.region
        signed = self._signed()
        below = [s for s in signed if region.adcode and s.adcode and regions.holds(region.adcode, s.adcode)]
        if below and region not in signed and self.own != region.name[-1]:
            return Found(region, f"{where}, but {below[0].name} signs it", 0.5)
        if (site := self._site_below(region)) is not None:
            return self._of_site(site, region, where, sure)
        if m.short and sure > 0.9:
            sure = 0.85
        if (
            self.own
            and self.own in "区县旗"
            and region.level in ("city", "province")
            and region.name[-1] != self.own
        ):
            return Found(region, f"{where}, but the title speaks of the {self.own}'s government", 0.5)
        if region.level in ("province", "city") and not self.agencies[region.name[-1]]:
            lower = next((letter for letter in "区县旗镇乡" if self.agencies[letter] >= 3), None)
            if lower:
                return Found(region, f"{where}, but the offices that answer for it are of a {lower}", 0.5)
        return Found(region, where, sure)

    def _signed(self) -> list[Region]:
        """The places whose governments sign the document, on a line of their own."""
        return [
            s.region
            for text in self.issued
            for s in self._mentions(text)
            if s.region
            and s.start == 0
            and re.match(r"(?:人民)?政府", text[s.end :])
            and len(text) - s.end <= 10
        ]

    def _site_below(self, region: Region) -> Region | None:
        """The place within a region whose government's site the page is of, where the site is of one only."""
        offices = {
            m.region
            for text in self.page
            for m in self._mentions(text)
            if m.region and m.start == 0 and _OFFICE.match(text, m.end)
        }
        if len(offices) != 1 or not region.adcode:
            return None
        (site,) = offices
        return site if site.adcode and regions.holds(region.adcode, site.adcode) else None

    def _of_site(self, site: Region, region: Region, where: str, sure: float) -> Found:
        """A place reports what it did of the items of the region above, or gives that region's own list: of its own are the
        offices that answer, of the region's the places that share."""
        body = self.front.body[:20_000]
        named = {m.region for m in self._mentions(body) if m.region and m.region.adcode} | set(
            self._columns()
        )
        others = [r for r in named if r not in (site, region) and regions.holds(region.adcode, r.adcode)]
        if len(others) > 1:
            return Found(region, where, sure)
        cells = [
            c.text for b in self.front.document.blocks if isinstance(b, Grid) for row in b.rows for c in row
        ]
        office = re.compile(rf"{site.short}[市县区旗]?(?:分局|[\u4e00-\u9fff]{{1,8}}?(?:局|大队|支队|公司))")
        if not others and any(map(office.search, cells or [body])):
            return Found(
                site, f"the page is of {site.name}, whose offices answer for it, not of {where}", 0.7
            )
        return Found(region, f"{where}, but the page is of {site.name}", 0.5)

    def _chosen(self, found: Sequence[tuple[Mention, str]], sure: float) -> Found | None:
        """The place that offices name: the one whose kind the document's own words name, else the first."""
        told = [(m, text) for m, text in found if m.region is not None]
        if not told:
            several = next((m.regions for m, _ in found if len(m.regions) > 1), ())
            return self._told_apart(several, "an office's name") if several else None
        letter = self.own or self._letter()
        for m, text in told:
            if letter is None or m.region.name.endswith(letter):
                where = f"the office {_piece(text, m)!r}"
                return Found(m.region, where, sure if letter else sure - 0.1)
        m, text = told[0]
        if self.own is None and letter not in ("县", "旗", "州", "盟", "省"):
            return Found(m.region, f"the office {_piece(text, m)!r}", 0.6)
        return Found(m.region, f"{_piece(text, m)!r}, but the text speaks of its {letter}", 0.4)

    def _told_apart(self, several: Iterable[Region], where: str) -> Found:
        """Of regions of one name the one whose path, or whose city, is named elsewhere."""
        several = tuple(several)
        texts = [*self.issued, *self.page, self.front.body[:20_000], self.front.file_name]
        named = [m for text in texts for m in self._mentions(text)]
        likely = {m.region for m in named if m.region in several}
        if not likely:
            others = {m.region.adcode for m in named if m.region and m.region.adcode}
            likely = {r for r in several if r.parent in others or f"{r.adcode[:2]}0000" in others}
        if len(likely) == 1:
            (one,) = likely
            return Found(one, f"{one.name} in {where}, {one.adcode} by the places in the text", 0.75)
        return Found(None, f"{several[0].name} is {regions.told(sorted(r.adcode for r in several))}", 0.0)

    def _letter(self) -> str | None:
        """The kind of government that the text calls its own, where it is clear."""
        best = self.letters.most_common(2)
        if not best or (len(best) == 2 and best[0][1] < 2 * best[1][1]):
            return None
        return best[0][0]

    def _columns(self) -> list[Region]:
        places = (regions.find(label) for label in self.front.labels)
        return [place for place in places if place is not None and place.level == "county"]


def _is_office_line(line: Line) -> bool:
    """A short line that is no sentence, or the label of a publisher."""
    if _PUBLISHER.match(line.text):
        return True
    return line.where != "table" and len(line.text) <= 44 and not re.search(r"[。;]", line.text)


def _same_line(a: Region, b: Region) -> bool:
    """Whether one is the other or holds it; a town or a zone is of the region before it."""
    return a == b or not a.adcode or not b.adcode or _related(a, b)


def _related(a: Region, b: Region) -> bool:
    codes = (a.adcode, b.adcode)
    return all(codes) and (regions.holds(*codes) or regions.holds(*reversed(codes)))


def _piece(text: str, m: Mention) -> str:
    office = re.match(r"[\u4e00-\u9fff]{0,10}", text[m.end :])
    return text[m.start : m.end] + (office[0] if office else "")
