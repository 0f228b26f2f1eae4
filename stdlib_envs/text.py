"""Solvers for single texts: characters, runs, substrings and rearrangements."""

from __future__ import annotations

from collections import Counter
from itertools import groupby, pairwise, zip_longest
from os.path import commonprefix
from typing import Any

_ALPHABET = "abcdefghijklmnopqrstuvwxyz"


def some_letters(rng: Any, level: int, **given: Any) -> str:
    """Draw letters, about five for each level, vowels more often than others."""
    pool = _ALPHABET + "aeiou"
    count = rng.randint(3 + 3 * level, 5 + 5 * level)
    return "".join(rng.choice(pool) for _ in range(count))


def text_with_runs(rng: Any, level: int, **given: Any) -> str:
    """Draw a text that consists of runs of equal letters."""
    pool = rng.sample(_ALPHABET, 2 + level // 3)
    text = ""
    for _ in range(rng.randint(2 + level // 2, 2 + level)):
        text += rng.choice(pool) * rng.randint(1, 2 + level // 3)
    return text[:60]


def text_of_few_letters(rng: Any, level: int, **given: Any) -> str:
    """Draw a text over two to four different letters."""
    pool = rng.sample(_ALPHABET, 2 + level // 4)
    count = rng.randint(3 + level, 5 + 2 * level)
    return "".join(rng.choice(pool) for _ in range(count))


def text_and_pattern(rng: Any, level: int, **given: Any) -> Any:
    """Draw a text over two letters and a short pattern taken from it."""
    if "text" in given:
        start = rng.randrange(1 + len(given["text"]))
        piece = given["text"][start : start + rng.randint(1, 2)]
        usable = piece and set(piece) <= set(_ALPHABET)
        return piece if usable else rng.choice(_ALPHABET)
    pool = rng.sample(_ALPHABET, 2)
    pieces = [*pool, given["pattern"]] if "pattern" in given else pool
    pieces = [piece for piece in pieces if set(piece) <= set(_ALPHABET)]
    count = rng.randint(5 + 2 * level, 10 + 5 * level)
    text = "".join(rng.choice(pieces) for _ in range(count))[:60]
    if "pattern" in given:
        return text
    start = rng.randrange(len(text) - 3)
    return text, text[start : start + rng.randint(1, 1 + (level + 4) // 5)]


def text_and_variant(rng: Any, level: int, **given: Any) -> Any:
    """Draw a text and an equally long variant of it in which some letters differ."""
    known = given.get("first")
    if known is None:
        count = rng.randint(4 + 2 * level, 10 + 5 * level)
        known = "".join(rng.choice(_ALPHABET) for _ in range(count))
    if "second" in given:
        pairs = zip(given["second"], known, strict=False)
        return "".join(a if a in _ALPHABET else b for a, b in pairs).ljust(count, "a")
    share = rng.random()
    variant = "".join(
        rng.choice(_ALPHABET)
        if rng.random() < share or character not in _ALPHABET
        else character
        for character in known
    )
    return variant if given else (known, variant)


def uneven_letters(rng: Any, level: int, **given: Any) -> str:
    """Draw letters among which one is often close to half of all."""
    count = rng.randint(4 + level, 6 + 2 * level)
    pool = rng.sample("abcdef", rng.randint(3, 5))
    most = rng.randint(count // 3, count // 2)
    letters = [pool[0]] * most + [rng.choice(pool[1:]) for _ in range(count - most)]
    rng.shuffle(letters)
    return "".join(letters)


def two_short_texts(rng: Any, level: int, **given: Any) -> Any:
    """Draw two texts over three or four letters."""
    low, high = 2 + level // 3, 3 + 9 * level // 10
    texts = [
        "".join(rng.choice("abcd") for _ in range(rng.randint(low, high)))
        for _ in range(2 - len(given))
    ]
    return texts[0] if given else tuple(texts)


def reverse_text(text: str) -> str:
    """Give the text backwards."""
    return text[::-1]


def run_length_encode(text: str) -> str:
    """Give each run as its letter and its length."""
    return "".join(f"{letter}{len(list(run))}" for letter, run in groupby(text))


def squeeze_runs(text: str) -> str:
    """Give the text with one character for each run."""
    return "".join(character for character, _ in groupby(text))


def longest_palindrome_in(text: str) -> str:
    """Give the first longest palindromic substring."""
    best = ""
    for middle in range(2 * len(text) - 1):
        left, right = middle // 2, (middle + 1) // 2
        while left >= 0 and right < len(text) and text[left] == text[right]:
            left, right = left - 1, right + 1
        if right - left - 1 > len(best):
            best = text[left + 1 : right]
    return best


def vowel_positions(text: str) -> list[int]:
    """Give the positions of the vowels, counted from 1."""
    return [i for i, character in enumerate(text, 1) if character in "aeiou"]


def count_overlapping(text: str, pattern: str) -> int:
    """Give the number of positions at which the pattern occurs."""
    return sum(text.startswith(pattern, i) for i in range(len(text)))


def sort_characters(text: str) -> str:
    """Give the characters in the order of their code points."""
    return "".join(sorted(text))


def smallest_rotation(text: str) -> str:
    """Give the rotation that comes first in dictionary order."""
    return min((text[i:] + text[:i] for i in range(len(text))), default="")


def count_mismatches(first: str, second: str) -> int:
    """Give the number of positions at which the texts differ."""
    return sum(a != b for a, b in zip_longest(first, second))


def count_distinct_substrings(text: str) -> int:
    """Give the number of different non-empty substrings: each suffix in dictionary order
    brings those of its beginnings that the one before it does not begin with."""
    suffixes = sorted(text[start:] for start in range(len(text)))
    shared = sum(len(commonprefix(pair)) for pair in pairwise(suffixes))
    return len(text) * (len(text) + 1) // 2 - shared


def separate_equal_letters(text: str) -> str:
    """Give the letters with the most frequent ones spread over every second place."""
    counts = Counter(text)
    if any(count > (len(text) + 1) // 2 for count in counts.values()):
        return ""
    ordered = sorted(text, key=lambda letter: (-counts[letter], letter))
    result = [""] * len(text)
    result[::2] = ordered[: (len(text) + 1) // 2]
    result[1::2] = ordered[(len(text) + 1) // 2 :]
    return "".join(result)


def is_separated(answer: str, text: str) -> bool:
    """Say whether the answer is a rearrangement without equal neighbours."""
    if answer == "":
        return any(2 * text.count(c) > len(text) + 1 for c in text) or text == ""
    return sorted(answer) == sorted(text) and all(a != b for a, b in pairwise(answer))


def _supersequence_table(first: str, second: str) -> list[list[int]]:
    """Give the lengths of shortest common supersequences of all suffixes."""
    n, m = len(first), len(second)
    table = [[0] * (m + 1) for _ in range(n + 1)]
    for i in range(n, -1, -1):
        for j in range(m, -1, -1):
            if i == n or j == m:
                table[i][j] = n - i + m - j
            elif first[i] == second[j]:
                table[i][j] = 1 + table[i + 1][j + 1]
            else:
                table[i][j] = 1 + min(table[i + 1][j], table[i][j + 1])
    return table


def shortest_common_supersequence(first: str, second: str) -> str:
    """Give one shortest text with both texts as subsequences."""
    table = _supersequence_table(first, second)
    i, j, result = 0, 0, ""
    while i < len(first) and j < len(second):
        if first[i] == second[j]:
            result, i, j = result + first[i], i + 1, j + 1
        elif table[i + 1][j] <= table[i][j + 1]:
            result, i = result + first[i], i + 1
        else:
            result, j = result + second[j], j + 1
    return result + first[i:] + second[j:]


def _is_subsequence(part: str, whole: str) -> bool:
    """Say whether part can be obtained from whole by deleting characters."""
    rest = iter(whole)
    return all(character in rest for character in part)


def is_shortest_supersequence(answer: str, first: str, second: str) -> bool:
    """Say whether the answer contains both texts and is as short as possible."""
    return (
        len(answer) == _supersequence_table(first, second)[0][0]
        and _is_subsequence(first, answer)
        and _is_subsequence(second, answer)
    )
