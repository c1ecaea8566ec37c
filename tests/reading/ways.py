"""Ways in which the number that is seen differs from the number in the file, format by format.

Each is (the way, what is written into the file, what a person sees, what is to be read). What is to be read is the
quantity, or "told": no quantity, and a reason or a warning. Expected values come from looking at the page.
"""

from __future__ import annotations

# The body of a page, behind a style sheet.
SHEET = (
    ".gone{text-decoration:line-through}.hide{display:none}#one{display:none}p.note b{visibility:hidden}"
    ".no{font:0/0 a}.pale{color:#fefefe}.far{position:absolute;left:-999em}.out{text-indent:-9999px}"
    ".clear{opacity:0!important}.high{vertical-align:super;font-size:60%}.flat{height:0;overflow:hidden}"
    ".box{background:#123;color:#fff}@media screen{.screen{display:none}}@media print{.print{display:none}}"
    ".one::before{content:'1'}.back{unicode-bidi:bidi-override;direction:rtl}.turn{display:flex;flex-direction:row-reverse}"
    "ins{text-decoration:none}i.x~u{display:none}"
    "[data-old]{display:none}[class^=old]{display:none}[lang|=en]{display:none}[data-x$=OLD i]{display:none}"
    "span.row b:nth-child(1){display:none}span.last b:last-child{display:none}span.not b:not(.k){display:none}"
    "span.is :is(u,tt){display:none}span.nest{tt{display:none}&.too tt{display:none}}"
    "@supports (display:block){.can{display:none}}@layer base{.laid{display:none}}@media all{.all{display:none}}"
    "@media (min-width:640px){.sm\\:hidden{display:none}}@media (max-width:600px){.small{display:none}}"
    "@media screen and (min-width:40em) and (orientation:landscape){.wide{display:none}}"
    ":root{--gone:none;--pale:#fff}.var{display:var(--gone)}.ink{color:var(--pale)}.other{display:var(--no,none)}"
    ".minus::before{content:'-'}.many::after{content:'万'}.share::after{content:'%'}.words::after{content:'（预计）'}"
    ".says::after{content:attr(data-n)}.up{font-variant-position:super}"
)
_HIDES = {
    "class": "<span class=hide>{}</span>",
    "id": "<span id=one>{}</span>",
    "hidden": "<span hidden>{}</span>",
    "until found": "<span hidden=until-found>{}</span>",
    "display": "<b style='display:none'>{}</b>",
    "display, important": "<b style='display:none !important'>{}</b>",
    "display in capitals": "<b STYLE='DISPLAY:NONE'>{}</b>",
    "visibility": "<b style='visibility:hidden'>{}</b>",
    "visibility, collapsed": "<b style='visibility:collapse'>{}</b>",
    "opacity": "<b style='opacity:0'>{}</b>",
    "opacity in hundredths": "<b style='opacity:0%'>{}</b>",
    "opacity of a class": "<b class=clear>{}</b>",
    "filter": "<b style='filter:opacity(0)'>{}</b>",
    "no size": "<b style='font-size:0'>{}</b>",
    "one pixel": "<b style='font-size:1px'>{}</b>",
    "no size, in short": "<b style='font:0/0 a'>{}</b>",
    "no size, of a class": "<b class=no>{}</b>",
    "white": "<b style='color:#fff'>{}</b>",
    "white by name": "<b style='color:white'>{}</b>",
    "white by numbers": "<b style='color:rgb(255,255,255)'>{}</b>",
    "white by angles": "<b style='color:hsl(0,0%,100%)'>{}</b>",
    "white by an old tag": "<font color=white>{}</font>",
    "nearly white": "<b class=pale>{}</b>",
    "transparent": "<b style='color:transparent'>{}</b>",
    "nearly transparent": "<b style='color:rgba(0,0,0,0.01)'>{}</b>",
    "transparent fill": "<b style='-webkit-text-fill-color:transparent'>{}</b>",
    "black on black": "<b style='background:#000'>{}</b>",
    "red on red": "<b style='color:#c00;background-color:#c00'>{}</b>",
    "off the page": "<b style='position:absolute;left:-9999px'>{}</b>",
    "off the page, of a class": "<b class=far>{}</b>",
    "off the page, upwards": "<b style='position:fixed;top:-2000px'>{}</b>",
    "off the page, moved": "<b style='display:inline-block;transform:translateX(-9999px)'>{}</b>",
    "for readers aloud": "<b class=sr-only>{}</b>",
    "for readers aloud too": "<b class=visually-hidden>{}</b>",
    "no room": "<b style='display:inline-block;width:0;overflow:hidden'>{}</b>",
    "no height": "<b style='display:inline-block;height:0;overflow:hidden'>{}</b>",
    "no height, of a class": "<b class=flat style='display:inline-block'>{}</b>",
    "clipped": "<b style='position:absolute;clip:rect(0,0,0,0)'>{}</b>",
    "clipped by a path": "<b style='clip-path:inset(100%)'>{}</b>",
    "scaled away": "<b style='display:inline-block;transform:scale(0)'>{}</b>",
    "for the screen": "<b class=screen>{}</b>",
    "a note": "<!-- {} -->",
    "a script": "<script>{}</script>",
    "a template": "<template>{}</template>",
    "a choice": "<select><option>{}</option></select>",
    "a dialog": "<dialog>{}</dialog>",
    "beside": "<i class=x></i><u>{}</u>",
    "Word's own": "<span style='mso-hide:all'>{}</span>",
    "by an attribute": "<b data-old=x>{}</b>",
    "by the head of an attribute": "<b class=older>{}</b>",
    "by an attribute's language": "<b lang=en-US>{}</b>",
    "by the end of an attribute, in any case": "<b data-x=very-old>{}</b>",
    "the first child": "<span class=row><b>{}</b></span>",
    "the last child": "<span class=last><i></i><b>{}</b></span>",
    "all but a class": "<span class=not><b>{}</b></span>",
    "one of several": "<span class=is><tt>{}</tt></span>",
    "by a rule in a rule": "<span class=nest><tt>{}</tt></span>",
    "by what a page supports": "<b class=can>{}</b>",
    "by a layer": "<b class=laid>{}</b>",
    "for all media": "<b class=all>{}</b>",
    "for a wide screen, a class of signs": "<b class='sm:hidden'>{}</b>",
    "for a wide screen on its side": "<b class=wide>{}</b>",
    "by a variable": "<b class=var>{}</b>",
    "by a variable's colour": "<b class=ink>{}</b>",
    "by a variable that nobody gives": "<b class=other>{}</b>",
    "in the colour of its own ground": "<b style='background:currentColor'>{}</b>",
    "white by whiteness": "<b style='color:hwb(0 100% 0%)'>{}</b>",
    "white by lightness": "<b style='color:oklch(1 0 0)'>{}</b>",
    "fainter and fainter": "<i style='opacity:.2'><b style='opacity:.2'>{}</b></i>",
    "blurred": "<b style='filter:blur(20px)'>{}</b>",
    "its content not drawn": "<b style='display:inline-block;content-visibility:hidden'>{}</b>",
    "scaled away by itself": "<b style='display:inline-block;scale:0'>{}</b>",
    "zoomed away": "<b style='zoom:.01'>{}</b>",
    "lines of no height": "<b style='display:inline-block;line-height:0;overflow:hidden'>{}</b>",
    "clipped to a point": "<b style='clip-path:polygon(0 0,0 0,0 0)'>{}</b>",
    "a box that pops up": "<b popover>{}</b>",
    "words of a bar": "<progress>{}</progress>",
}
_STRIKES = {
    "del": "<del>{}</del>",
    "s": "<s>{}</s>",
    "strike": "<strike>{}</strike>",
    "line through": "<b style='text-decoration:line-through'>{}</b>",
    "line through, with more": "<b style='text-decoration:underline line-through red'>{}</b>",
    "line through, long name": "<b style='text-decoration-line:line-through'>{}</b>",
    "line through, of a class": "<b class=gone>{}</b>",
    "line through, from outside": "<del><b><i>{}</i></b></del>",
    "line through, not undone inside": "<del><b style='text-decoration:none'>{}</b></del>",
}
HTML = [
    *(
        (f"hidden: {way}", f"新增停车位{code.format('1')}500个", "500", "500 个")
        for way, code in _HIDES.items()
    ),
    *(
        (f"struck: {way}", f"新增停车位{code.format('1000')}800个", "800", "800 个")
        for way, code in _STRIKES.items()
    ),
    *(
        (f"struck between: {way}", f"新增停车位100{code.format('20')}300个", "100 300", "told")
        for way, code in _STRIKES.items()
    ),
    ("struck and inserted", "新增停车位<del>1000</del><ins>800</ins>个", "800", "800 个"),
    ("struck behind", "新增停车位800<s>0</s>个", "800", "800 个"),
    ("struck, undone", "新增停车位<s style='text-decoration:none'>800</s>个", "800", "800 个"),
    ("raised note", "新增停车位1200<sup>1</sup>个", "1200¹", "1200 个"),
    ("raised note, a link", "新增停车位1200<sup><a href=#n>[1]</a></sup>个", "1200[1]", "1200 个"),
    ("raised note in a link", "新增停车位1200<a href=#n><sup>2</sup></a>个", "1200²", "1200 个"),
    ("raised by a style", "新增停车位1200<b style='vertical-align:super'>3</b>个", "1200³", "1200 个"),
    ("raised by a class", "新增停车位1200<b class=high>3</b>个", "1200³", "1200 个"),
    (
        "raised by points",
        "新增停车位1200<b style='vertical-align:6px;font-size:9px'>3</b>个",
        "1200³",
        "1200 个",
    ),
    (
        "raised by a place",
        "新增停车位1200<b style='position:relative;top:-6px;font-size:9px'>3</b>个",
        "1200³",
        "1200 个",
    ),
    ("lowered note", "新增停车位1200<sub>1</sub>个", "1200₁", "1200 个"),
    ("square", "新增绿地1200m<sup>2</sup>", "1200m²", "1200 平方米"),
    ("square kilometres", "新增绿地12km<sup>2</sup>", "12km²", "12 平方公里"),
    ("power", "新增绿地3×10<sup>4</sup>平方米", "3×10⁴", "told"),
    ("over the line", "新增停车位<ruby>500<rt>1</rt></ruby>个", "500", "500 个"),
    ("white on a dark ground", "新增停车位<b class=box>500</b>个", "500", "500 个"),
    ("not for print", "新增停车位<b class=print>500</b>个", "500", "500 个"),
    (
        "small, then large",
        "新增停车位<i style='font-size:0'><b style='font-size:14px'>500</b></i>个",
        "500",
        "500 个",
    ),
    (
        "hidden, then shown",
        "新增停车位<i style='visibility:hidden'>1<b style='visibility:visible'>500</b></i>个",
        "500",
        "500 个",
    ),
    ("a digit that the sheet prints", "新增停车位<b class=one></b>500个", "1500", "told"),
    ("turned round", "新增停车位<bdo dir=rtl>0051</bdo>个", "1500", "told"),
    ("turned round by a class", "新增停车位<b class=back>0051</b>个", "1500", "told"),
    ("turned round by signs", "新增停车位\u202e0051\u202c个", "1500", "told"),
    (
        "in other order",
        "<span class=turn><b>个</b><b>500</b><b>新增停车位1</b></span>",
        "新增停车位1500个",
        "told",
    ),
    ("a picture of a digit", "新增停车位1<img src=5.gif>00个", "1500", "told"),
    ("a field", "新增停车位<input value=1>500个", "1 500", "told"),
    ("a formula", "新增停车位1<math><mn>5</mn></math>00个", "1500", "told"),
    ("a fraction", "新增停车位1<math><mfrac><mn>1</mn><mn>2</mn></mfrac></math>万个", "1½万", "told"),
    ("a drawing of a digit", "新增停车位1<svg><text>5</text></svg>00个", "1500", "told"),
    ("a frame", "新增停车位1<iframe src=5.html></iframe>00个", "1500", "told"),
    ("space that does not break", "新增停车位1&nbsp;500个", "1 500", "1500 个"),
    ("thin space", "新增停车位1&thinsp;500个", "1 500", "1500 个"),
    ("space of no width", "新增停车位1&#8203;500个", "1500", "1500 个"),
    ("a place to break", "新增停车位1<wbr>500个", "1500", "1500 个"),
    ("a soft hyphen", "新增停车位1&shy;500个", "1500", "1500 个"),
    ("a blank of many", "新增停车位1&emsp;&emsp;500个", "1    500", "told"),
    ("wide digits", "新增停车位１５００个", "1500", "1500 个"),
    ("digits of another script", "新增停车位١٥٠٠个", "1500", "1500 个"),
    ("bold digits of mathematics", "新增停车位𝟏𝟓𝟎𝟎个", "1500", "1500 个"),
    ("letters for digits", "新增停车位15OO个", "15OO", "told"),
    ("a circled digit", "新增停车位①500个", "①500", "500 个"),
    ("entities", "新增停车位&#49;&#x35;00个", "1500", "1500 个"),
    ("minus", "新增停车位-1500个", "-1500", "told"),
    ("minus, as printed", "新增停车位&minus;1500个", "−1500", "told"),
    ("minus, small", "新增停车位﹣1500个", "-1500", "told"),
    ("in brackets", "新增停车位(1500)个", "(1500)", "told"),
    ("comma and space", "新增停车位1, 500个", "1, 500", "told"),
    ("half a group", "新增停车位1,50个", "1,50", "told"),
    ("a high comma", "新增停车位1'500个", "1'500", "told"),
    ("a dot in the middle", "新增停车位1·5千个", "1·5千", "told"),
    ("two words of scale", "新增停车位1千5百个", "1千5百", "1500 个"),
    ("a slash", "新增停车位1500/2个", "1500/2", "told"),
    ("a sum", "新增停车位50+30个", "50+30", "told"),
    ("for a small screen", "新增停车位<b class=small>1</b>500个", "1500", "1500 个"),
    ("folded", "<details><summary>新建书房5家</summary>停车位1500个</details>", "新建书房5家", "5 家"),
    ("folded, in a line", "新建书房5家<details>停车位1500个</details>", "新建书房5家", "5 家"),
    ("unfolded", "<details open><summary>见下</summary>停车位1500个</details>", "1500", "1500 个"),
    ("a minus that the sheet prints", "新增停车位<b class=minus>150</b>个", "-150", "told"),
    ("a scale that the sheet prints", "新增停车位<b class=many>15</b>个", "15万", "told"),
    ("a sign that the sheet prints", "占比<b class=share>15</b>", "15%", "told"),
    ("words that the sheet prints", "新增停车位<b class=words>150个</b>", "150个（预计）", "150 个"),
    ("a digit of an attribute", "新增停车位<b class=says data-n=1></b>500个", "1500", "told"),
    ("raised by its glyphs", "新增停车位1200<b class=up>1</b>个", "1200¹", "1200 个"),
    ("upside down", "新增停车位<b style='transform:rotate(180deg)'>6</b>00个", "900", "told"),
    ("in a mirror", "新增停车位<b style='transform:scaleX(-1)'>0051</b>个", "1500", "told"),
    ("one over the other", "新增停车位<b style='letter-spacing:-1em'>1500</b>个", "?", "told"),
    ("as dots", "新增停车位<b style='-webkit-text-security:disc'>1500</b>个", "••••", "told"),
    (
        "in an order of its own",
        "<span style='display:flex'><b style='order:2'>500个</b><b style='order:1'>新增停车位1</b></span>",
        "新增停车位1500个",
        "told",
    ),
    ("set aside", "新增停车位100<b style='float:right'>20</b>个", "100 个 20", "told"),
    ("laid over", "新增停车位500<b style='position:absolute;left:0'>800</b>个", "?", "told"),
    ("drawn back", "新增停车位100<b style='margin-left:-24px;background:#fff'>800</b>个", "800", "told"),
    ("a formula behind", "新增停车位15<math><mn>00</mn></math>个", "1500", "told"),
    ("a formula before", "新增停车位<math><mn>15</mn></math>00个", "1500", "told"),
    ("a drawing behind", "新增停车位15<svg><text>00</text></svg>个", "1500", "told"),
    ("a measure drawn", "新增停车位1<meter value=5>5</meter>00个", "1 00", "told"),
]

