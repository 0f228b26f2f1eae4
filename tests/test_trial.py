"""`racesc test` finds every kind of broken promise, and none where all are kept."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from racesc.cli import main

# One environment for each promise, named after the code that its failure has.
RACES = """
type Row = List[Int in -9..9] len 0..12

env broken_contract(n: Int in -50..50) -> Int in 0..25 {
  describe "Halve {{ n }}."
  example (4) => 2
}

env example_failed(n: Int in 0..50) -> Int in 0..51 {
  describe "Add one to {{ n }}."
  example (4) => 6
}

env wrong_type(n: Int in 0..50) -> Int in 0..50 {
  describe "Keep {{ n }}."
}

env solver_failed(n: Int in 0..50) -> Int in 0..50 {
  describe "Divide 50 by {{ n }}."
}

env solver_timeout(n: Int in 0..50) -> Int in 0..50 {
  describe "Count up to {{ n }}."
}

env recursion(n: Int in 0..50) -> Int in 0..50 {
  describe "Count down from {{ n }}."
}

env leaves(n: Int in 0..50) -> Int in 0..50 {
  describe "Leave at {{ n }}."
}

env solver_prints(n: Int in 0..50) -> Int in 0..50 {
  describe "Say {{ n }}."
}

env argument_changed(items: Row) -> Row {
  describe "Sort {{ items }}."
}

env not_deterministic(n: Int in 2..50) -> Str over "abcdefghij" len 3 {
  describe "Write three letters for {{ n }}."
}

env counts_calls(n: Int in 0..50) -> Int in 0..10^6 {
  describe "How often was this asked of {{ n }}?"
}

env broken_sampler(n: Int in 0..50) -> Int in 0..50 {
  describe "Keep {{ n }}."
  solve    keep
  sample   draw_too_much
}

env sampler_ignores_given(items: List[Int in 0..9] len 1..9, k: Int in 1..len(items)) -> Int in 0..9 {
  describe "Find item {{ k }} of {{ items }}."
  solve    pick
  sample   draw_both
}

env refuses_own(n: Int in 4..50) -> (Int in 2..48, Int in 2..48) {
  describe "Write {{ n }} as a sum of two numbers, each at least 2."
  solve    halves
  verify   never
}

env no_predicate(n: Int in 4..50) -> (Int in 2..48, Int in 2..48) {
  describe "Write {{ n }} as a sum of two numbers, each at least 2."
  solve    halves
  verify   truthy
}

env law_failed(items: Row) -> Row {
  describe "Move the first item of {{ items }} to the end."
  solve    rotate
  law      law_failed >> law_failed == id
}

env rare(n: Int in 0..10^6) -> Int in 0..10^6 {
  describe "Keep {{ n }}."
}
"""
PYTHON = """
import sys

calls = 0

def broken_contract(n):
    return n // 2

def example_failed(n):
    return n + 1

def wrong_type(n):
    return n / 1

def solver_failed(n):
    return 50 // n

def solver_timeout(n):
    while n == 50:
        pass
    return n

def recursion(n):
    return recursion(n) + 1

def leaves(n):
    sys.exit(n)

def solver_prints(n):
    print("n is", n)
    return n

def argument_changed(items):
    items.sort()
    return items

def not_deterministic(n):
    return "".join(set("abcdefghij"))[:3]

def counts_calls(n):
    global calls
    calls += 1
    return calls

def keep(n):
    return n

def draw_too_much(rng, level, **given):
    return rng.randint(0, 51 if level > 5 else 50)

def pick(items, k):
    return items[k - 1]

def draw_both(rng, level, **given):
    items = [rng.randint(0, 9) for _ in range(rng.randint(1, 9))]
    k = rng.randint(1, len(items))
    return (items, k) if not given else k

def halves(n):
    return n // 2, n - n // 2

def never(answer, n):
    return False

def truthy(answer, n):
    return 1 if answer[0] == 2 else sum(answer) == n

def rotate(items):
    return items[1:] + items[:1]

def rare(n):
    return n if n != 10**6 - 1 else -1
