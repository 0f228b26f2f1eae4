"""Second solvers for bits, written from the wording alone."""

from __future__ import annotations

import itertools


def count_ones_upto(n: int) -> int:
    total, place = 0, 1
    while place <= n:
        rounds, left = divmod(n + 1, 2 * place)
        total += rounds * place + max(0, left - place)
        place *= 2
    return total


def xor_numbers(a: int, b: int) -> int:
    pairs = zip(f"{a:040b}", f"{b:040b}", strict=True)
    return int("".join("01"[x != y] for x, y in pairs), 2)


def majority_bits(a: int, b: int, c: int) -> int:
    triples = zip(f"{a:040b}", f"{b:040b}", f"{c:040b}", strict=True)
    return int("".join("01"[t.count("1") >= 2] for t in triples), 2)


def gray_code(n: int) -> int:
    digits = f"{n:b}"
    code = digits[0] + "".join("01"[x != y] for x, y in itertools.pairwise(digits))
    return int(code, 2)


def from_gray(code: int) -> int:
    digits = f"{code:b}"
    odd = [digits[: i + 1].count("1") % 2 for i in range(len(digits))]
    return int("".join(map(str, odd)), 2)


def rotate_bits(n: int, places: int) -> int:
    digits = f"{n:016b}"[-16:]
    for _ in range(places):
        digits = digits[1:] + digits[0]
    return int(digits, 2)


def set_bit_positions(n: int) -> list[int]:
    return [place for place in range(n.bit_length()) if n // 2**place % 2]


def xor_range(first: int, last: int) -> int:
    result = 0
    first, last = sorted([first, last])
    while first <= last and first % 4:
        result ^= first
        first += 1
    # four numbers in a row from a multiple of 4 on cancel out
    for number in range(last - (last - first + 1) % 4 + 1, last + 1):
        result ^= number
    return result


def next_same_popcount(n: int) -> int:
    if n == 0:
        return 0
    digits = "0" + f"{n:b}"
    cut = digits.rindex("01")
    rest = "".join(sorted(digits[cut + 2 :]))
    return int(digits[:cut] + "10" + rest, 2)


def interleave_bits(x: int, y: int) -> int:
    pairs = zip(f"{x:040b}", f"{y:040b}", strict=True)
    return int("".join(b + a for a, b in pairs), 2)


def xor_zero_positions(items: list[int]) -> list[int]:
    for chosen in range(1, 2 ** len(items)):
        positions = [i for i in range(len(items)) if chosen >> i & 1]
        total = 0
        for i in positions:
            total ^= abs(items[i])
        if total == 0:
            return [i + 1 for i in positions]
    return []


def twos_complement(n: int) -> str:
    return f"{n % 2**16:016b}"
