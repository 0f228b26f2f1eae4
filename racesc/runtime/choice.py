"""Seeded choice: one keyed stream of bits, the same on every Python and machine.

The bits are blake2b in counter mode, and every method below is defined here on them,
because `random.Random` changes its methods between Python versions and costs more to
construct than many whole problems.
"""

from __future__ import annotations

from collections.abc import MutableSequence, Sequence
from hashlib import blake2b
from typing import Any, TypeVar

T = TypeVar("T")

_BLOCK = 64  # bytes that one blake2b call gives


class Rng:
    """A stream of choices fixed by its key; ``at`` gives independent streams below it.

    >>> Rng.keyed("lists.sort", "train", 7, 3).randint(1, 6) in range(1, 7)
    True
    """

    __slots__ = ("_bits", "_counter", "_key", "_left")

    def __init__(self, key: bytes) -> None:
        self._key = key
        self._counter = 0
        self._bits = 0
        self._left = 0

    @classmethod
    def keyed(cls, *names: str | int) -> Rng:
        """The stream that belongs to a sequence of names and numbers."""
        text = "\x1f".join(map(str, names))
        return cls(blake2b(text.encode("utf-8", "surrogatepass")).digest())

    def at(self, path: str) -> Rng:
        """The stream below this one at a path, whatever was drawn from this one."""
        return Rng(
            blake2b(path.encode("utf-8", "surrogatepass"), key=self._key).digest()
        )

    def _refill(self, count: int) -> None:
        """Have at least ``count`` bits at hand."""
        while self._left < count:
            block = blake2b(self._counter.to_bytes(8, "big"), key=self._key).digest()
            self._counter += 1
            self._bits |= int.from_bytes(block, "big") << self._left
            self._left += 8 * _BLOCK

    def _below(self, limit: int) -> int:
        """A number of 0..limit-1; too large draws are thrown away, so it is uniform."""
        count = (limit - 1).bit_length()
        mask = (1 << count) - 1
        while True:
            if self._left < count:
                self._refill(count)
            number = self._bits & mask
            self._bits >>= count
            self._left -= count
            if number < limit:
                return number

    def randrange(self, start: int, stop: int | None = None, step: int = 1) -> int:
        """A number of ``range(start, stop, step)``, as `random.randrange`."""
        numbers = range(start) if stop is None else range(start, stop, step)
        if not numbers:
            raise ValueError("randrange was asked to choose from no number at all")
        return numbers[self._below(_size(numbers))]

    def randint(self, low: int, high: int) -> int:
        """A number of low..high, both ends included."""
        if high < low:
            raise ValueError(f"randint was asked to choose from {low}..{high}")
        return low + self._below(high - low + 1)

    def random(self) -> float:
        """A number of 0..1, 1 excluded, with 53 bits."""
        return self._below(1 << 53) / (1 << 53)

    def choice(self, items: Sequence[T]) -> T:
        """One of the items."""
        if not items:
            raise IndexError("choice was asked to choose from nothing")
        return items[self._below(_size(items))]

    def sample(self, population: Sequence[T], k: int) -> list[T]:
        """``k`` items from different places, in the order drawn."""
        size = _size(population)
        if not 0 <= k <= size:
            raise ValueError(f"sample was asked for {k} of {size} items")
        # A shuffle that stops after k places; only the places it moved are stored.
        moved: dict[int, int] = {}
        result = []
        for place in range(k):
            other = place + self._below(size - place)
            result.append(population[moved.get(other, other)])
            moved[other] = moved.get(place, place)
        return result

    def shuffle(self, items: MutableSequence[Any]) -> None:
        """Put the items in a random order, in place."""
        for place in range(len(items) - 1, 0, -1):
            other = self._below(place + 1)
            items[place], items[other] = items[other], items[place]


def _size(items: Sequence[Any]) -> int:
    """How many items there are; `len` gives up on long ranges."""
    if isinstance(items, range):
        return max(0, -((items.start - items.stop) // items.step))
    return len(items)
