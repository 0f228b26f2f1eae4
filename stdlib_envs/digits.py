"""Decimal digits and other number systems."""

from __future__ import annotations

from typing import Any


def to_base(n: int, base: int) -> str:
    """``n`` written in ``base`` with the digits 0-9a-f."""
    numeral = ""
    while n or not numeral:
        n, digit = divmod(n, base)
        numeral = "0123456789abcdef"[digit] + numeral
    return numeral


def from_ternary(text: str) -> int:
    """The value of the base 3 digits of a text."""
    value = 0
    for digit in text:
        if digit in "012":
            value = 3 * value + int(digit)
    return value


def reverse_digits(n: int) -> int:
    """The number whose decimal digits are those of ``n`` reversed."""
    return int(str(n)[::-1])


def alternating_digit_sum(n: int) -> int:
    """The last digit minus the one before it plus the one before that and so on."""
    digits = [int(digit) for digit in reversed(str(n))]
    return sum(digits[::2]) - sum(digits[1::2])


def next_arrangement(n: int) -> int:
    """The next larger number with the same digits, or ``n`` if there is none."""
    digits = list(str(n))
    i = len(digits) - 2
    while i >= 0 and digits[i] >= digits[i + 1]:
        i -= 1
    if i < 0:
        return n
    j = max(j for j in range(i + 1, len(digits)) if digits[j] > digits[i])
    digits[i], digits[j] = digits[j], digits[i]
    return int("".join(digits[: i + 1] + digits[:i:-1]))


def number_with_descents(rng: Any, level: int, **given: Any) -> int:
    """Draw a number that ends in some digits in descending order."""
    head = [rng.randint(1, 9) for _ in range(1 + level // 3)]
    tail = [rng.randint(0, 9) for _ in range(rng.randint(2, 2 + level // 2))]
    return int("".join(map(str, head + sorted(tail, reverse=True))))


def balanced_ternary(n: int) -> list[int]:
    """The digits -1, 0 and 1 of ``n`` in balanced ternary."""
    digits: list[int] = []
    while n or not digits:
        digit = (n + 1) % 3 - 1
        digits.append(digit)
        n = (n - digit) // 3
    return digits[::-1]


def digit_counts(n: int) -> list[int]:
    """How often the digits 0 to 9 occur in ``n``."""
    return [str(n).count(digit) for digit in "0123456789"]


def kaprekar_step(n: int) -> int:
    """The largest minus the smallest arrangement of four or more digits of ``n``."""
    digits = "".join(sorted(f"{n:04d}"))
    return int(digits[::-1]) - int(digits)


def factorial_base(n: int) -> list[int]:
    """The digits of ``n`` in the factorial number system."""
    digits: list[int] = []
    while n or not digits:
        n, digit = divmod(n, len(digits) + 2)
        digits.append(digit)
    return digits[::-1]


def smallest_after_removal(digits: str, k: int) -> str:
    """The smallest string left after deleting ``k`` characters."""
    kept: list[str] = []
    left = k
    for digit in digits:
        while left and kept and kept[-1] > digit:
            kept.pop()
            left -= 1
        kept.append(digit)
    return "".join(kept[: len(digits) - k])


def digits_and_few(rng: Any, level: int, **given: Any) -> Any:
    """Draw digits and how many to delete, leaving at least three where possible."""
    if "digits" in given:
        size = len(given["digits"])
        return rng.randint(
            min(1, size), min(1 + 2 * level, max(min(1, size), size - 3))
        )
    size = max(given.get("k", 0), rng.randint(3 + level, 4 + 2 * level))
    text = "".join(str(rng.randint(0, 9)) for _ in range(size))
    return text if "k" in given else (text, rng.randint(1, size - 3))


def next_palindrome(n: int) -> int:
    """The smallest palindromic number above ``n``."""
    text = str(n + 1)
    size = len(text)
    half = int(text[: (size + 1) // 2])
    for start in (half, half + 1):
        front = str(start)
        candidate = int(front + front[::-1][size % 2 :])
        if candidate > n:
            return candidate
    raise ArithmeticError("one of two neighbours is above every number")


def balanced_digit_split(n: int) -> tuple[int, int]:
    """Half of every digit to each side, the odd units alternating."""
    first = 0
    extra = 1
    for digit in str(n):
        half, odd = divmod(int(digit), 2)
        first = 10 * first + half + odd * extra
        extra ^= odd
    return first, n - first


def is_balanced_split(answer: tuple[int, int], n: int) -> bool:
    """Whether the parts add up to ``n`` and their digit sums nearly agree."""
    first, second = answer
    if min(answer) < 0 or first + second != n:
        return False
    sums = [sum(int(digit) for digit in str(part)) for part in answer]
    return abs(sums[0] - sums[1]) <= 1
