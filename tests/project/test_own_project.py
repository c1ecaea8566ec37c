"""A project of one's own: made, filled, confirmed, examined; each refusal names the next step."""

from __future__ import annotations

import csv
import hashlib
import json
import re
import tomllib

import nbformat
import pytest

from minshi_analysis import cli
from minshi_analysis.intake import confirming
from minshi_analysis.project import doctor, new
from minshi_analysis.reports.parameters import NOTEBOOKS
from minshi_analysis.tables.reference import HEADS

PLAN = """瓯海区2025年民生实事项目责任分解表
瓯海区人民政府办公室
序号\t项目名称\t牵头单位
1\t新增停车位300个\t区住建局
2\t新建公园2个\t区综合执法局
"""


@pytest.fixture
def own(tmp_path, monkeypatch):
    """An empty folder to work in, in no project."""
    folder = tmp_path / "own"
    folder.mkdir()
    monkeypatch.chdir(folder)
    monkeypatch.delenv("MINSHI_PROJECT", raising=False)
    return folder


@pytest.fixture
def plan(tmp_path):
    file = tmp_path / "ouhai-2025.txt"
    file.write_text(PLAN, "utf-8")
    return file


def run(capsys, *argv) -> tuple[int, str, str]:
    status = cli.main([str(word) for word in argv])
    return status, *capsys.readouterr()


def test_a_new_project_has_what_it_needs_and_nothing_of_ours(own, capsys):
    assert run(capsys, "new", "here")[0] == 0
    files = {
        path.relative_to(own / "here").as_posix() for path in (own / "here").rglob("*") if path.is_file()
    }
    assert files == {
        *(f"data/{part}/.gitkeep" for part in ("raw", "corrections")),
        *(f"data/reference/{name}" for name in HEADS),
        *(f"notebooks/{notebook.file}" for notebook in NOTEBOOKS),
        "notebooks/tutorial.ipynb",
        ".gitignore",
        ".github/workflows/tables.yml",
        "Makefile",
        "README.md",
        "environment.yml",
        "requirements.lock",
    }
    text = "".join((own / "here" / name).read_text("utf-8") for name in files)
    assert not re.search("温州|乐清|鹿城|杭州|wenzhou|yueqing|lucheng|hangzhou", text)
    for name in HEADS:
        with (own / "here" / "data" / "reference" / name).open() as file:
            assert list(csv.reader(file)) == [list(HEADS[name])]


def test_its_notebooks_have_no_outputs_and_nothing_chosen():
    for text in new.notebooks().values():
        notebook = nbformat.reads(text, as_version=4)
        nbformat.validate(notebook)
        code = [cell for cell in notebook.cells if cell.cell_type == "code"]
        assert not any(cell.outputs or cell.execution_count for cell in code)
    cells = json.loads(new.notebooks()["city_year.ipynb"])["cells"]
    assert 'region: str = ""\nyear: int = 0' in "".join(cells[0]["source"])


def test_a_second_time_makes_only_what_is_lacking(own, capsys):
    run(capsys, "new", ".")
    (own / "Makefile").write_text("mine\n")
    (own / "notebooks" / "audit.ipynb").unlink()
    status, said, _ = run(capsys, "new", ".")
    assert (status, said.splitlines()[0]) == (0, "notebooks/audit.ipynb written")
    assert (own / "Makefile").read_text() == "mine\n"
    assert "lacks nothing" in run(capsys, "new", ".")[1]


def test_no_project_where_a_file_stands(own, capsys):
    (own / "x").write_text("")
    status, _, said = run(capsys, "new", "x")
    assert status == 2 and "is a file" in said


def test_the_lock_names_every_package_that_the_reports_need(own, capsys):
    run(capsys, "new", ".")
    lines = (own / "requirements.lock").read_text().splitlines()
    assert lines[0].startswith("minshi-analysis[reports]==")
    names = {line.partition("==")[0] for line in lines}
    assert {"pandas", "papermill", "ipykernel", "pyzmq", "lxml"} <= names and "pytest" not in names
    assert all(re.fullmatch(r"[a-z0-9.\[\]-]+==\S+", line) for line in lines)


