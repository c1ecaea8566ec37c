"""What was read of documents is kept: a build after a change gives what a build from nothing gives, and reads only the change."""

from __future__ import annotations

import dataclasses
import hashlib
import json
import os
import random
import shutil
import signal
from pathlib import Path

import pandas as pd
import pytest

from minshi_analysis import catalogue, cli, hashes
from minshi_analysis.tables import build, kept
from minshi_analysis.tables import files as store
from minshi_analysis.workers.pool import Pool

COUNTIES = {"鹿城区": "330302", "龙湾区": "330303", "瓯海区": "330304"}
CITY = """温州市2023年度民生实事项目任务分解表
序号\t项目名称\t目标任务\t牵头单位\t完成时限\t{heads}
1\t新增停车位{total}个\t{total}个\t市住建局\t2023年11月\t{shares}
"""
COUNTY = """{region}2023年度民生实事项目责任分解表
{region}今年新增停车位{places}个,新建书房3家。
序号\t项目名称\t牵头单位\t备注\t完成时限
1\t新增停车位{places}个\t区住建局\t含路边\t2023年11月
2\t新建书房{rooms}家\t区文广旅局\t\t2023年10月
"""
TOML = """file = "{file}"
sha256 = "{sha256}"
title = "{title}"
region = "{region}"
adcode = "{adcode}"
level = "{level}"
year = 2023
kind = "plan"
"""
SOURCES = "source_id,title,publisher,date,url,how_verified\n"


def describe(raw: Path, name: str, title: str, region: str, adcode: str, level: str) -> None:
    sha256 = hashlib.sha256((raw / name).read_bytes()).hexdigest()
    said = {
        "file": name,
        "sha256": sha256,
        "title": title,
        "region": region,
        "adcode": adcode,
        "level": level,
    }
    (raw / name).with_suffix(".toml").write_text(TOML.format(**said), "utf-8")


def write_city(root: Path, shares: dict[str, int]) -> None:
    raw = root / "data" / "raw"
    said = {"heads": "\t".join(shares), "shares": "\t".join(f"{n}个" for n in shares.values())}
    (raw / "wenzhou.txt").write_text(CITY.format(total=sum(shares.values()), **said), "utf-8")
    describe(raw, "wenzhou.txt", "温州市计划", "温州市", "330300", "city")


def write_county(root: Path, region: str, places: int, rooms: int, title: str = "计划") -> None:
    raw, name = root / "data" / "raw", f"{COUNTIES[region]}.txt"
    (raw / name).write_text(COUNTY.format(region=region, places=places, rooms=rooms), "utf-8")
    describe(raw, name, title, region, COUNTIES[region], "county")


def correct(root: Path, region: str, places: int) -> None:
    """A correction of what a county's table prints: or none, where it has no such line."""
    code = COUNTIES[region]
    path, printed = root / "data" / "raw" / f"{code}.txt", f"1\t新增停车位{places}个\t区住建局"
    target = root / "data" / "corrections" / f"{code}.toml"
    target.unlink(missing_ok=True)
    if path.is_file() and printed in path.read_text("utf-8"):
        said = f'[[correction]]\nwhere = "1"\nprinted = "{printed}"\ncorrected = "1\t新增停车位{places}1个\t区住建局"\n'
        target.parent.mkdir(exist_ok=True)
        target.write_text(said.replace("\t", "\\t") + 'reason = "…"\n', "utf-8")


@pytest.fixture
def root(tmp_path, monkeypatch) -> Path:
    """A city that divides a promise among three counties, and their documents."""
    (tmp_path / "data" / "raw").mkdir(parents=True)
    write_city(tmp_path, {"鹿城区": 100, "龙湾区": 200, "瓯海区": 300})
    for number, region in enumerate(COUNTIES, 1):
        write_county(tmp_path, region, 100 * number, number)
    monkeypatch.setenv("MINSHI_PROJECT", str(tmp_path))
    return tmp_path


