"""The environment `tests`.

    awkward.tests

awkward.tests -> Bool
    Is {direction} among {others}?

Reward: 1 for the right answer.
"""

from __future__ import annotations

from .._runtime.brick import Brick
from .._runtime.environment import Environment
from ..bases import awkward

NODE = Brick(awkward.TESTS)

ENVIRONMENT = Environment(
    name="tests",
    node=NODE,
    signature=(
        '(direction: "it\'s" | "north" | "south \\"pole\\"" | "日本", others: '
        'Set["it\'s" | "north" | "south \\"pole\\"" | "日本"] len 1..3) -> Bool'
    ),
    expression="tests",
    id="d05d8fe12edb739c",
)
