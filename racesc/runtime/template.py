"""Filling in an environment's description: values, or references in their place."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from string import Formatter
from typing import Any

from .text import show
from .types import Matrix, Newtype, Type


@lru_cache(maxsize=4096)
def pieces(template: str) -> tuple[tuple[str, str | None, str], ...]:
    """A template as (text, parameter after it or None, filter) in order."""
    return tuple(
        (text, name, spec or "") for text, name, spec, _ in Formatter().parse(template)
    )


def fill(
    template: str,
    values: Mapping[str, Any],
    types: Mapping[str, Type],
    names: Mapping[str, str],
) -> str:
    """The description with each parameter as ``names`` has it, else its value."""
    out: list[str] = []
    for text, name, spec in pieces(template):
        out.append(text)
        if name is None:
            continue
        if name in names:
            reference = names[name]
            if not "".join(out).strip():
                reference = reference[:1].upper() + reference[1:]
            out.append(f"({reference})-th" if spec == "ordinal" else reference)
        elif spec:
            out.append(_filtered(spec, values[name], types[name]))
        else:
            out.append(show(values[name], types[name]))
    return "".join(out)


def _filtered(spec: str, value: Any, type: Type) -> str:
    """A value under one of the filters `ordinal`, `grid`, `spaced`."""
    if spec == "ordinal":
        return ordinal(value)
    while isinstance(type, Newtype):
        type = type.body
    item = type.item  # type: ignore[union-attr]
    if spec == "grid" and isinstance(type, Matrix):
        rows = [" ".join([show(cell, item) for cell in row]) for row in value]
        return "\n" + "\n".join(rows) + "\n"
    if isinstance(value, frozenset):
        value = sorted(value)
    return " ".join([show(part, item) for part in value])


def ordinal(number: int) -> str:
    """1st, 2nd, 3rd, 4th, …"""
    last = abs(number) % 100
    ending = (
        "th" if 10 <= last <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(last % 10, "th")
    )
    return f"{number}{ending}"
