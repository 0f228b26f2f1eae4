"""Source text and places in it. Everything that points at a place holds a ``Span``."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field

_NEW_LINE = re.compile("\n")


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of one source: character offsets, end exclusive."""

    path: str
    start: int
    end: int

    def to(self, other: Span) -> Span:
        """The stretch from here to the end of ``other`` (same source)."""
        return Span(self.path, self.start, max(self.end, other.end))


@dataclass(frozen=True)
class Source:
    """One ``.races`` file: the path shown to the user, and its text.

    ``directory`` is the folder in which ``use m`` looks for ``m.races`` first;
    ``solver_text`` is the text of ``<module>.py`` beside it, None where there is none.
    """

    path: str
    text: str
    directory: str = "."
    solver_path: str | None = None
    solver_text: str | None = None
    lines: tuple[int, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        starts = (0, *(match.end() for match in _NEW_LINE.finditer(self.text)))
        object.__setattr__(self, "lines", starts)

    def position(self, offset: int) -> tuple[int, int]:
        """Line and column of a character offset, both from 1."""
        line = bisect_right(self.lines, offset)
        return line, offset - self.lines[line - 1] + 1

    def line_text(self, line: int) -> str:
        """The text of a line (from 1) without its line ending."""
        start = self.lines[line - 1]
        end = self.lines[line] if line < len(self.lines) else len(self.text)
        return self.text[start:end].rstrip("\r\n")
