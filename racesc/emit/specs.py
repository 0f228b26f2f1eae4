"""Nodes written as the data that `racesc/runtime/spec.py` reads.

``Table`` keeps the parts that composites share, each once, in the order in which they
were first needed, and says what a package must carry for them.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from fractions import Fraction
from functools import lru_cache
from typing import Any

from racesc.operators.step import Source, Step
from racesc.runtime.base import Base
from racesc.runtime.brick import Brick
from racesc.runtime.spec import KINDS, Data
from racesc.runtime.types import Int

LONG = 4  # a tuple of more parts than these is a part itself
_TYPES = tuple(
    kind
    for name, kind in KINDS.items()
    if isinstance(kind, type) and kind.__module__ == Int.__module__
)
_SHARED = (Brick, Source, Step, *_TYPES)


class Table:
    """Parts with their numbers; ``rows`` are their lines of JSON."""

    def __init__(self) -> None:
        self.rows: list[str] = []
        self.bases: dict[str, Base] = {}
        self.operators: dict[str, type] = {}  # by class name
        self._numbers: dict[str, str] = {}
        self._seen: dict[int, tuple[Any, str]] = {}  # by identity, which is kept alive

    def write(self, thing: Any) -> Data:
        """A node, or a value inside one, as data."""
        if thing is None or isinstance(thing, (bool, int)):
            return thing
        if isinstance(thing, str):
            return f"'{thing}"
        if isinstance(thing, Fraction):
            return f"={thing}"
        if isinstance(thing, Base):
            self.bases.setdefault(thing.name, thing)
            return f"@{thing.name}"
        if isinstance(thing, tuple):
            if len(thing) <= LONG:
                return [self.write(item) for item in thing]
            known = self._seen.get(id(thing))
            if known is None:
                known = (thing, self._part([self.write(item) for item in thing]))
                self._seen[id(thing)] = known
            return known[1]
        if isinstance(thing, list):
            return {"list": [self.write(item) for item in thing]}
        if isinstance(thing, frozenset):
            return {"set": [self.write(item) for item in sorted(thing)]}
        if isinstance(thing, Mapping):
            return {"map": {name: self.write(item) for name, item in thing.items()}}
        if isinstance(thing, _SHARED):
            known = self._seen.get(id(thing))
            if known is None:
                known = (thing, self._part(self._construction(thing)))
                self._seen[id(thing)] = known
            return known[1]
        return self._construction(thing)

    def _construction(self, thing: Any) -> Data:
        """A dataclass by its fields, without the defaults at the end."""
        assert is_dataclass(thing), f"no way to write {type(thing).__name__}"
        kind: Any = type(thing)
        if kind.__name__ not in KINDS:
            self.operators.setdefault(kind.__name__, kind)
        contents = [(getattr(thing, name), usual) for name, usual in _fields(kind)]
        while contents and _is_default(*contents[-1]):
            contents.pop()
        return {kind.__name__: [self.write(content) for content, _ in contents]}

    def _part(self, data: Data) -> str:
        text = json.dumps(data, separators=(",", ":"))
        if text not in self._numbers:
            self._numbers[text] = f"#{len(self.rows)}"
            self.rows.append(text)
        return self._numbers[text]


@lru_cache(maxsize=None)
def _fields(kind: type) -> tuple[tuple[str, Any], ...]:
    """The names of a dataclass's fields, each with its default or MISSING."""
    return tuple((one.name, _default(one)) for one in fields(kind) if one.init)


def _default(part: Field[Any]) -> Any:
    if part.default_factory is not MISSING:
        return part.default_factory()
    return part.default


def _is_default(content: Any, usual: Any) -> bool:
    return usual is not MISSING and _same(content, usual)


def _same(content: Any, usual: Any) -> bool:
    # A Fraction inside equals the whole number, and has to come back as it was.
    return bool(content == usual) and repr(content) == repr(usual)
