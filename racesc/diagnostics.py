"""What the compiler says about a program: diagnostics, a report of them, and their
three renderings (full, concise, JSON). Texts go in and texts come out; who prints
them, and whether in colour, is the command line's business."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from racesc.source import Source, Span


@dataclass(frozen=True)
class Label:
    """A remark on a stretch of source. The primary one is where the user will edit."""

    span: Span
    text: str = ""
    primary: bool = False


@dataclass(frozen=True)
class Diagnostic:
    """One mistake: a code, a message, labelled places, facts (notes), edits (helps)."""

    code: str
    message: str
    labels: tuple[Label, ...] = ()
    notes: tuple[str, ...] = ()
    helps: tuple[str, ...] = ()
    severity: str = "error"  # error warning

    @property
    def place(self) -> Span:
        """The primary label's span, the first label's where none is primary."""
        for label in self.labels:
            if label.primary:
                return label.span
        return self.labels[0].span if self.labels else Span("", 0, 0)


# After so many of its mistakes have been given suggestions, a run seeks no more: nobody
# reads on, and seeking one takes time in proportion to the program.
MOST_SOUGHT = 100


@dataclass
class Report:
    """The diagnostics of one run; the phases add, the command line renders."""

    _added: dict[Diagnostic, None] = field(default_factory=dict)
    _sought: int = 0

    def add(self, diagnostic: Diagnostic) -> None:
        """Take one diagnostic in; an exact repeat changes nothing."""
        self._added[diagnostic] = None

    @property
    def count(self) -> int:
        """How many there are."""
        return len(self._added)

    def seeks_help(self) -> bool:
        """Whether suggestions should be sought for one more mistake; each call counts
        as one."""
        self._sought += 1
        return self._sought <= MOST_SOUGHT

    @classmethod
    def aside(cls) -> Report:
        """A report that is looked at for errors only: no help is sought for it."""
        return cls(_sought=MOST_SOUGHT)

    @property
    def has_errors(self) -> bool:
        """Whether anything of severity error was added."""
        return any(each.severity == "error" for each in self._added)

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """Sorted by path, place and code."""
        return tuple(sorted(self._added, key=_order))


def _order(diagnostic: Diagnostic) -> tuple[str, int, int, str, str]:
    place = diagnostic.place
    return place.path, place.start, place.end, diagnostic.code, diagnostic.message


# ── renderings ────────────────────────────────────────────────────────────────


def render(
    diagnostic: Diagnostic,
    sources: Mapping[str, Source],
    format: str = "full",
    color: bool = False,
) -> str:
    """One diagnostic as text, ending in a new line (full: and an empty one).

    ``sources`` holds the files by path, ``format`` is full, concise or json (one
    object on one line). ``color`` adds ANSI colours to full and concise.
    """
    if format == "json":
        return json.dumps(as_json(diagnostic, sources)) + "\n"
    if format == "concise":
        return _concise(diagnostic, sources, color)
    return _Page(diagnostic, sources, color).text()


def as_json(diagnostic: Diagnostic, sources: Mapping[str, Source]) -> dict[str, Any]:
    """One diagnostic as `check --output-format json` lists it. Lines and columns count
    from 1, columns in characters; an end is the place just behind the last one."""
    return {
        "code": diagnostic.code,
        "severity": diagnostic.severity,
        "message": diagnostic.message,
        **_json_place(diagnostic.place, sources),
        "labels": [
            {
                **_json_place(label.span, sources),
                "text": label.text,
                "primary": label.primary,
            }
            for label in diagnostic.labels
        ],
        "notes": list(diagnostic.notes),
        "helps": list(diagnostic.helps),
    }


def _json_place(span: Span, sources: Mapping[str, Source]) -> dict[str, Any]:
    line, column = _position(span.path, span.start, sources)
    end_line, end_column = _position(span.path, span.end, sources)
    return {
        "path": span.path,
        "line": line,
        "column": column,
        "end_line": end_line,
        "end_column": end_column,
    }


def _position(path: str, offset: int, sources: Mapping[str, Source]) -> tuple[int, int]:
    source = sources.get(path)
    return source.position(offset) if source is not None else (1, 1)


def _concise(diagnostic: Diagnostic, sources: Mapping[str, Source], color: bool) -> str:
    place, paint = diagnostic.place, _Paint(color)
    line, column = _position(place.path, place.start, sources)
    title = paint.severity(diagnostic.severity, diagnostic.code)
    where = f"{place.path}:{line}:{column}: " if place.path else ""
    return f"{where}{title}: {_one_line(diagnostic.message)}\n"


def _one_line(text: str) -> str:
    return " ".join(_visible(text).split())


class _Paint:
    """ANSI colours, or none."""

    def __init__(self, color: bool) -> None:
        self.color = color

    def __call__(self, text: str, *codes: int) -> str:
        if not self.color or not text:
            return text
        return f"\x1b[{';'.join(map(str, codes))}m{text}\x1b[0m"

    def severity(self, severity: str, code: str) -> str:
        """`error[code]`"""
        return self(f"{severity}[{code}]", 1, 31 if severity == "error" else 33)

    def mark(self, text: str, label: Label, severity: str) -> str:
        """What stands under the code."""
        if not label.primary:
            return self(text, 1, 34)
        return self(text, 1, 31 if severity == "error" else 33)


# Longer lines are shown from a little before their first label on.
_WIDEST = 180
_LEAD = 40


class _Page:
    """The full rendering of one diagnostic."""

    def __init__(
        self, diagnostic: Diagnostic, sources: Mapping[str, Source], color: bool
    ) -> None:
        self.diagnostic = diagnostic
        self.sources = sources
        self.paint = _Paint(color)
        last = 0
        for label in diagnostic.labels:
            last = max(last, _position(label.span.path, label.span.start, sources)[0])
        self.width = len(str(last))
        self.rows: list[str] = []

    def text(self) -> str:
        diagnostic, paint = self.diagnostic, self.paint
        title = paint.severity(diagnostic.severity, diagnostic.code)
        self.rows.append(title + paint(f": {_visible(diagnostic.message)}", 1))
        for number, (path, labels) in enumerate(self._by_file()):
            self._file(path, labels, "-->" if number == 0 else ":::")
        remarks = [("note", each) for each in diagnostic.notes]
        remarks += [("help", each) for each in diagnostic.helps]
        if remarks and diagnostic.labels:
            self._gutter()
        for kind, text in remarks:
            self._remark(kind, text)
        return "\n".join(self.rows) + "\n\n"

    def _by_file(self) -> list[tuple[str, list[Label]]]:
        """The labels of each file, the file of the primary one first."""
        files: dict[str, list[Label]] = {}
        if self.diagnostic.labels:
            files[self.diagnostic.place.path] = []
        for label in self.diagnostic.labels:
            files.setdefault(label.span.path, []).append(label)
        return list(files.items())

    def _gutter(self, number: str = "", text: str = "") -> None:
        edge = self.paint(f"{number:>{self.width}} |", 1, 34)
        self.rows.append(f"{edge} {text}" if text else edge)

    def _file(self, path: str, labels: list[Label], arrow: str) -> None:
        source = self.sources.get(path)
        arrow = self.paint(" " * self.width + arrow, 1, 34)
        if source is None:
            self.rows.append(f"{arrow} {path}")
            return
        first = next((label for label in labels if label.primary), labels[0])
        line, column = source.position(first.span.start)
        self.rows.append(f"{arrow} {path}:{line}:{column}")
        self._gutter()
        by_line: dict[int, list[Label]] = {}
        for label in sorted(labels, key=lambda each: (each.span.start, each.span.end)):
            by_line.setdefault(source.position(label.span.start)[0], []).append(label)
        before = None
        for number, marks in by_line.items():
            if before is not None and number > before + 1:
                self.rows.append(self.paint("...", 1, 34))
            self._line(source, number, marks)
            before = number

    def _line(self, source: Source, number: int, marks: list[Label]) -> None:
        """A line of source and, below it, one row for each label."""
        start = source.lines[number - 1]
        shown = _Shown(source.line_text(number), marks[0].span.start - start)
        self._gutter(str(number), shown.text)
        for label in marks:
            left, width = shown.place(label.span.start - start, label.span.end - start)
            mark = ("^" if label.primary else "-") * width
            if label.text:
                mark += " " + _visible(label.text)
            mark = self.paint.mark(mark, label, self.diagnostic.severity)
            self._gutter(text=" " * left + mark)

    def _remark(self, kind: str, text: str) -> None:
        lines = _visible(text).split("\n")
        edge = self.paint(" " * (self.width + 1) + "=", 1, 34)
        self.rows.append(f"{edge} {self.paint(f'{kind}:', 1)} {lines[0]}")
        indent = " " * (self.width + len(kind) + 5)
        self.rows.extend(indent + line if line else "" for line in lines[1:])


class _Shown:
    """A line as a terminal shows it: tabs widened, a very long line cut to a window
    around its first label."""

    def __init__(self, line: str, first: int) -> None:
        self.from_ = 0
        if len(line) > _WIDEST and first > _LEAD:
            self.from_ = first - _LEAD
        to = self.from_ + _WIDEST
        pieces = [_character(each) for each in line[self.from_ : to]]
        self.head = "…" if self.from_ else ""
        self.text = self.head + "".join(pieces) + ("…" if to < len(line) else "")
        self.columns = [len(self.head)]
        for piece in pieces:
            self.columns.append(self.columns[-1] + _width(piece))

    def place(self, start: int, end: int) -> tuple[int, int]:
        """The column, from 0, and the width of a stretch given by its offsets in the
        line; at least one column wide, and cut where the line is."""
        left, right = self._column(start), self._column(end)
        return left, max(1, right - left)

    def _column(self, offset: int) -> int:
        return self.columns[max(0, min(offset - self.from_, len(self.columns) - 1))]


def _visible(text: str) -> str:
    """A text that cannot steer a terminal: control characters are shown as such."""
    return "".join(each if each == "\n" else _character(each) for each in text)


def _character(character: str) -> str:
    """How one character of a line is shown."""
    if character.isprintable():
        return character
    if character == "\t":
        return "    "
    if character < " ":
        return chr(0x2400 + ord(character))
    if unicodedata.category(character) == "Zs":
        return " " * _width(character)
    return "\N{REPLACEMENT CHARACTER}"


def _width(text: str) -> int:
    """The columns that a text takes on a terminal."""
    width = 0
    for character in text:
        if unicodedata.category(character) in ("Mn", "Me"):
            continue
        width += 2 if unicodedata.east_asian_width(character) in "WF" else 1
    return width
