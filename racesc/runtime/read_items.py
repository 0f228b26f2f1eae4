"""What the readers of collections share: the wrapping around one, and its items.

Items are of any type, collections too: ``READERS`` has the reader of every type.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any

from .size import MOST_ITEMS
from .spelling import (
    GRAPH_NAME,
    LAYERS,
    lead_in,
    lines_of,
    peel,
    pieces,
    unquote,
)
from .types import Bool, Graph, Labels, List, Matrix, Newtype, Set, Str, Tuple, Type
from .unreadable import NO_BRACKETS, NO_LIST, TOO_MANY, Unreadable

# By the class of the type; `readers.py` knows them all, and puts them here.
READERS: dict[type[Any], Callable[[str, Any, bool], Any]] = {}

# A number as the plainest spellings have it, which are read at once.
NUMBER = r"-?[0-9]{1,18}+"


def reader(type: Type) -> Callable[[str, Any, bool], Any]:
    """The reader of a type: a trimmed text, the type, and whether the text stands inside
    another value give a value or ``Unreadable``."""
    return READERS.get(type.__class__, _no_reader)


def _no_reader(text: str, type: Any, nested: bool) -> Any:
    return Unreadable("no value of this type can be read")


def ints(body: str) -> list[int]:
    """The numbers of a plain list's inside."""
    return list(map(int, body.split(","))) if body else []


def is_collection(type: Type) -> bool:
    """Whether a type's values have brackets of their own."""
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


def bare(text: str, type: Type, nested: bool, openings: str) -> str:
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


def read_all(texts: Sequence[str], type: Type, loose: bool = False) -> Any:
    """The items' values, or the first reason why not."""
    if len(texts) > MOST_ITEMS:
        return TOO_MANY
    read = reader(type)
    values = []
    for text in texts:
        value = read(text, type, not loose)
        if value.__class__ is Unreadable:
            return value
        values.append(value)
    return values


def read_items(body: str, item: Type, bracketed: bool, single_row: bool = False) -> Any:
    """The values of a list's items, from the text between its brackets."""
    body = body.strip()
    if not body:
        return []
    cut = pieces(body, bare=not bracketed)
    if not is_collection(item):
        return NO_LIST if cut is None else read_all(cut[0], item)
    openings = _openings(item)
    if cut is not None and all(part[0] in openings for part in cut[0]):
        return read_all(cut[0], item)
    lines = lines_of(body)
    if len(lines) > 1 or (single_row and not bracketed):
        return read_all(lines, item, loose=True)
    return NO_LIST if cut is None else NO_BRACKETS


def _openings(type: Type) -> str:
    while isinstance(type, Newtype):
        type = type.body
    if isinstance(type, Set):
        return "[({\\sf∅"
    return "[(gd" if isinstance(type, Graph) else "[("