# The lines of a text file, Markdown in it.
TEXT = [
    ("struck", "新增停车位~~1000~~800个", "800", "800 个"),
    ("struck by a tag", "新增停车位<del>1000</del>800个", "800", "800 个"),
    ("struck by a short tag", "新增停车位<s>1000</s>800个", "800", "800 个"),
    ("struck by an old tag", "新增停车位<strike>1000</strike>800个", "800", "800 个"),
    ("struck between", "新增停车位100~~20~~300个", "100 300", "told"),
    ("struck between by a tag", "新增停车位100<del>20</del>300个", "100 300", "told"),
    ("struck by typed strokes", "新增停车位1\u03360\u03360\u03360\u0336800个", "800", "800 个"),
    ("struck by typed slashes", "新增停车位1\u03380\u03380\u03380\u0338800个", "800", "800 个"),
    ("a range", "新增停车位5~~8个", "5~~8", "told"),
    ("raised note", "新增停车位1200<sup>1</sup>个", "1200¹", "1200 个"),
    ("note of Markdown", "新增停车位1200[^1]个", "1200¹", "told"),
    ("note in brackets", "新增停车位1200[1]个", "1200[1]", "1200 个"),
    ("note raised by a sign", "新增停车位1200^1^个", "1200¹", "told"),
    ("raised digit", "新增停车位1200¹个", "1200¹", "1200 个"),
    ("square", "新增绿地1200m<sup>2</sup>", "1200m²", "1200 平方米"),
    ("square, as printed", "新增绿地1200m²", "1200m²", "1200 平方米"),
    ("a remark", "新增停车位<!-- 1 -->500个", "500", "500 个"),
    ("a remark between", "新增停车位1<!-- 2 -->500个", "1500", "told"),
    ("hidden by a tag", "新增停车位<span style='display:none'>1</span>500个", "500", "500 个"),
    ("bold", "新增停车位**500**个", "500", "500 个"),
    ("bold between", "新增停车位1**500**个", "1500", "told"),
    ("slanted between", "新增停车位1*500*个", "1500", "told"),
    ("code", "新增停车位`500`个", "500", "500 个"),
    ("a link", "新增停车位[500](a.html)个", "500", "told"),
    ("escaped", "新增停车位1\\.5万个", "1.5万", "told"),
    ("an entity", "新增停车位1&#53;00个", "1500", "told"),
    ("a blank entity", "新增停车位1&nbsp;500个", "1 500", "told"),
    ("a formula", "新增停车位$1500$个", "1500", "told"),
    ("a tag between", "新增停车位1<b>500</b>个", "1500", "told"),
    ("a space", "新增停车位1 500个", "1 500", "1500 个"),
    ("two spaces", "新增停车位1  500个", "1  500", "told"),
    ("a wide space", "新增停车位1\u3000500个", "1　500", "told"),
    ("a thin space", "新增停车位1\u2009500个", "1 500", "1500 个"),
    ("a narrow space", "新增停车位1\u202f500个", "1 500", "1500 个"),
    ("a space that does not break", "新增停车位1\xa0500个", "1 500", "1500 个"),
    ("a space of no width", "新增停车位1\u200b500个", "1500", "1500 个"),
    ("a joiner", "新增停车位1\u2060500个", "1500", "1500 个"),
    ("a mark of order", "新增停车位1\ufeff500个", "1500", "1500 个"),
    ("a soft hyphen", "新增停车位1\xad500个", "1500", "1500 个"),
    ("turned round", "新增停车位\u202e0051\u202c个", "1500", "told"),
    ("turned round, kept apart", "新增停车位\u2067\u202e0051\u202c\u2069个", "1500", "told"),
    ("a sign of direction", "新增停车位1\u200f500个", "?", "told"),
    ("a stroke below", "新增停车位1\u0332500个", "1500", "told"),
    ("an unknown sign", "新增停车位1\ufffd500个", "1?500", "told"),
    ("a box for a sign", "新增停车位1\ue000500个", "1□500", "told"),
    ("a control", "新增停车位1\x08500个", "?", "told"),
    ("comma", "新增停车位1,500个", "1,500", "1500 个"),
    ("wide comma", "新增停车位1，500个", "1，500", "1500 个"),
    ("comma and space", "新增停车位1, 500个", "1, 500", "told"),
    ("half a group", "新增停车位1,50个", "1,50", "told"),
    ("groups of four", "新增停车位1,5000个", "1,5000", "told"),
    ("a high comma", "新增停车位1'500个", "1'500", "told"),
    ("a curled comma", "新增停车位1’500个", "1’500", "told"),
    ("a line below", "新增停车位1_500个", "1_500", "told"),
    ("a dot as comma", "新增停车位1.500个", "1.500", "told"),
    ("a dot in the middle", "新增停车位1·5千个", "1·5千", "told"),
    ("a Chinese stop", "新增停车位1。5万个", "1。5万", "told"),
    ("two words of scale", "新增停车位1千5百个", "1千5百", "1500 个"),
    ("a word of scale short", "新增停车位1万5个", "1万5", "told"),
    ("minus", "新增停车位-1500个", "-1500", "told"),
    ("minus, as printed", "新增停车位−1500个", "−1500", "told"),
    ("minus, wide", "新增停车位－1500个", "－1500", "told"),
    ("in brackets", "新增停车位(1500)个", "(1500)", "told"),
    ("plus and minus", "新增停车位±1500个", "±1500", "told"),
    ("a slash", "新增停车位1500/2个", "1500/2", "told"),
    ("times", "新增停车位3×500个", "3×500", "told"),
    ("an exponent", "新增停车位1.5e3个", "1.5e3", "told"),
    ("a raised exponent", "新增停车位3×10³个", "3×10³", "told"),
    ("a fraction", "新增停车位1½万个", "1½万", "told"),
    ("letters for digits", "新增停车位15OO个", "15OO", "told"),
    ("a letter for one", "新增停车位l500个", "l500", "told"),
    ("a circled digit", "新增停车位①500个", "①500", "500 个"),
    ("wide digits", "新增停车位１５００个", "1500", "1500 个"),
    ("a digit unlike the others", "新增停车位1５00个", "1500", "1500 个"),
    ("digits of another script", "新增停车位١٥٠٠个", "1500", "1500 个"),
    ("leading nought", "新增停车位0500个", "0500", "500 个"),
    ("bars over digits", "新增停车位1\u03055\u030500个", "1̅5̅00", "told"),
    ("a dot over a digit", "新增停车位5\u030700个", "5̇00", "told"),
    ("a ring round a digit", "新增停车位1\u20dd500个", "①500", "told"),
    ("a digit as a key", "新增停车位1\ufe0f\u20e3500个", "1⃣500", "told"),
    ("not so many", "新增停车位≠500个", "≠500", "told"),
    ("neither more nor as many", "新增停车位≱500个", "≱500", "told"),
    ("not fewer, by a sign", "新增停车位≥500个", "≥500", "500 个"),
    ("an old twenty", "新增停车位廿五个", "廿五", "told"),
    ("an old thirty", "新增停车位卅五个", "卅五", "told"),
    ("a spoken one", "新增停车位幺五个", "幺五", "told"),
    ("foreign money by its letters", "投资USD 1500万元", "USD 1500万元", "told"),
    ("foreign money by its sign and a space", "投资€ 1,500万元", "€ 1,500万元", "told"),
    ("our own money by its letters", "投资CNY 1500万元", "CNY 1500万元", "1500 万元"),
    ("a minus of letters", "新增停车位&minus;500个", "−500", "told"),
    ("a terminal's commands", "新增停车位1\x1b[9m000\x1b[0m500个", "1500", "told"),
    ("a break of HTML", "新增停车位1<br>500个", "1 / 500", "told"),
    ("a picture of a digit", "新增停车位1![5](5.png)00个", "1500", "told"),
    ("a picture behind", "新增停车位15![0](0.png)个", "150", "told"),
    ("a pipe that parts nothing", "新增停车位1\\|500个", "1|500", "told"),
]

