"""How people and models spell values: wrapping, lead-ins, quotes, brackets and commas.

Everything here is total on any text and linear in its length: it hops from mark to
mark with single-character searches and possessive patterns, and never recurses on how
deep a text is nested.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import NamedTuple

from .size import MOST_ITEMS

# More items than this are no answer; nor is deeper nesting (types are never that deep).
MOST_MARKS = 5 * MOST_ITEMS
DEEPEST = 64
# Layers of wrapping that are taken off; `**`$\boxed{12}$`**` has four.
LAYERS = 8
LONGEST_PAYLOAD = 1_000_000

# What steps through braces: a box, an escaped character, or a brace.
BRACE = re.compile(r"\\boxed[ ]?\{|\\.|[{}]", re.DOTALL)


# ── wrapping ──

GRAPH_NAME = re.compile(r"(di)?graph ?\(", re.IGNORECASE | re.ASCII)
_FENCE_INFO = re.compile(r"[A-Za-z]{1,20}", re.ASCII)
_COMMAND = re.compile(
    r"\\(?:boxed|fbox|text|textbf|textit|texttt|mathrm|mathbf|mathtt|mathit)[ ]?\{"
)


def peel(text: str) -> str | None:
    """A trimmed text without its outermost markup, trimmed; None where it has none.

    Markup: a code fence, backticks, bold, `$`, `\\(`, `\\[`, `\\boxed{}`, `\\text{}`.
    """
    if len(text) < 3:
        return None
    first = text[0]
    inner: str | None = None
    if first == "`":
        inner = _fenced(text) if text.startswith("```") else _between(text, "``", "`")
    elif first == "*":
        inner = _between(text, "***", "**", "*")
    elif first == "_":
        inner = _between(text, "__")
    elif first == "$":
        inner = _between(text, "$$", "$")
    elif first == "\\":
        inner = _command(text)
    return inner.strip() or None if inner else None


def _between(text: str, *marks: str) -> str | None:
    for mark in marks:
        if text.startswith(mark) and text.endswith(mark):
            inner = text[len(mark) : -len(mark)]
            if inner and (mark[0] not in inner or _is_one(inner.strip())):
                return inner
    return None


def _is_one(text: str) -> bool:
    """Whether a text is one literal, list or graph, whatever marks stand in it."""
    if _JSON_TEXT.fullmatch(text):
        return True
    name = GRAPH_NAME.match(text)
    return inside(text[name.end() - 1 :] if name else text, "[({") is not None


def _fenced(text: str) -> str | None:
    if len(text) < 7 or not text.endswith("```"):
        return None
    inner = text[3:-3]
    first, newline, rest = inner.partition("\n")
    info = first.strip()
    if newline and rest.strip() and (not info or _FENCE_INFO.fullmatch(info)):
        # On lines of their own: only such a line within would be another fence.
        alone = rest.rpartition("\n")[2].strip() == ""
        return rest if "```" not in rest or (alone and "\n```" not in inner) else None
    return None if "```" in inner else inner


def _command(text: str) -> str | None:
    for left, right in (("\\(", "\\)"), ("\\[", "\\]")):
        if text.startswith(left):
            inner = text[2:-2]
            whole = text.endswith(right) and left not in inner and right not in inner
            return inner if whole else None
    match = _COMMAND.match(text)
    if not match or text[-1] != "}":
        return None
    depth = 1
    for mark in BRACE.finditer(text, match.end()):
        if mark[0] == "}":
            depth -= 1
            if depth == 0:
                whole = mark.end() == len(text)
                return text[match.end() : -1] if whole else None
        elif mark[0][-1] == "{" and mark[0] != "\\{":
            depth += 1
            if depth > DEEPEST:
                return None
    return None


_LEAD_END = re.compile(r"[^A-Za-z\s,'’:=_*]")
_SEPARATOR = re.compile(r".*(?:[:=]|\b(?:is|are|equals|be)(?=[\s*]))", re.DOTALL)
_WORD = re.compile(r"[A-Za-z]+")
_LONGEST_LEAD = 160
_LINKING = frozenset(("is", "are", "equals", "be"))
# A lead-in with one of these says something else than "here is the answer".
_DENYING = frozenset(
    "not no never neither nor or either isn aren wasn don doesn cannot can wrong false "
    "incorrect except unless if opposite negative minus reciprocal inverse yes "
    "true".split()
)
# Nor may one of these stand last before the `is`, `:` or `=`.
_COMPARING = frozenset(
    "least most than between about approximately roughly around nearly almost under "
    "over above below from to plus times and maybe perhaps possibly".split()
)
_ANNOUNCING = frozenset(
    "so thus therefore hence the my final correct answer answers result results "
    "is are".split()
)


class Lead(NamedTuple):
    """A text cut behind its lead-in: the lead-in's words, and the text without it."""

    words: tuple[str, ...]
    rest: str

    def announces(self) -> bool:
        """Whether it is "The answer is" or the like, which no plain text begins with."""
        said = self.words
        return _ANNOUNCING.issuperset(said) and any("answer" in word for word in said)