"""
EXPECTED = {
    "broken_contract": "broken-contract",
    "example_failed": "example-failed",
    "wrong_type": "broken-contract",
    "solver_failed": "solver-failed",
    "solver_timeout": "solver-timeout",
    "recursion": "solver-failed",
    "leaves": "solver-failed",
    "solver_prints": "solver-prints",
    "argument_changed": "argument-changed",
    "not_deterministic": "not-deterministic",
    "counts_calls": "not-deterministic",
    "broken_sampler": "broken-sampler",
    "sampler_ignores_given": "broken-sampler",
    "refuses_own": "broken-verifier",
    "no_predicate": "broken-verifier",
    "law_failed": "law-failed",
    "rare": "broken-contract",
}


def run_json(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, Any]:
    code = main([*arguments])
    return code, json.loads(capsys.readouterr().out)


@pytest.fixture(scope="module")
def broken(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("broken")
    (folder / "broken.races").write_text(RACES)
    (folder / "broken.py").write_text(PYTHON)
    return folder / "broken.races"


@pytest.fixture(scope="module")
def report(broken: Path) -> dict[str, Any]:
    """All of it, once."""
    import contextlib
    import io

    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        code = main(
            ["test", str(broken), "--json", "--deadline", "4", "--random", "20"]
        )
    assert code == 1
    found: dict[str, Any] = json.loads(out.getvalue())
    return found


def test_every_environment_fails(report: dict[str, Any]) -> None:
    assert report["passed"] == 0
    assert report["failed"] == len(EXPECTED) == len(report["environments"])


@pytest.mark.parametrize("name", EXPECTED)
def test_the_broken_promise_is_named(report: dict[str, Any], name: str) -> None:
    found = next(one for one in report["environments"] if one["name"] == name)
    assert EXPECTED[name] in found["failures"], found


def messages(report: dict[str, Any], name: str) -> list[dict[str, Any]]:
    return [one for one in report["diagnostics"] if re.search(rf"\b{name}\b", str(one))]


@pytest.mark.parametrize("name", EXPECTED)
def test_every_failure_names_environment_and_solver_file(
    report: dict[str, Any], name: str
) -> None:
    for one in messages(report, name):
        if one["code"] not in ("law-failed", "gold-refused", "junk-rewarded"):
            assert "broken.py" in one["message"] + " ".join(one["notes"]), one


@pytest.mark.parametrize(
    ("name", "inputs"),
    [
        ("broken_contract", "n = -50"),
        ("wrong_type", "n = 0"),
        ("solver_failed", "n = 0"),
        ("solver_timeout", "n = 50"),
        ("law_failed", "items = ["),
        ("rare", "n = 999999"),
    ],
)
def test_the_inputs_that_show_it(
    report: dict[str, Any], name: str, inputs: str
) -> None:
    found = [one for one in messages(report, name) if inputs in " ".join(one["notes"])]
    assert found, messages(report, name)


def test_a_failure_in_the_solver_file_points_into_it(report: dict[str, Any]) -> None:
    (one,) = [
        one for one in messages(report, "solver_failed") if "n = 0" in str(one["notes"])
    ]
    assert one["path"].endswith("broken.py")
    assert PYTHON.splitlines()[one["line"] - 1].strip() == "return 50 // n"
    assert [Path(label["path"]).name for label in one["labels"]] == [
        "broken.py",
        "broken.races",
    ]


def test_only_one_environment(broken: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, found = run_json(
        capsys, "test", str(broken), "--json", "--env", "example_failed"
    )
    assert code == 1
    assert [one["name"] for one in found["environments"]] == ["example_failed"]
    assert found["diagnostics"][0]["code"] == "example-failed"
    assert main(["test", str(broken), "--env", "nobody"]) == 2


KEPT = """
type Row = List[Int in -9..9] len 0..12

## Not finite, so it can only be fed.
env any_number(n: Int) -> Int {
  describe "Negate {{ n }}."
  example (0) => 0
}

env pairs[a, b: Ord](first: a, second: b) -> (b, a) {
  describe "Swap {{ first }} and {{ second }}."
  example (1, "x") => ("x", 1)
}

env anything(text: Str len 0..9, dir: "north" | "south", set: Set[Int in 0..5] len 0..3) -> (Str len 0..9, Set[Int in 0..5] len 0..3) {
  describe "Give back {{ text }} and {{ set }}, but not {{ dir }}."
}

env square(grid: Matrix[Rat in -2..2] rows 1..3 cols 1..3, net: Digraph[Int in 1..9] nodes 1..5) -> Matrix[Rat in -2..2] rows rows(grid) cols cols(grid) {
  describe "Copy {{ grid }} and ignore {{ net }}."
}

env sum_up(n: Int in 4..50) -> (Int in 2..48, Int in 2..48) {
  describe "Write {{ n }} as a sum of two numbers, each at least 2."
  verify   is_sum
  example  (9) => (7, 2)
}

env twice(items: Row) -> Row {
  describe "Turn {{ items }} round."
  law      twice >> twice == id
}

## The law's steps are typed for what is drawn, though more may be fed.
env total(items: List[Int]) -> Int {
  describe "Add up {{ items }}."
  level    items: List[Int in -level..level] len 0..level
  law      backwards >> total == total
}

env backwards[a](items: List[a]) -> List[a] {
  describe "Turn {{ items }} round."
}

env composed = twice >> twice
env pairwise = PARALLEL(twice, sum_up)
"""
KEPT_PYTHON = """
def any_number(n):
    return -n

def pairs(first, second):
    return second, first

def anything(text, dir, set):
    return text, set

def square(grid, net):
    return [list(row) for row in grid]

def sum_up(n):
    return 2, n - 2

def is_sum(answer, n):
    return sum(answer) == n

def twice(items):
    return items[::-1]

def total(items):
    return sum(items)

def backwards(items):
    return items[::-1]
"""


def test_kept_promises_pass(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "kept.races").write_text(KEPT)
    (tmp_path / "kept.py").write_text(KEPT_PYTHON)
    code, found = run_json(capsys, "test", str(tmp_path), "--json", "--random", "20")
    assert found["diagnostics"] == []
    assert code == 0
    assert found["passed"] == 10
    calls = {one["name"]: one["calls"] for one in found["environments"]}
    assert calls["any_number"] > 10  # though it cannot be sampled
    assert calls["pairs"] > 100
    problems = {one["name"]: one["problems"] for one in found["environments"]}
    assert problems["composed"] > 5 and problems["any_number"] == 0
