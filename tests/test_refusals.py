"""What a refusal says: the sentence with the next step, on standard error, and as an object where a monitor asked for one."""

from __future__ import annotations

import errno
import json
import shutil

import pytest

import minshi_analysis
from minshi_analysis import cli, metrics
from minshi_analysis.project import doctor
from minshi_analysis.tables import build, export

PLAN = "乐清市2023年民生实事项目\n\n1.新增停车位300个。\n2.新建公厕20座，其中镇区5座。\n"


@pytest.fixture
def own(tmp_path, monkeypatch):
    """A project of one small plan."""
    monkeypatch.delenv("MINSHI_PROJECT", raising=False)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "plan.txt").write_text(PLAN, "utf-8")
    assert cli.main(["add", "plan.txt", "--yes", "--region", "乐清市", "--year", "2023", "-q"]) in (0, 1)
    return tmp_path


@pytest.mark.parametrize("command", [["build"], ["report", "--all"], ["export", "--to", "csv"], ["confirm"]])
def test_a_monitor_gets_an_object_of_a_refusal_too(tmp_path, monkeypatch, capsys, command):
    monkeypatch.setenv("MINSHI_PROJECT", str(tmp_path / "nowhere"))
    assert cli.main([*command, "--json"]) == 2
    out, err = capsys.readouterr()
    found = json.loads(out)
    assert found["status"] == 2 and found["error"] in err
    assert "MINSHI_PROJECT is" in err and "no such folder" in err


def test_nothing_is_made_in_a_folder_that_was_named_wrongly(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("MINSHI_PROJECT", str(tmp_path / "nowhere"))
    monkeypatch.chdir(tmp_path)
    (tmp_path / "plan.txt").write_text(PLAN, "utf-8")
    assert cli.main(["add", "plan.txt"]) == 2
    assert "no such folder" in capsys.readouterr().err
    assert sorted(path.name for path in tmp_path.iterdir()) == ["plan.txt"]


@pytest.mark.parametrize(
    "number, name, said",
    [
        (errno.ENOSPC, None, "no room is left on the disk: free some"),
        (errno.ENOSPC, "data/.tables-12-abc", "no room is left on the disk for data: free some"),
        (errno.EACCES, "data/.tables-12-abc", "minshi: data: Permission denied; check the path"),
        (errno.EACCES, "notice.pdf", "minshi: notice.pdf: Permission denied; check the path"),
    ],
)
def test_what_the_disk_refuses(own, monkeypatch, capsys, number, name, said):
    def refused(*args, **kwargs):
        raise (
            OSError(number, "Permission denied", name) if name else OSError(number, "No space left on device")
        )

    monkeypatch.setattr(build, "build", refused)
    assert cli.main(["build"]) == 2
    assert said in capsys.readouterr().err


def test_a_workbook_on_a_full_disk_leaves_one_error(tmp_path, monkeypatch):
    import pandas as pd

    def full(self, data):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(export.Path, "write_bytes", full)
    with pytest.raises(OSError, match="No space"):
        export._xlsx({"tasks": pd.DataFrame({"task_id": ["d/1"], "doc_id": ["d"]})}, tmp_path / "a.xlsx")


def test_a_document_that_was_moved_away_can_come_back_or_go(own, capsys):
    next((own / "data" / "raw").glob("*.txt")).unlink()
    assert cli.main(["build"]) == 2
    said = capsys.readouterr().err
    assert "is not there: put it back, or delete" in said and ".toml to take the document out" in said


def test_a_document_of_a_folder_that_needs_an_id_says_how(own, tmp_path, capsys):
    more = tmp_path / "more"
    more.mkdir()
    (more / "新闻稿.txt").write_text("今年进展\n\n1.新增停车位300个。\n", "utf-8")
    cli.main(["add", "more"])
    assert "add it alone with --id, or with --region and --year" in capsys.readouterr().err


def test_what_is_not_understood_of_a_sheet_is_called_by_its_cell(tmp_path, monkeypatch, capsys):
    import openpyxl

    monkeypatch.delenv("MINSHI_PROJECT", raising=False)
    monkeypatch.chdir(tmp_path)
    book = openpyxl.Workbook()
    for row in (["乐清市2023年民生实事项目表"], ["序号", "目标任务", "责任单位", "督查得分"], [1, "新增停车位300个", "市建设局", 87.5],
                [2, "新建公厕20座", "市城管局", 91]):  # fmt: skip
        book.active.append(row)
    book.save("plan.xlsx")
    known = ["--region", "乐清市", "--year", "2023", "--kind", "plan"]
    cli.main(["add", "plan.xlsx", "--id", "yueqing-2023-plan", "--yes", *known, "-q"])
    cli.main(["confirm", "--yes", "-q"])
    capsys.readouterr()
    assert cli.main(["build"]) == 0
    assert "not understood at Sheet!D" in capsys.readouterr().out


def test_a_system_without_chinese_letters_is_told_with_the_remedy(monkeypatch, tmp_path):
    fonts = tmp_path / "fc-list"
    fonts.write_text("#!/bin/sh\n", "utf-8")
    fonts.chmod(0o755)
    monkeypatch.setattr(shutil, "which", lambda name: str(fonts) if name == "fc-list" else None)
    monkeypatch.setattr(doctor.sys, "platform", "linux")
    (found,) = doctor._screen()
    assert found.state == "optional" and "squares in JupyterLab" in found.said
    assert "fonts-noto-cjk" in found.remedy
    fonts.write_text("#!/bin/sh\necho 'Noto Sans CJK SC'\n", "utf-8")
    (found,) = doctor._screen()
    assert (found.state, found.said) == ("ok", "Noto Sans CJK SC")


def test_the_doctor_looks_at_it(monkeypatch):
    seen = [doctor.Finding("optional", "font of the system", "none")]
    monkeypatch.setattr(doctor, "_screen", lambda: iter(seen))
    assert seen[0] in doctor.examine()


@pytest.mark.parametrize(
    "name, meant", [("over_complition", "over_completion"), ("per_capita_fundings", "per_capita_funding")]
)
def test_a_mistyped_metric_says_what_was_meant(name, meant):
    with pytest.raises(AttributeError, match=f"did you mean {meant}"):
        getattr(metrics, name)
    assert not hasattr(metrics, "__wrapped__")


def test_a_mistyped_loader_says_what_was_meant():
    with pytest.raises(AttributeError, match=r"did you mean load_targets\?"):
        minshi_analysis.load_target  # noqa: B018