# What stands in a paragraph of Word. r(…) is a run, its properties in brackets.
_WORD_HIDES = {
    "vanish": "<w:vanish/>",
    "vanish, on": '<w:vanish w:val="1"/>',
    "vanish of a style": '<w:rStyle w:val="hide"/>',
    "vanish of a style's style": '<w:rStyle w:val="hide2"/>',
    "special vanish": "<w:specVanish/>",
    "white": '<w:color w:val="FFFFFF"/>',
    "nearly white": '<w:color w:val="FDFDFD"/>',
    "white of the theme": '<w:color w:val="auto" w:themeColor="background1"/>',
    "white of a style": '<w:rStyle w:val="pale"/>',
    "tiny": '<w:sz w:val="2"/>',
    "tiny of a style": '<w:rStyle w:val="tiny"/>',
    "black on black": '<w:color w:val="000000"/><w:shd w:val="clear" w:fill="000000"/>',
    "black on a black marker": '<w:color w:val="000000"/><w:highlight w:val="black"/>',
    "yellow on a yellow marker": '<w:color w:val="FFFF00"/><w:highlight w:val="yellow"/>',
    "narrow as a hair": '<w:w w:val="1"/>',
}
_WORD_STRIKES = {
    "strike": "<w:strike/>",
    "two strokes": "<w:dstrike/>",
    "strike, on": '<w:strike w:val="true"/>',
    "strike of a style": '<w:rStyle w:val="gone"/>',
    "strike of a style's style": '<w:rStyle w:val="gone2"/>',
}


