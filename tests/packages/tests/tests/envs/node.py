"""The environment `node`.

    awkward.node

awkward.node -> Graph nodes 2..5
    Forget the directions and the weights of {net}.

Reward: 1 for the right answer.
"""

from __future__ import annotations

from .._runtime.brick import Brick
from .._runtime.environment import Environment
from ..bases import awkward

NODE = Brick(awkward.NODE_)

ENVIRONMENT = Environment(
    name="node",
    node=NODE,
    signature="(net: Digraph[Int in 1..9] nodes 2..5) -> Graph nodes nodes(net)",
    expression="node",
    id="b474ab7dc886178d",
)
