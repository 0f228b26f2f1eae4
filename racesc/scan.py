"""A first look at a module's text, before the grammar: where its declarations begin,
their doc comments, and how deep brackets go. One pass, linear, no recursion."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

# Reserved everywhere, so a piece that begins with one of these is a declaration.
DECLARATION_WORDS = ("type", "newtype", "env", "suite", "package", "use")

# The tree is as deep as its brackets plus the operators of its bounds; both limits
# together keep whoever walks it far from Python's own recursion limit.
BRACKET_LIMIT = 64
DEPTH_LIMIT = 128

_TOKEN = re.compile(
    r"""
    (?P<space>[ \t\r\f\ufeff]+)
  | (?P<newline>\n)
  | (?P<doc>\#\#(?!\#)[^\n]*)
  | (?P<comment>\#[^\n]*)
  | (?P<string>"(?:[^"\\\n]|\\[^\n])*"?)
  | (?P<word>[A-Za-z_][A-Za-z0-9_]*)
  | (?P<number>[0-9][A-Za-z0-9_]*)
  | (?P<open>[(\[{])
  | (?P<close>[)\]}])
  | (?P<operator>//|[+*%^]|-(?!>))
  | (?P<other>.)
    """,
    re.VERBOSE | re.DOTALL,
)


@dataclass
class Piece:
    """A stretch of a module that is parsed alone: one declaration, as a rule.

    ``word`` is the declaration word it begins with, "" for text before the first.
    ``end`` is just behind its last token. ``too_deep``: offset and kind of the first
    bracket or operator beyond the limits.
    """

    word: str
    start: int
    end: int
    too_deep: tuple[int, str] | None = None


@dataclass(frozen=True)
class Comment:
    """A comment, plain or doc, with its marks. ``newlines`` stand between it and the
    token or comment before it; the text's start counts as a new line."""

    start: int
    text: str
    newlines: int


@dataclass
class Scan:
    """``pieces`` in order; ``docs``: a declaration word's offset -> its doc text;
    ``comments`` in order, and in ``doc_lines`` a declaration word's offset -> those of
    them that are its doc text."""

    pieces: list[Piece] = field(default_factory=list)
    docs: dict[int, str] = field(default_factory=dict)
    comments: list[Comment] = field(default_factory=list)
    doc_lines: dict[int, tuple[Comment, ...]] = field(default_factory=dict)


def scan(text: str) -> Scan:
    """Cut a module into pieces, each beginning at a declaration word that stands first
    on its line and either in column 1 or outside all brackets."""
    found = Scan()
    piece: Piece | None = None
    depth = _Depth()
    doc: list[Comment] = []
    newlines = 1  # since the last token or comment
    line_start = 0
    for match in _TOKEN.finditer(text):
        kind, start, end = match.lastgroup, match.start(), match.end()
        if kind == "space":
            continue
        if kind == "newline":
            newlines += 1
            line_start = end
            continue
        if kind in ("doc", "comment"):
            comment = Comment(start, match[0].rstrip(), newlines)
            found.comments.append(comment)
            if newlines > 1:  # a blank line: what stands above documents nothing
                doc.clear()
            if kind == "doc" and newlines:
                doc.append(comment)
            newlines = 0
            continue
        declares = kind == "word" and match[0] in DECLARATION_WORDS
        if declares and doc:
            lines = [each.text[2:].removeprefix(" ") for each in doc]
            found.docs[start] = "\n".join(lines).strip("\n")
            found.doc_lines[start] = tuple(doc)
        doc.clear()
        cuts = declares and newlines and (start == line_start or not depth.brackets)
        if piece is None or cuts:
            piece = Piece(match[0] if declares else "", start, end)
            found.pieces.append(piece)
            depth = _Depth()
        depth.take(kind or "", match[0])
        if depth.beyond and piece.too_deep is None:
            piece.too_deep = (start, depth.beyond)
        piece.end = end
        newlines = 0
    return found


def words(text: str, start: int, end: int) -> list[tuple[int, str]]:
    """The words between two offsets, each with its own."""
    return [
        (match.start(), match[0])
        for match in _TOKEN.finditer(text, start, end)
        if match.lastgroup == "word"
    ]


def open_brackets(text: str, start: int, end: int) -> list[int]:
    """The offsets of the brackets that are open at ``end``, outermost first, when
    reading from ``start``. A closing bracket closes whatever was opened last."""
    brackets: list[int] = []
    for match in _TOKEN.finditer(text, start, end):
        if match.lastgroup == "open":
            brackets.append(match.start())
        elif match.lastgroup == "close" and brackets:
            brackets.pop()
    return brackets


class _Depth:
    """How many brackets are open, and how many operators stand beside or around."""

    def __init__(self) -> None:
        self.brackets: list[int] = []  # the operators outside each open bracket
        self.operators = 0  # those since the last token that ends a bound
        self.total = 0

    @property
    def beyond(self) -> str:
        """The limit that is passed: "brackets", "operators", or "" for none."""
        if len(self.brackets) > BRACKET_LIMIT:
            return "brackets"
        return "operators" if self.total > DEPTH_LIMIT else ""

    def take(self, kind: str, text: str) -> None:
        """Count one token."""
        if kind == "open":
            self.brackets.append(self.operators)
            self.operators = 0
            self.total += 1
        elif kind == "close":
            if self.brackets:
                self.total -= self.operators + 1
                self.operators = self.brackets.pop()
        elif kind == "operator":
            self.operators += 1
            self.total += 1
        elif kind in ("other", "string"):
            self.total -= self.operators
            self.operators = 0