def run(text: str, properties: str = "") -> str:
    """A run of Word."""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


_MATH = "<m:oMath>{}</m:oMath>"


def _mark(kind: str) -> str:
    return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'


def _said(words: str) -> str:
    return f'<w:r><w:instrText xml:space="preserve">{words}</w:instrText></w:r>'


def _field(words: str, rest: str) -> str:
    return _mark("begin") + _said(words) + rest + _mark("end")


def _sign(font: str, code: str) -> str:
    return f'<w:r><w:sym w:font="{font}" w:char="{code}"/></w:r>'


def _fill(how: str) -> str:
    spaces = 'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
    return f"<w14:textFill {spaces}>{how}</w14:textFill>"


WORD = [
    *(
        (f"hidden: {way}", run("新增停车位") + run("1", said) + run("500个"), "500", "500 个")
        for way, said in _WORD_HIDES.items()
    ),
    *(
        (f"struck: {way}", run("新增停车位") + run("1000", said) + run("800个"), "800", "800 个")
        for way, said in _WORD_STRIKES.items()
    ),
    *(
        (f"struck between: {way}", run("新增停车位100") + run("20", said) + run("300个"), "100 300", "told")
        for way, said in _WORD_STRIKES.items()
    ),
    (
        "deleted",
        run("新增停车位") + "<w:del><w:r><w:delText>1000</w:delText></w:r></w:del>" + run("800个"),
        "800",
        "800 个",
    ),
    (
        "deleted and inserted",
        run("新增停车位")
        + "<w:del><w:r><w:delText>1</w:delText></w:r></w:del><w:ins>"
        + run("800")
        + "</w:ins>"
        + run("个"),
        "800",
        "800 个",
    ),
    (
        "moved away",
        run("新增停车位") + "<w:moveFrom>" + run("1000") + "</w:moveFrom>" + run("800个"),
        "800",
        "800 个",
    ),
    ("not struck", run("新增停车位") + run("800", '<w:strike w:val="0"/>') + run("个"), "800", "800 个"),
    (
        "struck by the style, not by the run",
        run("新增停车位") + run("800", '<w:rStyle w:val="gone"/><w:strike w:val="false"/>') + run("个"),
        "800",
        "800 个",
    ),
    (
        "white on a dark ground",
        run("新增停车位")
        + run("800", '<w:color w:val="FFFFFF"/><w:shd w:val="clear" w:fill="1F4E78"/>')
        + run("个"),
        "800",
        "800 个",
    ),
    (
        "white on a dark marker",
        run("新增停车位")
        + run("800", '<w:color w:val="FFFFFF"/><w:highlight w:val="darkBlue"/>')
        + run("个"),
        "800",
        "800 个",
    ),
    (
        "raised note",
        run("新增停车位1200") + run("1", '<w:vertAlign w:val="superscript"/>') + run("个"),
        "1200¹",
        "1200 个",
    ),
    (
        "lowered note",
        run("新增停车位1200") + run("1", '<w:vertAlign w:val="subscript"/>') + run("个"),
        "1200₁",
        "1200 个",
    ),
    (
        "raised by a style",
        run("新增停车位1200") + run("1", '<w:rStyle w:val="high"/>') + run("个"),
        "1200¹",
        "1200 个",
    ),
    (
        "raised by points",
        run("新增停车位1200") + run("1", '<w:position w:val="10"/><w:sz w:val="14"/>') + run("个"),
        "1200¹",
        "1200 个",
    ),
    (
        "a note's mark",
        run("新增停车位1200") + '<w:r><w:footnoteReference w:id="2"/></w:r>' + run("个"),
        "1200¹",
        "1200 个",
    ),
    (
        "square",
        run("新增绿地1200m") + run("2", '<w:vertAlign w:val="superscript"/>'),
        "1200m²",
        "1200 平方米",
    ),
    (
        "over the line",
        run("新增停车位")
        + "<w:r><w:ruby><w:rt>"
        + run("1")
        + "</w:rt><w:rubyBase>"
        + run("500")
        + "</w:rubyBase></w:ruby></w:r>"
        + run("个"),
        "500",
        "500 个",
    ),
    (
        "a formula",
        run("新增停车位1") + _MATH.format("<m:r><m:t>500</m:t></m:r>") + run("个"),
        "1500",
        "1500 个",
    ),
    (
        "a power",
        run("新增停车位3×")
        + _MATH.format(
            "<m:sSup><m:e><m:r><m:t>10</m:t></m:r></m:e><m:sup><m:r><m:t>4</m:t></m:r></m:sup></m:sSup>"
        )
        + run("个"),
        "3×10⁴",
        "told",
    ),
    (
        "a fraction",
        run("新增停车位1")
        + _MATH.format(
            "<m:f><m:num><m:r><m:t>1</m:t></m:r></m:num><m:den><m:r><m:t>2</m:t></m:r></m:den></m:f>"
        )
        + run("万个"),
        "1½万",
        "told",
    ),
    (
        "a sign of a font",
        run("新增停车位1") + '<w:r><w:sym w:font="Wingdings" w:char="F081"/></w:r>' + run("500个"),
        "1①500",
        "told",
    ),
    (
        "a picture of a digit",
        run("新增停车位1") + '<w:r><w:drawing><a:blip r:embed="rId1"/></w:drawing></w:r>' + run("00个"),
        "1500",
        "told",
    ),
    (
        "an object",
        run("新增停车位1") + "<w:r><w:object><v:imagedata/></w:object></w:r>" + run("00个"),
        "1500",
        "told",
    ),
    ("a tab", run("新增停车位1") + "<w:r><w:tab/></w:r>" + run("500个"), "1    500", "told"),
    ("a line break", run("新增停车位1") + "<w:r><w:br/></w:r>" + run("500个"), "1 / 500", "told"),
    (
        "a hyphen that does not break",
        run("新增停车位5") + "<w:r><w:noBreakHyphen/></w:r>" + run("8个"),
        "5-8",
        "5 个",
    ),
    ("a soft hyphen", run("新增停车位1") + "<w:r><w:softHyphen/></w:r>" + run("500个"), "1500", "1500 个"),
    (
        "a field's words",
        run("新增停车位")
        + '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>=1</w:instrText></w:r>'
        + '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        + run("500")
        + '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
        + run("个"),
        "500",
        "500 个",
    ),
    (
        "a field without a result",
        run("新增停车位1")
        + '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>eq \\o(5)</w:instrText></w:r>'
        + '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
        + run("00个"),
        "1500",
        "told",
    ),
    (
        "a simple field",
        run("新增停车位") + '<w:fldSimple w:instr="=1">' + run("500") + "</w:fldSimple>" + run("个"),
        "500",
        "500 个",
    ),
    ("parts of a number", run("新增停车位1") + run("5", "<w:b/>") + run("00个"), "1500", "1500 个"),
    (
        "turned round",
        run("新增停车位") + '<w:bdo w:val="rtl">' + run("0051") + "</w:bdo>" + run("个"),
        "1500",
        "told",
    ),
    (
        "a paragraph's mark deleted",
        "<w:pPr><w:rPr><w:del/></w:rPr></w:pPr>" + run("新增停车位1") + "</w:p><w:p>" + run("500个"),
        "1500",
        "1500 个",
    ),
    (
        "a paragraph's mark hidden",
        "<w:pPr><w:rPr><w:vanish/></w:rPr></w:pPr>" + run("新增停车位1") + "</w:p><w:p>" + run("500个"),
        "1500",
        "1500 个",
    ),
    (
        "a paragraph's mark deleted at the end",
        "<w:pPr><w:rPr><w:del/></w:rPr></w:pPr>" + run("新增停车位500个"),
        "500",
        "500 个",
    ),
    (
        "a paragraph of a hidden style",
        '<w:pPr><w:pStyle w:val="unseen"/></w:pPr>'
        + run("新增停车位1个")
        + "</w:p><w:p>"
        + run("新增停车位500个"),
        "500",
        "500 个",
    ),
    (
        "a marker struck by a pattern",
        run("新增停车位") + run("500", '<w:shd w:val="pct20" w:fill="FFFFFF"/>') + run("个"),
        "500",
        "500 个",
    ),
    (
        "a box that repeats",
        run("新增停车位500个")
        + "<w:r><mc:AlternateContent><mc:Choice><w:drawing/></mc:Choice><mc:Fallback><w:pict/></mc:Fallback></mc:AlternateContent></w:r>",
        "500",
        "500 个",
    ),
    (
        "a field in a field's words",
        run("新增停车位")
        + _field("IF ", _field("=1", run("9")) + _said(" = 9 1 2") + _mark("separate") + run("500"))
        + run("个"),
        "500",
        "500 个",
    ),
    (
        "a field's words in a run",
        run("新增停车位") + _field("", run("9") + _mark("separate") + run("500")) + run("个"),
        "500",
        "500 个",
    ),
    (
        "a number of a field",
        run("新增停车位1") + _field("SEQ a", _mark("separate") + run("5")) + run("00个"),
        "1500",
        "1500 个",
    ),
    ("a digit drawn by a field", run("新增停车位15") + _field("eq \\o(0)", "") + run("个"), "150", "told"),
    (
        "a note's mark of its own",
        run("新增停车位1200")
        + '<w:r><w:footnoteReference w:customMarkFollows="1" w:id="2"/><w:t>3</w:t></w:r>'
        + run("个"),
        "1200³",
        "1200 个",
    ),
    (
        "an endnote's mark of its own",
        run("新增停车位1200")
        + '<w:r><w:endnoteReference w:customMarkFollows="1" w:id="2"/><w:t>3</w:t></w:r>'
        + run("个"),
        "1200³",
        "1200 个",
    ),
    (
        "a digit of the font Symbol, last",
        run("新增停车位150") + _sign("Symbol", "F030") + run("个"),
        "1500",
        "1500 个",
    ),
    (
        "a digit of the font Symbol, first",
        run("新增停车位") + _sign("Symbol", "F031") + run("500个"),
        "1500",
        "1500 个",
    ),
    (
        "a minus of the font Symbol",
        run("新增停车位") + _sign("Symbol", "F02D") + run("500个"),
        "−500",
        "told",
    ),
    ("a tick", run("新增停车位") + _sign("Wingdings", "F0FC") + run("500个"), "✓500", "500 个"),
    (
        "digits in a font of signs",
        run("新增停车位1") + run("5", '<w:rFonts w:ascii="Wingdings"/>') + run("00个"),
        "1♣00",
        "told",
    ),
    (
        "a number in a font of signs",
        run("新增停车位") + run("500", '<w:rFonts w:ascii="Webdings"/>') + run("个"),
        "☐☐☐",
        "told",
    ),
    ("the page's number", run("新增停车位1") + "<w:r><w:pgNum/></w:r>" + run("00个"), "1100", "told"),
    (
        "a day that Word fills in",
        run("新增停车位1") + "<w:r><w:dayShort/></w:r>" + run("00个"),
        "1500",
        "told",
    ),
    (
        "one over the other",
        run("新增停车位") + run("1500", '<w:spacing w:val="-240"/>') + run("个"),
        "?",
        "told",
    ),
    ("closer", run("新增停车位") + run("1500", '<w:spacing w:val="-10"/>') + run("个"), "1500", "1500 个"),
    ("no fill", run("新增停车位") + run("1", _fill("<w14:noFill/>")) + run("500个"), "500", "500 个"),
    (
        "filled with white",
        run("新增停车位")
        + run("1", _fill('<w14:solidFill><w14:srgbClr w14:val="FFFFFF"/></w14:solidFill>'))
        + run("500个"),
        "500",
        "500 个",
    ),
    (
        "filled with black",
        run("新增停车位")
        + run("1", _fill('<w14:solidFill><w14:srgbClr w14:val="000000"/></w14:solidFill>'))
        + run("500个"),
        "1500",
        "1500 个",
    ),
    (
        "a large first digit",
        '<w:pPr><w:framePr w:dropCap="drop" w:lines="2"/></w:pPr>'
        + run("1")
        + "</w:p><w:p>"
        + run("500个停车位"),
        "1500",
        "1500 个",
    ),
    (
        "a line of no height",
        '<w:pPr><w:spacing w:line="20" w:lineRule="exact"/></w:pPr>'
        + run("停车位100个")
        + "</w:p><w:p>"
        + run("停车位500个"),
        "500",
        "500 个",
    ),
    (
        "a line beyond the edge",
        '<w:pPr><w:ind w:left="-20000"/></w:pPr>' + run("停车位100个") + "</w:p><w:p>" + run("停车位500个"),
        "500",
        "500 个",
    ),
    (
        "a frame beyond the edge",
        '<w:pPr><w:framePr w:x="-20000" w:hAnchor="page"/></w:pPr>'
        + run("停车位100个")
        + "</w:p><w:p>"
        + run("停车位500个"),
        "500",
        "500 个",
    ),
    (
        "a lowered digit of a formula",
        run("新增停车位1")
        + _MATH.format(
            "<m:sSub><m:e><m:r><m:t>5</m:t></m:r></m:e><m:sub><m:r><m:t>0</m:t></m:r></m:sub></m:sSub>"
        )
        + run("个"),
        "15₀",
        "told",
    ),
    ("minus", run("新增停车位-") + run("1500个"), "-1500", "told"),
    ("a space", run("新增停车位1") + run(" ") + run("500个"), "1 500", "1500 个"),
    ("spaces", run("新增停车位1") + run("   ") + run("500个"), "1   500", "told"),
]
STYLES = (
    '<w:style w:type="character" w:styleId="hide"><w:rPr><w:vanish/></w:rPr></w:style>'
    '<w:style w:type="character" w:styleId="hide2"><w:basedOn w:val="hide"/></w:style>'
    '<w:style w:type="character" w:styleId="gone"><w:rPr><w:strike/></w:rPr></w:style>'
    '<w:style w:type="character" w:styleId="gone2"><w:basedOn w:val="gone"/></w:style>'
    '<w:style w:type="character" w:styleId="pale"><w:rPr><w:color w:val="FFFFFF"/></w:rPr></w:style>'
    '<w:style w:type="character" w:styleId="tiny"><w:rPr><w:sz w:val="2"/></w:rPr></w:style>'
    '<w:style w:type="character" w:styleId="high"><w:rPr><w:vertAlign w:val="superscript"/></w:rPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="unseen"><w:rPr><w:vanish/></w:rPr></w:style>'
)

