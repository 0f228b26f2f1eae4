"""The sequences domain, checked against sympy and direct simulation."""

from __future__ import annotations

import random
from fractions import Fraction
from functools import cache

import pytest
import sympy
from solvers import solvers

sequences = solvers("sequences")


def test_fibonacci_remainder() -> None:
    rng = random.Random(1)
    for n in [0, 1, 2, 3, *(rng.randint(0, 3000) for _ in range(250))]:
        modulus = rng.choice([2, 3, 10**12, rng.randint(2, 10**6)])
        expected = sympy.fibonacci(n) % modulus
        assert sequences.fibonacci_remainder(n, modulus) == expected
    assert sequences.fibonacci_remainder(10**12, 10) == 5


def test_linear_recurrence() -> None:
    rng = random.Random(2)
    for _ in range(300):
        a, b = (rng.randint(-(10**12), 10**12) for _ in range(2))
        p, q = (rng.randint(-9, 9) for _ in range(2))

        @cache
        def term(n: int, a: int = a, b: int = b, p: int = p, q: int = q) -> int:
            return (a, b)[n - 1] if n < 3 else p * term(n - 1) + q * term(n - 2)

        n = rng.randint(1, 12)
        assert sequences.linear_recurrence(a, b, p, q, n) == term(n)


def test_collatz_steps() -> None:
    @cache
    def steps(n: int) -> int:
        return 0 if n == 1 else 1 + steps(3 * n + 1 if n % 2 else n // 2)

    for n in range(1, 80000):
        count = sequences.collatz_steps(n)
        assert count == steps(n) and count <= min(5 * n, 350 + n // 1000)
    assert sequences.collatz_steps(0) == 0
    assert sequences.collatz_steps(837799) == 524
    assert sequences.collatz_steps(989345275647) == 1348


def test_look_and_say() -> None:
    terms = ["1", "11", "21", "1211", "111221", "312211", "13112221"]
    for i in range(len(terms)):
        for j in range(i + 1, min(i + 5, len(terms))):
            assert sequences.look_and_say(terms[i], j - i) == terms[j]
    rng = random.Random(3)
    for _ in range(200):
        text = "".join(rng.choice("01é ") for _ in range(rng.randint(1, 60)))
        said, before, count = "", text[0], 0
        for digit in text + "|":
            if digit != before:
                said, before, count = said + str(count) + before, digit, 0
            count += 1
        assert sequences.look_and_say(text, 1) == said
    assert sequences.look_and_say("", 3) == ""


def test_next_by_differences() -> None:
    rng = random.Random(4)
    x = sympy.Symbol("x")
    for size in range(1, 6):
        for _ in range(20):
            items = [rng.randint(-999, 999) for _ in range(size)]
            poly = sympy.interpolate(list(enumerate(items, 1)), x)
            expected = sympy.sympify(poly).subs(x, size + 1)
            assert sequences.next_by_differences(items) == expected
    for _ in range(200):
        a, b, c = (rng.randint(-9, 9) for _ in range(3))
        values = [a * i * i + b * i + c for i in range(1, 8)]
        assert sequences.next_by_differences(values[:6]) == values[6]


def test_zeckendorf() -> None:
    rng = random.Random(5)
    places = [int(sympy.fibonacci(i)) for i in range(2, 61)]
    drawn = [rng.randint(1, 10 ** rng.randint(1, 12)) for _ in range(200)]
    assert sequences.zeckendorf(0) == []
    # The least numbers with so many parts: every other Fibonacci number from 1 on.
    assert [len(sequences.zeckendorf(n)) for n in (28656, 433494436)] == [11, 21]
    assert max(len(sequences.zeckendorf(n)) for n in range(28656)) == 10
    for n in [*range(1, 200), 10**12, *places[:58], *drawn]:
        parts = sequences.zeckendorf(n)
        indices = [places.index(part) for part in parts]
        assert sum(parts) == n
        assert all(b - a >= 2 for a, b in zip(indices, indices[1:], strict=False))


def test_champernowne_digit() -> None:
    text = "".join(map(str, range(3000)))
    for n, digit in enumerate(text):
        assert sequences.champernowne_digit(n) == int(digit)
    # Project Euler 40
    digits = [sequences.champernowne_digit(10**i) for i in range(7)]
    assert digits == [1, 1, 5, 3, 7, 2, 1]


def test_recaman_term() -> None:
    known = [0, 1, 3, 6, 2, 7, 13, 20, 12, 21, 11, 22, 10, 23, 9, 24, 8, 25, 43, 62]
    known += [42, 63, 41, 18, 42, 17, 43, 16, 44, 15, 45, 14, 46, 79, 113, 78, 114]
    assert [sequences.recaman_term(0, n) for n in range(len(known))] == known
    rng = random.Random(7)
    for _ in range(200):
        start = rng.choice([0, 1, 5, 10**12, rng.randint(0, 300)])
        terms = [start]
        for i in range(1, 80):
            down = terms[-1] - i
            terms.append(down if down >= 1 and terms.count(down) == 0 else down + 2 * i)
        assert [sequences.recaman_term(start, n) for n in range(80)] == terms


def test_pisano_period() -> None:
    known = [3, 8, 6, 20, 24, 16, 12, 24, 60, 10, 24, 28, 48, 40, 24, 36, 24, 18, 60]
    assert [sequences.pisano_period(0, 1, m) for m in range(2, 21)] == known
    rng = random.Random(8)
    for _ in range(200):
        first, second = (rng.randint(-(10**18), 10**18) for _ in range(2))
        modulus = rng.randint(2, 60)
        step = sympy.Matrix([[0, 1], [1, 1]])
        begin = sympy.Matrix([first, second]) % modulus
        whole = sequences.pisano_period(0, 1, modulus)
        expected = next(
            d for d in sympy.divisors(whole) if (step.pow(d) * begin) % modulus == begin
        )
        assert sequences.pisano_period(first, second, modulus) == expected
    for modulus in range(2, 1001, 7):
        period = sequences.pisano_period(0, 1, modulus)
        assert sympy.fibonacci(period) % modulus == 0
        assert sympy.fibonacci(period + 1) % modulus == 1
        assert period <= 6 * modulus


def test_orbit_length() -> None:
    rng = random.Random(6)
    for _ in range(300):
        modulus = rng.randint(2, 60)
        x, factor, step = (rng.randint(-(10**9), 10**9) for _ in range(3))
        terms = [x % modulus]
        for _ in range(modulus):
            terms.append((factor * terms[-1] + step) % modulus)
        assert sequences.orbit_length(x, factor, step, modulus) == len(set(terms))


@pytest.mark.parametrize(
    ("n", "chain"),
    [
        (19, [82, 68, 100, 1, 1]),
        (4, [16, 37, 58, 89, 145, 42, 20, 4, 16, 37]),
        (999999999999, [972, 134, 26, 40, 16]),
        (0, [0, 0]),
        (10**12, [1, 1]),
    ],
)
def test_square_digit_chain(n: int, chain: list[int]) -> None:
    for steps, value in enumerate(chain, 1):
        assert sequences.square_digit_chain(n, steps) == value


def test_calkin_wilf_term() -> None:
    x = Fraction(0)
    for n in range(2000):
        assert sequences.calkin_wilf_term(n) == x
        x = 1 / (2 * (x.numerator // x.denominator) + 1 - x)
    assert sequences.calkin_wilf_term(2**39) == Fraction(1, 40)
