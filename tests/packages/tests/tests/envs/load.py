"""The environment `load`.

    awkward.load

awkward.load -> Int in 0..999999999999999999999999999999
    Halve {n}, rounding up.

Reward: 1 for the right answer.
"""

from __future__ import annotations

from .._runtime.brick import Brick
from .._runtime.environment import Environment
from ..bases import awkward

NODE = Brick(awkward.LOAD)

ENVIRONMENT = Environment(
    name="load",
    node=NODE,
    signature=(
        "(n: Int in 0..999999999999999999999999999999) -> Int in n // 2..max(n, min(n "
        "+ 1, 10))"
    ),
    expression="load",
    id="d6e43fa818deeac3",
)
