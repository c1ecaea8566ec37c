"""Which documents a region's name or code means, and which figures go with them."""

import pandas as pd
import pytest

from minshi_analysis.metrics import over_completion
from minshi_analysis.metrics.inputs import resolve

PEOPLE = [("鼓楼区", "320302", 400_000), ("鼓楼区", "410204", 150_000), ("温州市", "330300", 9_679_000)]


@pytest.fixture
def tables():
    """鼓楼区 of 徐州, 鼓楼区 of 开封, and a zone without a code."""
    documents = pd.DataFrame(
        [
            ("xuzhou", "鼓楼区", "320302", 2025, pd.NA, "plan"),
            ("kaifeng", "鼓楼区", "410204", 2025, pd.NA, "plan"),
            ("zone", "高新区", None, 2025, pd.NA, "plan"),
        ],
        columns=["doc_id", "region", "adcode", "year", "year_end", "kind"],
    )
    tasks = pd.DataFrame({"doc_id": documents["doc_id"], "task_id": documents["doc_id"] + "/1.1"})
    population = pd.DataFrame(PEOPLE, columns=["region", "adcode", "population"])
    return {"documents": documents, "tasks": tasks, "population": population}


def test_a_name_of_several_regions_is_refused_with_their_codes(tables):
    with pytest.raises(
        ValueError, match=r"^鼓楼区 is 320302 \(徐州市\) and 410204 \(开封市\): give the code$"
    ):
        resolve(("tasks",), "鼓楼区", 2025, tables)


@pytest.mark.parametrize(
    ("asked", "doc_id"), [("320302", "xuzhou"), ("410204", "kaifeng"), ("高新区", "zone")]
)
def test_a_code_or_a_name_of_its_own_means_one_region(tables, asked, doc_id):
    assert resolve(("tasks",), asked, 2025, tables)["tasks"]["doc_id"].tolist() == [doc_id]


def test_residents_of_a_namesake_are_left_out(tables):
    people = resolve(("tasks", "population"), "410204", 2025, tables)["population"]
    assert people["population"].tolist() == [150_000, 9_679_000]
    assert len(resolve(("tasks", "population"), None, 2025, tables)["population"]) == 3


def test_a_code_without_documents_is_told_by_its_name(tables):
    with pytest.raises(ValueError, match="no document of 温州市"):
        resolve(("tasks",), "330300", None, tables)


def test_a_metric_takes_a_code():
    found = over_completion("330382", 2022).set_index("target_id")
    assert found.at["yueqing-2022-completion/city.21#1", "reported"] == 22  # 22 of 15台以上
