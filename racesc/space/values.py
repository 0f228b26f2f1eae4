"""How many ways there are on from a type, without visiting one by one who takes it.

Of the ports that take a type, most look at few of its refinements, and many give the
same result: so those that look at the same positions are one *group*, and in a group
those with the same result are one function with a multiplicity. What a group comes to
is kept by what stands at its positions, for each number of steps that are left. Types
need not be told apart, nor numbered: what they have in common is shared where it is
looked at.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import Any

from racesc.runtime.types import Type
from racesc.space.ends import TooFar
from racesc.space.feeding import EXACT, Feeder
from racesc.space.forms import Class, Form
from racesc.space.lanes import Lanes
from racesc.space.ports import Port, getter
from racesc.space.sharing import MOST_SORTED
from racesc.space.steps import Steps
from racesc.space.vectors import Vector, flat
from racesc.space.views import MOST_SEEN, Project, Views, renamed

# Multiplicity, shape, function, and one port that has it.
Result = tuple[int, "Site", Callable[[Vector], Vector], Port]


def _as_it_is(vector: Vector) -> Vector:
    return vector


class Group:
    """Ports that look at the same positions."""

    __slots__ = ("asked", "key", "known", "results")

    def __init__(self, key: Callable[[Vector], Any], most: int) -> None:
        self.key = key
        self.results: list[Result] = []
        self.asked: list[tuple[int, Port]] = []  # without a function
        self.known: list[dict[Any, int]] = [{} for _ in range(most + 1)]


class Site:
    """A shape, with what is known of its types by number of steps left."""

    __slots__ = ("form", "groups", "known", "seen", "shared")

    def __init__(self, form: Form, most: int) -> None:
        self.form = form
        self.known: list[dict[Vector, int]] = [{} for _ in range(most + 1)]
        self.groups: dict[int, list[Group]] = {}  # by class
        self.shared: dict[Any, Group] = {}
        # What is seen of it, as a shape, and what makes the vector of that.
        self.seen: list[tuple[Site, Project] | None] = [None] * (most + 1)


class Values:
    """Counts of the steps that can follow; nothing is asked of the last value."""

    def __init__(self, steps: Steps, lanes: Lanes) -> None:
        self.steps = steps
        self.lanes = lanes
        self.feeder: Feeder = steps.feeder
        self.views = Views(self.feeder.bases)
        self._sites: dict[int, Site] = {}
        self._firsts: dict[int, int] = {}
        self._closed: dict[Any, int] = {}
        self._spreads: dict[tuple[int, int], dict[tuple[int, ...], int]] = {}

    def of_state(self, left: int, state: int) -> int:
        """The lanes of a state."""
        number = self.steps.number(state)
        site = self._site(self.feeder.forms[number])
        return self.of(left, site, self.feeder.vectors[number])

    def of(self, left: int, site: Site, vector: Vector) -> int:
        """The lanes of a type that steps of size up to ``left`` follow."""
        known = site.known[left]
        found = known.get(vector)
        if found is None:
            found = known[vector] = self._find(left, site, vector)
        return found

    def _find(self, left: int, site: Site, vector: Vector) -> int:
        if site.form.odd(vector):
            class_ = self.feeder.class_of(site.form, vector)
        else:
            seen, project = site.seen[left] or self._view(left, site)
            if seen is not site:
                return self.of(left, seen, project(vector))
            class_ = self.feeder.regular_class(site.form, vector)
        if left == 1:
            return self._first(class_)
        groups = site.groups.get(id(class_))
        if groups is None:
            groups = site.groups[id(class_)] = self._grouped(site, class_)
        taken = 0
        for group in groups:
            key = group.key(vector)
            found = group.known[left].get(key)
            if found is None:
                found = group.known[left][key] = self._sum(left, site, group, vector)
            taken += found
        return self.closed(left, taken, class_)

    def _view(self, left: int, site: Site) -> tuple[Site, Project]:
        if left > MOST_SEEN:
            site.seen[left] = site, _as_it_is
            return site, _as_it_is
        found = self.views.seen(site.form.like, self.views.root(left))
        type_ = renamed(found.type)
        seen = self._site(self.feeder.form(flat(type_)[0], type_))
        seen.seen[left] = seen, _as_it_is
        site.seen[left] = seen, found.projection()
        return seen, found.projection()

    def _sum(self, left: int, site: Site, group: Group, vector: Vector) -> int:
        total = 0
        rest = left - 1
        for many, there, function, port in group.results:
            try:
                result = function(vector)
            except TooFar:
                total += many * self._asked(rest, site, vector, port)
                continue
            found = there.known[rest].get(result)
            if found is None:
                found = self.of(rest, there, result)
            total += many * found
        for many, port in group.asked:
            total += many * self._asked(rest, site, vector, port)
        return total

    def _asked(self, left: int, site: Site, vector: Vector, port: Port) -> int:
        """The lanes of a result that the checker's rule is asked for."""
        feeder, odd = self.feeder, site.form.odd(vector)

        def typed() -> Type:
            found: Type = feeder.types[feeder.numbered(site.form, vector)]
            return found

        return self._numbered(left, feeder.result(port, vector, odd, typed, EXACT))

    def _numbered(self, left: int, number: int) -> int:
        site = self._site(self.feeder.forms[number])
        return self.of(left, site, self.feeder.vectors[number])

    def result(
        self,
        left: int,
        port: Port,
        vector: Vector,
        odd: bool,
        typed: Callable[[], Type],
    ) -> int:
        """The lanes of what comes out of a port that takes a type."""
        form = None if odd else self._written(port)
        if form is not None:
            assert port.output.function is not None
            with suppress(TooFar):
                return self.of(left, self._site(form), port.output.function(vector))
        number = self.feeder.result(port, vector, odd, typed, EXACT)
        return self._numbered(left, number)

    # ── shapes ────────────────────────────────────────────────────────────────

    def _site(self, form: Form) -> Site:
        found = self._sites.get(id(form))
        if found is None:
            found = self._sites[id(form)] = Site(form, self.lanes.most)
        return found

    def _grouped(self, site: Site, class_: Class) -> list[Group]:
        """The functional ports of a class in groups; groups of several classes that
        have the same ports are one."""
        many: dict[int, int] = {}
        ports: dict[int, Port] = {}
        for piece, _, port in class_.entries:
            if not self.feeder.many[piece]:
                many[id(port)] = many.get(id(port), 0) + 1
                ports[id(port)] = port
        if class_.odd:
            group = Group(getter(None), self.lanes.most)
            group.asked = [(many[key], port) for key, port in ports.items()]
            return [group]
        places: dict[Any, list[Port]] = {}
        for port in ports.values():
            places.setdefault(port.output.looks, []).append(port)
        return [
            self._shared(site, looks, members, many)
            for looks, members in places.items()
        ]

    def _shared(
        self, site: Site, looks: Any, ports: list[Port], many: dict[int, int]
    ) -> Group:
        key = (looks, *((id(port), many[id(port)]) for port in ports))
        found = site.shared.get(key)
        if found is None:
            found = site.shared[key] = Group(getter(looks), self.lanes.most)
            results: dict[Any, list[Any]] = {}
            for port in ports:
                form = self._written(port)
                if form is None:
                    found.asked.append((many[id(port)], port))
                    continue
                assert port.output.result is not None
                same = port.output.result.text or id(port)
                result = results.setdefault(
                    (id(form), same), [0, self._site(form), port.output.function, port]
                )
                result[0] += many[id(port)]
            found.results = [(*one,) for one in results.values()]
        return found

    def _written(self, port: Port) -> Form | None:
        """The shape of what a port's formula makes; None where there is none."""
        return None if port.output.function is None else self.feeder.form_of(port)

    # ── steps of several environments ─────────────────────────────────────────

    def _first(self, class_: Class) -> int:
        """The lanes where one step follows."""
        found = self._firsts.get(id(class_))
        if found is None:
            lanes = self.lanes
            functional, relational = class_.counts
            found = functional + relational << lanes.at[1,]
            if lanes.operators:
                found += functional << lanes.at[1, 1]
                for name in lanes.pooled.get((1, 1), ()):
                    if class_.pool >= name[1] + name[2]:
                        found += functional << lanes.at[name]
            self._firsts[id(class_)] = found
        return found

    def closed(self, left: int, taken: int, class_: Class) -> int:
        """The lanes of a type, from the sum of the lanes behind the functional
        environments that take it."""
        key = (left, taken, class_.pool, class_.counts)
        known = self._closed.get(key)
        if known is None:
            lanes = self.lanes
            known = self._first(class_)
            for name, count in self.spread(left, taken).items():
                known += count << lanes.at[name]
                for pooled in lanes.pooled.get(name, ()):
                    if class_.pool >= pooled[1] + pooled[2]:
                        known += count << lanes.at[pooled]
            self._closed[key] = known
        return known

    def spread(self, left: int, taken: int) -> dict[tuple[int, ...], int]:
        """The counts for sizes of 2 and more, where SORTs and SELECTs join the single
        environments, whose lanes are given."""
        found = self._spreads.get((left, taken))
        if found is None:
            found = self._spreads[left, taken] = self._spread(left, taken)
        return found

    def _spread(self, left: int, taken: int) -> dict[tuple[int, ...], int]:
        lanes, get = self.lanes, self.lanes.get
        found: dict[tuple[int, ...], int] = {}
        fed: dict[tuple[int, int, int], int] = {}  # SORTs and SELECTs that are fed
        for m in range(2, left + 1):
            run = get(taken, m - 1)
            for j in range(2, min(m, MOST_SORTED) + 1) if lanes.operators else ():
                for d in lanes.distractors:
                    here = (
                        get(taken, m - 1, j - 1, d) if d else get(taken, m - 1, j - 1)
                    )
                    for size in range(2, m - j + 2):
                        for form in lanes.forms(size):
                            if not d or self._pool(form) >= j - 1 + d:
                                rest = self._behind(form, m - size, j - 1)
                                here += fed[size, *form] * rest
                    fed[m, j, d] = here
                found[m, j] = fed[m, j, 0]
            for form in lanes.forms(m):
                run += fed[m, *form]
                found[m, 1] = found.get((m, 1), 0) + fed[m, *form]
            for size in range(2, m):
                for form in lanes.forms(size):
                    run += fed[size, *form] * self._behind(form, m - size)
            found[m,] = run
        return found

    def _behind(self, form: tuple[int, int], *name: int) -> int:
        """A count of what follows a SORT or SELECT."""
        state = self.steps.order_state(*form)
        return self.lanes.get(self.of_state(name[0], state), *name)

    def _pool(self, form: tuple[int, int]) -> int:
        return self.steps.pool(self.steps.order_state(*form))


__all__ = ["Site", "Values"]
