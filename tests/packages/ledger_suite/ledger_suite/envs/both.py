"""Two questions at once.

    both = PARALLEL(total, to_digits >> sort >> kth_largest(k: 2))

(a): ledger.total -> Int in 0..4950
    Add up all the numbers of {items}.

Step b.1: ledger.to_digits -> List[Int in 0..9] len 2..13
    Write down the list of the decimal digits of {n}, from left to right.

Step b.2: ledger.sort -> List[Int in 0..9] len 2..13 sorted
    Sort {items} in ascending order, keeping repeated items.

Step b.3: ledger.kth_largest -> Int in 0..9
    Find the {k:ordinal} largest item of {items}.

Reward: the mean of the parts' rewards.
"""

from __future__ import annotations

from .._runtime.brick import Brick
from .._runtime.environment import Environment
from .._runtime.parallel import Parallel
from .._runtime.sequential import Sequential
from .._runtime.step import Source, Step
from .._runtime.types import Int
from ..bases import ledger

NODE = Parallel(
    parts=(
        Brick(ledger.TOTAL),
        Sequential(
            steps=(
                Step(Brick(ledger.TO_DIGITS)),
                Step(
                    Brick(ledger.SORT, where={"a": Int(0, 9)}),
                    feeds={"items": Source(0)},
                ),
                Step(
                    Brick(ledger.KTH_LARGEST, where={"a": Int(0, 9)}, fixed={"k": 2}),
                    feeds={"items": Source(1)},
                ),
            ),
            reward="prefix",
        ),
    ),
    reward="mean",
)

ENVIRONMENT = Environment(
    name="both",
    node=NODE,
    signature="() -> (Int in 0..3168, Int in 0..9)",
    expression="PARALLEL(total, to_digits >> sort >> kth_largest(k: 2))",
    doc="Two questions at once.",
    id="e0fc73dc9f60ccd5",
)
