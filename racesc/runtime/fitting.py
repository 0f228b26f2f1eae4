"""Instances that can be written: what outgrows all measure is drawn anew."""

from __future__ import annotations

from collections.abc import Iterator

from .base import Outgrown
from .choice import Rng
from .node import Node, Record
from .size import held

TRIES = 3  # at the level that was asked for
GENTLER = 2  # at each lower one
GENTLEST = 4  # at level 0


def fitting(node: Node, rng: Rng, level: int) -> tuple[Record, int]:
    """A free-standing instance none of whose values outgrows what can be written, nor
    all answers together, and after how many tries.

    An instance that fits at once is the node's own draw. Otherwise there are further
    tries, then some at every lower level, and at last at level 0, where every number
    and every length is the least there is, and ITERATE and FOLD stop before the round
    that would outgrow. Raises Outgrown where not even that fits.
    """
    failure = Outgrown()
    for tries, at in enumerate(_levels(level)):
        source = rng.at(f"fit {tries}") if tries else rng
        try:
            record = node.draw(source, "", at, {})
            held(record.answer)  # of all parts together
            return record, tries + 1
        except Outgrown as error:
            failure = error
    raise failure


def _levels(level: int) -> Iterator[int]:
    """The levels of all tries, in order."""
    yield from [level] * TRIES
    for lower in range(level - 1, 0, -1):
        yield from [lower] * GENTLER
    yield from [0] * GENTLEST
