"""The reading sheet in a real browser: keys, no network, no error, a narrow screen, and words that are no script."""

from __future__ import annotations

import tomllib

import pytest
from test_pages import browser, visit  # noqa: F401
from variants import writers
from variants.sheets import Notice, sheet

import minshi_analysis
from minshi_analysis.account.sheet import sheet_of
from minshi_analysis.catalogue import Correction
from minshi_analysis.intake.reader import read_whole
from minshi_analysis.reading.corrections import mend

pytestmark = pytest.mark.slow

BAD = "<script>window.ran=true</script><img src=https://example.org/x onerror=window.ran=true>"
TEXT = f"""洋县2024年民生实事项目表{BAD}
序号|项目名称|目标任务|督查得分|责任单位
1|停车位|新增停车位1500个{BAD}|97|县住建局
2|书房|新建书房12家|88|县文旅局
"""
NOTICE = Notice(
    ("关于2024年洋县民生实事项目的通知", "去年全县新建公园3个，服务热线12345。"),
    (
        sheet(
            "2024年洋县民生实事项目表",
            1,
            [
                ["序号", "项目名称", "目标任务", "督查得分", "牵头单位"],
                ["1", "停车位", '新增"共享"停车位1500个', "97", "县住建局"],
                ["2", "书房", "新建书房12家", "88", "县文旅局"],
                ["3", "分馆", "新建书房12家", "91", "^"],
            ],
        ),
    ),
)
FORMS = writers.FORMS
KNOWN = {"region": "洋县", "year": 2024, "kind": "plan"}


@pytest.fixture
def page(browser, tmp_path):  # noqa: F811
    file = tmp_path / "n.txt"
    file.write_text(TEXT, "utf-8")
    made = minshi_analysis.sheet(file, **KNOWN).save(tmp_path / "s.html")
    page, outside, errors = visit(browser, made)
    yield page
    page.close()
    assert (outside, errors) == ([], [])


@pytest.fixture(params=FORMS)
def opened(request, browser, tmp_path):  # noqa: F811
    """The sheet of one notice in a format, and the reading that it is of."""
    reading = read_whole(FORMS[request.param](NOTICE, tmp_path / f"n.{request.param}"), **KNOWN)
    page, outside, errors = visit(browser, sheet_of(reading).save(tmp_path / "s.html"))
    yield page, reading
    page.close()
    assert (outside, errors) == ([], [])


def test_the_marks_of_every_format_agree_with_the_ledger(opened):
    page, reading = opened
    entries, ledger = reading.ledger.entries, reading.ledger
    seen = page.eval_on_selector_all(
        "article mark", "all => all.map(m => [m.innerText, m.dataset.state, m.dataset.row || ''])"
    )
    assert seen == [[e.text, e.state, e.row_id] for e in entries] and len(seen) >= 10
    counted = {
        state: int(page.inner_text(f"[data-count={state}]"))
        for state in ("read", "doubted", "aside", "unread")
    }
    shown = {state: page.locator(f"article mark.{state}").count() for state in counted}
    assert counted == shown
    assert counted["read"] + counted["doubted"] == ledger.count("read")
    assert (counted["aside"], counted["unread"]) == (ledger.count("aside"), ledger.count("unread"))
    assert counted["unread"] >= 3


def test_the_keys_of_every_format_step_through_what_is_not_sure(opened):
    page, _ = opened
    unsure = page.locator("article mark.unread, article mark.doubted").evaluate_all(
        "all => all.map(m => m.id)"
    )
    for keys in (["n"] * len(unsure), ["p"] * (len(unsure) - 1)):
        met = []
        for key in keys:
            page.keyboard.press(key)
            met.append(page.evaluate("document.activeElement.id"))
        assert met == (unsure if keys[0] == "n" else unsure[-2::-1])
    assert page.is_visible("article mark:focus")


def test_chinese_is_set_in_the_sheets_own_font(opened):
    page, _ = opened
    loaded = "[...document.fonts].filter(f => f.family === 'Sheet' && f.status === 'loaded').length"
    assert page.evaluate(loaded) == 1


def test_a_figure_found_wrong_becomes_a_correction_that_fits(opened):
    """Two figures of the page, the second in words that stand in the text twice: what is shown is accepted as it is."""
    page, reading = opened
    for text in ("1500个", "12家"):
        page.locator(f"article mark:text-is('{text}')").last.click()
        page.keyboard.press("c")
    assert page.is_visible("#entries") and page.evaluate("document.activeElement.id") == "entries"
    page.keyboard.type("15家")  # over the figure, which is selected
    page.keyboard.press("Escape")
    assert not page.is_visible("#fix")
    page.keyboard.press("c")
    said = page.input_value("#entries")
    assert said.startswith("# data/corrections/n.toml\n")
    first, second = tomllib.loads(said)["correction"]
    assert '新增"共享"停车位1500个' in first["printed"] and first["corrected"] == first["printed"]
    assert "新建书房12家" in second["printed"]
    assert second["corrected"] == second["printed"].replace("12家", "15家")
    assert {e["reason"] for e in (first, second)} == {""}
    place = {"where": second.get("where", ""), "ref": second.get("ref")}
    fits = Correction(printed=second["printed"], corrected=second["corrected"], reason="x", **place)
    mended, _ = mend(reading.document, [fits], "n")
    assert mended.text.index("12家") < mended.text.index("15家") and mended.text.count("12家") == 1
    assert (second.get("ref") is None) == reading.document.plain


def test_keys_step_through_what_is_not_sure(page):
    unsure = page.locator("article mark.unread, article mark.doubted").all_inner_texts()
    assert "97" in unsure and len(unsure) < page.locator("article mark").count()
    met = []
    for _ in unsure:
        page.keyboard.press("n")
        met.append(page.evaluate("document.activeElement.innerText"))
    assert met == unsure
    page.keyboard.press("p")
    assert page.evaluate("document.activeElement.innerText") == unsure[-2]
    assert f"/{len(unsure)} " in page.inner_text("#told")


def test_where_all_is_sure_the_key_says_so(browser, tmp_path):  # noqa: F811
    file = tmp_path / "n.md"
    file.write_text(
        "洋县2024年民生实事项目表\n序号|项目名称|责任单位\n1|新增停车位1500个|县住建局\n", "utf-8"
    )
    made = minshi_analysis.sheet(file, **KNOWN).save(tmp_path / "s.html")
    page, _, errors = visit(browser, made)
    page.keyboard.press("n")
    assert "没有存疑或未读懂的数字" in page.inner_text("#told") and errors == []
    page.keyboard.press("c")
    assert "先选中一个数字" in page.inner_text("#told") and not page.is_visible("#fix")
    page.close()


def test_the_keys_are_told(page):
    assert not page.is_visible("#help")
    page.keyboard.press("?")
    assert page.is_visible("#help")
    page.keyboard.press("Escape")
    assert not page.is_visible("#help")


def test_pointing_at_a_figure_tells_its_row(page):
    page.hover("article mark:text-is('1500个')")
    assert "n/1.1#1" in page.inner_text("#told")
    assert page.locator("tr.lit").first.get_attribute("data-row") == "n/1.1#1"


def test_nothing_of_the_document_runs(page):
    assert page.evaluate("window.ran") is None
    assert page.locator("article img, article script").count() == 0


def test_a_narrow_screen_does_not_scroll_sideways(page):
    page.set_viewport_size({"width": 390, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