@pytest.fixture
def calls(monkeypatch) -> list[str]:
    """Everything in this process; what was called for, in order."""
    called: list[str] = []

    class Here(Pool):
        def run(self, given, timeout=None):
            for key, function, (limits, work, *arguments) in given:
                named = (
                    arguments[1].doc_id
                    if work is build.read_source
                    else f"compare {arguments[0][0]['doc_id']}"
                )
                called.append(named)
                yield key, function(None, limits, work, *arguments)

    monkeypatch.setattr(build, "crew", lambda *args, **more: Here(1))
    return called


def entries(root: Path) -> list[Path]:
    return sorted(path for path in (root / ".cache" / "read").rglob("*") if path.is_file())


def same(one: build.Build, other: build.Build, folder: Path) -> bool:
    for name, table in one.tables.items():
        pd.testing.assert_frame_equal(table, other.tables[name], obj=name)
        written = []
        for number, rows in enumerate((table, other.tables[name])):
            store.write_csv(rows, folder / f"{number}.csv")
            store.write_parquet(name, rows, folder / f"{number}.parquet")
            written.append([(folder / f"{number}.{kind}").read_bytes() for kind in ("csv", "parquet")])
        assert written[0] == written[1], name
    return one.unread == other.unread


def change(root: Path, rng: random.Random) -> None:
    """One thing that a person may do to a project: to a document, its description, its corrections, the references."""
    region = rng.choice(list(COUNTIES))
    raw, path = root / "data" / "raw", root / "data" / "raw" / f"{COUNTIES[region]}.txt"
    corrections = root / "data" / "corrections" / f"{COUNTIES[region]}.toml"
    places = rng.choice((100, 200, 250))
    match rng.choice(("text", "gone", "title", "correct", "city", "reference", "none")):
        case "text":
            corrections.unlink(missing_ok=True)
            write_county(root, region, places, rng.randint(1, 9))
        case "gone":
            for each in (path, path.with_suffix(".toml"), corrections):
                each.unlink(missing_ok=True)
        case "title" if path.is_file():
            describe(raw, path.name, f"计划 {rng.randint(1, 9)}", region, COUNTIES[region], "county")
        case "correct":
            correct(root, region, places)
        case "city":
            write_city(root, {name: rng.choice((100, 200, 300)) for name in rng.sample(list(COUNTIES), 2)})
        case "reference":
            folder = root / "data" / "reference"
            folder.mkdir(exist_ok=True)
            (folder / "sources.csv").write_text(SOURCES + f"s,t{rng.randint(1, 9)},p,,,\n", "utf-8")


@pytest.mark.parametrize(
    "seed", [1, pytest.param(2, marks=pytest.mark.slow), pytest.param(3, marks=pytest.mark.slow)]
)
def test_whatever_changes_a_build_is_as_one_from_nothing(root, tmp_path, calls, seed):
    rng = random.Random(seed)
    first = build.make_tables(root)
    assert len(first.tables["links"]) == 3 and len(first.tables["checks"]) and len(first.tables["unread"])
    for _ in range(8):
        change(root, rng)
        made = build.make_tables(root)
        del calls[:]
        from_nothing = build.make_tables(root, force=True)
        assert from_nothing.read == len(from_nothing.tables["documents"]) and from_nothing.kept == 0
        assert same(made, from_nothing, tmp_path)


def test_only_what_has_changed_is_read_and_compared(root, calls):
    assert (build.make_tables(root).read, len(calls)) == (4, 5)
    del calls[:]
    again = build.make_tables(root)
    assert (again.read, again.kept, calls) == (0, 4, [])
    write_county(root, "龙湾区", 250, 2)
    made = build.make_tables(root)
    assert (made.read, made.kept, calls) == (1, 3, ["330303", "compare wenzhou"])
    links = made.tables["links"].set_index("region")
    assert links.loc["龙湾区", ["value", "other_value", "same"]].tolist() == [200, 250, False]
    del calls[:]
    correct(root, "鹿城区", 100)
    assert build.make_tables(root).tables["patches"]["printed"].tolist() == ["1\t新增停车位100个\t区住建局"]
    assert calls == ["330302", "compare wenzhou"]
    del calls[:]
    assert build.make_tables(root, force=True).read == 4 and len(calls) == 5


