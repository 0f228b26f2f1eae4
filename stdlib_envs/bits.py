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
    """The 16-bit number ``n`` rotated to the left."""
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
    """The exclusive or of ``first..last``."""
    return _xor_upto(last) ^ _xor_upto(first - 1)


def _xor_upto(n: int) -> int:
    """The exclusive or of ``0..n`` (0 when there is none)."""
    return (n, 1, n + 1, 0)[n % 4]


def short_range(rng: Any, level: int, **given: Any) -> Any:
    """Draw a range that is neither tiny nor at the beginning."""
    width = rng.randint(2, 4 + 4 * level)
    first = rng.randint(1, 10 * level**2)
    if "last" in given:
        return max(0, min(first, given["last"] - width))
    first = given.get("first", first)
    return _left(given, first=first, last=min(10**12, first + width))


def next_same_popcount(n: int) -> int:
    """The next number with as many ones, by Gosper's trick."""
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
    """The first dependency that elimination over GF(2) finds."""
    basis: dict[int, tuple[int, int]] = {}
    for i, item in enumerate(items):
        value, used = item, 1 << i
        while value:
            top = value.bit_length()
            if top not in basis:
                basis[top] = (value, used)
                break
            value, used = value ^ basis[top][0], used ^ basis[top][1]
        else:
            return [j + 1 for j in range(i + 1) if used >> j & 1]
    raise ArithmeticError("nine numbers of eight bits are dependent")


def cancels(answer: list[int], items: list[int]) -> bool:
    """Whether the items at the answer's positions have exclusive or 0."""
    if not answer or answer != sorted(set(answer)):
        return False
    inside = 1 <= answer[0] and answer[-1] <= len(items)
    return inside and reduce(xor, (items[i - 1] for i in answer)) == 0


def twos_complement(n: int) -> str:
    """The 16 bits of ``n`` in two's complement."""
    return f"{n % 65536:016b}"