def lead_in(text: str) -> Lead | None:
    """A trimmed text's lead-in ("The answer is", "x =", "="); None where it has none.

    It ends in "is", "=" or ":", holds plain words only, and none that deny.
    """
    edge = _LEAD_END.search(text, 0, _LONGEST_LEAD)
    region = text[: edge.start() if edge else _LONGEST_LEAD]
    match = _SEPARATOR.match(region)
    if not match:
        return None
    lead, rest = match[0], text[match.end() :]
    words = tuple(word.lower() for word in _WORD.findall(lead))
    if len(words) > 20 or not _DENYING.isdisjoint(words):
        return None
    spoken = [word for word in words if word not in _LINKING]
    if spoken and spoken[-1] in _COMPARING:
        return None
    opened = len(lead) - len(lead.lstrip("*"))
    if opened and lead.count("*") == opened:
        # `**Answer:** 12` closes behind the colon, `**Answer: 12**` behind the value.
        if rest[:opened] == "*" * opened:
            rest = rest[opened:]
        elif rest.endswith("*" * opened):
            rest = rest[:-opened]
    rest = rest.strip()
    return Lead(words, rest) if rest else None


# ── quoted text ──

_JSON_TEXT = re.compile(r'"[^"\\]*+(?:\\.[^"\\]*+)*+"', re.DOTALL)
_PYTHON_TEXT = re.compile(r"'[^'\\]*+(?:\\.[^'\\]*+)*+'", re.DOTALL)
_ESCAPE = re.compile(
    r"\\(?:([\\'\"abfnrtv0\n])|x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|)"
)
_ESCAPED = {
    "\\": "\\",
    "'": "'",
    '"': '"',
    "a": "\a",
    "b": "\b",
    "f": "\f",
    "n": "\n",
    "r": "\r",
    "t": "\t",
    "v": "\v",
    "0": "\0",
    "\n": "",
}
_decode_json = json.JSONDecoder(strict=False).decode


def unquote(text: str, single: bool = True) -> str | None:
    """The string that a JSON or Python literal spells; None if it is not just one."""
    if len(text) < 2 or text[0] != text[-1]:
        return None
    if text[0] == '"':
        if not _JSON_TEXT.fullmatch(text):
            return None
        if "\\" not in text:
            return text[1:-1]
        try:
            decoded = _decode_json(text)
        except ValueError:
            return _python_text(text[1:-1])
        return decoded if isinstance(decoded, str) else None
    if text[0] == "'" and single and _PYTHON_TEXT.fullmatch(text):
        return _python_text(text[1:-1])
    return None


def _python_text(body: str) -> str | None:
    if "\\" not in body:
        return body
    try:
        return _ESCAPE.sub(_unescaped, body)
    except (ValueError, OverflowError):
        return None


def _unescaped(match: re.Match[str]) -> str:
    if match[1]:
        return _ESCAPED[match[1]]
    # No digits at all where the escape is none of Python's: a ValueError.
    return chr(int(match[2] or match[3] or match[4] or "", 16))


# ── lists ──

_CLOSING = {"[": "]", "(": ")", "{": "}"}
# A quote inside a word (`it's`) is a letter; at an item's start it opens a literal.
_OPENED = r"(?<![^\s\[({,])(?:" + _JSON_TEXT.pattern + "|" + _PYTHON_TEXT.pattern
_MARK = re.compile(r"[\[({\])}]|[,\n\r]|" + _OPENED + "|[\"'])", re.DOTALL)
_SPACED_MARK = re.compile(r"[\[({\])}]|\s+|" + _OPENED + "|[\"'])", re.DOTALL)
_BULLET = re.compile(r"[-*•] +")
_NUMBER_BULLET = re.compile(r"([0-9]{1,5})[.)] +")


# Lists of two items or more that are words, literals or flat lists: nearly all answers.
_WORD_ITEM = r"[^\[\](){},\"'\s][^\[\](){},\"']*+"
_FLAT_ITEM = r"\[[^\[\](){}\"']*+\]|\([^\[\](){}\"']*+\)"
_TEXT_ITEM = r"\"[^\"\\]*+\"|'[^'\\]*+'"
_ANY_ITEM = rf"(?:{_WORD_ITEM}|{_FLAT_ITEM}|{_TEXT_ITEM})"
_PLAIN_ITEM = re.compile(rf"\s*+({_ANY_ITEM})\s*+(?:,|\Z)")
_PLAIN_ITEMS = rf"\s*+{_ANY_ITEM}\s*+(?:,\s*+{_ANY_ITEM}\s*+)++"
_PLAIN_LIST = re.compile(rf"\[{_PLAIN_ITEMS}\]|\({_PLAIN_ITEMS}\)")


