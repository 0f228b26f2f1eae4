"""`racesc audit`: figures of the emitted package, by level, kept and resumed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from racesc.audit.figures import Figures, microseconds, table
from racesc.audit.measures import constant_share
from racesc.audit.store import Store, content_key
from racesc.cli import main
from racesc.commands.audit import levels_of
from racesc.terminal import Usage

RACES = """
## Always the same.
env seven(n: Int in 0..9999) -> Int in 0..9 {
  describe "Say seven, whatever {{ n }} is."
}
## Half of it.
env halve(n: Int in 0..9999) -> Int in 0..4999 {
  describe "Halve {{ n }} and round down."
}
## The number itself.
env same(n: Int in 0..9999) -> Int in 0..9999 {
  describe "Repeat {{ n }}."
}
## Even or not.
env even(n: Int in 0..9999) -> Bool {
  describe "Is {{ n }} even?"
}
## A sum.
env add(a: Int in 0..9999, b: Int in 0..9999) -> Int in 0..19998 {
  describe "Add {{ a }} and {{ b }}."
}
## Twice.
env double(n: Int in 0..19998) -> Int in 0..39996 {
  describe "Double {{ n }}."
}
env lost = halve >> seven
env sorted_out = SORT(same >> halve)
env both = PARALLEL(even, add)
env chain = halve >> double
"""
PYTHON = """
def seven(n):
    return 7
def halve(n):
    return n // 2
def same(n):
    return n
def even(n):
    return n % 2 == 0
def add(a, b):
    return a + b
def double(n):
    return 2 * n
"""


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "sums.races").write_text(RACES)
    (tmp_path / "sums.py").write_text(PYTHON)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def audit(capsys: Any, *arguments: str) -> Any:
    code = main(["audit", "sums.races", "--cache", "cache", *arguments])
    out = capsys.readouterr().out
    assert code == 0, out
    return out


def test_figures_say_what_an_environment_is_worth(project: Path, capsys: Any) -> None:
    out = audit(capsys, "--json", "--level", "5", "--draws", "60", "--workers", "1")
    rows = {row["name"]: row for row in json.loads(out)["environments"]}
    assert set(rows["halve"]) >= {
        "name",
        "level",
        "guess",
        "sensitivity",
        "leak",
        "ambiguity",
        "distinct",
        "prompt_chars",
        "generate_us",
        "grade_us",
    }
    assert rows["seven"]["guess"] == 1 and rows["seven"]["sensitivity"] == 0
    assert rows["halve"]["guess"] <= 0.1 and rows["halve"]["sensitivity"] >= 0.9
    assert rows["halve"]["leak"] <= 0.1 and rows["halve"]["ambiguity"] is None
    assert rows["same"]["leak"] == 1
    assert 0.3 <= rows["even"]["guess"] <= 0.7
    assert rows["lost"]["sensitivity"] == 0 and rows["lost"]["guess"] == 1
    assert rows["both"]["guess"] == pytest.approx(rows["even"]["guess"] / 2, abs=0.15)
    assert rows["sorted_out"]["ambiguity"] == rows["sorted_out"]["guess"] >= 0.5
    assert len(rows["add"]["steps"]) == 2
    assert rows["chain"]["distinct"] >= 0.8
    assert all(row["generate_us"] > 0 and row["grade_us"] > 0 for row in rows.values())


def test_levels_and_the_table(project: Path, capsys: Any) -> None:
    out = audit(capsys, "--env", "halve", "--level", "2..3", "--draws", "10")
    lines = out.splitlines()
    assert lines[0].split()[:4] == ["environment", "level", "guess", "sens."]
    assert [line.split()[0] for line in lines[1:]] == ["halve", "3"]


def test_a_second_run_reads_what_the_first_one_kept(
    project: Path, capsys: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    arguments = ("--env", "even", "--json", "--draws", "10")
    first = audit(capsys, *arguments)

    def never(*_: Any, **__: Any) -> None:
        raise AssertionError("nothing is to be measured again")

    monkeypatch.setattr("racesc.child.Child.stream", never)
    assert audit(capsys, *arguments) == first


def test_a_solver_that_fails_is_reported(project: Path, capsys: Any) -> None:
    text = PYTHON.replace("return 2 * n", "return 2 // (n - n)")
    (project / "sums.py").write_text(text)
    code = main(
        ["audit", "sums.races", "--no-cache", "--env", "double", "--draws", "5"]
    )
    assert code == 1
    assert "double" in capsys.readouterr().err


@pytest.mark.parametrize(
    "arguments",
    [
        ("--level", "0"),
        ("--level", "3..11"),
        ("--level", "x"),
        ("--draws", "1"),
        ("--workers", "0"),
        ("--env", "nothing"),
        ("--suite", "nothing"),
    ],
)
def test_bad_usage(project: Path, capsys: Any, arguments: tuple[str, ...]) -> None:
    assert main(["audit", "sums.races", "--no-cache", *arguments]) == 2
    assert "error: " in capsys.readouterr().err


def test_a_file_of_suites_alone(project: Path, capsys: Any) -> None:
    (project / "only.races").write_text("use lists\nsuite all { size 2 }\n")
    assert main(["audit", "only.races", "--no-cache"]) == 1
    assert "`--suite all`" in capsys.readouterr().err


def test_levels() -> None:
    assert levels_of(None) == (1, 5, 10)
    assert levels_of("7") == (7,)
    assert levels_of("2..4") == (2, 3, 4)
    with pytest.raises(Usage):
        levels_of("4..2")


# ── pieces ────────────────────────────────────────────────────────────────────


def test_few_draws_do_not_flatter_a_constant() -> None:
    assert constant_share(["a"] * 20) == 1
    assert constant_share(list(range(20))) == 0
    assert 0.4 <= constant_share(["a", "a", "b", "b"] * 10) <= 0.6


def test_a_store_survives_being_broken_off(tmp_path: Path) -> None:
    with Store(tmp_path, "x") as store:
        store["a"] = {"guess": 1}
        store["b"] = [2]
    path = tmp_path / "x.jsonl"
    path.write_text(path.read_text() + '["c", {"gu')
    with Store(tmp_path, "x") as store:
        assert "c" not in store and store["a"] == {"guess": 1}
        store["d"] = 4
    with Store(tmp_path, "x") as store:
        assert store["b"] == [2] and store["d"] == 4


def test_a_store_without_a_place_keeps_nothing(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    for folder in (None, tmp_path / "file"):
        with Store(folder, "x") as store:
            store["a"] = 1
            assert store["a"] == 1


def test_the_key_depends_on_everything() -> None:
    keys = {
        content_key({"a": "b"}),
        content_key({"a": "c"}),
        content_key({"ab": ""}),
        content_key({"a": "b"}, "32"),
    }
    assert len(keys) == 4
    assert content_key({"a": "1", "b": "2"}) == content_key({"b": "2", "a": "1"})


def test_figures_go_through_json() -> None:
    figures = Figures(0.1, None, 0.0, 0.5, 1.0, 99, (None, 0.5), 1.0, 7, 32, 5, 6)
    assert Figures.from_json(json.loads(json.dumps(figures.to_json()))) == figures
    assert "generate_us" not in figures.lasting()


def test_tables_line_up() -> None:
    text = table(("name", "n"), [["a", "1"], ["long", "22"]])
    assert text == "name   n\na      1\nlong  22"
    assert microseconds(12_345) == "12.3 ms"
