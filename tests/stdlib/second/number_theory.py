"""Second solvers for number_theory, written from the wording alone."""

from __future__ import annotations

import math
from collections import Counter


def prime_factors(n: int) -> list[int]:
    if n < 2:
        return []
    factors = []
    d = 2
    while d * d <= n:
        while n % d == 0:
            factors.append(d)
            n //= d
        d += 1 if d == 2 else 2
    return factors + [n] * (n > 1)


def count_divisors(n: int) -> int:
    if n == 0:
        return 0
    return math.prod(k + 1 for k in Counter(prime_factors(n)).values())


def divisors(n: int, limit: int) -> list[int]:
    return [d for d in range(1, limit + 1) if n // d * d == n]


def totient(n: int) -> int:
    for p in set(prime_factors(n)):
        n -= n // p
    return n


def aliquot_sum(n: int) -> int:
    if n == 0:
        return 0
    total = 1
    for p, k in Counter(prime_factors(n)).items():
        total *= sum(p**i for i in range(k + 1))
    return total - n


def modular_power(base: int, exponent: int, modulus: int) -> int:
    result, square = 1 % modulus, base % modulus
    while exponent:
        if exponent % 2:
            result = result * square % modulus
        square = square * square % modulus
        exponent //= 2
    return result


def bezout_coefficients(a: int, b: int) -> tuple[int, int]:
    if b == 0:
        return 1, 0
    x, y = bezout_coefficients(b, a % b)
    return y, x - a // b * y


def is_prime(n: int) -> bool:
    odd = range(3, math.isqrt(n) + 1, 2) if n > 2 else ()
    return n == 2 or (n > 2 and n % 2 == 1 and all(n % d for d in odd))


def next_prime(n: int) -> int:
    while not is_prime(n := n + 1):
        pass
    return n


def number_from_remainders(by_seven: int, by_eleven: int, by_thirteen: int) -> int:
    found = by_seven % 7
    while (found - by_eleven) % 11 or (found - by_thirteen) % 13:
        found += 7
    return found


def factorial_exponent(n: int, base: int) -> int:
    answers = []
    for p, k in Counter(prime_factors(base)).items():
        total, power = 0, p
        while power <= n:
            total += n // power
            power *= p
        answers.append(total // k)
    return min(answers)


def goldbach_pair(n: int) -> tuple[int, int]:
    p = 2
    while not (is_prime(p) and is_prime(2 * n + 4 - p)):
        p += 1
    return p, 2 * n + 4 - p


def four_squares(n: int) -> list[int]:
    for a in range(math.isqrt(n), -1, -1):
        for b in range(math.isqrt(n - a * a), -1, -1):
            left = n - a * a - b * b
            for c in range(math.isqrt(left), -1, -1):
                d = math.isqrt(left - c * c)
                if d * d == left - c * c:
                    return sorted([a, b, c, d])
    raise AssertionError(n)
