"""How many ways there are on from a type, without visiting one by one who takes it.

What takes a type comes in groups of ports that look at the same refinements
(``grouping.py``). What a group comes to is kept by these, for each number of steps that are
left. Types need not be told apart, nor numbered: what they have in common is shared
where it is looked at.

Three things may be asked besides. A budget: a type that does not carry the bits has no
ways on, nor is it one. Goals: what is not within them is no last value. Forbidden
neighbours: what they forbid is taken off (``barring.py``).
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

from racesc.runtime.types import Type
from racesc.space.barring import Barrier, Barriers, Way
from racesc.space.ends import TooFar
from racesc.space.feeding import EXACT, Feeder
from racesc.space.forms import Class, Form
from racesc.space.grouping import Group, Site, Sites, Takers
from racesc.space.lanes import Lanes
from racesc.space.ports import Port
from racesc.space.spreads import Spreads
from racesc.space.steps import NOBODY, Steps
from racesc.space.vectors import Vector, flat
from racesc.space.views import MOST_SEEN, Project, Views, renamed


def _as_it_is(vector: Vector) -> Vector:
    return vector


class Values:
    """Counts of the steps that can follow."""

    def __init__(self, steps: Steps, lanes: Lanes) -> None:
        self.steps = steps
        self.lanes = lanes
        self.feeder: Feeder = steps.feeder
        self.budget = steps.budget
        self.aim = steps.aim
        self.barriers = (
            Barriers(steps, lanes.most) if steps.selection.forbidden else None
        )
        self.views = Views(
            self.feeder.bases, steps.selection.goals, steps.selection.bits
        )
        self.anything = lanes.value(True, True)
        # Whether goals are asked for and a budget too; where only one of them is, the
        # lanes of a last value that misses it.
        self.both = self.budget is not None and self.aim is not self.budget
        self.missing = 0 if self.aim is self.budget else lanes.value(False, True)
        self.sites = Sites(self.feeder, lanes.most, self.barriers, self.aim is not None)
        self._ways: dict[int, dict[Way, Port]] = {}
        self.spreads = Spreads(steps, lanes, self.of_state)

    def of_state(self, left: int, state: int) -> int:
        """The lanes of a state."""
        steps = self.steps
        number, maker = steps.number(state), steps.maker(state)
        barrier = None
        if maker != NOBODY and self.barriers is not None:
            barrier = self.barriers.behind((maker,))
        return self._numbered(left, number, barrier)

    def of(self, left: int, site: Site, vector: Vector) -> int:
        """The lanes of a type that steps of size up to ``left`` follow, whoever made
        it."""
        if not left:
            return self._own(left, site.form, vector) or 0
        known = site.known[left]
        found = known.get(vector)
        if found is None:
            found = known[vector] = self._find(left, site, vector)
        return found

    def _find(self, left: int, site: Site, vector: Vector) -> int:
        own = self._own(left, site.form, vector)
        if own is None:
            return 0
        if not site.form.odd(vector):
            seen, project = site.seen[left] or self._view(left, site)
            if seen is not site:
                return self.of(left, seen, project(vector))
        class_ = self.feeder.class_of(site.form, vector)
        if left == 1 and self.aim is None:
            functional, relational = class_.counts
            taken = functional * own + (relational << self.lanes.last)
        else:
            taken = self._taken(left, site, vector, class_)
        return own + self.spreads.closed(left, taken, class_.pool)

    def _own(self, left: int, form: Form, vector: Vector) -> int | None:
        """The lanes for no steps at all; None where the budget forbids a type."""
        budget, aim = self.budget, self.aim
        if aim is None:
            return self.anything
        if not left:  # then whoever asks keeps the answer
            if budget is not None and not budget.check(form)(vector):
                return None
            last = aim is budget or aim.check(form)(vector)
            return self.lanes.value(last, True)
        if budget is not None and not budget.holds(form, vector):
            return None
        return self.lanes.value(aim is budget or aim.holds(form, vector), True)

    def _taken(self, left: int, site: Site, vector: Vector, class_: Class) -> int:
        """The sum of the lanes behind all that takes a type."""
        groups = self.sites.groups(site, class_)
        taken = 0
        if self.aim is None:  # then relational ones are in no group
            taken += class_.counts[1] << self.lanes.last
        elif left == 1 and self.budget is None:
            taken, groups = self._lasting(site, class_, groups)
        for group in groups:
            key = group.key(vector)
            found = group.known[left].get(key)
            if found is None:
                found = group.known[left][key] = self._sum(left, site, group, vector)
            taken += found
        return taken

    def _lasting(
        self, site: Site, class_: Class, groups: list[Group]
    ) -> tuple[int, list[Group]]:
        """The lanes behind those of some groups' takers whose results are of no goal's
        shape, one step being left; and the groups without these."""
        found = site.lasts.get(id(class_))
        if found is None:
            parted = [group.last or self._parted(group) for group in groups]
            rest = [group for _, group in parted if group is not None]
            found = site.lasts[id(class_)] = sum(sure for sure, _ in parted), rest
        return found

    def _parted(self, group: Group) -> tuple[int, Group | None]:
        assert self.aim is not None
        rest = [one for one in group.takers if self.aim.may(one.port.output.shape)]
        sure = sum(one.functional for one in group.takers if one not in rest)
        narrowed = Group(group.key, rest, 1) if rest else None
        group.last = sure * self.missing, narrowed
        return group.last

    def _view(self, left: int, site: Site) -> tuple[Site, Project]:
        if left > MOST_SEEN or self.budget is not None:
            site.seen[left] = site, _as_it_is
            return site, _as_it_is
        found = self.views.seen(site.form.like, self.views.root(left))
        type_ = renamed(found.type)
        seen = self.sites.of(self.feeder.form(flat(type_)[0], type_))
        seen.seen[left] = seen, _as_it_is
        site.seen[left] = seen, found.projection()
        return seen, found.projection()

    def _sum(self, left: int, site: Site, group: Group, vector: Vector) -> int:
        total = 0
        rest = left - 1
        check = None if rest or self.both or self.aim is None else self.aim.check
        for one in group.takers:
            there, function = one.there, one.function
            if there is None or function is None:
                total += self._asked(rest, site, vector, one)
                continue
            try:
                result = function(vector)
            except TooFar:
                total += self._asked(rest, site, vector, one)
                continue
            if check is not None:  # most of the time goes here
                if check(there.form)(result):
                    total += one.functional * self.anything
                    total += one.relational << self.lanes.last
                else:
                    total += one.functional * self.missing
                continue
            found = there.known[rest].get(result)
            if found is None:
                found = self.of(rest, there, result)
            total += one.functional * found
            if one.relational:
                total += one.relational * self.lanes.relational(found)
            if one.barrier is not None:
                total -= self.barred(rest, there, result, one.barrier)
        return total

    def _asked(self, left: int, site: Site, vector: Vector, one: Takers) -> int:
        """The lanes of a result that the checker's rule is asked for, all takers
        together."""
        number = self._answer(site, vector, one.port)
        found = self._numbered(left, number)
        total = one.functional * found + one.relational * self.lanes.relational(found)
        if one.barrier is not None:
            total -= found - self._numbered(left, number, one.barrier)
        return total

    def _answer(self, site: Site, vector: Vector, port: Port) -> int:
        """The number of what comes out, by the checker's rule."""
        odd, typed = site.form.odd(vector), self._typed(site, vector)
        return self.feeder.result(port, vector, odd, typed, EXACT)

    def _typed(self, site: Site, vector: Vector) -> Callable[[], Type]:
        feeder = self.feeder

        def typed() -> Type:
            found: Type = feeder.types[feeder.numbered(site.form, vector)]
            return found

        return typed

    def _numbered(self, left: int, number: int, barrier: Barrier | None = None) -> int:
        site = self.sites.of(self.feeder.forms[number])
        return self._behind_it(left, site, self.feeder.vectors[number], barrier)

    def _behind_it(
        self, left: int, site: Site, vector: Vector, barrier: Barrier | None
    ) -> int:
        found = self.of(left, site, vector)
        if barrier is not None:
            found -= self.barred(left, site, vector, barrier)
        return found

    def behind(
        self, left: int, port: Port, barrier: Barrier | None
    ) -> Callable[[Vector], int] | None:
        """What gives the lanes of what comes out of a port for a regular type that it
        takes, or raises ``TooFar``; None where there is no formula."""
        form, function = self.sites.written(port), port.output.function
        if form is None or function is None:
            return None
        there = self.sites.of(form)
        known = there.known[left]

        def lanes(vector: Vector) -> int:
            result = function(vector)
            found = known.get(result)
            if found is None:
                found = self.of(left, there, result)
            if barrier is not None:
                found -= self.barred(left, there, result, barrier)
            return found

        return lanes

    def result(
        self,
        left: int,
        port: Port,
        vector: Vector,
        odd: bool,
        typed: Callable[[], Type],
        barrier: Barrier | None = None,
    ) -> int:
        """The lanes of what comes out of a port that takes a type, if that was made by
        what a barrier is of."""
        form = None if odd else self.sites.written(port)
        if form is not None:
            assert port.output.function is not None
            with suppress(TooFar):
                result = port.output.function(vector)
                return self._behind_it(left, self.sites.of(form), result, barrier)
        number = self.feeder.result(port, vector, odd, typed, EXACT)
        return self._numbered(left, number, barrier)

    # ── forbidden neighbours ──────────────────────────────────────────────────

    def barred(self, left: int, site: Site, vector: Vector, barrier: Barrier) -> int:
        """The lanes of what may not stand behind a type."""
        if not left or (self.budget and not self.budget.holds(site.form, vector)):
            return 0
        key = id(site), vector
        found = barrier.known[left].get(key)
        if found is None:
            found = self._barred(left, site, vector, barrier)
            barrier.known[left][key] = found
        return found

    def _barred(self, left: int, site: Site, vector: Vector, barrier: Barrier) -> int:
        if not site.form.odd(vector):
            seen, project = site.seen[left] or self._view(left, site)
            if seen is not site:
                return self.barred(left, seen, project(vector), barrier)
        class_ = self.feeder.class_of(site.form, vector)
        ways = self._ways.get(id(class_))
        if ways is None:
            ways = {(piece, way): port for piece, way, port in class_.entries}
            self._ways[id(class_)] = ways
        taken = 0
        for way, times in barrier.weights:
            port = ways.get(way)
            if port is not None:
                found = self.anything
                if left > 1 or self.aim is not None:
                    found = self._through(left - 1, site, vector, port, way)
                if self.feeder.many[way[0]]:
                    found = self.lanes.relational(found)
                taken += times * found
        return self.spreads.closed(left, taken, class_.pool)

    def _through(
        self, left: int, site: Site, vector: Vector, port: Port, way: Way
    ) -> int:
        """The lanes of what one environment makes of a type."""
        assert self.barriers is not None
        barrier = self.barriers.behind_places((way,))
        odd, typed = site.form.odd(vector), self._typed(site, vector)
        return self.result(left, port, vector, odd, typed, barrier)


__all__ = ["Values"]
