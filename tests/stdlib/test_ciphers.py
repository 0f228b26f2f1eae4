"""Differential tests of the ciphers module."""

from __future__ import annotations

import random
import string
from fractions import Fraction
from itertools import product

import numpy as np
from solvers import solvers

ciphers = solvers("ciphers")
ABC = string.ascii_lowercase
WIDE = 'abzA0 é"\\\n\u20ac\U0001f600'  # characters of every sort, not letters alone


def _texts(seed: int, pool: str, low: int, high: int, count: int = 250) -> list[str]:
    rng = random.Random(seed)
    edges = [pool[0] * low, pool[0] * high, (pool * high)[:high]]
    return edges + [
        "".join(rng.choice(pool) for _ in range(rng.randint(low, high)))
        for _ in range(count)
    ]


def test_substitutions_against_translation_tables() -> None:
    rng = random.Random(1)
    for text in _texts(2, ABC + "   ", 0, 80) + _texts(22, WIDE, 0, 200):
        shift = rng.choice([0, 26, -(10**20), 10**20, rng.randint(-1000, 1000)])
        turned = ABC[shift % 26 :] + ABC[: shift % 26]
        table = str.maketrans(ABC, turned)
        assert ciphers.caesar_encrypt(text, shift) == text.translate(table)
        a, b = rng.randint(-99, 99), rng.choice([10**20, rng.randint(-99, 99)])
        line = str.maketrans({x: chr(97 + (a * (ord(x) - 97) + b) % 26) for x in ABC})
        assert ciphers.affine_encrypt(text, a, b) == text.translate(line)
        pool = rng.choice([ABC, WIDE])
        key = "".join(rng.choice(pool) for _ in range(rng.randint(1, 12)))
        letters = np.array([ord(x) - 97 for x in text if x in ABC], dtype=int)
        moves = np.resize([ord(x) - 97 if x in ABC else 0 for x in key], letters.size)
        coded = iter(((letters + moves) % 26).tolist())
        expected = "".join(ABC[next(coded)] if x in ABC else x for x in text)
        assert ciphers.vigenere_encrypt(text, key) == expected
    assert ciphers.vigenere_encrypt("attackatdawn", "lemon") == "lxfopvefrnhr"


def test_transpositions_against_grids() -> None:
    rng = random.Random(3)
    for text in _texts(4, ABC + " ", 1, 80) + _texts(24, WIDE, 0, 200):
        rails = rng.choice([2, 3, 8, rng.randint(2, 250)])
        rows = [""] * rails
        row, down = 0, True
        for character in text:
            rows[row] += character
            if row == rails - 1:
                down = False
            elif row == 0:
                down = True
            row += 1 if down else -1
        coded = ciphers.rail_fence_encrypt(text, rails)
        assert coded == "".join(rows)
        assert ciphers.rail_fence_decrypt(coded, rails) == text
        for same in (1, 10**9):
            assert ciphers.rail_fence_encrypt(text, same) == text
            assert ciphers.rail_fence_decrypt(text, same) == text
        key = "".join(rng.choice(WIDE) for _ in range(rng.randint(1, 100)))
        grid = [text[i : i + len(key)] for i in range(0, len(text), len(key))]
        expected = ""
        for letter in sorted(set(key)):
            for column in range(len(key)):
                if key[column] == letter:
                    expected += "".join(line[column : column + 1] for line in grid)
        assert ciphers.columnar_transposition(text, key) == expected


def test_morse_and_polybius_tables() -> None:
    assert ciphers.morse_code("paris") == ".--. .- .-. .. ..."
    pangram = "thequickbrownfxjumpsvlazydg"
    assert ciphers.morse_code(pangram) == (
        "- .... . --.- ..- .. -.-. -.- -... .-. --- .-- -. ..-. -..- .--- ..- -- "
        ".--. ... ...- .-.. .- --.. -.-- -.. --."
    )
    assert len(set(ciphers.morse_code(ABC).split())) == 26
    square = {
        letter: 10 * r + c
        for r, row in enumerate(["abcde", "fghik", "lmnop", "qrstu", "vwxyz"], 1)
        for c, letter in enumerate(row, 1)
    }
    square["j"] = square["i"]
    codes = dict(zip(ABC, ciphers.morse_code(ABC).split(), strict=True))
    for text in _texts(5, ABC, 0, 40) + _texts(25, WIDE, 0, 200):
        assert ciphers.polybius_square(text) == [square.get(c, 0) for c in text]
        coded = [codes[c] for c in text if c in codes]
        assert ciphers.morse_code(text) == " ".join(coded)


