"""The environment `checked`.

    checked = code_of >> checksum(weight: 1/3)

Step 1: ledger.code_of -> Code
    Write the digits of {n} as a list, from left to right.

Step 2: ledger.checksum -> Rat in 0..54
    Multiply the sum of the digits of {code} by {weight}.

Reward: the leading steps that are right / all steps.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from .._runtime.brick import Brick
from .._runtime.environment import Environment
from .._runtime.sequential import Sequential
from .._runtime.step import Source, Step
from .._solvers import SOLVERS
from ..bases import ledger

NODE = Sequential(
    steps=(
        Step(Brick(ledger.CODE_OF)),
        Step(
            Brick(ledger.CHECKSUM, fixed={"weight": Fraction(1, 3)}),
            feeds={"code": Source(0)},
        ),
    ),
    reward="prefix",
)

ENVIRONMENT = Environment(
    name="checked",
    node=NODE,
    signature="(n: Int in 0..999999) -> Rat in 0..54",
    expression="code_of >> checksum(weight: 1/3)",
    id="1c41ea673b54b5e5",
)

code_of = SOLVERS["ledger.code_of"]
checksum = SOLVERS["ledger.checksum"]

# Where `solve` finds its arguments in a problem's record: "3.k" is k of step 3.
INPUTS = ("1.n",)


def solve(n: int) -> list[Any]:
    """Every step's answer, from the inputs that a problem draws."""
    step_1 = code_of(n)
    step_2 = checksum(step_1, Fraction(1, 3))
    return [step_1, step_2]
