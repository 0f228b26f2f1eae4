"""The environment `match`.

    awkward.match

awkward.match -> Int in -855..855
    Multiply {value} by {size}.

Reward: 1 for the right answer.
"""

from __future__ import annotations

from .._runtime.brick import Brick
from .._runtime.environment import Environment
from ..bases import awkward

NODE = Brick(awkward.MATCH)

ENVIRONMENT = Environment(
    name="match",
    node=NODE,
    signature=(
        "(value: Int in -9..9 nonzero, size: Int in max(9, value)..95) -> Int in -(9 * "
        "size)..9 * size"
    ),
    expression="match",
    id="b5a73256f93940b3",
)
