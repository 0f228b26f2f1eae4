"""The environment `print`.

    print = list >> match(size: 55) >> clip >> load

Step 1: awkward.list -> Int in 1..4
    Count "all" of {items} \\ don't {{braces}}.
    The second line, with é, →, 日本 and a tab        in it.

Step 2: awkward.match -> Int in -495..495
    Multiply {value} by {size}.

Step 3: awkward.clip -> Int in 0..99
    Write {n}, but 0 for less than 0 and 99 for more than 99.

Step 4: awkward.load -> Int in 0..99
    Halve {n}, rounding up.

Reward: the leading steps that are right / all steps.
"""

from __future__ import annotations

from typing import Any

from .._runtime.brick import Brick
from .._runtime.environment import Environment
from .._runtime.sequential import Sequential
from .._runtime.step import Source, Step
from .._solvers import SOLVERS
from ..bases import awkward

NODE = Sequential(
    steps=(
        Step(Brick(awkward.LIST)),
        Step(Brick(awkward.MATCH, fixed={"size": 55}), feeds={"value": Source(0)}),
        Step(Brick(awkward.CLIP), feeds={"n": Source(1)}),
        Step(Brick(awkward.LOAD), feeds={"n": Source(2)}),
    ),
    reward="prefix",
)

ENVIRONMENT = Environment(
    name="print",
    node=NODE,
    signature='(items: List[Str over "\\"\'\\\\ab" len 1..3] len 1..4) -> Int in 0..99',
    expression="list >> match(size: 55) >> clip >> load",
    id="7aadbabef6928e79",
)

list_ = SOLVERS["awkward.list"]
match_ = SOLVERS["awkward.match"]
clip = SOLVERS["awkward.clip"]
load = SOLVERS["awkward.load"]

# Where `solve` finds its arguments in a problem's record: "3.k" is k of step 3.
INPUTS = ("1.items",)


def solve(items: list[str]) -> list[Any]:
    """Every step's answer, from the inputs that a problem draws."""
    step_1 = list_(items)
    step_2 = match_(step_1, 55)
    step_3 = clip(step_2)
    step_4 = load(step_3)
    return [step_1, step_2, step_3, step_4]
