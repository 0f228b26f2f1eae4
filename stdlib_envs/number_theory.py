"""Primes, divisors, remainders and sums of special numbers."""

from __future__ import annotations

import math
from collections import Counter
from typing import Any

_SMALL_PRIMES = tuple(p for p in range(2, 200) if all(p % d for d in range(2, p)))


def _is_prime(n: int) -> bool:
    """Whether ``n`` is prime: exact for all numbers below 3 * 10^23."""
    if n < 2:
        return False
    witnesses = _SMALL_PRIMES[:12]
    if any(n % p == 0 for p in witnesses):
        return n in witnesses
    odd, twos = n - 1, 0
    while odd % 2 == 0:
        odd, twos = odd // 2, twos + 1
    for witness in witnesses:
        power = pow(witness, odd, n)
        if power in (1, n - 1):
            continue
        for _ in range(twos - 1):
            power = power * power % n
            if power == n - 1:
                break
        else:
            return False
    return True


def _proper_factor(n: int) -> int:
    """A factor other than 1 and ``n`` of a composite odd number (Pollard's rho)."""
    root = math.isqrt(n)
    if root * root == n:
        return root
    for shift in range(1, n):
        slow = fast = 2
        while True:
            product, before = 1, (slow, fast)
            for _ in range(64):
                slow = (slow * slow + shift) % n
                fast = (fast * fast + shift) % n
                fast = (fast * fast + shift) % n
                product = product * (slow - fast) % n
            common = math.gcd(product, n)
            if common == 1:
                continue
            if common == n:
                slow, fast = before
                common = 1
                while common == 1:
                    slow = (slow * slow + shift) % n
                    fast = (fast * fast + shift) % n
                    fast = (fast * fast + shift) % n
                    common = math.gcd(slow - fast, n)
            break
        if common != n:
            return common
    raise ArithmeticError("a prime has no proper factor")


