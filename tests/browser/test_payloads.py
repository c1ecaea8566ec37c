"""Sixty script payloads in every place of text of every format: none runs on the reading sheet, in a real browser."""

from __future__ import annotations

import pytest
from test_pages import browser, visit  # noqa: F401
from variants import writers
from variants.sheets import Notice, sheet

from minshi_analysis.account.sheet import sheet_of
from minshi_analysis.intake.reader import read_whole

pytestmark = pytest.mark.slow

RUN = "window.ran=1"
TAGS = (
    "img src=x onerror",
    "svg onload",
    "body onload",
    "video src=x onerror",
    "audio src=x onerror",
    "iframe onload",
    "input autofocus onfocus",
    "details open ontoggle",
    "marquee onstart",
    "object onerror",
    "style onload",
    "link rel=stylesheet href=x onerror",
    "math href=javascript:window.ran=1 onclick",
    "select autofocus onfocus",
    "textarea autofocus onfocus",
    "embed src=x onerror",
    "image src=x onerror",
    "a onmouseover",
    "p onclick",
    "div onpointerover",
)
PAYLOADS = [
    *(f"<{tag}={RUN}>" for tag in TAGS),
    *(f'"><{tag}="{RUN}">' for tag in TAGS[:8]),
    *(f"'><{tag}='{RUN}'>" for tag in TAGS[:5]),
    f"<script>{RUN}</script>",
    f"</script><script>{RUN}</script>",
    f"<scr<script>ipt>{RUN}</scr</script>ipt>",
    f"<SCRIPT\n>{RUN}</SCRIPT\n>",
    f"<script src=data:text/javascript,{RUN}></script>",
    f"</style><script>{RUN}</script>",
    f"</title><script>{RUN}</script>",
    f"</textarea><script>{RUN}</script>",
    f"--><script>{RUN}</script>",
    f"]]><script>{RUN}</script>",
    f"<![CDATA[<script>{RUN}</script>]]>",
    f"<a href=javascript:{RUN}>x</a>",
    f"[x](javascript:{RUN})",
    f"![x](x){{onerror={RUN}}}",
    f"<iframe srcdoc='<script>parent.{RUN}</script>'></iframe>",
    f"<meta http-equiv=refresh content='0;url=javascript:{RUN}'>",
    f"<base href=javascript:{RUN}//>",
    f"<form action=javascript:{RUN}><button autofocus>x</button></form>",
    f"<svg><script>{RUN}</script></svg>",
    f"<svg><animate onbegin={RUN} attributeName=x dur=1s>",
    f"<math><mtext><table><mglyph><style><img src=x onerror={RUN}>",
    f"&lt;script&gt;{RUN}&lt;/script&gt;",
    f"&#60;script&#62;{RUN}&#60;/script&#62;",
    "{{constructor.constructor('" + RUN + "')()}}",
    "${" + RUN + "}",
    f"';{RUN};//",
    f'\\";{RUN};//',
    f"\\u003cscript\\u003e{RUN}\\u003c/script\\u003e",
    f"<noscript><p title='</noscript><img src=x onerror={RUN}>'>",
]
FORMS = {form: write for form, write in writers.FORMS.items() if form != "pdf"}


def test_there_are_sixty():
    assert len(set(PAYLOADS)) >= 60


@pytest.mark.parametrize("form", FORMS)
def test_no_payload_runs_on_the_reading_sheet(browser, tmp_path, form):  # noqa: F811
    rows = [["序号", "项目名称", "目标任务", "备注", "牵头单位"]]
    for number, words in enumerate(PAYLOADS, 1):
        words = words.replace("\n", " ").replace("|", " ").replace("\t", " ")
        rows.append(
            [f"{number}", f"停车位{words}", f"新增停车位{number}个{words}", f"无{words}", f"住建局{words}"]
        )
    first = PAYLOADS[0]
    notice = Notice(
        (f"关于2024年洋县民生实事项目的通知{first}", f"全县{first}"),
        (sheet(f"2024年洋县项目表{first}", 1, rows),),
    )
    path = FORMS[form](notice, tmp_path / f"n.{form}")
    reading = read_whole(path, region="洋县", year=2024, kind="plan")
    assert len(reading.tables["targets"]) >= 40
    page, outside, errors = visit(browser, sheet_of(reading).save(tmp_path / "s.html"))
    page.keyboard.press("n")
    for mark in page.query_selector_all("[tabindex], mark, button")[:60]:
        mark.dispatch_event("pointerover")
        mark.dispatch_event("click")
    assert page.evaluate("window.ran") is None
    assert (
        page.evaluate("document.querySelectorAll('[onerror],[onload],iframe,object,embed,base').length") == 0
    )
    page.close()
    assert (outside, errors) == ([], [])