def test_each_refusal_names_the_next_step(own, capsys):
    for command in (["build"], ["report", "--all"], ["audit"], ["query", "SELECT 1"], ["trace", "x"]):
        status, _, said = run(capsys, *command)
        assert status == 2 and "make one with `minshi new FOLDER`" in said, command
    run(capsys, "new", ".")
    assert "put one into data/raw with `minshi add FILE`" in run(capsys, "build")[2]
    assert "run `minshi build`" in run(capsys, "report", "--all")[2]
    assert "run `minshi build`" in run(capsys, "query", "SELECT * FROM tasks")[2]


def test_four_commands_from_a_document_to_its_report(own, plan, capsys):
    assert run(capsys, "new", ".")[0] == 0
    assert run(capsys, "add", plan, "--yes")[0] == 0
    assert run(capsys, "build")[0] == 0
    status, said, _ = run(capsys, "report", "--all", "--dry-run")
    assert status == 0
    assert re.findall(r"^(\S+?):", said, re.M) == ["city_year/瓯海区-2025", "audit/audit"]
    assert run(capsys, "query", "--format", "csv", "SELECT value FROM targets ORDER BY 1")[
        1
    ] == "value\n2\n300\n" or (
        run(capsys, "query", "--format", "csv", "SELECT value FROM targets ORDER BY 1")[1]
        == "value\n2.0\n300.0\n"
    )


def test_add_makes_a_project_where_there_is_none_and_build_needs_no_reference_files(own, plan, capsys):
    status, said, _ = run(capsys, "add", plan, "--yes")
    assert status == 0 and "is a project now" in said
    assert run(capsys, "build")[0] == 0
    assert not (own / "data" / "reference").exists()
    assert run(capsys, "query", "--format", "csv", "SELECT count(*) AS n FROM population")[1] == "n\n0\n"
    assert "there are no notebooks" in run(capsys, "report", "--all")[2]


def test_a_folder_is_added_and_what_is_there_already_is_left_alone(own, plan, capsys):
    (plan.parent / "in" / "more").mkdir(parents=True)
    (plan.parent / "in" / "a.txt").write_text(PLAN, "utf-8")
    (plan.parent / "in" / "more" / "b.txt").write_text(PLAN.replace("300", "400"), "utf-8")
    (plan.parent / "in" / "more" / "same.txt").write_text(PLAN, "utf-8")
    (plan.parent / "in" / "more" / "broken.docx").write_bytes(b"PK\x03\x04 no zip")
    status, said, wrong = run(capsys, "add", plan.parent / "in")
    assert status == 1 and "broken.docx" in wrong
    assert "same.txt is in the catalogue already, as a" in said
    assert sorted(path.name for path in (own / "data" / "raw").iterdir()) == [
        "a.toml",
        "a.txt",
        "b.toml",
        "b.txt",
    ]
    before = (own / "data" / "raw" / "a.toml").read_text()
    run(capsys, "add", plan.parent / "in" / "a.txt")
    assert (own / "data" / "raw" / "a.toml").read_text() == before


@pytest.mark.parametrize("name", ["document.txt", "t20240301_123456.txt", "Download (2).txt"])
def test_a_name_that_says_nothing_is_no_id(own, tmp_path, capsys, name):
    (tmp_path / name).write_text(PLAN, "utf-8")
    run(capsys, "add", tmp_path / name)
    assert (own / "data" / "raw" / "330304-2025-plan.toml").is_file()


def described(own, doc_id="ouhai-2025") -> dict:
    return tomllib.loads((own / "data" / "raw" / f"{doc_id}.toml").read_text("utf-8"))


