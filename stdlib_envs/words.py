"""Solvers for texts as sequences of words, the runs of characters other than spaces."""

from __future__ import annotations

from typing import Any

_CONSONANTS = "bcdfghklmnprstvwz"
_VOWELS = "aeiou"


def _invented(rng: Any, level: int) -> str:
    """Draw a pronounceable word, longer ones at higher levels."""
    word = rng.choice(_VOWELS) if rng.random() < 0.3 else ""
    for _ in range(rng.randint(1, 1 + (level + 3) // 5)):
        word += rng.choice(_CONSONANTS)
        if rng.random() < 0.2:
            word += rng.choice("rl")
        word += rng.choice(_VOWELS)
    if rng.random() < 0.5:
        word += rng.choice("ntsrlmk")
    return word


def _fits(words: list[str], limit: int) -> str:
    """Join as many of the words as fit into limit characters."""
    text = ""
    for word in words:
        longer = f"{text} {word}" if text else word
        if len(longer) > limit:
            break
        text = longer
    return text


def _count(rng: Any, level: int) -> int:
    """Draw a number of words."""
    return int(rng.randint(2 + level, 4 + 2 * level))


def sentence(rng: Any, level: int, **given: Any) -> str:
    """Draw words with some capitals and punctuation marks."""
    words = []
    for _ in range(_count(rng, level)):
        word = _invented(rng, level)
        chance = rng.random()
        if chance < 0.15:
            word = word.capitalize()
        elif chance < 0.25:
            word += rng.choice(",;.!?")
        elif chance < 0.30:
            word += "-" + _invented(rng, 1)
        words.append(word)
    return _fits(words, 45 + 12 * level)


def plain_sentence(rng: Any, level: int, **given: Any) -> str:
    """Draw words of small letters only."""
    return _fits([_invented(rng, level) for _ in range(_count(rng, level))], 80)


def repetitive_sentence(rng: Any, level: int, **given: Any) -> str:
    """Draw a text that repeats a few words many times."""
    words = [_invented(rng, 3) for _ in range(3 + level // 3)]
    count = rng.randint(6 + level, 8 + 3 * level)
    return _fits([rng.choice(words) for _ in range(count)], 200)


def rhyming_sentence(rng: Any, level: int, **given: Any) -> str:
    """Draw words many of which end alike."""
    endings = [rng.choice(_VOWELS) + rng.choice(_CONSONANTS) for _ in range(2)]
    share = rng.random()
    words = [
        rng.choice(_CONSONANTS)
        + (rng.choice(["", "a", "eli", "ro"]) if level > 3 else "")
        + endings[rng.random() < share]
        for _ in range(_count(rng, level) + 3)
    ]
    return _fits(words, 100)


def sentence_and_place(rng: Any, level: int, **given: Any) -> Any:
    """Draw a text and the number of one of its words."""
    if "text" in given:
        return rng.randint(1, min(60, len(given["text"].split(" ")) + 1))
    text = sentence(rng, level)
    if "n" in given:
        return text
    return text, rng.randint(1, min(60, len(text.split(" "))))


def sentence_and_width(rng: Any, level: int, **given: Any) -> Any:
    """Draw a text and the width of a line that holds a few of its words."""
    width = rng.randint(6 + level, 12 + 2 * level)
    if "text" in given:
        return width
    text = sentence(rng, level)
    return text if "width" in given else (text, width)


def text_and_vocabulary(rng: Any, level: int, **given: Any) -> Any:
    """Draw short words and a text that is made of them more often than not."""
    if "vocabulary" in given:
        words = [w for w in given["vocabulary"] if w and set(w) <= set("abc")]
        words = words or ["a", "bc"]
    else:
        size = 3 + level // 2
        words = [
            "".join(rng.choice("abc") for _ in range(rng.randint(1 + (i > 0), 4)))
            for i in range(size)
        ]
        rng.shuffle(words)
    if "text" in given:
        text = given["text"]
        pieces = [text[i : i + 3] for i in range(0, min(len(text), 18), 3)]
        return (pieces + words)[:12]
    text = ""
    for _ in range(rng.randint(2 + level // 2, 4 + level)):
        word = rng.choice(words)
        text += word if len(text + word) <= min(29, 16 + 4 * level) else ""
    if not text or rng.random() < 0.15:
        text += rng.choice("abc")
    return text if "vocabulary" in given else (text, words)


def _words(text: str) -> list[str]:
    """Split at spaces and leave out what is empty."""
    return [word for word in text.split(" ") if word]


def count_words(text: str) -> int:
    """Give the number of words."""
    return len(_words(text))


def reverse_words(text: str) -> str:
    """Give the words from the last to the first."""
    return " ".join(reversed(_words(text)))


def reverse_each_word(text: str) -> str:
    """Give the text with every word backwards."""
    return " ".join(word[::-1] for word in text.split(" "))


def longest_word(text: str) -> str:
    """Give the first longest word."""
    return max(_words(text), key=len, default="")


def word_lengths(text: str) -> list[int]:
    """Give the lengths of the words, [0] if there are none."""
    return [len(word) for word in _words(text)] or [0]


def sort_words(text: str) -> str:
    """Give the words in the order of their character codes."""
    return " ".join(sorted(_words(text)))


def nth_word(text: str, n: int) -> str:
    """Give the n-th word, or nothing if there are fewer."""
    words = _words(text)
    return words[n - 1] if n <= len(words) else ""


def acronym(text: str) -> str:
    """Give the first characters of the words in capitals."""
    firsts = [word[0] for word in _words(text)]
    return "".join(c.upper() if "a" <= c <= "z" else c for c in firsts)


def most_common_word(text: str) -> str:
    """Give the first of the most frequent words."""
    words = _words(text)
    return max(words, key=words.count, default="")


def _pig(word: str) -> str:
    """Translate one word."""
    start = next((i for i, letter in enumerate(word) if letter in _VOWELS), None)
    if start == 0:
        return word + "way"
    if start is None:
        return word + "ay"
    return word[start:] + word[:start] + "ay"


def pig_latin(text: str) -> str:
    """Give the text in pig Latin."""
    return " ".join(_pig(word) for word in _words(text))


def wrap_lines(text: str, width: int) -> list[str]:
    """Give the lines of a greedy line breaking."""
    lines: list[str] = []
    for word in _words(text):
        if lines and len(lines[-1]) + 1 + len(word) <= width:
            lines[-1] += " " + word
        else:
            lines.append(word)
    return lines


def rhyme_with_last(text: str) -> int:
    """Give the number of earlier words that end like the last one."""
    words = _words(text)
    if not words or len(words[-1]) < 2:
        return 0
    ending = words[-1][-2:]
    return sum(word.endswith(ending) for word in words[:-1])


def cut_into_words(text: str, vocabulary: list[str]) -> list[str]:
    """Give one cut into words of the vocabulary, or nothing."""
    cuts: list[list[str] | None] = [[]]
    for end in range(1, len(text) + 1):
        found = None
        for word in vocabulary:
            before = cuts[end - len(word)] if 1 <= len(word) <= end else None
            if before is not None and text[end - len(word) : end] == word:
                found = [*before, word]
                break
        cuts.append(found)
    return cuts[-1] or []


def is_cut_into_words(answer: list[str], text: str, vocabulary: list[str]) -> bool:
    """Say whether the answer is a cut, or rightly says that there is none."""
    if not answer:
        return not cut_into_words(text, vocabulary)
    return "".join(answer) == text and all(word in vocabulary for word in answer)