def test_other_regions_are_not_compared_again(root, calls):
    """A document of another city concerns neither the documents here nor what they say of each other."""
    raw = root / "data" / "raw"
    build.make_tables(root)
    del calls[:]
    (raw / "hangzhou.txt").write_text(COUNTY.format(region="西湖区", places=5, rooms=6), "utf-8")
    describe(raw, "hangzhou.txt", "计划", "西湖区", "330106", "county")
    build.make_tables(root)
    assert calls == ["hangzhou"]


def flipped(data: bytes, at: int) -> bytes:
    return data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]


def test_a_flipped_bit_anywhere_is_noticed(root):
    """The sum is over all that follows it: every hundredth byte of every entry, and all of the first forty."""
    build.make_tables(root)
    for path in entries(root):
        whole = path.read_bytes()
        assert kept.Kept(root).get(path.name) is not None
        for at in {*range(40), *range(0, len(whole), 100), len(whole) - 1}:
            path.write_bytes(flipped(whole, at))
            disk = kept.Kept(root)
            assert disk.get(path.name) is None and disk.damaged == 1
        path.write_bytes(whole)


@pytest.mark.parametrize("how", ["flipped", "cut", "empty", "another's", "gone"])
def test_what_is_damaged_is_read_again(root, tmp_path, calls, how):
    first = build.make_tables(root)
    every = entries(root)
    held = [path.read_bytes() for path in every]
    for number, path in enumerate(every):
        if how == "gone":
            path.unlink()
            continue
        bad = {"flipped": flipped(held[number], 200), "cut": held[number][:-1], "empty": b""}
        path.write_bytes(bad.get(how, held[number - 1]))  # a whole entry, but of another document
    told: list[str] = []
    del calls[:]
    made = build.make_tables(root, told.append)
    assert made.read == 4 and len(calls) == 5
    assert same(made, first, tmp_path)
    damaged = [line for line in told if line.startswith("5 kept readings were damaged")]
    assert len(damaged) == (how != "gone")
    assert [path.read_bytes() for path in entries(root)] == held


def test_the_key_holds_all_that_is_known_of_a_document(root, monkeypatch):
    source = catalogue.sources(root)[0]
    key = kept.key_of(source)
    other = {
        "year": 1999,
        "furniture": ("x",),
        "corrections": (catalogue.Correction("1", "a", "b", "c"),),
        "path": Path("x.txt"),
    }
    for field in dataclasses.fields(source):
        changed = dataclasses.replace(source, **{field.name: other.get(field.name, "another")})
        assert kept.key_of(changed) != key, field.name
    assert kept.key_of(dataclasses.replace(source, path=Path("/elsewhere") / source.path.name)) == key
    for number in range(len(kept._reader())):
        said = list(kept._reader())
        said[number] = "another"
        with monkeypatch.context() as patched:
            patched.setattr(kept, "_reader", lambda said=tuple(said): said)
            assert kept.key_of(source) != key
    assert len({kept.key_of_several(keys) for keys in (["a", "b"], ["b", "a"], ["ab"], ["a"])}) == 4


def test_what_was_not_understood_is_told_again(root, capsys):
    def told(*argv: str) -> list[str]:
        assert cli.main(["build", *argv]) == 0
        return [line for line in capsys.readouterr().out.splitlines() if line[0] != "2"]

    first = told()
    assert (
        sum(line.startswith("  not understood at ") for line in first) == 2
    )  # 新建书房3家, where the table has 1 and 2
    again = told()
    assert sorted(again) == sorted(line for line in first if not line.endswith(" 0 not understood"))
    assert sorted(told("--force")) == sorted(first)


