"""The environment `any`.

    awkward.any

awkward.any -> List[Int in -99..99] len 2..8
    Write the items of {first}, then those of {second}.

Reward: 1 for the right answer.
"""

from __future__ import annotations

from .._runtime.brick import Brick
from .._runtime.environment import Environment
from .._runtime.types import Int
from ..bases import awkward

NODE = Brick(awkward.ANY, where={"a": Int(-99, 99)})

ENVIRONMENT = Environment(
    name="any",
    node=NODE,
    signature=(
        "[a](first: List[a] len 1..4, second: List[a] len 1..4) -> List[a] len "
        "len(first) + len(second)"
    ),
    expression="any",
    id="393e8c457f2db5b8",
)
