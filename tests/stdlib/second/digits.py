"""Second solvers for digits, written from the wording alone."""

from __future__ import annotations

import math


def to_base(n: int, base: int) -> str:
    text = "0123456789abcdef"[n % base]
    return text if n < base else to_base(n // base, base) + text


def from_ternary(text: str) -> int:
    return int("0" + "".join(c for c in text if c in ("0", "1", "2")), 3)


def reverse_digits(n: int) -> int:
    return int(str(n)[::-1])


def alternating_digit_sum(n: int) -> int:
    total, sign = 0, 1
    for digit in reversed(str(n)):
        total += sign * int(digit)
        sign = -sign
    return total


def next_arrangement(n: int) -> int:
    digits = list(str(n))
    for cut in range(len(digits) - 2, -1, -1):
        larger = [digit for digit in digits[cut + 1 :] if digit > digits[cut]]
        if larger:
            rest = digits[cut:]
            rest.remove(min(larger))
            return int("".join([*digits[:cut], min(larger), *sorted(rest)]))
    return n


def balanced_ternary(n: int) -> list[int]:
    digits = []
    while n:
        digit = (n + 1) % 3 - 1
        digits.append(digit)
        n = (n - digit) // 3
    return digits[::-1] or [0]


def digit_counts(n: int) -> list[int]:
    return [str(n).count(digit) for digit in "0123456789"]


def kaprekar_step(n: int) -> int:
    ascending = "".join(sorted(f"{n:04}"))
    return int(ascending[::-1]) - int(ascending)


def factorial_base(n: int) -> list[int]:
    place = 1
    while math.factorial(place + 1) <= n:
        place += 1
    digits = []
    for k in range(place, 0, -1):
        digits.append(n // math.factorial(k))
        n %= math.factorial(k)
    return digits


def smallest_after_removal(digits: str, k: int) -> str:
    for _ in range(k):
        digits = min(digits[:i] + digits[i + 1 :] for i in range(len(digits)))
    return digits


def next_palindrome(n: int) -> int:
    n += 1
    text = str(n)
    half = (len(text) + 1) // 2
    for front in (int(text[:half]), int(text[:half]) + 1):
        head = str(front)
        if len(head) == half:
            found = int(head + head[: len(text) - half][::-1])
            if found >= n:
                return found
    return int(10 ** len(text)) + 1


def balanced_digit_split(n: int) -> tuple[int, int]:
    parts = ["", ""]
    turn = 0
    for digit in map(int, str(n)):
        parts[turn] += str((digit + 1) // 2)
        parts[1 - turn] += str(digit // 2)
        turn ^= digit % 2
    return int(parts[0]), int(parts[1])
