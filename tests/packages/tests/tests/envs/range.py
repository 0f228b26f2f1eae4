"""The environment `range`.

    range = SEQUENTIAL { str = match(value: print, size: solvers) }

Step 1: awkward.match -> Int in -(9 * solvers)..9 * solvers
    Multiply {value} by {size}.

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
from ..bases import awkward

NODE = Sequential(
    steps=(
        Step(
            Brick(awkward.MATCH),
            feeds={
                "value": Source(None, name="print"),
                "size": Source(None, name="solvers"),
            },
        ),
    ),
    parameters=(Parameter("print", Int(1, 9)), Parameter("solvers", Int(9, 95))),
    reward="prefix",
    names=("str",),
)

ENVIRONMENT = Environment(
    name="range",
    node=NODE,
    signature=(
        "(print: Int in 1..9, solvers: Int in 9..95) -> Int in -(9 * solvers)..9 * "
        "solvers"
    ),
    expression="SEQUENTIAL { str = match(value: print, size: solvers) }",
    id="98f814576dbd94ca",
)

match_ = SOLVERS["awkward.match"]

# Where `solve` finds its arguments in a problem's record: "3.k" is k of step 3.
INPUTS = ("print", "solvers")


def solve(print_: int, solvers: int) -> list[Any]:
    """Every step's answer, from the inputs that a problem draws."""
    str_ = match_(print_, solvers)
    return [str_]
