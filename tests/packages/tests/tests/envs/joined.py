"""The environment `joined`.

    joined = any[(Str len 0..9, Bool)](second: [("a\\n\\"'", true), ("é日", false)])

awkward.any -> List[(Str len 0..9, Bool)] len 3..6
    Write the items of {first}, then those of {second}.

Reward: 1 for the right answer.
"""

from __future__ import annotations

from .._runtime.brick import Brick
from .._runtime.environment import Environment
from .._runtime.types import Bool, Str, Tuple
from ..bases import awkward

NODE = Brick(
    awkward.ANY,
    where={"a": Tuple((Str(length=(0, 9)), Bool()))},
    fixed={"second": [("a\n\"'", True), ("é日", False)]},
)

ENVIRONMENT = Environment(
    name="joined",
    node=NODE,
    signature=(
        '(first: List[(Str over "abcdefghijklmnopqrstuvwxyz" len 0..9, Bool)] len '
        "1..4) -> List[(Str len 0..9, Bool)] len 3..6"
    ),
    expression='any[(Str len 0..9, Bool)](second: [("a\\n\\"\'", true), ("é日", false)])',
    id="1511bec59b39b437",
)
