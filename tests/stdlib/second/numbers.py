"""Second solvers for numbers, written from the wording alone."""

from __future__ import annotations


def digit_sum(n: int) -> int:
    return sum(int(digit) for digit in str(n))


def digit_product(n: int) -> int:
    product = 1
    for digit in str(n).removeprefix("-"):
        product *= int(digit)
    return product


def gcd(a: int, b: int) -> int:
    a, b = abs(a), abs(b)
    while b:
        a, b = b, a % b
    return a


def lcm(a: int, b: int) -> int:
    if a == 0 or b == 0:
        return 0
    return abs(a * b) // gcd(a, b)


def clamp(n: int, low: int, high: int) -> int:
    if n < low:
        return low
    return high if n > high else n


def integer_square_root(n: int) -> int:
    low, high = 0, n + 1
    while high - low > 1:
        middle = (low + high) // 2
        if middle * middle <= n:
            low = middle
        else:
            high = middle
    return low


def nearest_square(n: int) -> int:
    root = integer_square_root(n)
    return min(root**2, (root + 1) ** 2, key=lambda square: abs(square - n))


def quotient_and_remainder(n: int, d: int) -> tuple[int, int]:
    remainder = n % d
    return (n - remainder) // d, remainder


def round_to_multiple(n: int, step: int) -> int:
    below = n // step * step
    return below if n - below < below + step - n else below + step


def range_sum(first: int, last: int) -> int:
    return sum(range(min(first, last), max(first, last) + 1))


def count_multiples(first: int, last: int, step: int) -> int:
    low, high = sorted([first, last])
    smallest = low + -low % step
    return len(range(smallest, high + 1, step))


def split_sum(n: int) -> tuple[int, int]:
    return n + 4 - 2, 2
