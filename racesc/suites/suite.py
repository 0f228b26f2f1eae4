"""A suite as its declaration asks for it: names resolved, options checked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Any

from racesc.audit.figures import Figures
from racesc.runtime.types import Type
from racesc.show_types import type_text
from racesc.source import Span
from racesc.space.selection import OPERATORS
from racesc.suites.workshop import Workshop, narrow_scope
from racesc.typed import TypedEnvironment

MEASURES = {
    "guess": "guess",
    "sensitivity": "sensitivity",
    "leak": "leak",
    "ambiguity": "ambiguity",
    "distinct": "distinct",
    "prompt": "prompt_chars",
}


@dataclass(frozen=True)
class Requirement:
    """`guess <= 1/5`; what does not apply to a composite is not held against it."""

    measure: str
    at_most: bool
    threshold: Fraction

    def holds(self, figures: Figures) -> bool:
        """Whether a composite with these figures may stay."""
        value: float | None = getattr(figures, MEASURES[self.measure])
        if value is None:
            return True
        return value <= self.limit if self.at_most else value >= self.limit

    @property
    def limit(self) -> float:
        """What figures are compared with: like them it is rounded to four places, so
        that 1/3 does not fail `<= 1/3`."""
        return round(float(self.threshold), 4)

    def __str__(self) -> str:
        comparison = "<=" if self.at_most else ">="
        return f"{self.measure} {comparison} {number(self.threshold)}"


def number(value: Fraction) -> str:
    """A threshold as people write it: `0.2`, `1/3`, `4000`."""
    decimal = f"{float(value):g}"
    return decimal if Fraction(decimal) == value else str(value)


# What holds for a measure that the suite does not speak of.
DEFAULT_REQUIREMENTS = (
    Requirement("guess", True, Fraction(1, 5)),
    Requirement("sensitivity", False, Fraction(1, 2)),
    Requirement("leak", True, Fraction(1, 2)),
    Requirement("ambiguity", True, Fraction(1, 3)),
    Requirement("distinct", False, Fraction(1, 2)),
    Requirement("prompt", True, Fraction(4000)),
)
DEFAULT_TAKE = 1000
DEFAULT_SIZES = (2, 4)
DEFAULT_DEPTHS = (0, 99)
DEFAULT_LEVELS = (1, 10)


@dataclass(frozen=True)
class Suite:
    """One suite. ``environments`` are the base environments that its composites are
    made of; ``take`` None is all; ``mix`` and ``split`` are percentages."""

    name: str
    module: str
    environments: tuple[TypedEnvironment, ...]
    workshop: Workshop
    span: Span
    operators: tuple[str, ...] = OPERATORS
    sizes: tuple[int, int] = DEFAULT_SIZES
    depths: tuple[int, int] = DEFAULT_DEPTHS
    goals: tuple[Type, ...] = ()
    requirements: tuple[Requirement, ...] = DEFAULT_REQUIREMENTS
    bits: Fraction = Fraction(0)
    levels: tuple[int, int] = DEFAULT_LEVELS
    mix: Mapping[str, int] = field(default_factory=dict)
    take: int | None = DEFAULT_TAKE
    seed: int = 0
    disjoint: tuple[Suite, str] | None = None  # the other one, and base or composite
    split: Mapping[str, int] = field(default_factory=dict)
    doc: str = ""

    @property
    def level(self) -> int:
        """The level at which composites are measured."""
        return (self.levels[0] + self.levels[1]) // 2

    @property
    def ambiguity(self) -> float:
        """The largest share of right orders that is not too much; 1 where nothing is
        put in order."""
        if not {"SORT", "SELECT"} & set(self.operators):
            return 1
        limits = [
            one.limit
            for one in self.requirements
            if one.measure == "ambiguity" and one.at_most
        ]
        return min([1, *limits])

    def narrowed(self, environments: tuple[TypedEnvironment, ...]) -> Suite:
        """The suite over some of its environments alone, distractors included."""
        workshop = self.workshop
        names = {(one.module, one.name) for one in environments}
        owned = [
            (owner, declared)
            for owner, declared in workshop.scope.listed()
            if (owner.key, declared.name.text) in names
        ]
        scope = narrow_scope(owned, workshop.scope)
        made = Workshop(workshop.judge, scope, self.levels[1])
        return replace(self, environments=environments, workshop=made)

    def to_json(self) -> dict[str, Any]:
        """What was asked for, for a manifest."""
        return {
            "environments": [one.qualified for one in self.environments],
            "using": list(self.operators),
            "size": list(self.sizes),
            "depth": list(self.depths),
            "goal": [type_text(one) for one in self.goals],
            "require": [
                *([f"bits >= {number(self.bits)}"] if self.bits else []),
                *map(str, self.requirements),
            ],
            "level": list(self.levels),
            "mix": dict(self.mix),
            "take": self.take,
            "seed": self.seed,
            "disjoint": None
            if self.disjoint is None
            else {"from": self.disjoint[0].name, "by": self.disjoint[1]},
            "split": dict(self.split),
        }
