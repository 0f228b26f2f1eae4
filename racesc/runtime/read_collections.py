"""Readers of lists, sets, matrices and tuples."""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from .read_items import NUMBER, bare, ints, is_collection, read_all, read_items
from .size import MOST_ITEMS
from .spelling import inside, lines_of, pieces, plain_items
from .types import Int, List, Newtype, Rat, Set, Str, Type
from .unreadable import (
    NO_BRACKETS,
    NO_LIST,
    NO_MATRIX,
    NO_SET,
    NO_TUPLE,
    TOO_MANY,
    Unreadable,
)

# How many items of a set may hash alike; more make a frozenset quadratic.
_MOST_COLLISIONS = 64

# The plainest spellings, flat in their type's own depth, are read at once.
_ROW = rf"\[(?:{NUMBER}(?:, ?{NUMBER})*+)?\]"
_INTS = re.compile(_ROW)
_INT_ROWS = re.compile(rf"\[{_ROW}(?:, ?{_ROW})*+\]")
_BETWEEN_ROWS = re.compile(r"\], ?\[")
_INT_TUPLE = re.compile(rf"\({NUMBER}(?:, ?{NUMBER})++\)|\[{NUMBER}(?:, ?{NUMBER})++\]")
_INT_SET = re.compile(rf"\{{{NUMBER}(?:, ?{NUMBER})*+\}}")
_PLAIN_TEXTS = re.compile(r'\["[^"\\]*+"(?:, ?"[^"\\]*+")*+\]')
_PLAIN_TEXT = re.compile(r'"([^"]*+)"')


def read_list(text: str, type: Any, nested: bool) -> Any:
    """`[3, 1, 2]`, with or without brackets, by commas, lines or spaces."""
    if len(text) <= MOST_ITEMS:
        kind = type.item.__class__
        if kind is Int:
            if _INTS.fullmatch(text):
                return ints(text[1:-1])
        elif kind is Str:
            if _PLAIN_TEXTS.fullmatch(text):
                return _PLAIN_TEXT.findall(text)
        elif kind is List and type.item.item.__class__ is Int:
            if _INT_ROWS.fullmatch(text):
                return [ints(row) for row in _BETWEEN_ROWS.split(text[2:-2])]
    if not text:
        return NO_LIST
    plain = plain_items(text)
    if plain is not None and not is_collection(type.item) and ",\\" not in text:
        return read_all(plain, type.item)
    text = bare(text, type, nested, "[(")
    held = inside(text)
    if held is None and nested:
        return NO_BRACKETS
    return read_items(text if held is None else held, type.item, held is not None)


_EMPTY_SETS = ("∅", "\\emptyset", "\\varnothing")


def read_set(text: str, type: Any, nested: bool) -> Any:
    """`{1, 2}`, also in a list's brackets, and the empty set in all its forms."""
    if not text:
        return NO_SET
    if type.item.__class__ is Int and len(text) <= MOST_ITEMS:
        if _INT_SET.fullmatch(text):
            return _frozen(ints(text[1:-1]), type)
    text = bare(text, type, nested, "[({")
    if text in _EMPTY_SETS:
        return frozenset()
    for prefix in ("frozenset(", "set("):
        if text.startswith(prefix) and text.endswith(")"):
            text = text[len(prefix) : -1].strip()
            if not text:
                return frozenset()
    if text.startswith("\\{") and text.endswith("\\}"):
        text = "{" + text[2:-2] + "}"
    held = inside(text, "[({")
    if held is None and nested:
        return NO_BRACKETS
    values = read_items(text if held is None else held, type.item, held is not None)
    return values if isinstance(values, Unreadable) else _frozen(values, type)


