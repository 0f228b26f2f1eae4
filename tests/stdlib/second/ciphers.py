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
    if letter not in ALPHABET:
        return letter
    return ALPHABET[(ALPHABET.index(letter) + places) % 26]


def caesar_encrypt(text: str, shift: int) -> str:
    return "".join(_moved(c, shift) for c in text)


def vigenere_encrypt(text: str, key: str) -> str:
    used = 0
    result = ""
    for c in text:
        if c not in ALPHABET:
            result += c
        else:
            k = key[used % len(key)]
            result += _moved(c, ALPHABET.index(k) if k in ALPHABET else 0)
            used += 1
    return result


def affine_encrypt(text: str, multiplier: int, offset: int) -> str:
    return "".join(
        ALPHABET[(multiplier * ALPHABET.index(c) + offset) % 26] if c in ALPHABET else c
        for c in text
    )


def _rails(length: int, rails: int) -> list[int]:
    """The positions in the order in which the rails are read."""
    rails = min(rails, length + 1)  # further rails stay empty
    rows: list[list[int]] = [[] for _ in range(rails)]
    row, step = 0, 1
    for i in range(length):
        rows[row].append(i)
        if rails == 1:
            continue
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
    return " ".join(MORSE[ALPHABET.index(c)] for c in text if c in ALPHABET)


def base64_encode(text: str) -> str:
    ascii_text = "".join(c if ord(c) < 128 else "?" for c in text)
    return base64.b64encode(ascii_text.encode()).decode()


def polybius_square(text: str) -> list[int]:
    rows = ["abcde", "fghik", "lmnop", "qrstu", "vwxyz"]
    result = []
    for c in text.replace("j", "i"):
        found = [10 * i + row.index(c) + 1 for i, row in enumerate(rows, 1) if c in row]
        result += found or [0]
    return result


def luhn_check_digit(digits: list[int]) -> int:
    total = 0
    for i, digit in enumerate(reversed(digits)):
        doubled = i % 2 == 0
        value = 2 * digit if doubled else digit
        total += value - 9 if doubled and value > 9 else value
    return next(c for c in range(10) if (total + c) % 10 == 0)


def move_to_front(text: str) -> list[int]:
    letters = list(ALPHABET)
    result = []
    for c in text:
        if c not in letters:
            result.append(26)
            continue
        result.append(letters.index(c))
        letters.remove(c)
        letters.insert(0, c)
    return result


def burrows_wheeler(text: str) -> str:
    rotations = sorted(text[i:] + text[:i] for i in range(len(text)))
    return "".join(rotation[-1] for rotation in rotations)


def hamming_decode(bits: str) -> str:
    bits = "".join(c if c == "1" else "0" for c in bits)
    words = [bits[i : i + 7] for i in range(0, len(bits), 7)]
    return "".join(_hamming_word(word) for word in words if len(word) == 7)


def _hamming_word(bits: str) -> str:
    checks = ((1, 3, 5, 7), (2, 3, 6, 7), (4, 5, 6, 7))
    for wrong in range(8):
        word = [0] + [int(c) for c in bits]
        if wrong:
            word[wrong] ^= 1
        if all(sum(word[p] for p in check) % 2 == 0 for check in checks):
            return "".join(str(word[p]) for p in (3, 5, 6, 7))
    raise AssertionError


def prefix_code(lengths: list[int]) -> list[str]:
    if lengths and not 1 <= min(lengths) <= max(lengths) <= 10:
        return []
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