def test_a_refused_document_is_refused_again_and_the_others_are_kept(root, capsys):
    correct(root, "瓯海区", 300)
    write_county(root, "瓯海区", 77, 7)
    for _ in range(2):
        assert cli.main(["build"]) == 2
        assert "330304.toml, '1': its printed words" in capsys.readouterr().err
    assert not (root / "data" / "tables").exists()
    (root / "data" / "corrections" / "330304.toml").unlink()
    assert cli.main(["build", "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert (said["read"], said["kept"]) == (
        2,
        2,
    )  # the refused one, and the city's plan, which comes after it


def dies(bench, file, source):
    if source.doc_id == "330304":
        os.kill(os.getpid(), signal.SIGKILL)
    return build.read_source(bench, file, source)


def test_a_run_that_is_cut_off_loses_nothing_that_it_had_read(root, monkeypatch, capsys):
    with monkeypatch.context() as patched:
        reading = build._reading
        patched.setattr(build, "_reading", lambda source: (dies, *reading(source)[1:]))
        assert cli.main(["build"]) == 1
    assert (
        "330304 could not be read: its worker was killed by SIGKILL; nothing was written"
        in capsys.readouterr().err
    )
    left = entries(root)[0].with_name(
        ".0123.77.part"
    )  # what a run that is killed while it writes leaves behind
    left.write_bytes(b"half")
    assert cli.main(["build", "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert (said["read"], said["kept"]) == (2, 2)
    assert not left.exists()


def test_what_is_gone_is_not_kept(root, calls):
    build.make_tables(root)
    assert len(entries(root)) == 5
    for suffix in ("txt", "toml"):
        (root / "data" / "raw" / f"330303.{suffix}").unlink()
    build.make_tables(root)
    assert len(entries(root)) == 4
    shutil.rmtree(root / ".cache")
    assert build.make_tables(root).read == 3


def test_where_nothing_can_be_kept_tables_are_built_all_the_same(root, tmp_path, calls):
    first = build.make_tables(root)
    shutil.rmtree(root / ".cache")
    (root / ".cache").write_text("a file", "utf-8")
    assert same(build.make_tables(root), first, tmp_path)
    assert build.make_tables(root).read == 4


def test_a_build_says_how_many_it_read(root, capsys):
    def last(*argv: str) -> str:
        assert cli.main(["build", *argv]) == 0
        return capsys.readouterr().out.splitlines()[-1]

    assert last().endswith("; 4 documents read, 0 as they were")
    assert last("--if-needed") == "data/tables is up to date"
    assert last().endswith("; 0 documents read, 4 as they were")
    write_county(root, "鹿城区", 110, 1)
    assert last("--if-needed").endswith("; 1 document read, 3 as they were")
    assert last("--if-needed", "--force").endswith("; 4 documents read, 0 as they were")
    assert cli.main(["build", "--check"]) == 0


def test_a_file_of_the_library_that_was_written_since_it_was_loaded_is_named(monkeypatch):
    assert hashes.changed_since_loaded() == []
    path = Path(hashes.__file__)
    monkeypatch.setattr(hashes, "_LOADED", path.stat().st_mtime_ns - 1)
    assert "minshi_analysis/hashes.py" in hashes.changed_since_loaded()
    monkeypatch.setattr(hashes, "_LOADED", path.stat().st_mtime_ns)
    assert "minshi_analysis/hashes.py" not in hashes.changed_since_loaded()


def test_what_old_code_reads_is_not_kept_as_that_of_new_files(root, calls, monkeypatch):
    """A notebook or a test that loaded the library before an edit: the key tells of the files, not of what runs."""
    said: list[str] = []
    monkeypatch.setattr(kept, "changed_since_loaded", lambda: ["minshi_analysis/layout/tables.py"])
    assert build.make_tables(root, said.append).read == 4
    assert entries(root) == []
    assert any(line.startswith("minshi_analysis/layout/tables.py changed after") for line in said)
    monkeypatch.undo()
    monkeypatch.chdir(root)
    assert build.make_tables(root).read == 4


def test_a_change_while_it_reads_keeps_nothing(root, calls, monkeypatch):
    answers = iter([[], ["minshi_analysis/cli.py"]])
    monkeypatch.setattr(kept, "changed_since_loaded", lambda: next(answers))
    build.make_tables(root)
    assert entries(root) == []
