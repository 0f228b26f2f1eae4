"""How much a value of a type can say: the information budget of a suite."""

from __future__ import annotations

from math import ceil, log2

from racesc.drawing import HIGHEST
from racesc.runtime.base import ContractError
from racesc.runtime.instances import instances
from racesc.runtime.limits import Limits
from racesc.runtime.types import Type

MOST_BITS = 64  # counted no further
NARROW = Limits(HIGHEST)


def information(type_: Type) -> float:
    """The bits that a value of a ground type carries at most: the logarithm of how many
    values there are, up to ``MOST_BITS``; 0 where there is none."""
    values = counted(type_, 2**MOST_BITS)
    return log2(values) if values > 1 else 0.0


def carries(type_: Type, bits: float) -> bool:
    """Whether a value of a ground type carries so many bits; counts no further."""
    least = ceil(2**bits)
    return counted(type_, least) >= least


def counted(type_: Type, most: int) -> int:
    """How many values of a ground type there are, up to ``most``."""
    try:
        return instances(type_, NARROW, most)
    except ContractError:  # a range without values
        return 0