def test_confirm_shows_the_evidence_and_takes_answers_as_options(own, plan, capsys):
    run(capsys, "add", plan)
    assert "run `minshi confirm ouhai-2025`" in run(capsys, "build")[2]
    status, said, _ = run(capsys, "confirm")
    assert status == 1
    assert "region: 瓯海区 330304 county ('瓯海区' in the title; sure 0.95)" in said
    status, said, _ = run(
        capsys, "confirm", "ouhai-2025", "--region", "330302", "--year", "2024", "--none", "issuer"
    )
    assert status == 1 and "title" in said and "kind" in said
    now = described(own)
    assert (now["region"], now["adcode"], now["year"], "issuer" in now) == ("鹿城区", "330302", 2024, False)
    assert set(now["confirm"]) == {"title", "kind"}
    assert run(capsys, "confirm", "ouhai-2025", "--yes")[0] == 0
    assert "confirm" not in (own / "data" / "raw" / "ouhai-2025.toml").read_text("utf-8")
    assert run(capsys, "build")[0] == 0


def test_confirm_asks_on_a_terminal_until_the_answer_may_stand(own, plan, capsys, monkeypatch):
    run(capsys, "add", plan)
    answers = iter(["", "-", "朝阳区", "330302", "twenty", "2026", "?"])

    def typed(_prompt):
        try:
            return next(answers)
        except StopIteration:
            raise EOFError from None

    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    monkeypatch.setattr("builtins.input", typed)
    status, said, _ = run(capsys, "confirm")
    assert status == 1 and "no region '朝阳区' alone" in said and "'twenty' is no year" in said
    now = described(own)
    assert (now["region"], now["year"], now["confirm"]) == ("鹿城区", 2026, ["kind"])


def test_what_a_person_wrote_into_the_toml_is_what_is_confirmed(own, plan, capsys):
    run(capsys, "add", plan)
    path = own / "data" / "raw" / "ouhai-2025.toml"
    path.write_text(path.read_text("utf-8").replace('kind = "plan"', 'kind = "progress"'), "utf-8")
    (kind,) = [each for each in confirming.questions(own, "ouhai-2025").open if each.name == "kind"]
    assert (kind.value, kind.where) == ("progress", "")
    assert run(capsys, "confirm", "--yes")[0] == 0
    assert described(own)["kind"] == "progress"


def test_what_is_not_known_is_never_taken(own, tmp_path, capsys):
    (tmp_path / "notice.txt").write_text("民生实事\n1.新建公园2个。\n", "utf-8")
    run(capsys, "add", tmp_path / "notice.txt", "--yes")
    assert {"region", "year"} <= set(described(own, "notice")["confirm"])
    assert run(capsys, "confirm", "--yes")[0] == 1
    assert {"region", "year"} <= set(described(own, "notice")["confirm"])


def test_a_wrong_answer_writes_nothing(own, plan, capsys):
    run(capsys, "add", plan)
    before = described(own)
    for words in (["--published", "yesterday"], ["--region", "朝阳区"], ["--none", "title"]):
        assert run(capsys, "confirm", "ouhai-2025", *words)[0] == 2
    assert "there are ouhai-2025" in run(capsys, "confirm", "ouhai")[2]
    assert described(own) == before


def states(found) -> dict[str, str]:
    return {each.about: each.state for each in found}


def test_the_doctor_names_the_remedy(own, plan, capsys):
    assert states(doctor.examine())["project"] == "missing"
    run(capsys, "new", ".")
    assert states(doctor.examine())["documents"] == "missing"
    run(capsys, "add", plan)
    (own / "notebooks" / "audit.ipynb").unlink()
    status, said, _ = run(capsys, "doctor")
    assert status == 1
    assert "wrong     documents: not confirmed: ouhai-2025\n          → `minshi confirm`" in said
    assert "audit.ipynb is not there" in said
    run(capsys, "confirm", "--yes")
    run(capsys, "build")
    run(capsys, "new", ".")
    status, said, _ = run(capsys, "doctor", "--json")
    summed = json.loads(said)
    assert (status, summed["wrong"], summed["missing"]) == (0, 0, 0), summed["findings"]
    (own / "data" / "reference" / "population.csv").write_text("region\n")
    found = states(doctor.examine())
    assert (found["reference"], found["tables"]) == ("ok", "wrong")
    assert any("has no column adcode" in each.said for each in doctor.examine())


