"""The rule FEED for the space: who takes a value, and what comes out.

Agrees with ``racesc.feeding.feed``, whose rules are applied once for each case that
differs in something they look at (``ports.py``, ``forms.py``). Environments with one
signature are one. Types are numbers here: a shape and a vector of refinements, made a
``Type`` again only where somebody looks.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from racesc.drawing import HIGHEST
from racesc.runtime.base import Base
from racesc.runtime.types import Tuple, Type
from racesc.space.forms import Class, Form, empty_form
from racesc.space.near import near_key
from racesc.space.ports import Port, fed_base, port_of
from racesc.space.shapes import shape_text
from racesc.space.vectors import Shape, Vector, flat

if TYPE_CHECKING:
    from racesc.space.pieces import Piece

Taker = tuple[int, int, int]  # piece, way, number of the result's type

# How much the result of a step matters: for its shape alone, since nothing follows; for
# who takes it, since one step follows, whatever its result; for who takes it and who
# takes what comes out then; or in everything.
DONE, LAST, NEAR, EXACT = 0, 1, 2, 3
REFUSED = -1


class Types(Sequence[Type]):
    """The types of a feeder by number, made when they are asked for."""

    def __init__(self, forms: list[Form], vectors: list[Vector]) -> None:
        self._forms = forms
        self._vectors = vectors
        self._known: dict[int, Type] = {}

    def __len__(self) -> int:
        return len(self._vectors)

    def __getitem__(self, number: Any) -> Any:
        found = self._known.get(number)
        if found is None:
            found = self._forms[number].type(self._vectors[number])
            self._known[number] = found
        return found

    def set(self, number: int, type_: Type) -> None:
        """Say what a type is that cannot be made of its vector."""
        self._known[number] = type_


class Feeder:
    """Who takes a value of a type, and what comes out; every answer is kept.

    Types are numbered: ``types[number(t)] == t``.
    """

    def __init__(self, pieces: Sequence[Piece], level: int = HIGHEST) -> None:
        self.pieces = pieces
        self.level = level
        self.forms: list[Form] = []  # of each number
        self.vectors: list[Vector] = []
        self.types = Types(self.forms, self.vectors)
        self._forms: dict[Shape, Form] = {}
        self._signatures: dict[Any, Base] = {}
        self.bases = [self._merged(piece.base) for piece in pieces]
        self._many = [piece.relational for piece in pieces]

    def _merged(self, base: Base) -> Base:
        """The first base environment with the same signature."""
        key = (
            base.parameters,
            base.codomain,
            base.classes,
            base.levels,
            base.sample is None,
        )
        return self._signatures.setdefault(key, base)

    # ── types ─────────────────────────────────────────────────────────────────

    def number(self, type_: Type) -> int:
        """A type's number."""
        shape, vector = flat(type_)
        form = self._form(shape, type_)
        found = form.numbers.get(vector)
        if found is None:
            found = self.numbered(form, vector)
            if not form.rebuilt:
                self.types.set(found, type_)
        return found

    def numbered(self, form: Form, vector: Vector) -> int:
        """The number of a shape's type with a vector."""
        found = form.numbers.get(vector)
        if found is None:
            found = form.numbers[vector] = len(self.vectors)
            self.forms.append(form)
            self.vectors.append(vector)
        return found

    def _form(self, shape: Shape, like: Type) -> Form:
        found = self._forms.get(shape)
        if found is None:
            found = self._forms[shape] = self._ported(empty_form(like))
        return found

    def _ported(self, form: Form) -> Form:
        """A shape with its ports."""
        from racesc.space.pieces import routes

        made: dict[tuple[int, tuple[str, ...], bool], Port | None] = {}
        lows: dict[int, set[Any]] = {}
        highs: dict[int, set[Any]] = {}
        for index, base in enumerate(self.bases):
            for way, given in routes(base, form.like):
                several = len(given) > 1 or (
                    isinstance(form.like, Tuple)
                    and next(iter(given.values())) != form.like
                )
                key = (id(base), tuple(given), several)
                if key not in made:
                    made[key] = port_of(
                        base, given, several, form.layout, self.level, lows, highs
                    )
                port = made[key]
                if port is not None:
                    form.ports.append((index, way, port))
        form.lows = [(at, sorted(known)) for at, known in sorted(lows.items())]
        form.highs = [(at, sorted(known)) for at, known in sorted(highs.items())]
        return form

    # ── takers ────────────────────────────────────────────────────────────────

    def takers(self, number: int, results: int = EXACT) -> Iterator[Taker]:
        """Who takes a value of a type, in library order, and what comes out: as much
        of it as ``results`` says (``DONE``: some type of that shape; ``LAST``: some
        type that the same environments take; ``NEAR``: one whose results, too, the same
        environments take)."""
        form, vector = self.forms[number], self.vectors[number]
        for piece, way, port in self._class(form, vector).entries:
            if port.sure or port.by_class or self._possible(port, form, vector):
                if results == DONE:
                    if port.some < 0:
                        port.some = self._result(port, form, vector, EXACT)
                    yield piece, way, port.some
                    continue
                key = port.key(vector)  # type: ignore[misc]
                known = port.known(results)
                result = known.get(key)
                if result is None:
                    result = known[key] = self._result(port, form, vector, results)
                yield piece, way, result

    def _result(self, port: Port, form: Form, vector: Vector, results: int) -> int:
        """What comes out of a port that takes a type."""
        if port.function is not None and port.form is not None and port.form.rebuilt:
            if not _empties(form, vector):
                return self.rounded(port.form, port.function(vector), results)
        codomain = port.settled(self.types[self.numbered(form, vector)])
        assert codomain is not None
        found = self.number(codomain)
        port.form = self.forms[found]
        return self.rounded(port.form, self.vectors[found], results, found)

    def rounded(
        self, form: Form, vector: Vector, results: int, number: int = -1
    ) -> int:
        """A type's number, or of one that is as good."""
        if results == LAST:
            return self.first(form, vector, number)
        if results == NEAR:
            return self.near(form, vector, number)
        return self.numbered(form, vector) if number < 0 else number

    def near(self, form: Form, vector: Vector, number: int = -1) -> int:
        """The first type known that the same environments take as this one, whose
        results, too, the same environments take."""
        class_ = self._class(form, vector)
        if class_.near is None:
            for _ in self.takers(self.numbered(form, vector), DONE):
                pass  # now all ports know what shape comes out
            class_.near, class_.joint = near_key(class_)
        key = [class_.near(vector)]
        for port in class_.joint:
            if port.sure or port.by_class or self._possible(port, form, vector):
                looks = port.key(vector)  # type: ignore[misc]
                result = port.lasts.get(looks)
                if result is None:
                    result = self._result(port, form, vector, LAST)
                    port.lasts[looks] = result
                key.append(result)
            else:
                key.append(REFUSED)
        if _empties(form, vector):
            key.append(vector)
        found = class_.nears.get(tuple(key))
        if found is None:
            found = self.numbered(form, vector) if number < 0 else number
            class_.nears[tuple(key)] = found
        return found

    def first(self, form: Form, vector: Vector, number: int = -1) -> int:
        """The first type known that the same environments take as this one."""
        class_ = self._class(form, vector)
        key = [self._possible(port, form, vector) for _, port in class_.rest]
        found = class_.firsts.get(tuple(key))
        if found is None:
            found = self.numbered(form, vector) if number < 0 else number
            class_.firsts[tuple(key)] = found
        return found

    def count(self, number: int) -> tuple[int, int]:
        """How many functional and relational takers there are, without their
        results."""
        form, vector = self.forms[number], self.vectors[number]
        class_ = self._class(form, vector)
        functional, relational = class_.counts
        for many, port in class_.rest:
            if self._possible(port, form, vector):
                if many:
                    relational += 1
                else:
                    functional += 1
        return functional, relational

    def pool(self, number: int) -> int:
        """How many functional environments take a value of a type plainly."""
        return sum(
            way == 0 and not self._many[piece]
            for piece, way, _ in self.takers(number, DONE)
        )

    def shapes(self, number: int) -> dict[str, int]:
        """What the takers of a type answer, refinements dropped, and how often."""
        found: dict[str, int] = {}
        form, vector = self.forms[number], self.vectors[number]
        for _, _, port in self._class(form, vector).entries:
            if port.sure or port.by_class or self._possible(port, form, vector):
                if port.form is None:
                    self._result(port, form, vector, EXACT)
                text = self._shape(port.form)
                found[text] = found.get(text, 0) + 1
        return found

    def _shape(self, form: Form) -> str:
        if not form.text:
            form.text = shape_text(form.like)
        return form.text

    # ── one case ──────────────────────────────────────────────────────────────

    def _class(self, form: Form, vector: Vector) -> Class:
        key = form.cell(vector)
        found = form.classes.get(key)
        if found is None:
            type_ = self.types[self.numbered(form, vector)]
            found = form.classes[key] = self._new_class(form, type_)
        return found

    def _new_class(self, form: Form, type_: Type) -> Class:
        known: dict[int, bool] = {}
        entries = []
        for entry in form.ports:
            port = entry[2]
            if id(port) not in known:
                known[id(port)] = port.holds(type_) and port.can_take(type_)
            if known[id(port)]:
                entries.append(entry)
        counts, rest = [0, 0], []
        for piece, _, port in entries:
            if port.sure or port.by_class:
                counts[self._many[piece]] += 1
            else:
                rest.append((self._many[piece], port))
        return Class(entries, (counts[0], counts[1]), rest)

    def _possible(self, port: Port, form: Form, vector: Vector) -> bool:
        if port.check is not None and not _empties(form, vector):
            return port.check(vector)
        key = port.need(vector)  # type: ignore[misc]
        found = port.possible.get(key)
        if found is None:
            type_ = self.types[self.numbered(form, vector)]
            found = port.possible[key] = port.settled(type_) is not None
        return found


def _empties(form: Form, vector: Vector) -> bool:
    """Whether a collection in it is always empty: what such a one is said to hold may
    lie outside of what a port says of items, so formulas do not apply."""
    return any(vector[at] == 0 for at in form.lengths)


__all__ = ["DONE", "EXACT", "LAST", "NEAR", "Feeder", "Taker", "Types", "fed_base"]
