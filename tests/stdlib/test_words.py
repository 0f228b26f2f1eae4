"""Differential tests of the words module."""

from __future__ import annotations

import random
import re
import textwrap
from collections import Counter

from solvers import solvers

words = solvers("words")
PROSE = " !'(),-.0123456789:;?ABCXYZabcdexyz"
WIDE = 'aZ0é"\\\n\t\u00a0\u20ac\U0001f600'  # only the space ends a word


def _texts(seed: int, pool: str, high: int, count: int = 300) -> list[str]:
    rng = random.Random(seed)
    edges = ["", " ", " " * high, "a" * high, ("a " * high)[:high], " a", "a ", "  a b"]
    return edges + [
        "".join(rng.choice(pool + " " * rng.randint(0, 9)) for _ in range(n))
        for n in (rng.randint(0, high) for _ in range(count))
    ]


def test_words_against_regular_expressions() -> None:
    rng = random.Random(1)
    for text in _texts(2, PROSE, 200) + _texts(22, WIDE, 200):
        found = re.findall("[^ ]+", text)
        assert words.count_words(text) == len(found)
        assert words.reverse_words(text) == " ".join(found[::-1])
        assert words.word_lengths(text) == ([*map(len, found)] or [0])
        assert words.sort_words(text) == " ".join(sorted(found))
        firsts = "".join(word[:1] for word in found).encode().upper().decode()
        assert words.acronym(text) == firsts
        backwards = re.sub("[^ ]+", lambda match: match[0][::-1], text)
        assert words.reverse_each_word(text) == backwards
        n = rng.randint(1, 60)
        assert words.nth_word(text, n) == (found + [""] * 60)[n - 1]
        longest = sorted(found, key=lambda word: -len(word))[:1]
        assert words.longest_word(text) == "".join(longest)


def test_most_common_word_against_counter() -> None:
    for text in _texts(3, "aB ", 60) + _texts(23, WIDE[:3] + "\n", 200):
        common = Counter(re.findall("[^ ]+", text)).most_common(1)
        assert words.most_common_word(text) == (common[0][0] if common else "")


def test_pig_latin_against_substitution() -> None:
    def translate(text: str) -> str:
        text = re.sub(r"(?<![^ ])([^aeiou ]+)([^ ]*)", r"\2\1~", text)
        text = re.sub(r"(?<![^ ])([aeiou][^ ~]*)(?![^ ])", r"\1w~", text)
        return re.sub(" +", " ", text.replace("~", "ay")).strip(" ")

    for text in _texts(4, "aeioubcd ", 60) + _texts(24, "aeio" + WIDE, 200):
        assert words.pig_latin(text) == translate(text)
    assert words.pig_latin("apple string by") == "appleway ingstray byay"


def test_wrap_lines_against_textwrap() -> None:
    rng = random.Random(5)
    for text in _texts(6, "abc,.! ", 200):
        width = rng.randint(1, 80)
        assert words.wrap_lines(text, width) == textwrap.wrap(
            " ".join(text.split()),
            width,
            break_long_words=False,
            break_on_hyphens=False,
        )
    for text in _texts(26, WIDE, 200):
        width = rng.choice([1, 5, 20, 10**9])
        lines = words.wrap_lines(text, width)
        found = re.findall("[^ ]+", text)
        assert " ".join(lines) == " ".join(found)
        assert all(len(line) <= width or " " not in line for line in lines)
        firsts = [len(line.split(" ")[0]) for line in lines]
        for line, first in zip(lines, firsts[1:], strict=False):
            assert len(line) + 1 + first > width


def test_rhymes_against_suffixes() -> None:
    for text in _texts(7, "ab ", 40) + _texts(27, "a\n", 200):
        found = re.findall("[^ ]+", text)
        expected = 0
        if found and len(found[-1]) > 1:
            expected = Counter(word[-2:] for word in found)[found[-1][-2:]] - 1
        assert words.rhyme_with_last(text) == expected


def test_cuts_against_regular_expressions() -> None:
    rng = random.Random(8)
    outcomes = set()
    for _ in range(400):
        vocabulary = [
            "".join(rng.choice("abc") for _ in range(rng.randint(1, 4)))
            for _ in range(rng.randint(1, 12))
        ]
        text = "".join(rng.choice([*vocabulary, "a"]) for _ in range(6))[:30]
        possible = re.fullmatch(f"({'|'.join(vocabulary)})+", text) is not None
        outcomes.add(possible)
        result = words.cut_into_words(text, vocabulary)
        assert bool(result) == possible
        assert words.is_cut_into_words(result, text, vocabulary)
        assert words.is_cut_into_words([], text, vocabulary) != possible
        assert not words.is_cut_into_words([*result, "a"], text, vocabulary)
        assert not words.is_cut_into_words(["abca"], "cabc", ["a", "b", "c"])
    assert outcomes == {True, False}
    for text in _texts(28, WIDE[:3], 60):
        vocabulary = [text[i : i + rng.randint(0, 9)] for i in range(0, len(text), 4)]
        vocabulary += [text[i : i + rng.randint(0, 5)] for i in range(len(text))]
        rng.shuffle(vocabulary)
        pieces = "|".join(map(re.escape, filter(None, vocabulary)))
        possible = bool(pieces) and re.fullmatch(f"(?:{pieces})+", text) is not None
        result = words.cut_into_words(text, vocabulary)
        assert bool(result) == possible
        assert words.is_cut_into_words(result, text, vocabulary)
