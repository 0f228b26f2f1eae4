"""Solvers for classical ciphers, codes, checksums and transforms of texts."""

from __future__ import annotations

import base64
from typing import Any

_ALPHABET = "abcdefghijklmnopqrstuvwxyz"
_MORSE = (
    ".- -... -.-. -.. . ..-. --. .... .. .--- -.- .-.. -- -. --- .--. --.- .-. "
    "... - ..- ...- .-- -..- -.-- --.."
)
_SQUARE = "abcdefghiklmnopqrstuvwxyz"


def letters_only(rng: Any, level: int, **given: Any) -> str:
    """Draw letters, among them some that repeat."""
    pool = rng.sample(_ALPHABET, 4 + level) + list("aeinst")
    count = rng.randint(3 + level, 5 + 2 * level)
    return "".join(rng.choice(pool) for _ in range(count))


def _message(rng: Any, level: int) -> str:
    """Draw a few words."""
    words = []
    for _ in range(2 + level // 2):
        size = rng.randint(2, 5 + level // 3)
        words.append("".join(rng.choice(_ALPHABET + "aeiourstn") for _ in range(size)))
    return " ".join(words)[:80]


def message_and_shift(rng: Any, level: int, **given: Any) -> Any:
    """Draw a message and a shift, beyond the alphabet at higher levels."""
    shift = rng.randint(1, 3 + 2 * level) * rng.choice([1, -1])
    shift += 26 * rng.randint(0, level // 3)
    if "text" in given:
        return shift
    return _message(rng, level) if given else (_message(rng, level), shift)


def message_and_key(rng: Any, level: int, **given: Any) -> Any:
    """Draw a message and a key word."""
    size = rng.randint(2 + level // 4, 3 + level // 2)
    key = "".join(rng.choice(_ALPHABET) for _ in range(size))
    if "text" in given:
        return key
    return _message(rng, level) if given else (_message(rng, level), key)


def message_and_line(rng: Any, level: int, **given: Any) -> Any:
    """Draw a message, a multiplier prime to 26 and an offset."""
    drawn = {
        "text": _message(rng, level)[: 8 + 5 * level],
        "multiplier": rng.choice([3, 5, 7, 9, 11, 15, 17, 19, 21, 23, 25]),
        "offset": rng.randint(0, 25),
    }
    left = [value for name, value in drawn.items() if name not in given]
    return left[0] if len(left) == 1 else tuple(left)


def message_and_rails(rng: Any, level: int, **given: Any) -> Any:
    """Draw a message and a few rails."""
    rails = rng.randint(2, 3 + level // 4)
    if "text" in given:
        return rails
    text = _message(rng, level)
    return text if given else (text, rails)


def code_lengths(rng: Any, level: int, **given: Any) -> list[int]:
    """Draw word lengths from a full binary tree, sometimes with one too many."""
    lengths = [1, 1]
    for _ in range(rng.randint(1 + level // 2, 1 + level)):
        short = [i for i, size in enumerate(lengths) if size < 6]
        if len(lengths) < 12 and short:
            size = lengths.pop(rng.choice(short)) + 1
            lengths += [size, size]
    chance = rng.random()
    if chance < 0.4 and len(lengths) > 2:
        lengths.pop(rng.randrange(len(lengths)))
    elif chance < 0.52:
        lengths[rng.randrange(len(lengths))] = 1
    rng.shuffle(lengths)
    return lengths


def _moved(letter: str, places: int) -> str:
    """Move one small letter along the alphabet; other characters stay."""
    if letter not in _ALPHABET:
        return letter
    return _ALPHABET[(_ALPHABET.index(letter) + places) % 26]


def caesar_encrypt(text: str, shift: int) -> str:
    """Give the text with every letter moved by the shift."""
    return "".join(_moved(c, shift) for c in text)


def vigenere_encrypt(text: str, key: str) -> str:
    """Give the text with its letters moved by the key letters in turn."""
    result = ""
    used = 0
    for character in text:
        if character in _ALPHABET:
            result += _moved(character, max(0, _ALPHABET.find(key[used % len(key)])))
            used += 1
        else:
            result += character
    return result


def affine_encrypt(text: str, multiplier: int, offset: int) -> str:
    """Give the text with a linear function applied to the letters' numbers."""
    return "".join(
        _moved("a", multiplier * _ALPHABET.index(c) + offset) if c in _ALPHABET else c
        for c in text
    )


def _rail_order(size: int, rails: int) -> list[int]:
    """Give the positions of a zigzag in the order in which the rails read them."""
    period = max(1, 2 * rails - 2)
    rail = [min(i % period, period - i % period) for i in range(size)]
    return sorted(range(size), key=rail.__getitem__)


def rail_fence_encrypt(text: str, rails: int) -> str:
    """Give the characters rail by rail."""
    return "".join(text[i] for i in _rail_order(len(text), rails))


def rail_fence_decrypt(text: str, rails: int) -> str:
    """Give the text whose characters rail by rail are the given ones."""
    result = [""] * len(text)
    for character, i in zip(text, _rail_order(len(text), rails), strict=True):
        result[i] = character
    return "".join(result)


def columnar_transposition(text: str, key: str) -> str:
    """Give the columns in the order of the key letters."""
    columns = sorted(range(len(key)), key=key.__getitem__)
    return "".join(text[column :: len(key)] for column in columns)


def morse_code(text: str) -> str:
    """Give the Morse codes of the letters."""
    codes = _MORSE.split()
    return " ".join(codes[_ALPHABET.index(c)] for c in text if c in _ALPHABET)


def base64_encode(text: str) -> str:
    """Give the Base64 encoding of the bytes of the text."""
    return base64.b64encode(text.encode("ascii", "replace")).decode("ascii")


def polybius_square(text: str) -> list[int]:
    """Give the row and column of each letter as a two-digit number."""
    places = [_SQUARE.find(letter) for letter in text.replace("j", "i")]
    return [
        10 * (place // 5 + 1) + place % 5 + 1 if place >= 0 else 0 for place in places
    ]


def luhn_check_digit(digits: list[int]) -> int:
    """Give the digit that makes the Luhn sum a multiple of ten."""
    total = 0
    for i, digit in enumerate(reversed(digits)):
        doubled = i % 2 == 0
        value = 2 * digit if doubled else digit
        total += value - 9 if doubled and value > 9 else value
    return -total % 10


def move_to_front(text: str) -> list[int]:
    """Give the positions of the letters in a list ordered by last use."""
    letters = list(_ALPHABET)
    places = []
    for letter in text:
        if letter in letters:
            places.append(letters.index(letter))
            letters.insert(0, letters.pop(places[-1]))
        else:
            places.append(26)
    return places


def burrows_wheeler(text: str) -> str:
    """Give the last letters of the sorted rotations."""
    rotations = sorted(text[i:] + text[:i] for i in range(len(text)))
    return "".join(rotation[-1] for rotation in rotations)


def _hamming_word(word: list[bool]) -> str:
    """Give the data bits of one word after correcting the position the checks name."""
    wrong = 0
    for position, bit in enumerate(word, 1):
        if bit:
            wrong ^= position
    return "".join(str(int(word[p - 1] != (p == wrong))) for p in (3, 5, 6, 7))


def hamming_decode(bits: str) -> str:
    """Give the corrected data bits of all complete words."""
    ones = [bit == "1" for bit in bits]
    starts = range(0, len(ones) - 6, 7)
    return "".join(_hamming_word(ones[start : start + 7]) for start in starts)


def prefix_code(lengths: list[int]) -> list[str]:
    """Give the canonical code with these lengths, or nothing if there is none."""
    if any(not 1 <= size <= 10 for size in lengths):
        return []
    words = [""] * len(lengths)
    position = 0
    for i in sorted(range(len(lengths)), key=lengths.__getitem__):
        step = 1024 >> lengths[i]
        if position + step > 1024:
            return []
        words[i] = format(position, "010b")[: lengths[i]]
        position += step
    return words


def is_prefix_code(answer: list[str], lengths: list[int]) -> bool:
    """Say whether the answer is such a code, or rightly says there is none."""
    if not answer:
        return not prefix_code(lengths)
    if [len(word) for word in answer] != lengths:
        return False
    return not any(
        i != j and answer[j].startswith(answer[i])
        for i in range(len(answer))
        for j in range(len(answer))
    )
