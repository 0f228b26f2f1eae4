"""Mutated programs end in diagnostics or success, never in an exception.

300 programs here; `python -m tests.fuzz 10000` runs more.
"""

from __future__ import annotations

import random

import fuzz
import pytest

COUNT = 300
PROGRAMS = fuzz.seeds()


def test_there_is_enough_to_mutate() -> None:
    assert len(PROGRAMS) > 100


@pytest.mark.parametrize("part", range(10))
def test_mutated_programs_never_break_the_compiler(part: int) -> None:
    rng = random.Random(f"fuzz {part}")
    for _ in range(COUNT // 10):
        program = fuzz.mutated(rng, PROGRAMS)
        try:
            fuzz.run(program)
        except Exception as problem:
            pytest.fail(f"{type(problem).__name__}: {problem}\n\n{program.text}")


def test_the_same_seed_gives_the_same_programs() -> None:
    once = [fuzz.mutated(random.Random(7), PROGRAMS) for _ in range(3)]
    again = [fuzz.mutated(random.Random(7), PROGRAMS) for _ in range(3)]
    assert once == again


ONE = 'env one(n: Int in 0..9) -> Int in 0..9 {\n  describe "{{ n }}"\n}\n'
MANY = 1_200  # deeper than Python recurses


@pytest.mark.parametrize(
    "line",
    [
        "type T@ = T#\n",
        "type T@ = List[T#]\n",
        "type T@ = (T#, T#)\n",
        "newtype T@ = List[T#]\n",
        "env e@ = e#\n",
        "env e@ = PARALLEL(e#, one)\n",
        "env e@(n: Int in 0..9) -> Int in 0..9 = e#\n",
        "env e@(n: Int in 0..9) = SEQUENTIAL { a = e#(n)  one(a) }\n",
    ],
)
def test_long_chains_of_names_are_no_deep_recursion(line: str) -> None:
    last = {"T": "type T@ = Int in 0..9\n", "e": "env e@ = one\n"}[line.split()[1][0]]
    lines = [
        line.replace("@", str(number)).replace("#", str(number + 1))
        for number in range(MANY)
    ]
    lines.append(last.replace("@", str(MANY)))
    for order in (lines, lines[::-1]):
        program = fuzz.Seed(ONE + "".join(order), "def one(n):\n    return n\n")
        fuzz.run(program, ())
