"""The reading sheet agrees with the ledger, figure by figure, in every format, and holds nothing that could run."""

from __future__ import annotations

import re
from html import unescape

import pytest
from lxml import html
from variants import writers
from variants.sheets import Notice, sheet

import minshi_analysis
from minshi_analysis import cli
from minshi_analysis.account.sheet import sheet_of
from minshi_analysis.intake.reader import read_whole

NOTICE = Notice(
    ("关于2024年洋县民生实事项目的通知", "去年全县新建公园3个，服务热线12345。"),
    (
        sheet(
            "2024年洋县民生实事项目表",
            1,
            [
                ["序号", "项目名称", "目标任务", "督查得分", "牵头单位"],
                ["1", "停车位", "新增停车位1500个", "97", "县住建局"],
                ["2", "书房", "新建书房12家", "88", "县文旅局"],
                ["3", "书房", "建成公园4个", "91", "^"],
            ],
        ),
    ),
)
FORMS = {"txt": writers.to_pipes, "html": writers.to_html, "docx": writers.to_docx, "xlsx": writers.to_xlsx,
         "pdf": writers.to_pdf}  # fmt: skip
KNOWN = {"region": "洋县", "year": 2024, "kind": "plan"}


@pytest.mark.parametrize("suffix", FORMS)
def test_every_figure_is_marked_once_and_as_the_ledger_says(tmp_path, suffix):
    reading = read_whole(FORMS[suffix](NOTICE, tmp_path / f"n.{suffix}"), **KNOWN)
    page = html.fromstring(sheet_of(reading).html)
    marks = page.xpath("//article//mark")
    entries = reading.ledger.entries
    assert len(entries) >= 10 and {e.state for e in entries} == {"read", "aside", "unread"}
    assert [(m.text, m.get("data-state"), m.get("data-row") or "") for m in marks] == [
        (e.text, e.state, e.row_id) for e in entries
    ]
    (parking,) = [m for m in marks if m.text == "1500个"]
    assert parking.get("data-row") == "n/1#1"
    sure = reading.tables["confidence"].set_index("row_id")["confidence"]["n/1"]
    for part in ("n/1#1", "停车位", "1500", "单位 个", "2024", f"把握 {sure:.2f}"):
        assert part in parking.get("title")
    (score,) = [m for m in marks if m.text == "97"]
    assert score.get("class") == "unread" and "督查得分" in score.get("title")
    counted = {b.get("data-count"): int(b.text) for b in page.xpath("//b[@data-count]")}
    assert counted["aside"] == reading.ledger.count("aside") and counted["unread"] == reading.ledger.count(
        "unread"
    )
    assert counted["read"] + counted["doubted"] == reading.ledger.count("read")


@pytest.mark.parametrize("suffix", ["html", "docx", "xlsx", "pdf"])
def test_a_merged_cell_is_drawn_once(tmp_path, suffix):
    page = html.fromstring(
        sheet_of(read_whole(FORMS[suffix](NOTICE, tmp_path / f"n.{suffix}"), **KNOWN)).html
    )
    assert [td.get("rowspan") for td in page.xpath("//article//td[contains(., '县文旅局')]")] == ["2"]


def test_a_row_in_doubt_is_marked_so_with_the_reason(project):
    """Of the plan's money one line does not add up: its figures are doubted, and their mark says why."""
    reading = read_whole(project / "data" / "raw" / "wenzhou-2022-plan.txt")
    sure = reading.tables["confidence"].set_index("row_id")
    unsummed = set(sure.index[sure["reasons"].fillna("").str.contains("funders do not add up")])
    page = html.fromstring(sheet_of(reading).html)
    seen = [m for m in page.xpath("//article//mark") if m.get("data-row") in unsummed]
    assert len(unsummed) >= 1 and len(seen) >= 3
    for mark in seen:
        assert mark.get("class") == "doubted" and "各方出资之和不等于总额" in mark.get("title")
    certain = set(sure.index[sure["confidence"] == 1.0])
    assert "doubted" not in {m.get("class") for m in page.xpath("//mark") if m.get("data-row") in certain}


