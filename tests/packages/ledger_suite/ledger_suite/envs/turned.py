"""Steps that use earlier results.

    turned = SEQUENTIAL { list = to_digits(n: n); value = turn(items: list); sort(items: value) }

Step 1: ledger.to_digits -> List[Int in 0..9] len 2..13
    Write down the list of the decimal digits of {n}, from left to right.

Step 2: ledger.turn -> List[Int in 0..9] len len(list)
    Move the first item of {items} to its end, {times} times over.

Step 3: ledger.sort -> List[Int in 0..9] len len(value) sorted
    Sort {items} in ascending order, keeping repeated items.

Reward: the leading steps that are right / all steps.
"""

from __future__ import annotations

from typing import Any

from .._runtime.base import Parameter
from .._runtime.brick import Brick
from .._runtime.environment import Environment
from .._runtime.sequential import Sequential
from .._runtime.step import Source, Step
from .._runtime.types import Int
from .._solvers import SOLVERS
from ..bases import ledger

NODE = Sequential(
    steps=(
        Step(Brick(ledger.TO_DIGITS), feeds={"n": Source(None, name="n")}),
        Step(Brick(ledger.TURN, where={"a": Int(0, 9)}), feeds={"items": Source(0)}),
        Step(Brick(ledger.SORT, where={"a": Int(0, 9)}), feeds={"items": Source(1)}),
    ),
    parameters=(Parameter("n", Int(10, 99999)),),
    reward="prefix",
    names=("list", "value", ""),
)

ENVIRONMENT = Environment(
    name="turned",
    node=NODE,
    signature="(n: Int in 10..99999) -> List[Int in 0..9] len 2..13 sorted",
    expression=(
        "SEQUENTIAL { list = to_digits(n: n); value = turn(items: list); sort(items: "
        "value) }"
    ),
    doc="Steps that use earlier results.",
    id="1e7fde1bd034d19a",
)

to_digits = SOLVERS["ledger.to_digits"]
turn = SOLVERS["ledger.turn"]
sort = SOLVERS["ledger.sort"]

# Where `solve` finds its arguments in a problem's record: "3.k" is k of step 3.
INPUTS = ("n", "2.times")


def solve(n: int, times: int) -> list[Any]:
    """Every step's answer, from the inputs that a problem draws."""
    list_ = to_digits(n)
    value = turn(list_, times)
    step_3 = sort(value)
    return [list_, value, step_3]
