"""The environment `solvers`.

    awkward.solvers

awkward.solvers -> Rat in 0..9
    Add up the absolute values of all cells of {grid}.

Reward: 1 for the right answer.
"""

from __future__ import annotations

from .._runtime.brick import Brick
from .._runtime.environment import Environment
from ..bases import awkward

NODE = Brick(awkward.SOLVERS_)

ENVIRONMENT = Environment(
    name="solvers",
    node=NODE,
    signature="(grid: Matrix[Rat in -1..1] rows 1..3 cols 1..3) -> Rat in 0..9",
    expression="solvers",
    id="1471372a3cf56859",
)
