"""Second solvers for text, written from the wording alone."""

from __future__ import annotations

import itertools
from functools import cache


def reverse_text(text: str) -> str:
    return text[::-1]


def run_length_encode(text: str) -> str:
    runs = itertools.groupby(text)
    return "".join(f"{letter}{len(list(run))}" for letter, run in runs)


def squeeze_runs(text: str) -> str:
    return "".join(letter for letter, _ in itertools.groupby(text))


def substrings(text: str) -> list[str]:
    size = len(text)
    return [text[i:j] for i in range(size) for j in range(i + 1, size + 1)]


def longest_palindrome_in(text: str) -> str:
    return max((s for s in substrings(text) if s == s[::-1]), key=len, default="")


def vowel_positions(text: str) -> list[int]:
    return [i for i, character in enumerate(text, 1) if character in "aeiou"]


def count_overlapping(text: str, pattern: str) -> int:
    return sum(text.startswith(pattern, i) for i in range(len(text)))


def sort_characters(text: str) -> str:
    return "".join(sorted(text))


def smallest_rotation(text: str) -> str:
    return min((text[i:] + text[:i] for i in range(len(text))), default="")


def count_mismatches(first: str, second: str) -> int:
    return sum(a != b for a, b in itertools.zip_longest(first, second))


def count_distinct_substrings(text: str) -> int:
    return len(set(substrings(text)))


def separate_equal_letters(text: str) -> str:
    left = {letter: text.count(letter) for letter in text}
    arranged = ""
    while sum(left.values()):
        usable = [x for x in left if left[x] and arranged[-1:] != x]
        if not usable:
            return ""
        letter = max(usable, key=lambda x: left[x])
        left[letter] -= 1
        arranged += letter
    return arranged


def shortest_common_supersequence(first: str, second: str) -> str:
    @cache
    def best(i: int, j: int) -> str:
        if i == len(first):
            return second[j:]
        if j == len(second):
            return first[i:]
        if first[i] == second[j]:
            return first[i] + best(i + 1, j + 1)
        return min(first[i] + best(i + 1, j), second[j] + best(i, j + 1), key=len)

    return best(0, 0)
