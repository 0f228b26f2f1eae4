"""The environment `deep`.

    deep = PARALLEL(PARALLEL(PARALLEL(PARALLEL(PARALLEL(PARALLEL(list, con), con), con), con), con), list >> match(size: 55) >> clip >> load)

(a) of (a) of (a) of (a) of (a) of (a): awkward.list -> Int in 1..4
    Count "all" of {items} \\ don't {{braces}}.
    The second line, with é, →, 日本 and a tab        in it.

(b) of (a) of (a) of (a) of (a) of (a): awkward.con -> Pair[Int in 0..9]
    Swap both numbers of {pair}.

(b) of (a) of (a) of (a) of (a): awkward.con -> Pair[Int in 0..9]
    Swap both numbers of {pair}.

(b) of (a) of (a) of (a): awkward.con -> Pair[Int in 0..9]
    Swap both numbers of {pair}.

(b) of (a) of (a): awkward.con -> Pair[Int in 0..9]
    Swap both numbers of {pair}.

(b) of (a): awkward.con -> Pair[Int in 0..9]
    Swap both numbers of {pair}.

Step b.1: awkward.list -> Int in 1..4
    Count "all" of {items} \\ don't {{braces}}.
    The second line, with é, →, 日本 and a tab        in it.

Step b.2: awkward.match -> Int in -495..495
    Multiply {value} by {size}.

Step b.3: awkward.clip -> Int in 0..99
    Write {n}, but 0 for less than 0 and 99 for more than 99.

Step b.4: awkward.load -> Int in 0..99
    Halve {n}, rounding up.

Reward: the mean of the parts' rewards.
"""

from __future__ import annotations

from .._runtime.brick import Brick
from .._runtime.environment import Environment
from .._runtime.parallel import Parallel
from .._runtime.sequential import Sequential
from .._runtime.step import Source, Step
from ..bases import awkward

NODE = Parallel(
    parts=(
        Parallel(
            parts=(
                Parallel(
                    parts=(
                        Parallel(
                            parts=(
                                Parallel(
                                    parts=(
                                        Parallel(
                                            parts=(
                                                Brick(awkward.LIST),
                                                Brick(awkward.CON),
                                            ),
                                            reward="mean",
                                        ),
                                        Brick(awkward.CON),
                                    ),
                                    reward="mean",
                                ),
                                Brick(awkward.CON),
                            ),
                            reward="mean",
                        ),
                        Brick(awkward.CON),
                    ),
                    reward="mean",
                ),
                Brick(awkward.CON),
            ),
            reward="mean",
        ),
        Sequential(
            steps=(
                Step(Brick(awkward.LIST)),
                Step(
                    Brick(awkward.MATCH, fixed={"size": 55}), feeds={"value": Source(0)}
                ),
                Step(Brick(awkward.CLIP), feeds={"n": Source(1)}),
                Step(Brick(awkward.LOAD), feeds={"n": Source(2)}),
            ),
            reward="prefix",
        ),
    ),
    reward="mean",
)

ENVIRONMENT = Environment(
    name="deep",
    node=NODE,
    signature=(
        "() -> ((((((Int in 1..4, Pair[Int in 0..9]), Pair[Int in 0..9]), Pair[Int in "
        "0..9]), Pair[Int in 0..9]), Pair[Int in 0..9]), Int in 0..99)"
    ),
    expression=(
        "PARALLEL(PARALLEL(PARALLEL(PARALLEL(PARALLEL(PARALLEL(list, con), con), con), "
        "con), con), list >> match(size: 55) >> clip >> load)"
    ),
    id="fe6468d280246311",
)
