"""What a suite asks of the types of values: that they carry so many bits, and, of a last
value, that it fits a goal.

Both are asked once for each vector of a shape: what limits a goal sets to the types of a
shape is compiled to a function of the vector.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import Any

from racesc.runtime.types import Type
from racesc.space.cardinality import Check, rich
from racesc.space.containment import limits, mask_of
from racesc.space.ends import TooFar
from racesc.space.feeding import ODD, Feeder
from racesc.space.forms import Form
from racesc.space.information import carries
from racesc.space.ports import Port
from racesc.space.vectors import Vector
from racesc.subsume import within
from racesc.unify import bind


class Budget:
    """``bits`` that every value must be able to carry; ``goals`` of which the last value
    must fit one, where there are any."""

    def __init__(
        self, feeder: Feeder, bits: float, goals: tuple[Type, ...] = ()
    ) -> None:
        self.bits = bits
        self.goals = goals
        self._feeder = feeder
        self._known: dict[tuple[int, Any], bool] = {}
        self._formed: dict[int, dict[Vector, bool]] = {}  # by shape and vector
        self._checks: dict[int, Check] = {}  # by shape

    def allows(self, number: int) -> bool:
        """Whether the values of a numbered type carry the bits, and fit."""
        form, vector = self._feeder.forms[number], self._feeder.vectors[number]
        return self.holds(form, vector)

    def holds(self, form: Form, vector: Vector) -> bool:
        """The same of a shape's type with a vector."""
        known = self._formed.setdefault(id(form), {})
        found = known.get(vector)
        if found is None:
            found = known[vector] = self.check(form)(vector)
        return found

    def may(self, type_: Type) -> bool:
        """Whether types of a type's shape may fit a goal."""
        return any(bind(goal, type_, {}) for goal in self.goals)

    def check(self, form: Form) -> Check:
        """The same as a function of the vector, for whoever keeps the answers."""
        found = self._checks.get(id(form))
        if found is None:
            found = self._checks[id(form)] = self._check(form)
        return found

    def _check(self, form: Form) -> Check:
        fits = self._fitting(form) if self.goals else None
        if not self.bits:
            return fits or (lambda vector: True)

        def asked(vector: Vector) -> bool:
            return carries(self._type(form, vector), self.bits)

        carried = rich(form.layout, self.bits, asked)
        if fits is None:
            return carried
        return lambda vector: fits(vector) and carried(vector)

    def _type(self, form: Form, vector: Vector) -> Type:
        if form.rebuilt:
            return form.type(vector)
        found: Type = self._feeder.types[self._feeder.numbered(form, vector)]
        return found

    def _fitting(self, form: Form) -> Check:
        """Whether a shape's types fit a goal."""
        goals = [goal for goal in self.goals if bind(goal, form.like, {})]
        if not goals:
            return lambda vector: False
        mask = mask_of([list(limits(goal, form.layout)) for goal in goals])

        def fits(vector: Vector) -> bool:
            if not form.odd(vector):
                return mask(vector) != 0
            type_ = self._type(form, vector)
            return any(within(type_, goal, {}) for goal in goals)

        return fits

    def result(
        self, port: Port, vector: Vector, odd: bool, typed: Callable[[], Type]
    ) -> bool:
        """The same of what comes out of a port that takes a type; ``odd`` and ``typed``
        as for ``Feeder.feeds``."""
        key = id(port), (ODD, vector) if odd else port.output.key(vector)
        found = self._known.get(key)
        if found is None:
            found = self._known[key] = self._result(port, vector, odd, typed)
        return found

    def _result(
        self, port: Port, vector: Vector, odd: bool, typed: Callable[[], Type]
    ) -> bool:
        function = port.output.function
        form = None if odd or function is None else self._feeder.form_of(port)
        if form is not None and function is not None:
            with suppress(TooFar):
                return self.holds(form, function(vector))
        codomain = port.settled(typed())
        assert codomain is not None
        return self.allows(self._feeder.number(codomain))


__all__ = ["Budget"]
