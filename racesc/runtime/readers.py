"""One reader per answer type: text in, a value of exactly that type or a reason out.

Refinements are not checked here (``member.py`` does), except the caps that keep a
hostile answer cheap: 400 digits, 10,000 items, 100,000 characters.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from .numerals import rational, whole
from .spelling import (
    GRAPH_NAME,
    LAYERS,
    LONGEST_PAYLOAD,
    MOST_ITEMS,
    inside,
    lead_in,
    lines_of,
    peel,
    pieces,
    plain_items,
    unquote,
)
from .types import (
    Bool,
    Graph,
    Int,
    Labels,
    List,
    Matrix,
    Newtype,
    Rat,
    Set,
    Str,
    Tuple,
    Type,
)

LONGEST_TEXT = 100_000
# Scalars with all their wrapping; texts have their own cap.
_LONGEST_SCALAR = 5_000
# How many items of a set may hash alike; more make a frozenset quadratic.
_MOST_COLLISIONS = 64


@dataclass(frozen=True)
class Unreadable:
    """No value could be read, and why."""

    reason: str


NO_INT = Unreadable("not one whole number")
NO_RAT = Unreadable("not one whole number or fraction")
NO_BOOL = Unreadable("neither true nor false")
NO_LABEL = Unreadable("none of the words to choose from")
NO_LIST = Unreadable("not one list")
NO_BRACKETS = Unreadable("an inner list without its own brackets")
NO_TUPLE = Unreadable("not as many values as asked for")
NO_SET = Unreadable("not one set")
NO_MATRIX = Unreadable("not rows of equal length")
NO_GRAPH = Unreadable("not one graph")
NO_TEXT = Unreadable("not one text")
TOO_LONG = Unreadable("too long")
TOO_MANY = Unreadable("more items than the answer can have")


def read(text: str, type: Type) -> Any:
    """The value that a payload spells, exactly of the type, or ``Unreadable``."""
    if type.__class__ is Int:
        if len(text) <= 18 and text.isascii() and text.isdigit():
            return int(text)
        return _layered(text, _int, False)
    if len(text) > LONGEST_PAYLOAD:
        return TOO_LONG
    return _reader(type)(text.strip(), type, False)


def readings(text: str, type: Type) -> tuple[Any, ...]:
    """Every value that a payload may spell, the likeliest (``read``'s) first.

    Only a bare string has more than one: `**a**` without quotes spells itself and
    `a`; in quotes there is no doubt. Unreadable: no value at all.
    """
    while type.__class__ is Newtype:
        type = type.body
    if isinstance(type, Str):
        return tuple(_texts(text.strip(), type, False))
    value = read(text, type)
    return () if isinstance(value, Unreadable) else (value,)


def _reader(type: Type) -> Callable[[str, Any, bool], Any]:
    return _READERS.get(type.__class__, _no_reader)


def _no_reader(text: str, type: Any, nested: bool) -> Any:
    return Unreadable("no value of this type can be read")


Core = Callable[[str, bool], Any]


def _layered(
    text: str, core: Core, nested: bool, others: Collection[str] = frozenset()
) -> Any:
    """Try a scalar's core on the text, then under each layer of wrapping.

    A lead-in that holds one of the ``others`` is no lead-in, but a second answer.
    """
    text = text.strip()
    if len(text) > _LONGEST_SCALAR:
        return TOO_LONG
    result: Any = NO_TEXT
    for _ in range(LAYERS):
        result = core(text, nested)
        if result.__class__ is not Unreadable:
            return result
        shorter = peel(text) or _unquoted(text)
        if not shorter and text[-1:] == "." and text[-2:-1] != ".":
            shorter = text[:-1].rstrip()
        if not shorter and not nested:
            lead = lead_in(text)
            if lead and not any(word in others for word in lead.words):
                shorter = lead.rest
        if not shorter:
            return result
        text = shorter
    return result


_CURLED = {"“": "”", "‘": "’", "„": "“", "«": "»"}


def _unquoted(text: str) -> str | None:
    literal = unquote(text)
    if literal is None and len(text) > 2 and _CURLED.get(text[0]) == text[-1]:
        literal = text[1:-1]
    return literal.strip() or None if literal else None


def _int(text: str, nested: bool) -> int | Unreadable:
    value = whole(text, nested)
    return NO_INT if value is None else value


def _rat(text: str, nested: bool) -> Fraction | Unreadable:
    value = rational(text, nested)
    return NO_RAT if value is None else value


_TRUTH = {"true": True, "yes": True, "false": False, "no": False}


def _truth(text: str, nested: bool) -> bool | Unreadable:
    if len(text) > 5:
        return NO_BOOL
    value = _TRUTH.get(text.lower())
    return NO_BOOL if value is None else value


# ── words and texts ──


def _labels(text: str, type: Any, nested: bool) -> Any:
    labels: tuple[str, ...] = type.labels

    def core(text: str, nested: bool) -> Any:
        if text in labels:
            return text
        literal = unquote(text)
        if literal is not None and literal in labels:
            return literal
        folded = text.casefold()
        alike = [label for label in labels if label.casefold() == folded]
        return alike[0] if len(alike) == 1 else NO_LABEL

    return _layered(text, core, nested, [label.casefold() for label in labels])


def _announced(text: str) -> str | None:
    """A text without "The answer is"; nothing else counts as a lead-in to a text."""
    lead = lead_in(text)
    return lead.rest if lead and lead.announces() else None


def _texts(text: str, type: Str, nested: bool) -> list[str]:
    """The strings that a trimmed text may stand for, the likeliest first."""
    if not text or len(text) > 8 * LONGEST_TEXT:
        return []
    literal = unquote(text, single=nested)
    if literal is not None:
        return [literal] if len(literal) <= LONGEST_TEXT else []
    if nested and text[0] in "\"'[({":
        return []
    # Wrappers come off one by one. Those that no plain answer has (`sure` counts them)
    # come off even where any character may belong to the answer.
    layers = [text]
    sure = 0
    certain = True
    for _ in range(LAYERS):
        last = layers[-1]
        shorter = peel(last) or (None if nested else _announced(last))
        if not shorter:
            certain = False
            shorter = _loosened(last, nested)
        if not shorter:
            break
        literal = unquote(shorter)
        if literal is not None and (shorter[0] == '"' or certain):
            return [value for value in (literal, text) if len(value) <= LONGEST_TEXT]
        layers.append(shorter)
        sure += certain
    likeliest = sure
    if type.alphabet is not None:
        fitting = (n for n, x in enumerate(layers) if not x.strip(type.alphabet))
        likeliest = next(fitting, 0)
    ordered = [layers[likeliest], *layers[:likeliest], *layers[likeliest + 1 :]]
    return [value for value in ordered if len(value) <= LONGEST_TEXT]


def _loosened(text: str, nested: bool) -> str | None:
    """A text without single quotes, a full stop or a lead-in that it may well mean."""
    if len(text) > 2 and (
        _CURLED.get(text[0]) == text[-1] or text[0] == text[-1] == "'"
    ):
        return unquote(text) or text[1:-1].strip() or None
    if text[-1:] == "." and len(text) > 1 and text[-2:-1] != ".":
        return text[:-1].rstrip()
    lead = None if nested else lead_in(text)
    return lead.rest if lead else None


def _str(text: str, type: Any, nested: bool) -> Any:
    values = _texts(text, type, nested)
    return values[0] if values else NO_TEXT


# ── collections ──

# The plainest spellings, flat in their type's own depth, are read at once.
_N = r"-?[0-9]{1,18}+"
_ROW = rf"\[(?:{_N}(?:, ?{_N})*+)?\]"
_INTS = re.compile(_ROW)
_INT_ROWS = re.compile(rf"\[{_ROW}(?:, ?{_ROW})*+\]")
_BETWEEN_ROWS = re.compile(r"\], ?\[")
_INT_TUPLE = re.compile(rf"\({_N}(?:, ?{_N})++\)|\[{_N}(?:, ?{_N})++\]")
_INT_SET = re.compile(rf"\{{{_N}(?:, ?{_N})*+\}}")
_PLAIN_TEXTS = re.compile(r'\["[^"\\]*+"(?:, ?"[^"\\]*+")*+\]')
_PLAIN_TEXT = re.compile(r'"([^"]*+)"')


def _ints(body: str) -> list[int]:
    return list(map(int, body.split(","))) if body else []


def _is_collection(type: Type) -> bool:
    while isinstance(type, Newtype):
        type = type.body
    return isinstance(type, (List, Set, Matrix, Graph, Tuple))


def _is_wordy(type: Type) -> bool:
    """Whether bare words may be part of the value, so that they are no lead-in."""
    while True:
        if isinstance(type, (Str, Labels, Bool)):
            return True
        if isinstance(type, (List, Set, Matrix)):
            type = type.item
        elif isinstance(type, Newtype):
            type = type.body
        else:
            return isinstance(type, Tuple) and any(map(_is_wordy, type.items))


# Behind one of these a full stop belongs to the sentence.
_CLOSED = ("]", ")", "}", "`", "*", "$", '"', "∅")


def _opens(text: str, openings: str) -> bool:
    """Whether a text begins as the value itself; `G = graph(…)` does not."""
    return text[0] in openings and (
        not text[0].isalpha() or GRAPH_NAME.match(text) is not None
    )


# A comma with a LaTeX space behind it.
_LATEX_SPACE = re.compile(r",\\[,;: ]")


def _bare(text: str, type: Type, nested: bool, openings: str) -> str:
    """A collection's text without the wrapping around it."""
    if "\\" in text and not _is_wordy(type):
        text = _LATEX_SPACE.sub(", ", text)
    for _ in range(LAYERS):
        shorter = peel(text)
        if shorter is None and text[-1] == "." and text[-2:-1] in _CLOSED:
            shorter = text[:-1]
        if shorter is None and text.startswith("\\left"):
            # Nothing may be left of it.
            shorter = text.replace("\\left", "").replace("\\right", "").strip() or None
        if shorter is None and text[0] == '"' and text[1:2] in tuple(openings):
            literal = unquote(text)
            shorter = literal.strip() if literal else None
        if shorter is None and not nested and not _opens(text, openings):
            lead = lead_in(text)
            if lead and (
                lead.rest[0] in openings + '"$`*\\'
                or lead.announces()
                or not _is_wordy(type)
            ):
                shorter = lead.rest
        if shorter is None:
            break
        text = shorter
    return text


def _read_all(texts: Sequence[str], type: Type, loose: bool = False) -> Any:
    """The items' values, or the first reason why not."""
    if len(texts) > MOST_ITEMS:
        return TOO_MANY
    reader = _reader(type)
    values = []
    for text in texts:
        value = reader(text, type, not loose)
        if value.__class__ is Unreadable:
            return value
        values.append(value)
    return values


def _items(body: str, item: Type, bracketed: bool, single_row: bool = False) -> Any:
    """The values of a list's items, from the text between its brackets."""
    body = body.strip()
    if not body:
        return []
    cut = pieces(body, bare=not bracketed)
    if not _is_collection(item):
        return NO_LIST if cut is None else _read_all(cut[0], item)
    openings = _openings(item)
    if cut is not None and all(part[0] in openings for part in cut[0]):
        return _read_all(cut[0], item)
    lines = lines_of(body)
    if len(lines) > 1 or (single_row and not bracketed):
        return _read_all(lines, item, loose=True)
    return NO_LIST if cut is None else NO_BRACKETS


def _openings(type: Type) -> str:
    while isinstance(type, Newtype):
        type = type.body
    if isinstance(type, Set):
        return "[({\\sf∅"
    return "[(gd" if isinstance(type, Graph) else "[("


def _list(text: str, type: Any, nested: bool) -> Any:
    if len(text) <= MOST_ITEMS:
        kind = type.item.__class__
        if kind is Int:
            if _INTS.fullmatch(text):
                return _ints(text[1:-1])
        elif kind is Str:
            if _PLAIN_TEXTS.fullmatch(text):
                return _PLAIN_TEXT.findall(text)
        elif kind is List and type.item.item.__class__ is Int:
            if _INT_ROWS.fullmatch(text):
                return [_ints(row) for row in _BETWEEN_ROWS.split(text[2:-2])]
    if not text:
        return NO_LIST
    plain = plain_items(text)
    if plain is not None and not _is_collection(type.item) and ",\\" not in text:
        return _read_all(plain, type.item)
    text = _bare(text, type, nested, "[(")
    held = inside(text)
    if held is None and nested:
        return NO_BRACKETS
    return _items(text if held is None else held, type.item, held is not None)


_EMPTY_SETS = ("∅", "\\emptyset", "\\varnothing")


def _set(text: str, type: Any, nested: bool) -> Any:
    if not text:
        return NO_SET
    if type.item.__class__ is Int and len(text) <= MOST_ITEMS:
        if _INT_SET.fullmatch(text):
            return _frozen(_ints(text[1:-1]), type)
    text = _bare(text, type, nested, "[({")
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
    values = _items(text if held is None else held, type.item, held is not None)
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


def _matrix(text: str, type: Any, nested: bool) -> Any:
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
            return [_ints(row) for row in _BETWEEN_ROWS.split(text[2:-2])]
    text = _bare(text, type, nested, "[(")
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
    return _items(body, List(type.item), held is not None, single_row=True)


def _latex_rows(body: str, item: Type) -> Any:
    lines = body.removesuffix("\\\\").split("\\\\")
    if body.count("&") > MOST_ITEMS or len(lines) > MOST_ITEMS:
        return TOO_MANY
    rows = []
    for line in lines:
        row = _read_all([cell.strip() for cell in line.split("&")], item)
        if isinstance(row, Unreadable):
            return row
        rows.append(row)
    return rows


def _tuple(text: str, type: Any, nested: bool) -> Any:
    types: tuple[Type, ...] = type.items
    if not text:
        return NO_TUPLE
    if len(text) <= MOST_ITEMS and _INT_TUPLE.fullmatch(text):
        if all(item.__class__ is Int for item in types):
            numbers = _ints(text[1:-1])
            return tuple(numbers) if len(numbers) == len(types) else NO_TUPLE
    plain = plain_items(text)
    if plain is not None and len(plain) == len(types) and ",\\" not in text:
        return _read_each(plain, types, loose=False)
    text = _bare(text, type, nested, "[(")
    held = inside(text)
    if held is None and nested:
        return NO_BRACKETS
    body = (text if held is None else held).strip()
    cut = pieces(body, bare=held is None) if body else ([], "")
    if cut is not None and len(cut[0]) == len(types):
        loose = cut[1] == "lines"
        values = _read_each(cut[0], types, loose)
        if not isinstance(values, Unreadable):
            return values
    else:
        values = NO_TUPLE
    lines = lines_of(body)
    if len(lines) == len(types) and len(lines) > 1:
        return _read_each(lines, types, loose=True)
    return values


def _read_each(texts: Sequence[str], types: Sequence[Type], loose: bool) -> Any:
    values = []
    for text, type in zip(texts, types, strict=True):
        value = _read_all([text], type, loose and _is_collection(type))
        if isinstance(value, Unreadable):
            return value
        values += value
    return tuple(values)


_P = rf"\({_N}, ?{_N}\)"
_L = rf"\[{_N}, ?{_N}\]"
_INT_GRAPH = re.compile(
    rf"(?:(?:di)?graph)?\({_N}, ?\[(?:{_P}(?:, ?{_P})*+)?\]\)"
    rf"|\[{_N}, ?\[(?:{_L}(?:, ?{_L})*+)?\]\]"
)
_NUMBER = re.compile(_N)


def _graph(text: str, type: Any, nested: bool) -> Any:
    if not text:
        return NO_GRAPH
    if type.weight is None and len(text) <= MOST_ITEMS:
        if (type.directed or text[0] != "d") and _INT_GRAPH.fullmatch(text):
            numbers = list(map(int, _NUMBER.findall(text)))
            pairs = zip(numbers[1::2], numbers[2::2], strict=True)
            return _joined(numbers[0], list(pairs), type)
    text = _bare(text, type, nested, "[(gdGD")
    name = GRAPH_NAME.match(text)
    if name:
        # A directed graph is no undirected one; `graph` may name either.
        if name[1] and not type.directed:
            return NO_GRAPH
        text = text[name.end() - 1 :]
    held = inside(text)
    if held is None and nested:
        return NO_BRACKETS
    cut = pieces((text if held is None else held).strip() or ",", bare=False)
    if cut is None or len(cut[0]) != 2:
        return NO_GRAPH
    count = _int(cut[0][0], True)
    listed = inside(cut[0][1], "[({")
    if isinstance(count, Unreadable) or listed is None:
        return NO_GRAPH
    listed = listed.strip()
    spelled = pieces(listed, bare=False) if listed else ([], "")
    if spelled is None:
        return NO_GRAPH
    edges = []
    for part in spelled[0]:
        edge = _edge(part, type)
        if isinstance(edge, Unreadable):
            return edge
        edges.append(edge)
    return _joined(count, edges, type)


def _edge(text: str, type: Graph) -> Any:
    held = (inside(text, "[({") or "").strip()
    cut = pieces(held, bare=False) if held else None
    if cut is None or len(cut[0]) != (2 if type.weight is None else 3):
        return NO_GRAPH
    ends = _int(cut[0][0], True), _int(cut[0][1], True)
    if isinstance(ends[0], Unreadable) or isinstance(ends[1], Unreadable):
        return NO_GRAPH
    if type.weight is None:
        return ends
    weight = _read_all(cut[0][2:], type.weight)
    return weight if isinstance(weight, Unreadable) else (*ends, *weight)


def _joined(count: int, edges: list[Any], type: Graph) -> Any:
    """The graph, its edges turned and sorted as graphs have them."""
    for place, (first, second, *weight) in enumerate(edges):
        if first == second or not (1 <= first <= count and 1 <= second <= count):
            return Unreadable("an edge joins no two of the nodes")
        if first > second and not type.directed:
            edges[place] = (second, first, *weight)
    edges.sort(key=_ends)
    if any(a[:2] == b[:2] for a, b in zip(edges, edges[1:], strict=False)):
        return Unreadable("an edge stands twice")
    return NO_GRAPH if count < 0 else (count, edges)


def _ends(edge: tuple[Any, ...]) -> tuple[Any, ...]:
    return edge[:2]


def _newtype(text: str, type: Any, nested: bool) -> Any:
    return _reader(type.body)(text, type.body, nested)


_READERS: dict[type[Any], Callable[[str, Any, bool], Any]] = {
    Int: lambda text, type, nested: _layered(text, _int, nested),
    Rat: lambda text, type, nested: _layered(text, _rat, nested),
    Bool: lambda text, type, nested: _layered(text, _truth, nested, _TRUTH),
    Labels: _labels,
    Str: _str,
    List: _list,
    Set: _set,
    Matrix: _matrix,
    Tuple: _tuple,
    Graph: _graph,
    Newtype: _newtype,
}
