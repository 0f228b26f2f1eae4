"""Recurrences, famous sequences and how to continue one."""

from __future__ import annotations

from fractions import Fraction
from itertools import groupby
from typing import Any


def _left(given: dict[str, Any], **drawn: Any) -> Any:
    """The drawn parameters that were not given: one value, or a tuple of them."""
    rest = tuple(value for name, value in drawn.items() if name not in given)
    return rest[0] if len(rest) == 1 else rest


def fibonacci_remainder(n: int, modulus: int) -> int:
    """The ``n``-th Fibonacci number modulo ``modulus``, by doubling."""
    now, after = 0, 1
    for bit in f"{n:b}":
        now, after = now * (2 * after - now), now * now + after * after
        if bit == "1":
            now, after = after, now + after
        now, after = now % modulus, after % modulus
    return now % modulus


def index_and_modulus(rng: Any, level: int, **given: Any) -> Any:
    """Draw an index worth some steps and a modulus that is not tiny."""
    n = rng.randint(4 + level, 10 + 6 * level)
    return _left(given, n=n, modulus=rng.randint(5 + level, 10 + 5 * level**2))


def linear_recurrence(first: int, second: int, p: int, q: int, n: int) -> int:
    """The ``n``-th term of ``x = p * previous + q * the one before``."""
    for _ in range(n - 1):
        first, second = second, p * second + q * first
    return first


def recurrence_and_index(rng: Any, level: int, **given: Any) -> Any:
    """Draw a recurrence with nonzero coefficients and an index above 2."""
    size = 2 * level
    low, high = -1 - (level + 3) // 6, 2 + level // 6
    coefficients = [c for c in range(low, high + 1) if c]
    return _left(
        given,
        first=rng.randint(-size, size),
        second=rng.randint(1, size) * rng.choice([-1, 1]),
        p=rng.choice(coefficients),
        q=rng.choice(coefficients),
        n=rng.randint(3 + level // 4, 3 + 7 * level // 10),
    )


def collatz_steps(n: int) -> int:
    """The number of Collatz steps from ``n`` to 1 (none from 0)."""
    steps = 0
    while n > 1:
        n = n // 2 if n % 2 == 0 else 3 * n + 1
        steps += 1
    return steps


def look_and_say(term: str, times: int) -> str:
    """The term described ``times`` times by its runs of equal characters."""
    for _ in range(times):
        runs = groupby(term)
        term = "".join(f"{len(list(run))}{character}" for character, run in runs)
    return term


def term_with_runs(rng: Any, level: int, **given: Any) -> Any:
    """Draw digits with some runs and a number of descriptions."""
    text, size = "", rng.randint(3 + level // 3, 4 + 4 * level // 5)
    while len(text) < size:
        text += str(rng.randint(0, 9 if level > 2 else 3)) * rng.randint(1, 3)
    times = rng.randint(1, 1 + level // 4)
    return _left(given, term=text[:size], times=times)


def next_by_differences(items: list[int]) -> int:
    """The next value of the polynomial through the items, by differences."""
    row, total = items, 0
    while row:
        total += row[-1]
        row = [after - before for before, after in zip(row, row[1:], strict=False)]
    return total


def polynomial_values(rng: Any, level: int, **given: Any) -> list[int]:
    """Draw consecutive values of a polynomial of low degree."""
    degree = 1 + level // 4
    size = rng.randint(degree + 2, min(8, degree + 4))
    while True:
        row = [rng.randint(-2 * level, 2 * level) for _ in range(degree + 1)]
        values = []
        for _ in range(size):
            values.append(row[0])
            row = [a + b for a, b in zip(row, row[1:] + [0], strict=True)]
        if max(map(abs, values)) <= 999:
            return values


def zeckendorf(n: int) -> list[int]:
    """The non-neighbouring Fibonacci numbers with sum ``n``, ascending."""
    numbers = [1, 2]
    while numbers[-1] <= n:
        numbers.append(numbers[-1] + numbers[-2])
    chosen = []
    for number in reversed(numbers):
        if number <= n:
            chosen.append(number)
            n -= number
    return chosen[::-1]


def champernowne_digit(n: int) -> int:
    """The digit with index ``n`` of 0123456789101112… ."""
    if n == 0:
        return 0
    index, size, count = n - 1, 1, 9
    while index >= size * count:
        index -= size * count
        size, count = size + 1, 10 * count
    number, place = divmod(index, size)
    return int(str(count // 9 + number)[place])


def recaman_term(start: int, n: int) -> int:
    """The term with index ``n`` of Recamán's sequence from ``start`` on."""
    term, seen = start, {start}
    for i in range(1, n + 1):
        back = term - i
        term = back if back > 0 and back not in seen else term + i
        seen.add(term)
    return term


def pisano_period(first: int, second: int, modulus: int) -> int:
    """The period of a sequence of sums modulo ``modulus``."""
    begin = first % modulus, second % modulus
    now, after, period = begin[1], sum(begin) % modulus, 1
    while (now, after) != begin:
        now, after = after, (now + after) % modulus
        period += 1
    return period


def orbit_length(start: int, factor: int, increment: int, modulus: int) -> int:
    """How many numbers occur in ``x -> factor * x + increment`` from ``start``."""
    start %= modulus
    seen: set[int] = set()
    while start not in seen:
        seen.add(start)
        start = (factor * start + increment) % modulus
    return len(seen)


def congruential_sequence(rng: Any, level: int, **given: Any) -> Any:
    """Draw a sequence that is not constant."""
    modulus = rng.randint(5 + level, 8 + 8 * level)
    top = max(2, min(given.get("modulus", modulus), modulus) - 1)
    return _left(
        given,
        start=rng.randint(0, top),
        factor=rng.randint(2, top),
        increment=rng.randint(0, top),
        modulus=modulus,
    )


def square_digit_chain(n: int, steps: int) -> int:
    """``n`` after ``steps`` sums of squared digits."""
    for _ in range(steps):
        n = sum(int(digit) ** 2 for digit in str(n))
    return n


def calkin_wilf_term(n: int) -> Fraction:
    """The ``n``-th term of the Calkin-Wilf sequence, from the bits of ``n``."""
    top, bottom = 0, 1
    for bit in f"{n:b}":
        if bit == "1":
            top += bottom
        else:
            bottom += top
    return Fraction(top, bottom)