# A cell under the head 目标(个): value, number format.
SHEETS = [
    ("as it is", 1500, "General", "1500", "1500 个"),
    ("groups", 1500, "#,##0", "1,500", "1500 个"),
    ("a condition not met", 5, "[<1]0%;0", "5", "5 个"),
    ("a condition met", 0.5, "[<1]0%;0", "50%", "50 %"),
    ("tens of thousands", 15000, '0!.0,"万"', "1.5万", "15000 个"),
    ("thousands", 1500000, '0,"千"', "1500千", "1500000 个"),
    ("thousands, unsaid", 1500000, "0,", "1500", "1500 个"),
    ("millions, unsaid", 1500000000, "0,,", "1500", "1500 个"),
    ("digits of the format", 15, '0"00"', "1500", "1500 个"),
    ("a unit of the format", 1500, '0"个"', "1500个", "1500 个"),
    ("more than", 1500, '0"个以上"', "1500个以上", "1500 个"),
    ("minus", -1500, "0", "-1500", "told"),
    ("minus in brackets", -1500, "0;(0)", "(1500)", "told"),
    ("minus in red", -1500, "0;[Red]0", "-1500", "told"),
    ("minus as a triangle", -1500, "0;▼0", "▼1500", "told"),
    ("minus left out", -1500, "0;0", "-1500", "told"),
    ("nought as a dash", 0, '0;-0;"—"', "—", ""),
    ("nought as a blank", 0, "0;-0;", "", ""),
    ("nought shown", 0, "0", "0", "0 个"),
    ("nothing shown", 1500, ";;;", "", ""),
    ("a text shown as nothing", "1500", ";;;", "", ""),
    ("words only", 1500, '"若干"', "若干", ""),
    ("words by a condition", 1500, '[>1000]"大量";0', "大量", ""),
    ("rounded", 1499.6, "0", "1500", "1500 个"),
    ("a share", 0.955, "0%", "96%", "96 %"),
    ("a share with a place", 0.955, "0.0%", "95.5%", "95.5 %"),
    ("a share as a number", 95.5, '0.0"%"', "95.5%", "95.5 %"),
    ("noughts ahead", 15, "0000", "0015", "15 个"),
    ("an exponent", 1500, "0.0E+00", "1.5E+03", "1500 个"),
    ("a fraction", 1.5, "# ?/?", "1 1/2", "1.5 个"),
    ("a date", 45000, "yyyy-mm-dd", "2023-03-15", ""),
    ("a span of time", 1.5, "[h]:mm", "36:00", ""),
    ("money", 1500, "[$¥-804]#,##0.00", "¥1,500.00", "told"),
    ("foreign money", 1500, "[$$-409]#,##0", "$1,500", "told"),
    ("Chinese numerals", 1500, "[DBNum1][$-804]General", "一千五百", "1500 个"),
    ("a text", "1500", "@", "1500", "1500 个"),
    ("a text with a comma", "1,500", "@", "1,500", "1500 个"),
    ("a text with a space", "1 500", "@", "1 500", "told"),
    ("a text in a format", "1500", '"共"@"个"', "共1500个", "1500 个"),
    ("an error", "#REF!", "General", "#REF!", ""),
    ("true", True, "General", "TRUE", ""),
    ("white by the format", 1500, "[White]0", "", ""),
    ("white by the format's number", 1500, "[Color2]0", "", ""),
    ("white by the format, in Chinese", 1500, "[白色]0", "", ""),
    ("white below nought only", 1500, "0;[White]0", "1500", "1500 个"),
    ("filled with noughts", 15, "0*0", "15000000", "told"),
    ("filled with dashes", 15, "0*-", "15------", "15 个"),
    ("foreign money by letters", 1500, "[$USD] #,##0", "USD 1,500", "told"),
    ("foreign money, a sign", 1500, "[$€-2] #,##0", "€ 1,500", "told"),
    ("accounts", 1500, '_(* #,##0_);_(* (#,##0);_(* "-"_);_(@_)', "1,500", "1500 个"),
    ("accounts, below nought", -1500, '_(* #,##0_);_(* (#,##0);_(* "-"_);_(@_)', "(1,500)", "told"),
    ("accounts, nought", 0, '_(* #,##0_);_(* (#,##0);_(* "-"_);_(@_)', "-", ""),
    ("another's Chinese numerals", 1500, "[DBNum2][$-804]General", "壹仟伍佰", "1500 个"),
    ("parts of a thousand", 1500, '"1/"0', "1/1500", "told"),
    ("an escaped digit", "1_x0035_00个", "General", "1500个", "1500 个"),
]

