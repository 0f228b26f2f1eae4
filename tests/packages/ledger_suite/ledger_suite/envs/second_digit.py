"""The second largest digit of a number.

    second_digit = to_digits >> sort >> kth_largest(k: 2)

Step 1: ledger.to_digits -> List[Int in 0..9] len 2..13
    Write down the list of the decimal digits of {n}, from left to right.

Step 2: ledger.sort -> List[Int in 0..9] len 2..13 sorted
    Sort {items} in ascending order, keeping repeated items.

Step 3: ledger.kth_largest -> Int in 0..9
    Find the {k:ordinal} largest item of {items}.

Reward: the leading steps that are right / all steps.
"""

from __future__ import annotations

from typing import Any

from .._runtime.brick import Brick
from .._runtime.environment import Environment
from .._runtime.sequential import Sequential
from .._runtime.step import Source, Step
from .._runtime.types import Int
from .._solvers import SOLVERS
from ..bases import ledger

NODE = Sequential(
    steps=(
        Step(Brick(ledger.TO_DIGITS)),
        Step(Brick(ledger.SORT, where={"a": Int(0, 9)}), feeds={"items": Source(0)}),
        Step(
            Brick(ledger.KTH_LARGEST, where={"a": Int(0, 9)}, fixed={"k": 2}),
            feeds={"items": Source(1)},
        ),
    ),
    reward="prefix",
)

ENVIRONMENT = Environment(
    name="second_digit",
    node=NODE,
    signature="(n: Int in 10..10^12) -> Int in 0..9",
    expression="to_digits >> sort >> kth_largest(k: 2)",
    doc="The second largest digit of a number.",
    id="8673cf2f20f32b8b",
)

to_digits = SOLVERS["ledger.to_digits"]
sort = SOLVERS["ledger.sort"]
kth_largest = SOLVERS["ledger.kth_largest"]

# Where `solve` finds its arguments in a problem's record: "3.k" is k of step 3.
INPUTS = ("1.n",)


def solve(n: int) -> list[Any]:
    """Every step's answer, from the inputs that a problem draws."""
    step_1 = to_digits(n)
    step_2 = sort(step_1)
    step_3 = kth_largest(step_2, 2)
    return [step_1, step_2, step_3]
