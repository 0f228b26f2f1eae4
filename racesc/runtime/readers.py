"""One reader per answer type: text in, a value of exactly that type or a reason out.

Refinements are not checked here (``member.py`` does), except the caps that keep a
hostile answer cheap: 400 digits, 10,000 items, 100,000 characters.
"""

from __future__ import annotations

from typing import Any

from .read_collections import read_list, read_matrix, read_set, read_tuple
from .read_graphs import read_graph
from .read_items import READERS, reader
from .read_scalars import (
    TRUTH,
    layered,
    read_int,
    read_labels,
    read_rat,
    read_str,
    read_texts,
    read_truth,
)
from .spelling import LONGEST_PAYLOAD
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
from .unreadable import TOO_LONG, Unreadable


def read(text: str, type: Type) -> Any:
    """The value that a payload spells, exactly of the type, or ``Unreadable``."""
    if type.__class__ is Int:
        if len(text) <= 18 and text.isascii() and text.isdigit():
            return int(text)
        return layered(text, read_int, False)
    if len(text) > LONGEST_PAYLOAD:
        return TOO_LONG
    return reader(type)(text.strip(), type, False)


def readings(text: str, type: Type) -> tuple[Any, ...]:
    """Every value that a payload may spell, the likeliest (``read``'s) first.

    Only a bare string has more than one: `**a**` without quotes spells itself and
    `a`; in quotes there is no doubt. Unreadable: no value at all.
    """
    while type.__class__ is Newtype:
        type = type.body
    if isinstance(type, Str):
        return tuple(read_texts(text.strip(), type, False))
    value = read(text, type)
    return () if isinstance(value, Unreadable) else (value,)


def _read_newtype(text: str, type: Any, nested: bool) -> Any:
    return reader(type.body)(text, type.body, nested)


READERS.update(
    {
        Int: lambda text, type, nested: layered(text, read_int, nested),
        Rat: lambda text, type, nested: layered(text, read_rat, nested),
        Bool: lambda text, type, nested: layered(text, read_truth, nested, TRUTH),
        Labels: read_labels,
        Str: read_str,
        List: read_list,
        Set: read_set,
        Matrix: read_matrix,
        Tuple: read_tuple,
        Graph: read_graph,
        Newtype: _read_newtype,
    }
)
