"""Whether what comes out of a last step carries the bits that a suite asks for, and fits
its goals.

Of a value that nothing takes only that is asked: so its type is made, looked at and let
go, once for each combination of refinements that it depends on.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import Any

from racesc.runtime.types import Type
from racesc.space.ends import TooFar
from racesc.space.feeding import ODD, Feeder
from racesc.space.information import information
from racesc.space.ports import Port
from racesc.space.vectors import Vector
from racesc.subsume import within


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

    def allows(self, type_: Type) -> bool:
        """Whether the values of a type carry the bits, and fit."""
        if self.goals and not any(within(type_, goal, {}) for goal in self.goals):
            return False
        return not self.bits or information(type_) >= self.bits

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
                made = function(vector)
                known = self._formed.setdefault(id(form), {})
                found = known.get(made)
                if found is None:
                    found = known[made] = self.allows(form.type(made))
                return found
        codomain = port.settled(typed())
        assert codomain is not None
        return self.allows(codomain)
