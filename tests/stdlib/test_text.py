"""Differential tests of the text module."""

from __future__ import annotations

import random
import re
from functools import lru_cache
from itertools import combinations, pairwise, permutations, product

from solvers import solvers

text = solvers("text")
WIDE = 'ab0 É"\\\n\u20ac\U0001f600'  # characters of every sort, not letters alone


def _texts(seed: int, pool: str, low: int, high: int, count: int = 250) -> list[str]:
    rng = random.Random(seed)
    edges = [pool[0] * low, pool[-1] * high, (pool * high)[:high]]
    return edges + [
        "".join(rng.choice(pool) for _ in range(rng.randint(low, high)))
        for _ in range(count)
    ]


def test_simple_rewrites_against_regular_expressions() -> None:
    for given in _texts(1, "abé ", 0, 60) + _texts(21, WIDE, 0, 200):
        assert text.reverse_text(given) == "".join(reversed(given))
        assert text.squeeze_runs(given) == re.sub(r"(?s)(.)\1+", r"\1", given)
        assert text.run_length_encode(given) == re.sub(
            r"(?s)(.)\1*", lambda run: f"{run[1]}{len(run[0])}", given
        )
        assert text.sort_characters(given) == "".join(
            character * given.count(character) for character in sorted(set(given))
        )
    for given in _texts(2, "abc", 0, 60):
        encoded = text.run_length_encode(given)
        pairs = re.findall(r"([a-z])(\d+)", encoded)
        assert "".join(letter * int(n) for letter, n in pairs) == given
        assert all(a[0] != b[0] for a, b in pairwise(pairs))
    assert text.run_length_encode("a" * 60) == "a60"


def test_longest_palindrome_against_all_substrings() -> None:
    texts = _texts(3, "ab", 1, 25) + _texts(4, "abc", 1, 25) + _texts(22, WIDE, 0, 25)
    for given in texts:
        pieces = [
            (j - i, -i, given[i:j])
            for i in range(len(given))
            for j in range(i + 1, len(given) + 1)
            if given[i:j] == given[i:j][::-1]
        ]
        assert text.longest_palindrome_in(given) == max(pieces, default=(0, 0, ""))[2]
    assert text.longest_palindrome_in("ab" * 100) == ("ab" * 100)[:199]


def test_counts_against_regular_expressions() -> None:
    rng = random.Random(5)
    for given in _texts(6, "aeb", 1, 60) + _texts(23, "ae.\n+", 0, 200):
        found = [match.start() + 1 for match in re.finditer("[aeiou]", given)]
        assert text.vowel_positions(given) == found
        pattern = "".join(rng.choice(given or "a") for _ in range(rng.randint(1, 5)))
        overlaps = re.findall(f"(?={re.escape(pattern)})", given)
        assert text.count_overlapping(given, pattern) == len(overlaps)
    assert text.vowel_positions("AEIOU") == []


def test_distinct_substrings_against_a_suffix_trie() -> None:
    for given in _texts(7, "ab", 0, 40) + _texts(24, WIDE[:4], 0, 100, count=60):
        root: dict[str, dict] = {}
        nodes = 0
        for i in range(len(given)):
            node = root
            for character in given[i:]:
                if character not in node:
                    node[character] = {}
                    nodes += 1
                node = node[character]
        assert text.count_distinct_substrings(given) == nodes


def test_rotations_and_mismatches() -> None:
    rng = random.Random(25)
    for given in _texts(8, "abc", 1, 40) + _texts(26, WIDE, 0, 200):
        doubled = given + given
        windows = sorted(doubled[i : i + len(given)] for i in range(len(given)))
        assert text.smallest_rotation(given) == (windows or [""])[0]
        other = given[::-1][: rng.randint(0, 2 * len(given))] + "a" * rng.randint(0, 9)
        size = max(len(given), len(other))
        same = [i for i in range(size) if given[i : i + 1] == other[i : i + 1]]
        assert text.count_mismatches(given, other) == size - len(same)


def test_separation_against_all_permutations() -> None:
    for given in _texts(9, "abc", 0, 6) + _texts(27, WIDE[3:6], 0, 6):
        good = {
            "".join(order)
            for order in permutations(given)
            if all(a != b for a, b in pairwise(order))
        } or {""}
        assert text.separate_equal_letters(given) in good
        for candidate in [*good, given, ""]:
            assert text.is_separated(candidate, given) == (candidate in good)
    for given in _texts(10, "abcdef", 0, 30) + _texts(28, WIDE, 0, 100):
        assert text.is_separated(text.separate_equal_letters(given), given)
        possible = max(map(given.count, given), default=0) <= (len(given) + 1) // 2
        assert bool(text.separate_equal_letters(given)) == (possible and given != "")


def test_supersequence_against_brute_force() -> None:
    @lru_cache(None)
    def common(first: str, second: str) -> int:
        if not first or not second:
            return 0
        if first[-1] == second[-1]:
            return 1 + common(first[:-1], second[:-1])
        return max(common(first[:-1], second), common(first, second[:-1]))

    rng = random.Random(11)
    for first in _texts(12, "abcd", 1, 12) + _texts(29, WIDE, 0, 25):
        pool = first or "a"
        second = "".join(rng.choice(pool) for _ in range(rng.randint(0, 25)))
        result = text.shortest_common_supersequence(first, second)
        assert len(result) == len(first) + len(second) - common(first, second)
        assert text.is_shortest_supersequence(result, first, second)
        assert not text.is_shortest_supersequence(result + "a", first, second)
    for first, second in product(["ab", "aab"], ["ba", "bb"]):
        size = len(text.shortest_common_supersequence(first, second))
        for candidate in map("".join, product("ab", repeat=size)):
            places = combinations(range(size), len(first))
            has_first = any("".join(candidate[i] for i in p) == first for p in places)
            places = combinations(range(size), len(second))
            has_second = any("".join(candidate[i] for i in p) == second for p in places)
            assert text.is_shortest_supersequence(candidate, first, second) == (
                has_first and has_second
            )