def test_the_doctor_sees_packages_that_are_not_as_they_should_be(monkeypatch):
    def version(name):
        if name == "typst":
            raise doctor.metadata.PackageNotFoundError(name)
        return "1.0" if name == "pandas" else "9999"

    monkeypatch.setattr(doctor.metadata, "version", version)
    found = list(doctor._packages())
    (old,) = [each for each in found if each.said.startswith("pandas is 1.0, and has to be")]
    assert (old.state, old.remedy) == ("wrong", "pip install --upgrade minshi-analysis")
    (typst,) = [each for each in found if each.said.startswith("not installed (typst)")]
    assert (typst.state, typst.about) == ("optional", "packages [reports]")


def test_each_command_of_an_empty_project_says_what_comes_next(own, capsys):
    run(capsys, "new", ".")
    assert run(capsys, "confirm")[:2] == (0, "there is no document yet; next: `minshi add FILE`\n")
    assert run(capsys, "build")[0] == 2
    with pytest.raises(SystemExit):
        run(capsys)
    assert capsys.readouterr().err == "minshi: say COMMAND; `minshi --help` says more\n"
    with pytest.raises(SystemExit):
        run(capsys, "add")
    assert capsys.readouterr().err == "minshi add: say FILE; `minshi add --help` says more\n"


def test_a_file_that_changed_is_refused_once_with_the_way_on(own, plan, capsys):
    run(capsys, "new", ".")
    run(capsys, "add", plan, "--yes")
    run(capsys, "build")
    kept = own / "data" / "raw" / "ouhai-2025.txt"
    kept.write_text(kept.read_text("utf-8") + "3\t新建绿道3公里\t区住建局\n", "utf-8")
    status, _, said = run(capsys, "report", "--all")
    assert (status, said.count("ouhai-2025.txt changed"), said.count("\n")) == (2, 1, 1)
    assert said.endswith("run `minshi build` first, or give --build\n")
    status, _, said = run(capsys, "build")
    digest = hashlib.sha256(kept.read_bytes()).hexdigest()
    assert status == 2 and f"its sha256 is {digest}" in said
    assert "put its sha256 into ouhai-2025.toml and `minshi build`" in said
    beside = kept.with_suffix(".toml")
    beside.write_text(re.sub('sha256 = ".*"', f'sha256 = "{digest}"', beside.read_text("utf-8")), "utf-8")
    assert run(capsys, "build")[0] == 0


def test_an_extra_that_is_not_installed_is_optional(monkeypatch, capsys, project):
    """The doctor says what it is for and how to have it, and finds nothing missing."""
    installed = doctor.metadata.version

    def version(name):
        if name in ("dask", "distributed"):
            raise doctor.metadata.PackageNotFoundError(name)
        return installed(name)

    monkeypatch.setattr(doctor.metadata, "version", version)
    monkeypatch.chdir(project)
    status, said, _ = run(capsys, "doctor")
    assert status == 0 and "1 optional, 0 missing, 0 wrong" in said
    assert (
        "optional  packages [cluster]: not installed (dask, distributed); it is for `--scheduler`, the work on a Dask cluster\n"
        "          → pip install --upgrade 'minshi-analysis[cluster]'\n"
    ) in said
    assert "cluster" not in run(capsys, "doctor", "--quiet")[1]


def test_every_extra_for_users_says_what_it_is_for(project):
    asked = tomllib.loads((project / "pyproject.toml").read_text("utf-8"))["project"]
    assert set(doctor.EXTRAS) == set(asked["optional-dependencies"]) - {"dev", "docs", "bench"}


def test_quiet_and_json(own, plan, capsys):
    assert run(capsys, "add", plan, "--yes", "--quiet") == (0, "", "")
    status, said, _ = run(capsys, "build", "--json")
    summed = json.loads(said)
    assert (status, summed["documents"], summed["rows"]["targets"]) == (0, 1, 2)
    assert run(capsys, "build", "--quiet") == (0, "", "")
    run(capsys, "new", ".", "--quiet")
    status, said, _ = run(capsys, "report", "--all", "--build", "--dry-run", "--json")
    assert json.loads(said)["due"].keys() == {"city_year/瓯海区-2025", "audit/audit"}
