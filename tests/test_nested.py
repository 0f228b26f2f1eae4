"""Operators in operators, where the value is drawn by the outer one: what is drawn lies
in every part's type, problems read back, and every right order counts."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from composites import imported, library

from racesc.pipeline import build
from racesc.source import Source

MODULE = """
env even(n: Int in -10^6..10^6) -> Bool { describe "Say whether {{ n }} is even." }
env hlf(n: Int in 0..1000) -> Int in 0..n // 2 { describe "Halve {{ n }}." }
env dbl(n: Int in 0..1000) -> Int in 0..1000 { describe "Double {{ n }} up to 500." }
env dec(n: Int in 0..1000) -> Int in 0..max(0, n - 1) { describe "One off {{ n }}." }
env up(n: Int in 0..10^6) -> Int in 1..n + 1 { describe "Add one to {{ n }}." }
env near(n: Int in 0..10^6) -> Bool { describe "Is {{ n }} below 50?" level n <= 99 }
"""
PYTHON = """
def even(n): return n % 2 == 0
def hlf(n): return n // 2
def dbl(n): return n * 2 if n <= 500 else n
def dec(n): return max(0, n - 1)
def up(n): return n + 1
def near(n): return n < 50
"""
NESTED = (
    "FANOUT(BRANCH(even, hlf, dec), dec)",
    "ITERATE(BRANCH(even, hlf, dec), times: 2)",
    "MAP(BRANCH(even, hlf, dec))",
    "MAP(FANOUT(even, dec))",
    "FANOUT(ITERATE(BRANCH(near, up, up), times: 3), dec)",
    "BRANCH(even, BRANCH(even, hlf, dec), dec)",
)
SORTED = "BRANCH(even, SORT(dbl >> dec >> hlf), SORT(dbl >> dec >> hlf))"


def test_nested(tmp_path: Path) -> None:
    lines = "".join(f"env c{i} = {e}\n" for i, e in enumerate((*NESTED, SORTED)))
    source = Source("m.races", MODULE + lines, ".", "m.py", PYTHON)
    result = build([source], library())
    assert not result.diagnostics, result.diagnostics
    package = imported(result, tmp_path / "out")
    for index in range(len(NESTED)):
        environment = package.load(f"c{index}")
        for seed in range(40):
            problem = environment.generate(seed, seed % 10 + 1)
            again = type(problem).from_json(problem.to_json())
            assert environment.grade(again, environment.gold(again)).reward == 1
    environment = package.load(f"c{len(NESTED)}")
    many = 0
    for seed in range(40):
        problem = environment.generate(seed, 5)
        rewards = [
            environment.grade(problem, f"<answer>{json.dumps(order)}</answer>").reward
            for order in (
                [1, 2, 3],
                [1, 3, 2],
                [2, 1, 3],
                [2, 3, 1],
                [3, 1, 2],
                [3, 2, 1],
            )
        ]
        many += sum(rewards) > 1
    assert many


WIDE = """
env wide(n: Int in 0..10^6) -> Int in 0..n { describe "Keep {{ n }}." }
env small(n: Int in 0..9) -> Int in 0..9 { describe "Keep the digit {{ n }}." }
env low(n: Int in 0..9) -> Bool { describe "Is {{ n }} below 5?" }
env plus(sum: Int in 0..10^9, n: Int in 0..10^6) -> Int in sum..sum + n {
  describe "Add {{ sum }} and {{ n }}."
}
env keep[a](x: a) -> a { describe "Keep {{ x }} as it is." }
env count[a](items: List[a]) -> Int in 0..len(items) {
  describe "Count {{ items }}."
  level items len <= 9
}
env spread(n: Int in 0..10^6) -> List[Int] len 2 { describe "From -{{ n }} to it." }
env join[a](items: List[a], x: a) -> List[Int] len len(items) {
  describe "Negate {{ items }}, not {{ x }}."
  level items len <= 9
}
env nines(n: Int in 0..3) -> List[Int in 0..9] len n { describe "Write {{ n }} nines." }
"""
WIDE_PYTHON = """
def wide(n): return n
def small(n): return n
def low(n): return n < 5
def plus(sum, n): return sum + n
def keep(x): return x
def count(items): return len(items)
def spread(n): return [-n, n]
def join(items, x): return [0 for item in items]
def nines(n): return [9] * n
"""
NARROW = (
    "FANOUT(wide >> keep, small)",
    "FANOUT(SORT(wide >> keep >> keep), small)",
    "FANOUT(wide >> keep, BRANCH(low, small, small))",
    "FANOUT(FANOUT(wide >> keep, wide), small)",
    "FANOUT(ITERATE(wide >> keep, times: 2), small)",
    "FOLD(plus >> keep, from: 0)",
    "nines >> FOLD(plus >> keep, from: 0)",
    "ITERATE(count >> spread, times: 2)",
    "FOLD(join, from: [5])",
)


def test_a_head_that_draws_more_than_its_chain_takes(tmp_path: Path) -> None:
    """Where a type variable is bound to a value narrower than what the head draws."""
    lines = "".join(f"env c{i} = {e}\n" for i, e in enumerate(NARROW))
    source = Source("m.races", WIDE + lines, ".", "m.py", WIDE_PYTHON)
    result = build([source], library())
    assert not result.diagnostics, result.diagnostics
    package = imported(result, tmp_path / "out")
    for index in range(len(NARROW)):
        environment = package.load(f"c{index}")
        for seed in range(20):
            problem = environment.generate(seed, seed % 10 + 1)
            assert environment.grade(problem, environment.gold(problem)).reward == 1


# ── how large a composite may be ──────────────────────────────────────────────


def test_what_a_pool_is_made_of_is_no_part_of_the_composite(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("racesc.compose.judge.MOST_PARTS", 30)
    select = "SELECT(count_ones_upto >> gray_code, distractors: 1)"
    text = f"use bits\nuse numbers\nenv s = PARALLEL({', '.join([select] * 6)})\n"
    result = build([Source("m.races", text, ".")], library())
    assert not result.diagnostics, result.diagnostics
    (made,) = result.program.modules[0].environments
    pools = [part.pool for part in made.node.parts]
    assert len(pools[0]) > 5 and [*map(len, pools)] == [len(pools[0])] * 6


def test_too_many_parts_are_reported_where_defaults_are_tried(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("racesc.compose.judge.MOST_PARTS", 30)
    text = f"use lists\nenv s = {' >> '.join(['reverse'] * 40)}\n"
    result = build([Source("m.races", text, ".")], library())
    assert [one.code for one in result.diagnostics] == ["too-large"]