def _frozen(values: list[Any], type: Set) -> Any:
    """The set of the values, once that is known to be cheap."""
    most = type.length[1]
    if isinstance(most, (int, Fraction)) and len(values) > most:
        return TOO_MANY
    item: Any = type.item
    while isinstance(item, Newtype):
        item = item.body
    if isinstance(item, (Int, Rat)):
        low, high = item.low, item.high
        for value in values:
            if isinstance(low, (int, Fraction)) and value < low:
                return Unreadable("an item is too small")
            if isinstance(high, (int, Fraction)) and value > high:
                return Unreadable("an item is too large")
    if len(values) > _MOST_COLLISIONS:
        # Values are sorted by their hashes, never put into a table: multiples of
        # 2^61 - 1 all hash to 0.
        hashes = sorted(map(hash, values))
        step = _MOST_COLLISIONS
        if any(a == b for a, b in zip(hashes, hashes[step:], strict=False)):
            return Unreadable("too many like items")
    return frozenset(values)


_LATEX_MATRIX = re.compile(r"\\begin\{([a-z]{0,8}matrix|array)\}(?:\{[lcr|]{1,50}\})?")


def read_matrix(text: str, type: Any, nested: bool) -> Any:
    """`[[1, 2], [3, 4]]`, rows by lines, or in LaTeX."""
    rows = _rows(text, type, nested)
    if isinstance(rows, Unreadable):
        return rows
    if not rows or not rows[0] or any(len(row) != len(rows[0]) for row in rows):
        return NO_MATRIX
    return rows


def _rows(text: str, type: Any, nested: bool) -> Any:
    if not text:
        return NO_MATRIX
    if type.item.__class__ is Int and len(text) <= MOST_ITEMS:
        if _INT_ROWS.fullmatch(text):
            return [ints(row) for row in _BETWEEN_ROWS.split(text[2:-2])]
    text = bare(text, type, nested, "[(")
    framed = (inside(text) or "").strip()
    if framed.startswith("\\begin{"):
        text = framed
    latex = _LATEX_MATRIX.match(text)
    if latex:
        ending = "\\end{" + latex[1] + "}"
        if not text.endswith(ending):
            return NO_MATRIX
        return _latex_rows(text[latex.end() : -len(ending)].strip(), type.item)
    held = inside(text)
    if held is None and nested:
        return NO_BRACKETS
    body = text if held is None else held
    return read_items(body, List(type.item), held is not None, single_row=True)


def _latex_rows(body: str, item: Type) -> Any:
    lines = body.removesuffix("\\\\").split("\\\\")
    if body.count("&") > MOST_ITEMS or len(lines) > MOST_ITEMS:
        return TOO_MANY
    rows = []
    for line in lines:
        row = read_all([cell.strip() for cell in line.split("&")], item)
        if isinstance(row, Unreadable):
            return row
        rows.append(row)
    return rows


def read_tuple(text: str, type: Any, nested: bool) -> Any:
    """`(1, "a")`, as many values as asked for."""
    types: tuple[Type, ...] = type.items
    if not text:
        return NO_TUPLE
    if len(text) <= MOST_ITEMS and _INT_TUPLE.fullmatch(text):
        if all(item.__class__ is Int for item in types):
            numbers = ints(text[1:-1])
            return tuple(numbers) if len(numbers) == len(types) else NO_TUPLE
    plain = plain_items(text)
    if plain is not None and len(plain) == len(types) and ",\\" not in text:
        return read_each(plain, types, loose=False)
    text = bare(text, type, nested, "[(")
    held = inside(text)
    if held is None and nested:
        return NO_BRACKETS
    body = (text if held is None else held).strip()
    cut = pieces(body, bare=held is None) if body else ([], "")
    if cut is not None and len(cut[0]) == len(types):
        loose = cut[1] == "lines"
        values = read_each(cut[0], types, loose)
        if not isinstance(values, Unreadable):
            return values
    else:
        values = NO_TUPLE
    lines = lines_of(body)
    if len(lines) == len(types) and len(lines) > 1:
        return read_each(lines, types, loose=True)
    return values


def read_each(texts: Sequence[str], types: Sequence[Type], loose: bool) -> Any:
    """The values of a tuple's parts, or the first reason why not."""
    values = []
    for text, type in zip(texts, types, strict=True):
        value = read_all([text], type, loose and is_collection(type))
        if isinstance(value, Unreadable):
            return value
        values += value
    return tuple(values)
