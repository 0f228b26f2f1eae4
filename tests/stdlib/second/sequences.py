"""Second solvers for sequences, written from the wording alone."""

from __future__ import annotations

import itertools
from fractions import Fraction


def fibonacci_remainder(n: int, modulus: int) -> int:
    a, b = 0, 1
    for bit in f"{n:b}":
        a, b = a * (2 * b - a) % modulus, (a * a + b * b) % modulus
        if bit == "1":
            a, b = b, (a + b) % modulus
    return a % modulus


def linear_recurrence(first: int, second: int, p: int, q: int, n: int) -> int:
    terms = [first, second]
    while len(terms) < n:
        terms.append(p * terms[-1] + q * terms[-2])
    return terms[n - 1]


def collatz_steps(n: int) -> int:
    steps = 0
    while not n <= 1:
        n = 3 * n + 1 if n % 2 else n // 2
        steps += 1
    return steps


def look_and_say(term: str, times: int) -> str:
    for _ in range(times):
        runs = itertools.groupby(term)
        term = "".join(f"{len(list(run))}{digit}" for digit, run in runs)
    return term


def next_by_differences(items: list[int]) -> int:
    if not any(items):
        return 0
    differences = [b - a for a, b in itertools.pairwise(items)]
    return items[-1] + next_by_differences(differences)


def zeckendorf(n: int) -> list[int]:
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
    if n == 0:
        return 0
    width, first = 1, 1
    while n > width * 9 * first:
        n -= width * 9 * first
        width += 1
        first *= 10
    return int(str(first + (n - 1) // width)[(n - 1) % width])


def recaman_term(start: int, n: int) -> int:
    terms = [start]
    for i in range(1, n + 1):
        back = terms[-1] - i
        terms.append(terms[-1] + i if back <= 0 or back in terms else back)
    return terms[n]


def pisano_period(first: int, second: int, modulus: int) -> int:
    terms = [first % modulus, second % modulus]
    while len(terms) < 3 or terms[-2:] != terms[:2]:
        terms.append((terms[-2] + terms[-1]) % modulus)
    return len(terms) - 2


def orbit_length(start: int, factor: int, increment: int, modulus: int) -> int:
    seen: list[int] = []
    term = start % modulus
    while term not in seen:
        seen.append(term)
        term = (factor * term + increment) % modulus
    return len(seen)


def square_digit_chain(n: int, steps: int) -> int:
    for _ in range(steps):
        n = sum(int(digit) ** 2 for digit in str(n))
    return n


def calkin_wilf_term(n: int) -> Fraction:
    if n == 0:
        return Fraction(0)
    a, b = 1, 1
    for bit in f"{n:b}"[1:]:
        if bit == "1":
            a += b
        else:
            b += a
    return Fraction(a, b)
