"""The environment `exact`.

    exact = split_sum as canonical >> gcd

Step 1: ledger.split_sum -> (Int in 2..998, Int in 2..998)
    Write {n} as a sum of two whole numbers, each at least 2.

Step 2: ledger.gcd -> Int in 0..998
    Find the greatest common divisor of {a} and {b}; that of 0 and 0 is 0.

Reward: the leading steps that are right / all steps.
"""

from __future__ import annotations

from typing import Any

from .._runtime.brick import Brick
from .._runtime.environment import Environment
from .._runtime.sequential import Sequential
from .._runtime.step import Source, Step
from .._solvers import SOLVERS
from ..bases import ledger

NODE = Sequential(
    steps=(
        Step(Brick(ledger.SPLIT_SUM, policy="canonical")),
        Step(Brick(ledger.GCD), feeds={"a": Source(0, part=0), "b": Source(0, part=1)}),
    ),
    reward="prefix",
)

ENVIRONMENT = Environment(
    name="exact",
    node=NODE,
    signature="(n: Int in 4..1000) -> Int in 0..998",
    expression="split_sum as canonical >> gcd",
    id="f58e7a924b1a119d",
)

split_sum = SOLVERS["ledger.split_sum"]
gcd = SOLVERS["ledger.gcd"]

# Where `solve` finds its arguments in a problem's record: "3.k" is k of step 3.
INPUTS = ("1.n",)


def solve(n: int) -> list[Any]:
    """Every step's answer, from the inputs that a problem draws."""
    step_1 = split_sum(n)
    step_2 = gcd(step_1[0], step_1[1])
    return [step_1, step_2]
