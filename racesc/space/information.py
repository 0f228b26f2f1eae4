"""How much a value of a type can say: the information budget of a suite."""

from __future__ import annotations

from math import log2

from racesc.drawing import HIGHEST
from racesc.runtime.base import ContractError
from racesc.runtime.instances import instances
from racesc.runtime.limits import Limits
from racesc.runtime.types import Type

MOST_BITS = 64  # counted no further


def information(type_: Type) -> float:
    """The bits that a value of a ground type carries at most: the logarithm of how many
    values there are, up to ``MOST_BITS``; 0 where there is none."""
    try:
        values = instances(type_, Limits(HIGHEST), 2**MOST_BITS)
    except ContractError:  # a range without values
        return 0.0
    return log2(values) if values > 1 else 0.0
