"""Two whole numbers, each at least 2, that add up to the given one.

    ledger.split_sum

ledger.split_sum -> (Int in 2..998, Int in 2..998)
    Write {n} as a sum of two whole numbers, each at least 2.

Reward: 1 for an answer that its verifier accepts.
"""

from __future__ import annotations

from .._runtime.brick import Brick
from .._runtime.environment import Environment
from ..bases import ledger

NODE = Brick(ledger.SPLIT_SUM)

ENVIRONMENT = Environment(
    name="split_sum",
    node=NODE,
    signature="(n: Int in 4..1000) -> (Int in 2..998, Int in 2..998)",
    expression="split_sum",
    doc="Two whole numbers, each at least 2, that add up to the given one.",
    id="5fbb172f2532a1f8",
)
