"""Called like a builtin; its text has "quotes", 'others', a backslash \\ and
\"\"\"three\"\"\".

    awkward.list

awkward.list -> Int in 1..4
    Count "all" of {items} \\ don't {{braces}}.
    The second line, with é, →, 日本 and a tab        in it.

Reward: 1 for the right answer.
"""

from __future__ import annotations

from .._runtime.brick import Brick
from .._runtime.environment import Environment
from ..bases import awkward

NODE = Brick(awkward.LIST)

ENVIRONMENT = Environment(
    name="list",
    node=NODE,
    signature=(
        '(items: List[Str over "\\"\'\\\\ab" len 1..3] len 1..4) -> Int in '
        "1..len(items)"
    ),
    expression="list",
    doc=(
        "Called like a builtin; its text has \"quotes\", 'others', a backslash \\ and "
        '"""three""".'
    ),
    id="cb12db45f5b7e0c4",
)
