"""Python text in its final form: what `ruff format` (88 columns) leaves as it is.

Goes in: pieces (names, calls, tuples, lists, dicts, strings). Comes out: source text.
A piece is printed on one line where it fits; else its brackets open up: a call's
arguments go to one line of their own or, where they do not fit either, to one line
each with a trailing comma; the items of a tuple, list or dict always to one line each.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from textwrap import dedent
from typing import Union

WIDTH = 88
INDENT = 4


@dataclass(frozen=True)
class Call:
    """`name(a, b, key=c)`; `key` is None for an argument by position."""

    name: str
    arguments: tuple[tuple[str | None, Piece], ...] = ()


@dataclass(frozen=True)
class Items:
    """A tuple `()`, list `[]` or set `{}` of pieces."""

    brackets: str
    items: tuple[Piece, ...]


@dataclass(frozen=True)
class Table:
    """A dict."""

    rows: tuple[tuple[Piece, Piece], ...]


@dataclass(frozen=True)
class Index:
    """`name[key]`."""

    name: str
    key: Piece


@dataclass(frozen=True)
class Text:
    """A string; where it is too long for a line and stands behind `key=`, it is split
    after a space into several literals."""

    value: str


@dataclass(frozen=True)
class Either:
    """``short`` where that fits on the line, else ``long``."""

    short: str
    long: Piece


Piece = Union[str, Call, Items, Table, Index, Text, Either]


# ── literals ──────────────────────────────────────────────────────────────────


def literal(text: str) -> str:
    """A string literal: double quotes unless single ones save escapes."""
    quote = "'" if text.count('"') > text.count("'") else '"'
    if text.isascii() and text.isprintable():
        return quote + text.replace("\\", "\\\\").replace(quote, "\\" + quote) + quote
    return quote + "".join(_spelled(character, quote) for character in text) + quote


def number(value: int | Fraction) -> Piece:
    """An exact number; a power of ten from a million on is written as one."""
    if isinstance(value, Fraction):
        return call("Fraction", number(value.numerator), number(value.denominator))
    magnitude = value if value >= 0 else -value
    if magnitude.bit_length() > 10_000:  # Python refuses to read so many digits
        return hex(value)
    digits = str(magnitude)
    plain = f"-{digits}" if value < 0 else digits
    if len(digits) > 6 and digits == "1" + "0" * (len(digits) - 1):
        power = f"10**{len(digits) - 1}"
        return Either(f"-({power})" if value < 0 else power, plain)
    return plain


_SPELLED = {"\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"}

# Scripts and symbols whose width in columns is settled: 1 here, 2 below. Anything else
# that is not ASCII is escaped: the line's width would depend on the Unicode version.
_NARROW = (
    (0xA1, 0xAC),
    (0xAE, 0x2FF),
    (0x370, 0x377),
    (0x37B, 0x37F),
    (0x384, 0x38A),
    (0x38E, 0x3A1),
    (0x3A3, 0x482),
    (0x48A, 0x52F),
    (0x2010, 0x2016),
    (0x2018, 0x2027),
    (0x2030, 0x205E),
    (0x20A0, 0x20BF),
    (0x2200, 0x22FF),
)
_WIDE = (
    (0x3001, 0x3002),
    (0x3041, 0x3096),
    (0x30A1, 0x30FA),
    (0x4E00, 0x9FA5),
    (0xAC00, 0xD7A3),
    (0xFF01, 0xFF5E),
)


def _spelled(character: str, quote: str) -> str:
    """One character inside a literal with these quotes."""
    if character == quote:
        return "\\" + character
    if character in _SPELLED:
        return _SPELLED[character]
    code = ord(character)
    if 0x20 <= code < 0x7F or _within(code, _NARROW) or _within(code, _WIDE):
        return character
    if code < 0x100:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def _within(code: int, ranges: tuple[tuple[int, int], ...]) -> bool:
    return any(low <= code <= high for low, high in ranges)


def columns(text: str) -> int:
    """The width of a line of code in columns."""
    if text.isascii():
        return len(text)
    return len(text) + sum(_within(ord(character), _WIDE) for character in text)


# ── pieces ────────────────────────────────────────────────────────────────────


def call(name: str, *arguments: Piece, **named: Piece) -> Call:
    """`name(a, b, key=c)`."""
    unnamed = tuple((None, argument) for argument in arguments)
    return Call(name, unnamed + tuple(named.items()))


def tuple_of(items: Sequence[Piece]) -> Items:
    """`(a, b)`."""
    return Items("()", tuple(items))


def list_of(items: Sequence[Piece]) -> Items:
    """`[a, b]`."""
    return Items("[]", tuple(items))


def flat(piece: Piece) -> str:
    """A piece on one line."""
    if isinstance(piece, str):
        return piece
    if isinstance(piece, Text):
        return literal(piece.value)
    if isinstance(piece, Either):
        return piece.short
    if isinstance(piece, Index):
        return f"{piece.name}[{flat(piece.key)}]"
    if isinstance(piece, Call):
        return f"{piece.name}({', '.join(_flat_argument(a) for a in piece.arguments)})"
    if isinstance(piece, Table):
        rows = ", ".join(f"{flat(key)}: {flat(value)}" for key, value in piece.rows)
        return "{" + rows + "}"
    inside = ", ".join(flat(item) for item in piece.items)
    if piece.brackets == "()" and len(piece.items) == 1:
        inside += ","
    return piece.brackets[0] + inside + piece.brackets[1]


def _flat_argument(argument: tuple[str | None, Piece]) -> str:
    key, value = argument
    return flat(value) if key is None else f"{key}={flat(value)}"


def render(piece: Piece, indent: int = 0, before: str = "", after: str = "") -> str:
    """``before`` + piece + ``after``, at a line's indent (not written on the first
    line); ``after`` follows the piece directly: a comma, or nothing."""
    line = before + flat(piece) + after
    if indent + columns(line) <= WIDTH:
        return line
    if isinstance(piece, Either):
        return render(piece.long, indent, before, after)
    if isinstance(piece, Text):
        return _split_text(piece.value, indent, before, after) or line
    inner = indent + INDENT
    if isinstance(piece, Index):
        key = render(piece.key, inner)
        return before + piece.name + "[" + _block([key], indent) + "]" + after
    if isinstance(piece, Call):
        if not piece.arguments:
            return line
        body = ", ".join(_flat_argument(argument) for argument in piece.arguments)
        if inner + columns(body) <= WIDTH:
            return before + piece.name + "(" + _block([body], indent) + ")" + after
        lines = [
            render(value, inner, "" if key is None else f"{key}=", ",")
            for key, value in piece.arguments
        ]
        return before + piece.name + "(" + _block(lines, indent) + ")" + after
    if isinstance(piece, Table):
        lines = [
            render(value, inner, flat(key) + ": ", ",") for key, value in piece.rows
        ]
        return before + "{" + _block(lines, indent) + "}" + after if lines else line
    if isinstance(piece, Items):
        lines = [render(item, inner, "", ",") for item in piece.items]
        if lines:
            left, right = piece.brackets[0], piece.brackets[1]
            return before + left + _block(lines, indent) + right + after
    return line


def _block(lines: Sequence[str], indent: int) -> str:
    """Lines between two brackets, one level further in than ``indent``."""
    inner = "\n" + " " * (indent + INDENT)
    return "".join(inner + line for line in lines) + "\n" + " " * indent


def _split_text(text: str, indent: int, before: str, after: str) -> str | None:
    """A long string behind `key=` as several literals in parentheses; None where it
    has no place to split, does not stand behind a key, or would fit in the parentheses
    in one piece (ruff then joins it)."""
    room = WIDTH - indent - INDENT
    if not before.endswith("=") or columns(literal(text)) <= room:
        return None
    parts: list[str] = []
    for word in _words(text):
        joined = parts[-1] + word if parts and parts[-1][-1] != "\n" else ""
        if joined and columns(literal(joined)) <= room:
            parts[-1] += word
        else:
            parts.append(word)
    if len(parts) < 2:
        return None
    lines = [literal(part) for part in parts]
    return before + "(" + _block(lines, indent) + ")" + after


def _words(text: str) -> list[str]:
    """The text in pieces that end after a space or a line break."""
    words = [""]
    for index, character in enumerate(text):
        words[-1] += character
        following = text[index + 1 : index + 2]
        if character in " \n" and following not in ("", " ", "\n"):
            words.append("")
    return words


# ── statements ────────────────────────────────────────────────────────────────


def assignment(target: str, piece: Piece, indent: int = 0) -> str:
    """`target = piece`."""
    return render(piece, indent, f"{target} = ")


def from_import(module: str, names: Sequence[str]) -> str:
    """`from module import a, b`, names in the order in which ruff keeps them."""
    ordered = sorted(set(names), key=_import_order)
    line = f"from {module} import {', '.join(ordered)}"
    if len(line) <= WIDTH:
        return line
    return f"from {module} import (" + _block([name + "," for name in ordered], 0) + ")"


def _import_order(name: str) -> tuple[int, list[tuple[int, int, str]], str]:
    """CONSTANTS, Classes, then the rest; digits by their number."""
    kind = 2
    if len(name) > 1 and name.isupper():
        kind = 0
    elif name[:1].isupper():
        kind = 1
    return kind, natural(name), name


def natural(name: str) -> list[tuple[int, int, str]]:
    """A sort key in which `step_2` comes before `step_10`."""
    key: list[tuple[int, int, str]] = []
    digits = ""
    for character in name + "\0":
        if character.isdigit():
            digits += character
            continue
        if digits:
            key.append((0, int(digits), digits))
            digits = ""
        key.append((1, 0, character.lower()))
    return key


def docstring(text: str, indent: int = 0) -> str:
    """A docstring with its quotes. Lines are not wrapped; those after the first lose
    the indentation that they share."""
    first, *rest = [_documented(line) for line in text.strip("\n ").split("\n")]
    first = first.strip()
    if first.startswith('"'):
        first = " " + first
    rest = dedent("\n".join(rest)).split("\n") if any(rest) else []
    if not rest and not first.endswith("\\"):
        bare = first.endswith('"') and not first.endswith('\\"\\"\\"')
        return f'"""{first}{" " if bare else ""}"""'
    margin = " " * indent
    body = "".join(f"{margin}{line}".rstrip() + "\n" for line in rest)
    return f'"""{first}\n{body}{margin}"""'


def comment(line: str, indent: int = 0) -> str:
    """One line of a comment."""
    return f"{' ' * indent}# {_seen(line)}".rstrip()


def _documented(line: str) -> str:
    """One line of a docstring: nothing in it ends the string or escapes."""
    shown = _seen(line.replace("\t", "    ").replace("\\", "\\\\"))
    return shown.replace('"""', '\\"\\"\\"').rstrip()


# What a reader of the code could not see, or would see in the wrong order.
_UNSEEN = re.compile(
    "[\x00-\x1f\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f"
    "\ud800-\udfff\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]"
)


def _seen(line: str) -> str:
    return _UNSEEN.sub(lambda match: _spelled(match[0], ""), line)
