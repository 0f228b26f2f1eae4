"""The environment `con`.

    awkward.con

awkward.con -> Pair[Int in 0..9]
    Swap both numbers of {pair}.

Reward: 1 for the right answer.
"""

from __future__ import annotations

from .._runtime.brick import Brick
from .._runtime.environment import Environment
from ..bases import awkward

NODE = Brick(awkward.CON)

ENVIRONMENT = Environment(
    name="con",
    node=NODE,
    signature="(pair: Pair[Int in 0..9]) -> Pair[Int in 0..9]",
    expression="con",
    id="f6a59987f04fcbfa",
)