# Parts of a cell's text: [(text, font)], see `InlineFont`.
PARTS = [
    ("struck", [("新增停车位", {}), ("1000", {"strike": True}), ("800个", {})], "800", "800 个"),
    ("struck between", [("新增停车位100", {}), ("20", {"strike": True}), ("300个", {})], "100 300", "told"),
    ("tiny", [("新增停车位", {}), ("1", {"sz": 1}), ("500个", {})], "500", "500 个"),
    ("white", [("新增停车位", {}), ("1", {"color": "FFFFFFFF"}), ("500个", {})], "500", "500 个"),
    (
        "raised note",
        [("新增停车位1200", {}), ("1", {"vertAlign": "superscript"}), ("个", {})],
        "1200¹",
        "1200 个",
    ),
    (
        "lowered note",
        [("新增停车位1200", {}), ("1", {"vertAlign": "subscript"}), ("个", {})],
        "1200₁",
        "1200 个",
    ),
    ("square", [("新增绿地1200m", {}), ("2", {"vertAlign": "superscript"})], "1200m²", "1200 平方米"),
    ("power", [("新增停车位3×10", {}), ("4", {"vertAlign": "superscript"}), ("个", {})], "3×10⁴", "told"),
    ("parts of a number", [("新增停车位1", {}), ("500", {"b": True}), ("个", {})], "1500", "1500 个"),
]
