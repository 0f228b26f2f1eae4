"""Second solvers for ciphers, written from the wording alone."""

from __future__ import annotations

import base64
import string

ALPHABET = string.ascii_lowercase
MORSE = (
    ".- -... -.-. -.. . ..-. --. .... .. .--- -.- .-.. -- -. --- .--. --.- .-. ... - "
    "..- ...- .-- -..- -.-- --.."
).split()


def _moved(letter: str, places: int) -> str:
    return ALPHABET[(ALPHABET.index(letter) + places) % 26]


def caesar_encrypt(text: str, shift: int) -> str:
    return "".join(c if c == " " else _moved(c, shift) for c in text)


def vigenere_encrypt(text: str, key: str) -> str:
    used = 0
    result = ""
    for c in text:
        if c == " ":
            result += c
        else:
            result += _moved(c, ALPHABET.index(key[used % len(key)]))
            used += 1
    return result


def affine_encrypt(text: str, multiplier: int, offset: int) -> str:
    return "".join(
        c if c == " " else ALPHABET[(multiplier * ALPHABET.index(c) + offset) % 26]
        for c in text
    )


def _rails(length: int, rails: int) -> list[int]:
    """The positions in the order in which the rails are read."""
    rows: list[list[int]] = [[] for _ in range(rails)]
    row, step = 0, 1
    for i in range(length):
        rows[row].append(i)
        if row + step not in range(rails):
            step = -step
        row += step
    return [i for line in rows for i in line]


def rail_fence_encrypt(text: str, rails: int) -> str:
    return "".join(text[i] for i in _rails(len(text), rails))


def rail_fence_decrypt(text: str, rails: int) -> str:
    original = [""] * len(text)
    for c, i in zip(text, _rails(len(text), rails), strict=True):
        original[i] = c
    return "".join(original)


def columnar_transposition(text: str, key: str) -> str:
    columns = sorted(range(len(key)), key=lambda i: (key[i], i))
    return "".join(text[i :: len(key)] for i in columns)


def morse_code(text: str) -> str:
    return " ".join(MORSE[ALPHABET.index(c)] for c in text)


def base64_encode(text: str) -> str:
    return base64.b64encode(text.encode("ascii")).decode("ascii")


def polybius_square(text: str) -> list[int]:
    rows = ["abcde", "fghik", "lmnop", "qrstu", "vwxyz"]
    result = []
    for c in text.replace("j", "i"):
        for i, row in enumerate(rows, 1):
            if c in row:
                result.append(10 * i + row.index(c) + 1)
    return result


def luhn_check_digit(digits: list[int]) -> int:
    total = 0
    for i, digit in enumerate(reversed(digits)):
        value = 2 * digit if i % 2 == 0 else digit
        total += value - 9 if value > 9 else value
    return next(c for c in range(10) if (total + c) % 10 == 0)


def move_to_front(text: str) -> list[int]:
    letters = list(ALPHABET)
    result = []
    for c in text:
        result.append(letters.index(c))
        letters.remove(c)
        letters.insert(0, c)
    return result


def burrows_wheeler(text: str) -> str:
    rotations = sorted(text[i:] + text[:i] for i in range(len(text)))
    return "".join(rotation[-1] for rotation in rotations)


def hamming_decode(bits: str) -> str:
    checks = ((1, 3, 5, 7), (2, 3, 6, 7), (4, 5, 6, 7))
    for wrong in range(8):
        word = [0] + [int(c) for c in bits]
        if wrong:
            word[wrong] ^= 1
        if all(sum(word[p] for p in check) % 2 == 0 for check in checks):
            return "".join(str(word[p]) for p in (3, 5, 6, 7))
    raise AssertionError


def prefix_code(lengths: list[int]) -> list[str]:
    words = [""] * len(lengths)
    free = ["0", "1"]
    for i in sorted(range(len(lengths)), key=lambda i: lengths[i]):
        if not free:
            return []
        # The longest free stem that fits, so that short ones stay whole.
        stem = max((w for w in free if len(w) <= lengths[i]), key=len, default=None)
        if stem is None:
            return []
        free.remove(stem)
        while len(stem) < lengths[i]:
            free.append(stem + "1")
            stem += "0"
        words[i] = stem
    return words
