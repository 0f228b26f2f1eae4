"""Binary numbers and operations on their bits."""

from __future__ import annotations

from functools import reduce
from operator import xor
from typing import Any


def _left(given: dict[str, Any], **drawn: Any) -> Any:
    """The drawn parameters that were not given: one value, or a tuple of them."""
    rest = tuple(value for name, value in drawn.items() if name not in given)
    return rest[0] if len(rest) == 1 else rest


def count_ones_upto(n: int) -> int:
    """The number of binary ones in ``0..n`` together."""
    total, place = 0, 1
    while place <= n:
        full, rest = divmod(n + 1, 2 * place)
        total += full * place + max(0, rest - place)
        place *= 2
    return total


def xor_numbers(a: int, b: int) -> int:
    """The bitwise exclusive or."""
    return a ^ b


def majority_bits(a: int, b: int, c: int) -> int:
    """The bitwise majority of three numbers."""
    return a & b | a & c | b & c


def gray_code(n: int) -> int:
    """The reflected binary Gray code of ``n``."""
    return n ^ n >> 1


def from_gray(code: int) -> int:
    """The number whose reflected binary Gray code is ``code``."""
    number = 0
    while code:
        number ^= code
        code >>= 1
    return number


def rotate_bits(n: int, places: int) -> int:
    """The last 16 bits of ``n`` rotated to the left."""
    n %= 65536
    return (n << places | n >> 16 - places) & 0xFFFF


def word_and_places(rng: Any, level: int, **given: Any) -> Any:
    """Draw a word of which some ones go round, and a number of places."""
    n, most = 0, 15
    for _ in range(1 + level // 2):
        n |= 1 << rng.randint(0, most)
    return _left(given, n=n, places=rng.randint(1, 5 + level))


def set_bit_positions(n: int) -> list[int]:
    """The exponents of the powers of two that make up ``n``."""
    return [i for i in range(n.bit_length()) if n >> i & 1]


def xor_range(first: int, last: int) -> int:
    """The exclusive or of all numbers from the smaller to the larger."""
    return _xor_upto(max(first, last)) ^ _xor_upto(min(first, last) - 1)


def _xor_upto(n: int) -> int:
    """The exclusive or of ``0..n`` (0 when there is none)."""
    return (n, 1, n + 1, 0)[n % 4]


def short_range(rng: Any, level: int, **given: Any) -> Any:
    """Draw a range that is not tiny and whose exclusive or is seldom dull."""
    while True:
        first = rng.randint(1, 60 * level**2)
        last = first + rng.randint(2, 10 + 4 * level)
        if xor_range(first, last) not in (0, 1, first, last) or rng.randint(0, 9) == 0:
            return _left(given, first=first, last=last)


def next_same_popcount(n: int) -> int:
    """The next number with as many ones, by Gosper's trick; 0 for 0."""
    if n == 0:
        return 0
    lowest = n & -n
    carried = n + lowest
    return carried | (n ^ carried) // lowest >> 2


def interleave_bits(x: int, y: int) -> int:
    """The bits of ``x`` at even places and those of ``y`` at odd ones."""
    return _spread(x) | _spread(y) << 1


def _spread(n: int) -> int:
    """``n`` with a zero put in front of every bit."""
    return sum((n >> i & 1) << 2 * i for i in range(n.bit_length()))


def xor_zero_positions(items: list[int]) -> list[int]:
    """The first dependency that elimination over GF(2) finds, [] without any."""
    basis: dict[int, tuple[int, int]] = {}
    for i, item in enumerate(items):
        value, used = abs(item), 1 << i
        while value:
            top = value.bit_length()
            if top not in basis:
                basis[top] = (value, used)
                break
            value, used = value ^ basis[top][0], used ^ basis[top][1]
        else:
            return [j + 1 for j in range(i + 1) if used >> j & 1]
    return []


def cancels(answer: list[int], items: list[int]) -> bool:
    """Whether the items at the answer's positions have exclusive or 0, or there are
    no such positions and the answer is empty."""
    if not answer:
        return not xor_zero_positions(items)
    if answer != sorted(set(answer)):
        return False
    inside = 1 <= answer[0] and answer[-1] <= len(items)
    return inside and reduce(xor, (abs(items[i - 1]) for i in answer)) == 0


def twos_complement(n: int) -> str:
    """The last 16 bits of ``n`` in two's complement."""
    return f"{n % 65536:016b}"
