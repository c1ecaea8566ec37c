"""What is settled, asked for or looked at is not there yet: it is no result of a promise to make it."""

import pytest

from minshi_analysis.intake.reader import read_document

HEAD = ["序号", "目标任务", "责任单位", "进展情况", "形象进度(%)"]


def page(tmp_path, rows):
    path = tmp_path / "page.html"
    cells = "".join("<tr>" + "".join(f"<td>{c}</td>" for c in row) + "</tr>" for row in [HEAD, *rows])
    path.write_text(f"<h1>余姚市2025年民生实事项目进展情况</h1><table>{cells}</table>", encoding="utf-8")
    return read_document(path, region="330281", year=2025)


@pytest.mark.parametrize(
    "said",
    [
        "已确定13家",
        "已遴选13家",
        "已申报13家",
        "已落实13家场地",
        "已组织报名13家",
        "已明确13家建设单位",
        "已完成13家现场勘查",
    ],
)
def test_is_no_result(tmp_path, said):
    found = page(
        tmp_path,
        [
            [
                "1",
                "新建家门口青少年宫13家,计划服务青少年1.24万人次",
                "团市委",
                f"{said},累计服务青少年2500余人次",
                "45%",
            ]
        ],
    )
    outcomes = found["outcomes"].dropna(subset=["value"])
    assert outcomes["value"].tolist() == [2500]
    assert found["unread"]["text"].tolist() == ["13家"]


def test_is_one_where_it_is_what_was_promised(tmp_path):
    found = page(
        tmp_path,
        [
            ["1", "遴选示范企业13家", "市工信局", "已遴选13家", "100%"],
            ["2", "新建公园5个", "市园林局", "建成4个", "80%"],
        ],
    )
    assert found["outcomes"]["value"].tolist() == [13, 4]


@pytest.mark.parametrize(
    ("rate", "of"), [("62%", [None, None, 62]), ("62.5%", [None, 62.5]), ("60%", [None, None, 60])]
)
def test_a_round_rate_of_several_results_is_of_none_of_them(tmp_path, rate, of):
    """5 of 8 are 62.5 %, 36 of 60 are 60 %: a round rate may be the item's and fit one by chance."""
    found = page(
        tmp_path, [["1", "新增床位60张,新增老年食堂8家", "市民政局", "已新增床位36张;建成老年食堂5家", rate]]
    )
    said = found["outcomes"]["rate_claimed"].astype(object)
    assert sorted(said.where(said.notna(), None), key=str) == sorted(of, key=str)