def prime_factors(n: int) -> list[int]:
    """The prime factors of ``n`` in ascending order, with repetition."""
    if n == 0:
        return []
    factors = []
    for prime in _SMALL_PRIMES:
        while n % prime == 0:
            factors.append(prime)
            n //= prime
    pending = [n] if n > 1 else []
    while pending:
        part = pending.pop()
        if _is_prime(part):
            factors.append(part)
        else:
            factor = _proper_factor(part)
            pending += [factor, part // factor]
    return sorted(factors)


def smooth_number(rng: Any, level: int, **given: Any) -> int:
    """Draw a number of several small prime factors."""
    most, factors = 40 * 3**level, _SMALL_PRIMES[: 3 + level]
    n = 1
    while n < max(8, most // 20):
        factor = int(rng.choice(factors))
        n = n * factor if n * factor <= most else factor
    return n * int(rng.randint(1, most // n))


def number_and_limit(rng: Any, level: int, **given: Any) -> Any:
    """Draw a number that has several small divisors, and a limit for them."""
    most, limit = 200 * level**3, rng.randint(8 + level, 10 + 4 * level)
    if "n" in given:
        return limit
    n = int(rng.randint(2, 5))
    for _ in range(2 + level // 3):
        factor = int(rng.choice([2, 2, 3, 3, 5, 7, 11, 13]))
        n *= factor if n * factor <= most else 1
    n *= int(rng.randint(max(1, -(-10 // n)), max(1, -(-10 // n), most // n)))
    return n if "limit" in given else (n, limit)


def powerful_number(rng: Any, level: int, **given: Any) -> int:
    """Draw a number with prime factors of various exponents."""
    most, n = 10**5 * level**3, int(rng.randint(2, 4 + level))
    for prime in (2, 2, 3, 3, 5, 7, 11, 13)[: 3 + level]:
        factor = int(pow(prime, rng.randint(0, 2)))
        n *= factor if n * factor <= most else 1
    return n * int(rng.randint(1, max(1, min(9 * level, most // n))))


def count_divisors(n: int) -> int:
    """The number of positive divisors of ``n``; 0 for 0."""
    if n == 0:
        return 0
    return math.prod(times + 1 for times in Counter(prime_factors(n)).values())


def divisors(n: int, limit: int) -> list[int]:
    """The positive divisors of ``n`` up to ``limit``, in ascending order."""
    return [d for d in range(1, limit + 1) if n % d == 0]


def totient(n: int) -> int:
    """How many of ``1..n`` are coprime to ``n``."""
    count = n
    for prime in Counter(prime_factors(n)):
        count -= count // prime
    return count


def aliquot_sum(n: int) -> int:
    """The sum of the divisors of ``n`` other than ``n``; 0 for 0."""
    if n == 0:
        return 0
    total = 1
    for prime, times in Counter(prime_factors(n)).items():
        total *= sum(pow(prime, exponent) for exponent in range(times + 1))
    return total - n


def modular_power(base: int, exponent: int, modulus: int) -> int:
    """``base`` to the power ``exponent``, reduced by ``modulus``."""
    return pow(base, exponent, modulus)


def power_and_modulus(rng: Any, level: int, **given: Any) -> Any:
    """Draw a power of some size and a modulus that is not tiny."""
    drawn = {
        "base": rng.randint(2, 5 + level**2),
        "exponent": rng.randint(2, 3 * level**2),
        "modulus": rng.randint(4 + level, 10 + 9 * level**2),
    }
    rest = tuple(value for name, value in drawn.items() if name not in given)
    return rest[0] if len(rest) == 1 else rest


def bezout_coefficients(a: int, b: int) -> tuple[int, int]:
    """The multipliers found by the extended Euclidean algorithm."""
    x, next_x, y, next_y = 1, 0, 0, 1
    while b:
        quotient = a // b
        a, b = b, a - quotient * b
        x, next_x = next_x, x - quotient * next_x
        y, next_y = next_y, y - quotient * next_y
    return x, y


def is_bezout(answer: tuple[int, int], a: int, b: int) -> bool:
    """Whether the multipliers combine ``a`` and ``b`` to their gcd."""
    x, y = answer
    return abs(x) <= b and abs(y) <= a and x * a + y * b == math.gcd(a, b)


def next_prime(n: int) -> int:
    """The smallest prime above ``n``."""
    n += 1
    while not _is_prime(n):
        n += 1
    return n


def number_from_remainders(by_seven: int, by_eleven: int, by_thirteen: int) -> int:
    """The number below 1001 that agrees with the given ones modulo 7, 11 and 13."""
    return (715 * by_seven + 364 * by_eleven + 924 * by_thirteen) % 1001


def factorial_exponent(n: int, base: int) -> int:
    """The largest ``k`` such that ``base**k`` divides the factorial of ``n``."""
    exponents = []
    for prime, times in Counter(prime_factors(base)).items():
        count, rest = 0, n
        while rest:
            rest //= prime
            count += rest
        exponents.append(count // times)
    return min(exponents)


def goldbach_pair(n: int) -> tuple[int, int]:
    """The pair of primes with sum ``2 * n + 4`` whose first prime is smallest."""
    first, total = 2, 2 * n + 4
    while not (_is_prime(first) and _is_prime(total - first)):
        first += 1
    return first, total - first


def is_goldbach_pair(answer: tuple[int, int], n: int) -> bool:
    """Whether the answer is two primes with sum ``2 * n + 4``."""
    return sum(answer) == 2 * n + 4 and all(_is_prime(p) for p in answer)


def four_squares(n: int) -> list[int]:
    """The four roots of which the largest are as large as can be, ascending."""
    for a in range(math.isqrt(n), -1, -1):
        rest = n - a * a
        reduced = rest
        while reduced and reduced % 4 == 0:
            reduced //= 4
        if reduced % 8 == 7:
            continue
        for b in range(min(a, math.isqrt(rest)), -1, -1):
            left = rest - b * b
            for c in range(min(b, math.isqrt(left)), -1, -1):
                d = math.isqrt(left - c * c)
                if d > c:
                    break
                if d * d == left - c * c:
                    return [d, c, b, a]
    raise ArithmeticError("every number is a sum of four squares")


def is_four_squares(answer: list[int], n: int) -> bool:
    """Whether the answer ascends and its squares add up to ``n``."""
    ascending = len(answer) == 4 and answer == sorted(answer) and answer[0] >= 0
    return ascending and sum(root * root for root in answer) == n
