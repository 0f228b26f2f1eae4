"""Ends with a "quote"

    awkward.parse

awkward.parse -> Int in 1..12
    Count the characters of {text}.

Reward: 1 for the right answer.
"""

from __future__ import annotations

from .._runtime.brick import Brick
from .._runtime.environment import Environment
from ..bases import awkward

NODE = Brick(awkward.PARSE)

ENVIRONMENT = Environment(
    name="parse",
    node=NODE,
    signature='(text: Str over " #%&<>`abc{|}" len 1..12) -> Int in 1..len(text)',
    expression="parse",
    doc='Ends with a "quote"',
    id="ba85f22d9a5a2449",
)
