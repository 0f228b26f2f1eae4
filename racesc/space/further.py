"""MAP, FANOUT, ITERATE, BRANCH and FOLD over base environments: what they make of types.

A *form* is an operator, and how often ITERATE repeats. Its parts are places: base
environments fed in one way. What is said of a form here is said part by part, as the
grammar spells it (``spelling.py``): which places may be the next part, and, when all
parts are chosen, what comes out. The operators' own typing rules are asked, or the
checker's rule FEED where they ask it; types are numbers (``feeding.py``).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property, partial
from typing import TYPE_CHECKING

from racesc.drawing import finite
from racesc.intervals import ground
from racesc.least_size import never_fits
from racesc.operators.fold import folded
from racesc.operators.iterate import repeated, rounds_that_fit
from racesc.operators.map import PORT
from racesc.runtime.base import Parameter
from racesc.runtime.types import Bool, List, Range, Tuple, Type
from racesc.space.containment import bound_names
from racesc.space.feeding import DONE, EXACT, fed_base
from racesc.space.shapes import bare
from racesc.unify import instantiate, join, variables

if TYPE_CHECKING:
    from racesc.space.pieces import Place
    from racesc.space.steps import Steps, Take

Form = tuple[str, int]  # an operator, and the times of an ITERATE (0 for others)
Chosen = tuple[int, ...]  # the numbers of what the chosen parts answer

# A FANOUT or BRANCH draws from the first of its parts' own types that all of them take
# (``Judge.common_port``). What is known of the parts so far: the types that all of them
# take, and which of these are their own, in order up to the one in question; no types
# of later parts matter behind that one.
Scan = tuple[frozenset[int], tuple[int, ...]]

TIMES = (2, 3)  # of the ITERATEs that are counted
MAPPED: Range = (1, 8)  # the lengths of the lists that a MAP draws
FOLDED: Range = (2, 8)
NOBODY = -1
_MANY_ANSWERS = ("MAP", "FANOUT")  # may be of an environment with many answers


def forms(using: Sequence[str], size: int) -> Iterator[Form]:
    """The forms of so many parts, in the order of the space."""
    if size == 1 and "MAP" in using:
        yield "MAP", 0
    if size > 1 and "FANOUT" in using:
        yield "FANOUT", 0
    if size == 1 and "ITERATE" in using:
        for times in TIMES:
            yield "ITERATE", times
    if size == 3 and "BRANCH" in using:
        yield "BRANCH", 0
    if size == 1 and "FOLD" in using:
        yield "FOLD", 0


def alone(form: Form) -> bool:
    """Whether a form has one part, which settles what is drawn."""
    return form[0] not in ("FANOUT", "BRANCH")


class Further:
    """What forms over a scope's places make of values; every answer is kept."""

    def __init__(self, steps: Steps) -> None:
        self.steps = steps
        self.feeder = steps.feeder
        self._parts: dict[tuple[Form, int, int], tuple[Take, ...]] = {}
        self._takers: dict[tuple[bool, int, int], tuple[Take, ...]] = {}
        self._rounds: dict[tuple[int, Type], Type | None] = {}

    # ── a value that comes in ─────────────────────────────────────────────────

    def parts(self, form: Form, number: int, results: int = EXACT) -> tuple[Take, ...]:
        """The places that may be a part of a form that a value comes in to, in library
        order, each with what it answers: of a form with one part, with what the whole
        answers, but for MAP, where it is one item."""
        key = (form, number, results)
        found = self._parts.get(key)
        if found is None:
            listed = self._find_parts(form, number, results)
            if form[0] not in _MANY_ANSWERS:
                listed = (one for one in listed if not one[2])
            found = self._parts[key] = tuple(listed)
        return found

    def _find_parts(self, form: Form, number: int, results: int) -> Iterator[Take]:
        name, times = form
        if name in ("FANOUT", "BRANCH"):
            yield from self._fed(False, number, results)
            return
        type_ = self.feeder.types[number]
        if name == "ITERATE":
            shape = self.feeder.forms[number]
            for place, result, many in self._fed(True, number, EXACT):
                if self.feeder.forms[result] is not shape:
                    continue  # never taken again
                run = partial(self._round, place)
                drawn = partial(self._drawn, place)
                value = repeated(type_, times, run, drawn)
                if value is None or rounds_that_fit(type_, times, run)[0] < times:
                    continue
                yield place, self.feeder.number(value), many
        elif isinstance(type_, List) and type_.length[0] != 0:
            if name == "MAP":
                for one in self._fed(True, self.feeder.number(type_.item), EXACT):
                    mapped = List(self.feeder.types[one[1]], type_.length)
                    if not never_fits(mapped):
                        yield one
            else:
                yield from self._folds(type_)

    def _folds(self, type_: List) -> Iterator[Take]:
        item = type_.item
        pair = self.feeder.number(Tuple((item, item)))
        for place, _, many in self._fed(True, pair, EXACT):
            if self.steps.places[place].way or not self._spread(place, pair):
                continue

            def run(
                running: Type, place: int = place, item: Type = item
            ) -> Type | None:
                return self._round(place, Tuple((running, item)))

            def drawn(
                running: Type, place: int = place, item: Type = item
            ) -> tuple[Type, ...]:
                return self._drawn(place, Tuple((running, item)))

            value = folded(item, type_.length, 1, run, drawn)
            if value is not None:
                yield place, self.feeder.number(value), many

    def value(self, form: Form, number: int, chosen: Chosen, results: int) -> int:
        """What a form answers when all its parts are chosen: a type's number."""
        name = form[0]
        types = self.feeder.types
        if alone(form) and name != "MAP":
            if results != DONE:
                return chosen[0]
            type_: Type = types[chosen[0]]
        elif name == "MAP":
            type_ = List(types[chosen[0]], types[number].length)
        elif name == "FANOUT":
            type_ = Tuple(tuple(types[one] for one in chosen))
        else:
            joined = join(types[chosen[0]], types[chosen[1]])
            assert joined is not None
            type_ = joined
        if results == DONE:
            return self.feeder.bare(bare(type_))
        return self.feeder.number(type_)

    def chosen(
        self, form: Form, left: int, chosen: Chosen, result: int
    ) -> Chosen | None:
        """What is known of the parts when one more is chosen; ``left`` counts it. None
        where it cannot stand there."""
        if form[0] == "BRANCH":
            types = self.feeder.types
            if left == 3:
                return chosen if isinstance(types[result], Bool) else None
            if left == 1 and join(types[chosen[0]], types[result]) is None:
                return None
        return *chosen, result

    def behind(self, form: Form, number: int, places: Sequence[int]) -> int | None:
        """The state behind a form that a value comes in to; None where a part does not
        fit."""
        chosen: Chosen = ()
        for left, place in zip(range(len(places), 0, -1), places, strict=True):
            taken = self.parts(form, number)
            result = next((result for one, result, _ in taken if one == place), None)
            known = None
            if result is not None:
                known = self.chosen(form, left, chosen, result)
            if known is None:
                return None
            chosen = known
        value = self.value(form, number, chosen, EXACT)
        return self.steps.numbered(value, self.maker(form, places[-1]))

    # ── neighbours ────────────────────────────────────────────────────────────

    def barred(self, form: Form, maker: int, place: int) -> bool:
        """Whether laws forbid a part behind what made the value that comes in.

        Parts of FANOUT and BRANCH are fed that value, and so is ITERATE's, which also
        stands behind itself. What is mapped stands behind what was mapped before.
        """
        steps = self.steps
        if form[0] == "FOLD":
            return False
        if form[0] == "MAP":
            return steps.barred(steps.mapped(maker), place)
        if form[0] == "ITERATE" and steps.barred(steps.place_lasts[place], place):
            return True
        return steps.barred(maker, place)

    def maker(self, form: Form, place: int) -> int:
        """What the step behind a form has for its neighbour."""
        if form[0] == "ITERATE":
            return self.steps.place_lasts[place]
        if form[0] == "MAP":
            return self.steps.mapped(self.steps.place_lasts[place])
        return NOBODY

    # ── a value that is drawn ─────────────────────────────────────────────────

    @cached_property
    def _draws(self) -> dict[int, tuple[Parameter, ...]]:
        """What the parts that can be drawn draw: by place, their parameters."""
        found: dict[int, tuple[Parameter, ...]] = {}
        for source in self.steps.sources:
            if source.parameters:
                place = self.steps.place(source.piece, 0)
                found.setdefault(place, source.parameters)
        return found

    @cached_property
    def drawn(self) -> tuple[Type, ...]:
        """The types that FANOUT and BRANCH may draw: the parts' own."""
        first = (ground(one[0].type, {}) for one in self._draws.values())
        return tuple(dict.fromkeys(first))

    @cached_property
    def _own(self) -> dict[int, int]:
        """Which of these types a place draws."""
        places = {type_: index for index, type_ in enumerate(self.drawn)}
        return {
            place: places[ground(parameters[0].type, {})]
            for place, parameters in self._draws.items()
        }

    @cached_property
    def _accepted(self) -> dict[int, frozenset[int]]:
        """Which of these types a place takes."""
        found: dict[int, set[int]] = {}
        for index, type_ in enumerate(self.drawn):
            for place, _, _ in self._fed(False, self.feeder.number(type_), DONE):
                found.setdefault(place, set()).add(index)
        return {place: frozenset(known) for place, known in found.items()}

    def starts(self, form: Form) -> Iterator[tuple[int, Take]]:
        """Forms of one part that draw: the number of the type that is drawn, and the
        part as ``parts`` has it."""
        for piece, base in enumerate(self.feeder.bases):
            if not base.parameters:
                continue
            place = self.steps.place(piece, 0)
            start = self.start(form, place)
            if start is None:
                continue
            number = self.feeder.number(start)
            for one in self.parts(form, number):
                if one[0] == place:
                    yield number, one

    def start(self, form: Form, place: int) -> Type | None:
        """What a form of one part draws; None where nothing can be drawn."""
        draws = self._draws.get(place)
        if form[0] == "FOLD":
            base = self.feeder.bases[self.steps.places[place].piece]
            parameters = draws or base.parameters
            if len(parameters) < 2:
                return None
            item = parameters[1].type if draws is None else ground(draws[1].type, {})
            if variables(item) or not finite(item, {}):
                return None
            return List(item, FOLDED)
        if draws is None:
            return None
        item = ground(draws[0].type, {})
        return List(item, MAPPED) if form[0] == "MAP" else item

    def scan(self, number: int, scanned: Scan | None, place: int) -> Scan | None:
        """One more part of a FANOUT or BRANCH that draws; None where it cannot stand
        there. ``number`` is which of ``drawn`` is to be drawn, see ``Scan``."""
        accepted, own = self._accepted[place], self._own.get(place)
        if scanned is None:
            if own is None:
                return None  # the first part has to say what could be drawn
            allowed, alive = accepted, tuple[int, ...]()
        else:
            allowed = scanned[0] & accepted
            alive = tuple(one for one in scanned[1] if one in accepted)
        if own in allowed and own not in alive:
            alive = (*alive, own)
        if number in alive:
            # What later parts draw stands behind it.
            return frozenset(), alive[: alive.index(number) + 1]
        return allowed, alive

    def draws(self, form: Form, places: Sequence[int], number: int = -1) -> Type:
        """The type that a form draws; ``number`` as for ``scan``."""
        type_ = self.start(form, places[0]) if alone(form) else self.drawn[number]
        assert type_ is not None
        return type_

    def settled(self, form: Form, places: Sequence[int]) -> int | None:
        """Which of ``drawn`` a FANOUT or BRANCH draws; None where it draws none."""
        for number in range(len(self.drawn)):
            scanned: Scan | None = None
            for place in places:
                if number not in self._accepted.get(place, ()):
                    break
                scanned = self.scan(number, scanned, place)
                if scanned is None:
                    break
            else:
                if scanned is not None and scanned[1][:1] == (number,):
                    return number
        return None

    def parameter(
        self, form: Form, places: Sequence[int], number: int = -1
    ) -> Parameter:
        """The parameter of a form that draws; ``number`` as for ``scan``."""
        from racesc.space.pieces import routes

        type_ = self.draws(form, places, number)
        if form[0] in ("MAP", "FOLD"):
            return Parameter(PORT, type_)
        first = self.steps.places[places[0]]
        base = self.feeder.bases[first.piece]
        given = dict(routes(base, type_))[first.way]
        return Parameter(next(iter(given)) if len(given) == 1 else "value", type_)

    # ── the rule FEED ─────────────────────────────────────────────────────────

    def _fed(self, whole: bool, number: int, results: int) -> tuple[Take, ...]:
        """The places that take a value; ``whole``: with one set of drawn parameters
        for all values of the type."""
        key = (whole, number, results)
        found = self._takers.get(key)
        if found is None:
            found = self._takers[key] = tuple(self._find_fed(whole, number, results))
        return found

    def _find_fed(self, whole: bool, number: int, results: int) -> Iterator[Take]:
        steps, feeder = self.steps, self.feeder
        taken = {
            steps.place(piece, way): result
            for piece, way, result in feeder.takers(number, results)
        }
        if whole:
            for place in self._wary_places:
                taken.pop(place, None)
                value = self._round(place, feeder.types[number])
                if value is not None:
                    taken[place] = feeder.number(value)
        for place in sorted(taken):
            yield place, taken[place], steps.place_many[place]

    @cached_property
    def _wary_places(self) -> dict[int, None]:
        """The places of environments where what is drawn may speak of another
        parameter, so that it has to suit all values of that."""
        found: dict[int, None] = {}
        for place, where in enumerate(self.steps.places):
            base = self.feeder.bases[where.piece]
            if any(True for p in base.parameters for _ in bound_names(p.type)):
                found[place] = None
        return found

    def _round(self, place: int, type_: Type) -> Type | None:
        """What a place makes of all values of a type, with one set of drawn parameters;
        None where it refuses."""
        where = self.steps.places[place]
        if place not in self._wary_places:
            number = self.feeder.number(type_)
            found = self.feeder.answer(number, where.piece, where.way)
            return None if found is None else self.feeder.types[found]
        key = (place, type_)
        if key not in self._rounds:
            self._rounds[key] = self._asked(where, type_)
        return self._rounds[key]

    def _asked(self, where: Place, type_: Type) -> Type | None:
        from racesc.space.pieces import routes

        base = self.feeder.bases[where.piece]
        given = dict(routes(base, type_)).get(where.way)
        if given is None:
            return None
        fed = fed_base(base, given, level=self.feeder.level, whole=True)
        return None if fed is None else fed.codomain

    def _drawn(self, place: int, type_: Type) -> tuple[Type, ...]:
        """The types of what a place draws, as far as they depend on what it is fed."""
        from racesc.space.pieces import routes

        where = self.steps.places[place]
        base = self.feeder.bases[where.piece]
        given = dict(routes(base, type_))[where.way]
        rest = [p for p in base.parameters if p.name not in given]
        if not any(variables(p.type) for p in rest):
            return ()
        fed = fed_base(base, given, level=self.feeder.level, whole=True)
        assert fed is not None
        return tuple(instantiate(p.type, fed.where) for p in rest)

    def _spread(self, place: int, number: int) -> bool:
        """Whether a pair fills two parameters of a place."""
        from racesc.space.pieces import routes

        where = self.steps.places[place]
        base = self.feeder.bases[where.piece]
        return len(dict(routes(base, self.feeder.types[number]))[where.way]) == 2
