"""Nodes as JSON data, built when they are asked for.

A suite holds thousands of composites of the same few parts. Parts (types, base
environments in their places, steps, SELECT's pools) lie in one table, each composed of
earlier ones and built once; a composite is a short line that refers to them:

    null true false 7     themselves
    "'north"              a text
    "=3/4"                a fraction
    "@lists.sort"         a declaration
    "#12"                 part 12 of the table
    [..]                  a tuple
    {"list": [..]}        a list; so {"set": [..]}, and {"map": {..}} with names as keys
    {"Int": [0, 9]}       `Int(0, 9)`: the fields in order, defaults at the end left out

`racesc/emit/specs.py` writes them.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import is_dataclass
from fractions import Fraction
from typing import Any

from . import bounds, types
from .base import Base, Level, Parameter
from .brick import Brick

Data = Any  # what JSON has
# Parts kept, the latest ones: most are those of one composite alone, and thousands of
# them would make looking for unused memory, which Python does at times, take long.
KEPT = 2048

KINDS: dict[str, Callable[..., Any]] = {
    **{
        name: kind
        for module in (types, bounds)
        for name, kind in vars(module).items()
        if isinstance(kind, type) and is_dataclass(kind)
    },
    "Brick": Brick,
    "Level": Level,
    "Parameter": Parameter,
}


class Parts:
    """The table: ``rows`` are its lines as JSON, ``operators`` the constructors beyond
    ``KINDS`` by name, ``declaration`` finds a base environment by qualified name."""

    def __init__(
        self,
        rows: Sequence[str],
        operators: Mapping[str, Callable[..., Any]],
        declaration: Callable[[str], Base],
    ) -> None:
        self._rows = list(rows)
        self._operators = operators
        self._kinds = {**KINDS, **operators}
        self._declaration = declaration
        self._built: dict[int, Any] = {}

    def beside(self, rows: Sequence[str]) -> Parts:
        """Another table over the same operators and declarations."""
        return Parts(rows, self._operators, self._declaration)

    def add(self, rows: Sequence[str]) -> None:
        """Have further lines, at the end."""
        self._rows.extend(rows)

    def part(self, number: int) -> Any:
        """A part of the table; the same object as long as it is in use. Those that were
        not asked for in a long time are built anew."""
        found = self._built.pop(number, None)
        if found is None:
            found = self.build(json.loads(self._rows[number]))
            if len(self._built) >= KEPT:
                del self._built[next(iter(self._built))]
        self._built[number] = found
        return found

    def build(self, data: Data) -> Any:
        """The node, or whatever else the data describes."""
        if isinstance(data, str):
            return self._marked(data)
        if isinstance(data, list):
            return tuple([self.build(item) for item in data])
        if not isinstance(data, dict):
            return data
        ((kind, content),) = data.items()
        if kind == "map":
            return {name: self.build(item) for name, item in content.items()}
        items = [self.build(item) for item in content]
        if kind == "list":
            return items
        if kind == "set":
            return frozenset(items)
        return self._kinds[kind](*items)

    def _marked(self, text: str) -> Any:
        mark, rest = text[:1], text[1:]
        if mark == "#":
            return self.part(int(rest))
        if mark == "'":
            return rest
        if mark == "@":
            return self._declaration(rest)
        if mark == "=":
            return Fraction(rest)
        raise ValueError(f"{text!r} is no part of a node")