def test_what_a_document_says_is_words_and_nothing_else(tmp_path):
    file = tmp_path / "n.txt"
    bad = "<script>alert(1)</script><img src=x onerror=alert(2)>\"'&\u202e"
    file.write_text(f"洋县2024年民生实事{bad}\n1.新建公园3个{bad}\n2.新增停车位20个\n", "utf-8")
    said = minshi_analysis.sheet(file, **KNOWN)
    page = html.fromstring(said.html)
    assert len(page.xpath("//script")) == 1 and page.xpath("//img | //@onerror | //*[@style]") == []
    assert "\u202e" not in said.html and "alert(1)" in page.text_content()
    (policy,) = page.xpath("//meta[@http-equiv]/@content")
    assert "default-src 'none'" in policy and "unsafe" not in policy
    frame = html.fromstring(said._repr_html_())
    assert frame.get("srcdoc") == said.html or unescape(frame.get("srcdoc")) == said.html
    assert frame.get("sandbox") == "allow-scripts"


def test_the_command_writes_the_sheet_alone(tmp_path, capsys):
    file = FORMS["html"](NOTICE, tmp_path / "n.html")
    known = ["--region", "洋县", "--year", "2024", "--kind", "plan"]
    assert cli.main(["extract", str(file), "--sheet", str(tmp_path / "s.html"), *known]) == 0
    assert sorted(p.name for p in tmp_path.iterdir()) == ["n.html", "s.html"]
    assert re.search(r"→ .*s\.html", capsys.readouterr().out)


@pytest.mark.parametrize(
    ("more", "message"),
    [
        ([], "--out FOLDER"),
        (
            ["--sheet", "{t}/no/s.html", "--region", "洋县", "--year", "2024", "--kind", "plan"],
            "is no folder",
        ),
        (["{t}/n.html", "--sheet", "{t}/s.html"], "one FILE"),
    ],
)
def test_the_command_refuses(tmp_path, capsys, more, message):
    file = FORMS["html"](NOTICE, tmp_path / "n.html")
    assert cli.main(["extract", str(file), *(m.format(t=tmp_path) for m in more)]) == 2
    assert message in capsys.readouterr().err
    assert not (tmp_path / "s.html").exists()


def test_without_the_extra_for_reports_the_sheet_is_the_same_but_for_its_font(tmp_path, monkeypatch):
    reading = read_whole(FORMS["html"](NOTICE, tmp_path / "n.html"), **KNOWN)
    whole = sheet_of(reading).html

    def missing():
        raise ModuleNotFoundError("No module named 'uharfbuzz'", name="uharfbuzz")

    monkeypatch.setattr("minshi_analysis.account.sheet._glyphs", missing)
    bare = sheet_of(reading).html
    assert "@font-face" in whole and "@font-face" not in bare
    assert bare == re.sub(r"@font-face\{[^}]*\}", "", whole).replace(policy(whole), policy(bare))


def policy(page: str) -> str:
    return re.search(r"style-src '([^']*)'", page)[1]


def test_rows_are_told_in_words_without_what_goes_without_saying(tmp_path):
    file = tmp_path / "n.txt"
    file.write_text(
        "洋县2024年民生实事项目表\n序号|项目名称|责任单位\n1|新增停车位不少于1500个|县住建局\n2|新建书房12家|县文旅局\n",
        "utf-8",
    )
    page = html.fromstring(minshi_analysis.sheet(file, **KNOWN).html)
    (table,) = page.xpath("//table[@data-table='targets']")
    rows = [["".join(cell.itertext()) for cell in row] for row in table.xpath(".//tr")]
    assert rows[0] == ["见文", "编号", "把握", "事项", "数值", "单位", "界限", "性质"]
    assert rows[1][1:] == ["1#1", rows[1][2], "停车位", "1500", "个", "不少于", "当年数"]
    assert rows[2][1:] == ["2#1", rows[2][2], "书房", "12", "家", "", "当年数"]
    assert {float(row[2]) for row in rows[1:]} <= set(
        minshi_analysis.read_document(file, **KNOWN)["confidence"]["confidence"]
    )


def test_every_code_of_a_shown_column_has_its_word(tmp_path):
    """A code that the page does not know would stand there in English."""
    from minshi_analysis import model
    from minshi_analysis.account.sheet_words import SHOWN, Saying

    saying = Saying(read_whole(FORMS["html"](NOTICE, tmp_path / "n.html"), **KNOWN), "zh")
    for name in SHOWN:
        for column in model.TABLES[name].columns:
            for code in column.among:
                assert saying.value(column.name, code) != code, f"{name}.{column.name}"


def test_the_head_of_the_page_is_told_in_its_language(tmp_path):
    file = tmp_path / "n.html"
    file.write_text(
        "<html><body><nav>首页 政务公开</nav><h1>洋县2024年民生实事项目计划</h1><table><tr><td>序号</td><td>项目</td></tr>"
        "<tr><td>1</td><td>新建<del>10</del>12家书房</td></tr></table><footer>版权所有</footer></body></html>",
        "utf-8",
    )
    page = html.fromstring(minshi_analysis.sheet(file).html)
    head = page.xpath("string(//header)")
    for said in (
        "网页上略去：导航",
        "1处已划去，不读：10",
        "类型：计划（标题；把握",
        "年：2024（'2024年' 见标题；把握",
    ):
        assert said in head
    assert not re.search(r"[a-z]{3,}", head)


