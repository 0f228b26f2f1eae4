"""What is wrong with the type of a `level p: T` line."""

from __future__ import annotations

from racesc.drawing import HIGHEST
from racesc.intervals import Context, atoms
from racesc.runtime.base import Level
from racesc.runtime.member import rebuild, resolve
from racesc.runtime.types import Range, Type
from racesc.show_types import type_text
from racesc.subsume import within


def level_problem(line: Level, context: Context) -> tuple[str, str]:
    """A problem and a help line, empty where the line's type has values at every level
    and lies inside the parameter's type, whatever the others are."""
    assert line.type is not None
    declared = context[line.parameter]
    if _names(line.type) - {"level"}:
        return (
            "the type in a `level` line may speak of `level` alone",
            f"`level {line.parameter} <= …` may speak of earlier parameters",
        )
    for level in range(1, HIGHEST + 1):
        type_ = resolve(line.type, {"level": level})
        if _upside_down(type_):
            return f"at level {level} this type has no value: {type_text(type_)}", ""
        if not within(type_, declared, context):
            return (
                f"at level {level} this is {type_text(type_)}, which does not lie"
                f" within {type_text(declared)}",
                "a `level` line narrows the parameter's type",
            )
    return "", ""


def _names(type_: Type) -> set[str]:
    found: set[str] = set()

    def look(_: str, ends: Range) -> Range:
        found.update(atom.name for end in ends for atom in atoms(end))
        return ends

    rebuild(type_, look)
    return found


def _upside_down(type_: Type) -> bool:
    """Whether a lower end of a ground type lies above its upper end."""
    found = False

    def look(_: str, ends: Range) -> Range:
        nonlocal found
        low, high = ends
        if low is not None and high is not None and low > high:  # type: ignore[operator]
            found = True
        return ends

    rebuild(type_, look)
    return found
