"""Second solvers for two_numbers, written from the wording alone."""

from __future__ import annotations


def spiral_number(x: int, y: int) -> int:
    # Walk along whole sides: 1 right, 1 up, 2 left, 2 down, 3 right and so on.
    at, number, side = (0, 0), 0, 0
    ways = [(1, 0), (0, 1), (-1, 0), (0, -1)]
    while True:
        dx, dy = ways[side % 4]
        length = side // 2 + 1
        ahead = (x - at[0]) * dx + (y - at[1]) * dy
        beside = (x - at[0]) * dy - (y - at[1]) * dx
        if beside == 0 and 0 <= ahead <= length:
            return number + ahead
        at = at[0] + length * dx, at[1] + length * dy
        number += length
        side += 1


def hex_distance(q: int, r: int) -> int:
    # Diagonal steps change q and r in opposite directions.
    if q * r >= 0:
        return abs(q) + abs(r)
    return max(abs(q), abs(r))


def knight_distance(x: int, y: int) -> int:
    x, y = abs(x), abs(y)
    if {x, y} == {0, 1}:
        return 3
    if (x, y) == (2, 2):
        return 4
    least = max(-(-x // 2), -(-y // 2), -(-(x + y) // 3))
    return least + (least + x + y) % 2


def complex_product(a: int, b: int, c: int, d: int) -> tuple[int, int]:
    return a * c + b * d * -1, a * d + b * c


def determinant_2x2(a: int, b: int, c: int, d: int) -> int:
    return a * d - b * c


def shared_digits(first: int, second: int) -> list[int]:
    return [d for d in range(10) if str(d) in str(first) and str(d) in str(second)]


def digit_sum_of_both(first: int, second: int) -> int:
    total = 0
    for number in (abs(first), abs(second)):
        while number:
            number, digit = divmod(number, 10)
            total += digit
    return total


def multiples_of_six_between(first: int, second: int) -> int:
    low, high = sorted((first, second))
    start = low + -low % 6
    return 0 if start > high else (high - start) // 6 + 1


def binary_distance(first: int, second: int) -> int:
    a, b = f"{abs(first):b}", f"{abs(second):b}"
    width = max(len(a), len(b))
    pairs = zip(a.zfill(width), b.zfill(width), strict=True)
    return sum(p != q for p, q in pairs)


def euclid_quotients(first: int, second: int) -> list[int]:
    a, b = abs(first), abs(second)
    if b == 0:
        return []
    return [a // b, *euclid_quotients(b, a - b * (a // b))]


def sum_and_difference(first: int, second: int, times: int) -> tuple[int, int]:
    for _ in range(times):
        first, second = first + second, first - second
    return first, second
