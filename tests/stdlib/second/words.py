"""Second solvers for words, written from the wording alone."""

from __future__ import annotations

import re


def words(text: str) -> list[str]:
    return re.findall("[^ ]+", text)


def count_words(text: str) -> int:
    return len(words(text))


def reverse_words(text: str) -> str:
    return " ".join(reversed(words(text)))


def reverse_each_word(text: str) -> str:
    return re.sub("[^ ]+", lambda found: found[0][::-1], text)


def longest_word(text: str) -> str:
    return max(words(text), key=len, default="")


def word_lengths(text: str) -> list[int]:
    return [len(word) for word in words(text)] or [0]


def sort_words(text: str) -> str:
    return " ".join(sorted(words(text)))


def nth_word(text: str, n: int) -> str:
    return words(text)[n - 1] if n <= len(words(text)) else ""


def acronym(text: str) -> str:
    small = "abcdefghijklmnopqrstuvwxyz"
    capital = dict(zip(small, "ABCDEFGHIJKLMNOPQRSTUVWXYZ", strict=True))
    return "".join(capital.get(word[0], word[0]) for word in words(text))


def most_common_word(text: str) -> str:
    return max(words(text), key=words(text).count, default="")


def pig_latin(text: str) -> str:
    translated = []
    for word in words(text):
        front = re.match("[^aeiou]*", word)
        assert front is not None
        if front[0]:
            translated.append(word[front.end() :] + front[0] + "ay")
        else:
            translated.append(word + "way")
    return " ".join(translated)


def wrap_lines(text: str, width: int) -> list[str]:
    lines: list[str] = []
    for word in words(text):
        if lines and len(lines[-1]) + 1 + len(word) <= width:
            lines[-1] += " " + word
        else:
            lines.append(word)
    return lines


def rhyme_with_last(text: str) -> int:
    if not words(text) or len(words(text)[-1]) < 2:
        return 0
    *before, last = words(text)
    return sum(len(word) >= 2 and word[-2:] == last[-2:] for word in before)


def cut_into_words(text: str, vocabulary: list[str]) -> list[str]:
    cuts: dict[int, list[str]] = {0: []}
    for end in range(1, len(text) + 1):
        for word in filter(None, vocabulary):
            start = end - len(word)
            if start in cuts and text[start:end] == word:
                cuts[end] = [*cuts[start], word]
    return cuts.get(len(text), [])
