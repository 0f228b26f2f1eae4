"""The environment `pair`.

    pair = SEQUENTIAL(PARALLEL(total, to_digits >> sort >> kth_largest(k: 2)), gcd, reward: last)

(a) of step 1: ledger.total -> Int in 0..4950
    Add up all the numbers of {items}.

Step 1.b.1: ledger.to_digits -> List[Int in 0..9] len 2..13
    Write down the list of the decimal digits of {n}, from left to right.

Step 1.b.2: ledger.sort -> List[Int in 0..9] len 2..13 sorted
    Sort {items} in ascending order, keeping repeated items.

Step 1.b.3: ledger.kth_largest -> Int in 0..9
    Find the {k:ordinal} largest item of {items}.

Step 2: ledger.gcd -> Int in 0..3168
    Find the greatest common divisor of {a} and {b}; that of 0 and 0 is 0.

Reward: 1 if the last step's answer is right.
"""

from __future__ import annotations

from .._runtime.brick import Brick
from .._runtime.environment import Environment
from .._runtime.parallel import Parallel
from .._runtime.sequential import Sequential
from .._runtime.step import Source, Step
from .._runtime.types import Int
from ..bases import ledger

NODE = Sequential(
    steps=(
        Step(
            Parallel(
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
                                Brick(
                                    ledger.KTH_LARGEST,
                                    where={"a": Int(0, 9)},
                                    fixed={"k": 2},
                                ),
                                feeds={"items": Source(1)},
                            ),
                        ),
                        reward="prefix",
                    ),
                ),
                reward="mean",
            ),
        ),
        Step(Brick(ledger.GCD), feeds={"a": Source(0, part=0), "b": Source(0, part=1)}),
    ),
    reward="last",
)

ENVIRONMENT = Environment(
    name="pair",
    node=NODE,
    signature="() -> Int in 0..3168",
    expression=(
        "SEQUENTIAL(PARALLEL(total, to_digits >> sort >> kth_largest(k: 2)), gcd, "
        "reward: last)"
    ),
    id="d5a9a93ee9a2a476",
)
