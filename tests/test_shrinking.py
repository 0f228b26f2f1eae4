"""Counterexamples shrink: a composite that fails is reduced to a minimal one.

A small library with one promise that is not kept. Hypothesis draws an index into the
counted space (small indices are small composites) and a seed; what it ends with is
printed as a `.races` expression with its seed, which is all one needs to see it again.
"""

from __future__ import annotations

import re
from functools import partial
from pathlib import Path

import pytest
from hypothesis.errors import NoSuchExample

from bench import shrinking
from bench.live import Live
from racesc.files import read_source
from racesc.runtime.base import ContractError
from racesc.runtime.choice import Rng
from racesc.space.selection import Selection
from racesc.space.space import Space

RACES = """
env pick(n: Int in 0..30) -> Int in 0..30 {
  describe "Keep {{ n }}."
}

env double(n: Int in 0..200) -> Int in 0..2 * n {
  describe "Double {{ n }}."
}

env lower(n: Int in 0..200, by: Int in 0..5) -> Int in PROMISE {
  describe "Lower {{ n }} by {{ by }}."
  level    n <= 30
}

env halves(n: Int in 0..200) -> List[Int in 0..n] len 2 sorted {
  describe "Cut {{ n }} into two halves, the smaller one first."
}

env total(items: List[Int in 0..200] len 0..5) -> Int in 0..1000 {
  describe "Add up {{ items }}."
}
"""
PYTHON = """
def pick(n):
    return n

def double(n):
    return 2 * n

def lower(n, by):
    return n - by

def halves(n):
    return [n // 2, n - n // 2]

def total(items):
    return sum(items)
"""
SEEDS = 60


def library(folder: Path, promise: str) -> tuple[Live, Space]:
    """The small library, with what `lower` promises, and its composites in order."""
    (folder / "small.py").write_text(PYTHON, encoding="utf-8")
    path = folder / "small.races"
    path.write_text(RACES.replace("PROMISE", promise), encoding="utf-8")
    live = Live([], source=read_source(str(path)))
    space = Space(live.environments(), Selection(sizes=(1, 4)))
    return live, space


def failure(live: Live, expression: str, seed: int) -> str:
    """What a composite breaks at a seed; "" where all is kept."""
    typed = live.typed(expression)
    assert typed is not None, expression
    try:
        typed.node.draw(Rng.keyed(expression, seed), "", seed % 10 + 1, {})
    except ContractError as error:
        return str(error)
    return ""


def smallest(live: Live, space: Space) -> tuple[str, int]:
    """The failing composite and seed that Hypothesis ends with."""
    return shrinking.smallest(space, SEEDS, partial(failure, live))


def report(live: Live, expression: str, seed: int) -> str:
    """A counterexample as one reads it."""
    broken = failure(live, expression, seed)
    return f"env failing = {expression}  # seed {seed}: {broken}"


def test_a_false_promise_shrinks_to_the_environment_that_made_it(
    tmp_path: Path,
) -> None:
    live, space = library(tmp_path, "0..n")  # 2 - 5 is below 0
    assert space.total > 1000
    expression, seed = smallest(live, space)
    assert expression == "lower"
    assert "`small.lower`" in failure(live, expression, seed)


def test_a_rare_false_promise_needs_what_comes_before(tmp_path: Path) -> None:
    # What it draws itself, 0..30, keeps this one; what is doubled before may not.
    live, space = library(tmp_path, "0 - 5..30")
    expression, seed = smallest(live, space)
    # `double >> lower` is refused: two steps do not reach beyond 30.
    assert expression == "pick >> double >> lower"
    assert "`small.lower`" in failure(live, expression, seed)

    smaller = sum(count for (size, _), count in space.counts().items() if size < 3)
    for rank in range(smaller):
        entry = space.entry(rank)
        assert not any(failure(live, entry.expression, n) for n in range(0, SEEDS, 7))


def test_the_report_is_an_expression_and_its_seed(tmp_path: Path) -> None:
    live, space = library(tmp_path, "0..n")
    printed = report(live, *smallest(live, space))
    found = re.fullmatch(
        r"env failing = (.+)  # seed (\d+): `small.lower`: .+", printed
    )
    assert found is not None, printed
    # It can be read again, and fails again.
    path = tmp_path / "again.races"
    path.write_text(f"use small\n\n{printed}\n", encoding="utf-8")
    again = Live([], source=read_source(str(path)))
    assert failure(again, "failing", 0) or failure(live, found[1], int(found[2]))


def test_kept_promises_give_no_counterexample(tmp_path: Path) -> None:
    live, space = library(tmp_path, "n - by..n - by")
    with pytest.raises(NoSuchExample):
        smallest(live, space)


def test_everything_in_an_expression_can_be_left_out() -> None:
    text = "a as canonical >> SORT(b(x: 1) >> c) >> SEQUENTIAL { v = d w = e(v) }"
    assert shrinking.minimal(text, lambda _: True) in ("a", "b", "c", "d", "e")
    for needed in ("c", "SORT", "as canonical", "e(v)"):
        found = shrinking.minimal(text, lambda one, needed=needed: needed in one)
        assert needed in found and len(found) < 26, found
