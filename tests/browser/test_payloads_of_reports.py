"""Script payloads in every text of a project's documents: none runs on its reports' pages, nor in JupyterLab.

Sixty payloads stand in names, words, agencies, notes, regions' rows, reasons and descriptions of a plan, reports on it and a
five-year plan. Every kind of report is made of them and every page opened in a real browser; a notebook shows the same rows
in all the ways there are, is run in JupyterLab (which trusts what it ran), and looked at there.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from pathlib import Path

import nbformat
import pytest
from a_lab import TALL, a_lab, errors, run_all
from test_pages import browser, visit  # noqa: F401
from test_payloads import PAYLOADS
from variants import writers
from variants.sheets import Notice, sheet

from minshi_analysis import cli
from minshi_analysis.reports.command import run

pytestmark = pytest.mark.slow

HANDLERS = "[...e.attributes].some(a => /^on/i.test(a.name) && /ran=1/.test(a.value))"
ALARMS = (
    f"[...document.querySelectorAll('*')].filter(e => {HANDLERS}"
    " || /^(iframe|object|embed|base)$/i.test(e.tagName)).length"
)
WORDS = [words.replace("\n", " ").replace("|", " ").replace("\t", " ") for words in PAYLOADS]
FIRST = PAYLOADS[0]
REGION, CODE = "洋县", "610723"


def describe(raw: Path, path: Path, kind: str, year: int, **more: object) -> None:
    said = {
        "file": path.name,
        "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
        "title": f"{REGION}{year}年民生实事{FIRST}",
        "issuer": f"{REGION}人民政府{WORDS[1]}",
        "reference_no": f"洋政{WORDS[2]}",
        "url": f'https://example.org/"><img src=x onerror={"window.ran=1"}>',
        "region": REGION,
        "adcode": CODE,
        "level": "county",
        "year": year,
        "kind": kind,
    } | more
    lines = [f"{key} = {json.dumps(value, ensure_ascii=False)}" for key, value in said.items()]
    (raw / f"{path.stem}.toml").write_text("\n".join(lines) + "\n", "utf-8")


def plan_rows() -> list[list[str]]:
    rows = [["序号", "项目名称", "目标任务", "总投资(万元)", "备注", "牵头单位"]]
    for number, words in enumerate(WORDS, 1):
        cells = [
            f"停车位{words}",
            f"新增停车位{number}个{words}",
            f"{number}00",
            f"无{words}",
            f"住建局{words}",
        ]
        rows.append([f"{number}", *cells])
    return rows


def progress_rows() -> list[list[str]]:
    rows = [["序号", "项目名称", "目标任务", "进展情况", "牵头单位"]]
    for number, words in enumerate(WORDS, 1):
        done = f"已新增停车位{number}个{words}" if number % 3 else f"未完成{words}"
        rows.append([f"{number}", f"停车位{words}", f"新增停车位{number}个{words}", done, f"住建局{words}"])
    return rows


def indicator_rows() -> list[list[str]]:
    rows = [["指标", "单位", "2020年", "2025年", "属性"]]
    return rows + [[f"指标{words}", "个", f"{n}", f"{n + 5}", "预期性"] for n, words in enumerate(WORDS, 1)]


@pytest.fixture(scope="module")
def hostile(tmp_path_factory, project):
    """A project of hostile documents, with notebooks and built tables."""
    root = tmp_path_factory.mktemp("hostile") / "project"
    raw = root / "data" / "raw"
    raw.mkdir(parents=True)
    shutil.copytree(project / "notebooks", root / "notebooks")
    made = [
        ("plan", "html", "plan", 2024, plan_rows()),
        ("progress", "xlsx", "progress", 2024, progress_rows()),
        ("completion", "docx", "completion", 2024, progress_rows()),
        ("before", "md", "plan", 2023, plan_rows()),
        ("five", "html", "five_year_plan", 2021, indicator_rows()),
    ]
    for name, form, kind, year, rows in made:
        notice = Notice(
            (f"关于{REGION}{year}年民生实事项目的通知{FIRST}", f"全县{FIRST}"),
            (sheet(f"项目表{FIRST}", 1, rows),),
        )
        path = writers.FORMS[form](notice, raw / f"{name}.{form}")
        describe(raw, path, kind, year, **({"year_end": 2025} if kind == "five_year_plan" else {}))
    before = os.environ.get("MINSHI_PROJECT")
    os.environ["MINSHI_PROJECT"] = str(root)
    try:
        assert cli.main(["build"]) == 0
        yield root
    finally:
        if before is None:
            del os.environ["MINSHI_PROJECT"]
        else:
            os.environ["MINSHI_PROJECT"] = before


def provoked(page) -> None:
    """Do what a reader might: point at things, choose them, press keys."""
    page.evaluate(
        "for (const e of document.querySelectorAll('a, button, summary, mark, td, th, input, [tabindex]'))"
        "for (const name of ['pointerover', 'mouseover', 'focus', 'toggle'])"
        "e.dispatchEvent(new Event(name, {bubbles: true}))"
    )
    page.keyboard.press("Tab")
    page.keyboard.press("n")
    page.wait_for_timeout(200)


def test_no_payload_runs_on_any_page_of_reports(browser, hostile):  # noqa: F811
    assert run(project=hostile) == 0
    pages = sorted((hostile / "reports").rglob("*.html"))
    kinds = {path.parent.name for path in pages}
    assert kinds >= {"reports", "city_year", "completion", "audit", "sources", "indicator_trajectories"} - {
        "audit"
    }
    seen = ""
    for path in pages:
        page, outside, errors = visit(browser, path)
        provoked(page)
        assert page.evaluate("window.ran") is None, path.name
        assert page.evaluate(ALARMS) == 0, path.name
        assert (outside, errors) == ([], []), path.name
        seen += page.inner_text("body")
        page.close()
    assert (
        "onerror=window.ran=1" in seen.replace(" ", "") and seen.count("ran=1") > 300
    )  # they are there, as words


CELLS = [
    "import minshi_analysis as minshi\nfrom minshi_analysis import metrics\nfrom minshi_analysis import notebook as report\n"
    "case = report.begin()\nreport.frames(rows=200)",
    "minshi.load('tasks')",
    "report.browse(minshi.load('targets'))",
    "report.browse(minshi.load('documents'))",
    "minshi.sheet('plan')",
    "minshi.sheet('five')",
    "minshi.trace(minshi.load('targets').iloc[0])",
    "minshi.trace(minshi.load('outcomes').iloc[-1])",
    "report.show(minshi.load('tasks').head(60))",
    "minshi.load('unread')",
    "case = report.city_year('洋县', 2024)\nreport.key_findings(case)",
]


@pytest.fixture(scope="module")
def lab(hostile, tmp_path_factory):
    """JupyterLab of the hostile project."""
    home = tmp_path_factory.mktemp("home")
    v4 = nbformat.v4
    cells = [v4.new_code_cell(cell) for cell in CELLS]
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    book = v4.new_notebook(cells=cells, metadata={"kernelspec": kernel})
    (hostile / "notebooks" / "payloads.ipynb").write_text(json.dumps(book), "utf-8")
    with a_lab(hostile, home) as address:
        yield address.format("lab/tree/notebooks/payloads.ipynb")


def saved(hostile: Path) -> list[dict]:
    return json.loads((hostile / "notebooks" / "payloads.ipynb").read_text("utf-8"))["cells"]


def test_no_payload_runs_in_jupyterlab(browser, hostile, lab):  # noqa: F811
    page = browser.new_page(viewport=TALL)
    page.goto(lab)
    run_all(page, lambda: saved(hostile))
    assert errors(saved(hostile)) == []
    if folder := os.environ.get("MINSHI_SCREENSHOTS"):
        page.screenshot(path=f"{folder}/payloads.png")
    shown = page.eval_on_selector_all(
        ".jp-OutputArea-output", "all => all.map(each => each.innerText).join('\\n')"
    )
    assert shown.count("ran=1") > 150
    assert page.locator("table.dataTable").count() >= 2  # the tables that scripts make are made
    provoked(page)
    frames = [page, *page.frames]
    assert [frame.evaluate("window.ran") for frame in frames] == [None] * len(frames)
    held = f"[...document.querySelectorAll('.jp-OutputArea-output *')].filter(e => {HANDLERS}).length"
    assert page.evaluate(held) == 0
    page.close()
