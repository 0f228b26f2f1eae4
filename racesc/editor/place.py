"""Where something is to be written: what stands before it in the text."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from racesc.scan import Piece, scan

CLAUSES = "describe solve sample verify level law example plant witnesses tags".split()
TOKEN = re.compile(r'#[^\n]*|"(?:[^"\\\n]|\\.)*"?|\w+|>>|->|==|<=|=>|\.\.|\S')


@dataclass(frozen=True)
class Place:
    """Where something is to be written: the text, the word begun there, the piece of
    the module around it and the tokens of that piece before the word."""

    path: str
    text: str
    start: int
    end: int
    piece: Piece | None
    tokens: tuple[str, ...]
    offsets: tuple[int, ...]

    @property
    def before(self) -> str:
        """The token before."""
        return self.tokens[-1] if self.tokens else ""

    @property
    def piece_end(self) -> int:
        """Where the piece ends."""
        return max(self.piece.end, self.end) if self.piece else self.end

    @property
    def clause(self) -> tuple[str, ...]:
        """The tokens of the clause: since the last word that begins one, which is the
        first of its line."""
        for number in range(len(self.offsets) - 1, -1, -1):
            begin = self.text.rfind("\n", 0, self.offsets[number]) + 1
            first = not self.text[begin : self.offsets[number]].strip()
            if first and self.tokens[number] in CLAUSES:
                return self.tokens[number:]
        return ()

    @property
    def first(self) -> bool:
        """Whether the word is the first on its line."""
        line = self.text.rfind("\n", 0, self.start) + 1
        return not self.text[line : self.start].strip()


def place_at(path: str, text: str, offset: int) -> Place | None:
    """The place, or None inside a comment or a string."""
    start = offset
    while start and (text[start - 1].isalnum() or text[start - 1] in "_."):
        start -= 1
    if text[start:offset].startswith(".."):  # a range's dots are no module's
        start += 2
    end = offset
    while end < len(text) and (text[end].isalnum() or text[end] == "_"):
        end += 1
    piece = None
    for each in scan(text).pieces:
        if each.start < start:
            piece = each
    first = piece.start if piece else 0
    tokens: list[str] = []
    offsets: list[int] = []
    for match in TOKEN.finditer(text, first, start):
        token = match[0]
        if token[0] == "#":
            if match.end() >= start and "\n" not in text[match.end() : start]:
                return None
            continue
        if token[0] == '"' and match.end() >= start and not _ended(token):
            return None
        tokens.append(token)
        offsets.append(match.start())
    return Place(path, text, start, end, piece, tuple(tokens), tuple(offsets))


def _ended(string: str) -> bool:
    return len(string) > 1 and bool(re.fullmatch(r'"(?:[^"\\]|\\.)*"', string))


def outermost(tokens: tuple[str, ...]) -> str:
    """The first of `=` and `{` outside brackets: where a declaration's head ends."""
    depth = 0
    for token in tokens:
        if token in ("=", "{") and not depth:
            return token
        depth += (token in "([{") - (token in ")]}")
    return ""


def last_of(tokens: tuple[str, ...], words: Iterable[str]) -> str:
    """The last token that is one of some words."""
    return next((token for token in reversed(tokens) if token in words), "")


def called_at(tokens: tuple[str, ...]) -> int | None:
    """Where the environment stands whose arguments are being written."""
    depth = 0
    for place in range(len(tokens) - 1, 0, -1):
        token = tokens[place]
        depth += (token in (")", "]", "}")) - (token in ("(", "[", "{"))
        if depth < 0:
            if token != "(" or not re.fullmatch(r"_*[a-z]\w*", tokens[place - 1]):
                return None
            dotted = place > 2 and tokens[place - 2] == "."
            return place - 3 if dotted else place - 1
    return None
