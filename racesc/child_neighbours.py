"""Wrong answers that are nearly right, to see whether a grader tells them apart.

Runs inside the child process of `racesc test`, loaded by path beside `child_probes.py`.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any


def neighbours(value: Any, kind: Any, types: Any) -> list[Any]:
    """Values of the same constructors that are close to a value and not it."""
    found = []
    if isinstance(kind, types.Newtype):
        return neighbours(value, kind.body, types)
    if isinstance(kind, types.Int):
        found = [value + 1, value - 1, -value, 10 * value]
    elif isinstance(kind, types.Rat):
        found = [value + 1, -value, value + Fraction(1, 12)]
    elif isinstance(kind, types.Bool):
        found = [not value]
    elif isinstance(kind, types.Labels):
        found = list(kind.labels)
    elif isinstance(kind, types.Str):
        found = [value + "a", value[1:], value[::-1], value[:-1] + "b"]
    elif isinstance(kind, types.List):
        found = [value[1:], value[:-1], value[::-1], value + value[:1]]
        found += _with_one_changed(value, kind.item, types)
    elif isinstance(kind, types.Set):
        found = [value - {item} for item in sorted(value)[:2]]
        found += [
            value | {other}
            for item in sorted(value)[:1]
            for other in neighbours(item, kind.item, types)
        ]
    elif isinstance(kind, types.Matrix):
        found = [value[::-1], [list(column) for column in zip(*value, strict=True)]]
        row = types.List(kind.item)
        found += [
            [other, *value[1:]]
            for other in neighbours(value[0], row, types)
            if len(other) == len(value[0])
        ]
    elif isinstance(kind, types.Tuple):
        for index, item in enumerate(kind.items):
            for other in neighbours(value[index], item, types)[:2]:
                found.append((*value[:index], other, *value[index + 1 :]))
    elif isinstance(kind, types.Graph):
        count, edges = value
        found = [(count, edges[1:]), (count, edges[:-1]), (count + 1, edges)]
    kept: dict[str, Any] = {}
    for other in found:
        if type(other) is type(value) and other != value:
            kept.setdefault(repr(other), other)
    return list(kept.values())[:8]


def _with_one_changed(value: list[Any], item: Any, types: Any) -> list[Any]:
    if not value:
        return []
    return [[*value[:-1], other] for other in neighbours(value[-1], item, types)[:2]]
