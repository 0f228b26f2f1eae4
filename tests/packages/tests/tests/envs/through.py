"""The environment `through`.

    through = outer >> clip >> load

Step 1.1: awkward.list -> Int in 1..2
    Count "all" of {items} \\ don't {{braces}}.
    The second line, with é, →, 日本 and a tab        in it.

Step 1.2: awkward.match -> Int in -81..81
    Multiply {value} by {size}.

Step 2: awkward.clip -> Int in 0..99
    Write {n}, but 0 for less than 0 and 99 for more than 99.

Step 3: awkward.load -> Int in 0..99
    Halve {n}, rounding up.

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
        Step(
            Sequential(
                steps=(
                    Step(
                        Brick(awkward.LIST), feeds={"items": Source(None, name="items")}
                    ),
                    Step(
                        Brick(awkward.MATCH, fixed={"size": 9}),
                        feeds={"value": Source(0)},
                    ),
                ),
                parameters=(
                    Parameter(
                        "items", List(Str(length=(1, 2), alphabet="ab"), length=(1, 2))
                    ),
                ),
                reward="prefix",
                opaque=True,
            ),
        ),
        Step(Brick(awkward.CLIP), feeds={"n": Source(0)}),
        Step(Brick(awkward.LOAD), feeds={"n": Source(1)}),
    ),
    reward="prefix",
)

ENVIRONMENT = Environment(
    name="through",
    node=NODE,
    signature='(items: List[Str over "ab" len 1..2] len 1..2) -> Int in 0..99',
    expression="outer >> clip >> load",
    id="a91098b42978b15c",
)

list_ = SOLVERS["awkward.list"]
match_ = SOLVERS["awkward.match"]
clip = SOLVERS["awkward.clip"]
load = SOLVERS["awkward.load"]

# Where `solve` finds its arguments in a problem's record: "3.k" is k of step 3.
INPUTS = ("1.items",)


def solve(items: list[str]) -> list[Any]:
    """Every step's answer, from the inputs that a problem draws."""
    step_1_1 = list_(items)
    step_1_2 = match_(step_1_1, 9)
    step_2 = clip(step_1_2)
    step_3 = load(step_2)
    return [step_1_2, step_2, step_3]