def plain_items(text: str) -> list[str] | None:
    """What ``pieces(inside(text))`` gives, for a list that is plain to see; or None."""
    if len(text) > MOST_ITEMS or not _PLAIN_LIST.fullmatch(text):
        return None
    return [item.rstrip() for item in _PLAIN_ITEM.findall(text[1:-1])]


def inside(text: str, brackets: str = "[(") -> str | None:
    """What a trimmed text holds whose first bracket closes at its very end."""
    if len(text) < 2 or text[0] not in brackets:
        return None
    closing = _CLOSING[text[0]]
    last = len(text) - 1
    if text[last] != closing:
        return None
    if text.find(closing) == last:
        return text[1:-1]
    cuts = _cuts(text, _MARK, stop=True)
    return text[1:-1] if cuts is not None and cuts[0] == last else None


def _cuts(text: str, marks: re.Pattern[str], stop: bool = False) -> list[int] | None:
    """Where marks stand outside of brackets and quotes: for each, start and end.

    With ``stop``, only the place where the first bracket closes. None where brackets
    or quotes do not match, or there are too many marks or levels.
    """
    cuts: list[int] = []
    open_: list[str] = []
    for count, match in enumerate(marks.finditer(text)):
        if count > MOST_MARKS:
            return None
        place = match.start()
        kind = text[place]
        if kind in "[({":
            open_.append(_CLOSING[kind])
            if len(open_) > DEEPEST:
                return None
        elif kind in "])}":
            if not open_ or open_.pop() != kind:
                return None
            if stop and not open_:
                return [place]
        elif kind in "\"'":
            if match.end() - place == 1:
                return None
        elif not open_:
            cuts += (place, match.end())
    return None if open_ else cuts


def bullets(lines: Sequence[str]) -> list[str] | None:
    """The lines without their bullets, where every line has one."""
    if all(map(_BULLET.match, lines)):
        return [line[1:].strip() for line in lines]
    if len(lines) < 2:
        return None
    out = []
    for number, line in enumerate(lines, 1):
        match = _NUMBER_BULLET.match(line)
        if not match or int(match[1]) != number:
            return None
        out.append(line[match.end() :])
    return out


def too_many_lines(text: str) -> bool:
    """Whether a text has more lines than an answer can have."""
    # `splitlines` knows more line ends than "\n".
    most = 2 * MOST_ITEMS
    return len(text) > most and len(text.splitlines()) > most


def lines_of(text: str) -> list[str]:
    """The lines that are not blank, trimmed, without bullets or a comma at the end.

    None at all where there are too many.
    """
    if too_many_lines(text):
        return []
    lines = _filled_lines(text.splitlines())
    lines = bullets(lines) or lines
    return _filled_lines([line.removesuffix(",") for line in lines])


def pieces(text: str, bare: bool = True) -> tuple[list[str], str] | None:
    """The items of a list without its brackets, trimmed, and what separates them.

    Commas outside of brackets and quotes, else lines (``bare``: perhaps bulleted),
    else spaces. None where an item is empty, brackets do not match, or too many.
    The text is trimmed and not empty.
    """
    if too_many_lines(text):
        return None
    if bare and text[0] in "-*•1":
        bulleted = bullets(_filled_lines(text.splitlines()))
        if bulleted is not None:
            return _checked(bulleted, "lines")
    if not any(mark in text for mark in "[({\"'"):
        if "," in text:
            if text.count(",") > MOST_ITEMS:
                return None
            return _checked(text.split(","), "commas")
        if "\n" in text or "\r" in text:
            return _checked(_filled_lines(text.splitlines()), "lines")
        return _checked(text.split(None, MOST_ITEMS + 1), "spaces")
    cuts = _cuts(text, _MARK)
    if cuts is None:
        return None
    commas = [place for place in cuts[::2] if text[place] == ","]
    if commas:
        edges = [edge for comma in commas for edge in (comma, comma + 1)]
        return _checked(_cut(text, edges), "commas")
    if cuts:
        return _checked(_filled_lines(_cut(text, cuts)), "lines")
    cuts = _cuts(text, _SPACED_MARK)
    return None if cuts is None else _checked(_cut(text, cuts), "spaces")


def _filled_lines(lines: Sequence[str]) -> list[str]:
    return [line for line in map(str.strip, lines) if line]


def _cut(text: str, cuts: Sequence[int]) -> list[str]:
    edges = [0, *cuts, len(text)]
    return [text[a:b] for a, b in zip(edges[::2], edges[1::2], strict=True)]


def _checked(items: list[str], separator: str) -> tuple[list[str], str] | None:
    items = [item.strip() for item in items]
    if len(items) > 1 and not items[-1]:
        items.pop()
    if not all(items) or len(items) > MOST_ITEMS:
        return None
    return items, separator
