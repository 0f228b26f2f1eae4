"""The environment `outer`.

    outer = list(items: items) >> match(size: 9)

Step 1: awkward.list -> Int in 1..len(items)
    Count "all" of {items} \\ don't {{braces}}.
    The second line, with é, →, 日本 and a tab        in it.

Step 2: awkward.match -> Int in -81..81
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
from .._runtime.types import List, Str
from .._solvers import SOLVERS
from ..bases import awkward

NODE = Sequential(
    steps=(
        Step(Brick(awkward.LIST), feeds={"items": Source(None, name="items")}),
        Step(Brick(awkward.MATCH, fixed={"size": 9}), feeds={"value": Source(0)}),
    ),
    parameters=(
        Parameter("items", List(Str(length=(1, 2), alphabet="ab"), length=(1, 2))),
    ),
    reward="prefix",
)

ENVIRONMENT = Environment(
    name="outer",
    node=NODE,
    signature='(items: List[Str over "ab" len 1..2] len 1..2) -> Int in -1000..1000',
    expression="list(items: items) >> match(size: 9)",
    id="86c2e3bbe0aaab26",
)

list_ = SOLVERS["awkward.list"]
match_ = SOLVERS["awkward.match"]

# Where `solve` finds its arguments in a problem's record: "3.k" is k of step 3.
INPUTS = ("items",)


def solve(items: list[str]) -> list[Any]:
    """Every step's answer, from the inputs that a problem draws."""
    step_1 = list_(items)
    step_2 = match_(step_1, 9)
    return [step_1, step_2]
