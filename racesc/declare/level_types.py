"""What is wrong with the type of a `level p: T` line."""

from __future__ import annotations

from collections.abc import Iterator

from racesc.drawing import HIGHEST
from racesc.errors.types import LevelType
from racesc.intervals import Context, atoms, ground, underlying
from racesc.runtime.base import Level
from racesc.runtime.member import rebuild, resolve
from racesc.runtime.text import show
from racesc.runtime.types import Int, List, Range, Rat, Set, Str, Type
from racesc.show_types import type_text
from racesc.source import Span
from racesc.subsume import within
from racesc.unify import variables
from racesc.witness import counterexample


def level_problem(
    line: Level, context: Context, span: Span, declared_span: Span
) -> LevelType | None:
    """What keeps the line's type from having values at every level and lying inside the
    parameter's type, whatever the others are; None for nothing.

    ``span`` is where the type is written, ``declared_span`` where the parameter is.
    """
    assert line.type is not None
    name, declared = line.parameter, context[line.parameter]
    others = [other for other in _names(line.type) if other != "level"]
    if others:
        return LevelType(
            "the type in a `level` line may speak of `level` alone",
            span,
            f"speaks of `{others[0]}`",
            helps=_plain_line(name, declared, "may speak of earlier parameters"),
        )
    if unbound := variables(line.type):
        return LevelType(
            "the type in a `level` line may not speak of type variables",
            span,
            f"speaks of `{unbound[0]}`",
            helps=_plain_line(name, declared, "leaves the items as they are"),
        )
    for level in range(1, HIGHEST + 1):
        type_ = resolve(line.type, {"level": level})
        shown = f"is `{type_text(type_)}` at level {level}"
        if _upside_down(type_):
            return LevelType(f"at level {level} `{name}` has no value", span, shown)
        if not within(type_, declared, context):
            witness = counterexample(type_, ground(declared, context))
            return LevelType(
                f"at level {level} `{name}` may lie outside its own type",
                span,
                shown,
                declared_span,
                f"declared as `{type_text(declared)}`",
                f"for example, it can be `{show(witness[0], type_)}`"
                if witness
                else "",
                _plain_line(name, declared, "never leaves the parameter's type"),
            )
    return None


def _plain_line(name: str, declared: Type, why: str) -> tuple[str, ...]:
    """Help that names the `level` line with a bound, where the parameter can have it."""
    declared = underlying(declared)
    if isinstance(declared, (Int, Rat)):
        return (f"a line such as `level {name} <= 10 * level` {why}",)
    if isinstance(declared, (Str, List, Set)):
        return (f"a line such as `level {name} len <= level` {why}",)
    return ()


def _names(type_: Type) -> Iterator[str]:
    """The names that a type's ends speak of, in order."""
    found: list[str] = []

    def look(_: str, ends: Range) -> Range:
        found.extend(atom.name for end in ends for atom in atoms(end))
        return ends

    rebuild(type_, look)
    return iter(found)


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
