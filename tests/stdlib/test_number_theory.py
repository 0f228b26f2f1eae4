"""The number_theory domain, checked against sympy and brute force."""

from __future__ import annotations

import random
from math import factorial, gcd

import sympy
from solvers import solvers

number_theory = solvers("number_theory")
SOME = [2, 3, 4, 36, 97, 199**2, 211**2, 9973**2, 999983**2, 999999999989, 10**12]


def numbers(seed: int, low: int, high: int, count: int = 250) -> list[int]:
    """Edges and random numbers of every size in ``low..high``."""
    rng = random.Random(seed)
    drawn = [
        rng.randint(low, min(high, 10 ** rng.randint(1, 12))) for _ in range(count)
    ]
    return [n for n in SOME if low <= n <= high] + [low, high, *drawn]


def test_factoring() -> None:
    assert number_theory.prime_factors(0) == number_theory.prime_factors(1) == []
    for n in numbers(1, 2, 10**12):
        powers = sympy.factorint(n)
        expected = sorted(p for p, times in powers.items() for _ in range(times))
        assert number_theory.prime_factors(n) == expected


def test_divisor_functions() -> None:
    for n in numbers(2, 1, 10**12):
        assert number_theory.count_divisors(n) == sympy.divisor_count(n)
        assert number_theory.totient(n) == sympy.totient(n)
        assert number_theory.aliquot_sum(n) == sympy.divisor_sigma(n) - n
    functions = (
        number_theory.count_divisors,
        number_theory.totient,
        number_theory.aliquot_sum,
    )
    assert [function(0) for function in functions] == [0, 0, 0]
    for n in numbers(3, 1, 10**12):
        for limit in (1, 7, 50):
            expected = [d for d in sympy.divisors(n) if d <= limit]
            assert (
                number_theory.divisors(n, limit)
                == number_theory.divisors(-n, limit)
                == expected
            )
    assert number_theory.divisors(0, 3) == [1, 2, 3]


def most_divisors() -> list[tuple[int, int]]:
    """Of the numbers up to 10^12 those that may have more divisors than all smaller
    ones, with how many they have: exponents that never grow from prime to prime."""
    found, todo = [], [(1, 1, 0, 40)]
    primes = list(sympy.primerange(40))
    while todo:
        n, count, place, most = todo.pop()
        found.append((n, count))
        for exponent in range(1, most + 1):
            n *= primes[place]
            if n > 10**12:
                break
            todo.append((n, count * (exponent + 1), place + 1, exponent))
    return found


def test_bounds_on_the_number_of_divisors() -> None:
    counts = most_divisors()
    assert max(count for _, count in counts) == 6720
    for n, count in counts:
        steps = (n, 8 + n // 8, 40 + n // 100, 128 + n // 2000, 800 + n // 10**6)
        assert count <= min(steps), n


def test_remainders() -> None:
    rng = random.Random(4)
    for _ in range(200):
        base, exponent, modulus = (rng.randint(low, 300) for low in (-300, 0, 1))
        expected = base**exponent % modulus
        assert number_theory.modular_power(base, exponent, modulus) == expected
    for n in range(1001):
        a, b, c = (rng.randint(-(10**15), 10**15) for _ in range(3))
        moved = (n + 7 * a, n + 11 * b, n + 13 * c)
        assert number_theory.number_from_remainders(*moved) == n


def test_bezout() -> None:
    for a, b in zip(numbers(5, 1, 10**12), numbers(6, 1, 10**12)[::-1], strict=True):
        x, y = number_theory.bezout_coefficients(a, b)
        assert x * a + y * b == gcd(a, b)
        assert number_theory.is_bezout((x, y), a, b)
        assert not number_theory.is_bezout((x + 1, y), a, b)
        assert not number_theory.is_bezout((x + 2 * b, y - 2 * a), a, b)


def test_primes() -> None:
    for n in numbers(7, 0, 10**12):
        assert number_theory.next_prime(n) == sympy.nextprime(n)
    for n in numbers(8, 0, 10**12):
        pair = number_theory.goldbach_pair(n)
        assert sum(pair) == 2 * n + 4 and all(map(sympy.isprime, pair))
        assert number_theory.is_goldbach_pair(
            pair, n
        ) and number_theory.is_goldbach_pair(pair[::-1], n)
    right = {(p, 100 - p) for p in sympy.primerange(100) if sympy.isprime(100 - p)}
    for p in range(2, 99):
        for q in range(2, 99):
            assert number_theory.is_goldbach_pair((p, q), 48) == ((p, q) in right)


def test_factorial_exponent() -> None:
    for n in range(25):
        for base in range(2, 30):
            k = number_theory.factorial_exponent(n, base)
            assert factorial(n) % base**k == 0 and factorial(n) % base ** (k + 1) != 0
    assert number_theory.factorial_exponent(10**12, 10) == 249999999997
    assert number_theory.factorial_exponent(1000, 997) == 1


def test_four_squares() -> None:
    for n in [*range(300), *numbers(9, 0, 10**5), 7 * 4**6]:
        roots = number_theory.four_squares(n)
        assert sum(root**2 for root in roots) == n
        assert roots == sorted(roots) and number_theory.is_four_squares(roots, n)
        assert not number_theory.is_four_squares([*roots[:3], roots[3] + 1], n)
        assert not number_theory.is_four_squares([0, *roots], n)
        unsorted = roots[::-1]
        assert number_theory.is_four_squares(unsorted, n) == (unsorted == roots)
