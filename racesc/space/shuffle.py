"""A keyed bijection of range(total): a random order without memory, seekable.

A Feistel network over the smallest even number of bits that holds the range; results
outside it are sent through again (cycle walking). blake2b keyed by the seed makes the
order the same on every machine.
"""

from __future__ import annotations

from hashlib import blake2b

ROUNDS = 6


class Shuffle:
    """Position -> member of range(total), one to one."""

    def __init__(self, total: int, seed: int) -> None:
        self.total = total
        self.half = max(1, (max(total - 1, 1).bit_length() + 1) // 2)
        self.mask = (1 << self.half) - 1
        self.width = (self.half + 7) // 8
        key = blake2b(f"racesc {seed} {total}".encode(), digest_size=16).digest()
        self.keys = [
            blake2b(digest_size=min(self.width, 64), key=key, salt=bytes([turn]))
            for turn in range(ROUNDS)
        ]

    def __getitem__(self, position: int) -> int:
        if not 0 <= position < self.total:
            raise IndexError(position)
        while True:
            position = self._round_trip(position)
            if position < self.total:
                return position

    def _round_trip(self, value: int) -> int:
        left, right = value >> self.half, value & self.mask
        for key in self.keys:
            mixed = key.copy()
            mixed.update(right.to_bytes(self.width, "big"))
            noise = int.from_bytes(mixed.digest(), "big")
            left, right = right, left ^ (noise & self.mask)
        return (left << self.half) | right