def test_base64_by_bits() -> None:
    digits = string.ascii_uppercase + ABC + string.digits + "+/"
    pool = " !'(),-.0123456789:;?" + string.ascii_letters
    for text in _texts(6, pool, 0, 40) + _texts(26, WIDE + "\ud800", 0, 150):
        codes = [ord(character) if character < "\x80" else 63 for character in text]
        bits = "".join(f"{code:08b}" for code in codes)
        bits += "0" * (-len(bits) % 6)
        coded = "".join(digits[int(bits[i : i + 6], 2)] for i in range(0, len(bits), 6))
        assert ciphers.base64_encode(text) == coded + "=" * (-len(coded) % 4)


def test_luhn_digit_is_the_only_one_that_checks() -> None:
    rng = random.Random(7)

    def passes(digits: list[int]) -> bool:
        doubled = [int(x) for d in digits[-2::-2] for x in str(2 * d)]
        return (sum(digits[::-2]) + sum(doubled)) % 10 == 0

    for _ in range(300):
        digits = [rng.randint(0, 9) for _ in range(rng.randint(0, 30))]
        right = [d for d in range(10) if passes([*digits, d])]
        assert [ciphers.luhn_check_digit(digits)] == right
    for _ in range(300):
        numbers = [rng.randint(-30, 30) for _ in range(rng.randint(0, 60))]
        signs = [2 - i % 2 for i in range(len(numbers))][::-1]
        values = [n * sign for n, sign in zip(numbers, signs, strict=True)]
        doubled = zip(values, signs, strict=True)
        large = sum(value > 9 and sign == 2 for value, sign in doubled)
        total = sum(values) - 9 * large + ciphers.luhn_check_digit(numbers)
        assert total % 10 == 0


def test_transforms_are_inverted() -> None:
    for text in _texts(8, "abcz", 1, 30) + _texts(28, WIDE, 0, 60):
        order = ABC
        for place, letter in zip(ciphers.move_to_front(text), text, strict=True):
            if letter not in ABC:
                assert place == 26
                continue
            assert order[place] == letter
            order = letter + order.replace(letter, "")
        last = ciphers.burrows_wheeler(text)
        table = [""] * len(text)
        for _ in text:
            table = sorted(a + b for a, b in zip(last, table, strict=True))
        doubled = text + text
        assert table == sorted(doubled[i : i + len(text)] for i in range(len(text)))
        assert all(row[-1] == letter for row, letter in zip(table, last, strict=True))


def test_hamming_against_the_nearest_code_word() -> None:
    words = {}
    for a, b, c, d in product([0, 1], repeat=4):
        word = [(a + b + d) % 2, (a + c + d) % 2, a, (b + c + d) % 2, b, c, d]
        words["".join(map(str, word))] = f"{a}{b}{c}{d}"
    data = {}
    for bits in map("".join, product("01", repeat=7)):
        near = min(
            words, key=lambda w: sum(x != y for x, y in zip(w, bits, strict=True))
        )
        assert ciphers.hamming_decode(bits) == words[near]
        data[bits] = words[near]
    for text in _texts(30, "01", 0, 200) + _texts(31, "1" + WIDE, 0, 200):
        bits = "".join("1" if c == "1" else "0" for c in text)
        blocks = [bits[i : i + 7] for i in range(0, len(bits), 7)]
        decoded = [data[block] for block in blocks if len(block) == 7]
        assert ciphers.hamming_decode(text) == "".join(decoded)


def test_prefix_codes_against_the_kraft_sum() -> None:
    rng = random.Random(10)
    outcomes = set()
    for _ in range(400):
        least = rng.randint(1, 3)
        top = rng.choice([6, 10, 10, 11])
        count = rng.randint(0, rng.choice([12, 12, 60]))
        lengths = [rng.randint(least, top) for _ in range(count)]
        lengths += [rng.choice([0, -7, 11, 10**12])] * (rng.random() < 0.05)
        possible = all(1 <= size <= 10 for size in lengths)
        possible = possible and sum(Fraction(1, 2**size) for size in lengths) <= 1
        outcomes.add(possible)
        words = ciphers.prefix_code(lengths)
        assert bool(words) == (possible and lengths != [])
        assert ciphers.is_prefix_code(words, lengths)
        assert ciphers.is_prefix_code([], lengths) != bool(words)
    assert outcomes == {True, False}
    codes = [["0", "10", "11"], ["1", "00", "01"], ["0", "01", "11"], ["0", "1", "1"]]
    verdicts = [ciphers.is_prefix_code(code, [1, 2, 2]) for code in codes]
    assert verdicts == [True, True, False, False]
