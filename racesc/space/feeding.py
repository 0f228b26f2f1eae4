"""The rule FEED for the space: who takes a value, and what comes out.

Agrees with ``racesc.feeding.feed``, whose rules are applied once for each case that
differs in something they look at (``ports.py``, ``forms.py``). Environments with one
signature are one. Types are numbers here: a shape and a vector of refinements, made a
``Type`` again only where somebody looks.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from racesc.drawing import HIGHEST, finite
from racesc.feeding import infeasible
from racesc.runtime.base import Base
from racesc.runtime.types import Bool, Type
from racesc.space.containment import mask_of
from racesc.space.ends import TooFar
from racesc.space.forms import Class, Entry, Form, empty_form
from racesc.space.near import near_key
from racesc.space.ports import Port, fed_base, port_of
from racesc.space.routing import Routing
from racesc.space.shapes import bare, shape_text
from racesc.space.vectors import Shape, Vector, built, flat, rebuildable
from racesc.space.widening import Widening

if TYPE_CHECKING:
    from racesc.space.budget import Budget
    from racesc.space.pieces import Piece

Taker = tuple[int, int, int]  # piece, way, number of the result's type

# How much the result of a step matters: for its shape alone, since nothing follows; for
# who takes it, since one step follows, whatever its result; for who takes it and who
# takes what comes out then; or in everything.
DONE, LAST, NEAR, EXACT = 0, 1, 2, 3
AIMED = 4  # for ``Steps``: nothing follows, and the result has to fit a goal
ODD = object()  # before the vector of a type that is not regular, in keys


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

    def __init__(
        self, pieces: Sequence[Piece], level: int = HIGHEST, coarse: bool = False
    ) -> None:
        self.pieces = pieces
        self.level = level
        self.forms: list[Form] = []  # of each number
        self.vectors: list[Vector] = []
        self.types = Types(self.forms, self.vectors)
        self._forms: dict[Shape, Form] = {}
        self._drawable: dict[tuple[int, Vector], bool] = {}
        self._bares: dict[Type, int] = {}
        self._nothing = empty_form(Bool())
        self._signatures: dict[Any, Base] = {}
        self.bases = [self._merged(piece.base) for piece in pieces]
        self._routing = Routing(self.bases)
        self.widening = Widening(self.bases) if coarse else None
        self.many = [piece.relational for piece in pieces]

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
        form = self.form(shape, type_)
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

    def form(self, shape: Shape, like: Type) -> Form:
        """A shape, given any type of it too."""
        found = self._forms.get(shape)
        if found is None:
            found = self._forms[shape] = empty_form(like)
        return found

    def form_of(self, port: Port) -> Form | None:
        """The shape of what comes out of a port; None where its types cannot be made
        of vectors."""
        if port.form is None and rebuildable(port.output.shape):
            port.form = self.form(flat(port.output.shape)[0], port.output.shape)
        form: Form | None = port.form
        return form

    def bare(self, type_: Type) -> int:
        """The number of a type of which the shape says all, since nothing follows."""
        found = self._bares.get(type_)
        if found is None:
            found = self._bares[type_] = len(self.vectors)
            self.forms.append(self._nothing)
            self.vectors.append(())
            self.types.set(found, type_)
        return found

    def is_bare(self, number: int) -> bool:
        """Whether a number is one of ``bare``."""
        return self.forms[number] is self._nothing

    def _port(self, form: Form) -> None:
        """Find a shape's ports."""
        made: dict[tuple[int, tuple[str, ...], bool], Port | None] = {}
        lows: dict[int, set[Any]] = {}
        highs: dict[int, set[Any]] = {}
        for index, way, names, several in self._routing.of(form.like):
            base = self.bases[index]
            key = (id(base), names, several)
            if key not in made:
                parts = form.like.items if several else (form.like,)  # type: ignore[union-attr]
                given = dict(zip(names, parts, strict=True))
                made[key] = port_of(
                    base, given, several, form.layout, self.level, lows, highs
                )
            port = made[key]
            if port is not None:
                form.ports.append((index, way, port))
        form.distinct = [port for port in made.values() if port is not None]
        form.unsure = [
            (1 << place, port)
            for place, port in enumerate(form.distinct)
            if not port.sure
            or (port.fits is None and len(port.spread) < len(port.base.parameters))
        ]
        form.lows = [(at, sorted(known)) for at, known in sorted(lows.items())]
        form.highs = [(at, sorted(known)) for at, known in sorted(highs.items())]
        form.held = mask_of([port.limits for port in form.distinct])

    # ── takers ────────────────────────────────────────────────────────────────

    def takers(
        self, number: int, results: int = EXACT, budget: Budget | None = None
    ) -> Iterator[Taker]:
        """Who takes a value of a type, in library order, and what comes out: as much
        of it as ``results`` says (``DONE``: some type of that shape; ``LAST``: some
        type that the same environments take; ``NEAR``: one whose results, too, the same
        environments take). With a budget those alone whose result is within it."""
        form, vector = self.forms[number], self.vectors[number]
        class_, typed = self.class_of(form, vector), self._typed(form, vector)
        odd = class_.odd
        for piece, way, port in class_.entries:
            if budget is None or budget.result(port, vector, odd, typed):
                yield piece, way, self.result(port, vector, odd, typed, results)

    def answer(self, number: int, piece: int, way: int) -> int | None:
        """What one environment makes of a value of a type; None where it refuses."""
        form, vector = self.forms[number], self.vectors[number]
        class_ = self.class_of(form, vector)
        odd, typed = class_.odd, self._typed(form, vector)
        for index, here, port in class_.entries:
            if index == piece and here == way:
                return self.result(port, vector, odd, typed, EXACT)
        return None

    def _typed(self, form: Form, vector: Vector) -> Callable[[], Type]:
        return lambda: self.types[self.numbered(form, vector)]

    def feeds(
        self, port: Port, vector: Vector, odd: bool, typed: Callable[[], Type]
    ) -> bool:
        """Whether a type that a port contains, as far as constants say, can be fed to
        it. ``odd``: it is not regular."""
        key: Any
        if port.sure and len(port.spread) == len(port.base.parameters):
            return True  # nothing is drawn
        if port.sure and not odd:
            return port.fitting(typed)
        if odd:
            if port.firm:
                return self._filled(port, vector)
            if self.widening is not None:
                return False  # a coarse count does without
            key = ODD, vector
        elif port.check is not None:
            return port.check(vector)
        else:
            key = port.need(vector)  # type: ignore[misc]
        found = port.possible.get(key)
        if found is None:
            found = port.possible[key] = port.settled(typed()) is not None
        return found

    def result(
        self,
        port: Port,
        vector: Vector,
        odd: bool,
        typed: Callable[[], Type],
        results: int,
    ) -> int:
        """What comes out of a port that takes a type, as much of it as matters."""
        if results == DONE:
            if port.some < 0:
                port.some = self.bare(port.output.shape)
            return port.some
        key = (ODD, vector) if odd else port.output.key(vector)
        known = port.known[results]
        found = known.get(key)
        if found is None:
            found = known[key] = self._made(port, vector, odd, typed, results)
        return found

    def _made(
        self,
        port: Port,
        vector: Vector,
        odd: bool,
        typed: Callable[[], Type],
        results: int,
    ) -> int:
        if self.widening is not None and self.widening.deep(port.output.shape):
            return self.bare(port.output.shape)
        if not odd and port.output.function is not None:
            form = self.form_of(port)
            if form is not None:
                with suppress(TooFar):
                    return self.rounded(form, port.output.function(vector), results)
        codomain = port.settled(typed())
        assert codomain is not None
        found = self.number(codomain)
        return self.rounded(self.forms[found], self.vectors[found], results, found)

    def rounded(
        self, form: Form, vector: Vector, results: int, number: int = -1
    ) -> int:
        """A type's number, or of one that is as good; of a wider one where counts are
        coarse."""
        if self.widening is not None:
            if form.odd(vector):
                return self.bare(bare(form.like))  # not fed onwards
            if form.widen is None:
                form.widen = self.widening.of(form)
            vector, number = form.widen(vector), -1
        if results == LAST:
            return self.first(form, vector, number)
        if results == NEAR and self.widening is None:
            return self.near(form, vector, number)
        return self.numbered(form, vector) if number < 0 else number

    def near(self, form: Form, vector: Vector, number: int = -1) -> int:
        """The first type known that the same environments take as this one, whose
        results, too, the same environments take."""
        class_ = self.class_of(form, vector)
        if class_.odd:
            return self.numbered(form, vector) if number < 0 else number
        if class_.near is None:
            for _, _, port in class_.entries:
                result = self.form_of(port)
                if result is not None and result.held is None:
                    self._port(result)
            class_.near, class_.joint = near_key(class_)
        key = [class_.near(vector)]
        typed = self._typed(form, vector)
        for port in class_.joint:
            key.append(self.result(port, vector, False, typed, LAST))
        found = class_.nears.get(tuple(key))
        if found is None:
            found = self.numbered(form, vector) if number < 0 else number
            class_.nears[tuple(key)] = found
        return found

    def first(self, form: Form, vector: Vector, number: int = -1) -> int:
        """The first type known that the same environments take as this one."""
        class_ = self.class_of(form, vector)
        if class_.first < 0:
            class_.first = self.numbered(form, vector) if number < 0 else number
        return class_.first

    def count(self, number: int) -> tuple[int, int]:
        """How many functional and relational takers there are, without their
        results."""
        return self.class_of(self.forms[number], self.vectors[number]).counts

    def pool(self, number: int) -> int:
        """How many functional environments take a value of a type plainly."""
        return self.class_of(self.forms[number], self.vectors[number]).pool

    def shapes(self, number: int) -> dict[str, int]:
        """What the takers of a type answer, refinements dropped, and how often."""
        found: dict[str, int] = {}
        class_ = self.class_of(self.forms[number], self.vectors[number])
        for _, _, port in class_.entries:
            if not port.text:
                port.text = shape_text(port.output.shape)
            found[port.text] = found.get(port.text, 0) + 1
        return found

    # ── one case ──────────────────────────────────────────────────────────────

    def class_of(self, form: Form, vector: Vector) -> Class:
        """The types that are taken by the same environments as this one."""
        if form.odd(vector):
            return self._odd_class(form, vector)
        return self.regular_class(form, vector)

    def regular_class(self, form: Form, vector: Vector) -> Class:
        """``class_of`` for a regular type."""
        mask = self.mask(form, vector)
        found = form.classes.get(mask)
        if found is None:
            taken = {
                id(port)
                for place, port in enumerate(form.distinct)
                if mask >> place & 1
            }
            found = self._made_of(e for e in form.ports if id(e[2]) in taken)
            form.classes[mask] = found
        return found

    def mask(self, form: Form, vector: Vector) -> int:
        """Which of a shape's ports take a regular type, as bits."""
        if form.held is None:
            self._port(form)
        assert form.held is not None
        mask = form.held(vector)
        for bit, port in form.unsure:
            if mask & bit and not self.feeds(
                port, vector, False, self._typed(form, vector)
            ):
                mask ^= bit
        return mask

    def _odd_class(self, form: Form, vector: Vector) -> Class:
        """The class of a type that is not regular: no other belongs to it."""
        found = form.odds.get(vector)
        if found is None:
            if form.held is None:
                self._port(form)
            type_ = self.types[self.numbered(form, vector)]
            known = {
                id(port): port.holds(type_)
                and self.feeds(port, vector, True, lambda: type_)
                for port in form.distinct
            }
            found = self._made_of(e for e in form.ports if known[id(e[2])])
            found.odd = True
            form.odds[vector] = found
        return found

    def _made_of(self, entries: Iterable[Entry]) -> Class:
        entries = list(entries)
        counts, pool = [0, 0], 0
        for piece, way, _ in entries:
            many = self.many[piece]
            counts[many] += 1
            pool += way == 0 and not many
        return Class(entries, (counts[0], counts[1]), pool)

    def _filled(self, port: Port, vector: Vector) -> bool:
        """Whether what is drawn like a part of what is fed can be drawn."""
        for like, start, stop in port.filled:
            key = id(like), vector[start:stop]
            found = self._drawable.get(key)
            if found is None:
                type_ = built(like, vector[start:stop])
                found = finite(type_, {}) and not infeasible(type_, {})
                self._drawable[key] = found
            if not found:
                return False
        return True


__all__ = ["DONE", "EXACT", "LAST", "NEAR", "Feeder", "Taker", "Types", "fed_base"]
