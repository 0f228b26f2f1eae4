"""The parts of tuples as those see them who take the tuple: kinds, by the constructors that
are seen, and in a kind groups of parts that nobody tells apart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from racesc.runtime.types import Type
from racesc.space.containment import inside, limits, mask_of
from racesc.space.forms import Form
from racesc.space.ports import getter
from racesc.space.vectors import Vector


@dataclass(eq=False, slots=True)
class Alike:
    """Parts that nobody tells apart: the vector of one, how many composites end in them,
    whether they are not regular, and the vectors of all."""

    vector: Vector
    many: int
    odd: bool
    vectors: list[Vector]


class Kind:
    """Parts of which the same constructors are seen: vectors, with the numbers of the
    types that have each, and how many composites end in these."""

    __slots__ = ("_groups", "_split", "form", "like", "numbers", "weights")

    def __init__(self, like: Type, form: Form) -> None:
        self.like = like
        self.form = form
        self.weights: dict[Vector, int] = {}
        self.numbers: dict[Vector, list[int]] = {}
        self._groups: dict[Any, list[Alike]] = {}
        self._split: dict[tuple[int, bool], list[tuple[int, ...]]] = {}

    def groups(self, pattern: Type, looks: tuple[int, ...] | None) -> list[Alike]:
        """The parts that a pattern contains, those that agree at some positions (None:
        at all) together."""
        key = pattern, looks
        found = self._groups.get(key)
        if found is None:
            found = self._groups[key] = self._grouped(pattern, looks)
        return found

    def _grouped(self, pattern: Type, looks: tuple[int, ...] | None) -> list[Alike]:
        held = mask_of([list(limits(pattern, self.form.layout))])
        look = getter(looks)
        alike: dict[Any, Alike] = {}
        odd: list[Alike] = []
        for vector, many in self.weights.items():
            if self.form.odd(vector):
                if inside(self.form.type(vector), pattern):
                    odd.append(Alike(vector, many, True, [vector]))
            elif held(vector):
                key = look(vector)
                known = alike.get(key)
                if known is None:
                    alike[key] = Alike(vector, many, False, [vector])
                else:
                    known.many += many
                    known.vectors.append(vector)
        return [*alike.values(), *odd]

    def members(
        self, group: Alike, forms: Sequence[Form] | None
    ) -> list[tuple[int, ...]]:
        """The numbers of a group's types; given the shapes of all types, those of each
        shape on their own."""
        key = id(group), forms is not None
        found = self._split.get(key)
        if found is None:
            alike: dict[int, list[int]] = {}
            for vector in group.vectors:
                for number in self.numbers[vector]:
                    shape = 0 if forms is None else id(forms[number])
                    alike.setdefault(shape, []).append(number)
            found = self._split[key] = [tuple(each) for each in alike.values()]
        return found


__all__ = ["Alike", "Kind"]