def test_parts_that_were_not_understood_for_one_reason_stand_together(tmp_path):
    page = html.fromstring(sheet_of(read_whole(FORMS["html"](NOTICE, tmp_path / "n.html"), **KNOWN)).html)
    (scores,) = [li for li in page.xpath("//aside//li") if "督查得分" in li.text_content()]
    assert [link.text for link in scores.xpath(".//a")] == ["97", "88", "91"]
    file = tmp_path / "n.txt"
    file.write_text("洋县2024年民生实事\n1.新建公园3个。\n去年全县新增就业12万人，改造小区64户。\n", "utf-8")
    page = html.fromstring(minshi_analysis.sheet(file, **KNOWN).html)
    (before,) = [li for li in page.xpath("//aside//li") if "去年" in li.text_content()]
    assert len(before.xpath(".//a")) == 1


@pytest.fixture
def project_folder(tmp_path, monkeypatch):
    (tmp_path / "p" / "data" / "raw").mkdir(parents=True)
    (tmp_path / "p" / "data" / "corrections").mkdir()
    monkeypatch.delenv("MINSHI_PROJECT", raising=False)
    monkeypatch.chdir(tmp_path / "p")
    return tmp_path / "p"


ADD = ["--region", "洋县", "--year", "2024", "--kind", "plan", "--id", "yang-2024", "--sheet", "s.html"]


def test_a_document_is_added_with_its_sheet_and_shown_again_as_it_is_corrected(
    project_folder, tmp_path, capsys
):
    file = FORMS["docx"](NOTICE, tmp_path / "通知.docx")
    assert cli.main(["add", str(file), *ADD]) == 0
    page = html.parse("s.html").getroot()
    assert page.xpath("//body/@data-doc") == ["yang-2024"] and page.xpath("//article//ins") == []
    assert [m.get("data-row") for m in page.xpath("//article//mark") if m.text == "12家"] == ["yang-2024/2#1"]
    described = project_folder / "data" / "raw" / "yang-2024.toml"
    described.write_text(re.sub(r"(?m)^confirm = .*\n", "", described.read_text("utf-8")), "utf-8")
    (project_folder / "data" / "corrections" / "yang-2024.toml").write_text(
        '[[correction]]\nref = "t1/r3/c3"\nprinted = "12家"\ncorrected = "15家"\nreason = "县文旅局的表"\n',
        "utf-8",
    )
    assert cli.main(["add", str(file), "--sheet", "again.html"]) == 0
    page = html.parse("again.html").getroot()
    assert [m.get("data-row") for m in page.xpath("//article//mark") if m.text == "15家"] == ["yang-2024/2#1"]
    assert page.xpath("//article//ins/@title") == ["原印“12家”，改作“15家”。县文旅局的表"]
    assert sorted(p.name for p in described.parent.iterdir()) == ["yang-2024.docx", "yang-2024.toml"]
    capsys.readouterr()
    known = ["--region", "洋县", "--year", "2024", "--kind", "plan"]
    assert cli.main(["extract", "data/raw/yang-2024.docx", "--sheet", "printed.html", *known]) == 0
    assert "is in the catalogue as yang-2024: it is read as printed here" in capsys.readouterr().out
    assert html.parse("printed.html").getroot().xpath("//article//ins") == []


@pytest.mark.parametrize(
    ("more", "message"),
    [
        (["--sheet", "no/s.html"], "no is no folder"),
        (["--sheet", "s.html"], "give --region"),
        (["{t}/two", "--sheet", "s.html"], "--sheet is for one document"),
    ],
)
def test_without_a_sheet_nothing_is_added(project_folder, tmp_path, capsys, more, message):
    file = tmp_path / "n.txt"
    file.write_text("1.新建书房12家\n", "utf-8")
    (tmp_path / "two").mkdir()
    (tmp_path / "two" / "m.txt").write_text("1.新建书房13家\n", "utf-8")
    assert cli.main(["add", str(file), *(m.format(t=tmp_path) for m in more)]) == 2
    assert message in capsys.readouterr().err
    assert list((project_folder / "data" / "raw").iterdir()) == []
    assert not (project_folder / "s.html").exists()
